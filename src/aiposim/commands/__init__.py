"""Commands: one file a command, one function of the file's name, found by listing this folder.

The function's parameters are the command's arguments and options (Typer), its docstring is its help. A
command reads its input, calls what does the work, prints, and says by its exit code how it went: 0 all well,
1 it ran but some runs failed or a check did not hold, 2 the input is wrong. It imports what is heavy inside the
function, so that `aiposim --help` is quick. With `--json` nothing but JSON stands on standard output; what is
said by the way goes to standard error. Options that several commands share are in `_options.py`.
"""
