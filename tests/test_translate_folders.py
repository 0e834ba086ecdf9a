"""A course over several folders: what `addpath` names is found, in the translation and when the MATLAB is run."""

import subprocess
import sys
from pathlib import Path

import pytest
from engines import needs_octave

from port.cli import main
from port.migrate import record_matlab, translate
from port.migrate.folder import translate_paths
from port.migrate.matlab_run import reachable
from port.migrate.parser import parse
from port.migrate.search_path import Added, added

FILES = {
    "ex1/main.m": "addpath('../lib'); addpath(fullfile('..', 'more'))\nr = twice(3) + zscore(4);\nsetup\nr = r + k;\n",
    "ex1/alone.m": "r = helper(2);\n",
    "ex2/twice.m": "function r = twice(x)\nr = -x;\nend\n",
    "lib/twice.m": "function r = twice(x)\nr = helper(x);\nend\n",
    "lib/helper.m": "function r = helper(x)\nif x > 2\n  r = twice(1) + 5;\nelse\n  r = 2 * x;\nend\nend\n",
    "lib/setup.m": "k = 7;\n",
    "more/zscore.m": "function r = zscore(x)\nr = 100 * x;\nend\n",
    "far/mean.m": "function r = mean(x)\nr = -1;\nend\n",
    "far/other.m": "r = mean([1 3]);\n",
}


@pytest.fixture(name="course")
def _course(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "course"


def run(*scripts: Path) -> list[str]:
    """What `r` is behind each script, run as a user runs it, in a folder that is none of theirs."""
    code = "\n".join(
        f"sys.path[:0] = [{str(script.parent)!r}]; print(runpy.run_path({str(script)!r})['r'])"
        for script in scripts
    )
    command = [sys.executable, "-c", f"import runpy, sys\n{code}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=scripts[0].parents[2])
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("standalone", [False, True], ids=["matport", "standalone"])
def test_functions_of_other_folders_are_called(course: Path, tmp_path: Path, standalone: bool) -> None:
    out = tmp_path / "out"
    options = ["--standalone"] if standalone else []
    assert main(["translate", str(course), "-o", str(out), *options]) == 0
    assert run(out / "ex1" / "main.py", out / "ex1" / "alone.py") == ["414", "4"]


def test_a_function_of_matlab_s_is_replaced_by_what_the_path_has_only(course: Path) -> None:
    texts = {w.target.as_posix(): w.translation.python for w in translate_paths([course])}
    assert "from zscore import zscore" in texts["ex1/main.py"]
    assert "import mean" not in texts["ex1/main.py"]
    beside = translate(FILES["far/other.m"], filename=course / "ex1" / "other.m").python
    assert "import mean" not in beside


def test_one_file_sees_the_folders_that_it_adds(course: Path) -> None:
    text = translate(FILES["ex1/main.m"], filename=course / "ex1" / "main.m").python
    assert 'sys.path.append(str(Path(__file__).resolve().parent / "../lib"))' in text
    assert "from twice import twice" in text


def test_what_lies_elsewhere_is_said_to_be_needed(course: Path) -> None:
    source = course / "ex1" / "main.m"
    (warning, _) = translate(source.read_bytes(), filename=source).warnings
    assert warning.line == 1 and "beside the Python; translate it too" in warning.text


def test_what_the_path_does_not_tell_is_not_guessed(course: Path) -> None:
    (course / "ex1" / "main.m").write_text("r = twice(3);\n")
    written = {w.target.as_posix(): w.translation for w in translate_paths([course])}
    assert "import twice" not in written["ex1/main.py"].python


PATHS = {
    "addpath('a')": [Added("a")],
    "addpath a b": [Added("b"), Added("a")],
    "addpath('a', 'b', '-end');": [Added("b"), Added("a")],
    "addpath(genpath('lib'));": [Added("lib", True)],
    "addpath([pwd '/lib'])": [Added("./lib")],
    "addpath(fullfile(pwd, 'lib', 'x'));": [Added("./lib/x")],
    "here = fileparts(mfilename('fullpath')); addpath(genpath(here))": [Added(".", True)],
    "lib = '../lib'; addpath(strcat(lib, '/x'))": [Added("../lib/x")],
    r"addpath('..\lib')": [Added("../lib")],
    "lib = 'a'; lib = input(''); addpath(lib)": [],
    "addpath(genpath)": [],
    "addpath()": [],
    "p = p; addpath(p)": [],
}


@pytest.mark.parametrize("source", PATHS)
def test_folders_of_the_search_path(source: str) -> None:
    assert added(parse(source)) == PATHS[source]


def test_what_a_run_reaches(course: Path) -> None:
    found = reachable(course / "ex1" / "main.m")
    assert {name.rsplit("/", 1)[-1] for name in found} == {
        "main.m",
        "twice.m",
        "helper.m",
        "setup.m",
        "zscore.m",
    }


@needs_octave
def test_a_run_over_folders_is_recorded_and_compared(course: Path, tmp_path: Path) -> None:
    trace = record_matlab(course / "ex1" / "main.m")
    assert trace.failure is None
    assert [event.value for event in trace.events if event.site.name == "k"] == [7.0]
    assert "helper" in {event.site.function for event in trace.events}
