function references_sigmoid_mse(folder)
%REFERENCES_SIGMOID_MSE  Cases of sigmoid networks with squared error.

xor_x = [0 0 1 1; 0 1 0 1];
xor_y = [0 1 1 0];
[digits_x, digits_y] = load_dataset('digits');
[iris_x, iris_y] = load_dataset('iris');
made = 'uniform.m, seed %d';

% Single gradients.
gradients = {
    'xor',        'the classic 2-2-1 network on the whole truth table',     [2 2 1],             xor_x,               xor_y
    'one_sample', 'one sample through 3-4-2, small enough to follow by hand', [3 4 2],           [0.5; -0.2; 0.8],    [1; 0]
    'deep',       'six layers: the delta recursion many times over',        [4 6 5 6 5 4 3],     2 * uniform(3, 4, 7) - 1,   uniform(4, 3, 7)
    'wide',       'a hidden layer far wider than its neighbours',           [5 200 3],           2 * uniform(5, 5, 8) - 1,   uniform(6, 3, 8)
    'square',     'all weights square: a lost transpose keeps the shape',   [4 4 4],             2 * uniform(7, 4, 4) - 1,   uniform(8, 4, 4)
    'n1_k1',      'N = 1 and K = 1: every product is a vector',             [3 2 1],             2 * uniform(9, 3, 1) - 1,   uniform(10, 1, 1)
    'k2',         'K = 2 outputs, N = 5 samples',                           [3 3 2],             2 * uniform(11, 3, 5) - 1,  uniform(12, 2, 5)
    'one_layer',  'no hidden layer: the output line alone',                 [4 3],               2 * uniform(13, 4, 6) - 1,  uniform(14, 3, 6)
    'iris',       'real data: iris, 4-8-3, all 150 samples',                [4 8 3],             iris_x,              iris_y
    'digits_100', 'real data: 100 handwritten digits, 64-30-10, every intermediate', [64 30 10], digits_x(:, 1:100),  digits_y(:, 1:100)
    };
for row = 1:size(gradients, 1)
    [name, title, sizes, x, y] = gradients{row, :};
    [weights, biases] = initial_network(100 * row, sizes);
    input = struct('weights', {weights}, 'biases', {biases}, 'x', x, 'y', y);
    meta = describe(name, title, 'backprop', numel(weights), sprintf(made, 100 * row));
    save_gradient(folder, meta, input);
end

input = struct('weights', {{[40 0; 0 40; 20 -20], 40 * [1 1 -1; -1 0 1]}}, 'biases', {{zeros(3, 1), [-40; 0]}}, ...
    'x', [1 -1 1; 1 -1 -1], 'y', [1 0 1; 0 1 0.5]);
meta = describe('saturated', 'every z is 0 or +-40: 1 - a rounds to 0 or nearly', 'backprop', 2, 'written out');
save_gradient(folder, meta, input);

[weights, biases] = initial_network(2000, [64 30 10]);
input = struct('weights', {weights}, 'biases', {biases}, 'x', digits_x, 'y', digits_y);
meta = describe('digits', 'real data: all 1,797 handwritten digits, 64-30-10', 'backprop', 2, sprintf(made, 2000));
meta.note = 'only dW, db and loss are kept, for size; case sigmoid_mse_digits_100 has every intermediate';
save_case(folder, meta, input, rmfield(sigmoid_mse(weights, biases, digits_x, digits_y), {'z', 'a', 'delta'}));

% Training: every data set online, in mini-batches and in full batches.
training = {
    % data    sizes       x         y         epochs  size  rates (online, mini-batch, full-batch)
    'xor',    [2 2 1],    xor_x,    xor_y,    100,    3,    [8 8 8]
    'iris',   [4 8 3],    iris_x,   iris_y,   30,     16,   [0.1 0.05 0.005]
    'digits', [64 30 10], digits_x, digits_y, 30,     32,   [0.5 0.05 0.002]
    };
modes = {'online', 'mini_batch', 'full_batch'};
for row = 1:size(training, 1)
    [data, sizes, x, y, epochs, mini_batch, rates] = training{row, :};
    batch_sizes = [1, mini_batch, size(x, 2)];
    for mode = 1:3
        seed = 3000 + 100 * row + 10 * mode;
        [weights, biases] = initial_network(seed, sizes);
        order = sample_order(seed, epochs, size(x, 2));
        input = struct('weights', {weights}, 'biases', {biases}, 'x', x, 'y', y, ...
            'learning_rate', rates(mode), 'epochs', epochs, 'batch_size', batch_sizes(mode), 'order', order);
        title = sprintf('%s, %d epochs, batches of %d', data, epochs, batch_sizes(mode));
        meta = describe(['train_' data '_' modes{mode}], title, 'train', numel(weights), sprintf(made, seed));
        meta.function = 'sigmoid_mse_train';
        expected = sigmoid_mse_train(weights, biases, x, y, rates(mode), epochs, batch_sizes(mode), order);
        save_case(folder, meta, input, expected);
    end
end
end

function save_gradient(folder, meta, input)
check_gradient(@sigmoid_mse, input.weights, input.biases, input.x, input.y);
save_case(folder, meta, input, sigmoid_mse(input.weights, input.biases, input.x, input.y));
end

function meta = describe(name, title, task, layers, inputs)
meta = struct('name', ['sigmoid_mse_' name], 'title', title, 'task', task, 'function', 'sigmoid_mse', ...
    'activations', {repmat({'sigmoid'}, 1, layers)}, 'loss', 'squared_error', ...
    'convention', struct('half', true, 'over', 'sum'), 'inputs', inputs, 'script', mfilename());
end
