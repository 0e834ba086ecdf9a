clear; close all; clc
X = [0 0; 0 1; 1 0; 1 1];
Y = [0; 1; 1; 0];
W1 = [0.3 -0.2 0.5; -0.4 0.1 0.2; 0.25 0.6 -0.7];
W2 = [0.2 -0.5 0.35 0.15];
eta = 0.5;
errors = zeros(1, 30);
for epoch = 1:30
  total = 0;
  for i = 1:4
    x = [1 X(i, :)]';
    hidden = tanh(W1 * x);
    h = [1; hidden];
    o = W2 * h;
    e = o - Y(i);
    total = total + e ^ 2;
    d = W2(2:end)' * e .* (1 - hidden .^ 2);
    W2 = W2 - eta * e * h';
    W1 = W1 - eta * d * x';
  end
  errors(epoch) = total / 4;
end
plot(errors);
final = errors(end);
