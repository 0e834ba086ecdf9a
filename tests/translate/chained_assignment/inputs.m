net.layers = {struct('w', ones(2, 2)), struct('w', [1 2 3; 4 5 6])};
