"""The exit codes, which never change their meaning."""

from __future__ import annotations

DONE = 0
ATTENTION = 1
USAGE = 2
INVALID = 3
TRUST = 4
NOT_FOUND = 5
FAILED = 6
IO = 7
INTERRUPTED = 130
TERMINATED = 143
