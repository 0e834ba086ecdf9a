rgb = uint8(reshape(10:10:240, 2, 4, 3));
