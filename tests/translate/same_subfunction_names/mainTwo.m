function r = mainTwo(x)
r = helper(x) * 10;
end
function y = helper(x)
y = x * 2;
end
