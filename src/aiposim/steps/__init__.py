"""The steps of a period, one module a phase: each a short loop with the runs innermost.

A step's parameters carry the names of the fields of `aiposim.state.State` (or `t`, the period, last); they
are the wiring, and the honest list of what the step reads and writes. `aiposim.wiring.bind` fetches them.
`terms` holds one record, the numbers of the scenario by block: `terms[0].payment.norm`.
"""
