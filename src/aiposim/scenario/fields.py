"""How a setting is declared: default, unit, symbol, what is legal and what is plausible."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from aiposim import families

Plausible = tuple[float | None, float | None]


class Block(BaseModel):
    """A block of settings: unknown keys and wrong types are refused, nothing can be changed afterwards."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False, validate_default=False)


def number(
    default: Any = ...,
    about: str = "",
    *,
    symbol: str = "",
    unit: str = "number",
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    lt: float | None = None,
    plausible: Plausible | None = None,
) -> Any:
    """A numeric setting. `ge`, `gt`, `le`, `lt` are law (an error); `plausible` is advice (a warning)."""
    extra: dict[str, Any] = {"unit": unit}
    if symbol:
        extra["symbol"] = symbol
    if plausible is not None:
        extra["plausible"] = list(plausible)
    return Field(default, description=about, ge=ge, gt=gt, le=le, lt=lt, json_schema_extra=extra)


def share(
    default: Any = ...,
    about: str = "",
    *,
    symbol: str = "",
    plausible: Plausible | None = None,
    unit: str = "share",
) -> Any:
    """A number from 0 to 1."""
    return number(default, about, symbol=symbol, unit=unit, ge=0, le=1, plausible=plausible)


def setting(default: Any = ..., about: str = "", *, symbol: str = "", family: str = "") -> Any:
    """A setting that is not a number; `family` is the folder of rules it chooses from."""
    extra: dict[str, Any] = {key: text for key, text in (("symbol", symbol), ("family", family)) if text}
    return Field(default, description=about, json_schema_extra=extra or None)


INCIDENT_PROCESSES = ("hawkes", "markov", "poisson", "none")


def choices(family: str) -> tuple[str, ...]:
    """The rules of a family that can be written, short forms included."""
    return (*families.names(family), *families.SHORT_FORMS.get(family, ()))


def _one_of(family: str, value: str, allowed: tuple[str, ...]) -> str:
    name = families.canonical(value)
    if name in allowed:
        return name
    raise PydanticCustomError("unknown_rule", "{allowed}", {"allowed": ", ".join(allowed), "family": family})


def _known(family: str) -> AfterValidator:
    return AfterValidator(lambda name: _one_of(family, name, tuple(families.names(family))))


def _process(value: Any) -> Any:
    return _one_of("world.incidents", value, INCIDENT_PROCESSES) if isinstance(value, str) else value


def _never(value: Any) -> Any:
    return None if value == "never" else value


CostSharingRule = Annotated[str, _known("rules.cost_sharing")]
VotingRule = Annotated[str, _known("rules.voting")]
DirectorRule = Annotated[str, _known("rules.director")]
SanctionRule = Annotated[str, _known("rules.sanction")]
ReversionRule = Annotated[str, _known("rules.reversion")]
IncidentProcess = Annotated[Literal["hawkes", "markov", "poisson", "none"], BeforeValidator(_process)]
Review = Annotated[int | None, BeforeValidator(_never)]


def _outcome(value: str) -> str:
    """A measure as a column names it, `women_share` or `burden_ratio.JPN`; what follows the dot is not looked at."""
    name, dot, part = value.partition(".")
    allowed = families.names("measures")
    if name in allowed and bool(dot) == bool(part):
        return value
    raise PydanticCustomError("unknown_rule", "{allowed}", {"allowed": ", ".join(allowed), "family": "measures"})


Outcome = Annotated[str, AfterValidator(_outcome)]
StateCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
