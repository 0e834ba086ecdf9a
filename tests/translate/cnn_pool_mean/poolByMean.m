function pooled = poolByMean(by, maps)
images = size(maps, 2);
filters = size(maps, 1);
side = size(maps, 3);
cells_ = floor(side / by);

pooled = zeros(filters, images, cells_, cells_);
for i = 1:images
  for f = 1:filters
    for r = 1:cells_
      top = 1 + (r - 1) * by;
      for c = 1:cells_
        left = 1 + (c - 1) * by;
        block = maps(f, i, top:top+by-1, left:left+by-1);
        pooled(f, i, r, c) = mean(block(:));
      end
    end
  end
end
end
