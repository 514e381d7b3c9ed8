"""What is loaded for restoring text."""

import subprocess
import sys


def test_restoring_text_loads_no_image_library() -> None:
    code = "import sys, normalize; sys.exit(any(name in sys.modules for name in ('cv2', 'pypdfium2')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
