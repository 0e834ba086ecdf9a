from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import (
    cell_get,
    cell_items,
    colon,
    columns,
    copied,
    ctranspose,
    deal,
    delete,
    error,
    fieldnames,
    index,
    isempty,
    isfield,
    isstruct,
    istrue,
    last,
    numel,
    validatestring,
)


def parseOptions(*varargin):
    """defaults, a struct of options, then names and values"""
    varargin = list(varargin)
    opts = SimpleNamespace(rate=0.1, method="sgd", layers=np.array([[4.0, 2.0]]))
    args = copied(varargin)
    if not isempty(args) and isstruct(args[0]):
        given = args[0]
        for f in columns(ctranspose(fieldnames(given))):
            setattr(opts, cell_get(f, 1), getattr(given, cell_get(f, 1)))
        args = delete(args, 1)
    if numel(args) % 2 != 0:
        error("options come in pairs")
    while not isempty(args):
        name, value = deal(*cell_items(args, colon(1, 2)), nargout=2)
        args = copied(index(args, colon(3, last(args))))
        if istrue(np.logical_not(isfield(opts, name))):
            error("opts:unknown", "no option %s", name)
        setattr(opts, name, value)
    opts.method = validatestring(opts.method, ["sgd", "adam", "rmsprop"])
    return opts
