function Y = elman(U, Win, W, Wout, washout)
T = size(U, 2);
x = zeros(size(W, 1), 1);
states = [];
for t = 1:T
    x = tanh(Win * [1; U(:, t)] + W * x);
    if t > washout
        states(:, end + 1) = [1; U(:, t); x];
    end
end
Y = Wout * states;
end
