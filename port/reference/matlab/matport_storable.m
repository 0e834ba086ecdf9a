function ok = matport_storable(value)
% Whether a value is made of numbers, logicals, text, cells and structs alone.
if iscell(value)
    ok = all(cellfun(@matport_storable, value(:)));
elseif isstruct(value)
    ok = all(cellfun(@matport_storable, reshape(struct2cell(value), [], 1)));
else
    ok = isnumeric(value) || islogical(value) || ischar(value);
end
end
