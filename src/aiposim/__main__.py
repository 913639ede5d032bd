"""`python -m aiposim` is the command `aiposim`."""

from aiposim.cli import main

if __name__ == "__main__":
    main()
