s.name = 'net';
s.sizes = [3 4 2];
s.rate = 0.1;
