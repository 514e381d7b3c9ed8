"""A run as a JUnit report: every document a test case, so that CI shows by name which ones failed and why."""

from pathlib import Path

from junitparser import Failure as JunitFailure
from junitparser import JUnitXml, TestCase, TestSuite

from batch.store import Store


def write_report(store: Store, path: Path) -> None:
    """Write the report. A partly read document passes, with its trouble as system output. Raises OSError."""
    suite = TestSuite("kehoach")
    for document in store.documents():
        case = TestCase(document.source_path, document.media_type or "unread")
        if document.status == "failed":
            case.result = [JunitFailure(document.error, document.error_code)]
        elif document.error:
            case.system_out = document.error
        suite.add_testcase(case)
    report = JUnitXml("kehoach")
    report.add_testsuite(suite)
    report.write(str(path), pretty=True)
