function B = magnify(A, times)
%MAGNIFY  every element becomes a block of copies
if length(size(A)) ~= length(times)
    error('one factor for each dimension, please')
elseif any(times ~= floor(times))
    error('factors are whole numbers')
end
B = kron(A, ones(times));
end
