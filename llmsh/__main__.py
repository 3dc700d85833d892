"""`python -m llmsh` is `llmsh`."""

from llmsh.cli import main

main()
