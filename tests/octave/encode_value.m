function text = encode_value (x)
  % A value as JSON: its class, its size and its elements in column order, numbers with 17 digits.
  if isobject (x) || ! (isnumeric (x) || islogical (x) || ischar (x) || iscell (x) || isstruct (x))
    text = sprintf ('{"class": "%s", "text": %s}', class (x), quoted (disp_text (x)));
    return;
  end
  if isnumeric (x) && issparse (x)
    x = full (x);
  end
  head = sprintf ('{"class": "%s", "size": [%s]', class (x), strjoin (arrayfun (@(n) sprintf ('%d', n), size (x), 'UniformOutput', false), ', '));
  if ischar (x)
    text = sprintf ('%s, "codes": [%s]}', head, joined (double (x)));
  elseif iscell (x)
    text = sprintf ('%s, "items": [%s]}', head, strjoin (cellfun (@encode_value, x(:)', 'UniformOutput', false), ', '));
  elseif isstruct (x)
    text = sprintf ('%s, "fields": {%s}}', head, strjoin (encoded_fields (x), ', '));
  elseif iscomplex (x)
    text = sprintf ('%s, "real": [%s], "imag": [%s]}', head, joined (real (x)), joined (imag (x)));
  else
    text = sprintf ('%s, "real": [%s]}', head, joined (x));
  end
end

function parts = encoded_fields (s)
  names = fieldnames (s);
  parts = cell (1, numel (names));
  for k = 1:numel (names)
    values = {s.(names{k})};
    parts{k} = sprintf ('%s: [%s]', quoted (names{k}), strjoin (cellfun (@encode_value, values(:)', 'UniformOutput', false), ', '));
  end
end

function text = joined (x)
  if isinteger (x)
    text = strjoin (arrayfun (@(v) sprintf ('%d', v), x(:)', 'UniformOutput', false), ', ');
  else
    text = strjoin (arrayfun (@number, double (x(:)'), 'UniformOutput', false), ', ');
  end
end

function text = number (v)
  if isnan (v)
    text = 'NaN';
  elseif isinf (v)
    text = {'-Infinity', 'Infinity'}{1 + (v > 0)};
  else
    text = sprintf ('%.17g', v);
  end
end

function text = disp_text (x)
  if is_function_handle (x)
    text = func2str (x);
  else
    text = class (x);
  end
end

function text = quoted (s)
  s = strrep (strrep (s, '\', '\\'), '"', '\"');
  text = ['"' strrep(s, "\n", '\n') '"'];
end
