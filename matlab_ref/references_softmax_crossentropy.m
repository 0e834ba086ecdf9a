function references_softmax_crossentropy(folder)
%REFERENCES_SOFTMAX_CROSSENTROPY  Cases of softmax networks with cross-entropy.

xor_x = [0 0 1 1; 0 1 0 1];
xor_y = [1 0 0 1; 0 1 1 0];
[digits_x, digits_y] = load_dataset('digits');
[iris_x, iris_y] = load_dataset('iris');
soft_y = uniform(22, 3, 6);
soft_y = soft_y ./ sum(soft_y, 1);
unbalanced = one_hot([2 2 2 2 2 2 2 2 2 2 2 2 2 2 1 2 2 3 2 2], 4);
made = 'uniform.m, seed %d';

% Single gradients.
gradients = {
    'one_sample', 'one sample through 3-4-2, small enough to follow by hand',  [3 4 2],      [0.5; -0.2; 0.8],            [1; 0]
    'xor',        'the truth table as two classes',                            [2 2 2],      xor_x,                       xor_y
    'deep',       'six layers below one softmax',                              [4 6 5 6 5 4 3],  2 * uniform(23, 4, 7) - 1,  one_hot([1 2 3 1 2 3 1], 3)
    'wide',       'a hidden layer far wider than its neighbours',              [5 200 3],    2 * uniform(25, 5, 8) - 1,   one_hot([3 2 1 3 2 1 3 2], 3)
    'square',     'all weights square: a lost transpose keeps the shape',      [4 4 4],      2 * uniform(27, 4, 4) - 1,   one_hot([4 2 3 1], 4)
    'one_layer',  'softmax regression: no hidden layer',                       [4 3],        2 * uniform(29, 4, 6) - 1,   one_hot([1 1 2 3 3 2], 3)
    'n1',         'N = 1: one sample, five classes',                           [3 4 5],      2 * uniform(31, 3, 1) - 1,   one_hot(4, 5)
    'k1',         'K = 1: the softmax of one logit is 1 and its delta 0',      [3 2 1],      2 * uniform(33, 3, 4) - 1,   ones(1, 4)
    'k2',         'K = 2: a softmax that is a sigmoid of the difference',      [3 3 2],      2 * uniform(35, 3, 5) - 1,   one_hot([1 2 2 1 2], 2)
    'soft',       'targets that are probabilities, not one-hot',               [4 5 3],      2 * uniform(37, 4, 6) - 1,   soft_y
    'unbalanced', 'one class has 18 of 20 samples, another none',              [3 5 4],      2 * uniform(39, 3, 20) - 1,  unbalanced
    'iris',       'real data: iris, 4-8-3, all 150 samples',                   [4 8 3],      iris_x,                      iris_y
    'digits_100', 'real data: 100 handwritten digits, 64-32-10, every intermediate', [64 32 10], digits_x(:, 1:100),      digits_y(:, 1:100)
    };
for row = 1:size(gradients, 1)
    [name, title, sizes, x, y] = gradients{row, :};
    [weights, biases] = initial_network(5000 + 100 * row, sizes);
    input = struct('weights', {weights}, 'biases', {biases}, 'x', x, 'y', y);
    meta = describe(name, title, numel(weights), sprintf(made, 5000 + 100 * row));
    check_gradient(@softmax_crossentropy, weights, biases, x, y);
    save_case(folder, meta, input, softmax_crossentropy(weights, biases, x, y, true));
end

% Saturated logits: the weights are the identity, so that z is x.
input = struct('weights', {{eye(3)}}, 'biases', {{zeros(3, 1)}}, ...
    'x', [40 -40 0 40; -40 40 -40 40; 0 0 40 -40], 'y', one_hot([1 1 2 3], 3));
meta = describe('saturated_40', 'logits of 0 and +-40: the dense product still holds', 1, 'written out');
check_gradient(@softmax_crossentropy, input.weights, input.biases, input.x, input.y);
save_case(folder, meta, input, softmax_crossentropy(input.weights, input.biases, input.x, input.y, true));

input.x = [800 -800 0 800; -800 800 -800 800; 0 0 800 -800];
meta = describe('saturated_800', 'logits of 0 and +-800: only the fused delta holds', 1, 'written out');
meta.note = 'delta_dense is left out: where p underflows to 0, -y ./ p is infinite or NaN';
expected = softmax_crossentropy(input.weights, input.biases, input.x, input.y);
expected.J = softmax_jacobian(expected.a{1}(:, 1));
save_case(folder, meta, input, expected);

[weights, biases] = initial_network(7000, [64 32 10]);
input = struct('weights', {weights}, 'biases', {biases}, 'x', digits_x, 'y', digits_y);
expected = softmax_crossentropy(weights, biases, digits_x, digits_y, true);
meta = describe('digits', 'real data: all 1,797 handwritten digits, 64-32-10', 2, sprintf(made, 7000));
meta.note = 'only J, dW, db and loss are kept, for size; case softmax_crossentropy_digits_100 has every intermediate';
save_case(folder, meta, input, rmfield(expected, {'z', 'a', 'delta', 'delta_dense', 'delta_fused'}));

% The same in components: literal loops.
components = {
    'one_sample', 'one sample through 3-4-2, every sum a loop',   [3 4 2],    [0.5; -0.2; 0.8],           [1; 0]
    'batch',      'five samples through 4-5-3, every sum a loop', [4 5 3],    2 * uniform(41, 4, 5) - 1,  one_hot([1 2 3 3 2], 3)
    'deep',       'three hidden layers, every sum a loop',        [3 4 3 4 3], 2 * uniform(43, 3, 4) - 1, one_hot([3 1 2 1], 3)
    };
for row = 1:size(components, 1)
    [name, title, sizes, x, y] = components{row, :};
    [weights, biases] = initial_network(7500 + 100 * row, sizes);
    input = struct('weights', {weights}, 'biases', {biases}, 'x', x, 'y', y);
    meta = describe(['components_' name], title, numel(weights), sprintf(made, 7500 + 100 * row));
    meta.function = 'softmax_crossentropy_components';
    check_gradient(@softmax_crossentropy_components, weights, biases, x, y);
    save_case(folder, meta, input, softmax_crossentropy_components(weights, biases, x, y));
end

% Training: every data set online, in mini-batches and in full batches.
training = {
    % data    sizes       x         y         epochs  size  rates (online, mini-batch, full-batch)
    'xor',    [2 3 2],    xor_x,    xor_y,    100,    3,    [1 1 1]
    'iris',   [4 8 3],    iris_x,   iris_y,   30,     16,   [0.05 0.02 0.002]
    'digits', [64 32 10], digits_x, digits_y, 30,     32,   [0.1 0.02 0.001]
    };
modes = {'online', 'mini_batch', 'full_batch'};
for row = 1:size(training, 1)
    [data, sizes, x, y, epochs, mini_batch, rates] = training{row, :};
    batch_sizes = [1, mini_batch, size(x, 2)];
    for mode = 1:3
        seed = 8000 + 100 * row + 10 * mode;
        [weights, biases] = initial_network(seed, sizes);
        order = sample_order(seed, epochs, size(x, 2));
        input = struct('weights', {weights}, 'biases', {biases}, 'x', x, 'y', y, ...
            'learning_rate', rates(mode), 'epochs', epochs, 'batch_size', batch_sizes(mode), 'order', order);
        title = sprintf('%s, %d epochs, batches of %d', data, epochs, batch_sizes(mode));
        meta = describe(['train_' data '_' modes{mode}], title, numel(weights), sprintf(made, seed));
        meta.task = 'train';
        meta.function = 'softmax_crossentropy_train';
        expected = softmax_crossentropy_train(weights, biases, x, y, rates(mode), epochs, batch_sizes(mode), order);
        save_case(folder, meta, input, expected);
    end
end
end

function meta = describe(name, title, layers, inputs)
meta = struct('name', ['softmax_crossentropy_' name], 'title', title, 'task', 'backprop', ...
    'function', 'softmax_crossentropy', 'activations', {[repmat({'sigmoid'}, 1, layers - 1), {'softmax'}]}, ...
    'loss', 'cross_entropy', 'convention', struct('half', false, 'over', 'sum'), 'inputs', inputs, ...
    'script', mfilename());
end
