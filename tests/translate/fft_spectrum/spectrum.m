function [X, P, back, f] = spectrum(x, fs)
N = length(x);
X = fft(x);
P = abs(X / N);
P = P(1:floor(N / 2) + 1);
P(2:end - 1) = 2 * P(2:end - 1);
f = fs * (0:floor(N / 2)) / N;
back = ifft(X);
end
