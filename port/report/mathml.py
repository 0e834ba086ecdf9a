"""Index notation as MathML: `dC/dW_ij = sum_k sum_s dC/da_k J_ks dz_s/dW_ij`, drawn by the browser without a script."""

import re

from markupsafe import Markup, escape

GREEK = {
    "delta": "δ",
    "sigma": "σ",
    "lambda": "λ",
    "eps": "ε",
    "phi": "φ",
    "mu": "μ",
    "tau": "τ",
    "alpha": "α",
    "pi": "π",
}
NAME = r"[A-Za-z]+'?(?:_[A-Za-z0-9]+)?"
TOKEN = re.compile(
    rf"(?P<sum>\b(?:sum|max|mean)_[a-z]+)|(?P<slope>\bd{NAME}/d{NAME})|(?P<number>\d+(?:\.\d+)?(?:e[-+]?\d+)?)"
    rf"|(?P<name>{NAME})|(?P<operator>\.\*|\./|\.\^|<=|>=|==|!=|->|\S)"
)
OPERATORS = {"*": "·", ".*": "⊙", "./": "⊘", "-": "−", "<=": "≤", ">=": "≥", "!=": "≠", "->": "→"}
BIG = {"sum": "∑", "max": "max", "mean": "mean"}


def mathml(formula: str) -> Markup:
    """The formula as one `<math>` element; the text itself is its label."""
    body = "".join(_element(match) for match in TOKEN.finditer(formula))
    return Markup(f'<math display="block" aria-label="{escape(formula)}"><mrow>{body}</mrow></math>')


def _element(match: re.Match[str]) -> str:
    text, kind = match.group(), match.lastgroup
    if kind == "sum":
        word, index = text.split("_")
        return f"<munder><mo>{BIG[word]}</mo><mi>{escape(index)}</mi></munder>"
    if kind == "slope":
        above, below = text.split("/")
        return f"<mfrac><mrow><mo>∂</mo>{_name(above[1:])}</mrow><mrow><mo>∂</mo>{_name(below[1:])}</mrow></mfrac>"
    if kind == "number":
        return f"<mn>{escape(text)}</mn>"
    if kind == "name":
        return _name(text)
    return f"<mo>{escape(OPERATORS.get(text, text))}</mo>"


def _name(text: str) -> str:
    base, _, index = text.partition("_")
    prime = base.endswith("'")
    base = base.rstrip("'")
    letter = f"<mi>{escape(GREEK.get(base, base))}</mi>"
    if prime:
        letter = f"<msup>{letter}<mo>′</mo></msup>"
    indices = "".join(f"<mi>{escape(i)}</mi>" for i in index)
    return f"<msub><mrow>{letter}</mrow><mrow>{indices}</mrow></msub>" if index else letter
