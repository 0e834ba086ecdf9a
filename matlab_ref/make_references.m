function make_references(folder)
%MAKE_REFERENCES  Write every reference case of the suite into folder.
%   MAKE_REFERENCES() writes into data/ beside this file.

here = fileparts(mfilename('fullpath'));
addpath(here);
if nargin < 1
    folder = fullfile(here, 'data');
end
references_sigmoid_mse(folder);
references_softmax_crossentropy(folder);
references_networks(folder);
references_coursework(folder);
end
