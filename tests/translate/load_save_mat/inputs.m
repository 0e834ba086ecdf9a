A = [1 2; 3 4];
label = 'weights';
