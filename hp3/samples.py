"""A golden sample for each event that has none yet: ``make events``.

    python -m hp3.samples            writes contracts/samples/<service>/<Event>.v1.json

What is there stays as it is: a published sample never changes, and ``PUBLISHED.json`` promises it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from marshmallow import ValidationError

from contracts import language
from contracts.schemas import loader
from hp3.catalogue import SAMPLES, described

MANIFEST = SAMPLES / "PUBLISHED.json"
_DAY, _INSTANT = "2026-09-01", "2026-09-01T15:30:00.000+08:00"


def main() -> None:
    """Write the samples that are missing, and promise them."""
    promised = json.loads(MANIFEST.read_text(encoding="utf-8"))
    for path, event in missing():
        try:
            made = sample_of(event)
        except ValidationError as wrong:
            raise SystemExit(f"Write the sample {path.name} by hand: {wrong}.") from wrong
        text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        promised[str(path.relative_to(SAMPLES))] = digest
        MANIFEST.write_text(json.dumps(dict(sorted(promised.items())), indent=1) + "\n")


def missing() -> Iterator[tuple[Path, type]]:
    """Yield each event without a sample, with the path where it belongs."""
    for folder, events in (*language.EVENTS.items(), (language.EVERY_SERVICE, language.SHARED)):
        for (name, version), event in events.items():
            path = SAMPLES / folder / f"{name}.v{version}.json"
            if not path.exists():
                yield path, event


def sample_of(event: type) -> dict[str, Any]:
    """Return plausible ``data`` of an event.

    Raises:
        ValidationError: its fields ask for more than can be guessed; write the sample by hand.
    """
    schemas = described(event)
    made: dict[str, Any] = _made("it", schemas["it"], schemas)
    loader(event).load(made)
    return made


def _made(name: str, about: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    if "$ref" in about:
        return _made(name, schemas[about["$ref"].rpartition("/")[2]], schemas)
    if "enum" in about:
        return about["enum"][0]
    kind = about.get("type", "object")
    match kind if isinstance(kind, str) else kind[0]:
        case "string":
            dated = {"date": _DAY, "date-time": _INSTANT}
            word = dated.get(about.get("format", "")) or f"{name.removesuffix('_id')}-1"
            return word.ljust(about.get("minLength", 0), "0")
        case "integer" | "number":
            return max(1, about.get("minimum", 1))
        case "boolean":
            return True
        case "array":
            return [_made(name.removesuffix("s"), about["items"], schemas)]
    return {
        field: _made(field, inside, schemas)
        for field, inside in about.get("properties", {}).items()
    }


if __name__ == "__main__":
    main()
