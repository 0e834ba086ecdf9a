import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    diag,
    double,
    index,
    max_,
    mean,
    numel,
    sum_,
    vertcat,
    zeros,
)


def confusion(pred=None, actual=None):
    K = max_(vertcat(index(pred, COLON), index(actual, COLON)))
    C = zeros(K)
    for i in range(1, numel(actual) + 1):
        C = assign(
            C,
            index(C, index(actual, i), index(pred, i)) + 1,
            index(actual, i),
            index(pred, i),
        )
    acc = mean(double(pred == actual)) * 100
    perclass = diag(C) / sum_(C, 2)
    return C, acc, perclass
