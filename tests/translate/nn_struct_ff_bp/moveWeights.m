function net = moveWeights(net)
    for k = 1 : (net.depth - 1)
        if(net.decay>0)
            step = net.slope{k} + net.decay * [zeros(size(net.W{k},1),1) net.W{k}(:,2:end)];
        else
            step = net.slope{k};
        end
        step = net.rate * step;
        if(net.inertia>0)
            net.speed{k} = net.inertia*net.speed{k} + step;
            step = net.speed{k};
        end
        net.W{k} = net.W{k} - step;
    end
end
