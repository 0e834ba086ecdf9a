function [a, b, c, d, e, f] = strNums()
a = num2str([1 2; 3 4]);
b = str2num('[1 2 3]') * 2;
c = str2double({'3.5', 'x', '1e3'});
d = double('AZ') - 'A';
e = char([72 105] + 0);
f = ['abc'; 'def'];
f = f(2, :);
end
