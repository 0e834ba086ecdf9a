function history = sigmoid_mse_train(weights, biases, x, y, learning_rate, epochs, batch_size, order)
%SIGMOID_MSE_TRAIN  Gradient descent on the squared error of a sigmoid network.
%   history = SIGMOID_MSE_TRAIN(weights, biases, x, y, learning_rate, epochs, batch_size, order)
%
%   batch_size  1 is online learning, size(x, 2) is full-batch, between is mini-batch
%   order       epochs x N, row e holds the order of the samples in epoch e
%
%   A step goes down the gradient of the batch's loss, which is a sum over its
%   samples (see SIGMOID_MSE). history holds the state after every epoch: loss
%   (epochs x 1, over all samples), weights and biases (epochs x L cells).

layers = numel(weights);
samples = size(x, 2);
loss = zeros(epochs, 1);
[W, b] = deal(cell(epochs, layers));

for epoch = 1:epochs
    for first = 1:batch_size:samples
        batch = order(epoch, first:min(first + batch_size - 1, samples));
        pass = sigmoid_mse(weights, biases, x(:, batch), y(:, batch));
        for layer = 1:layers
            weights{layer} = weights{layer} - learning_rate * pass.dW{layer};
            biases{layer} = biases{layer} - learning_rate * pass.db{layer};
        end
    end
    pass = sigmoid_mse(weights, biases, x, y);
    loss(epoch) = pass.loss;
    W(epoch, :) = weights;
    b(epoch, :) = biases;
end

history = struct('loss', loss, 'weights', {W}, 'biases', {b});
end
