"""A line as an engine read it becomes the same line in right Vietnamese, with the reasons."""

from normalize.document import restore_document
from normalize.fixes import Fix, LineQuality, Restored, RestoredPage, replay

__all__ = ["Fix", "LineQuality", "Restored", "RestoredPage", "replay", "restore_document"]
