"""``python -m gongjian.project.cli``: the same commands."""

from gongjian.project.cli import main

main()
