v = [3 1 2 3 5 1];
names = {'pear', 'apple', 'fig'};
