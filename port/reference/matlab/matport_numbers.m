function value = matport_numbers(name, dims, digits)
% Numbers of a class and size from the hexadecimal digits of their bytes, first byte first.
nibbles = double(digits) - double('0');
nibbles(nibbles > 9) = nibbles(nibbles > 9) - 39;
value = reshape(typecast(uint8(16 * nibbles(1:2:end) + nibbles(2:2:end)), name), dims);
end
