import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    columns,
    copied,
    index,
    rand,
    size,
    sort,
)


def evolve(pop=None, target=None, gens=None):
    """Observed arguments:
    pop : (4, 4) float64
    target : (1, 4) float64
    gens : float
    """
    pop = copied(pop)
    rand("twister", 9)
    history = np.zeros((int(gens), 1))
    for g in range(int(gens)):
        fitness = -np.abs(pop - target).sum(axis=1, keepdims=True)
        fitness, order = sort(fitness, "descend", nargout=2)
        pop = copied(index(pop, order, COLON))
        history[g, 0] = fitness[0, 0]
        half = np.floor(pop.shape[0] / 2)
        for i in columns(colon(half + 1, pop.shape[0])):
            a = copied(index(pop, i - half, COLON))
            m = rand(size(a)) < 0.3
            a = assign(a, 1 - index(a, m), m)
            pop = assign(pop, a.copy(), i, COLON)
    best = pop[[0]]
    return pop, best, history
