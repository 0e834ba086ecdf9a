function [x, A, B, s, c] = deletions(x, A)
x(x < 0) = [];
x(end) = [];
B = A;
A(2, :) = [];
A(:, [1 3]) = [];
B(:) = [];
s = 'hello world';
s(s == 'o') = [];
c = {1, 'two', 3};
c(2) = [];
end
