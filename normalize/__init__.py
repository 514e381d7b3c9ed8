"""A line as an engine read it becomes the same line in right Vietnamese, with the reasons."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from normalize.document import restore_document
    from normalize.fixes import Fix, LineQuality, Restored, RestoredPage, replay

__all__ = ["Fix", "LineQuality", "Restored", "RestoredPage", "replay", "restore_document"]


def __getattr__(name: str) -> object:
    """The public names when first asked for: who names a letter needs no decoder and no compiler (0.5 seconds)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import normalize.document
    import normalize.fixes

    value: object = getattr(normalize.document if name == "restore_document" else normalize.fixes, name)
    return value
