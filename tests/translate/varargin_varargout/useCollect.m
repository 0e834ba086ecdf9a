function [a, b, c, d] = useCollect(M)
a = collect(1);
[b, c] = collect(1, M, 'abc', {1, 2});
args = {2, [1 2 3]};
d = collect(args{:});
end
