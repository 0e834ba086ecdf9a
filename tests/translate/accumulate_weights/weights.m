function [total, byname, A] = weights(items)
total = 0;
byname = struct();
for it = items
    item = it{1};
    total = total + item{2};
    if isfield(byname, item{1})
        byname.(item{1}) += item{2};
    else
        byname.(item{1}) = item{2};
    end
end
A = zeros(1, 3);
A(2) += 5;
A *= 2;
end
