function [cost,slope] = sparseCoderCost(packed, nVis, nHid, ...
                                        decay, wanted, weight, data)

% everything comes in one column: encoder, decoder, both biases
E = reshape(packed(1:nHid*nVis), nHid, nVis);
D = reshape(packed(nHid*nVis+1:2*nHid*nVis), nVis, nHid);
be = packed(2*nHid*nVis+1:2*nHid*nVis+nHid);
bd = packed(2*nHid*nVis+nHid+1:end);

[d, n] = size(data);

sh = E * data + repmat(be, 1, n);
h = bend(sh);
so = D * h + repmat(bd, 1, n);
o = bend(so);

average = (1 / n) .* sum(h, 2);
fit = (0.5 / n) * sum(sum((o - data) .^ 2));
size_ = (1/2) * (sum(sum(E .^ 2)) + sum(sum(D .^ 2)));
divergence = sum(wanted .* log(wanted ./ average) + ...
        (1 - wanted) .* log((1 - wanted) ./ (1 - average)));
cost = fit + decay * size_ + weight * divergence;

eo = -(data - o) .* bendSlope(so);
push = weight * (-wanted ./ average + (1 - wanted) ./ (1 - average));
eh = (D' * eo + repmat(push, 1, n)) .* bendSlope(sh);

dE = (1 / n) * (eh * data') + decay * E;
dD = (1 / n) .* (eo * h') + decay .* D;
dbe = sum(eh, 2) * (1 / n);
dbd = sum(eo, 2) * (1 / n);

slope = [dE(:) ; dD(:) ; dbe(:) ; dbd(:)];
end

function y = bend(x)
    y = 1 ./ (1 + exp(-x));
end

function y = bendSlope(x)
    y = bend(x) .* (1 - bend(x));
end
