function [epochs, losses, kinds, n] = parseLog(lines)
epochs = [];
losses = [];
kinds = {};
for i = 1:numel(lines)
    tok = regexp(lines{i}, 'epoch (\d+): loss=([\d.eE+-]+)', 'tokens');
    if ~isempty(tok)
        epochs(end + 1) = str2double(tok{1}{1});
        losses(end + 1) = str2num(tok{1}{2});
    elseif any(strcmp(lines{i}, {'start', 'stop'}))
        kinds{end + 1} = upper(lines{i});
    else
        [first, rest] = strtok(lines{i}, ':');
        kinds{end + 1} = [first '|' strtrim(rest(2:end))];
    end
end
n = sum(isspace([lines{:}]));
end
