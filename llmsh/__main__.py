"""`python -m llmsh` is `llmsh`: what lies in the working folder is not imported, as it is not there."""

import sys

if not sys.flags.safe_path:
    del sys.path[0]

from llmsh.cli import main

main()
