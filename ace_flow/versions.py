"""Versions of patterns, and the ranges of them that `name@range` asks for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.regexes import regex

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

# https://semver.org: PEP 440 does not know all of its pre-releases.
_SEMVER = regex(r"[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")
_NAME = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


class InvalidRangeError(ValueError):
    """What stands behind the `@` is no range of versions; the text says so."""


class Range:
    """A range of versions, written as PEP 440 specifiers: `>=1.2,<2`. A lone version is itself."""

    def __init__(self, text: str) -> None:
        """Take a range's text; raises ValueError when it is none."""
        self.text = text
        _ = self._specifiers

    def accepts(self, version: str) -> bool:
        """Tell whether a version is in the range; no version, or an odd one, is not."""
        from packaging.version import Version  # noqa: PLC0415 - costs 30 ms

        try:
            return Version(version) in self._specifiers
        except ValueError:  # InvalidVersion, or a number of thousands of digits
            return False

    @cached_property
    def _specifiers(self) -> SpecifierSet:
        from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415

        stated = self.text.strip()
        # An empty text would be the range of all versions.
        lone = not stated or stated[0].isdigit()
        try:
            return SpecifierSet(f"=={stated}" if lone else stated)
        except InvalidSpecifier:
            raise ValueError(self.text) from None

    def __str__(self) -> str:
        return self.text


class Wanted(NamedTuple):
    """A pattern that is asked for: its name, and the range its version must be in."""

    name: str
    range: Range | None = None

    def accepts(self, version: str) -> bool:
        """Tell whether a pattern of that version will do."""
        return self.range is None or self.range.accepts(version)


def wanted(text: str) -> Wanted:
    """Read `name` or `name@range`; raises ValueError, saying why, for anything else."""
    name, at, rest = text.partition("@")
    if not _NAME.fullmatch(name) or name.endswith((".yml", ".yaml")):
        raise ValueError("a pattern is named, not given by a path or an address")
    if not at:
        return Wanted(name)
    try:
        return Wanted(name, Range(rest))
    except ValueError:
        raise InvalidRangeError(f"`{rest}` is no range of versions") from None


def is_version(text: str) -> bool:
    """Tell whether a text is a version after PEP 440 or semver.org."""
    from packaging.version import Version  # noqa: PLC0415 - costs 30 ms

    try:
        Version(text)
    except ValueError:  # InvalidVersion, or a number of thousands of digits
        return _SEMVER.fullmatch(text) is not None
    return True
