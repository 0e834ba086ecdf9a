function out = monomials(u, v)
% all products of powers up to the third degree
top = 3;
out = ones(size(u(:,1)));
for d = 1:top
    for k = 0:d
        out(:, end+1) = (u.^(d-k)).*(v.^k);
    end
end
end
