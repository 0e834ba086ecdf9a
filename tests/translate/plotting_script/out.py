from port.migrate.runtime import linspace, sum_

# plots in the middle of numbers
x = linspace(0, 1, 5)
y = x**2
if False:
    # figure(1);  (MATLAB)
    # plot(x, y, 'b-', 'LineWidth', 2);  (MATLAB)
    # hold on  (MATLAB)
    # xlabel('x');  (MATLAB)
    # ylabel('y');  (MATLAB)
    # title(sprintf('n = %d', numel(x)));  (MATLAB)
    # legend('square', 'Location', 'best');  (MATLAB)
    # axis([0 1 0 1]);  (MATLAB)
    # hold off  (MATLAB)
    # pause(0.1);  (MATLAB)
    # print -dpng plot.png  (MATLAB)
    pass
total = sum_(y)
