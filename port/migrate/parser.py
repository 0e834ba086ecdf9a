"""Tokens to the syntax tree of `port.migrate.syntax`, by recursive descent with MATLAB's own precedence.

Why not a grammar for editors: tree-sitter-matlab reads `-b^2` as `(-b)^2`, `2^3^2` as `2^(3^2)` and `A.^2'` as
`A.^(2')`, and gives no way back from Octave's spellings.  Here an error costs its statement and nothing else.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

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
    Statement,
    Switch,
    Text,
    Transpose,
    Try,
    Unary,
    Unreadable,
    Unwind,
    While,
    root,
)

N = TypeVar("N", bound=Expression | Statement)
DEEPEST = 60
_LEVELS = (("||",), ("&&",), ("|",), ("&",), ("<", "<=", "==", "~=", "!=", ">", ">="))
_ADDITIVE = ("+", "-", ".+", ".-")
_MULTIPLICATIVE = ("*", "/", "\\", ".*", "./", ".\\")
_POWERS = ("^", ".^", "**", ".**")
_PREFIXES = ("-", "+", "~", "!")
_SPELLINGS = {"!=": "~=", "**": "^", ".**": ".^", ".+": "+", ".-": "-", "!": "~"}
_AUGMENTED = ("+=", "-=", "*=", "/=", "^=", "|=", "&=")
_COMMAND = re.compile(r"([A-Za-z_]\w*)[ \t]+(?=[A-Za-z_0-9'\"])(?!=)([^\n]*)", re.ASCII)
_COMMAND_WORDS = re.compile(
    r"(addpath|axis|cd|clc|clear|clearvars|close|colormap|format|graphics_toolkit|hold|load|mex|more|pkg|print|save|warning)"
    r"[ \t]+(?![=(])([^\n]*)"
)
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
_OPENS_BLOCK = re.compile(r"[ \t]*(if|for|parfor|while|switch|try|unwind_protect)\b")
_CLOSERS = frozenset(word for words in _ENDS.values() for word in words)
_DIVIDERS = frozenset(("else", "elseif", "case", "otherwise", "catch", "until", "unwind_protect_cleanup"))


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
        self.tokens: list[Token] = []
        self.position = 0
        self.in_matrix = False
        self.depth = 0
        self.variables: set[str] = set()
        self.refusals: list[Unreadable] = []
        self.unclosed = 0

    # -- tokens -----------------------------------------------------------------------------------

    def fetch(self) -> None:
        """Read the tokens of the next statement line."""
        self.tokens = self.lexer.statement_line(self.offset)
        self.position = 0
        self.offset = self.tokens[-1].end

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    @property
    def following(self) -> Token:
        return self.tokens[min(self.position + 1, len(self.tokens) - 1)]

    def advance(self) -> Token:
        """Take the current token."""
        taken = self.tokens[self.position]
        if self.position < len(self.tokens) - 1:
            self.position += 1
        return taken

    def at(self, *texts: str) -> bool:
        """Whether the current token is one of these operators or keywords."""
        token = self.token
        return token.kind in ("op", "keyword", "end") and token.text in texts

    def take(self, text: str) -> Token:
        """Take this operator or keyword, or raise."""
        if not self.at(text):
            raise self.unexpected(f"expected '{text}'")
        return self.advance()

    def unexpected(self, wanted: str) -> SourceError:
        """The error for the current token."""
        token = self.token
        found = "the end of the line" if token.kind in ("newline", "eof") else repr(token.text)
        return self.lexer.error(f"{wanted}, found {found}", token.start)

    def spanning(self, node: N, start: int) -> N:
        """The node with the span from `start` to the last token taken."""
        end = self.tokens[self.position - 1].end if self.position else start
        return replace(node, span=self.lexer.span(start, max(end, start)))

    # -- files and functions ----------------------------------------------------------------------

    def file(self) -> File:
        """The whole file."""
        script: list[Statement] = []
        functions: list[Function] = []
        while self.more():
            before = self.offset, self.position
            script.extend(self.block(lambda word: word == "function" or word in _CLOSERS | _DIVIDERS))
            if functions and self.here("end", "endfunction") and any(f.ended for f in functions):
                self.advance()
                self.end_quietly()
            elif self.here("function"):
                functions.append(self.function(script, first=not functions))
            elif self.more():
                self.refuse(
                    self.lexer.error(f"'{self.token.text}' closes nothing", self.token.start),
                    self.token.start,
                )
            if (self.offset, self.position) == before:
                self.skip_line()
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
        return (
            bool(self.tokens)
            and self.position < len(self.tokens)
            and self.token.kind not in ("newline", "eof")
        )

    def here(self, *words: str) -> bool:
        """Whether the next statement starts with one of these keywords."""
        return self.pending() and self.token.kind == "keyword" and self.token.text in words

    def function(self, before: list[Statement], first: bool) -> Function:
        """A function definition; comments right above it count as its help when it has none below its head."""
        start = self.token.start
        above = _comments_above(before) if before else []
        self.advance()
        try:
            outputs, name, parameters = self.signature()
            self.end_of_statement()
        except SourceError as error:
            self.refuse(error, start)
            outputs, name, parameters = (), "unreadable", ()
        self.variables = {*outputs, *parameters}
        body = self.block(lambda word: word in ("function", *_CLOSERS) or word in _DIVIDERS)
        ended = self.here("end", "endfunction")
        if ended:
            self.advance()
            self.end_quietly()
        text = tuple(self.leading_comments(body)) or tuple(above)
        if above and not self.leading_comments(body):
            del before[len(before) - len(above) :]
        span = self.lexer.span(start, max(self.offset, start))
        return Function(name, parameters, outputs, body, text, ended, span=span)

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

    def signature(self) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
        """`[a, b] = name(c, d)` with each part optional."""
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
        if self.at("("):
            self.advance()
            parameters = self.names(")")
        return outputs, name, parameters

    def names(self, closer: str) -> tuple[str, ...]:
        """Names up to a closing bracket; `~` stands for an ignored one."""
        found: list[str] = []
        while not self.at(closer):
            if self.at(","):
                self.advance()
            elif self.at("~", "!"):
                self.advance()
                found.append(f"ignored{len(found) + 1}")
            else:
                found.append(self.identifier())
        self.advance()
        return tuple(found)

    def identifier(self) -> str:
        """Take a name."""
        if self.token.kind != "name":
            raise self.unexpected("expected a name")
        return self.advance().text

    # -- statements -------------------------------------------------------------------------------

    def block(self, closes: Callable[[str], bool]) -> Body:
        """Statements up to a keyword for which `closes` holds (left in place) or the end of the file."""
        found: list[Statement] = []
        while True:
            if not self.pending():
                if self.offset >= len(self.source):
                    break
                if self.own_line(found):
                    continue
                if not self.next_line(found):
                    continue
            if not self.pending():
                continue
            if self.token.kind == "keyword" and closes(self.token.text):
                break
            if self.at(";", ","):
                self.advance()
                continue
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
            refused = self.refuse(error, start)
            found.append(refused)
            self.offset = start
            word = _OPENS_BLOCK.match(self.source, start)
            self.skip_line()
            if word and self.depth < DEEPEST:
                self.rest_of_block(word.group(1))
            return False

    def skip_line(self) -> None:
        """Go to the start of the next line; give up the file where brackets stay open again and again."""
        self.tokens, self.position = [], 0
        end = self.source.find("\n", self.offset)
        self.offset = len(self.source) if end < 0 or self.unclosed > 5 else end + 1

    def own_line(self, found: list[Statement]) -> bool:
        """Take a blank line, comment line or block comment at the current offset."""
        line = self.lexer.line_of(self.offset)
        text = self.lexer.line_text(line)
        stripped = text.strip()
        if self.lexer.opens_block(self.offset):
            end = self.lexer.block_end(self.offset)
            inner = self.source[self.offset : end].split("\n")[1:-1]
            found.extend(Comment(row.strip(), span=self.lexer.span(self.offset, end)) for row in inner)
            self.offset = end + 1
            return True
        if stripped and stripped[0] not in "%#":
            return False
        span = self.lexer.span(self.offset, self.offset + len(text))
        found.append(Comment(stripped.lstrip("%#").rstrip(), span=span) if stripped else Blank(span=span))
        self.offset += len(text) + 1
        return True

    def guarded_statement(self) -> Statement:
        """A statement, or the refusal of one that cannot be read."""
        start = self.token.start
        outer = self.in_matrix, self.depth
        try:
            return self.statement()
        except SourceError as error:
            self.in_matrix, self.depth = outer
            refused = self.refuse(error, start)
            if self.pending():
                self.position = len(self.tokens) - 1
            return refused

    def refuse(self, error: SourceError, start: int) -> Unreadable:
        """Note a refusal."""
        span = self.lexer.span(start, start)
        refused = Unreadable(str(error), self.lexer.line_text(span.line).strip(), span=span)
        self.refusals.append(refused)
        return refused

    def statement(self) -> Statement:
        """One statement."""
        start = self.token.start
        if self.token.kind == "keyword":
            return self.spanning(self.keyword_statement(), start)
        command = self.command()
        return self.spanning(command or self.simple(), start)

    def command(self) -> Command | None:
        """Command syntax: a name that is no variable, white space, then a word."""
        if (
            self.token.kind != "name"
            or self.token.text in self.variables
            or self.following.text in ("=", "(")
        ):
            return None
        start = self.token.start
        match = _COMMAND.match(self.source, start) or _COMMAND_WORDS.match(self.source, start)
        if match is None or not self.following.space:
            return None
        words = re.split(r"[;,%#\n]", match.group(2), maxsplit=1)[0].split()
        end = start + len(match.group(1)) + 1
        while self.pending() and (self.token.start < end or not self.at(";", ",")):
            self.advance()
        return Command(match.group(1), tuple(word.strip("'\"") for word in words))

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
            op = self.advance().text[0]
            value: Expression = Binary(op, target, Paren(self.expression()), span=target.span)
            self.bind(target)
            return Assign((target,), _simplified(value), self.shown())
        if self.at("+", "-"):
            op = self.advance().text
            self.take(op)
            return Assign((target,), Binary(op, target, Number(1, "1"), span=target.span), self.shown())
        return Evaluate(target, self.shown())

    def chained(self) -> Expression:
        """The right-hand side; `a = b = c` is refused by what follows."""
        return self.expression()

    def bind(self, target: Expression) -> None:
        """Note the variable that is assigned to."""
        name = root(target)
        if name is None:
            raise self.lexer.error("this cannot be assigned to", target.span.start)
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
            raise self.unexpected("expected the end of the statement")
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
        if word not in _ENDS and word != "do":
            self.position -= 1
            raise self.lexer.error(f"'{word}' has no place here", self.token.start)
        try:
            header = self.header(word)
        except SourceError as error:
            return self.broken_block(word, error)
        return self.compound(word, header)

    def header(self, word: str) -> tuple[Expression | None, Expression | None]:
        """What stands behind `if`, `while`, `switch` (an expression) or `for` (target and range)."""
        if word in ("if", "while", "switch"):
            condition = self.expression()
            self.end_quietly()
            return condition, None
        if word in ("for", "parfor"):
            return self.for_header()
        return None, None

    def for_header(self) -> tuple[Expression, Expression]:
        """`k = range`, perhaps in parentheses."""
        wrapped = self.at("(") and self.closes_after_range()
        if wrapped:
            self.advance()
        target = self.postfix()
        self.bind(target)
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

    def broken_block(self, word: str, error: SourceError) -> Statement:
        """Refuse a block whose head cannot be read, with its body, so that its `end` closes nothing else."""
        refused = self.refuse(error, self.tokens[0].start)
        self.position = len(self.tokens) - 1
        self.rest_of_block(word)
        return refused

    def rest_of_block(self, word: str) -> None:
        """Pass over a block up to its end."""
        self.depth += 1
        while self.more():
            self.block(lambda w: w in _CLOSERS | _DIVIDERS or w == "function")
            if self.here(*_DIVIDERS):
                self.position = len(self.tokens) - 1
                continue
            if self.here(*_ENDS.get(word, ("end",))):
                self.advance()
                self.end_quietly()
            break
        self.depth -= 1

    def compound(self, word: str, header: tuple[Expression | None, Expression | None]) -> Statement:
        """The rest of a block statement."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.lexer.error(f"blocks are nested more than {DEEPEST} deep", self.token.start)
        try:
            return self._compound(word, *header)
        finally:
            self.depth -= 1

    def _compound(self, word: str, first: Expression | None, second: Expression | None) -> Statement:
        if word == "if" and first is not None:
            return self.if_rest(first)
        if word == "switch" and first is not None:
            return self.switch_rest(first)
        if word == "while" and first is not None:
            body = self.block(lambda w: w in _CLOSERS | _DIVIDERS)
            self.close(word)
            return While(first, body)
        if first is not None and second is not None:
            body = self.block(lambda w: w in _CLOSERS | _DIVIDERS)
            self.close(word)
            return For(first, second, body)
        if word == "try":
            return self.try_rest()
        if word == "do":
            body = self.block(lambda w: w == "until")
            self.take("until")
            condition = self.expression()
            self.end_quietly()
            return DoUntil(body, condition)
        body = self.block(lambda w: w == "unwind_protect_cleanup" or w in _CLOSERS)
        cleanup: Body = ()
        if self.here("unwind_protect_cleanup"):
            self.advance()
            cleanup = self.block(lambda w: w in _CLOSERS)
        self.close(word)
        return Unwind(body, cleanup)

    def close(self, word: str) -> None:
        """Take the `end` of a block."""
        if not self.here(*_ENDS[word]):
            where = self.token.start if self.pending() else max(len(self.source) - 1, 0)
            raise self.lexer.error(f"'{word}' is never closed with 'end'", where)
        self.advance()
        self.end_quietly()

    def if_rest(self, condition: Expression) -> Statement:
        """Branches up to `end`."""
        branches: list[tuple[Expression, Body]] = []
        otherwise: Body = ()
        while True:
            body = self.block(lambda w: w in _CLOSERS | _DIVIDERS)
            branches.append((condition, body))
            if self.here("elseif"):
                self.advance()
                condition = self.expression()
                self.end_quietly()
                continue
            if self.here("else"):
                self.advance()
                otherwise = self.block(lambda w: w in _CLOSERS | _DIVIDERS)
            self.close("if")
            return If(tuple(branches), otherwise)

    def switch_rest(self, subject: Expression) -> Statement:
        """Cases up to `end`."""
        cases: list[tuple[Expression, Body]] = []
        otherwise: Body = ()
        self.block(lambda w: w in _CLOSERS | _DIVIDERS)
        while self.here("case", "otherwise"):
            if self.advance().text == "case":
                choice = self.expression()
                self.end_quietly()
                cases.append((choice, self.block(lambda w: w in _CLOSERS | _DIVIDERS)))
            else:
                otherwise = self.block(lambda w: w in _CLOSERS | _DIVIDERS)
        self.close("switch")
        return Switch(subject, tuple(cases), otherwise)

    def try_rest(self) -> Statement:
        """The body, `catch err` and the handler."""
        self.end_quietly()
        body = self.block(lambda w: w == "catch" or w in _CLOSERS)
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
            handler = self.block(lambda w: w in _CLOSERS)
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
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.lexer.error(f"the expression is nested more than {DEEPEST} deep", self.token.start)
        result = self.level(0)
        self.depth -= 1
        return result

    def level(self, number: int) -> Expression:
        """Left-associative operators, loosest first; below the comparisons stands the range."""
        if number == len(_LEVELS):
            return self.range()
        start = self.token.start
        left = self.level(number + 1)
        while self.token.kind == "op" and self.token.text in _LEVELS[number] and self.joins():
            op = self.advance().text
            left = self.spanning(Binary(_SPELLINGS.get(op, op), left, self.level(number + 1)), start)
        return left

    def joins(self) -> bool:
        """Whether the operator here is binary: inside a matrix ` -b` starts a new element."""
        token = self.token
        if not self.in_matrix or not token.space:
            return True
        return self.following.space or token.text not in ("+", "-", "~", "!")

    def range(self) -> Expression:
        """`a`, `a:b` or `a:step:b`."""
        start = self.token.start
        first = self.additive()
        if not self.at(":") or (self.following.text in (")", ",") and self.following.kind == "op"):
            return first
        self.advance()
        second = self.additive()
        if not self.at(":") or (self.following.text in (")", ",") and self.following.kind == "op"):
            return self.spanning(Range(first, None, second), start)
        self.advance()
        third = self.additive()
        return self.spanning(Range(first, second, third), start)

    def additive(self) -> Expression:
        """Sums."""
        start = self.token.start
        left = self.multiplicative()
        while (
            self.token.kind == "op"
            and self.token.text in _ADDITIVE
            and self.joins()
            and not self.increments()
        ):
            op = self.advance().text
            left = self.spanning(Binary(_SPELLINGS.get(op, op), left, self.multiplicative()), start)
        return left

    def increments(self) -> bool:
        """Whether `i++` or `i--` ends the statement here."""
        after = self.tokens[min(self.position + 2, len(self.tokens) - 1)]
        same = self.following.text == self.token.text and not self.following.space
        return same and (after.kind in ("newline", "eof") or after.text in (";", ","))

    def multiplicative(self) -> Expression:
        """Products."""
        start = self.token.start
        left = self.prefix()
        while self.token.kind == "op" and self.token.text in _MULTIPLICATIVE:
            op = self.advance().text
            left = self.spanning(Binary(op, left, self.prefix()), start)
        return left

    def prefix(self) -> Expression:
        """Signs and `~`, looser than powers."""
        start = self.token.start
        ops: list[Token] = []
        while self.token.kind == "op" and self.token.text in _PREFIXES:
            ops.append(self.advance())
        result = self.power()
        for op in reversed(ops):
            result = self.spanning(Unary(_SPELLINGS.get(op.text, op.text), result), op.start)
        return result if not ops else self.spanning(result, start)

    def power(self) -> Expression:
        """Powers and transposes, one level, from the left: `a.^b'` is `(a.^b)'`."""
        start = self.token.start
        left = self.postfix()
        while self.token.kind == "op":
            if self.token.text in ("'", ".'") and not (self.in_matrix and self.token.space):
                left = self.spanning(Transpose(self.advance().text, left), start)
                if self.at("(") and not self.token.space:
                    left = self.subscripted(left, start)
            elif self.token.text in _POWERS:
                op = self.advance().text
                left = self.spanning(Binary(_SPELLINGS.get(op, op), left, self.exponent()), start)
            else:
                break
        return left

    def exponent(self) -> Expression:
        """The right side of a power: signs, then an operand without its transposes."""
        start = self.token.start
        if self.token.kind == "op" and self.token.text in _PREFIXES:
            op = self.advance().text
            return self.spanning(Unary(_SPELLINGS.get(op, op), self.exponent()), start)
        return self.postfix()

    def postfix(self) -> Expression:
        """An operand with its subscripts and fields."""
        start = self.token.start
        return self.subscripted(self.operand(), start)

    def subscripted(self, result: Expression, start: int) -> Expression:
        """The subscripts and fields behind an operand."""
        while self.token.kind == "op" and not (self.in_matrix and self.token.space):
            if self.at("("):
                result = self.spanning(Call(result, self.arguments(")")), start)
            elif self.at("{"):
                result = self.spanning(Brace(result, self.arguments("}")), start)
            elif self.at("."):
                self.advance()
                result = self.spanning(Field(result, self.field_name()), start)
            else:
                break
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
            return self.spanning(Paren(inner), token.start)
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
            return Number(int(text, 16), text, span=span)
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
        return self.spanning(make(tuple(rows)), opener.start)

    def handle(self) -> Expression:
        """`@name` or `@(parameters) body`."""
        start = self.advance().start
        if self.at("("):
            self.advance()
            outer, self.in_matrix = self.in_matrix, False
            parameters = self.names(")")
            body = self.expression()
            self.in_matrix = outer
            return self.spanning(Lambda(parameters, body), start)
        name = self.identifier()
        while self.at(".") and not self.token.space:
            self.advance()
            name = f"{name}.{self.identifier()}"
        return self.spanning(Handle(name), start)


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
