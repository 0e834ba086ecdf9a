from port.migrate.runtime import (
    copied,
    delete,
    field_items,
    fieldnames,
    horzcat,
    index,
    isempty,
    last,
    max_,
    numel,
    put,
)


def students(people=None):
    people = copied(people)
    grades = horzcat(*field_items(people, "grade"))
    avg = grades.mean()
    _, i = max_(grades, nargout=2)
    best = copied(index(people, i).name)
    names = [*field_items(people, "name")]
    people = put(people, "Zed", (last(people) + 1,), "name")
    people = put(people, index(people, 2).grade + 1, (2,), "grade")
    people = delete(people, 1)
    fields = fieldnames(people)
    for k in range(1, numel(people) + 1):
        if isempty(index(people, k).grade):
            people = put(people, 0, (k,), "grade")
        people = put(people, index(people, k).grade >= 5, (k,), "passed")
    return avg, best, names, grades, people, fields
