def quadraticCost(x=None, A=None, b=None):
    J = (0.5 * x.T @ A @ x).item() - (b.T @ x).item()
    grad = A @ x - b
    return J, grad
