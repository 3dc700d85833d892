"""`python -m llmsh` is `llmsh`: what lies in the working folder is not imported, as it is not there."""

import os
import sys

if sys.path[:1] in ([""], [os.getcwd()]):
    del sys.path[0]

from llmsh.cli import main

main()
