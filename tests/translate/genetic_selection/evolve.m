function [pop, best, history] = evolve(pop, target, gens)
rand('twister', 9);
history = zeros(gens, 1);
for g = 1:gens
    fitness = -sum(abs(bsxfun(@minus, pop, target)), 2);
    [fitness, order] = sort(fitness, 'descend');
    pop = pop(order, :);
    history(g) = fitness(1);
    half = floor(size(pop, 1) / 2);
    for i = half + 1:size(pop, 1)
        a = pop(i - half, :);
        m = rand(size(a)) < 0.3;
        a(m) = 1 - a(m);
        pop(i, :) = a;
    end
end
best = pop(1, :);
end
