import numpy as np

from port.migrate.runtime import (
    cell_get,
    cell_set,
    delete,
    find,
    int2str,
    mat2str,
    max_,
    num2str,
    round_,
    sprintf,
)


def report(names=None, acc=None, loss=None):
    """Observed arguments:
    names : cell
    acc : (1, 3) float64
    loss : (1, 3) float64
    """
    lines = []
    lines = cell_set(
        lines, sprintf("%-10s|%8s|%8s", "model", "acc", "loss"), len(lines) + 1
    )
    for i in range(len(names)):
        lines = cell_set(
            lines,
            sprintf("%-10s|%7.2f%%|%8.4f", names[i], 100 * acc[0, i], loss[0, i]),
            len(lines) + 1,
        )
    lines = cell_set(
        lines,
        sprintf(
            "best: %s (%d of %d)",
            cell_get(names, find(acc == max_(acc), 1)),
            find(acc == max_(acc), 1),
            len(names),
        ),
        len(lines) + 1,
    )
    lines = cell_set(
        lines, sprintf("%d ", np.array([[1.0, 2.0], [3.0, 4.0]])), len(lines) + 1
    )
    lines = cell_set(
        lines,
        "mean="
        + num2str(loss.mean())
        + ", n="
        + int2str(loss.size)
        + ", v="
        + mat2str(round_(100 * acc)),
        len(lines) + 1,
    )
    lines = cell_set(lines, sprintf("%5.1f,", loss), len(lines) + 1)
    lines = cell_set(lines, delete(lines[-1], len(lines[-1])), len(lines))
    return lines
