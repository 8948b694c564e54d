"""JSON as the standard has it: UTF-8, no ``NaN``, not nested without end."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from indexer.errors import ItemError
from indexer.sources.audience import KEY as AUDIENCE


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON value")


def _with_all(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; where it says several times whom it is for, with all of that, which nobody reads as "public"."""
    said = [value for key, value in pairs if key == AUDIENCE]
    return dict(pairs) | {AUDIENCE: said} if len(said) > 1 else dict(pairs)


_decode = json.JSONDecoder(parse_constant=_refuse).decode
_decode_carefully = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_with_all).decode
"""Takes twice as long."""
_NAMED = f'"{AUDIENCE}"'.encode()


def parse_json(text: bytes) -> Any:
    """Return the value that ``text`` holds; raises ItemError saying where and why it is none."""
    decode = _decode_carefully if text.count(_NAMED) > 1 else _decode
    try:
        return decode(text.decode("utf-8-sig").strip())
    except UnicodeDecodeError as error:
        raise ItemError(f"byte {error.start} is not UTF-8; encode everything as UTF-8") from None
    except json.JSONDecodeError as error:
        raise ItemError(f"invalid JSON at character {error.pos}: {error.msg}") from None
    except RecursionError:
        raise ItemError("the JSON is nested too deeply") from None
    except ValueError as error:
        raise ItemError(f"invalid JSON: {error}") from None


def depth_of(value: Any, most: int) -> int:
    """Return how deeply lists and objects are nested in ``value``, at most ``most + 1``; a bare value is 0."""
    depth, level = 0, [value]
    while depth <= most:
        nested = [one for one in level if isinstance(one, (list, dict))]
        if not nested:
            break
        depth += 1
        level = [part for one in nested for part in (one.values() if isinstance(one, dict) else one)]
    return depth
