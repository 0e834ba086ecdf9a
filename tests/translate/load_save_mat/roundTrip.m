function [same, names, total] = roundTrip(A, label)
file = [tempname() '.mat'];
B = A * 2;
save('-v7', file, 'A', 'B', 'label');
clear A B
S = load(file);
same = isequal(S.B, 2 * S.A) && strcmp(S.label, label);
names = sort(fieldnames(S));
load(file, 'A');
total = sum(A(:));
delete(file);
end
