function opts = parseOptions(varargin)
% defaults, a struct of options, then names and values
opts = struct('rate', 0.1, 'method', 'sgd', 'layers', [4 2]);
args = varargin;
if ~isempty(args) && isstruct(args{1})
    given = args{1};
    for f = fieldnames(given)'
        opts.(f{1}) = given.(f{1});
    end
    args(1) = [];
end
if mod(numel(args), 2) ~= 0
    error('options come in pairs');
end
while ~isempty(args)
    [name, value] = deal(args{1:2});
    args = args(3:end);
    if ~isfield(opts, name)
        error('opts:unknown', 'no option %s', name);
    end
    opts.(name) = value;
end
opts.method = validatestring(opts.method, {'sgd', 'adam', 'rmsprop'});
end
