function [a, b, c, d, e, f, g] = intMath(x)
a = int32(x);
b = a / int32(2);
c = idivide(a, int32(2), 'floor');
d = int8(100) + int8(100);
e = uint8(3) - uint8(5);
f = a .* int32([2 2 2]);
g = double(a(1)) / 2;
end
