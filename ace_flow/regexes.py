"""Regular expressions that are compiled when they are used: most of them a run never needs."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Regex:
    """Stands for a compiled expression; what is asked of it once stays with it."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._made = (text, flags)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any attribute of a pattern
        text, flags = self._made
        value = getattr(re.compile(text, flags), name)
        setattr(self, name, value)
        return value


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, but for its class; what is wrong with it shows in use."""
    return cast("re.Pattern[AnyStr]", _Regex(text, flags))
