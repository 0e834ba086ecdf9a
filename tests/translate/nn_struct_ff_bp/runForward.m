function net = runForward(net, X, T)
%RUNFORWARD  activities of all layers, and the loss

    last = net.depth;
    n = size(X, 1);

    X = [ones(n,1) X];
    net.act{1} = X;

    for k = 2 : last-1
        switch net.hidden
            case 'logistic'
                % squashed sums, bias unit not counted yet
                net.act{k} = squash(net.act{k - 1} * net.W{k - 1}');
            case 'tanh'
                net.act{k} = tanh(net.act{k - 1} * net.W{k - 1}');
        end
        %now the bias unit
        net.act{k} = [ones(n,1) net.act{k}];
    end
    sums = net.act{last - 1} * net.W{last - 1}';
    switch net.top
        case 'logistic'
            net.act{last} = squash(sums);
        case 'identity'
            net.act{last} = sums;
        case 'softmax'
            sums = exp(bsxfun(@minus, sums, max(sums,[],2)));
            net.act{last} = bsxfun(@rdivide, sums, sum(sums, 2));
    end

    net.miss = T - net.act{last};

    switch net.top
        case {'logistic', 'identity'}
            net.loss = 1/2 * sum(sum(net.miss .^ 2)) / n;
        case 'softmax'
            net.loss = -sum(sum(T .* log(net.act{last}))) / n;
    end
end
