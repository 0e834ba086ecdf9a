function r = nofinal(x)
r = x + 1;
% end of file follows without a newline