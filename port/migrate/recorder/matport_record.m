function out = matport_record(site, frame, value)
% Keeps one variable after one statement; instrumented code calls it. Runs in MATLAB and in GNU Octave.
%
%   matport_record('open', folder, settings)     starts; settings: [sites, seconds, events, events in a file]
%   frame = matport_record('enter')              the number of a new call of a function
%   matport_record(site, frame, value)           one variable, at one of the numbered places
%   matport_record('left', site)                 whether a large array was left out at that place last
%   matport_record('close', message, place)      writes what is left; place: {file, line} of an error
%
% In folder, trace_1.mat, trace_2.mat ... hold
%   rows    6 x n: place, frame, occurrence, then rows, columns and offset into data of a full real double,
%           or -1, 0 and the index into others of any other value
%   data    1 x m double
%   others  1 x k cell
  persistent folder settings counts left n rows data used others held total frames files started written
  if nargin == 3 && isnumeric(site)
    count = counts(site) + 1;
    counts(site) = count;
    elements = numel(value);
    simple = isa(value, 'double') && isreal(value) && ndims(value) == 2 && ~issparse(value);
    if ~simple && ~ischar(value)
      elements = weight(value);
    end
    if elements > 4096 && count > 16 && bitand(count, count - 1) ~= 0
      left(site) = 1;
      return
    end
    left(site) = 0;
    n = n + 1;
    if simple && elements <= 4096
      rows(:, n) = [site; frame; count; size(value, 1); size(value, 2); used];
      data(used + 1:used + elements) = value(:);
      used = used + elements;
    else
      total = total + elements;
      others{end + 1} = storable(value, total > 64e6 && elements > 4096);
      held = held + elements;
      rows(:, n) = [site; frame; count; -1; 0; numel(others)];
    end
    if n == settings(4) || used > 1e6 || held > 4e6 || toc(written) > 2
      files = files + 1;
      flush(folder, files, rows(:, 1:n), data(1:used), others);
      total_events = files * settings(4);
      n = 0; used = 0; held = 0; others = {}; written = tic;
      if toc(started) > settings(2)
        error('matport:stopped', 'it was stopped: it took longer than %g s', settings(2));
      elseif total_events > settings(3)
        error('matport:stopped', 'it was stopped after %d recorded events', settings(3));
      end
    end
    return
  end
  switch site
    case 'enter'
      frames = frames + 1;
      out = frames;
    case 'left'
      out = left(frame) == 1;
    case 'open'
      folder = frame; settings = value;
      counts = zeros(1, settings(1)); left = counts;
      n = 0; used = 0; held = 0; total = 0; frames = 0; files = 0;
      rows = zeros(6, min(settings(4), 65536)); data = zeros(1, 2e5); others = {};
      started = tic; written = tic;
    case 'close'
      files = files + 1;
      flush(folder, files, rows(:, 1:n), data(1:used), others);
      message = frame; place = value;
      save('-v6', fullfile(folder, 'trace_end.mat'), 'message', 'place');
  end
end

function flush(folder, number, rows, data, others)
  save('-v6', fullfile(folder, sprintf('trace_%d.mat', number)), 'rows', 'data', 'others');
end

function elements = weight(value)
% How many doubles a value takes.
  if exist('OCTAVE_VERSION', 'builtin')
    elements = sizeof(value) / 8;
  else
    about = whos('value');
    elements = about.bytes / 8;
  end
end

function value = storable(value, dropped)
% The value in a form that a .mat file holds: handles and objects by name, arrays that are too much by size.
  if dropped
    value = struct('matport_dropped', size(value), 'matport_class', class(value));
  elseif isa(value, 'function_handle')
    value = struct('matport_opaque', 'function_handle', 'matport_text', func2str(value));
  elseif iscell(value)
    for i = 1:numel(value)
      if iscell(value{i}) || isstruct(value{i}) || isobject(value{i}) || isa(value{i}, 'function_handle')
        value{i} = storable(value{i}, false);
      end
    end
  elseif isstruct(value)
    names = fieldnames(value);
    for i = 1:numel(value)
      for j = 1:numel(names)
        item = value(i).(names{j});
        if iscell(item) || isstruct(item) || isobject(item) || isa(item, 'function_handle')
          value(i).(names{j}) = storable(item, false);
        end
      end
    end
  elseif ~(isnumeric(value) || islogical(value) || ischar(value))
    value = struct('matport_opaque', class(value), 'matport_text', '');
  end
end
