"""What an operator may set for a run: folders, processes and limits, with defaults that an archive never meets."""

from dataclasses import dataclass, field

from extract.settings import ExtractSettings


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a page, document or worker is given up.

    seconds_per_page      wall clock for one page's reading
    seconds_per_document  wall clock for restoring and parsing one document, once its pages are read
    worker_memory_mb      address space that one worker may hold beyond what it starts with
    """

    seconds_per_page: float = 300.0
    seconds_per_document: float = 600.0
    worker_memory_mb: int = 3000

    def __post_init__(self) -> None:
        limits = (self.seconds_per_page, self.seconds_per_document, self.worker_memory_mb)
        if not all(limit > 0 for limit in limits):  # neither is NaN
            raise ValueError(f"limits of time and memory must be above 0, not {limits}")


DEFAULTS = Limits()


@dataclass(frozen=True, slots=True)
class RunSettings:
    """One run over one archive. jobs: number of worker processes, at least 1.

    raw, out: folders, as paths or as URLs of shared storage ('s3://bucket/plans', 'file:///srv/plans').
    scheduler: None for processes of this machine; 'local' or an address, 'tcp://host:8786', for a Dask cluster.
    """

    raw: str
    out: str
    jobs: int
    scheduler: str | None = None
    limits: Limits = field(default_factory=Limits)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
