"""Pages and tables as bytes: for the way between processes, and for the store.

Both are compressed as a whole: a table of one document has many small buffers, and Arrow's own compression, which takes
each by itself, needs more time and more room for them than for the rows.
"""

import zlib

import msgspec
import pyarrow as pa

from extract.page import Page
from schema.arrow import arrow_schema

LEVEL = 1
"""zlib's fastest: the next level makes the store 3 % smaller and takes twice the time."""

_PAGE = msgspec.msgpack.Decoder(Page)
# geometry comes from NumPy, whose float64 is a float to Python but not to msgspec
_PACKER = msgspec.msgpack.Encoder(enc_hook=float)


def pack_page(page: Page) -> bytes:
    """A page as compressed MessagePack; 5 to 15 KB."""
    return zlib.compress(_PACKER.encode(page), LEVEL)


def unpack_page(packed: bytes) -> Page:
    """The page that pack_page packed. Raises zlib.error or msgspec.ValidationError when the bytes are no such page."""
    return _PAGE.decode(zlib.decompress(packed))


def pack_table(table: pa.Table) -> bytes:
    """One document's rows of a table, at least one, as a compressed Arrow record batch without its schema."""
    (batch,) = table.combine_chunks().to_batches()
    return zlib.compress(batch.serialize(), LEVEL)


def unpack_table(name: str, packed: bytes) -> pa.Table:
    """The rows that pack_table packed, of the table `name`. Raises zlib.error or pyarrow.ArrowInvalid."""
    batch = pa.ipc.read_record_batch(pa.py_buffer(zlib.decompress(packed)), arrow_schema(name))
    return pa.Table.from_batches([batch])
