"""One-sided instead of two-sided gradient check.

`(f(x+h) - f(x))/h` errs by h/2*f'', `(f(x+h) - f(x-h))/(2h)` by h^2/6*f'''. With h = 1e-4 the relative
error is about 1e-5: too large for rounding, too small for a mistake in the gradient. The arrays show only
its size; it is named when an input is the step.
"""

from collections.abc import Iterator

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="N11",
    stage="recompute",
    setup="h = 1e-4; z = np.array([[0.3, -0.2, 0.5, 0.9]])",
    matlab="f=@(z) exp(z); ref=(f(z+h)-f(z-h))/(2*h);",
    wrong="got = (np.exp(z + h) - np.exp(z))/h",
    right="got = (np.exp(z + h) - np.exp(z - h))/(2*h)",
    remedy="Use central differences.",
)
STEPS = (1e-9, 1e-2)


def undo(pair: Pair) -> Iterator[Step]:
    """Every element is off, by about the step h among the inputs."""
    if not pair.same_shape or pair.residual > STEPS[1]:
        return
    for name, h in pair.facts.scalars.items():
        if (
            STEPS[0] <= h <= STEPS[1]
            and 0.01 * h <= pair.residual <= 10 * h
            and (pair.want != pair.got).all()
        ):
            said = f"the error is about {pair.residual / h:.2g} times {name} = {h:g}"
            yield pair.explained(f"{said}, as of one-sided differences", weight=0.2)
