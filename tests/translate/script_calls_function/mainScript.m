% a script with its own data, a function file, and a loop
data = [1 2 3; 4 5 6];
scaled = zeros(size(data));
for row = 1:size(data, 1)
    scaled(row, :) = scaleRow(data(row, :), weight);
end
total = sum(scaled(:));
clear row
