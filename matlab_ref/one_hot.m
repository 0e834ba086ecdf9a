function y = one_hot(labels, K)
%ONE_HOT  K x N targets from 1 x N labels that count from 1.

y = double((1:K)' == labels);
end
