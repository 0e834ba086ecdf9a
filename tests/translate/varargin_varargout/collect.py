from port.migrate.runtime import (
    COLON,
    cell_set,
    index,
    iscell,
    ischar,
    length,
    numel,
    sum_,
)


def collect(first=None, *varargin, nargout=1):
    """Observed arguments:
    first : float
    varargin : cell
    """
    varargin = list(varargin)
    varargout = None
    total = first
    for i in range(1, len(varargin) + 1):
        if ischar(varargin[i - 1]):
            total = total + length(varargin[i - 1])
        elif iscell(varargin[i - 1]):
            total = total + numel(varargin[i - 1])
        else:
            total = total + sum_(index(varargin[i - 1], COLON))
    varargout = cell_set(varargout, total, 1)
    for k in range(2, nargout + 1):
        varargout = cell_set(varargout, total * k, k)
    return (*varargout,)
