"""What a run did and what the output now holds: for a person as text, for a program as JSON."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from batch.publication.publish import TableFigures
from batch.reports.watch import one_line
from batch.store import Store

NAMED = 20
"""Failed documents that a summary names; all are in the table `documents` and in the JUnit report."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that failed or of which pages failed."""

    source_path: str
    error_code: str
    error: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one run.

    documents: by status, over the whole archive. troubled: the first few that failed or are partial. done: documents
    worked on in this run, by reason. gone: documents of the former output that the archive no longer holds.
    parts: files that go on with another, over the whole archive. pages_by_source: likewise. stage_seconds: of all
    workers together, 'list' and 'publish' of the parent. seconds: wall clock.
    """

    documents: Mapping[str, int]
    errors: Mapping[str, int]
    troubled: Sequence[Failed]
    done: Mapping[str, int]
    gone: int
    parts: int
    pages_read: int
    pages_by_source: Mapping[str, int]
    tables: Mapping[str, TableFigures]
    stage_seconds: Mapping[str, float]
    seconds: float
    out: str

    @property
    def failed(self) -> int:
        return self.documents.get("failed", 0)

    @property
    def total(self) -> int:
        return sum(self.documents.values())

    def to_json(self) -> str:
        """One JSON object, keys sorted, indented."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    def to_text(self) -> str:
        """The lines that end a run."""
        states = ", ".join(f"{self.documents.get(state, 0)} {state}" for state in ("ok", "partial", "failed"))
        done = ", ".join(f"{count} {reason}" for reason, count in self.done.items()) or "nothing to do"
        rate = f", {self.pages_read / self.seconds:.2f} pages/s" if self.pages_read and self.seconds else ""
        lines = [
            f"documents  {self.total}: {states}",
            f"this run   {done}; {self.pages_read} pages read in {self.seconds:.1f} s{rate}",
            "pages      "
            + (", ".join(f"{count} {source}" for source, count in self.pages_by_source.items()) or "none"),
        ]
        spent = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in self.stage_seconds.items())
        lines.append(f"stages     {spent}")
        if self.gone:
            lines.append(f"gone       {self.gone} documents left the output, since the archive no longer holds them")
        if self.parts:
            lines.append(f"parts      {self.parts} files go on with another: column part_of of the table documents")
        if self.errors:
            lines.append("errors     " + ", ".join(f"{count} {code}" for code, count in self.errors.items()))
            lines += [f"  {one_line(f'{failed.source_path}: {failed.error}')}" for failed in self.troubled]
            more = sum(self.errors.values()) - len(self.troubled)
            lines += [f"  and {more} more: see the table documents"] if more else []
        lines.append("tables     rows (of which need review)")
        for name, figures in self.tables.items():
            review = f" ({figures.needs_review})" if figures.needs_review else ""
            lines.append(f"  {name:<12} {figures.rows}{review}")
        return "\n".join([*lines, f"written to {self.out}"])


def summarise(
    store: Store,
    done: Mapping[str, int],
    gone: int,
    pages_read: int,
    tables: Mapping[str, TableFigures],
    stage_seconds: Mapping[str, float],
    seconds: float,
    out: str,
) -> Summary:
    """The figures of a run, and of the archive as the store now knows it."""
    counts = _count(store)
    return Summary(
        documents=dict(sorted(counts.states.items())),
        errors=dict(sorted(counts.errors.items())),
        troubled=tuple(counts.troubled),
        done=dict(sorted(done.items())),
        gone=gone,
        parts=counts.parts,
        pages_read=pages_read,
        pages_by_source=dict(sorted(counts.sources.items())),
        tables=dict(tables),
        stage_seconds={stage: round(seconds, 2) for stage, seconds in stage_seconds.items()},
        seconds=round(seconds, 2),
        out=out,
    )


@dataclass(slots=True)
class _Counts:
    """What is counted over all documents: by status, error code and source of pages."""

    states: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    troubled: list[Failed] = field(default_factory=list)
    parts: int = 0


def _count(store: Store) -> _Counts:
    counts = _Counts()
    for document in store.documents():
        counts.states[document.status] += 1
        counts.parts += document.part_of is not None
        counts.sources.update(document.sources)
        if document.error_code:
            counts.errors[document.error_code] += 1
            if len(counts.troubled) < NAMED:
                counts.troubled.append(Failed(document.source_path, document.error_code, document.error))
    return counts
