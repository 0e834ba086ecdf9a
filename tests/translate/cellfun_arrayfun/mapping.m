function [len, up, sq, total, found, pairs, names] = mapping(words, s)
len = cellfun(@length, words);
up = cellfun(@(w) upper(w(1)), words, 'UniformOutput', false);
sq = arrayfun(@(k) k ^ 2 + 1, 1:4);
total = sum(cellfun('length', words));
found = cellfun(@(w) any(w == 'a'), words);
pairs = arrayfun(@(k) [k, -k], 1:2, 'UniformOutput', false);
names = arrayfun(@(p) p.name, s, 'UniformOutput', false);
end
