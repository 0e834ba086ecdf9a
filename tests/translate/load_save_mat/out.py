from port.migrate.runtime import (
    fieldnames,
    horzcat,
    index,
    isequal,
    istrue,
    load,
    save,
    sort,
    strcmp,
    tempname,
)


def roundTrip(A=None, label=None):
    file = horzcat(tempname(), ".mat")
    B = A * 2
    save("-v7", {"A": A, "B": B, "label": label})
    # clear A B  (MATLAB)
    S = load(file)
    same = isequal(S.B, 2 * S.A) and istrue(strcmp(S.label, label))
    names = sort(fieldnames(S))
    loaded1 = load(file, "A")
    delete = loaded1.delete
    total = A.reshape(-1, 1, order="F").sum()
    index(delete, file)
    return same, names, total
