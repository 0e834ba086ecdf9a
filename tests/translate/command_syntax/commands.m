clc
clear all
close all
format long
more off
warning off
x = 1;
hold on
x = x + 1;
clear y
format short
disp(x)
