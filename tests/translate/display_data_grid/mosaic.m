function [sheet, down, across] = mosaic(A, wide)
% one row of A becomes one tile of a sheet, each stretched to its own largest value
if ~exist('wide', 'var') || isempty(wide)
	wide = round(sqrt(size(A, 2)));
end
[n d] = size(A);
high = (d / wide);
down = floor(sqrt(n));
across = ceil(n / down);
gap = 1;
sheet = - ones(gap + down * (high + gap), ...
               gap + across * (wide + gap));
tile = 1;
for r = 1:down
	for c = 1:across
		if tile > n,
			break;
		end
		most = max(abs(A(tile, :)));
		sheet(gap + (r - 1) * (high + gap) + (1:high), ...
		      gap + (c - 1) * (wide + gap) + (1:wide)) = ...
					reshape(A(tile, :), high, wide) / most;
		tile = tile + 1;
	end
	if tile > n,
		break;
	end
end
end
