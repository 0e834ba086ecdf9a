% plots in the middle of numbers
x = linspace(0, 1, 5);
y = x .^ 2;
if false
    figure(1);
    plot(x, y, 'b-', 'LineWidth', 2);
    hold on;
    xlabel('x'); ylabel('y');
    title(sprintf('n = %d', numel(x)));
    legend('square', 'Location', 'best');
    axis([0 1 0 1]);
    hold off;
    pause(0.1);
    print -dpng plot.png
end
total = sum(y);
