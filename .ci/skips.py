"""Reads pytest's report: no test that needs the model may be skipped, and none without a reason."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET

UNSAID = {"", "unconditional skip"}


def main(report: str) -> int:
    """Print what was skipped and why; 1 where something had to run and did not."""
    tests = list(ET.parse(report).iter("testcase"))
    model = [test for test in tests if test.find("properties/property[@name='needs']") is not None]
    skipped = [(test, test.find("skipped")) for test in tests]
    faults = [] if model else ["no test that needs the model was run"]
    for test, why in skipped:
        if why is None:
            continue
        reason = why.get("message", "").strip()
        print(f"skipped: {test.get('classname')} {test.get('name')}: {reason}")
        if test in model:
            faults.append(f"{test.get('name')} needs the model and was skipped")
        if reason in UNSAID:
            faults.append(f"{test.get('name')} was skipped without a reason")
    print(f"{len(tests)} tests, {len(model)} of them with the model")
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
