"""The files of a project, reached by no way that leads through a link."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import time
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.diagnostics import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

# Windows opens nothing relative to a folder: there, each step of a way is looked at instead.
_BY_FOLDERS = os.open in os.supports_dir_fd
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
# Virus scanners and editors hold files on Windows for a moment.
_ATTEMPTS = 6 if os.name == "nt" else 1
# So many folders are open at once: macOS lets a process have 256 files.
_MOST_HELD = 128


class _Place(NamedTuple):
    """A name in a folder that is open; the whole way to it where folders cannot be."""

    name: str
    folder: int | None


class Tree:
    """The files below `root`, by relative POSIX paths.

    Methods raise ConfigurationError when a link, or a file in the place of a folder or a folder
    in the place of a file, is in the way, and OSError when the disk refuses.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._held: dict[str, int] | None = None

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Keep the folders open on the ways to many files, and go each way once."""
        if not _BY_FOLDERS or self._held is not None:
            yield
            return
        self._held = {}
        try:
            yield
        finally:
            self._let_go(self._held)
            self._held = None

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None when there is none."""
        with self._place(path) as place:
            if place is None:
                return None
            try:
                handle = os.open(place.name, _READ, dir_fd=place.folder)
                try:
                    return _all(handle)
                finally:
                    os.close(handle)
            except FileNotFoundError:
                return None
            except OSError as error:
                self._refuse(path, error)
                raise

    def mode(self, path: str) -> int | None:
        """Return the mode bits of a file, or None when there is none."""
        with self._place(path) as place:
            if place is None:
                return None
            try:
                return stat.S_IMODE(_status(place).st_mode)
            except FileNotFoundError:
                return None

    def missing_folders(self, way: str) -> list[str]:
        """Return which of a folder and those around it are not there, the outer ones first."""
        steps = way.split("/") if way else []
        folders = ["/".join(steps[:end]) for end in range(1, len(steps) + 1)]
        return [folder for folder in folders if not (self.root / folder).exists()]

    def put(self, path: str, staged: str) -> None:
        """Move a file to its place at once, whatever was there; the folders are made."""
        with self._place(path, make=True) as place:
            if place is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
            try:
                _patiently(lambda: os.replace(staged, place.name, dst_dir_fd=place.folder))
            except OSError as error:
                if error.errno != errno.EXDEV:
                    self._refuse(path, error)
                    raise
                # A part of the project is on another disk: what is there is replaced from there.
                near = self.root / self.near(path, Path(staged).parent)
                shutil.copy2(staged, near)
                os.replace(near.name, place.name, src_dir_fd=place.folder, dst_dir_fd=place.folder)

    @staticmethod
    def near(path: str, stage: Path) -> str:
        """Return where a file is for a moment that comes from another disk."""
        return PurePosixPath(path).with_name(f".ace-{stage.stem}").as_posix()

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        with self._place(path) as place, suppress(FileNotFoundError):
            if place is not None:
                _patiently(lambda: os.unlink(place.name, dir_fd=place.folder))

    def remove_folder(self, path: str) -> None:
        """Remove a folder, if it is there and empty."""
        with suppress(OSError, ConfigurationError), self._place(path) as place:
            if place is not None:
                os.rmdir(place.name, dir_fd=place.folder)

    def make_folder(self, path: str) -> Path:
        """Make a folder with those above it, and return it."""
        with self._place(f"{path}/.", make=True):
            return self.root / path

    def _place(self, path: str, *, make: bool = False) -> AbstractContextManager[_Place | None]:
        """Go to where a file is; None when a folder is missing on the way, and not to be made."""
        if path.startswith("/") or ".." in path.split("/"):
            raise ConfigurationError(
                f"{path} leads out of the project",
                hint="somebody changed what is in .ace-flow; restore it from version control",
            )
        if self._held is None:
            return self._gone_to(path, make=make)
        way, _, name = path.rpartition("/")
        folder = self._held.get(way)
        if folder is None:
            if len(self._held) > _MOST_HELD:
                self._let_go(self._held)
            folder = self._hold(self._held, way, make=make)
        return nullcontext(None if folder is None else _Place(name, folder))

    def _hold(self, held: dict[str, int], way: str, *, make: bool) -> int | None:
        """Open a folder and those on the way to it, unless they are open; the root is ``."""
        if way in held:
            return held[way]
        if way:
            outer, _, name = way.rpartition("/")
            parent = self._hold(held, outer, make=make)
            folder = None if parent is None else self._open(way, name, parent, make=make)
        else:
            folder = self._open_root(make=make)
        if folder is not None:
            held[way] = folder
        return folder

    @staticmethod
    def _let_go(held: dict[str, int]) -> None:
        for folder in held.values():
            os.close(folder)
        held.clear()

    @contextmanager
    def _gone_to(self, path: str, *, make: bool) -> Iterator[_Place | None]:
        *folders, name = path.split("/")
        if not _BY_FOLDERS:
            found = self._looked_at(folders, make=make)
            yield _Place(str(self.root.joinpath(*folders, name)), None) if found else None
            return
        with ExitStack() as stack:
            folder = self._open_root(make=make)
            if folder is not None:
                stack.callback(os.close, folder)
            for number, part in enumerate(folders, 1):
                if folder is None:
                    break
                folder = self._open("/".join(folders[:number]), part, folder, make=make)
                if folder is not None:
                    stack.callback(os.close, folder)
            yield None if folder is None else _Place(name, folder)

    def _open_root(self, *, make: bool) -> int | None:
        if make:
            self.root.mkdir(parents=True, exist_ok=True)
        try:
            return os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            return None

    def _open(self, way: str, name: str, folder: int, *, make: bool) -> int | None:
        try:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=folder)
            return os.open(name, _FOLDER, dir_fd=folder)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._refuse(way, error)
            raise

    def _looked_at(self, folders: list[str], *, make: bool) -> bool:
        if make:
            self.root.mkdir(parents=True, exist_ok=True)
        place = self.root
        for part in folders:
            place = place / part
            if make:
                with suppress(FileExistsError):
                    place.mkdir()
            try:
                status = place.lstat()
            except FileNotFoundError:
                return False
            # A junction is a link to Windows, and a folder to Python before 3.12.
            is_link = stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) != 0
            if is_link or not stat.S_ISDIR(status.st_mode):
                self._refuse(place.relative_to(self.root).as_posix(), None)
        return True

    def _refuse(self, path: str, error: OSError | None) -> None:
        """Say what is in the way of a path, if it is one of the things that people can mend."""
        for number in range(1, len(PurePosixPath(path).parts) + 1):
            way = "/".join(PurePosixPath(path).parts[:number])
            place = self.root / way
            if place.is_symlink() or (error is None and place.is_dir()):
                raise ConfigurationError(
                    f"{way} is a link; ace writes through none", hint="replace it by a real one"
                ) from error
            if place.is_dir() and way == path and isinstance(error, IsADirectoryError):
                raise ConfigurationError(
                    f"{way} is a folder; a file is to be written there",
                    hint="move it away, or generate into a new folder with --output",
                ) from error
            if place.is_file() and (way != path or isinstance(error, NotADirectoryError)):
                raise ConfigurationError(
                    f"{way} is a file; a folder is to be made there",
                    hint="move it away, or generate into a new folder with --output",
                ) from error


def _all(handle: int) -> bytes:
    """Read a file to its end: most are read at once."""
    parts = [os.read(handle, 65_536)]
    while parts[-1]:
        parts.append(os.read(handle, 1_048_576))
    return b"".join(parts)


def _status(place: _Place) -> os.stat_result:
    return os.stat(place.name, dir_fd=place.folder, follow_symlinks=False)


def _patiently(do: Callable[[], None]) -> None:
    """Do something again that Windows refuses while somebody else has the file open."""
    for attempt in range(_ATTEMPTS):
        try:
            do()
        except PermissionError:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(0.05 * 2**attempt)
        else:
            return
