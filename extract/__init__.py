"""A file of the archive becomes Pages: what stands where on the paper, still misspelt."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.settings import ExtractSettings
    from extract.source import Source, document_of, open_source, read_file, read_page

__all__ = ["ExtractSettings", "Source", "document_of", "open_source", "read_file", "read_page"]


def __getattr__(name: str) -> object:
    """The public names when first asked for: who restores text that is there needs no image library (0.2 seconds)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "ExtractSettings":
        from extract.settings import ExtractSettings

        return ExtractSettings
    import extract.source

    value: object = getattr(extract.source, name)
    return value
