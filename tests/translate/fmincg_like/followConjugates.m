function [x, path, k] = followConjugates(f, x, options, A1, A2)
% conjugate directions with a halving line search; the call is composed as
% a text, as older optimisers of courses do it
if exist('options', 'var') && ~isempty(options) && isfield(options, 'MaxIter')
    length = options.MaxIter;
else
    length = 50;
end
SLACK = 0.01;
BEND = 0.5;

call = ['feval(f, x'];                      % grows by one argument each
for k = 1:(nargin - 3)
  call = [call, ',A', int2str(k)];
end
call = [call, ')'];

k = 0;
path = [];
[value slope] = eval(call);
way = -slope;
steep = -way'*way;
step = 1/(1-steep);
while k < abs(length)
  k = k + (length>0);
  start = x; value0 = value; slope0 = slope;
  x = x + step*way;
  [value slope] = eval(call);
  along = slope'*way;
  tries = 0;
  while (value > value0+step*SLACK*steep) | (abs(along) > -BEND*steep & tries < 3)
    back = -0.5*step;
    if isnan(back) | isinf(back)
      back = 0.1;
    end
    step = step + back;
    x = x + back*way;
    [value slope] = eval(call);
    along = slope'*way;
    tries = tries + 1;
    if tries > 6, break; end
  end
  if ~isreal(value), break, end
  path = [path' value]';
  way = (slope'*slope-slope0'*slope)/(slope0'*slope0)*way - slope;
  fresh = slope'*way;
  if fresh > 0
    way = -slope;
    fresh = -way'*way;
  end
  step = step * min(100, steep/(fresh-realmin));
  steep = fresh;
  if exist('OCTAVE_VERSION')
    fflush(stdout);
  end
end
end
