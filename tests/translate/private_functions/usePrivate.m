function [a, b] = usePrivate(x)
a = helperScale(x, 3);
b = helperSum(x) + sum(a);
end
