function references_networks(folder)
%REFERENCES_NETWORKS  Networks with every activation, hidden and as output, and every loss.

names = {'identity', 'sigmoid', 'tanh', 'scaled_tanh', 'relu', 'leaky_relu', 'elu', 'selu', 'softplus', 'softsign', ...
    'gelu', 'silu', 'hard_sigmoid', 'radial_basis', 'satlin', 'satlins', 'softmax', 'log_softmax', 'sparsemax', 'layer_norm'};
samples = 5;
half_samples = struct('half', true, 'over', 'samples');
elements = struct('half', false, 'over', 'elements');
for k = 1:numel(names)
    x = 6 * uniform(10 + k, 4, samples) - 3;
    save_network(folder, ['hidden_' names{k}], ['hidden layer of ' names{k}], 11000 + 100 * k, ...
        [4 6 3], {names{k}, 'identity'}, 'squared_error', half_samples, x, uniform(40 + k, 3, samples));
    save_network(folder, ['output_' names{k}], ['output layer of ' names{k}], 14000 + 100 * k, ...
        [4 5 3], {'tanh', names{k}}, 'squared_error', elements, x, uniform(70 + k, 3, samples));
end

classes = one_hot([1 3 2 2 3], 3);
shares = uniform(101, 3, samples);
shares = shares ./ sum(shares, 1);
numbers = 4 * uniform(102, 3, samples) - 2;
rows = {
    % loss                      output         targets                          over
    'squared_error',            'identity',    numbers,                         'samples'
    'absolute',                 'identity',    numbers,                         'elements'
    'huber',                    'identity',    numbers,                         'samples'
    'log_cosh',                 'identity',    numbers,                         'elements'
    'cross_entropy',            'softmax',     classes,                         'samples'
    'binary_cross_entropy',     'sigmoid',     double(numbers > 0),             'elements'
    'kl',                       'softmax',     shares,                          'samples'
    'hinge',                    'identity',    sign(numbers),                   'samples'
    'multiclass_hinge',         'identity',    classes,                         'samples'
    'poisson',                  'softplus',    round(3 * shares),               'elements'
    'focal',                    'softmax',     classes,                         'samples'
    'negative_log_likelihood',  'log_softmax', classes,                         'samples'
    };
for k = 1:size(rows, 1)
    [loss, output, y, over] = rows{k, :};
    save_network(folder, ['loss_' loss], ['the loss ' loss ' after ' output], 17000 + 100 * k, [4 6 5 3], ...
        {'tanh', 'sigmoid', output}, loss, struct('half', false, 'over', over), 4 * uniform(110 + k, 4, samples) - 2, y);
end

% Where a bend meets a sample: what the slope of a rectifier is at exactly 0.
bends = {'relu', 'leaky_relu', 'satlin', 'satlins'};
for k = 1:numel(bends)
    input = struct('weights', {{eye(3), [1 2 3; -1 1 0]}}, 'biases', {{zeros(3, 1), [0.5; 0]}}, ...
        'x', [0 1 -1; -1 0 1; 1 -1 0], 'y', [1 0 1; 0 0 1]);
    activations = {bends{k}, 'identity'};
    meta = describe(['bend_' bends{k}], ['the slope of ' bends{k} ' at its bends'], activations, 'squared_error', half_samples, 'written out');
    expected = network_pass(input.weights, input.biases, activations, 'squared_error', half_samples, input.x, input.y);
    save_case(folder, meta, input, expected);
end
end

function save_network(folder, name, title, seed, sizes, activations, loss, convention, x, y)
[weights, biases] = initial_network(seed, sizes);
input = struct('weights', {weights}, 'biases', {biases}, 'x', x, 'y', y);
network = @(weights, biases, x, y) network_pass(weights, biases, activations, loss, convention, x, y);
check_gradient(network, weights, biases, x, y);
meta = describe(name, title, activations, loss, convention, sprintf('uniform.m, seed %d', seed));
save_case(folder, meta, input, network(weights, biases, x, y));
end

function meta = describe(name, title, activations, loss, convention, inputs)
meta = struct('name', ['network_' name], 'title', title, 'task', 'backprop', 'function', 'network_pass', ...
    'activations', {activations}, 'loss', loss, 'convention', convention, 'inputs', inputs, 'script', mfilename());
end
