"""A run as a JUnit report: every document a test case, so that CI shows by name which ones failed and why.

Written case by case with the standard library, since an archive's report is not to be held in memory.
"""

import re
from pathlib import Path
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from batch.reports.summary import Summary
from batch.store import Store, StoredDocument

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that a file name may hold and an XML file may not."""

SUITE = "kehoach"


def write_report(store: Store, summary: Summary, path: Path) -> None:
    """Write the report. A partly read document passes, with its trouble as system output. Raises OSError."""
    counts = {"tests": str(summary.total), "failures": str(summary.failed), "errors": "0"}
    with path.open("w", encoding="utf-8") as stream:
        xml = XMLGenerator(stream, "utf-8", short_empty_elements=True)
        xml.startDocument()
        xml.startElement("testsuites", AttributesImpl(counts))
        xml.startElement("testsuite", AttributesImpl({"name": SUITE, **counts, "time": str(summary.seconds)}))
        for document in store.documents():
            xml.characters("\n")
            _write_case(xml, document)
        xml.characters("\n")
        xml.endElement("testsuite")
        xml.endElement("testsuites")
        xml.endDocument()


def _write_case(xml: XMLGenerator, document: StoredDocument) -> None:
    names = {"name": _shown(document.source_path), "classname": document.media_type or "unread"}
    xml.startElement("testcase", AttributesImpl(names))
    if document.status == "failed":
        reason = {"message": _shown(document.error or ""), "type": document.error_code or ""}
        xml.startElement("failure", AttributesImpl(reason))
        xml.endElement("failure")
    elif document.error:
        xml.startElement("system-out", AttributesImpl({}))
        xml.characters(_shown(document.error))
        xml.endElement("system-out")
    xml.endElement("testcase")


def _shown(text: str) -> str:
    return NOT_IN_XML.sub(lambda letter: ascii(letter[0])[1:-1], text)
