"""JSON as the standard has it: UTF-8, no ``NaN``, not nested without end."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from indexer.errors import ItemError


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON value")


_decode = json.JSONDecoder(parse_constant=_refuse).decode


def parse_json(text: bytes) -> Any:
    """Return the value that ``text`` holds; raises ItemError saying where and why it is none."""
    try:
        return _decode(text.decode("utf-8-sig").strip())
    except UnicodeDecodeError as error:
        raise ItemError(f"byte {error.start} is no UTF-8; write all of it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise ItemError(f"no valid JSON at character {error.pos}: {error.msg}") from None
    except RecursionError:
        raise ItemError("the JSON is nested too deeply") from None
    except ValueError as error:
        raise ItemError(f"no valid JSON: {error}") from None


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
