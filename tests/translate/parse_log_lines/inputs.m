lines = {'start', 'epoch 1: loss=0.75', 'epoch 2: loss=5.0e-1', 'note: all well', 'stop'};
