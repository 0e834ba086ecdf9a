function [tf, idf, M, vocab] = tfidf(docs)
vocab = {};
for i = 1:numel(docs)
    vocab = union(vocab, strsplit(docs{i}));
end
tf = zeros(numel(docs), numel(vocab));
for i = 1:numel(docs)
    words = strsplit(docs{i});
    [found, where] = ismember(words, vocab);
    tf(i, :) = accumarray(where(found)', 1, [numel(vocab), 1])';
end
idf = log(numel(docs) ./ sum(tf > 0, 1));
M = tf .* idf;
end
