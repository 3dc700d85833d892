"""`python -m llmsh.tuning.bash DATA_FOLDER OUT.jsonl`: the samples of all data files, proved, and how many of what."""

from __future__ import annotations

import sys

from llmsh.tuning.bash.run import translate_folder


def main(data: str, out: str) -> None:
    """Translate, prove and write; progress and counts go to standard error."""
    found = translate_folder(data, out, lambda told: print(told, file=sys.stderr, flush=True))  # noqa: T201  progress
    for title, counts in (("samples", found.kept), ("left out", found.dropped), ("no plan", found.refused)):
        sys.stderr.write(f"{title}:\n")
        for what, number in counts.most_common(60):
            sys.stderr.write(f"  {number:5} {what}\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
