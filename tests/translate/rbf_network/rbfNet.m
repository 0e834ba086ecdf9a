function [w, yhat, Phi] = rbfNet(x, y, centers, beta)
x = x(:);
centers = centers(:)';
dist = abs(x - centers);
Phi = [exp(-beta * dist .^ 2), ones(length(x), 1)];
w = Phi \ y(:);
yhat = Phi * w;
end
