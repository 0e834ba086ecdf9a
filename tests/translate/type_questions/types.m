function r = types()
x = {5, 'a', true, {1}, struct('a', 1), @sin, int8(3), single(2), [], 1:3, 1 + 2i, (1:2)'};
r = zeros(numel(x), 12);
for k = 1:numel(x)
    v = x{k};
    r(k, :) = [isnumeric(v), ischar(v), islogical(v), iscell(v), isstruct(v), ...
               isa(v, 'function_handle'), isa(v, 'integer'), isa(v, 'float'), ...
               isempty(v), isrow(v), isscalar(v), isvector(v)];
end
end
