"""Run the command line as ``python -m vzevents``."""

from vzevents.cli import main

main()
