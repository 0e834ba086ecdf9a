function [maxdiff, names, numeric] = gradCheck(params, X, y)
[J, grads] = netCost(params, X, y);
names = fieldnames(params);
h = 1e-5;
maxdiff = 0;
for f = 1:length(names)
    name = names{f};
    numeric.(name) = zeros(size(params.(name)));
    for k = 1:numel(params.(name))
        p = params;
        p.(name)(k) = p.(name)(k) + h;
        Jp = netCost(p, X, y);
        p.(name)(k) = p.(name)(k) - 2 * h;
        Jm = netCost(p, X, y);
        numeric.(name)(k) = (Jp - Jm) / (2 * h);
    end
    maxdiff = max(maxdiff, max(abs(numeric.(name)(:) - grads.(name)(:))));
end
maxdiff = maxdiff < 1e-8;
numeric.W1 = round(numeric.W1 * 1e6) / 1e6;
numeric = rmfield(numeric, setdiff(names, {'W1'}));
end
