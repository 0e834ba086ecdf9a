function r = scaleRow(r, w)
r = r / norm(r) * w;
end
