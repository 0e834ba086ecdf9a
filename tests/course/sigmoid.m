function g = sigmoid(z)
% The logistic function of every element.
g = 1 ./ (1 + exp(-z));
end
