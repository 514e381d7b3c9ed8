"""PlanContext: what the readers of targets and assignments need to know of the plan that they stand in."""

import datetime as dt
from dataclasses import dataclass

from schema.areas import ANY_SUBJECT, PlanSubject


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation that the document defines: 'Bộ phận Một cửa' for 'Bộ phận Tiếp nhận và Trả kết quả'."""

    short: str
    full: str


@dataclass(frozen=True, slots=True)
class PlanContext:
    """The head of a plan, read before its body. None where the document does not say."""

    plan_id: str
    issued_date: dt.date | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    issuer: str | None = None
    issuer_level: str | None = None
    issuer_name: str | None = None
    parent_unit: str | None = None
    province: str | None = None
    definitions: tuple[Definition, ...] = ()
    subject: PlanSubject = ANY_SUBJECT
    """What the title says of the areas of reform of its statements."""

    @property
    def year(self) -> int | None:
        """The year the plan is for, when it covers just one; the year of issue when no period is named; else None."""
        if self.period_start and self.period_end:
            return self.period_start.year if self.period_start.year == self.period_end.year else None
        return self.issued_date.year if self.issued_date else None
