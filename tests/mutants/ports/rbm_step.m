function [W, bv, bh, recon] = rbm_step(W, bv, bh, data, U, eta, decay)
% One step of contrastive divergence; visible units in rows of W, a sample in each column of data.
[nv, nh] = size(W);
N = size(data, 2);
pos = zeros(nv, nh);
neg = zeros(nv, nh);
dv = zeros(nv, 1);
dh = zeros(nh, 1);
recon = 0;
for s = 1:N
  v0 = data(:, s);
  h0 = 1 ./ (1 + exp(-(W' * v0 + bh)));
  state = double(h0 > U(:, s));
  v1 = 1 ./ (1 + exp(-(W * state + bv)));
  h1 = 1 ./ (1 + exp(-(W' * v1 + bh)));
  pos = pos + v0 * h0';
  neg = neg + v1 * h1';
  dv = dv + (v0 - v1);
  dh = dh + (h0 - h1);
  recon = recon + norm(v0 - v1) ^ 2;
end
W = W + eta * ((pos - neg) / N - decay * W);
bv = bv + eta * dv / N;
bh = bh + eta * dh / N;
recon = recon / N;
