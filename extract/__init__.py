"""A file of the archive becomes Pages: what stands where on the paper, still misspelt."""

from extract.settings import ExtractSettings
from extract.source import Source, document_of, open_source, read_file, read_page

__all__ = ["ExtractSettings", "Source", "document_of", "open_source", "read_file", "read_page"]
