function X = sigmrnd(P)
    X = double(1./(1+exp(-P)) > 0.5);
end
