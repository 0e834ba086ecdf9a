function r = ifArrays(A, B)
r = zeros(1, 6);
if A, r(1) = 1; end
if B, r(2) = 1; end
if [], r(3) = 1; else, r(3) = -1; end
if A > 0, r(4) = 1; end
if 'text', r(5) = 1; end
if A == B
    r(6) = 1;
elseif A(1) == B(1)
    r(6) = 2;
else
    r(6) = 3;
end
while B(1:2)
    B(1) = B(1) - 1;
end
r(end + 1) = B(1);
end
