"""Fill the store at `$ACE_STORE` with patterns `p0x` and so on: `registering.py FIRST END`."""

from __future__ import annotations

import sys

from ace_flow.registry import SqliteStore, Summary, store_path

DOCUMENT = """\
name: {name}
version: 1.0.0
description: One of many.
schema:
  models:
    - name: Thing
      fields:
        - {{name: title, type: string, required: true}}
      authorization: [{{allow: owner}}]
"""


def main() -> None:
    """Register a pattern for each number."""
    store = SqliteStore(store_path())
    for number in range(int(sys.argv[1]), int(sys.argv[2])):
        name = f"p{number}x"
        summary = Summary(name=name, version="1.0.0", description="One of many.", category="test")
        store.register(summary, DOCUMENT.format(name=name).encode(), {})


if __name__ == "__main__":
    main()
