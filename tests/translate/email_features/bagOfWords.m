function x = bagOfWords(places)
n = 12;
x = zeros(n, 1);
x(places) = 1;
end
