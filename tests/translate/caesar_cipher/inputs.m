text = 'hello, world';
k = 3;
