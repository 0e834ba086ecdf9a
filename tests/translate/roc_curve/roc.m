function [fpr, tpr, auc] = roc(scores, labels)
[s, order] = sort(scores(:), 'descend');
labels = labels(order);
tp = cumsum(labels == 1);
fp = cumsum(labels ~= 1);
tpr = [0; tp / tp(end)];
fpr = [0; fp / fp(end)];
auc = trapz(fpr, tpr);
end
