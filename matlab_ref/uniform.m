function r = uniform(seed, rows, columns)
%UNIFORM  Reproducible numbers in (0, 1), the same in MATLAB and in Octave.
%   r = UNIFORM(seed, rows, columns) by the minimal standard generator of Park and
%   Miller (1988), s = mod(16807 * s, 2^31 - 1), which doubles hold exactly. seed
%   is an integer from 1. Filled column by column.

modulus = 2147483647;
s = mod(48271 * seed, modulus);
r = zeros(rows, columns);
for i = 1:rows * columns
    s = mod(16807 * s, modulus);
    r(i) = s / modulus;
end
end
