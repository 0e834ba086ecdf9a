s.list = struct('v', {[1 2; 3 4], [5 6 7]});
c0 = {[1 2 3], 'abcdef'};
