function r = crlf(x)
% a file from Windows
r = x';   % transpose
if r(1) > 0
    r = r ...
        * 2;
end
end
