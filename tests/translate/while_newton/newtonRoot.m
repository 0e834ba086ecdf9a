function [x, iter, ok] = newtonRoot(f, df, x0, tol)
x = x0;
iter = 0;
ok = false;
while true
    step = f(x) / df(x);
    x = x - step;
    iter = iter + 1;
    if abs(step) < tol
        ok = true;
        break
    elseif iter >= 50
        return
    end
end
end
