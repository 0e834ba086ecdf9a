function f = fired(x)
    f = double(squash(x) > 0.5);
end
