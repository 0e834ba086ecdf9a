function [A, B, C, D, E, F] = literals(x)
A = [1 -2 + 3, x', -x(1)
     4, 5, [6 7], 0
     ];
B = [x; x(1)];
C = [x(1) x(2) -x(1)];
D = [1 - 1, 2 -1, 3 32];
E = {1, 'a'
     [1 2 3], {}};
F = [ones(2, 1), eye(2); 1:3];
end
