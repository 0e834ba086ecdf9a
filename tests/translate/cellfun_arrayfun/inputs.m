words = {'alpha', 'beta', 'pi'};
s = struct('name', {'x', 'y'}, 'v', {1, 2});
