function [avg, best, names, grades, people, fields] = students(people)
grades = [people.grade];
avg = mean(grades);
[~, i] = max(grades);
best = people(i).name;
names = {people.name};
people(end + 1).name = 'Zed';
people(2).grade = people(2).grade + 1;
people(1) = [];
fields = fieldnames(people);
for k = 1:numel(people)
    if isempty(people(k).grade)
        people(k).grade = 0;
    end
    people(k).passed = people(k).grade >= 5;
end
end
