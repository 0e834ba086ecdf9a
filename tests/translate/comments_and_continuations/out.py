import numpy as np


def commented(x=None):  # trailing
    """COMMENTED  a help text
       with several lines, 'quotes' and "more"

       See also NOTHING

    Observed arguments:
    x : float
    """

    # a block comment
    # with = code; that(is) not run

    # a comment alone

    a = np.array([[1.0, 2.0, 3.0]]) + x  # first
    b = ["a % not a comment", "b # nor this", "it's"]

    # indented block
    if x > 1:  # condition
        # nothing but a comment
        pass
    return a, b
