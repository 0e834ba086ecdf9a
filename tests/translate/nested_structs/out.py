import numpy as np

from port.migrate.runtime import (
    fieldnames,
    horzcat,
    isfield,
    isstruct,
    put,
    rmfield,
    setfield,
)


def nested(rate=None):
    """Observed arguments:
    rate : float
    """
    cfg = None
    cfg = put(cfg, rate, "train", "rate")
    cfg = put(cfg, 0.9, "train", "momentum")
    cfg = put(cfg, 4, "net", "layers", (1,), "units")
    cfg = put(cfg, 2, "net", "layers", (2,), "units")
    cfg = put(cfg, np.zeros((2, 4)), "net", "layers", (2,), "W")
    cfg = put(cfg, 7, "net", "layers", (2,), "W", (2, 3))
    cfg = put(cfg, "third", "data", [3])
    f = "momentum"
    v = getattr(cfg.train, f) + cfg.train.rate
    cfg = put(cfg, v, "train", "new_momentum")
    names = fieldnames(cfg.train)
    has = horzcat(
        isfield(cfg, "net"), isfield(cfg.train, ["rate", "x"]), isstruct(cfg.net)
    )
    cfg.train = rmfield(cfg.train, "rate")
    cfg = setfield(cfg, "note", "done")
    return cfg, v, names, has
