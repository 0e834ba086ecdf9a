"""Tokens to the syntax tree of `port.migrate.syntax`, by recursive descent with MATLAB's own precedence.

Why not a grammar for editors: tree-sitter-matlab reads `-b^2` as `(-b)^2`, `2^3^2` as `2^(3^2)` and `A.^2'` as
`A.^(2')`, and gives no way back from Octave's spellings.  Here an error costs its statement and nothing else.
"""

import re
from dataclasses import replace

from port.errors import SourceError
from port.migrate.lexer import Lexer, Token, normalise
from port.migrate.syntax import (
    Assign,
    Binary,
    Blank,
    Body,
    Brace,
    Call,
    Cell,
    Colon,
    Command,
    Comment,
    Declare,
    DoUntil,
    End,
    Evaluate,
    Expression,
    Field,
    File,
    For,
    Function,
    Handle,
    If,
    Lambda,
    Leave,
    Matrix,
    Name,
    Number,
    Paren,
    Range,
    Row,
    Span,
    Statement,
    Switch,
    Text,
    Transpose,
    Try,
    Unary,
    Unreadable,
    Unwind,
    While,
    height,
    root,
)

DEEPEST = 60
HIGHEST = 150
MOST_BRANCHES = 500
MOST_REFUSALS = 1000
_LEVELS = (
    ("||",),
    ("&&",),
    ("|",),
    ("&",),
    ("<", "<=", "==", "~=", "!=", ">", ">="),
    (":",),
    ("+", "-", ".+", ".-"),
    ("*", "/", "\\", ".*", "./", ".\\"),
)
_TIGHTNESS = {op: level for level, ops in enumerate(_LEVELS) for op in ops}
_RANGE, _SUM = _TIGHTNESS[":"], _TIGHTNESS["+"]
_POWERS = ("^", ".^", "**", ".**")
_PREFIXES = ("-", "+", "~", "!")
_SPELLINGS = {"!=": "~=", "**": "^", ".**": ".^", ".+": "+", ".-": "-", "!": "~"}
_AUGMENTED = frozenset(f"{op}=" for op in "+ - * / \\ ^ .+ .- .* ./ .\\ .^ | &".split())
_COMMAND = re.compile(r"([A-Za-z_]\w*)[ \t]+(?=[A-Za-z_0-9'\"])", re.ASCII)
_COMMAND_WORDS = re.compile(
    r"(addpath|axis|cd|clc|clear|clearvars|close|colormap|format|graphics_toolkit|hold|load|mex|more|pkg|print|save|warning)"
    r"[ \t]+(?![=(])"
)
_WORDS = re.compile(r"""(?:'[^'\n]*'|"[^"\n]*"|[^;,%#\n])*""")
_WORD = re.compile(r"""'[^']*'|"[^"]*"|[^\s'"]+""")
_ENDS = {
    "if": ("end", "endif"),
    "for": ("end", "endfor"),
    "parfor": ("end", "endfor"),
    "while": ("end", "endwhile"),
    "switch": ("end", "endswitch"),
    "try": ("end", "end_try_catch"),
    "unwind_protect": ("end", "end_unwind_protect"),
    "function": ("end", "endfunction"),
}
_OPENS_BLOCK = re.compile(
    r"[ \t]*(if|for|parfor|while|switch|try|unwind_protect)\b(?!.*\bend\w*[ \t]*;?[ \t]*$)", re.M
)
_CLOSERS = frozenset(word for words in _ENDS.values() for word in words)
_FOREIGN = {
    "classdef": "a class is not translated: write its methods as functions that take a struct and return it",
    "arguments": "an `arguments` block is not translated: give defaults with `if nargin < 2`, check with `size`",
    "spmd": "`spmd` runs on several workers at once and is not translated: write a loop",
}
_DIVIDERS = frozenset(("else", "elseif", "case", "otherwise", "catch", "until", "unwind_protect_cleanup"))
_STOPS = _CLOSERS | _DIVIDERS | {"function"}
_OPENERS = frozenset((*_ENDS, "do")) - {"function"}
_NOTHING = Token("eof", "", 0, 0, False)


def parse(source: str | bytes) -> File:
    """Parse a whole file; what cannot be read is in `.refusals` and the rest is still there.

    Never raises for bad source: the worst file is one refusal.
    """
    return Parser(normalise(source)).file()


def parse_expression(text: str) -> Expression:
    """Parse one expression; raises SourceError."""
    parser = Parser(normalise(text))
    parser.fetch()
    result = parser.expression()
    parser.end_of_statement()
    return result


class Parser:
    """One pass over one normalised source."""

    def __init__(self, source: str) -> None:
        self.lexer = Lexer(source)
        self.source = source
        self.offset = 0
        self.tokens = [_NOTHING]
        self.position = 0
        self.token = _NOTHING
        self.taken = 0
        self.in_matrix = False
        self.heads: list[int] = []
        self.nesting = 0
        self.variables: set[str] = set()
        self.refusals: list[Unreadable] = []
        self.unclosed = 0

    # -- tokens -----------------------------------------------------------------------------------

    def fetch(self) -> None:
        """Read the tokens of the next statement line."""
        self.tokens = self.lexer.statement_line(self.offset)
        self.go_to(0)
        self.offset = self.tokens[-1].end

    def go_to(self, position: int) -> None:
        """Make the token at a position of the line the current one."""
        self.position = position
        self.token = self.tokens[position]

    @property
    def following(self) -> Token:
        return self.tokens[min(self.position + 1, len(self.tokens) - 1)]

    def advance(self) -> Token:
        """Take the current token."""
        taken = self.token
        position = self.position + 1
        if position < len(self.tokens):
            self.position = position
            self.token = self.tokens[position]
            self.taken = taken.end
        return taken

    def leave_line(self) -> None:
        """Leave what is left of the current statement line."""
        self.go_to(len(self.tokens) - 1)

    def at(self, *texts: str) -> bool:
        """Whether the current token is one of these operators or keywords."""
        return self.token.text in texts and self.token.kind in ("op", "keyword", "end")

    def take(self, text: str) -> Token:
        """Take this operator or keyword, or raise."""
        if not self.at(text):
            raise self.unexpected(f"expected '{text}'")
        return self.advance()

    def unexpected(self, wanted: str) -> SourceError:
        """The error for the current token."""
        token = self.token
        text = self.source[token.start : token.end][:40]
        found = "the end of the line" if token.kind in ("newline", "eof") else f"'{text}'"
        if token.kind == "op" and text == "=":
            found = "'=' (to compare, write '=='; to assign once more, start a new statement)"
        return self.lexer.error(f"{wanted}, found {found}", token.start)

    def since(self, start: int) -> Span:
        """The span from `start` to the end of the last token taken."""
        return self.lexer.span(start, max(self.taken, start))

    # -- files and functions ----------------------------------------------------------------------

    def file(self) -> File:
        """The whole file."""
        script: list[Statement] = []
        functions: list[Function] = []
        closed = False
        while self.more():
            script.extend(self.block())
            if closed and self.here("end", "endfunction"):
                self.advance()
                self.end_quietly()
            elif self.here("function"):
                functions.append(self.function(script))
                closed = closed or functions[-1].ended
            elif self.more():
                word, place = self.token.text, self.token.start
                reason = "closes nothing" if word in _CLOSERS else "belongs to no block: one is missing above"
                self.refuse(self.lexer.error(f"'{word}' {reason}", place), place)
                self.advance()
        if self.refusals and not script and not functions:
            script.extend(self.refusals)
        span = self.lexer.span(0, len(self.source))
        return File(
            self.source, tuple(script), tuple(functions), self.lexer.trailing, tuple(self.refusals), span=span
        )

    def more(self) -> bool:
        """Whether anything is left to read."""
        return self.pending() or self.offset < len(self.source)

    def pending(self) -> bool:
        """Whether the current statement line has tokens left."""
        return self.token.kind not in ("newline", "eof")

    def here(self, *words: str) -> bool:
        """Whether the next statement starts with one of these keywords."""
        return self.token.kind == "keyword" and self.token.text in words

    def function(self, before: list[Statement]) -> Function:
        """A function definition; comments right above it count as its help when it has none below its head."""
        start = self.token.start
        above = _comments_above(before) if before else []
        self.advance()
        try:
            outputs, name, parameters, defaults = self.signature()
            self.end_of_statement()
        except SourceError as error:
            self.refuse(error, start)
            self.leave_line()
            outputs, name, parameters, defaults = (), "unreadable", (), ()
        self.variables = {*outputs, *parameters}
        body = self.block()
        ended = self.here("end", "endfunction")
        if ended:
            self.advance()
            self.end_quietly()
        text = tuple(self.leading_comments(body)) or tuple(above)
        if above and not self.leading_comments(body):
            del before[len(before) - len(above) :]
        span = self.lexer.span(start, max(self.offset, start))
        return Function(name, parameters, outputs, body, text, ended, defaults, span=span)

    @staticmethod
    def leading_comments(body: Body) -> list[str]:
        """The comment lines a body starts with."""
        lines: list[str] = []
        for statement in body:
            if isinstance(statement, Comment):
                lines.append(statement.text)
            elif not (isinstance(statement, Blank) and not lines):
                break
        return lines

    def signature(self) -> tuple[tuple[str, ...], str, tuple[str, ...], Body]:
        """`[a, b] = name(c, d = 2)` with each part optional, and what sets the parameters that are not given."""
        outputs: tuple[str, ...] = ()
        if self.at("["):
            self.advance()
            outputs = self.names("]")
            self.take("=")
        elif self.following.text == "=":
            outputs = (self.identifier(),)
            self.take("=")
        name = self.identifier()
        while self.at("."):
            self.advance()
            name = f"{name}_{self.identifier()}"
        parameters: tuple[str, ...] = ()
        defaults: list[Statement] = []
        if self.at("("):
            self.advance()
            parameters = self.names(")", defaults)
        return outputs, name, parameters, tuple(defaults)

    def names(self, closer: str, defaults: list[Statement] | None = None) -> tuple[str, ...]:
        """Names up to a closing bracket; `~` stands for an ignored one, `= value` is added to the defaults."""
        found: list[str] = []
        while not self.at(closer):
            if self.at(","):
                self.advance()
            elif self.at("~", "!"):
                self.advance()
                found.append(f"ignored{len(found) + 1}")
            elif self.at("=") and found and defaults is not None:
                defaults.append(self.default_of(found[-1]))
            else:
                found.append(self.identifier())
        self.advance()
        return tuple(found)

    def default_of(self, name: str) -> Statement:
        """`= value` behind a parameter, of which MATLAB knows nothing."""
        start = self.advance().start
        value = self.expression()
        span = self.since(start)
        missing = Unary("~", Call(Name("exist"), (Text(name), Text("var"))))
        return If(((missing, (Assign((Name(name),), value, span=span),)),), span=span)

    def identifier(self) -> str:
        """Take a name."""
        if self.token.kind != "name":
            raise self.unexpected("expected a name")
        return self.advance().text

    # -- statements -------------------------------------------------------------------------------

    def block(self) -> Body:
        """Statements up to a keyword that ends or divides blocks (left in place) or the end of the file."""
        found: list[Statement] = []
        while True:
            if not self.pending():
                if self.offset >= len(self.source):
                    break
                if self.own_line(found) or not self.next_line(found):
                    continue
            token = self.token
            if token.kind == "keyword" and token.text in _STOPS:
                break
            if token.kind == "op" and token.text in (";", ","):
                self.advance()
            elif self.pending():
                found.append(self.guarded_statement())
        return tuple(found)

    def next_line(self, found: list[Statement]) -> bool:
        """Fetch the next statement line; a line that cannot be read is refused, with the block that it opens."""
        start = self.offset
        try:
            self.fetch()
            return True
        except SourceError as error:
            self.unclosed += "never closed" in str(error)
            found.append(self.refuse(error, start))
            opens = _OPENS_BLOCK.match(self.source, start)
            self.skip_line()
            if opens:
                self.skip_block()
            return False

    def skip_line(self) -> None:
        """Go to the start of the next line; give up the file where brackets stay open again and again."""
        self.tokens = [_NOTHING]
        self.go_to(0)
        end = self.source.find("\n", max(self.offset, self.lexer.reached))
        gives_up = end < 0 or self.unclosed > 5 or len(self.refusals) > MOST_REFUSALS
        self.offset = len(self.source) if gives_up else end + 1

    def skip_block(self) -> None:
        """Pass over a block whose head cannot be read, up to its end, so that its `end` closes nothing else."""
        depth = 1
        while depth and self.more():
            if not self.pending():
                self.next_of_skipped()
                continue
            if self.here("function"):
                return
            word = self.advance()
            if word.kind == "keyword":
                depth += (word.text in _OPENERS) - (word.text in _CLOSERS or word.text == "until")
        self.end_quietly()

    def next_of_skipped(self) -> None:
        """Fetch the next line of a block that is passed over, whatever it holds."""
        try:
            if not self.own_line([]):
                self.fetch()
        except SourceError:
            self.skip_line()

    def own_line(self, found: list[Statement]) -> bool:
        """Take a blank line, comment line or block comment at the current offset."""
        line = self.lexer.line_of(self.offset)
        text = self.lexer.line_text(line)
        stripped = text.strip()
        if self.lexer.opens_block(self.offset):
            found.extend(self.block_comment())
            return True
        if stripped and stripped[0] not in "%#":
            return False
        span = self.lexer.span(self.offset, self.offset + len(text))
        found.append(Comment(stripped.lstrip("%#").rstrip(), span=span) if stripped else Blank(span=span))
        self.offset += len(text) + 1
        return True

    def block_comment(self) -> list[Statement]:
        """The lines of a block comment; one that never closes is refused, and takes the rest of the file along."""
        start = self.offset
        refused: list[Statement] = []
        try:
            end = self.lexer.block_end(start)
        except SourceError as error:
            refused = [self.refuse(error, start)]
            end = len(self.source)
        span = self.lexer.span(start, end)
        inner = self.source[start:end].split("\n")[1:-1]
        self.offset = end + 1
        return [*refused, *(Comment(row.strip(), span=span) for row in inner)]

    def guarded_statement(self) -> Statement:
        """A statement, or the refusal of one that cannot be read."""
        start = self.token.start
        blocks = len(self.heads)
        try:
            return self.statement()
        except (SourceError, RecursionError) as error:
            self.recover(blocks)
            refused = self.refuse(error, start)
            self.leave_line()
            return refused

    def recover(self, blocks: int) -> None:
        """Forget what an error left open, down to this many blocks."""
        self.in_matrix, self.nesting = False, 0
        del self.heads[blocks:]

    def refuse(self, error: Exception, start: int) -> Unreadable:
        """Note a refusal; after very many, the rest of the file is given up."""
        span = self.lexer.span(start, start)
        message = str(error)
        if isinstance(error, RecursionError):
            message = str(self.lexer.error("this is nested too deeply", start))
        if len(self.refusals) == MOST_REFUSALS:
            reason = f"more than {MOST_REFUSALS:,} statements cannot be read: what follows is left out"
            message = str(self.lexer.error(reason, start))
        if len(self.refusals) >= MOST_REFUSALS:
            self.offset = len(self.source)
        refused = Unreadable(message, self.lexer.line_text(span.line).strip()[:200], span=span)
        if len(self.refusals) <= MOST_REFUSALS:
            self.refusals.append(refused)
        return refused

    def statement(self) -> Statement:
        """One statement."""
        start = self.token.start
        if self.token.kind == "keyword":
            statement = self.keyword_statement()
        else:
            self.refuse_foreign()
            statement = self.command() or self.simple()
        return replace(statement, span=self.since(start))

    def refuse_foreign(self) -> None:
        """Refuse, with its whole block, what MATLAB has for classes and the like."""
        token = self.token
        reason = _FOREIGN.get(token.text) if token.kind == "name" else None
        if reason is None or token.text in self.variables:
            return
        alone = self.following.kind in ("newline", "eof")
        if alone or (token.text == "classdef" and self.following.kind == "name"):
            error = self.lexer.error(reason, token.start)
            self.leave_line()
            if token.text == "classdef":
                self.offset = len(self.source)
            else:
                self.skip_block()
            raise error

    def command(self) -> Command | None:
        """Command syntax: a name that is no variable, white space, then a word."""
        following = self.following
        if (
            self.token.kind != "name"
            or not following.space
            or self.token.text in self.variables
            or (following.kind == "op" and following.text in ("=", "("))
        ):
            return None
        start = self.token.start
        match = _COMMAND.match(self.source, start) or _COMMAND_WORDS.match(self.source, start)
        words = _WORDS.match(self.source, match.end()) if match else None
        if match is None or words is None:
            return None
        while self.pending() and self.token.start < words.end():
            self.advance()
        return Command(match.group(1), tuple(word.strip("'\"") for word in _WORD.findall(words.group())))

    def simple(self) -> Statement:
        """An assignment or an expression."""
        if self.at("[") and self.assigns_several():
            return self.assign_several()
        target = self.expression()
        if self.at("="):
            self.advance()
            self.bind(target)
            return Assign((target,), self.chained(), self.shown())
        if self.token.text in _AUGMENTED and self.token.kind == "op":
            op = self.advance().text[:-1]
            op = _SPELLINGS.get(op, op)
            value: Expression = Binary(op, target, Paren(self.expression()), span=target.span)
            self.bind(target)
            return Assign((target,), _simplified(value), self.shown())
        if self.at("+", "-"):
            op = self.advance().text
            self.take(op)
            self.bind(target)
            return Assign((target,), Binary(op, target, Number(1, "1"), span=target.span), self.shown())
        return Evaluate(target, self.shown())

    def chained(self) -> Expression:
        """The right-hand side; `a = b = c` is refused by what follows."""
        return self.expression()

    def bind(self, target: Expression) -> None:
        """Note the variable that is assigned to."""
        name = root(target)
        if name is None:
            raise self.lexer.error(
                "only a variable, its elements and its fields can be assigned to", target.span.start
            )
        self.variables.add(name)

    def assigns_several(self) -> bool:
        """Whether the bracket here closes before a single `=`."""
        depth = 0
        for place in range(self.position, len(self.tokens)):
            text = self.tokens[place].text
            if self.tokens[place].kind == "op" and text in "([{":
                depth += 1
            elif self.tokens[place].kind == "op" and text in ")]}":
                depth -= 1
                if depth == 0:
                    after = self.tokens[min(place + 1, len(self.tokens) - 1)]
                    return after.kind == "op" and after.text == "="
        return False

    def assign_several(self) -> Statement:
        """`[a, ~, b.c] = value`."""
        if self.following.text == "]":
            raise self.lexer.error("`[] = ` names nothing that the value could be given to", self.token.start)
        self.advance()
        targets: list[Expression | None] = []
        outer, self.in_matrix = self.in_matrix, True
        while not self.at("]"):
            if self.at(","):
                self.advance()
            elif (self.at("~", "!") and self.following.text in (",", "]", "~", "!")) or (
                self.at("~", "!") and self.following.space
            ):
                self.advance()
                targets.append(None)
            else:
                target = self.postfix()
                self.bind(target)
                targets.append(target)
        self.advance()
        self.in_matrix = outer
        self.take("=")
        value = self.expression()
        return Assign(tuple(targets), value, self.shown(), several=True)

    def shown(self) -> bool:
        """Take the statement's end; True where no semicolon hides the value."""
        self.end_of_statement(take=False)
        if self.at(";"):
            self.advance()
            return False
        if self.at(","):
            self.advance()
        return True

    def end_of_statement(self, take: bool = True) -> None:
        """Require that a statement ends here."""
        if self.token.kind in ("newline", "eof", "keyword"):
            return
        if not self.at(";", ","):
            raise self.unexpected("expected an operator or the end of the statement")
        if take:
            self.advance()

    def end_quietly(self) -> None:
        """Take a separator when there is one."""
        if self.pending() and self.at(";", ","):
            self.advance()

    def keyword_statement(self) -> Statement:
        """A statement that starts with a keyword."""
        word = self.advance().text
        if word in ("break", "continue", "return"):
            self.end_quietly()
            return Leave(word)
        if word in ("global", "persistent"):
            return self.declare(word)
        if word not in _OPENERS:
            self.go_to(self.position - 1)
            raise self.lexer.error(f"'{word}' has no place here", self.token.start)
        return self.compound(word)

    def compound(self, word: str) -> Statement:
        """A block statement behind its keyword; where it cannot be read, it is passed over up to its end."""
        start = self.taken - len(word)
        self.heads.append(start)
        blocks = len(self.heads)
        try:
            if blocks > DEEPEST:
                raise self.lexer.error(f"blocks are nested more than {DEEPEST} deep", start)
            return self.rest(word, *self.header(word))
        except (SourceError, RecursionError) as error:
            self.recover(blocks)
            refused = self.refuse(error, start)
            self.skip_block()
            return refused
        finally:
            self.heads.pop()

    def header(self, word: str) -> tuple[Expression | None, Expression | None]:
        """What stands behind `if`, `while`, `switch` (an expression) or `for` (target and range)."""
        if word in ("if", "while", "switch"):
            condition = self.expression()
            self.end_of_header()
            return condition, None
        if word in ("for", "parfor"):
            return self.for_header()
        return None, None

    def end_of_header(self) -> None:
        """What stands behind a condition: a separator, a new line, or a statement at once."""
        if self.token.text == "=" and self.token.kind == "op":
            raise self.unexpected("expected the end of the condition")
        self.end_quietly()

    def for_header(self) -> tuple[Expression, Expression]:
        """`k = range`, perhaps in parentheses."""
        wrapped = self.at("(") and self.closes_after_range()
        if wrapped:
            self.advance()
        target = self.postfix()
        self.bind(target)
        if self.token.text == "in":
            raise self.lexer.error("a loop is written `for k = 1:3`, without 'in'", self.token.start)
        self.take("=")
        over = self.expression()
        if wrapped and self.at(","):
            self.advance()
            self.expression()
        if wrapped:
            self.take(")")
        self.end_quietly()
        return target, over

    def closes_after_range(self) -> bool:
        """Whether `(` here opens `(k = range)`."""
        return any(
            t.text == "=" and t.kind == "op" for t in self.tokens[self.position + 1 : self.position + 6]
        )

    def rest(self, word: str, first: Expression | None, second: Expression | None) -> Statement:
        """A block statement behind its head."""
        if word == "if" and first is not None:
            return self.if_rest(first)
        if word == "switch" and first is not None:
            return self.switch_rest(first)
        if word == "try":
            return self.try_rest()
        if word == "do":
            return self.do_rest()
        if word == "unwind_protect":
            return self.unwind_rest()
        body = self.block()
        self.close(word)
        assert first is not None
        return While(first, body) if second is None else For(first, second, body)

    def do_rest(self) -> Statement:
        """The body, and the condition behind `until`."""
        body = self.block()
        if not self.here("until"):
            raise self.lexer.error("'do' is never closed with 'until'", self.heads[-1])
        self.advance()
        condition = self.expression()
        self.end_quietly()
        return DoUntil(body, condition)

    def unwind_rest(self) -> Statement:
        """The body and the cleanup."""
        body = self.block()
        cleanup: Body = ()
        if self.here("unwind_protect_cleanup"):
            self.advance()
            cleanup = self.block()
        self.close("unwind_protect")
        return Unwind(body, cleanup)

    def close(self, word: str) -> None:
        """Take the `end` of a block."""
        if not self.here(*_ENDS[word]):
            line = self.lexer.line_of(self.token.start)
            found = f": '{self.token.text}' in line {line} does not close it" if self.pending() else ""
            raise self.lexer.error(f"'{word}' is never closed with 'end'{found}", self.heads[-1])
        self.advance()
        self.end_quietly()

    def if_rest(self, condition: Expression) -> Statement:
        """Branches up to `end`."""
        branches: list[tuple[Expression, Body]] = []
        otherwise: Body = ()
        while True:
            branches.append((condition, self.block()))
            self.limit_branches(len(branches))
            if not self.here("elseif"):
                break
            self.advance()
            condition = self.expression()
            self.end_of_header()
        if self.here("else"):
            self.advance()
            otherwise = self.block()
        self.close("if")
        return If(tuple(branches), otherwise)

    def limit_branches(self, count: int) -> None:
        """Python cannot read an `if` of thousands of branches."""
        if count > MOST_BRANCHES:
            raise self.lexer.error(
                f"more than {MOST_BRANCHES} branches: look the value up in a table", self.heads[-1]
            )

    def switch_rest(self, subject: Expression) -> Statement:
        """Cases up to `end`."""
        cases: list[tuple[Expression, Body]] = []
        otherwise: Body = ()
        self.block()
        while self.here("case", "otherwise"):
            if self.advance().text == "case":
                choice = self.expression()
                self.end_quietly()
                cases.append((choice, self.block()))
                self.limit_branches(len(cases))
            else:
                otherwise = self.block()
        self.close("switch")
        return Switch(subject, tuple(cases), otherwise)

    def try_rest(self) -> Statement:
        """The body, `catch err` and the handler."""
        self.end_quietly()
        body = self.block()
        error: str | None = None
        handler: Body = ()
        if self.here("catch"):
            line = self.lexer.line_of(self.advance().start)
            if (
                self.token.kind == "name"
                and self.lexer.line_of(self.token.start) == line
                and self.names_error()
            ):
                error = self.advance().text
                self.variables.add(error)
            self.end_quietly()
            handler = self.block()
        self.close("try")
        return Try(body, error, handler)

    def names_error(self) -> bool:
        """Whether the name behind `catch` stands alone there."""
        return self.following.kind in ("newline", "eof") or self.following.text in (";", ",")

    def declare(self, word: str) -> Statement:
        """`global a b`, `persistent n = 0`."""
        names: list[str] = []
        values: list[Expression | None] = []
        while self.token.kind == "name":
            names.append(self.advance().text)
            values.append(None)
            if self.at("="):
                self.advance()
                values[-1] = self.expression()
        self.variables.update(names)
        self.end_of_statement()
        return Declare(word, tuple(names), tuple(values))

    # -- expressions ------------------------------------------------------------------------------

    def expression(self) -> Expression:
        """An expression, outermost level."""
        self.nesting += 1
        if self.nesting > DEEPEST:
            raise self.lexer.error(f"the expression is nested more than {DEEPEST} deep", self.token.start)
        start, before = self.token.start, self.position
        result = self.operation(0)
        self.nesting -= 1
        if self.nesting == 0 and self.position - before > HIGHEST and height(result) > HIGHEST:
            advice = "compute it in several statements"
            raise self.lexer.error(f"more than {HIGHEST} operations build on each other: {advice}", start)
        return result

    def operation(self, loosest: int) -> Expression:
        """Operands joined by operators at least this tight, from the left."""
        start = self.token.start
        left = self.prefix()
        while self.token.kind == "op":
            tightness = _TIGHTNESS.get(self.token.text, -1)
            if tightness < loosest or (tightness == _SUM and self.starts_anew()):
                break
            if tightness == _RANGE:
                if self.following.kind == "op" and self.following.text in (")", ","):
                    break
                left = self.range(left, start)
            else:
                op = self.advance().text
                right = self.operation(tightness + 1)
                left = Binary(_SPELLINGS.get(op, op), left, right, span=self.since(start))
        return left

    def starts_anew(self) -> bool:
        """Whether a sign joins nothing: ` -b` starts an element of a matrix, `i++` ends a statement."""
        token, following = self.token, self.following
        if self.in_matrix and token.space and not following.space:
            return True
        if following.text != token.text or following.space:
            return False
        after = self.tokens[min(self.position + 2, len(self.tokens) - 1)]
        return after.kind in ("newline", "eof") or (after.kind == "op" and after.text in (";", ","))

    def range(self, first: Expression, start: int) -> Expression:
        """`a:b` or `a:step:b`, behind `a`."""
        self.advance()
        second = self.operation(_SUM)
        if not self.at(":") or (self.following.kind == "op" and self.following.text in (")", ",")):
            return Range(first, None, second, span=self.since(start))
        self.advance()
        third = self.operation(_SUM)
        if self.at(":"):
            raise self.lexer.error("a range has a start, a step and a stop, no more", self.token.start)
        return Range(first, second, third, span=self.since(start))

    def prefix(self) -> Expression:
        """Signs and `~`, looser than powers."""
        ops = self.prefixes()
        return self.signed(ops, self.power())

    def prefixes(self) -> list[Token]:
        """Take the signs that stand here."""
        ops: list[Token] = []
        while self.token.kind == "op" and self.token.text in _PREFIXES:
            ops.append(self.advance())
        return ops

    def signed(self, ops: list[Token], operand: Expression) -> Expression:
        """An operand under its signs, the last of them first."""
        for op in reversed(ops):
            operand = Unary(_SPELLINGS.get(op.text, op.text), operand, span=self.since(op.start))
        return operand

    def power(self) -> Expression:
        """Powers and transposes, one level, from the left: `a.^b'` is `(a.^b)'`."""
        start = self.token.start
        left = self.postfix()
        while self.token.kind == "op":
            if self.token.text in ("'", ".'") and not (self.in_matrix and self.token.space):
                left = Transpose(self.advance().text, left, span=self.since(start))
                if self.at("(") and not self.token.space:
                    left = self.subscripted(left, start)
            elif self.token.text in _POWERS:
                op = self.advance().text
                ops = self.prefixes()
                exponent = self.signed(ops, self.postfix())
                left = Binary(_SPELLINGS.get(op, op), left, exponent, span=self.since(start))
            else:
                break
        return left

    def postfix(self) -> Expression:
        """An operand with its subscripts and fields."""
        start = self.token.start
        return self.subscripted(self.operand(), start)

    def subscripted(self, result: Expression, start: int) -> Expression:
        """The subscripts and fields behind an operand."""
        steps = 0
        while self.token.kind == "op" and not (self.in_matrix and self.token.space):
            text = self.token.text
            if text == "(":
                result = Call(result, self.arguments(")"), span=self.since(start))
            elif text == "{":
                result = Brace(result, self.arguments("}"), span=self.since(start))
            elif text == ".":
                self.advance()
                result = Field(result, self.field_name(), span=self.since(start))
            else:
                break
            steps += 1
            if steps > DEEPEST:
                raise self.lexer.error(f"more than {DEEPEST} subscripts and fields in a row", start)
        return result

    def field_name(self) -> str | Expression:
        """A field's name, or the expression in `s.(expression)`."""
        if not self.at("("):
            return self.identifier()
        self.advance()
        outer, self.in_matrix = self.in_matrix, False
        name = self.expression()
        self.in_matrix = outer
        self.take(")")
        return name

    def arguments(self, closer: str) -> Row:
        """Arguments between brackets; `:` alone is a Colon."""
        self.advance()
        outer, self.in_matrix = self.in_matrix, False
        found: list[Expression] = []
        while not self.at(closer):
            if self.at(":") and self.following.text in (",", closer):
                colon = self.advance()
                found.append(Colon(span=self.lexer.span(colon.start, colon.end)))
            elif self.at("~", "!") and self.following.text in (",", closer):
                raise self.unexpected("expected an argument")
            else:
                found.append(self.expression())
            if not self.at(closer):
                self.take(",")
        self.advance()
        self.in_matrix = outer
        return tuple(found)

    def operand(self) -> Expression:
        """A literal, a name, a bracketed expression, a handle."""
        token = self.token
        span = self.lexer.span(token.start, token.end)
        if token.kind == "number":
            return self.number()
        if token.kind == "text":
            self.advance()
            return Text(token.text[1:], token.text[0] == '"', span=span)
        if token.kind == "name":
            self.advance()
            return Name(token.text, span=span)
        if token.kind == "end":
            self.advance()
            return End(span=span)
        if self.at("("):
            self.advance()
            outer, self.in_matrix = self.in_matrix, False
            inner = self.expression()
            self.in_matrix = outer
            self.take(")")
            return Paren(inner, span=self.since(token.start))
        if self.at("[", "{"):
            return self.matrix()
        if self.at("@"):
            return self.handle()
        raise self.unexpected("expected a value")

    def number(self) -> Expression:
        """A numeric literal."""
        token = self.advance()
        text = token.text
        span = self.lexer.span(token.start, token.end)
        if text[:2] in ("0x", "0X"):
            return Number(_hexadecimal(text), text, span=span)
        if text[-1] in "ijIJ":
            return Number(complex(0, float(_decimal(text[:-1]))), text, span=span)
        value = float(_decimal(text))
        return Number(int(value) if text.isdigit() and value < 2**53 else value, text, span=span)

    def matrix(self) -> Expression:
        """`[...]` or `{...}`: elements by comma or white space, rows by semicolon or newline."""
        opener = self.advance()
        closer = "]" if opener.text == "[" else "}"
        outer, self.in_matrix = self.in_matrix, True
        rows: list[Row] = []
        row: list[Expression] = []
        while not self.at(closer):
            if self.at(";") or self.token.kind == "newline":
                self.advance()
                if row:
                    rows.append(tuple(row))
                row = []
            elif self.at(","):
                self.advance()
            else:
                row.append(self.expression())
        if row:
            rows.append(tuple(row))
        self.advance()
        self.in_matrix = outer
        make = Matrix if closer == "]" else Cell
        return make(tuple(rows), span=self.since(opener.start))

    def handle(self) -> Expression:
        """`@name` or `@(parameters) body`."""
        start = self.advance().start
        if self.at("("):
            self.advance()
            outer, self.in_matrix = self.in_matrix, False
            parameters = self.names(")")
            body = self.expression()
            self.in_matrix = outer
            return Lambda(parameters, body, span=self.since(start))
        name = self.identifier()
        while self.at(".") and not self.token.space:
            self.advance()
            name = f"{name}.{self.identifier()}"
        return Handle(name, span=self.since(start))


def _hexadecimal(text: str) -> int | float:
    """The value of `0xff`; what no double holds exactly becomes the nearest, or Inf."""
    value = int(text, 16)
    if value < 2**53:
        return value
    return float(value) if value < 2**1023 else float("inf")


def _decimal(text: str) -> str:
    return text.replace("d", "e").replace("D", "e")


def _simplified(value: Expression) -> Expression:
    """Drop the parentheses put around the right side of `+=` where they cannot matter."""
    if (
        isinstance(value, Binary)
        and isinstance(value.right, Paren)
        and isinstance(value.right.inner, Name | Number | Call | Paren)
    ):
        return replace(value, right=value.right.inner)
    return value


def _comments_above(script: list[Statement]) -> list[str]:
    """The comment lines that a list of statements ends with."""
    lines: list[str] = []
    for statement in reversed(script):
        if not isinstance(statement, Comment):
            break
        lines.append(statement.text)
    return lines[::-1]
