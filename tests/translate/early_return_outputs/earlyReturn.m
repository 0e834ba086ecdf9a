function [x, info] = earlyReturn(A, b)
x = [];
info.code = 0;
if size(A, 1) ~= numel(b)
    info.code = -1;
    info.text = 'sizes differ';
    return;
end
if rank(A) < size(A, 2)
    info.code = 1;
    return
end
x = A \ b(:);
end
