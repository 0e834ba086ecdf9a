function s = squash(x)
%SQUASH  from the real line into (0, 1)
s = 1.0 ./ (1.0 + exp(-x));
end
