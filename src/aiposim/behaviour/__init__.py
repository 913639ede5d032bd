"""How states answer the institution: one folder a question, one file a behaviour, one function of its name.

A behaviour answers for one state: scalars in, scalar out; its luck (a uniform in (0, 1)) is an argument.
It has no side effects and raises nothing, so that it runs in a notebook, in an agent and in compiled loops.
"""
