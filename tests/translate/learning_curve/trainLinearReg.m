function theta = trainLinearReg(X, y, lambda)
L = eye(size(X, 2));
L(1, 1) = 0;
theta = (X' * X + lambda * L + 1e-3 * eye(size(X, 2))) \ (X' * y);
end
