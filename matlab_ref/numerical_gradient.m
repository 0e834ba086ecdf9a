function gradient = numerical_gradient(cost, theta)
%NUMERICAL_GRADIENT  Gradient of a scalar function by central differences.
%   gradient = NUMERICAL_GRADIENT(cost, theta), where cost is a handle that takes
%   theta and returns a number. gradient has the size of theta. The step grows
%   with the element, h = eps^(1/3) * max(1, |theta_i|), so the relative error is
%   about eps^(2/3), 4e-11.

gradient = zeros(size(theta));
for i = 1:numel(theta)
    h = eps ^ (1 / 3) * max(1, abs(theta(i)));
    upper = theta;
    lower = theta;
    upper(i) = theta(i) + h;
    lower(i) = theta(i) - h;
    gradient(i) = (cost(upper) - cost(lower)) / (upper(i) - lower(i));
end
end
