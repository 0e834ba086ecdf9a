% XOR with one hidden layer, a plain script as courses hand them out
clear; clc; close all;
X = [0 0; 0 1; 1 0; 1 1]';
T = [0 1 1 0];
W1 = [0.5 -0.4; 0.3 0.8]; b1 = [0.1; -0.2];
W2 = [0.7 -0.6]; b2 = 0.05;
eta = 0.5;
errors = zeros(1, 20);
for epoch = 1:20
    H = tanh(W1 * X + b1 * ones(1, 4));
    Y = 1 ./ (1 + exp(-(W2 * H + b2)));
    E = Y - T;
    errors(epoch) = 0.5 * sum(E .^ 2);
    d2 = E .* Y .* (1 - Y);
    d1 = (W2' * d2) .* (1 - H .^ 2);
    W2 = W2 - eta * d2 * H';
    b2 = b2 - eta * sum(d2);
    W1 = W1 - eta * d1 * X';
    b1 = b1 - eta * sum(d1, 2);
end
fprintf('final error %.6f after %d epochs\n', errors(end), epoch);
