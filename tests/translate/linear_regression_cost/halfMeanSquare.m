function cost = halfMeanSquare(A, target, w)
%HALFMEANSQUARE  half the mean squared residual of a linear model
%   A holds a sample in each row, target the wanted values.

n = length(target); % samples

cost = 0;

residual = A * w - target;
squared = residual .^ 2;

cost = 1 / (2 * n) * sum(squared);

end
