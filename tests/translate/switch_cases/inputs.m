names = {'sigmoid', 'tanh_opt', 'relu', 'tanh'};
codes = [1 3 7 -1];
