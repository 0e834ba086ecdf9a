names = {'linear', 'mlp', 'cnn'};
acc = [0.8125 0.955 0.991];
loss = [0.51234 0.2 0.034567];
