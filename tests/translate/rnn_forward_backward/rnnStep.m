function [loss, dWxh, dWhh, dWhy, hs] = rnnStep(inputs, targets, Wxh, Whh, Why, hprev)
T = numel(inputs);
H = size(Wxh, 1);
V = size(Wxh, 2);
xs = cell(1, T); ys = cell(1, T); ps = cell(1, T);
hs = zeros(H, T + 1);
hs(:, 1) = hprev;
loss = 0;
for t = 1:T
    xs{t} = zeros(V, 1);
    xs{t}(inputs(t)) = 1;
    hs(:, t + 1) = tanh(Wxh * xs{t} + Whh * hs(:, t));
    ys{t} = Why * hs(:, t + 1);
    ps{t} = exp(ys{t}) ./ sum(exp(ys{t}));
    loss = loss - log(ps{t}(targets(t)));
end
dWxh = zeros(size(Wxh)); dWhh = zeros(size(Whh)); dWhy = zeros(size(Why));
dhnext = zeros(H, 1);
for t = T:-1:1
    dy = ps{t};
    dy(targets(t)) = dy(targets(t)) - 1;
    dWhy = dWhy + dy * hs(:, t + 1)';
    dh = Why' * dy + dhnext;
    dhraw = (1 - hs(:, t + 1) .^ 2) .* dh;
    dWxh = dWxh + dhraw * xs{t}';
    dWhh = dWhh + dhraw * hs(:, t)';
    dhnext = Whh' * dhraw;
end
end
