function checkNNGradients(lambda)
% Shows the gradient of a small network beside its numerical one.
if nargin < 1
    lambda = 0;
end
inputs = 3; hidden = 5; labels = 3; m = 5;
Theta1 = debugInitializeWeights(hidden, inputs);
Theta2 = debugInitializeWeights(labels, hidden);
X = debugInitializeWeights(m, inputs - 1);
y = 1 + mod(1:m, labels)';
params = [Theta1(:); Theta2(:)];
cost = @(p) nnCostFunction(p, inputs, hidden, labels, X, y, lambda);
[~, grad] = cost(params);
slope = computeNumericalGradient(cost, params);
fprintf('%12.8f %12.8f\n', [slope grad]');
fprintf('relative difference: %g\n', norm(slope - grad) / norm(slope + grad));
end
