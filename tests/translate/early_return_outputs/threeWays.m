function [a, b, c, x] = threeWays()
[~, a] = earlyReturn(eye(2), [1 2 3]);
[~, b] = earlyReturn([1 2; 2 4], [1 2]);
[x, c] = earlyReturn([2 0; 0 4], [1 2]);
end
