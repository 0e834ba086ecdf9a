import numpy as np

from port.migrate.runtime import (
    axis_,
    figure,
    hold,
    legend,
    linspace,
    plot,
    print_,
    sprintf,
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
    title_(sprintf("n = %d", x.size))
    legend("square", "Location", "best")
    axis_(np.array([[0.0, 1.0, 0.0, 1.0]]))
    hold("off")
    # pause(0.1);  (MATLAB)
    print_("-dpng", "plot.png")
total = y.sum()
