function net = runBackward(net)
%RUNBACKWARD  deltas from the top down, then the slopes
    last = net.depth;
    switch net.top
        case 'logistic'
            delta{last} = - net.miss .* (net.act{last} .* (1 - net.act{last}));
        case {'softmax','identity'}
            delta{last} = - net.miss;
    end
    for k = (last - 1) : -1 : 2
        switch net.hidden
            case 'logistic'
                bend = net.act{k} .* (1 - net.act{k});
            case 'tanh'
                bend = 1 - net.act{k}.^2;
        end
        if k+1==last % the top has no bias unit to be left out
            delta{k} = (delta{k + 1} * net.W{k}) .* bend;
        else
            delta{k} = (delta{k + 1}(:,2:end) * net.W{k}) .* bend;
        end
    end

    for k = 1 : (last - 1)
        if k+1==last
            above = delta{k + 1};
        else
            above = delta{k + 1}(:,2:end);
        end
        net.slope{k} = (above' * net.act{k}) / size(above, 1);
    end
end
