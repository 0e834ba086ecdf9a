import numpy as np


def gate(v):
    return 1 / (1 + np.exp(-v))


def run(weights, bias, sequence, hidden, memory):
    """The sequence has one step a row."""
    trail = []
    for x in sequence:
        pre = weights @ np.concatenate([hidden, x]) + bias
        forget, write, new, read = np.split(pre, 4)
        memory = gate(forget) * memory + gate(write) * np.tanh(new)
        hidden = gate(read) * np.tanh(memory)
        trail.append(hidden)
    return hidden, memory, np.array(trail)
