"""Finding and running GNU Octave or MATLAB. The tests marked `live` need Octave, the others none."""

import os
import re
import stat
import sys
import time
from pathlib import Path

import pytest
from engines import needs_octave

from port.errors import EngineError
from port.reference import engine
from port.reference.engine import (
    MATLAB,
    OCTAVE,
    Engine,
    Session,
    find_engine,
    find_engines,
    remake_references,
    run,
)
from port.reference.matfile import read_mat

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for an engine is a shell script")


# --- without an engine -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scripts", "ran"),
    [
        (["references_networks.m"], ["references_networks"]),
        (["of_another_suite.m", "'); quit(0); ('", "references_networks.m"], ["references_networks"]),
        (["of_another_suite.m"], []),
        (
            None,
            [
                "references_coursework",
                "references_networks",
                "references_sigmoid_mse",
                "references_softmax_crossentropy",
            ],
        ),
    ],
)
def test_only_the_scripts_that_are_asked_for_run_again(tmp_path, monkeypatch, scripts, ran):
    def record(script, **options):
        called.extend(re.findall(r"^(\w+)\(", script, re.MULTILINE))
        (tmp_path / "case.mat").touch()

    called = []
    monkeypatch.setattr(engine, "run", record)
    assert len(remake_references(tmp_path, scripts=scripts)) == bool(ran)
    assert called == ran


@pytest.fixture
def only(tmp_path, monkeypatch):
    """A machine whose PATH holds the given stand-ins for engines and nothing else."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(
        engine,
        "PROGRAMS",
        {name: [p for p in places if "/" not in p] for name, places in engine.PROGRAMS.items()},
    )

    def install(name: str, text: str) -> Path:
        program = tmp_path / name
        program.write_text(f"#!{sys.executable}\n{text}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return program

    return install


def test_a_machine_without_engines_says_how_to_get_one(only):
    assert find_engines() == []
    with pytest.raises(EngineError, match=r"neither GNU Octave nor MATLAB was found.*apt install octave"):
        run("x = 1")
    with pytest.raises(EngineError, match="GNU Octave was not found"):
        Session()


@posix
def test_octave_goes_before_matlab_and_versions_are_told(only, tmp_path):
    (tmp_path / "bin").mkdir()
    matlab = only("bin/matlab", "")
    (tmp_path / "VersionInfo.xml").write_text("<MathWorks_version_info><version>9.14.0.1</version>")
    (tmp_path / "matlab").symlink_to(matlab)
    octave = only("octave", "print('GNU Octave, version 8.4.0')")
    assert find_engines() == [
        Engine(OCTAVE, octave, "8.4.0"),
        Engine(MATLAB, tmp_path / "matlab", "9.14.0.1"),
    ]
    assert find_engine(MATLAB).program == tmp_path / "matlab"


@posix
def test_matlab_is_called_by_batch(only):
    program = only("matlab", "import sys; print(sys.argv[1:])")
    finished = run("x = 1", engine=Engine(MATLAB, program, "unknown"), load_paths=["/a b/it's"])
    assert finished.stdout == """['-batch', "addpath('/a b/it''s'); matport_script"]\n"""


@posix
def test_the_environment_is_clean(only, monkeypatch):
    monkeypatch.setenv("OCTAVE_PATH", "/elsewhere")
    monkeypatch.setenv("MATLABPATH", "/elsewhere")
    monkeypatch.setenv("LM_LICENSE_FILE", "licence")
    program = only("matlab", "import os; print(sorted(os.environ), os.listdir())")
    printed = run("x = 1", engine=Engine(MATLAB, program, "unknown")).stdout
    assert "elsewhere" not in printed and "OCTAVE_PATH" not in printed and "MATLABPATH" not in printed
    assert "LM_LICENSE_FILE" in printed
    assert "['matport_script.m']" in printed


def test_a_program_that_is_none_says_so(tmp_path):
    with pytest.raises(EngineError, match="cannot be started"):
        run("x = 1", engine=Engine(OCTAVE, tmp_path / "nothing", "1"))


def test_a_session_with_matlab_is_refused():
    with pytest.raises(EngineError, match="MATLAB cannot be kept open"):
        Session(engine=Engine(MATLAB, Path("matlab"), "9"))


def test_quotes_are_doubled():
    assert engine.quote("it's") == "'it''s'"


# --- one script, one process -----------------------------------------------------------------------------------


@needs_octave
def test_a_script_prints_and_writes(tmp_path):
    absolute = tmp_path / "there.mat"
    finished = run(
        f"x = 1:3; save('here.mat', 'x', '-v7'); save('{absolute}', 'x', '-v7'); printf('%d', numel(x))",
        expect=["here.mat", absolute],
    )
    assert finished.stdout == "3"
    assert finished.engine.name == OCTAVE
    assert finished.files["here.mat"][:10] == b"MATLAB 5.0"
    assert read_mat(absolute)["x"].tolist() == [[1.0, 2.0, 3.0]]


@needs_octave
def test_the_folder_is_empty_and_goes_away():
    where, *listing = run("disp(pwd); disp(ls('-A'))").stdout.split()
    assert listing == ["matport_script.m"]
    assert not Path(where).exists()


@needs_octave
def test_load_paths_go_before_and_the_first_is_foremost(tmp_path):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "numel.m").write_text(f"function r = numel(x)\nr = '{name}';\nend\n")
    script = "warning('off'); disp(numel(1))"
    assert "first" in run(script, load_paths=[tmp_path / "first", tmp_path / "second"]).stdout


@needs_octave
@pytest.mark.parametrize(
    ("script", "message"),
    [
        pytest.param("x = 1;\nerror('my own words')", "my own words(.|\n)*line 2", id="error"),
        pytest.param("x = [1 2", "parse error", id="syntax"),
        pytest.param("exit(3)", "status 3, without a message", id="exit"),
    ],
)
def test_a_script_that_fails_says_why(script, message):
    with pytest.raises(EngineError, match=message):
        run(script)


@needs_octave
def test_a_script_that_recorded_nothing_is_an_error():
    with pytest.raises(EngineError, match=r"ended well in GNU Octave, but wrote no events\.mat"):
        run("x = 1;", expect=["events.mat"])


@needs_octave
def test_a_script_that_takes_too_long_is_stopped():
    start = time.monotonic()
    with pytest.raises(EngineError, match=r"longer than 0\.5 s"):
        run("while true, end", timeout=0.5)
    assert time.monotonic() - start < 10


# --- a session -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def octave():
    with Session(load_paths=[engine.suite_folder().parent]) as session:
        yield session


@needs_octave
@pytest.mark.parametrize("text", ["", "abc", "abc\n", "\n\n", "a\n\nb", "é\tß\n"])
def test_a_session_returns_exactly_what_was_printed(octave, text):
    escaped = text.replace("\n", "\\n").replace("\t", "\\t")
    assert octave.run(f"printf('{escaped}')") == text


@needs_octave
def test_the_workspace_lasts_and_functions_are_found(octave):
    octave.run("p = [0.25; 0.75];\n% a comment\nJ = softmax_jacobian(p);")
    assert octave.run("printf('%g ', J)") == "0.1875 -0.1875 -0.1875 0.1875 "


@needs_octave
def test_an_error_is_told_and_the_session_goes_on(octave):
    octave.run("kept = 7;")
    with pytest.raises(EngineError, match=r"'p' undefined(.|\n)*in softmax_jacobian, line 6"):
        octave.run("softmax_jacobian()")
    with pytest.raises(EngineError, match="parse error"):
        octave.run("x = [1 2")
    assert octave.run("printf('%d', kept)") == "7"


@needs_octave
def test_a_session_that_runs_too_long_is_over():
    with Session() as session:
        with pytest.raises(EngineError, match="longer than"):
            session.run("while true, end", timeout=0.5)
        with pytest.raises(EngineError, match="session is over"):
            session.run("x = 1;")
        folder = session.folder
    assert not folder.exists()


@needs_octave
def test_a_session_whose_script_exits_is_over():
    with Session() as session, pytest.raises(EngineError, match="ended before the script did"):
        session.run("exit(3)")
