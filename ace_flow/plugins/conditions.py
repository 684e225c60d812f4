"""Conditions of scripts, such as `$CI == 'true'`: read, never run as code.

    condition  = both ("or" both)*
    both       = simple ("and" simple)*
    simple     = "not" simple | "(" condition ")" | comparison
    comparison = value [("==" | "!=") value | ["not"] "in" "[" [value ("," value)*] "]"]
    value      = $NAME | 'text' | true | false | function "(" ['text' ("," 'text')*] ")"

`||`, `&&` and `!` are other spellings of `or`, `and` and `not`. A variable is a text; one that is
not set is empty. What compares a text with true or false is refused when it is read, so that a
condition that was read has an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ace_flow.names import nearest
from ace_flow.plugins.world import DAYS, FUNCTIONS, ConditionError, Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.plugins.world import Get, World

MAX_LENGTH = 1000
_MAX_DEPTH = 20
_TOKEN = re.compile(
    r"""\s*(?:(?P<variable>\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\}))
    |(?P<text>'[^']*'|"[^"]*")|(?P<word>[A-Za-z_]\w*)
    |(?P<sign>==|!=|\|\||&&|[()\[\],!])|(?P<end>$)|(?P<bad>.))""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_SPELLINGS = {"||": "or", "&&": "and", "!": "not"}
_WORDS = frozenset({"and", "false", "in", "not", "or", "true"})


Test: TypeAlias = "Callable[[World], bool]"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read: its text, and what tells whether it holds."""

    text: str
    holds: Test = field(compare=False, repr=False)


class _Value(NamedTuple):
    """A value that is known when it is asked for; `literal` is one that is known before."""

    kind: type[str | bool]
    get: Get
    token: Token
    literal: str | None = None
    is_day: bool = False


def read_condition(text: str) -> Condition:
    """Read a condition; raises ConditionError with the place of the first thing that is wrong."""
    if len(text) > MAX_LENGTH:
        raise ConditionError(f"a condition has at most {MAX_LENGTH} characters", 0)
    reader = _Reader(text)
    test = reader.condition()
    if reader.token.kind != "end":
        raise reader.unexpected("`and`, `or` or the end")
    return Condition(text, test)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._next = 0
        self._depth = 0
        self.token = self._read()

    def condition(self) -> Test:
        tests = [self._both()]
        while self._took("or"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda world: any(test(world) for test in tests)

    def unexpected(self, wanted: str) -> ConditionError:
        token = self.token
        found = "the end" if token.kind == "end" else f"`{token.text}`"
        hint = "compare with ==" if token.text == "=" else None
        return ConditionError(f"{found} is where {wanted} should be", token.at, hint)

    def _read(self) -> Token:
        found = _TOKEN.match(self._text, self._next)
        # Every text matches: the last of the kinds is any character at all.
        kind = (found.lastgroup or "end") if found else "end"
        text, at = (found[kind], found.start(kind)) if found else ("", len(self._text))
        self._next = found.end() if found else at
        if kind == "bad" and text in "'\"":
            raise ConditionError("the text has no end", at, f"close it with {text}")
        if kind == "sign" or text in _WORDS:
            return Token("sign", _SPELLINGS.get(text, text), at)
        return Token(kind, text, at)

    def _take(self) -> Token:
        token, self.token = self.token, self._read()
        return token

    def _took(self, sign: str) -> bool:
        if self.token[:2] != ("sign", sign):
            return False
        self._take()
        return True

    def _both(self) -> Test:
        tests = [self._simple()]
        while self._took("and"):
            tests.append(self._simple())
        return tests[0] if len(tests) == 1 else lambda world: all(test(world) for test in tests)

    def _simple(self) -> Test:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ConditionError(f"more than {_MAX_DEPTH} levels", self.token.at)
        try:
            if self._took("not"):
                test = self._simple()
                return lambda world: not test(world)
            if self._took("("):
                inner = self.condition()
                if not self._took(")"):
                    raise self.unexpected("`)`")
                return inner
            return self._comparison()
        finally:
            self._depth -= 1

    def _comparison(self) -> Test:
        left = self._value()
        if self._took("=="):
            get, other = left.get, self._fitting(left).get
            return lambda world: get(world) == other(world)
        if self._took("!="):
            get, other = left.get, self._fitting(left).get
            return lambda world: get(world) != other(world)
        is_negated = self.token.text == "not" and self.token.kind == "sign"
        if is_negated:
            self._take()
        if self._took("in"):
            get, others = left.get, [value.get for value in self._list(left)]
            return lambda world: (get(world) in [other(world) for other in others]) != is_negated
        if is_negated:
            raise self.unexpected("`in`")
        if left.kind is str and self.token.text == "=":
            raise self.unexpected("`==`")
        if left.kind is str:
            raise ConditionError(
                f"`{left.token.text}` is a text, which is neither true nor false",
                left.token.at,
                "compare it with == or !=",
            )
        get = left.get
        return lambda world: bool(get(world))

    def _list(self, left: _Value) -> list[_Value]:
        if not self._took("["):
            raise self.unexpected("`[`")
        values: list[_Value] = []
        while not self._took("]"):
            if values and not self._took(","):
                raise self.unexpected("`,` or `]`")
            values.append(self._fitting(left))
        return values

    def _fitting(self, left: _Value) -> _Value:
        """Read a value that can be compared with another."""
        value = self._value()
        if value.kind is not left.kind:
            names = {str: "a text", bool: "true or false"}
            raise ConditionError(
                f"`{value.token.text}` is {names[value.kind]}, and `{left.token.text}` is "
                f"{names[left.kind]}",
                value.token.at,
                "write a text in quotes: 'true'" if value.kind is bool else None,
            )
        for day, other in ((left, value), (value, left)):
            if day.is_day and other.literal is not None and other.literal not in DAYS:
                raise ConditionError(
                    f"no day is called `{other.literal}`",
                    other.token.at,
                    f"one of: {', '.join(DAYS)}",
                )
        return value

    def _value(self) -> _Value:
        token = self.token
        if token.kind == "variable":
            self._take()
            name = token.text.strip("${}")
            return _Value(str, lambda world: world.variables.get(name, ""), token)
        if token.kind == "text":
            self._take()
            text = token.text[1:-1]
            return _Value(str, lambda _: text, token, literal=text)
        if token.kind == "sign" and token.text in {"true", "false"}:
            self._take()
            is_true = token.text == "true"
            return _Value(bool, lambda _: is_true, token)
        if token.kind == "word":
            return self._call()
        raise self.unexpected("a variable, a text or a function")

    def _call(self) -> _Value:
        name = self._take()
        if name.text not in FUNCTIONS:
            near = nearest(name.text, FUNCTIONS)
            known = f"did you mean `{near}`?" if near else f"one of: {', '.join(FUNCTIONS)}"
            is_call = self.token.text == "("
            raise ConditionError(
                f"there is no function `{name.text}`"
                if is_call
                else f"`{name.text}` is neither a variable nor a text",
                name.at,
                known if is_call else f"write ${name.text} or '{name.text}'",
            )
        function = FUNCTIONS[name.text]
        if not self._took("("):
            raise self.unexpected("`(`")
        given: list[Token] = []
        while not self._took(")"):
            if given and not self._took(","):
                raise self.unexpected("`,` or `)`")
            if self.token.kind != "text":
                raise self.unexpected("a text in quotes")
            given.append(self._take())
        if len(given) != function.takes:
            takes = ("nothing", "one text", "two texts")[function.takes]
            raise ConditionError(f"`{name.text}` takes {takes}", name.at)
        return _Value(function.kind, function.make(given), name, is_day=name.text == "day_of_week")
