function [r, log] = shortCircuit(x, y)
log = {};
r = [];
if isempty(x) || x(1) > 0
    r(end + 1) = 1;
end
if ~isempty(y) && y(1) == 2
    r(end + 1) = 2;
end
if any(y > 1) & numel(y) > 1
    r(end + 1) = 3;
end
if ~(numel(y) == 3) | y(end) < 0
    r(end + 1) = 4;
else
    log{end + 1} = 'else';
end
if xor(true, isempty(x)) || false, log{end + 1} = 'xor'; end
if !isempty(y), log{end + 1} = 'bang'; end
end
