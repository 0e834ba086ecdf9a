function order = sample_order(seed, epochs, samples)
%SAMPLE_ORDER  epochs x samples; every row is a reproducible permutation of 1:samples.

[~, order] = sort(uniform(seed, samples, epochs));
order = order';
end
