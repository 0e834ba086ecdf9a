"""Which case covers which construct and which built-in function of coursework: the table in `COVERAGE.md`."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

import tree_sitter_matlab  # noqa: E402
from translate.corpus import Case  # noqa: E402
from tree_sitter import Language, Node, Parser  # noqa: E402

SYNTAX = """
identifier number arguments function_call binary_operator assignment comment parenthesis block field_expression row
spread_operator postfix_operator range comparison_operator matrix source_file multioutput_variable string_content string
function_definition function_arguments function_output unary_operator if_statement iterator for_statement
line_continuation else_clause end_keyword elseif_clause boolean_operator not_operator case_clause handle_operator
break_statement command_argument command command_name while_statement formatting_sequence escape_sequence
switch_statement lambda otherwise_clause return_statement cell ignored_argument global_operator try_statement
catch_clause persistent_operator continue_statement
""".split()
OPERATORS = """* - + ' / .* > < == | .^ ./ && & || ~= ^ >= .' \\ <=""".split()
OCTAVE = [
    "!",
    "!=",
    "+=",
    "-=",
    "*=",
    "/=",
    "++",
    "--",
    "#",
    "endif",
    "endfor",
    "endwhile",
    "endfunction",
    "until",
]
BUILTINS = """
size zeros sum ones length log exp reshape error max bsxfun min repmat numel sqrt isempty eval isfield nargin mean abs
fprintf exist find eye strcmp isinf isnan assert nargout int2str realmin diag std optimset logical cell linspace fflush
isreal svd randn squeeze pinv round double eps num2str pi arrayfun trace sparse conv2 feval kron tanh eig cov convn
realmax any full inv rand cumsum flipdim disp floor flipud isstruct norm sin prod rem sort warning sprintf evalin power
fliplr sub2ind rot90 cos transpose var xlabel ylabel plot det mod ischar randperm eigs inline meshgrid sign false chol
sech ndims fix
""".split()
NEIGHBOURS = """
Inf NaN accumarray all cat ceil cell2mat cellfun char class clc clear close columns containers.Map conv corrcoef cross
cumprod deal diff dot end erf factorial fft fieldnames figure filter flip func2str gamma global hist histc hold horzcat
idivide ifft imag ind2sub int32 int8 interp1 intersect isa iscell ischar isequal isfield isKey ismember isnumeric isrow
isscalar isspace isvector keys length linspace load log10 log2 logspace lower lu magic mat2str median mode ndgrid nnz
nchoosek null num2cell numel permute persistent polyfit polyval primes qr rank real regexp regexprep rmfield roots rows
save setdiff setfield single stdout str2double str2func str2num strcat strfind strjoin strncmp strrep strsplit strtok
strtrim struct structfun sum sumsq tic toc trapz tril triu true uint8 union unique upper validatestring values varargin
varargout vertcat xor
""".split()
NOT_POSSIBLE = {".+": "Octave 7 has it no more", ".-": "Octave 7 has it no more", "ERROR": "no construct"}
PARSER = Parser(Language(tree_sitter_matlab.language()))


def nodes(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    for child in node.children:
        yield from nodes(child)


def used(case: Case) -> set[str]:
    """The constructs, operators and names that a case's sources use."""
    found: set[str] = set()
    for path in case.sources:
        source = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n") + b"\n"
        for node in nodes(PARSER.parse(source).root_node):
            found.add(node.type)
            if node.type in ("identifier", "command_name", "function_name") and node.text:
                found.add(node.text.decode())
        text = source.decode("utf-8", "replace")
        found |= {name for name in (*OCTAVE, "containers.Map") if name in text}
    return found


def covered(chosen: list[Case]) -> dict[str, list[str]]:
    """The cases that use each construct, operator or built-in of the lists."""
    wanted = [*SYNTAX, *OPERATORS, *OCTAVE, *BUILTINS, *NEIGHBOURS]
    by_name: dict[str, list[str]] = defaultdict(list)
    for case in chosen:
        names = used(case)
        for name in wanted:
            if name in names and case.folder.name not in by_name[name]:
                by_name[name].append(case.folder.name)
    return {name: by_name[name] for name in dict.fromkeys(wanted)}


def table(chosen: list[Case]) -> str:
    """The table in Markdown, with at most six cases a row."""
    found = covered(chosen)
    parts = [
        f"# What the {len(chosen)} cases cover\n\nWritten by `golden.py` from the sources; up to six cases a row.\n"
    ]
    groups = {
        "Syntax": SYNTAX,
        "Operators": OPERATORS,
        "Octave": OCTAVE,
        "Built-in functions": BUILTINS,
        "Neighbours": NEIGHBOURS,
    }
    for title, names in groups.items():
        rows = [
            f"| `{name.replace('|', chr(92) + '|')}` | {_listed(found[name])} |"
            for name in dict.fromkeys(names)
        ]
        parts.append(f"\n## {title}\n\n| | cases |\n|---|---|\n" + "\n".join(rows) + "\n")
    return "".join(parts)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return ", ".join(names[:6]) + more
