"""Style sheets that hold in one part of a page only."""

from __future__ import annotations

from ace_flow.regexes import regex

# What stands for the whole page: within it, that is the part itself.
_WHOLE = regex(r"^(?::root|html|body)(?=$|[\[:. ,>])")


def scoped(text: str, part: str) -> str:
    """Return a style sheet of ours whose rules hold within what the selector `part` means.

    The text is as Prettier prints it: a selector a line, no rule within another one. What rules
    weigh against others stays the same.
    """
    where = f":where({part})"
    lines: list[str] = []
    around: list[str] = []  # the blocks that a line is in
    in_comment = False
    for line in text.splitlines():
        bare = line.strip()
        in_comment = in_comment or bare.startswith("/*")
        is_rule = not any(not block.startswith("@media") for block in around)
        selects = bare.endswith(("{", ",")) and is_rule and not in_comment
        if selects and not bare.startswith("@"):
            indent = line[: len(line) - len(line.lstrip())]
            lines.append(indent + _within(bare, where))
        else:
            lines.append(line)
        if in_comment:
            in_comment = "*/" not in bare
        elif bare.endswith("{"):
            around.append(bare)
        elif bare == "}":
            around.pop()
    return "\n".join(lines) + "\n"


def _within(selector: str, where: str) -> str:
    if _WHOLE.match(selector):
        return _WHOLE.sub(lambda _: where, selector)
    return f"{where} {selector}"
