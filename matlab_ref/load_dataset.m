function [x, y] = load_dataset(name)
%LOAD_DATASET  Real data, features x samples, with one-hot targets.
%   [x, y] = LOAD_DATASET('digits')  64 x 1797 pixels in 0..1 and 10 x 1797 targets
%   [x, y] = LOAD_DATASET('iris')    4 x 150 centimetres and 3 x 150 targets
%   The files were written by export_datasets.py; their labels count from 0.

data = load(fullfile(fileparts(mfilename('fullpath')), 'datasets', [name '.mat']));
labels = double(data.labels) + 1;
if strcmp(name, 'digits')
    x = double(data.pixels) / 16;
else
    x = double(data.tenths) / 10;
end
y = one_hot(labels, max(labels));
end
