"""Run one command and print what it cost: `python -I -S once.py LOG COMMAND...`.

A process counts the memory of the one that started it as its own peak, so this one stays smaller
than all that are measured: it imports nothing that is not there anyway.
"""

import os
import sys
import time

log, *command = sys.argv[1:]
files = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    (os.POSIX_SPAWN_DUP2, 1, 2),
]
start = time.perf_counter()
child = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - start
memory = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
code = os.waitstatus_to_exitcode(status)
print(code, wall, used.ru_utime + used.ru_stime, memory)
