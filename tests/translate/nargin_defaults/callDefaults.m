function [r, counts] = callDefaults(x)
[r(1), counts(1)] = defaults(x);
[r(2), counts(2)] = defaults(x, 3);
[r(3), counts(3)] = defaults(x, 3, []);
[r(4), counts(4)] = defaults(x, 3, 1);
[r(5), counts(5)] = defaults();
end
