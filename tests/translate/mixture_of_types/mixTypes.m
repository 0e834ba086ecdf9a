function [a, b, c, d, e] = mixTypes()
a = ['x' 65 'y'];
b = [true 2];
c = [int8(100) 200.7];
d = [single(1) / 3, 1];
e = {class(a), class(b), class(c), class(d), class([true false]), class(['a'; 'b']), class(1:3 > 2)};
end
