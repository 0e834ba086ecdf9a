function [sum, max, i, list] = shadow(x)
% variables with names of built-in functions and of Python
sum = 0;
for i = 1:length(x)
    sum = sum + x(i);
end
max = x(1);
lambda = 2;
list = [lambda, sum, max];
in = list(1); is = list(2);
print = in + is;
list(end + 1) = print;
len = numel(list);
list(len + 1) = len;
end
