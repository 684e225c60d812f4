"""Changes of files that a backend is made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import DefaultFilter, watch

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

_MADE = {".amplify", "node_modules", "cdk.out"}
_QUIET_MS = 300


class _Sources(DefaultFilter):
    ignore_dirs = (*DefaultFilter.ignore_dirs, *_MADE)


def changes(places: Sequence[Path], stop: threading.Event) -> Iterator[frozenset[Path]]:
    """Yield the files that changed in folders, or files that are named, until `stop` is set.

    What changes at once comes at once, when nothing changed for a moment; where nothing changes,
    nothing comes every second.
    """
    found = watch(
        *places,
        watch_filter=_Sources(),
        stop_event=stop,
        step=_QUIET_MS,
        rust_timeout=1000,
        yield_on_timeout=True,
        recursive=True,
    )
    for seen in found:
        yield frozenset(Path(path) for _, path in seen)
