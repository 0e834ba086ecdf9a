function pass = autoencoder(weights, biases, x, y)
%AUTOENCODER  Encoder and decoder of sigmoids that give back their input.
%   pass = AUTOENCODER(weights, biases, x, y), where y is x, or x before noise was added.
%
%   weights and biases are 1 x 2 cells: encoder, then decoder. The loss is that of
%   coursework, sum((a - y) .^ 2) / (2 * m) with m samples. The fields are those of
%   SIGMOID_MSE.

m = size(x, 2);

% Encode and decode.
z2 = weights{1} * x + biases{1};
code = 1 ./ (1 + exp(-z2));
z3 = weights{2} * code + biases{2};
output = 1 ./ (1 + exp(-z3));
J = sum(sum((output - y) .^ 2)) / (2 * m);

% And back.
delta3 = (output - y) .* output .* (1 - output) / m;
delta2 = (weights{2}' * delta3) .* code .* (1 - code);

pass = struct('z', {{z2, z3}}, 'a', {{code, output}}, 'delta', {{delta2, delta3}}, ...
    'dW', {{delta2 * x', delta3 * code'}}, 'db', {{sum(delta2, 2), sum(delta3, 2)}}, 'loss', J);
end
