function net = filterForward(net, images)
    top = numel(net.stage);
    net.stage{1}.map{1} = images;
    maps = 1;

    for s = 2 : top
        here = net.stage{s};
        if strcmp(here.kind, 'filter')
            shrink = [here.side - 1, here.side - 1, 0];
            for k = 1 : here.maps
                total = zeros(size(net.stage{s - 1}.map{1}) - shrink);
                for m = 1 : maps
                    %  every map below adds its own filtered image
                    total = total + convn(net.stage{s - 1}.map{m}, here.kernel{m}{k}, 'valid');
                end
                net.stage{s}.map{k} = squash(total + here.bias{k});
            end
            maps = here.maps;
        elseif strcmp(here.kind, 'pool')
            for k = 1 : maps
                blurred = convn(net.stage{s - 1}.map{k}, ones(here.by) / (here.by ^ 2), 'valid');
                net.stage{s}.map{k} = blurred(1 : here.by : end, 1 : here.by : end, :);
            end
        end
    end

    %  one column of features for each image
    net.features = [];
    for k = 1 : numel(net.stage{top}.map)
        dims = size(net.stage{top}.map{k});
        net.features = [net.features; reshape(net.stage{top}.map{k}, dims(1) * dims(2), dims(3))];
    end
    net.out = squash(net.readW * net.features + repmat(net.readb, 1, size(net.features, 2)));
end
