function [terms, slopes] = loss_terms(name, a, y)
%LOSS_TERMS  The terms of a loss and their slopes dterm/da, for K x N outputs a.
%   [terms, slopes] = LOSS_TERMS(name, a, y). The loss is the sum of the terms, divided
%   as NETWORK_PASS is told. The targets y are K x N; hinge takes -1 and 1,
%   multiclass_hinge one-hot columns.

switch name
    case 'squared_error'
        terms = (a - y) .^ 2;
        slopes = 2 * (a - y);
    case 'absolute'
        terms = abs(a - y);
        slopes = sign(a - y);
    case 'huber'
        near = abs(a - y) <= 1;
        terms = near .* (a - y) .^ 2 / 2 + ~near .* (abs(a - y) - 1 / 2);
        slopes = near .* (a - y) + ~near .* sign(a - y);
    case 'log_cosh'
        terms = log(cosh(a - y));
        slopes = tanh(a - y);
    case {'cross_entropy', 'kl'}
        terms = -y .* log(a);
        slopes = -y ./ a;
        if strcmp(name, 'kl')
            terms(y > 0) = terms(y > 0) + y(y > 0) .* log(y(y > 0));
        end
    case 'binary_cross_entropy'
        terms = -y .* log(a) - (1 - y) .* log(1 - a);
        slopes = (a - y) ./ (a .* (1 - a));
    case 'hinge'
        terms = max(1 - y .* a, 0);
        slopes = -y .* (y .* a < 1);
    case 'multiclass_hinge'
        [terms, slopes] = multiclass_hinge(a, y);
    case 'poisson'
        terms = a - y .* log(a);
        slopes = 1 - y ./ a;
    case 'focal'
        terms = -y .* (1 - a) .^ 2 .* log(a);
        slopes = y .* (2 * (1 - a) .* log(a) - (1 - a) .^ 2 ./ a);
    case 'negative_log_likelihood'
        terms = -y .* a;
        slopes = -y;
    otherwise
        error('loss_terms: unknown loss %s', name);
end
end

function [terms, slopes] = multiclass_hinge(a, y)
% Every wrong class that comes within 1 of the right one costs its lack of distance.
[terms, slopes] = deal(zeros(size(a)));
for n = 1:size(a, 2)
    right = find(y(:, n));
    for k = 1:size(a, 1)
        if k ~= right && 1 + a(k, n) - a(right, n) > 0
            terms(k, n) = 1 + a(k, n) - a(right, n);
            slopes(k, n) = slopes(k, n) + 1;
            slopes(right, n) = slopes(right, n) - 1;
        end
    end
end
end
