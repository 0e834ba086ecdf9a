function [a, b, msg] = useOptions()
a = parseOptions('rate', 0.5, 'method', 'ad');
b = parseOptions(struct('layers', [1 2 3], 'extra', true), 'rate', 1);
try
    parseOptions('nothing', 1);
catch e
    msg = e.message;
end
end
