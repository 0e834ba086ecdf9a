function references_coursework(folder)
%REFERENCES_COURSEWORK  Cases of tanh, relu, L2, momentum, gradient checking, softmax regression, autoencoder.

[digits_x, digits_y] = load_dataset('digits');
[iris_x, iris_y] = load_dataset('iris');
digits_x = digits_x(:, 1:100);
digits_y = digits_y(:, 1:100);
iris_x = iris_x / 8;
noisy_x = iris_x + (uniform(201, 4, 150) - 0.5) / 10;

networks = {
    % name                 function             handle                        hidden     output      loss                    half   over
    'tanh_mse',            'tanh_mse',           @tanh_mse,                   'tanh',    'identity', 'squared_error',        false, 'elements'
    'relu_softmax',        'relu_softmax',       @relu_softmax,               'relu',    'softmax',  'cross_entropy',        false, 'samples'
    'autoencoder',         'autoencoder',        @autoencoder,                'sigmoid', 'sigmoid',  'squared_error',        true,  'samples'
    'softmax_regression',  'softmax_regression', @softmax_regression_network, '',        'softmax',  'cross_entropy',        false, 'samples'
    };
[tanh_net, relu_net, auto_net, soft_net] = deal(networks(1, :), networks(2, :), networks(3, :), networks(4, :));

% Single gradients.
gradients = {
    tanh_net, 'xor',        'tansig and purelin on -1 and 1',           [2 3 1],    [-1 -1 1 1; -1 1 -1 1],      [-1 1 1 -1]
    tanh_net, 'deep',       'three hidden layers of tanh',              [4 5 6 4 3], 2 * uniform(203, 4, 6) - 1, 2 * uniform(204, 3, 6) - 1
    tanh_net, 'iris',       'real data: iris, 4-6-3',                   [4 6 3],    iris_x,                      2 * iris_y - 1
    relu_net, 'batch',      'two hidden layers of relu',                [4 6 5 3],  2 * uniform(205, 4, 6) - 1,  one_hot([1 2 3 3 2 1], 3)
    relu_net, 'iris',       'real data: iris, 4-8-3',                   [4 8 3],    iris_x,                      iris_y
    relu_net, 'digits_100', 'real data: 100 handwritten digits, 64-20-10', [64 20 10], digits_x,                 digits_y
    auto_net, 'digits_100', 'real data: 100 handwritten digits through a code of 8', [64 8 64], digits_x,        digits_x
    auto_net, 'noisy_iris', 'the clean data from noisy: y is not x',    [4 2 4],    noisy_x,                     iris_x
    soft_net, 'iris',       'real data: iris; parameters in one column, the bias first', [4 3], iris_x,          iris_y
    soft_net, 'digits_100', 'real data: 100 handwritten digits, 64-10', [64 10],    digits_x,                    digits_y
    };
for row = 1:size(gradients, 1)
    [network, name, title, sizes, x, y] = gradients{row, :};
    seed = 20000 + 100 * row;
    [weights, biases] = initial_network(seed, sizes);
    input = struct('weights', {weights}, 'biases', {biases}, 'x', x, 'y', y);
    meta = describe(network, name, title, 'backprop', numel(weights), seed);
    check_gradient(network{3}, weights, biases, x, y);
    save_case(folder, meta, input, network{3}(weights, biases, x, y));
end

% L2: coursework's cost with lambda, both layers sigmoid, parameters in one column.
regularised = {
    'lambda_0', 'lambda = 0: the plain cost',                     0,   2 * uniform(206, 4, 6) - 1, one_hot([1 2 3 3 2 1], 3)
    'lambda_1', 'lambda = 1: the weights pull, the biases do not', 1,  2 * uniform(207, 4, 6) - 1, one_hot([3 2 3 1 2 1], 3)
    'iris',     'real data: iris, lambda = 3',                    3,   iris_x,                     iris_y
    };
for row = 1:size(regularised, 1)
    [name, title, lambda, x, y] = regularised{row, :};
    seed = 22000 + 100 * row;
    [weights, biases] = initial_network(seed, [4 5 3]);
    network = l2_net(lambda);
    input = struct('weights', {weights}, 'biases', {biases}, 'x', x, 'y', y, 'lambda', lambda);
    meta = describe(network, name, title, 'backprop', 2, seed);
    meta.note = 'loss has lambda / (2 * N) times the sum of squared weights, biases left out; theta_gradient is dloss/d[Theta1(:); Theta2(:)]';
    check_gradient(network{3}, weights, biases, x, y);
    save_case(folder, meta, input, network{3}(weights, biases, x, y));
end

% Gradient checking: what central differences say of every parameter.
checked = {tanh_net, [3 4 2], 2 * uniform(208, 2, 5) - 1; relu_net, [3 5 3], one_hot([1 2 3 3 2], 3)};
for row = 1:size(checked, 1)
    [network, sizes, y] = checked{row, :};
    seed = 23000 + 100 * row;
    [weights, biases] = initial_network(seed, sizes);
    input = struct('weights', {weights}, 'biases', {biases}, 'x', 2 * uniform(209, 3, 5) - 1, 'y', y);
    meta = describe(network, 'gradient_check', 'every slope, packed [W1(:); b1(:); ...], beside central differences', ...
        'gradient_check', 2, seed);
    meta.function = 'check_gradient';
    [difference, gradient, numerical] = check_gradient(network{3}, weights, biases, input.x, y);
    meta.note = sprintf('norm(numerical - gradient) / norm(numerical + gradient) is %.1e', difference);
    save_case(folder, meta, input, struct('gradient', gradient, 'numerical', numerical));
end

% Training: every network online, in mini-batches and in full batches.
training = {
    % network  name          sizes       x         y               epochs  rates              momentum  form
    tanh_net,  'iris',       [4 6 3],    iris_x,   2 * iris_y - 1, 20,     [0.05 0.1 0.2],    0,        'gd'
    tanh_net,  'sgdm',       [4 6 3],    iris_x,   2 * iris_y - 1, 20,     [0.01 0.05 0.1],   0.9,      'sgdm'
    tanh_net,  'traingdm',   [4 6 3],    iris_x,   2 * iris_y - 1, 20,     [0.05 0.1 0.2],    0.9,      'traingdm'
    relu_net,  'digits_100', [64 16 10], digits_x, digits_y,       8,      [0.05 0.2 0.5],    0,        'gd'
    auto_net,  'iris',       [4 2 4],    iris_x,   iris_x,         20,     [0.5 1 2],         0,        'gd'
    soft_net,  'iris',       [4 3],      iris_x,   iris_y,         20,     [0.1 0.5 1],       0,        'gd'
    l2_net(1), 'iris',       [4 5 3],    iris_x,   iris_y,         20,     [0.05 0.2 0.5],    0,        'gd'
    };
modes = {'online', 'mini_batch', 'full_batch'};
for row = 1:size(training, 1)
    [network, name, sizes, x, y, epochs, rates, momentum, form] = training{row, :};
    batch_sizes = [1, 16, size(x, 2)];
    for mode = 1:3
        seed = 24000 + 100 * row + 10 * mode;
        [weights, biases] = initial_network(seed, sizes);
        order = sample_order(seed, epochs, size(x, 2));
        input = struct('weights', {weights}, 'biases', {biases}, 'x', x, 'y', y, 'learning_rate', rates(mode), ...
            'epochs', epochs, 'batch_size', batch_sizes(mode), 'order', order, 'momentum', momentum);
        title = sprintf('%s, %d epochs, batches of %d, momentum %g', name, epochs, batch_sizes(mode), momentum);
        meta = describe(network, ['train_' name '_' modes{mode}], title, 'train', numel(weights), seed);
        meta.function = 'momentum_train';
        meta.optimiser = form;
        if strcmp(network{1}, 'l2')
            input.lambda = 1;
            meta.note = 'the penalty of a step is over its batch: lambda / (2 * samples of the batch)';
        end
        expected = momentum_train(network{3}, weights, biases, x, y, rates(mode), epochs, batch_sizes(mode), order, momentum, form);
        save_case(folder, meta, input, expected);
    end
end
end

function pass = softmax_regression_network(weights, biases, x, y)
% softmax_regression with the arguments of the other networks.
theta = [biases{1} weights{1}];
[~, labels] = max(y, [], 1);
[J, grad] = softmax_regression(theta(:), x', labels', size(y, 1));
Theta_grad = reshape(grad, size(theta));
pass = struct('dW', {{Theta_grad(:, 2:end)}}, 'db', {{Theta_grad(:, 1)}}, 'loss', J, 'theta_gradient', grad);
end

function network = l2_net(lambda)
network = {'l2', 'nn_cost_function', @(w, b, x, y) l2_network(w, b, x, y, lambda), ...
    'sigmoid', 'sigmoid', 'binary_cross_entropy', false, 'samples'};
end

function pass = l2_network(weights, biases, x, y, lambda)
% nn_cost_function with the arguments of the other networks.
Theta1 = [biases{1} weights{1}];
Theta2 = [biases{2} weights{2}];
[~, labels] = max(y, [], 1);
[J, grad] = nn_cost_function([Theta1(:); Theta2(:)], size(x, 1), size(Theta1, 1), size(y, 1), x', labels', lambda);
Theta1_grad = reshape(grad(1:numel(Theta1)), size(Theta1));
Theta2_grad = reshape(grad(numel(Theta1) + 1:end), size(Theta2));
pass = struct('dW', {{Theta1_grad(:, 2:end), Theta2_grad(:, 2:end)}}, ...
    'db', {{Theta1_grad(:, 1), Theta2_grad(:, 1)}}, 'loss', J, 'theta_gradient', grad);
end

function meta = describe(network, name, title, task, layers, seed)
[family, fun, ~, hidden, output, loss, half, over] = network{:};
meta = struct('name', [family '_' name], 'title', title, 'task', task, 'function', fun, ...
    'activations', {[repmat({hidden}, 1, layers - 1), {output}]}, 'loss', loss, ...
    'convention', struct('half', half, 'over', over), 'inputs', sprintf('uniform.m, seed %d', seed), 'script', mfilename());
end
