from port.migrate.runtime import close, disp, hold

# clc  (MATLAB)
# clear all  (MATLAB)
close("all")
# format long  (MATLAB)
# more off  (MATLAB)
# warning off  (MATLAB)
x = 1
hold("on")
x = x + 1
# clear y  (MATLAB)
# format short  (MATLAB)
disp(x)
