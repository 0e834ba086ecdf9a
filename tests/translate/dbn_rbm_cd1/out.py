import numpy as np

from port.migrate.runtime import COLON, assert_, copied, disp, index, num2str, rem
from fired import fired
from squash import squash


def contrastive(machine=None, data=None, plan=None):
    """Observed arguments:
    machine : struct
    data : (4, 4) float64
    plan : struct
    """
    machine = copied(machine)
    n = data.shape[0]
    batches = n / plan.batch
    assert_(rem(batches, 1) == 0, "the batches do not fit")
    miss = 0
    for round_ in range(1, int(plan.rounds) + 1):
        order = np.arange(n, 0, -1, dtype=float)[np.newaxis]
        miss = 0
        for b in range(1, int(batches) + 1):
            up = index(
                data, order[:, int((b - 1) * plan.batch) : int(b * plan.batch)], COLON
            )

            hid = fired(np.tile(machine.hb.T, (int(plan.batch), 1)) + up @ machine.W.T)
            down = fired(np.tile(machine.vb.T, (int(plan.batch), 1)) + hid @ machine.W)
            again = squash(
                np.tile(machine.hb.T, (int(plan.batch), 1)) + down @ machine.W.T
            )

            machine.dW = (
                machine.inertia * machine.dW
                + machine.rate * (hid.T @ up - again.T @ down) / plan.batch
            )
            machine.dv = (
                machine.inertia * machine.dv
                + machine.rate * (up - down).sum(axis=0, keepdims=True).T / plan.batch
            )
            machine.dh = (
                machine.inertia * machine.dh
                + machine.rate * (hid - again).sum(axis=0, keepdims=True).T / plan.batch
            )

            machine.W = machine.W + machine.dW
            machine.vb = machine.vb + machine.dv
            machine.hb = machine.hb + machine.dh

            miss = miss + ((up - down) ** 2).sum(axis=0).sum() / plan.batch
        disp(
            "round "
            + num2str(round_)
            + " of "
            + num2str(plan.rounds)
            + ": error "
            + num2str(miss / batches)
        )
    return machine, miss
