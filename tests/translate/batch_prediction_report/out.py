import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    cell_get,
    fprintf,
    index,
    istrue,
    mtimes,
    rows,
    sprintf,
    workspace,
)

# a main script, as an exercise would have it
fprintf("reading ...\\n")
X = workspace(globals(), "X")
pred = np.ones((rows(X), 1))
for i in range(1, rows(X) + 1):
    theta = workspace(globals(), "theta")
    p = mtimes(index(X, i, COLON), theta)
    if istrue(p < 0):
        pred = assign(pred, -1, i)
    labels = workspace(globals(), "labels")
    fprintf(
        "sample %2d: score %+.3f -> %s\\n",
        i,
        p,
        cell_get(labels, (pred[i - 1, 0] + 3) / 2),
    )
y = workspace(globals(), "y")
fprintf(
    "\\nright: %f percent\\n",
    (pred == y).astype(float).mean(axis=0, keepdims=True) * 100,
)
result = sprintf("%d", pred > 0)
