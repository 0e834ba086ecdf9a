function [a, b, total] = useCounter()
global TOTAL
TOTAL = 100;
counter(true);
a = counter();
b = counter;
total = TOTAL;
end
