function y = helperScale(x, k)
y = x * k + helperSum(x);
end
