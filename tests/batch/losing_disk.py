"""A model of what a power cut leaves of a folder: any name and any byte that was not brought to the disk may be lost.

A Recorder notes what a program does to a folder, step by step. Names are entries of folders: each step that adds or
removes some is durable once one of the folders that it touches was synced, and until then may be kept or lost, in any
order. A rename is one step. The bytes of a file are durable as they were when it was synced.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

Image = tuple[tuple[str, bytes | None], ...]
"""What a power cut left: path below the folder -> its bytes, None for a folder. Sorted: equal ones are equal."""

ROOT = 0


@dataclass(frozen=True, slots=True)
class _Change:
    """Entries (folder, name) -> object that one step took away and added."""

    taken: tuple[tuple[int, str, int], ...]
    added: tuple[tuple[int, str, int], ...]

    def touches(self, folder: int) -> bool:
        return any(entry[0] == folder for entry in (*self.taken, *self.added))


@dataclass
class Recorder:
    """The steps of a program on a folder, and what of them is on the disk."""

    root: Path
    durable: list[tuple[int, _Change]] = field(default_factory=list)
    pending: list[tuple[int, _Change]] = field(default_factory=list)
    synced: dict[int, bytes] = field(default_factory=dict)
    written: dict[int, bytes] = field(default_factory=dict)
    folders: set[int] = field(default_factory=lambda: {ROOT})
    steps: int = 0
    _objects: dict[int, int] = field(default_factory=dict)  # inode -> object; inodes are used again
    _made: int = 0

    def __post_init__(self) -> None:
        """What is there at the beginning is on the disk."""
        for path in sorted(self.root.rglob("*")):
            item = self._object(path)
            if path.is_dir():
                self.folders.add(item)
            else:
                self.synced[item] = path.read_bytes()
            self._note((), (self._entry(path),))
        self.durable, self.pending = self.pending, []

    def cuts(self, rng: random.Random) -> Iterator[Image]:
        """What a power cut at this moment may leave: nothing that is not durable, all, and random parts of it."""
        some = [[change for change in self.pending if rng.random() < share] for share in (0.2, 0.4, 0.5, 0.6, 0.8, 0.9)]
        latest = [[change] for change in self.pending[-3:]]
        for kept in ([], self.pending, *some, *latest):
            for torn in (0.0, 0.5, 1.0):
                yield self._image(kept, torn)

    def _image(self, kept: list[tuple[int, _Change]], torn: float) -> Image:
        entries: dict[tuple[int, str], int] = {}
        for _, change in sorted((*self.durable, *kept), key=lambda step: step[0]):
            for folder, name, item in change.taken:
                if entries.get((folder, name)) == item:
                    del entries[folder, name]
            entries |= {(folder, name): item for folder, name, item in change.added}
        return tuple(sorted(self._below(entries, ROOT, "", torn)))

    def _below(
        self, entries: dict[tuple[int, str], int], folder: int, path: str, torn: float
    ) -> Iterator[tuple[str, bytes | None]]:
        for (parent, name), item in entries.items():
            if parent == folder and item in self.folders:
                yield path + name, None
                yield from self._below(entries, item, f"{path}{name}/", torn)
            elif parent == folder:
                written = self.written.get(item, b"")
                yield path + name, self.synced.get(item, written[: int(len(written) * torn)])

    def look(self) -> None:
        """Note the files that were made since the last step, and what stands in files now."""
        for path in sorted(self.root.rglob("*")):
            if not path.is_dir():
                if path.stat().st_ino not in self._objects:
                    self._note((), (self._entry(path),))
                self.written[self._object(path)] = path.read_bytes()

    def move(self, old: Path, new: Path, act: Callable[[], None]) -> None:
        """A rename; what it replaces is gone, and its inode free for others."""
        replaced = new.stat().st_ino if new.exists() else None
        taken = (self._entry(old), *((self._entry(new),) if replaced else ()))
        act()
        if replaced:
            del self._objects[replaced]
        self._note(taken, (self._entry(new),))

    def remove(self, path: Path, act: Callable[[], None]) -> None:
        """A file or folder that is taken away."""
        inode, taken = path.stat().st_ino, (self._entry(path),)
        act()
        del self._objects[inode]
        self._note(taken, ())

    def make_folder(self, path: Path, act: Callable[[], None]) -> None:
        """A new folder."""
        act()
        self.folders.add(self._object(path))
        self._note((), (self._entry(path),))

    def sync(self, inode: int) -> None:
        """The bytes of a file, or the names in a folder, are on the disk now."""
        item = ROOT if inode == self.root.stat().st_ino else self._objects[inode]
        if item not in self.folders:
            self.synced[item] = self.written[item]
        self.durable += [step for step in self.pending if step[1].touches(item)]
        self.pending = [step for step in self.pending if not step[1].touches(item)]

    def _note(self, taken: tuple[tuple[int, str, int], ...], added: tuple[tuple[int, str, int], ...]) -> None:
        self.steps += 1
        self.pending.append((self.steps, _Change(taken, added)))

    def _entry(self, path: Path) -> tuple[int, str, int]:
        return self._object(path.parent), path.name, self._object(path)

    def _object(self, path: Path) -> int:
        if path == self.root:
            return ROOT
        inode = path.stat().st_ino
        if inode not in self._objects:
            self._made += 1
            self._objects[inode] = self._made
        return self._objects[inode]


@contextmanager
def recorded(root: Path, at_each_step: Callable[[Recorder], None]) -> Iterator[Recorder]:
    """Record what is done to `root` with pathlib, shutil.rmtree and os.fsync; before each step call `at_each_step`."""
    recorder = Recorder(root)

    def patched(name: str, record: Callable[..., None]) -> None:
        real = getattr(os, name)

        def call(*arguments: object, **_: object) -> None:
            recorder.look()
            at_each_step(recorder)
            record(*arguments, lambda: real(*arguments))

        patch.setattr(os, name, call)

    def synced(descriptor: int, act: Callable[[], None]) -> None:
        act()
        recorder.sync(os.fstat(descriptor).st_ino)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("rename", "replace"):
            patched(name, lambda old, new, act: recorder.move(Path(old), Path(new), act))
        for name in ("unlink", "rmdir"):
            patched(name, lambda path, act: recorder.remove(Path(path), act))
        patched("mkdir", lambda path, _mode, act: recorder.make_folder(Path(path), act))
        patched("fsync", synced)
        patch.setattr(shutil, "rmtree", _remove_tree)
        yield recorder
    recorder.look()
    at_each_step(recorder)


def _remove_tree(folder: Path, ignore_errors: bool = False) -> None:
    """shutil.rmtree step by step, by path."""
    if ignore_errors and not folder.exists():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            _remove_tree(path)
        else:
            path.unlink()
    folder.rmdir()


def lay_out(image: Image, root: Path) -> None:
    """Make a folder that holds what a power cut left."""
    root.mkdir()
    for path, data in image:
        if data is None:
            (root / path).mkdir(parents=True, exist_ok=True)
        else:
            (root / path).write_bytes(data)
