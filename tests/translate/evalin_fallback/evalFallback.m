function r = evalFallback(x)
r = 0;
eval('r = x + 1;', 'r = -1;');
if exist('evalin')
    r = r * 2;
end
end
