function [f, g, h] = recursive(n)
f = fact(n);
g = fib(n);
h = hanoi(n, 'A', 'B', 'C');
end

function r = fact(n)
if n <= 1
    r = 1;
else
    r = n * fact(n - 1);
end
end

function r = fib(n)
if n < 3, r = 1; return, end
r = fib(n - 1) + fib(n - 2);
end

function moves = hanoi(n, from, via, to)
if n == 0
    moves = '';
    return
end
moves = [hanoi(n - 1, from, to, via), from, to, ' ', hanoi(n - 1, via, from, to)];
end
