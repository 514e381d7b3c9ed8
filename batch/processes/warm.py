"""Imported by the fork server before it makes workers: they share the models in memory and start with compiled code."""

import gc
import sys

from batch.packing import pack_page
from batch.processes.workers import tell_failed_start
from batch.tasks import finish
from extract.page import Line, Page, PageSource

# one garbled line and one heading: enough to load every model and every rule table
LINES = ("KE HOACH", "Cin ctr Nghi quyét sé 76/NQ-CP ngay 15/7/2021 ctia Chinh phu")


def warm_up() -> None:
    """Carry a small made-up document through restoring and parsing (a second or two, once for all workers)."""
    lines = tuple(Line(text, None, 1.0) for text in LINES)
    finish("0" * 16, (pack_page(Page(1, None, None, 0, 0.0, PageSource.TEXT_FILE, "text", lines, (), 1.0)),))


warm_up()
gc.collect()
gc.freeze()  # models and tables stay: no worker's collector walks them, nor copies their pages by doing so
sys.excepthook = tell_failed_start
