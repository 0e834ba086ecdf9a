function [machine, miss] = contrastive(machine, data, plan)
    n = size(data, 1);
    batches = n / plan.batch;
    assert(rem(batches, 1) == 0, 'the batches do not fit');
    miss = 0;
    for round_ = 1 : plan.rounds
        order = n:-1:1;
        miss = 0;
        for b = 1 : batches
            up = data(order((b - 1) * plan.batch + 1 : b * plan.batch), :);

            hid = fired(repmat(machine.hb', plan.batch, 1) + up * machine.W');
            down = fired(repmat(machine.vb', plan.batch, 1) + hid * machine.W);
            again = squash(repmat(machine.hb', plan.batch, 1) + down * machine.W');

            machine.dW = machine.inertia * machine.dW + machine.rate * (hid' * up - again' * down) / plan.batch;
            machine.dv = machine.inertia * machine.dv + machine.rate * sum(up - down)' / plan.batch;
            machine.dh = machine.inertia * machine.dh + machine.rate * sum(hid - again)' / plan.batch;

            machine.W = machine.W + machine.dW;
            machine.vb = machine.vb + machine.dv;
            machine.hb = machine.hb + machine.dh;

            miss = miss + sum(sum((up - down) .^ 2)) / plan.batch;
        end
        disp(['round ' num2str(round_) ' of ' num2str(plan.rounds)  ': error ' num2str(miss / batches)]);
    end
end
