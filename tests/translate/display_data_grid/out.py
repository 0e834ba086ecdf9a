import numpy as np

from port.migrate.runtime import assign, colon, isempty, max_, mrdivide, round_, whole


def displayData(X=None, example_width=None):
    """arranges examples in a grid, as the course's function does before imagesc

    Observed arguments:
    X : (3, 4) float64
    """
    if example_width is None or isempty(example_width):
        example_width = round_(np.sqrt(X.shape[1]))
    m, n = X.shape
    example_height = mrdivide(n, example_width)
    display_rows = np.floor(np.sqrt(m))
    display_cols = np.ceil(m / display_rows)
    pad = 1
    display_array = -np.ones(
        (
            whole(pad + display_rows * (example_height + pad)),
            whole(pad + display_cols * (example_width + pad)),
        )
    )
    curr_ex = 1
    for j in range(1, int(display_rows) + 1):
        for i in range(1, int(display_cols) + 1):
            if curr_ex > m:
                break
            max_val = max_(np.abs(X[[curr_ex - 1]]))
            display_array = assign(
                display_array,
                X[[curr_ex - 1]].reshape(
                    whole(example_height), whole(example_width), order="F"
                )
                / max_val,
                pad + (j - 1) * (example_height + pad) + colon(1, example_height),
                pad + (i - 1) * (example_width + pad) + colon(1, example_width),
            )
            curr_ex = curr_ex + 1
        if curr_ex > m:
            break
    rowsN = display_rows
    colsN = display_cols
    return display_array, rowsN, colsN
