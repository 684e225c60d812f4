"""Line breaking: documents of texts, groups and possible line ends, laid out in a width.

The algorithm is the one Prettier describes in its `commands.md` (after Wadler, "A prettier
printer"): a group stays on one line when it fits up to the next possible line end, else breaks.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from ace_flow.generator.characters import width_of

INDENT = 2


class Line(Struct, frozen=True):
    """A possible line end: flat a space, or nothing when `soft`; `hard` always ends a line."""

    soft: bool = False
    hard: bool = False


class Indent(Struct, frozen=True):
    """Lines that begin inside are indented one step more."""

    content: Doc


class IfBreak(Struct, frozen=True):
    """One of two contents, by whether the enclosing group is broken."""

    broken: Doc
    flat: Doc = ""


class Group(Struct, frozen=True):
    """Laid out flat when it fits; `broken` forces it not to be."""

    content: Doc
    broken: bool = False


class Choice(Struct, frozen=True):
    """The first of several layouts that fits; the last one when none does."""

    states: tuple[Doc, ...]


class Fluid(Struct, frozen=True):
    """A space and a content, or a new indented line where not even the content's head fits."""

    content: Doc


Doc: TypeAlias = str | Line | Indent | IfBreak | Group | Choice | Fluid | tuple["Doc", ...]
_Command: TypeAlias = tuple[int, bool, Doc]

LINE = Line()
SOFT = Line(soft=True)
HARD = Line(hard=True)
# Prints nothing, and breaks the groups around it.
BREAK = Group("", broken=True)


def join(separator: Doc, parts: list[Doc]) -> Doc:
    """Put `separator` between the parts."""
    joined: list[Doc] = []
    for index, part in enumerate(parts):
        if index:
            joined.append(separator)
        joined.append(part)
    return tuple(joined)


def will_break(doc: Doc) -> bool:
    """Tell whether a document cannot be laid out on one line."""
    match doc:
        case str():
            return False
        case Line():
            return doc.hard
        case Indent() | Fluid():
            return will_break(doc.content)
        case IfBreak():
            return will_break(doc.broken) or will_break(doc.flat)
        case Group():
            return doc.broken or will_break(doc.content)
        case Choice():
            return will_break(doc.states[0])
        case _:
            return any(will_break(part) for part in doc)


def propagate(doc: Doc) -> Doc:
    """Mark every group around a hard line as broken."""
    return _propagated(doc, {})


def _propagated(doc: Doc, done: dict[int, Doc]) -> Doc:
    """Go through a document, once through what the states of choices share."""
    if isinstance(doc, str | Line):
        return doc
    known = done.get(id(doc))
    if known is not None:
        return known
    marked: Doc
    match doc:
        case Group():
            content = _propagated(doc.content, done)
            marked = Group(content, doc.broken or _forces(content))
        case Indent():
            marked = Indent(_propagated(doc.content, done))
        case Fluid():
            marked = Fluid(_propagated(doc.content, done))
        case IfBreak():
            marked = IfBreak(_propagated(doc.broken, done), _propagated(doc.flat, done))
        case Choice():
            marked = Choice(tuple(_propagated(state, done) for state in doc.states))
        case _:
            marked = tuple(_propagated(part, done) for part in doc)
    done[id(doc)] = marked
    return marked


def _forces(doc: Doc) -> bool:
    match doc:
        case Line():
            return doc.hard
        case Group():
            return doc.broken
        case Indent() | Fluid():
            return _forces(doc.content)
        case IfBreak():
            return _forces(doc.broken) or _forces(doc.flat)
        case tuple():
            return any(_forces(part) for part in doc)
        case _:
            return False


def lay_out(doc: Doc, *, width: int, indent: int = 0, column: int = 0) -> str:
    """Return the text of a document.

    `indent` is the number of spaces in front of the lines it begins, `column` how much of the
    first line is used already.
    """
    out: list[str] = []
    commands: list[_Command] = [(indent, False, propagate(doc))]
    while commands:
        level, flat, item = commands.pop()
        match item:
            case str():
                out.append(item)
                column += width_of(item)
            case Indent():
                commands.append((level + INDENT, flat, item.content))
            case IfBreak():
                commands.append((level, flat, item.flat if flat else item.broken))
            case Group() | Choice():
                commands.append(_choose(item, level, flat, commands, width - column))
            case Fluid():
                rest: list[_Command] = [*commands, (level, False, item.content)]
                if flat or _fits((level, True, LINE), rest, width - column):
                    commands += [(level, flat, item.content), (level, True, LINE)]
                else:
                    commands.append((level, False, Indent((HARD, item.content))))
            case Line():
                if flat and not item.hard:
                    text = "" if item.soft else " "
                    out.append(text)
                    column += len(text)
                else:
                    out.append("\n" + " " * level)
                    column = level
            case _:
                commands.extend((level, flat, part) for part in reversed(item))
    return "".join(out)


def _choose(
    item: Group | Choice, level: int, flat: bool, rest: list[_Command], room: int
) -> _Command:
    if isinstance(item, Group):
        stays = not item.broken and (flat or _fits((level, True, item.content), rest, room))
        return (level, stays, item.content)
    if flat:
        return (level, True, item.states[0])
    for state in item.states[:-1]:
        if _fits((level, True, state), rest, room):
            return (level, True, state)
    return (level, False, item.states[-1])


def _fits(first: _Command, rest: list[_Command], room: int) -> bool:  # noqa: C901 - one case a kind
    commands, index = [first], len(rest)
    while room >= 0:
        if not commands:
            if index == 0:
                return True
            index -= 1
            commands.append(rest[index])
            continue
        level, flat, item = commands.pop()
        match item:
            case str():
                room -= width_of(item)
            case Indent():
                commands.append((level, flat, item.content))
            case IfBreak():
                commands.append((level, flat, item.flat if flat else item.broken))
            case Group():
                commands.append((level, flat and not item.broken, item.content))
            case Choice():
                commands.append((level, flat, item.states[0] if flat else item.states[-1]))
            case Fluid():
                commands += [(level, flat, item.content), (level, flat, LINE)]
            case Line():
                if not flat or item.hard:
                    return True
                room -= 0 if item.soft else 1
            case _:
                commands.extend((level, flat, part) for part in reversed(item))
    return False
