function [theta, m, v] = adamStep(theta, grad, m, v, t, varargin)
alpha = 0.001; beta1 = 0.9; beta2 = 0.999; epsilon = 1e-8;
for k = 1:2:numel(varargin)
    switch lower(varargin{k})
        case 'alpha'
            alpha = varargin{k + 1};
        case {'beta1', 'b1'}
            beta1 = varargin{k + 1};
        otherwise
            error('adamStep:option', 'unknown option %s', varargin{k});
    end
end
m = beta1 * m + (1 - beta1) * grad;
v = beta2 * v + (1 - beta2) * grad .^ 2;
mhat = m / (1 - beta1 ^ t);
vhat = v / (1 - beta2 ^ t);
theta = theta - alpha * mhat ./ (sqrt(vhat) + epsilon);
end
