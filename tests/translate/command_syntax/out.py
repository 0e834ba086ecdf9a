from port.migrate.runtime import disp

# clc  (MATLAB)
# clear all  (MATLAB)
# close all  (MATLAB)
# format long  (MATLAB)
# more off  (MATLAB)
# warning off  (MATLAB)
x = 1
# hold on  (MATLAB)
x = x + 1
# clear y  (MATLAB)
# format short  (MATLAB)
disp(x)
