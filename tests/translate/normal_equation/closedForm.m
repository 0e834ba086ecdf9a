function [w] = closedForm(A, t)
w = pinv(A' * A) * A' * t;
end
