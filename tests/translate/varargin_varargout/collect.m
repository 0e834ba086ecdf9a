function varargout = collect(first, varargin)
total = first;
for i = 1:numel(varargin)
    if ischar(varargin{i})
        total = total + length(varargin{i});
    elseif iscell(varargin{i})
        total = total + numel(varargin{i});
    else
        total = total + sum(varargin{i}(:));
    end
end
varargout{1} = total;
for k = 2:nargout
    varargout{k} = total * k;
end
end
