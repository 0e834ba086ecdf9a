function [a, b, c, d, e, f, g, h, k] = strings(s)
a = upper(s);
b = strrep(s, 'l', 'LL');
c = strsplit(s, ' ');
d = strjoin(fliplr(c), '-');
e = [strtrim(sprintf('  %s  ', s)), '!'];
f = strfind(s, 'o');
g = regexprep(s, '(\w+) (\w+)', '$2 $1');
h = [strcmp(s, 'Hello World'), strcmpi(s, 'hello world'), strncmp(s, 'Help', 3), isempty(strfind(s, 'xyz'))];
k = {fliplr(s), s(end:-1:7), lower(s(1)), num2str(length(s)), strcat('a', 'b', 'c'), repmat('-', 1, 5)};
end
