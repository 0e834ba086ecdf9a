function [a, n] = defaults(x, scale, offset)
if nargin < 2
    scale = 2;
end
if nargin < 3 || isempty(offset)
    offset = 0.5;
end
if ~exist('x', 'var'), x = 1; end
a = x * scale + offset;
n = nargin;
end
