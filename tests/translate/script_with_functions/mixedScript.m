1;
function y = square(x)
  y = x .^ 2;
end
function [s, p] = sumprod(x)
  s = sum(x);
  p = prod(x);
end
v = square([1 2 3]);
[s, p] = sumprod(v);
