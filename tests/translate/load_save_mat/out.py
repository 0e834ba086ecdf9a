from port.migrate.runtime import (
    COLON,
    fieldnames,
    horzcat,
    index,
    isequal,
    load,
    save,
    sort,
    sum_,
    tempname,
    unlink,
)


def roundTrip(A=None, label=None):
    """Observed arguments:
    A : (2, 2) float64
    label : str
    """
    file = horzcat(tempname(), ".mat")
    B = A * 2
    save(file, {"A": A, "B": B, "label": label})
    A = None
    B = None
    S = load(file)
    same = isequal(S.B, 2 * S.A) and S.label == label
    names = sort(fieldnames(S))
    loaded1 = load(file, "A")
    A = loaded1.A
    total = sum_(index(A, COLON))
    unlink(file)
    return same, names, total
