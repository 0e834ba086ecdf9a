by = 2;
maps = reshape(sin(1:2*2*4*4), 2, 2, 4, 4);
