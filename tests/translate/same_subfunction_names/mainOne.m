function r = mainOne(x)
r = helper(x) + mainTwo(x);
end
function y = helper(x)
y = x + 1;
end
