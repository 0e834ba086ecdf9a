function labels = knn(Xtrain, ytrain, Xtest, k)
n = size(Xtest, 1);
labels = zeros(n, 1);
for i = 1:n
    d = sqrt(sum((Xtrain - Xtest(i, :)) .^ 2, 2));
    [~, order] = sort(d);
    nearest = ytrain(order(1:k));
    classes = unique(nearest);
    votes = zeros(size(classes));
    for c = 1:numel(classes)
        votes(c) = sum(nearest == classes(c));
    end
    [~, best] = max(votes);
    labels(i) = classes(best);
end
end
