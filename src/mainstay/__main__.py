"""`python -m mainstay`: the same as the `mainstay` command."""

from mainstay.project.cli import main

if __name__ == "__main__":
    main()
