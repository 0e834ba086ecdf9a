function [p, f, c, g, b, r, n] = numbers(k)
p = primes(k);
f = factorial([0 3 5]);
c = [nchoosek(5, 2), gcd(12, 18), lcm(4, 6)];
g = cumprod(1:5);
b = [bitand(12, 10), bitor(12, 10), bitxor(12, 10), bitshift(1, 4)];
r = [fix(-2.5), round(-2.5), floor(-2.5), ceil(-2.5), rem(-7, 3), mod(-7, 3)];
n = [log2(8), log10(1000), nthroot(27, 3), sum(isprime(1:10)), realmax > 1e308, realmin < 1e-307, eps];
end
