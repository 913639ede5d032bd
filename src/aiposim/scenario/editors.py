"""The JSON Schema of a scenario file, with the short spellings and figures that people may write."""

from __future__ import annotations

from typing import Any

from aiposim import families
from aiposim.scenario.checking import ScenarioFile
from aiposim.scenario.fields import choices
from aiposim.scenario.member import AREAS, Member, Pair

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_RULE_BLOCKS = {"Voting", "CostSharing", "Director", "Reversion", "Sanction"}


def json_schema() -> dict[str, Any]:
    """A schema by which an editor completes keys and marks what is out of range."""
    schema = ScenarioFile.model_json_schema(ref_template="#/$defs/{model}")
    definitions: dict[str, Any] = schema["$defs"]
    for model in (Member, Pair):
        own = model.model_json_schema(ref_template="#/$defs/{model}")
        definitions.update(own.pop("$defs", {}))
        definitions[model.__name__] = {key: value for key, value in own.items() if key != "required"}
    definitions["Membership"]["properties"]["overrides"] = _mapping_of("Member", "^[A-Z]{3}$")
    definitions["Membership"]["properties"]["pairs"] = _mapping_of("Pair", "^[A-Z]{3}-[A-Z]{3}$")
    for definition in [schema, *definitions.values()]:
        for name, written in definition.get("properties", {}).items():
            definition["properties"][name] = _as_written(written, definitions)
    definitions["Figure"] = _figure()
    definitions["Mix"] = _mix()
    schema["properties"]["designs"] = {
        "type": "object",
        "additionalProperties": {"type": "object"},
        "description": "overrides by the name of the design",
    }
    schema["properties"]["outcomes"]["items"] = _outcome()
    definitions["Conclusion"]["properties"]["outcome"] = _outcome()
    return {
        "$schema": _DRAFT,
        "title": "aiposim scenario",
        **{k: v for k, v in schema.items() if k != "title"},
    }


def _mapping_of(model: str, pattern: str) -> dict[str, Any]:
    return {
        "type": "object",
        "patternProperties": {pattern: {"$ref": f"#/$defs/{model}"}},
        "additionalProperties": False,
    }


def _as_written(written: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A property with every form in which it may stand in a file."""
    written = {key: value for key, value in written.items() if key != "title"}
    if "family" in written:
        names = [
            name for choice in choices(written["family"]) for name in dict.fromkeys((choice, choice.replace("_", "-")))
        ]
        return {
            **written,
            "enum": sorted({*names, *(("consensus-1",) if written["family"] == "rules.voting" else ())}),
        }
    block = str(written.get("$ref", "")).rsplit("/", 1)[-1]
    if block in _RULE_BLOCKS:
        rule = _as_written(definitions[block]["properties"]["rule"], definitions)
        return {
            "anyOf": [{"type": "string", "enum": rule["enum"]}, {"$ref": written["$ref"]}],
            **{k: v for k, v in written.items() if k not in ("$ref", "default")},
        }
    if written.get("symbol") == "review":
        written["anyOf"] = [form if form.get("type") != "null" else {"const": "never"} for form in written["anyOf"]]
    if "unit" in written or written.get("type") == "boolean":
        about: dict[str, Any] = {
            key: written.pop(key) for key in ("description", "unit", "symbol", "plausible", "default") if key in written
        }
        return {"anyOf": [written, {"$ref": "#/$defs/Figure"}], **about}
    return written


def _outcome() -> dict[str, Any]:
    """A measure, for completion; or one with the code of a member or another part behind a dot."""
    names = families.names("measures")
    return {"anyOf": [{"enum": names}, {"type": "string", "pattern": rf"^({'|'.join(names)})\.\w+$"}]}


def _mix() -> dict[str, Any]:
    """In a file the parts of a programme carry their names."""
    part = {"type": "number", "minimum": 0, "maximum": 1}
    return {
        "type": "object",
        "required": list(AREAS),
        "additionalProperties": False,
        "properties": dict.fromkeys(AREAS, part),
    }


def _figure() -> dict[str, Any]:
    text = {"type": ["string", "number"]}
    return {
        "type": "object",
        "description": "a value with its unit and source",
        "required": ["value"],
        "additionalProperties": False,
        "properties": {
            "value": {},
            "unit": text,
            "year": text,
            "source": text,
            "note": text,
            "evidence": {"enum": ["V", "L", "A"]},
        },
    }
