"""Where compiled code is kept, so that it is compiled once for a machine and not once for a worker.

Numba keeps it beside the source, or in the user's cache folder; where neither can be written (an installation that is
read-only, a user without a home) it refuses to work at all. Then a folder of this user's own in /tmp takes it.
"""

import os
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def keep_compiled_code(beside: Path = PROJECT / "normalize") -> None:
    """Set NUMBA_CACHE_DIR where that is needed; to be called before Numba is imported."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    if "NUMBA_CACHE_DIR" in os.environ or _writable(beside) or _writable(home):
        return
    folder = Path(tempfile.gettempdir()) / f"kehoach-compiled-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.is_symlink():  # compiled code that somebody else put there
        folder = Path(tempfile.mkdtemp(prefix="kehoach-compiled-"))
    os.environ["NUMBA_CACHE_DIR"] = str(folder)


def _writable(folder: Path) -> bool:
    """Whether the folder, or the first one above it that exists, can be written."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)
