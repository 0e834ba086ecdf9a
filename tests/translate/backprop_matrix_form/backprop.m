function [W, b, costs] = backprop(X, Y, sizes, eta, epochs)
% weights in cells, one column a sample
L = numel(sizes) - 1;
W = cell(1, L); b = cell(1, L);
for l = 1:L
    W{l} = reshape(sin(1:sizes(l + 1) * sizes(l)), sizes(l + 1), sizes(l));
    b{l} = zeros(sizes(l + 1), 1);
end
N = size(X, 2);
costs = zeros(1, epochs);
for e = 1:epochs
    a = cell(1, L + 1);
    a{1} = X;
    for l = 1:L
        a{l + 1} = logistic(W{l} * a{l} + b{l});
    end
    err = a{end} - Y;
    costs(e) = sum(err(:) .^ 2) / (2 * N);
    delta = err .* a{end} .* (1 - a{end});
    for l = L:-1:1
        dW = delta * a{l}' / N;
        db = mean(delta, 2);
        if l > 1
            delta = (W{l}' * delta) .* a{l} .* (1 - a{l});
        end
        W{l} = W{l} - eta * dW;
        b{l} = b{l} - eta * db;
    end
end
end

function y = logistic(x)
y = 1 ./ (1 + exp(-x));
end
