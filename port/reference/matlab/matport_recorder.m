function out = matport_recorder(moment, values)
% Keep the variables of the last call that are new or changed since it started.
persistent before after
switch moment
    case 'enter'
        before = values;
    case 'leave'
        after = struct();
        names = fieldnames(values);
        for k = 1:numel(names)
            n = names{k};
            value = values.(n);
            same = isfield(before, n) && strcmp(class(before.(n)), class(value)) && isequaln(before.(n), value);
            ours = strncmp(n, 'matport_', 8) || strcmp(n, 'ans');
            if ~same && ~ours && matport_storable(value)
                after.(n) = value;
            end
        end
    case 'shown'
        out = after;
        if isempty(after)
            out = struct();
        end
end
end
