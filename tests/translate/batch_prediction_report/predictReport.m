% a main script, as an exercise would have it
fprintf('reading ...\n');
pred = ones(size(X, 1), 1);
for i = 1:size(X, 1)
    p = X(i, :) * theta;
    if p < 0
        pred(i) = -1;
    end
    fprintf('sample %2d: score %+.3f -> %s\n', i, p, labels{(pred(i) + 3) / 2});
end
fprintf('\nright: %f percent\n', mean(double(pred == y)) * 100);
result = sprintf('%d', pred > 0);
