function [words, counts, total, has] = wordCount(text)
m = containers.Map();
parts = strsplit(lower(text), ' ');
for i = 1:numel(parts)
    w = parts{i};
    if isKey(m, w)
        m(w) = m(w) + 1;
    else
        m(w) = 1;
    end
end
words = keys(m);
counts = cell2mat(values(m));
total = m.Count * 1;
total = double(total);
has = m.isKey('the');
end
