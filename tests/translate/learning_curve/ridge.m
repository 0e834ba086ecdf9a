function w = ridge(A, t, lambda)
D = eye(size(A, 2));
D(1, 1) = 0;
w = (A' * A + lambda * D + 1e-3 * eye(size(A, 2))) \ (A' * t);
end
