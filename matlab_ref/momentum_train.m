function history = momentum_train(network, weights, biases, x, y, learning_rate, epochs, batch_size, order, momentum, form)
%MOMENTUM_TRAIN  Gradient descent with momentum, in either of MATLAB's conventions.
%   history = MOMENTUM_TRAIN(network, weights, biases, x, y, learning_rate, epochs, ...
%                            batch_size, order, momentum, form)
%
%   network is a handle such as @tanh_mse; the other arguments and the history are
%   those of SIGMOID_MSE_TRAIN. The step s follows the gradient g and the step before:
%     form 'sgdm'      s = momentum * s - learning_rate * g
%     form 'traingdm'  s = momentum * s - learning_rate * (1 - momentum) * g
%   as trainingOptions and network objects have it. momentum 0 is plain descent.

layers = numel(weights);
samples = size(x, 2);
loss = zeros(epochs, 1);
[W, b] = deal(cell(epochs, layers));
rate = learning_rate;
if strcmp(form, 'traingdm')
    rate = learning_rate * (1 - momentum);
end
weight_steps = cellfun(@(w) zeros(size(w)), weights, 'UniformOutput', false);
bias_steps = cellfun(@(v) zeros(size(v)), biases, 'UniformOutput', false);

for epoch = 1:epochs
    for first = 1:batch_size:samples
        batch = order(epoch, first:min(first + batch_size - 1, samples));
        pass = network(weights, biases, x(:, batch), y(:, batch));
        for layer = 1:layers
            weight_steps{layer} = momentum * weight_steps{layer} - rate * pass.dW{layer};
            bias_steps{layer} = momentum * bias_steps{layer} - rate * pass.db{layer};
            weights{layer} = weights{layer} + weight_steps{layer};
            biases{layer} = biases{layer} + bias_steps{layer};
        end
    end
    pass = network(weights, biases, x, y);
    loss(epoch) = pass.loss;
    W(epoch, :) = weights;
    b(epoch, :) = biases;
end

history = struct('loss', loss, 'weights', {W}, 'biases', {b});
end
