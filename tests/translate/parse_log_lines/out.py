import numpy as np

from port.migrate.runtime import (
    any_,
    assign,
    cell_get,
    cell_set,
    colon,
    horzcat,
    index,
    isempty,
    isspace,
    istrue,
    last,
    regexp,
    str2double,
    str2num,
    strcmp,
    strtok,
    strtrim,
    sum_,
    upper,
)


def parseLog(lines=None):
    """Observed arguments:
    lines : cell
    """
    epochs = np.zeros((0, 0))
    losses = np.zeros((0, 0))
    kinds = []
    for i in range(1, len(lines) + 1):
        tok = regexp(lines[i - 1], "epoch (\\d+): loss=([\\d.eE+-]+)", "tokens")
        if not isempty(tok):
            epochs = assign(epochs, str2double(cell_get(tok[0], 1)), last(epochs) + 1)
            losses = assign(losses, str2num(cell_get(tok[0], 2)), last(losses) + 1)
        elif istrue(any_(strcmp(lines[i - 1], ["start", "stop"]))):
            kinds = cell_set(kinds, upper(lines[i - 1]), len(kinds) + 1)
        else:
            first, rest = strtok(lines[i - 1], ":", nargout=2)
            kinds = cell_set(
                kinds,
                horzcat(first, "|", strtrim(index(rest, colon(2, len(rest))))),
                len(kinds) + 1,
            )
    n = sum_(isspace(horzcat(*lines)))
    return epochs, losses, kinds, n
