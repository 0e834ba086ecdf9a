function [J, Theta1_grad, Theta2_grad] = nnCostLoop(Theta1, Theta2, X, y, lambda)
% backpropagation one sample after the other
m = size(X, 1);
num_labels = size(Theta2, 1);
J = 0;
Theta1_grad = zeros(size(Theta1));
Theta2_grad = zeros(size(Theta2));
for t = 1:m
    a1 = [1; X(t, :)'];
    z2 = Theta1 * a1;
    a2 = [1; 1 ./ (1 + exp(-z2))];
    z3 = Theta2 * a2;
    a3 = 1 ./ (1 + exp(-z3));

    yt = (1:num_labels)' == y(t);
    J = J + sum(-yt .* log(a3) - (1 - yt) .* log(1 - a3));

    d3 = a3 - yt;
    d2 = Theta2' * d3 .* (a2 .* (1 - a2));
    d2 = d2(2:end);
    Theta2_grad = Theta2_grad + d3 * a2';
    Theta1_grad = Theta1_grad + d2 * a1';
end
J = J / m + lambda / 2 / m * (sumsq(Theta1(:, 2:end)(:)) + sumsq(Theta2(:, 2:end)(:)));
Theta1_grad /= m;
Theta2_grad /= m;
endfunction
