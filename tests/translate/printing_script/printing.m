% output of every kind
x = 3;
name = 'net';
fprintf('Training %s with %d layers\n', name, x);
fprintf('%d: %5.3f\n', [1 2 3; 0.5 0.25 0.125]);
fprintf('\n');
fprintf("double quoted\t%s\n", name);
fprintf('100%% done\n');
fprintf(1, 'to stdout %g\n', 1e-5);
disp(name);
disp(x);
disp([1 2; 3 4]);
disp(['epoch ' num2str(3) '/' num2str(10)]);
disp(pi);
printf('%s\n', 'printf');
puts("puts\n");
fdisp(stdout, 5);
display(x);
x
y = [1.5 2; 3 4]
s = 'text'
b = true
e = []
z = x + 1, w = x - 1;
