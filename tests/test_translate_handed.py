"""Which functions a file of integer classes or single hands such values to: those are translated for them."""

import time
from pathlib import Path

import pytest

from port.migrate.folder import translate_paths
from port.migrate.handed import handed
from port.migrate.parser import parse

HANDED = {
    "an argument": "function f(x)\ng(uint8(x));\nend\n",
    "an argument among others": "function f(x)\nr = 1 + g(x, int32(x) + 1);\nend\n",
    "a variable": "function f(x)\ny(2) = single(x);\nz = y * 2;\ng(z);\nend\n",
    "a variable that is set below": "function f(x)\ny = 1;\nfor k = 1:2\n  g(y);\n  y = uint8(x);\nend\nend\n",
    "a field": "function f(x)\ns.a = uint8(x);\ng(s);\nend\n",
    "an item": "function f(x)\nc = {1, zeros(2, 'int16')};\ng(c{2});\nend\n",
    "a loop's variable": "function f\nfor k = int8([1 2])\n  g(k);\nend\nend\n",
    "an image": "function f(name)\nX = imread(name);\ng(X);\nend\n",
    "an argument of a function of its own": "function f(x)\nh(single(x));\nend\nfunction h(a)\ng(a);\nend\n",
    "a default": "function f(x = uint8(3))\ng(x);\nend\n",
    "a result of its own": "function f\ng(h());\nend\nfunction r = h\nr = uint8(3);\nend\n",
    "a result passed on": "function f(x)\ng(h(single(x)));\nend\nfunction r = h(a)\nr = a;\nend\n",
    "a result of another": "function f(x)\ny = h(single(x));\ng(y);\nend\n",
    "a global": "function f\nglobal c\nc = uint8(1);\nh();\nend\nfunction h\nglobal c\ng(c);\nend\n",
    "a handle": "function f(x)\ny = single(x);\nr = feval(@g, y);\nend\n",
    "a handle of its own": "function f(x)\ny = single(x);\nr = feval(@h, y);\nend\nfunction h(a)\ng(a);\nend\n",
    "an anonymous function": "function f(x)\nc = {uint8(x)};\ncellfun(@(v) g(v), c);\nend\n",
    "its name": "function f(x)\nfeval('g', uint8(x));\nend\n",
    "a text that is evaluated": "function f(x)\ny = uint8(x);\neval(['g', '(y)']);\ng(1);\nend\n",
    "both branches": "function f(x)\nif x, y = 1; else, y = int8(x); end\ng(y);\nend\n",
}
KEPT = {
    "no class": "function f(x)\ng(x);\nend\n",
    "a checksum": "function f(x)\ny = h(x);\nprintf('%s', y);\ng(x);\nend\nfunction r = h(a)\nr = uint32(a);\nend\n",
    "what is double again": "function f(x)\ny = uint8(x);\ng(double(y));\nend\n",
    "a text": "function f(x)\ny = uint8(x);\ng(sprintf('%d', y), num2str(y));\nend\n",
    "a size": "function f(x)\ny = uint8(x);\ng(size(y), numel(y));\nend\n",
    "another's variable of the name": "function f(x)\ny = 1;\ng(y);\nend\nfunction h(x)\ny = uint8(x);\nend\n",
    "a subscript": "function f(x, g)\ny = uint8(x);\nr = g(y);\nend\n",
}


@pytest.mark.parametrize("source", HANDED.values(), ids=HANDED.keys())
def test_what_is_handed(source: str) -> None:
    assert "g" in handed(parse(source))


@pytest.mark.parametrize("source", KEPT.values(), ids=KEPT.keys())
def test_what_is_kept(source: str) -> None:
    assert "g" not in handed(parse(source))


SIGMOID = "function g = sigmoid(z)\ng = 1 ./ (1 + exp(-z));\nend\n"
SUBMIT = (
    "function submit(part)\nsend(output(part), checksum('text'));\nend\n"
    "function out = output(part)\nX = reshape(sin(1:6), 2, 3);\nout = cost(X);\nend\n"
    "function h = checksum(text)\nh = uint32(0);\nfor k = 1:numel(text), h = bitxor(h, uint32(text(k))); end\nend\n"
)
COST = "function J = cost(X)\nJ = sum(sigmoid(X(:)));\nend\n"


@pytest.mark.parametrize(
    ("submit", "plain"),
    [(SUBMIT, True), (SUBMIT.replace("reshape(", "single("), False)],
    ids=["integers in a checksum", "single data"],
)
def test_a_course_is_written_for_what_its_functions_are_given(
    tmp_path: Path, submit: str, plain: bool
) -> None:
    for name, text in {"submit": submit, "cost": COST, "sigmoid": SIGMOID}.items():
        (tmp_path / f"{name}.m").write_text(text)
    texts = {item.source.stem: item.translation.python for item in translate_paths([tmp_path])}
    assert ("1 / (1 + np.exp(-1 * z))" in texts["sigmoid"]) is plain
    assert ("rdivide" in texts["sigmoid"]) is not plain


def test_thousands_of_handles_and_variables_take_no_time() -> None:
    lines = "".join(f"x{n} = x{n - 1} + y; h(@k, x{n});\n" for n in range(1, 2000))
    source = parse(f"function f(x0)\ny = uint8(x0);\n{lines}end\n")
    start = time.process_time()
    assert handed(source) >= {"h", "k"}
    assert time.process_time() - start < 5
