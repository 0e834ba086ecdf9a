function [a, b, c, d, e] = evals(x)
f = inline('t^2 + 1');
a = f(3);
b = eval('x + 1');
eval('c = 2 * x;');
d = feval('sqrt', x);
g = str2func('cos');
e = g(0) + feval(@(t) t - 1, x);
name = func2str(@sin);
assert(strcmp(name, 'sin'));
end
