"""The store -> which files go on with another. Known only when all files of the archive are read."""

from collections.abc import Mapping

from batch.packing import unpack_table
from batch.store import Store, StoredDocument
from schema.arrow import from_table
from schema.files.file_parts import ReadFile, part_of_name, parts_of
from schema.records import PlanRow


def find_parts(store: Store) -> Mapping[str, str]:
    """Source path of a later part -> document_id of the file with the beginning; of files that were read alone."""
    return parts_of(
        ReadFile(document.document_id, document.source_path, _begins(store, document), document.is_plan)
        for document in store.documents()
        if document.status != "failed" and part_of_name(document.source_path)
    )


def _begins(store: Store, document: StoredDocument) -> bool:
    """Whether nobody signs its last plan, though all its pages were read."""
    if document.status != "ok" or document.sha256 is None:
        return False
    packed = store.table(document.sha256, "plans")
    plans = tuple(from_table(unpack_table("plans", packed), PlanRow)) if packed else ()
    return bool(plans) and plans[-1].signer_name is None and plans[-1].signer_title is None
