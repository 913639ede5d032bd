"""Type names that say shape and unit. Axes stand in the order (..., run)."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Real: TypeAlias = float
Truth: TypeAlias = bool

Shares = Annotated[NDArray[np.float64], "(member,) or (member, run); of the assessed budget, sum 1"]

AREAS = ("cp", "pk", "ha", "pb", "rd")
"""Conflict prevention, peacekeeping, humanitarian assistance, peacebuilding, recovery and development."""

NUMBER_OF_AREAS = len(AREAS)
"""Within a loop over runs, a loop over so many areas is unrolled when compiled; over `shape[0]` it is not."""

Array: TypeAlias = NDArray[Any]


def _array(dtype: type, *axes: str) -> Any:
    """Annotation of a state array: its dtype and the names of its axes, the run (or crisis) last."""
    return Annotated[NDArray[Any], np.dtype(dtype), axes]


PerRun = _array(np.float64, "run")
RunFlag = _array(np.bool_, "run")
RunNumber = _array(np.int64, "run")
RunList = _array(np.uint32, "run")
PerState = _array(np.float64, "state", "run")
StateFlag = _array(np.bool_, "state", "run")
StateNumber = _array(np.int64, "state", "run")
PerArea = _array(np.float64, "area", "run")
PerPair = _array(np.float64, "state", "state", "run")
PairFlag = _array(np.bool_, "state", "state", "run")
PerDyad = _array(np.float64, "dyad", "run")
DyadFlag = _array(np.bool_, "dyad", "run")
PerSeat = _array(np.float64, "seat", "run")
SeatFlag = _array(np.bool_, "seat", "run")
PerCrisis = _array(np.float64, "crisis")
CrisisFlag = _array(np.bool_, "crisis")
CrisisNumber = _array(np.uint32, "crisis")  # unsigned: compiled code need not ask whether it counts from the end
DueMemory = _array(np.float64, "memory", "state", "run")
PerCandidate = _array(np.float64, "candidate", "run")
BudgetBallots = _array(np.int8, "candidate", "seat", "run")
BudgetCount = _array(np.int8, "counted", "candidate", "run")
CandidateFlag = _array(np.bool_, "candidate", "run")
ProgrammeDistances = _array(np.float64, "step", "seat", "run")
ProgrammeBallots = _array(np.int8, "step", "seat", "run")
ProgrammeCount = _array(np.int8, "counted", "step", "run")
PerStep = _array(np.float64, "step", "run")
StepFlag = _array(np.bool_, "step", "run")
Count = _array(np.int64, "one")
CrisisBallots = _array(np.int8, "seat", "crisis")
CrisisTally = _array(np.float64, "row", "one", "crisis")
CrisisPassed = _array(np.bool_, "one", "crisis")
StateCrisisFlag = _array(np.bool_, "state", "crisis")
RunTally = _array(np.float64, "row", "one", "run")
RunPassed = _array(np.bool_, "one", "run")
CrisisPrinciples = _array(np.bool_, "principle", "crisis")
PrincipleLuck = _array(np.float64, "block", "word", "crisis")
StateCrisis = _array(np.float64, "state", "crisis")
StateLuck = _array(np.float64, "state", "word", "run")
DyadLuck = _array(np.float64, "dyad", "word", "run")
RunLuck = _array(np.float64, "word", "run")
NgoLuck = _array(np.float64, "ngo", "word", "run")
PairLuck = _array(np.float64, "state", "state", "word", "run")
CrisisLuck = _array(np.float64, "word", "crisis")
StateCrisisLuck = _array(np.float64, "state", "word", "crisis")
PerBand = _array(np.float64, "band", "run")
BandCount = _array(np.uint16, "band", "run")
Histogram = _array(np.uint32, "period", "band", "bin")
RunBin = _array(np.uint16, "run")
BinCounts = _array(np.int32, "strand", "count")
FixedSum = _array(np.int64, "period", "band")
PerItem = _array(np.float64, "item", "run")
