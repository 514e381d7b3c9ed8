"""A run as a JUnit report: every document a test case, so that CI shows by name which ones failed and why."""

import re
from pathlib import Path

from junitparser import Failure as JunitFailure
from junitparser import JUnitXml, TestCase, TestSuite

from batch.store import Store

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that a file name may hold and an XML file may not."""


def write_report(store: Store, path: Path) -> None:
    """Write the report. A partly read document passes, with its trouble as system output. Raises OSError."""
    suite = TestSuite("kehoach")
    for document in store.documents():
        case = TestCase(_shown(document.source_path), document.media_type or "unread")
        if document.status == "failed":
            case.result = [JunitFailure(_shown(document.error or ""), document.error_code)]
        elif document.error:
            case.system_out = _shown(document.error)
        suite.add_testcase(case)
    report = JUnitXml("kehoach")
    report.add_testsuite(suite)
    report.write(str(path), pretty=True)


def _shown(text: str) -> str:
    return NOT_IN_XML.sub(lambda letter: ascii(letter[0])[1:-1], text)
