"""The processes outside the institute whose paths are given: incomes, and the rates of incidents.

What moves from period to period, opinion and incidents themselves, are steps (`aiposim.steps.world`).
"""
