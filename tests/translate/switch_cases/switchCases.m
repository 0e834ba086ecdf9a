function out = switchCases(names, codes)
out = {};
for i = 1:numel(names)
    switch names{i}
        case 'sigmoid'
            out{end + 1} = 's';
        case {'tanh', 'tanh_opt'}
            out{end + 1} = 't';
        otherwise
            out{end + 1} = ['? ' names{i}];
    end
end
for c = codes
    switch c
        case 1
            out{end + 1} = 'one';
        case {2, 3}
            out{end + 1} = 'few';
        case -1
            out{end + 1} = 'minus';
    end
end
end
