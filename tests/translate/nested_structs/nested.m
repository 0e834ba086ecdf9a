function [cfg, v, names, has] = nested(rate)
cfg.train.rate = rate;
cfg.train.momentum = 0.9;
cfg.net.layers(1).units = 4;
cfg.net.layers(2).units = 2;
cfg.net.layers(2).W = zeros(2, 4);
cfg.net.layers(2).W(2, 3) = 7;
cfg.data{3} = 'third';
f = 'momentum';
v = cfg.train.(f) + cfg.train.rate;
cfg.train.(['new_' f]) = v;
names = fieldnames(cfg.train);
has = [isfield(cfg, 'net'), isfield(cfg.train, {'rate', 'x'}), isstruct(cfg.net)];
cfg.train = rmfield(cfg.train, 'rate');
cfg = setfield(cfg, 'note', 'done');
end
