import numpy as np

from port.migrate.runtime import (
    COLON,
    assert_,
    colon,
    copied,
    ctranspose,
    disp,
    index,
    mrdivide,
    mtimes,
    num2str,
    rem,
    repmat,
    rows,
    sum_,
    whole,
)
from sigm import sigm
from sigmrnd import sigmrnd


def rbmtrain(rbm=None, x=None, opts=None):
    rbm = copied(rbm)
    m = rows(x)
    numbatches = mrdivide(m, opts.batchsize)
    assert_(rem(numbatches, 1) == 0, "numbatches not integer")
    err = 0
    for i in range(1, whole(opts.numepochs) + 1):
        kk = np.arange(m, 0, -1, dtype=float)[np.newaxis]
        err = 0
        for l in range(1, whole(numbatches) + 1):
            batch = index(
                x,
                index(kk, colon((l - 1) * opts.batchsize + 1, l * opts.batchsize)),
                COLON,
            )

            v1 = batch
            h1 = sigmrnd(
                repmat(ctranspose(rbm.c), opts.batchsize, 1)
                + mtimes(v1, ctranspose(rbm.W))
            )
            v2 = sigmrnd(
                repmat(ctranspose(rbm.b), opts.batchsize, 1) + mtimes(h1, rbm.W)
            )
            h2 = sigm(
                repmat(ctranspose(rbm.c), opts.batchsize, 1)
                + mtimes(v2, ctranspose(rbm.W))
            )

            c1 = mtimes(ctranspose(h1), v1)
            c2 = mtimes(ctranspose(h2), v2)

            rbm.vW = mtimes(rbm.momentum, rbm.vW) + mrdivide(
                mtimes(rbm.alpha, c1 - c2), opts.batchsize
            )
            rbm.vb = mtimes(rbm.momentum, rbm.vb) + mrdivide(
                mtimes(rbm.alpha, ctranspose(sum_(v1 - v2))), opts.batchsize
            )
            rbm.vc = mtimes(rbm.momentum, rbm.vc) + mrdivide(
                mtimes(rbm.alpha, ctranspose(sum_(h1 - h2))), opts.batchsize
            )

            rbm.W = rbm.W + rbm.vW
            rbm.b = rbm.b + rbm.vb
            rbm.c = rbm.c + rbm.vc

            err = err + mrdivide(sum_(sum_((v1 - v2) ** 2)), opts.batchsize)
        disp(
            "epoch "
            + num2str(i)
            + "/"
            + num2str(opts.numepochs)
            + ". Average reconstruction error is: "
            + num2str(mrdivide(err, numbatches))
        )
    return rbm, err
