function [X, fX, i] = minimizeCg(f, X, options, P1, P2)
% Minimize a continuous differentiable multivariate function, after the
% manner of conjugate gradient routines handed around in courses.
if exist('options', 'var') && ~isempty(options) && isfield(options, 'MaxIter')
    length = options.MaxIter;
else
    length = 100;
end
RHO = 0.01;
SIG = 0.5;
INT = 0.1;

argstr = ['feval(f, X'];                      % compose string used to call function
for i = 1:(nargin - 3)
  argstr = [argstr, ',P', int2str(i)];
end
argstr = [argstr, ')'];

i = 0;
fX = [];
[f1 df1] = eval(argstr);
s = -df1;
d1 = -s'*s;
z1 = 1/(1-d1);
while i < abs(length)
  i = i + (length>0);
  X0 = X; f0 = f1; df0 = df1;
  X = X + z1*s;
  [f2 df2] = eval(argstr);
  d2 = df2'*s;
  tries = 0;
  while (f2 > f1+z1*RHO*d1) | (abs(d2) > -SIG*d1 & tries < 3)
    z3 = -0.5*z1;
    if isnan(z3) | isinf(z3)
      z3 = INT;
    end
    z1 = z1 + z3;
    X = X + z3*s;
    [f2 df2] = eval(argstr);
    d2 = df2'*s;
    tries = tries + 1;
    if tries > 6, break; end
  end
  if ~isreal(f2), break, end
  f1 = f2; fX = [fX' f1]';
  s = (df2'*df2-df1'*df2)/(df1'*df1)*s - df2;
  tmp = df1; df1 = df2; df2 = tmp;
  d2 = df1'*s;
  if d2 > 0
    s = -df1;
    d2 = -s'*s;
  end
  z1 = z1 * min(100, d1/(d2-realmin));
  d1 = d2;
  if exist('OCTAVE_VERSION')
    fflush(stdout);
  end
end
