function [A, D] = activations(z)
names = {'sigmoid', 'tanh', 'relu', 'linear', 'softplus', 'sech2'};
A = zeros(numel(names), numel(z));
D = A;
for i = 1:numel(names)
    [A(i, :), D(i, :)] = activate(names{i}, z);
end
end

function [a, d] = activate(kind, z)
switch kind
    case 'sigmoid'
        a = 1 ./ (1 + exp(-z));
        d = a .* (1 - a);
    case 'tanh'
        a = tanh(z);
        d = sech(z) .^ 2;
    case 'relu'
        a = max(0, z);
        d = double(z > 0);
    case 'softplus'
        a = log(1 + exp(z));
        d = 1 ./ (1 + exp(-z));
    case 'sech2'
        a = sech(z) .^ 2;
        d = -2 * a .* tanh(z);
    otherwise
        a = z;
        d = ones(size(z));
end
end
