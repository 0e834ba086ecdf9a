"""What a manifest may say, what it may not, and the one that is written for a folder."""

import random

import pytest
from batch_class import RIGHT, make_cases

from port.batch.initial import init_manifest
from port.batch.manifest import COLUMNS, Check, read_manifest
from port.cli import main
from port.errors import ArgumentError, MatportError


@pytest.fixture
def here(tmp_path):
    """A folder with two references."""
    make_cases(tmp_path / "references")
    return tmp_path


def csv_of(folder, text):
    path = folder / "manifest.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_rows_that_differ_in_the_case_alone_are_one_check(here):
    text = (
        "submission,code,case,function\n"
        "ann,ann.py,references/case_0.mat,f\n"
        "bob,bob.py,references/case_0.mat,f\n"
        "ann,ann.py,references/case_1.mat,f\n"
        "ann,ann.py,references/case_1.mat,g\n"
        "bob,bob.py,references/*.mat,f\n"
    )
    both = (here / "references" / "case_0.mat", here / "references" / "case_1.mat")
    path = csv_of(here, text)
    assert read_manifest(path) == (
        Check("ann", here / "ann.py", both, "f", place=f"{path}:2"),
        Check("bob", here / "bob.py", both, "f", place=f"{path}:3"),
        Check("ann", here / "ann.py", both[1:], "g", place=f"{path}:5"),
    )


CALLS = [
    ("f(x)", (), "f", ("x",)),
    ("y = f(x)", ("y",), "f", ("x",)),
    ("[J, grad] = cost(theta, X, y, 0.5);", ("J", "grad"), "cost", ("theta", "X", "y", "0.5")),
    ("[a b]=f(s.w, 'relu', -1e3)", ("a", "b"), "f", ("s.w", "'relu'", "-1e3")),
    ("f()", (), "f", ()),
]


@pytest.mark.parametrize(("call", "outputs", "function", "arguments"), CALLS, ids=[row[0] for row in CALLS])
def test_a_call_names_outputs_function_and_arguments(here, call, outputs, function, arguments):
    path = csv_of(here, f'submission,code,case,call\nann,ann.py,references,"{call}"\n')
    (check,) = read_manifest(path)
    assert (check.outputs, check.function, check.arguments) == (outputs, function, arguments)


def test_a_toml_manifest_says_the_same_as_a_csv(here):
    (here / "manifest.toml").write_text(
        '[defaults]\ncase = ["references/case_0.mat", "references/case_1.mat"]\nfunction = "f"\n'
        '[[check]]\nsubmission = "ann"\ncode = "ann.py"\noutputs = "z a"\n'
    )
    path = csv_of(here, "submission,code,case,function,outputs\nann,ann.py,references,f,z a\n")
    (one,), (other,) = read_manifest(here / "manifest.toml"), read_manifest(path)
    assert one.cases == other.cases
    assert (one.submission, one.code, one.function, one.outputs) == ("ann", here / "ann.py", "f", ("z", "a"))


HEAD = "submission,code,case"
BAD = {
    "no rows": (f"{HEAD}\n", "has no rows"),
    "empty": ("", "needs submission and code and case"),
    "a column missing": ("submission,case\nann,references\n", "needs code"),
    "an unknown column": (
        f"{HEAD},functoin\n",
        "knows no 'functoin'; its columns are submission, code",
    ),
    "a column twice": (f"{HEAD},case\n", "each name once"),
    "more values than columns": (f"{HEAD}\nann,a.py,references,more\n", ":2: more values"),
    "no submission": (f"{HEAD}\n,a.py,references\n", ":2: `submission` is empty"),
    "no case": (f"{HEAD}\nann,a.py,\n", "`case` is ''"),
    "a case that is not there": (f"{HEAD}\nann,a.py,nowhere.mat\n", "`case` is 'nowhere.mat': no reference"),
    "a pattern without match": (f"{HEAD}\nann,a.py,references/*.m\n", "no reference"),
    "a call that is none": (f'{HEAD},call\nann,a.py,references,"f(g(x))"\n', "write it as [loss, dW] = f("),
    "a call of another function": (f"{HEAD},function,call\nann,a.py,references,g,f(x)\n", "`call` calls f"),
    "outputs that are no names": (f"{HEAD},outputs\nann,a.py,references,z{{1}}\n", "no names of outputs"),
    "an open quote": (f'{HEAD}\nann,"a.py,references\n', "not readable as CSV"),
    "a control character": (f"{HEAD}\nann\x07,a.py,references\n", "no text of one line"),
    "a field too long": (f"{HEAD}\n{'a' * 2000},a.py,references\n", "at most 1000 characters"),
    "a field far too long": (f"{HEAD}\n{'a' * 200_000},a.py,references\n", "not readable as CSV"),
    "another encoding": (f"{HEAD}\n\xe4,a.py,references\n".encode("latin-1"), "not UTF-8"),
    "a null byte": (f"{HEAD}\nann,\x00,references\n", "text"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_manifest_that_cannot_be_served_says_where_and_why(here, name):
    text, says = BAD[name]
    with pytest.raises(ArgumentError) as raised:
        read_manifest(csv_of(here, text))
    assert says in str(raised.value)
    assert str(raised.value).startswith(str(here / "manifest.csv"))


BAD_TOML = {
    "no TOML": ("[[check", "not readable as TOML"),
    "deep nesting": ("a = " + "[" * 100_000, "not readable as TOML"),
    "another table": ("[checks]\n", "has [[check]] and [defaults], nothing else"),
    "a check that is none": ("check = [3]\n", "check 1 is no table"),
    "a number for a text": (
        '[[check]]\nsubmission = 3\ncode = "a.py"\ncase = "references"\n',
        "is no text of one line",
    ),
    "a number for a case": ('[[check]]\nsubmission = "a"\ncode = "a.py"\ncase = [3]\n', "`case` is no text"),
}


@pytest.mark.parametrize("name", BAD_TOML)
def test_a_toml_manifest_that_cannot_be_served_says_where_and_why(here, name):
    text, says = BAD_TOML[name]
    (here / "manifest.toml").write_text(text)
    with pytest.raises(ArgumentError) as raised:
        read_manifest(here / "manifest.toml")
    assert says in str(raised.value)


@pytest.mark.parametrize("name", ["manifest.csv", "manifest.toml"])
def test_mutated_manifests_are_read_or_refused(here, name):
    draw = random.Random(3)
    whole = {
        "manifest.csv": b'submission,code,case,call\nann,ann.py,references,"[z, a] = f(W, x)"\n' * 3,
        "manifest.toml": b'[defaults]\ncase = "references"\n[[check]]\nsubmission = "ann"\ncode = "a.py"\n',
    }[name]
    for _ in range(400):
        mutant = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            mutant[draw.randrange(len(mutant))] = draw.randrange(256)
        (here / name).write_bytes(mutant)
        try:
            read_manifest(here / name)
        except MatportError as error:
            assert str(here) in str(error)


def test_a_manifest_is_written_for_a_folder(here, capsys):
    (here / "ann.py").write_text(RIGHT)
    (here / "team").mkdir()
    (here / "team" / "help.py").write_text("def other(): pass\n")
    (here / "team" / "code.py").write_text(RIGHT)
    (here / "link.py").symlink_to("ann.py")
    (here / "notes.txt").write_text("")
    assert main(["batch", "--init", str(here), "--function", "layer"]) == 0
    text = (here / "manifest.csv").read_text()
    assert text == (
        ",".join(COLUMNS) + "\nann,ann.py,references,layer,,,,\nteam,team/code.py,references,layer,,,team,\n"
    )
    assert len(read_manifest(here / "manifest.csv")) == 2
    assert main(["batch", "--init", str(here)]) == 2
    assert "cannot be written: File exists" in capsys.readouterr().err


def test_the_references_of_a_new_manifest_may_be_a_pattern(here):
    (here / "ann.py").write_text(RIGHT)
    (check,) = read_manifest(init_manifest(here, cases=here / "references" / "*_1.mat"))
    assert check.cases == (here / "references" / "case_1.mat",)
    with pytest.raises(ArgumentError, match="no such references"):
        init_manifest(here, cases=here / "references" / "no*.mat")


def test_a_folder_without_submissions_says_so(tmp_path):
    with pytest.raises(ArgumentError, match="holds no submissions"):
        init_manifest(tmp_path)
    with pytest.raises(ArgumentError, match="there is no such folder"):
        init_manifest(tmp_path / "nowhere")
    with pytest.raises(ArgumentError, match="no such references"):
        init_manifest(tmp_path, cases=tmp_path / "nowhere")


def test_a_manifest_without_references_is_to_be_filled_in(tmp_path):
    (tmp_path / "ann.py").write_text(RIGHT)
    with pytest.raises(ArgumentError, match="`case` is ''"):
        read_manifest(init_manifest(tmp_path))


@pytest.mark.parametrize("name", ["new\nline", "caf\udce9", "right \u202e to left", "blank "], ids=ascii)
def test_a_name_that_no_manifest_can_hold_is_said_before_anything_is_written(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    (folder / "a.py").write_text("def f(): pass\n")
    with pytest.raises(ArgumentError, match="rename it"):
        init_manifest(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_who_handed_in_no_code_is_told(tmp_path, capsys):
    for name, file in (("ann", "a.py"), ("bob", "readme.txt")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_text("")
    assert main(["batch", "--init", str(tmp_path)]) == 0
    assert "bob is left out: no *.py and no *.m in it" in capsys.readouterr().err
