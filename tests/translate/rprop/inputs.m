w = zeros(2);
