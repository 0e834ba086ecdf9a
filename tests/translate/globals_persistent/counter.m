function n = counter(reset)
persistent count;
global TOTAL
if isempty(count) || (nargin > 0 && reset)
    count = 0;
end
count = count + 1;
TOTAL = TOTAL + count;
n = count;
end
