I = uint8(magic(5) * 10);
