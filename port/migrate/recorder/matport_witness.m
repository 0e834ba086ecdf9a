function [results, over] = matport_witness(name, outputs, passed, settings)
% Makes one call of a course's function and keeps what it was given and what it gave. Runs in GNU Octave.
%
%   outputs    how many results the caller asked for
%   settings   struct: folder, calls and bytes to keep of one function, whether it draws random numbers
%
% Of the first 1000 calls those are kept whose classes, sizes or scalar values are new. call_<name>_<n>.mat holds
% arguments, results and seed, note_<name>.txt says in a line why a call was not kept. The lock survives a script's
% `clear all`. over is true where no further call of the function will be kept, else [].
  persistent seen spent made_so_far
  mlock();
  if ~isfield(seen, name)
    seen.(name) = {};
    spent.(name) = 0;
    made_so_far.(name) = 0;
  end
  made_so_far.(name) = made_so_far.(name) + 1;
  over = [];
  if made_so_far.(name) > 1000 || numel(seen.(name)) == settings.calls
    over = true;
  end
  wanted = isempty(over);
  if wanted
    mark = outline(passed, outputs);
    wanted = ~any(strcmp(seen.(name), mark));
  end
  seed = 0;
  if wanted && settings.draws
    seed = numel(seen.(name)) + 1;
    rand('twister', seed);
    randn('twister', seed);
  end
  if wanted
    [given, reason] = kept(passed, settings.bytes - spent.(name));
  end
  results = made(['matport_original_' name], outputs, passed);
  if ~wanted
    return
  end
  if isempty(reason)
    [gave, reason] = kept(results, settings.bytes - spent.(name) - sizeof(given));
  end
  if isempty(reason) && isempty(results)
    reason = 'it returns nothing';
  end
  if isempty(reason) && any(cellfun(@(r) isstruct(r) && isfield(r, 'matport_handle'), gave))
    reason = 'it returns a function handle';
  end
  if ~isempty(reason)
    note = fopen(fullfile(settings.folder, ['note_' name '.txt']), 'w');
    fprintf(note, '%s\n', reason);
    fclose(note);
    return
  end
  seen.(name){end + 1} = mark;
  spent.(name) = spent.(name) + sizeof(given) + sizeof(gave);
  record = struct('given', {given}, 'results', {gave}, 'seed', seed);
  part = fullfile(settings.folder, ['part_' name]);
  save('-v7', part, '-struct', 'record');
  number = numel(dir(fullfile(settings.folder, ['call_' name '_*.mat']))) + 1;
  rename(part, fullfile(settings.folder, sprintf('call_%s_%d.mat', name, number)));
end

function results = made(original, outputs, passed)
% The results that the caller asked for; a call that asks for none may leave `ans`.
  if outputs > 0
    results = cell(1, outputs);
    [results{:}] = feval(original, passed{:});
    return
  end
  results = {};
  feval(original, passed{:});
  if exist('ans', 'var')
    results = {ans};
  end
end

function text = outline(values, outputs)
% What makes a call another one: number of results, classes and sizes, scalars and text by value.
  text = sprintf('%d', outputs);
  for i = 1:numel(values)
    value = values{i};
    text = [text sprintf('|%s %s', class(value), mat2str(size(value)))];
    if (isnumeric(value) || islogical(value)) && isscalar(value)
      text = [text sprintf(' %.17g %.17g', real(double(value)), imag(double(value)))];
    elseif ischar(value)
      text = [text ' ' value(:)'];
    elseif is_function_handle(value)
      text = [text ' ' func2str(value)];
    end
  end
end

function [values, reason] = kept(values, bytes)
% Values as a .mat file holds them, handles as text with what they captured; or the reason why not.
  reason = '';
  if sizeof(values) > bytes
    reason = sprintf('its arguments or results take %.1f MiB, more than is kept', sizeof(values) / 2^20);
    return
  end
  for i = 1:numel(values)
    if is_function_handle(values{i})
      [values{i}, reason] = captured(values{i});
    elseif ~storable(values{i})
      reason = sprintf('argument or result %d, of class %s, cannot be stored', i, class(values{i}));
    end
    if ~isempty(reason)
      return
    end
  end
end

function [value, reason] = captured(handle)
% A function handle as a struct: its text and the variables it captured.
  about = functions(handle);
  value = struct('matport_handle', func2str(handle), 'names', {{}}, 'values', {{}});
  reason = '';
  if isfield(about, 'workspace') && ~isempty(about.workspace)
    value.names = fieldnames(about.workspace{1})';
    [values, reason] = kept(struct2cell(about.workspace{1})', Inf);
    value.values = values;
  end
end

function ok = storable(value)
% Whether a value is made of numbers, logicals, text, cells and structs alone.
  if iscell(value)
    ok = all(cellfun(@storable, value(:)));
  elseif isstruct(value)
    ok = all(cellfun(@storable, reshape(struct2cell(value), [], 1)));
  else
    ok = isnumeric(value) || islogical(value) || ischar(value);
  end
end
