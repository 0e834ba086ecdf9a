function shout(x, times)
if nargin < 2, times = 1; end
for k = 1:times
    fprintf('%s!\n', upper(x));
end
end
