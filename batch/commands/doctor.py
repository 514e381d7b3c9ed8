"""doctor: is everything there that reading needs, in which version, and what to do if not."""

import importlib.util
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata

from extract.settings import ExtractSettings

INSTALL = {
    "Debian or Ubuntu": "apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd",
    "Fedora": "dnf install tesseract tesseract-langpack-vie tesseract-osd",
    "macOS": "brew install tesseract tesseract-lang",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for. needed: nothing can be read without it. advice: what to do when it is not ok."""

    what: str
    ok: bool
    needed: bool
    detail: str
    advice: str = ""

    def to_text(self) -> str:
        mark = "ok     " if self.ok else ("MISSING" if self.needed else "absent ")
        return f"{mark} {self.what}: {self.detail}" + (
            f"\n        {self.advice}" if self.advice and not self.ok else ""
        )


def examine(settings: ExtractSettings) -> tuple[Finding, ...]:
    """Look for the interpreter, the engine, its models, the faster way of calling it, and the fonts of the samples."""
    del settings  # every engine offered today needs the same programs
    return (_python(), *_tesseract(), _tesserocr(), _fonts())


def _python() -> Finding:
    return Finding(
        "Python", sys.version_info >= (3, 11), True, platform.python_version(), "Install Python 3.11 or later."
    )


def _tesseract() -> tuple[Finding, ...]:
    advice = "Install it: " + "; ".join(f"{command} ({system})" for system, command in INSTALL.items())
    if shutil.which("tesseract") is None:
        return (Finding("Tesseract", False, True, "no such program on the PATH", advice),)
    version = _output("tesseract", "--version").partition("\n")[0].removeprefix("tesseract ")
    if not version:
        return (Finding("Tesseract", False, True, "the program is there but does not start", advice),)
    models = _output("tesseract", "--list-langs").split()
    new_enough = version.lstrip("v").split(".")[0] >= "4"
    return (
        Finding("Tesseract", new_enough, True, version, "Version 4 or later is needed. " + advice),
        _model(models, "vie", "the Vietnamese model", True, advice),
        _model(models, "osd", "the orientation model", False, advice),
    )


def _model(models: list[str], name: str, what: str, needed: bool, advice: str) -> Finding:
    there = name in models
    return Finding(f"{what} ({name})", there, needed, "installed" if there else "not among Tesseract's models", advice)


def _tesserocr() -> Finding:
    there = importlib.util.find_spec("tesserocr") is not None
    detail = metadata.version("tesserocr") if there else "not installed; pytesseract is used, which is slower"
    return Finding("tesserocr", there, False, detail, "pip install tesserocr")


def _fonts() -> Finding:
    if shutil.which("fc-list") is None:
        return Finding("fonts", False, False, "fontconfig is not there; only rebuilding the samples needs it")
    there = "Liberation Serif" in _output("fc-list", ":", "family")
    detail = "Liberation Serif" if there else "Liberation Serif is missing; only rebuilding the samples needs it"
    return Finding("fonts", there, False, detail, "apt-get install fonts-liberation")


def _output(*command: str) -> str:
    """What a program prints; nothing when it cannot be started or does not end."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout or done.stderr
