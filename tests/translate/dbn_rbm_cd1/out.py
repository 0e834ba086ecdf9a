import numpy as np

from port.migrate.runtime import (
    COLON,
    assert_,
    colon,
    copied,
    ctranspose,
    disp,
    index,
    mtimes,
    num2str,
    rem,
    sum_,
)
from sigm import sigm
from sigmrnd import sigmrnd


def rbmtrain(rbm=None, x=None, opts=None):
    """Observed arguments:
    rbm : struct
    x : (4, 4) float64
    opts : struct
    """
    rbm = copied(rbm)
    m = x.shape[0]
    numbatches = m / opts.batchsize
    assert_(rem(numbatches, 1) == 0, "numbatches not integer")
    err = 0
    for i in range(1, int(opts.numepochs) + 1):
        kk = np.arange(m, 0, -1, dtype=float)[np.newaxis]
        err = 0
        for l in range(1, int(numbatches) + 1):
            batch = index(
                x,
                index(kk, colon((l - 1) * opts.batchsize + 1, l * opts.batchsize)),
                COLON,
            )

            v1 = batch
            h1 = sigmrnd(
                np.tile(rbm.c.T, (int(opts.batchsize), 1)) + mtimes(v1, rbm.W.T)
            )
            v2 = sigmrnd(np.tile(rbm.b.T, (int(opts.batchsize), 1)) + mtimes(h1, rbm.W))
            h2 = sigm(np.tile(rbm.c.T, (int(opts.batchsize), 1)) + mtimes(v2, rbm.W.T))

            c1 = mtimes(ctranspose(h1), v1)
            c2 = mtimes(ctranspose(h2), v2)

            rbm.vW = rbm.momentum * rbm.vW + rbm.alpha * (c1 - c2) / opts.batchsize
            rbm.vb = (
                mtimes(rbm.momentum, rbm.vb)
                + mtimes(rbm.alpha, ctranspose(sum_(v1 - v2))) / opts.batchsize
            )
            rbm.vc = (
                mtimes(rbm.momentum, rbm.vc)
                + mtimes(rbm.alpha, ctranspose(sum_(h1 - h2))) / opts.batchsize
            )

            rbm.W = rbm.W + rbm.vW
            rbm.b = rbm.b + rbm.vb
            rbm.c = rbm.c + rbm.vc

            err = err + sum_(sum_((v1 - v2) ** 2)) / opts.batchsize
        disp(
            "epoch "
            + num2str(i)
            + "/"
            + num2str(opts.numepochs)
            + ". Average reconstruction error is: "
            + num2str(err / numbatches)
        )
    return rbm, err
