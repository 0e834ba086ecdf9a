function s = squash(x)
s = 1./(1+exp(-x));
end
