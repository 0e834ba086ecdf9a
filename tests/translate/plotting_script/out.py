import numpy as np

from port.migrate.runtime import (
    axis_,
    figure,
    hold,
    legend,
    linspace,
    numel,
    plot,
    print_,
    sprintf,
    sum_,
    title_,
    xlabel,
    ylabel,
)

# plots in the middle of numbers
x = linspace(0, 1, 5)
y = x**2
if False:
    figure(1)
    plot(x, y, "b-", "LineWidth", 2)
    hold("on")
    xlabel("x")
    ylabel("y")
    title_(sprintf("n = %d", numel(x)))
    legend("square", "Location", "best")
    axis_(np.array([[0.0, 1.0, 0.0, 1.0]]))
    hold("off")
    # pause(0.1);  (MATLAB)
    print_("-dpng", "plot.png")
total = sum_(y)
