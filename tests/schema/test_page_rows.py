"""Rows of the tables that hold the text itself."""

from extract.page import Line, Page, PageSource
from normalize.fixes import Fix, Restored, RestoredPage
from schema.arrow import from_table, table_of, to_table
from schema.page_rows import correction_values
from schema.records import CorrectionRow


def test_the_values_of_a_correction_stand_in_the_order_of_its_columns() -> None:
    fix = Fix(3, 7, "hoad", "hoạch", "decoder", 0.5)
    page = Page(2, None, None, 0, 0.0, PageSource.TEXT_FILE, "text", (Line("Kế hoad", None, 1.0),), (), 1.0)
    values = tuple(correction_values("abc", [RestoredPage(page, (Restored("Kế hoad", (fix,)),))]))
    expected = CorrectionRow("abc", 2, 1, 3, 7, "hoad", "hoạch", "decoder", 0.5)
    assert list(from_table(table_of("corrections", values), CorrectionRow)) == [expected]
    assert table_of("corrections", values) == to_table("corrections", [expected])
