people = struct('name', {'Ann', 'Bob', 'Cy'}, 'grade', {7, 4.5, 9});
