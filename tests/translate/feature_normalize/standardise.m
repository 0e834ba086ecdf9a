function [Z, centre, spread] = standardise(A)
%STANDARDISE  columns of mean zero and deviation one
Z = A;
centre = zeros(1, size(A, 2));
spread = zeros(1, size(A, 2));

centre = mean(A);
spread = std(A);
for j = 1:size(A, 2)
    Z(:, j) = (A(:, j) - centre(j)) / spread(j);
end
end
