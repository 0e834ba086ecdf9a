input_layer_size = 3;
hidden_layer_size = 4;
num_labels = 3;
nn_params = sin(1:(4 * 4 + 3 * 5))' / 5;
X = reshape(cos(1:15), 5, 3);
y = [1; 3; 2; 2; 1];
lambda = 0.7;
