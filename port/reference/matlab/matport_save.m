function matport_save(recorded, file)
% Add the variables that were shown, the engine, its version and the date; save.
shown = matport_recorder('shown');
names = setdiff(fieldnames(shown), fieldnames(recorded.expected));
for k = 1:numel(names)
    recorded.expected.(names{k}) = shown.(names{k});
end
names = fieldnames(recorded.expected);
for k = 1:numel(names)
    if ~matport_storable(recorded.expected.(names{k}))
        error('matport:capture', 'the output %s is no number, text, cell or struct and cannot be stored', names{k});
    end
end
if exist('OCTAVE_VERSION', 'builtin')
    recorded.meta.engine = 'GNU Octave';
else
    recorded.meta.engine = 'MATLAB';
end
recorded.meta.version = version();
recorded.meta.created = datestr(now(), 'yyyy-mm-dd');
save(file, '-struct', 'recorded', '-v7');
end
