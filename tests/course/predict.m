function p = predict(Theta1, Theta2, X)
% The label of every sample.
m = size(X, 1);
hidden = sigmoid([ones(m, 1) X] * Theta1');
output = sigmoid([ones(m, 1) hidden] * Theta2');
[~, p] = max(output, [], 2);
end
