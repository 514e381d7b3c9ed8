"""What the tasks of a run give: light to import, so that those who only carry or keep outcomes load no models."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.page import Failure, Page, PageSource


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file is, before any page is read. pages: 0 when `failure` says why there are none."""

    media_type: str
    pages: int
    failure: Failure | None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page, packed, and why it gave nothing, if it did not."""

    packed: bytes
    failure: Failure | None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Finished:
    """What one document became.

    tables: name -> packed rows. sources: pages by where their text came from. seconds: by stage.
    """

    status: str
    error_code: str | None
    error: str | None
    is_plan: bool
    confidence: float | None
    tables: dict[str, bytes]
    sources: dict[str, int]
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Short:
    """A short document that went through all stages in one task: its pages, none of which failed, are nowhere kept.

    seconds: that reading them took.
    """

    probe: Probe
    pages: int
    done: Finished
    seconds: float = 0.0


def failed_page(number: int, failure: Failure) -> Page:
    """What stands for a page that could not be read."""
    return Page(number, None, None, 0, 0.0, PageSource.OCR, "none", (), (), 0.0, failure)
