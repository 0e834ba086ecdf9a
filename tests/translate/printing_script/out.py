import numpy as np

from port.migrate.runtime import disp, display, fprintf, num2str, puts

# output of every kind
x = 3
name = "net"
fprintf("Training %s with %d layers\\n", name, x)
fprintf("%d: %5.3f\\n", np.array([[1.0, 2.0, 3.0], [0.5, 0.25, 0.125]]))
fprintf("\\n")
fprintf("double quoted\t%s\n", name)
fprintf("100%% done\\n")
fprintf(1, "to stdout %g\\n", 1e-05)
disp(name)
disp(x)
disp(np.array([[1.0, 2.0], [3.0, 4.0]]))
disp("epoch " + num2str(3) + "/" + num2str(10))
disp(np.pi)
fprintf("%s\\n", "printf")
puts("puts\n")
disp(5)
display("x", x)
display("x", x)
y = np.array([[1.5, 2.0], [3.0, 4.0]])
display("y", y)
s = "text"
display("s", s)
b = True
display("b", b)
e = np.zeros((0, 0))
display("e", e)
z = x + 1
display("z", z)
w = x - 1
