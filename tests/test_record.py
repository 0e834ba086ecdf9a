"""What is recorded of a run: every variable after every statement, on both sides, whatever happens to the run."""

import shutil
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from port.errors import ArgumentError, CaseError, SourceError
from port.migrate import Trace, load_trace, record_matlab, record_python
from port.migrate.flow import Flow
from port.migrate.record import record_task

live = pytest.mark.live
needs_octave = pytest.mark.skipif(shutil.which("octave-cli") is None, reason="octave-cli is not installed")


def python(
    folder: Path, source: str, call: str | None = None, inputs: object = None, **options: float
) -> Trace:
    """Record a Python file of the given source."""
    file = folder / "port.py"
    file.write_text(textwrap.dedent(source), encoding="utf-8")
    return record_python(file, call, inputs, **options)  # type: ignore[arg-type]


def matlab(folder: Path, call: str | None = None, inputs: object = None, **files: str) -> Trace:
    """Record the first of some MATLAB files."""
    for name, source in files.items():
        (folder / f"{name}.m").write_text(textwrap.dedent(source), encoding="utf-8")
    return record_matlab(folder / f"{next(iter(files))}.m", call, inputs)  # type: ignore[arg-type]


def told(trace: Trace, *kinds: str) -> list[tuple[int, str, object]]:
    """Line, name and value of the events of some kinds; numbers as such, arrays as lists."""
    wanted = kinds or ("assign",)
    return [(e.line, e.site.shown, simple(e.part)) for e in trace.events if e.kind in wanted]


def simple(value: object) -> object:
    if isinstance(value, np.ndarray):
        return value.item() if value.size == 1 else value.tolist()
    return [simple(item) for item in value] if isinstance(value, list) else value


def test_python_function_loop_and_branch(tmp_path: Path) -> None:
    trace = python(
        tmp_path,
        """
        def f(x):
            total = 0
            for i in range(3):
                if i > 0:
                    total += i * x
            return total
        """,
        "f(2.0)",
    )
    assert told(trace, "argument") == [(2, "x", 2.0)]
    assert told(trace) == [(3, "total", 0), (6, "total", 2.0), (6, "total", 6.0)]
    assert told(trace, "loop") == [(4, "i", 0), (4, "i", 1), (4, "i", 2)]
    assert told(trace, "test") == [(5, "if", False), (5, "if", True), (5, "if", True)]
    assert told(trace, "return", "result") == [(7, "total", 6.0), (0, "result 1", 6.0)]
    assert [e.occurrence for e in trace.events if e.line == 6] == [1, 2]
    assert trace.failure is None


def test_python_parts_nested_functions_and_frames(tmp_path: Path) -> None:
    trace = python(
        tmp_path,
        """
        def f(n):
            def double(v):
                w = 2 * v
                return w
            d = [None] * n
            d[0] = double(1)
            d[1] = double(d[0])
            s = {}
            s["W"] = d[1]
            return d, s
        """,
        "[d, s] = f(2)",
    )
    assert (7, "d[0]", 2) in told(trace)
    assert (10, "s['W']", 4) in told(trace)
    inner = [(e.site.function, e.frame) for e in trace.events if e.name == "w" and e.kind == "assign"]
    assert inner == [("f.double", 2), ("f.double", 3)]
    assert [(e.site.name, e.kind) for e in trace.events if e.kind == "result"] == [
        ("d", "result"),
        ("s", "result"),
    ]


def test_python_recursion_has_a_frame_each(tmp_path: Path) -> None:
    trace = python(
        tmp_path,
        """
        def fact(n):
            if n <= 1:
                return 1
            rest = fact(n - 1)
            return n * rest
        """,
        "fact(4)",
    )
    assert [e.frame for e in trace.events if e.kind == "argument"] == [1, 2, 3, 4]
    assert [(e.frame, simple(e.value)) for e in trace.events if e.name == "rest"] == [(3, 1), (2, 2), (1, 6)]


def test_python_calls_are_known_by_their_lines_where_the_call_fails_too(tmp_path: Path) -> None:
    trace = python(
        tmp_path,
        """
        import numpy as np

        def half(v, of):
            return v / len(of)

        def f(n):
            d = np.zeros(n)
            for k in range(n):
                d[k] = 2 * half(1 + k,
                                range(1 - k))
            return [half(1, x) for x in d]
        """,
        "f(3)",
    )
    assert trace.failure is not None
    flow = Flow(trace)
    assert [trace.callers.get(frame) for frame in (1, 2, 3)] == [None, (1, "port.py", 10), (1, "port.py", 10)]
    assert flow.callers.keys() == {2}
    assert [site and site.line for site in map(flow.calling, (1, 2, 3))] == [None, 10, 10]
    given = [index for index, event in enumerate(trace.events) if event.kind == "argument"]
    assert [flow.made_by(index).line for index in given] == [7, 10, 10, 10, 10]
    trace.save(tmp_path / "kept")
    assert load_trace(tmp_path / "kept").callers == trace.callers


def test_python_other_files_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("def twice(v):\n    out = v + v\n    return out\n", encoding="utf-8")
    trace = python(
        tmp_path, "from helper import twice\n\n\ndef f(x):\n    y = twice(x)\n    return y\n", "f(3)"
    )
    assert set(trace.sources) == {"port.py", "helper.py"}
    assert [(e.file, e.line) for e in trace.events if e.name == "out" and e.kind == "assign"] == [
        ("helper.py", 2)
    ]


def test_python_append_in_place_and_growth(tmp_path: Path) -> None:
    trace = python(
        tmp_path,
        """
        import numpy as np
        found = []
        for i in range(3):
            found.append(i)
        x = np.zeros(2)
        np.add(x, 1, out=x)
        """,
    )
    assert [simple(e.value) for e in trace.events if e.name == "found"] == [[], [0], [0, 1], [0, 1, 2]]
    assert [simple(e.value) for e in trace.events if e.name == "x"] == [[0, 0], [1, 1]]


def test_python_values_are_kept_once_by_content(tmp_path: Path) -> None:
    trace = python(
        tmp_path, "import numpy as np\nfor i in range(50):\n    x = np.arange(1000.0)\n    y = x + 0\n"
    )
    assert len({e.key for e in trace.events if e.name in "xy"}) == 1
    assert len(trace.values.blob) < 20_000


def test_python_names_for_types_are_values_like_others(tmp_path: Path) -> None:
    trace = python(
        tmp_path,
        """
        import numpy as np
        from numpy.typing import NDArray
        from scipy.sparse import csr_matrix

        Array, Kind, Sparse = NDArray[np.float64], np.ndarray, csr_matrix


        def f(x):
            return 2 * x
        """,
        "f(2.0)",
    )
    assert trace.failure is None
    assert [value.text for _, _, value in told(trace)] == ["ndarray", "ndarray", "csr_matrix"]


def test_python_error_keeps_the_trace_up_to_it(tmp_path: Path) -> None:
    trace = python(
        tmp_path,
        """
        import numpy as np

        def f(x):
            a = x + 1
            b = a @ np.ones(7)
            return b
        """,
        "f(np.ones(3))",
    )
    assert trace.failure is not None
    assert (trace.failure.file, trace.failure.line) == ("port.py", 6)
    assert trace.failure.message.startswith("ValueError: matmul")
    assert [e.name for e in trace.events] == ["x", "a"]


@pytest.mark.parametrize("head", ["if x < 2", "while x < 2"])
def test_a_condition_on_an_array_fails_at_its_own_line(head: str, tmp_path: Path) -> None:
    source = f"import numpy as np\n\ndef f(x):\n    n = 0\n    {head}:\n        n = n + 1\n    return n\n"
    trace = python(tmp_path, source, "f(np.arange(3))")
    assert trace.failure is not None and trace.failure.line == 5
    assert "ambiguous" in trace.failure.message


def test_python_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    trace = python(tmp_path, "n = 0\nwhile True:\n    n += 1\n", timeout=0.3)
    assert trace.failure is not None
    assert "longer than 0.3 s" in trace.failure.message
    assert len(trace.events) > 100


def test_python_that_hangs_outside_its_statements_is_stopped(tmp_path: Path) -> None:
    trace = python(tmp_path, "import time\nn = 1\ntime.sleep(60)\n", timeout=1.0)
    assert trace.failure is not None
    assert told(trace) == [(2, "n", 1)]


def test_python_early_return_script_with_load_and_handles(tmp_path: Path) -> None:
    np.savez(tmp_path / "data.npz", X=np.arange(3.0))
    trace = python(
        tmp_path,
        """
        import numpy as np

        def g(x):
            if x > 0:
                return 1
            y = 2
            return y

        data = np.load("data.npz")
        X = data["X"]
        f = lambda t: t ** 2
        a = g(1)
        b = g(-1)
        c = f(X)
        """,
    )
    assert trace.failure is None
    assert [name for _, name, _ in told(trace) if name in "abcX"] == ["X", "a", "b", "c"]
    assert next(e for e in trace.events if e.name == "c").shape == (3,)


def test_python_inputs_are_not_changed_and_structs_have_attributes(tmp_path: Path) -> None:
    x = np.zeros(2)
    trace = python(
        tmp_path, "def f(s, x):\n    x[0] = s.k\n    return x\n", "f(s, x)", {"s": {"k": 5.0}, "x": x}
    )
    assert x.tolist() == [0, 0]
    assert simple(trace.events[-1].value) == [5.0, 0.0]


def test_python_bad_requests(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        record_python(tmp_path / "none.py")
    with pytest.raises(ArgumentError, match="needs y"):
        python(tmp_path, "def f(x, y):\n    return x\n", None, {"x": 1.0})
    with pytest.raises(ArgumentError, match="no call in Python"):
        python(tmp_path, "def f(x):\n    return x\n", "f(1")


def test_a_run_can_be_done_again_with_other_values(tmp_path: Path) -> None:
    trace = python(tmp_path, "def f(x):\n    a = x + 1\n    b = 2 * a\n    return b\n", "f(1.0)")
    again = record_task(replace(trace.replay, substitutes={("port.py", 2, "a", 1): np.array([[10.0]])}))
    assert told(again) == [(2, "a", 10.0), (3, "b", 20.0)]


def test_a_saved_trace_is_the_same(tmp_path: Path) -> None:
    trace = python(
        tmp_path, "import numpy as np\nx = np.ones((2, 3))\ns = {'a': [1, 'b']}\ny = 1 / x[0]\nboom\n"
    )
    trace.save(tmp_path / "t.trace")
    again = load_trace(tmp_path / "t.trace")
    assert (again.events, again.failure, again.sources) == (trace.events, trace.failure, trace.sources)
    assert simple(again.events[0].value) == [[1, 1, 1], [1, 1, 1]]


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00" * 100, b"{}" + (2).to_bytes(8, "little")])
def test_what_is_no_trace_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.trace").write_bytes(content)
    with pytest.raises(CaseError, match=r"t\.trace"):
        load_trace(tmp_path / "t.trace")


@live
@needs_octave
def test_matlab_functions_branches_and_outputs(tmp_path: Path) -> None:
    trace = matlab(
        tmp_path,
        "[a, b] = f(2)",
        f="""\
        function [a, b] = f(x)
          a = 0;
          for i = 1:3
            if i > 1
              a = a + g(x);
            end
          end
          b = a * 2;
        end
        function y = g(x)
          if x > 0
            y = x;
            return;
          end
          y = -x;
        end
        """,
    )
    assert told(trace, "loop") == [(3, "i", 1.0), (3, "i", 2.0), (3, "i", 3.0)]
    assert [(line, value) for line, name, value in told(trace) if name == "a"] == [
        (2, 0.0),
        (5, 2.0),
        (5, 4.0),
    ]
    assert told(trace, "test") == [
        (4, "if", False),
        (4, "if", True),
        (11, "if", True),
        (4, "if", True),
        (11, "if", True),
    ]
    assert told(trace, "result") == [(0, "a", 4.0), (0, "b", 8.0)]
    assert trace.sources.keys() == {"f.m"}


@live
@needs_octave
def test_matlab_cells_fields_indexed_writes_growth(tmp_path: Path) -> None:
    trace = matlab(
        tmp_path,
        tour="""\
        d{2} = [1 2];
        s.W = 3;
        x = 1:3;
        x(2) = 9;
        x(end + 1) = 4;
        [m, k] = max(x);
        s.n{1}.v = 'text';
        """,
    )
    assert told(trace) == [
        (1, "d{2}", [[1.0, 2.0]]),
        (2, "s.W", 3.0),
        (3, "x", [[1.0, 2.0, 3.0]]),
        (4, "x(2)", 9.0),
        (5, "x(end + 1)", [[1.0, 9.0, 3.0, 4.0]]),
        (6, "m", 9.0),
        (6, "k", 2.0),
        (7, "s.n{1}.v", "text"),
    ]
    assert [e.shape for e in trace.events if e.name == "x"] == [(1, 3), (1, 3), (1, 4)]


@live
@needs_octave
def test_matlab_recursion_and_other_files(tmp_path: Path) -> None:
    trace = matlab(
        tmp_path,
        "f(3)",
        f="function y = f(n)\nif n <= 1\n  y = one();\nelse\n  y = n * f(n - 1);\nend\n",
        one="function y = one()\ny = 1;\n",
    )
    assert [(e.file, e.line, simple(e.value)) for e in trace.events if e.kind == "assign"] == [
        ("one.m", 2, 1.0),
        ("f.m", 3, 1.0),
        ("f.m", 5, 2.0),
        ("f.m", 5, 6.0),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f.m", "one.m"]


@live
@needs_octave
def test_matlab_error_and_endless_loop(tmp_path: Path) -> None:
    trace = matlab(tmp_path, "f(1)", f="function y = f(x)\na = x + 1;\ny = [1 2 3] * [1 2 3];\n")
    assert trace.failure is not None
    assert (trace.failure.file, trace.failure.line) == ("f.m", 3)
    assert "nonconformant" in trace.failure.message
    assert told(trace) == [(2, "a", 2.0)]
    (tmp_path / "endless.m").write_text("n = 0;\nwhile true\n  n = n + 1;\nend\n", encoding="utf-8")
    stopped = record_matlab(tmp_path / "endless.m", timeout=0.3)
    assert stopped.failure is not None
    assert len(stopped.events) > 10


@live
@needs_octave
def test_both_sides_of_a_script_with_load_and_handles(tmp_path: Path) -> None:
    from port.reference.matfile import write_mat

    write_mat(tmp_path / "data.mat", {"X": np.arange(6.0).reshape(2, 3)})
    original = matlab(tmp_path, drive="load('data.mat');\nf = @(t) t .^ 2;\nY = f(X);\ns = sum(Y(:));\n")
    assert original.failure is None
    assert ("s", 55.0) in [(name, value) for _, name, value in told(original)]
