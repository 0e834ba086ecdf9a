function s = helperSum(x)
s = sum(x(:));
end
