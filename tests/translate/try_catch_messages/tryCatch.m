function [msgs, value] = tryCatch(x)
msgs = {};
value = 0;
try
    error('first:problem', 'value %d is bad', x);
catch err
    msgs{end + 1} = err.message;
    msgs{end + 1} = err.identifier;
end
try
    value = chol([1 2; 2 -5]);
catch
    value = -1;
end
try
    y = [1 2 3];
    z = y(7);
    msgs{end + 1} = 'not reached';
catch e
    msgs{end + 1} = 'index';
end
try
    a = ones(2, 3) * ones(2, 3);
catch e
    msgs{end + 1} = class(msgs);
end
end
