%% Learn to read digits: a network with one hidden layer
clear; close all; clc

inputs = 64;
hidden = 10;
labels = 10;

%% Data
fprintf('Loading and showing data ...\n');
load('digits.mat');
m = size(X, 1);
displayDigits(X(1:16, :));
pause;

%% Cost at given weights, without and with regularisation
load('weights.mat');
params = [Theta1(:); Theta2(:)];
J = nnCostFunction(params, inputs, hidden, labels, X, y, 0);
fprintf('cost without regularisation: %f\n', J);
J = nnCostFunction(params, inputs, hidden, labels, X, y, 1);
fprintf('cost with regularisation: %f\n', J);

%% Gradients
g = sigmoidGradient([-1 -0.5 0 0.5 1]);
fprintf('%f ', g);
fprintf('\n');
checkNNGradients;
checkNNGradients(3);

%% Training
Theta1 = randInitializeWeights(inputs, hidden);
Theta2 = randInitializeWeights(hidden, labels);
options = optimset('MaxIter', 20, 'GradObj', 'on');
cost = @(p) nnCostFunction(p, inputs, hidden, labels, X, y, 1);
[params, J] = fminunc(cost, [Theta1(:); Theta2(:)], options);

cut = hidden * (inputs + 1);
Theta1 = reshape(params(1:cut), hidden, inputs + 1);
Theta2 = reshape(params(cut + 1:end), labels, hidden + 1);
displayDigits(Theta1(:, 2:end));

%% Result
p = predict(Theta1, Theta2, X);
fprintf('training accuracy: %f\n', mean(double(p == y)) * 100);
