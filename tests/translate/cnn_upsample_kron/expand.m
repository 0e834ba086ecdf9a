function B = expand(A, S)
%EXPAND replicates each element of A S times in each direction
SA = size(A);
if length(SA) ~= length(S)
    error('Length of size vector must equal ndims(A)')
elseif any(S ~= floor(S))
    error('The size vector must contain integers only')
end
B = kron(A, ones(S));
end
