function sae = saesetup(size)
    for u = 2 : numel(size)
        sae.ae{u-1}.sizes = [size(u-1) size(u) size(u-1)];
        sae.ae{u-1}.W = cell(1, 2);
        for k = 1:2
            sae.ae{u-1}.W{k} = ones(sae.ae{u-1}.sizes(k+1), sae.ae{u-1}.sizes(k)) * k / 10;
        end
    end
end
