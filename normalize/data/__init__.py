"""The tables that restoration reads, learned and written by hand: SOURCES.md says where each comes from."""

import gc
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

DATA = Path(__file__).parent
_P = ParamSpec("_P")
_T = TypeVar("_T")


def undisturbed(load: Callable[_P, _T]) -> Callable[_P, _T]:
    """A function that makes a large table, with the garbage collector at rest meanwhile: all of it stays, and the
    collector would walk its tens of thousands of rows again and again, a tenth of the time that starting takes.
    """

    @wraps(load)
    def loaded(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        if not gc.isenabled():
            return load(*args, **kwargs)
        gc.disable()
        try:
            return load(*args, **kwargs)
        finally:
            gc.enable()

    return loaded
