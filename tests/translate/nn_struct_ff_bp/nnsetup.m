function nn = nnsetup(architecture)
%NNSETUP creates a Feedforward Backpropagate Neural Network
% nn = nnsetup(architecture) returns an neural network structure with n=numel(architecture)
% layers, architecture being a n x 1 vector of layer sizes e.g. [784 100 10]

    nn.size   = architecture;
    nn.n      = numel(nn.size);

    nn.activation_function              = 'tanh_opt';   %  Activation functions of hidden layers
    nn.learningRate                     = 2;
    nn.momentum                         = 0.5;
    nn.weightPenaltyL2                  = 0;
    nn.output                           = 'sigm';

    for i = 2 : nn.n
        % weights and weight momentum
        n_in = nn.size(i - 1) + 1;
        nn.W{i - 1} = reshape(sin(1 : nn.size(i) * n_in), nn.size(i), n_in) / 4;
        nn.vW{i - 1} = zeros(size(nn.W{i - 1}));
    end
end
