"""`aiposim schema`: the JSON Schema of a scenario file, for editors that complete and check."""

from __future__ import annotations

import json
import sys

from aiposim.scenario.editors import json_schema


def schema() -> None:
    """Print the JSON Schema of a scenario file."""
    sys.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
