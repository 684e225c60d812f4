"""The stages of a test as JUnit's XML, which CI servers show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from ace_flow.trials.stages import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.trials.stages import Done

# https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(name: str, done: Sequence[Done]) -> bytes:
    """Return a suite that is called `name`, with a case for each stage."""
    count = {outcome: sum(item.outcome is outcome for item in done) for outcome in Outcome}
    seconds = f"{sum(item.seconds for item in done):.3f}"
    totals = {
        "tests": str(len(done)),
        "failures": str(count[Outcome.FAILED]),
        "skipped": str(count[Outcome.SKIPPED]),
        "time": seconds,
    }
    suites = ET.Element("testsuites", totals)
    suite = ET.SubElement(suites, "testsuite", {"name": _legal(name), "errors": "0", **totals})
    for item in done:
        about = {"classname": _legal(name), "name": item.stage.name, "time": f"{item.seconds:.3f}"}
        case = ET.SubElement(suite, "testcase", about)
        if item.outcome is Outcome.FAILED:
            fault = ET.SubElement(case, "failure", {"message": _legal(item.summary)})
            fault.text = _legal(item.details)
        elif item.outcome is Outcome.SKIPPED:
            ET.SubElement(case, "skipped", {"message": _legal(item.summary)})
        else:
            ET.SubElement(case, "system-out").text = _legal(item.summary)
    ET.indent(suites)
    text: bytes = ET.tostring(suites, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
