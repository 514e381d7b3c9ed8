"""What a run may decide about reading: engine, resolution and the limits past which a file is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """Settings of the extract stage; every field has a default that suits an archive of A4 scans.

    engine       a name of extract.engines.ENGINES, or "auto": the fastest one that is installed
    language     the Tesseract model(s) to read with
    dpi          resolution (dots per inch) at which pages are drawn for recognition
    max_bytes    a larger file is refused ("too_large")
    max_pages    a file with more pages is refused ("too_many_pages")
    max_pixels   an image of more pixels is refused ("too_large"); PDF pages are drawn coarser instead
    ignore_text_layers  True: every PDF page is recognised afresh, whatever text the file brings along
    """

    engine: str = "auto"
    language: str = "vie"
    dpi: int = 300
    max_bytes: int = 1 << 30
    max_pages: int = 2000
    max_pixels: int = 150_000_000
    ignore_text_layers: bool = False

    def __post_init__(self) -> None:
        if min(self.dpi, self.max_bytes, self.max_pages, self.max_pixels) < 1:
            raise ValueError(f"limits and resolution must be positive: {self}")
