from port.migrate.runtime import cell_set, columns, matches


def switchCases(names=None, codes=None):
    """Observed arguments:
    names : cell
    codes : (1, 4) float64
    """
    out = []
    for i in range(1, len(names) + 1):
        choice2 = names[i - 1]
        if choice2 == "sigmoid":
            out = cell_set(out, "s", len(out) + 1)
        elif choice2 in ("tanh", "tanh_opt"):
            out = cell_set(out, "t", len(out) + 1)
        else:
            out = cell_set(out, "? " + names[i - 1], len(out) + 1)
    for c in columns(codes):
        if c == 1:
            out = cell_set(out, "one", len(out) + 1)
        elif c in (2, 3):
            out = cell_set(out, "few", len(out) + 1)
        elif matches(c, -1):
            out = cell_set(out, "minus", len(out) + 1)
    return out
