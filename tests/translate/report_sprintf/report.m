function lines = report(names, acc, loss)
lines = {};
lines{end + 1} = sprintf('%-10s|%8s|%8s', 'model', 'acc', 'loss');
for i = 1:numel(names)
    lines{end + 1} = sprintf('%-10s|%7.2f%%|%8.4f', names{i}, 100 * acc(i), loss(i));
end
lines{end + 1} = sprintf('best: %s (%d of %d)', names{find(acc == max(acc), 1)}, find(acc == max(acc), 1), numel(names));
lines{end + 1} = sprintf('%d ', [1 2; 3 4]);
lines{end + 1} = ['mean=' num2str(mean(loss)) ', n=' int2str(numel(loss)) ', v=' mat2str(round(100 * acc))];
lines{end + 1} = sprintf('%5.1f,', loss);
lines{end}(end) = [];
end
