% Writes octave_random.json: what Octave's random functions draw, for tests/test_random.py.
%     octave-cli --no-init-file octave_random.m octave_random.json
% A row is one call after seeding; `md5` is that of the values' bytes in column order.
1;

function text = row (seed, call)
  seed_value = eval (seed);
  rand ('twister', seed_value); randn ('twister', seed_value); rande ('twister', seed_value);
  rand (7, 1); randn (7, 1); rande (7, 1);
  x = eval (call);
  digest = hash ('md5', char (typecast (x(:)', 'uint8')));
  states = [rand('state'); randn('state'); rande('state')];
  state_digest = hash ('md5', char (typecast (states(:)', 'uint8')));
  first = sprintf ('%.17g, ', double (x(1:3)));
  text = sprintf ('  {"seed": "%s", "call": "%s", "class": "%s", "size": [%d, %d], "first": [%s], "md5": "%s", "states": "%s"}', ...
                  seed, call, class (x), rows (x), columns (x), first(1:end-2), digest, state_digest);
end

seeds = {'0', '42', '2.5', '-3', '4294967296', '1e20', 'NaN', '[1 2 3]', '(1:700) * 1e6', 'Inf'};
calls = {'rand(100, 1000)', 'randn(100, 1000)', 'rande(1000, 100)', 'rand(100, 1000, "single")', ...
         'randn(100, 1000, "single")', 'rande(100, 1000, "single")', 'randi(10, 100, 100)', ...
         'randi([-7 2^52], 30, 4)', 'randi([0 255], 50, 2, "uint8")', 'randperm(1000)', 'randperm(1000, 7)'};
lines = {};
for s = seeds
  for c = calls
    lines{end+1} = strrep (row (s{1}, c{1}), '"single")', '\"single\")');
  end
end
lines = strrep (lines, '"uint8")', '\"uint8\")');
file = fopen (argv (){end}, 'w');
fprintf (file, '[\n%s\n]\n', strjoin (lines, sprintf (',\n')));
fclose (file);
