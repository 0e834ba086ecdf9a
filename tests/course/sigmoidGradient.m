function g = sigmoidGradient(z)
% The slope of the logistic function at every element.
s = sigmoid(z);
g = s .* (1 - s);
end
