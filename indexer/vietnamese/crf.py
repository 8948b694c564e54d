"""A linear-chain CRF as CRFsuite stores it: the weights by attribute, of a model with two labels.

The layout is that of CRFsuite 0.12's ``crf1d_model.c`` and ``cqdb.c``: a header of 48 bytes, features of
20 bytes (type, source, target, weight), and two constant databases that name labels and attributes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

_HEADER = struct.Struct("<4sI4sI3I5I")
_FEATURE = struct.Struct("<IIId")
_FEATURES_HEAD = 12
_STATE, _TRANSITION = 0, 1


@dataclass(frozen=True, slots=True)
class BinaryCrf:
    """Weights for the label asked for, each less that of the other label.

    Only differences matter for the best path of two labels: ``enter`` and ``stay`` are the
    transitions to the label, from the other one and from itself; ``leave`` and ``other`` those to
    the other one, from the label and from itself.
    """

    attributes: Mapping[str, float]
    enter: float
    stay: float
    leave: float
    other: float


def read_crf(model: bytes, label: str) -> BinaryCrf:
    """Read a CRFsuite ``model`` with two labels of which one is ``label``; ValueError where it is none."""
    if len(model) < _HEADER.size:
        raise ValueError("the model is truncated")
    magic, _, kind, _, _, labels, _, features_at, labels_at, attributes_at, _, _ = _HEADER.unpack_from(model)
    if magic != b"lCRF" or kind != b"FOMC" or labels != 2:
        raise ValueError("this is not a CRFsuite model with two labels")
    try:
        names = _names(model, labels_at)
        attributes = _names(model, attributes_at)
        (count,) = struct.unpack_from("<I", model, features_at + 8)
        start = features_at + _FEATURES_HEAD
        features = list(_FEATURE.iter_unpack(model[start : start + count * _FEATURE.size]))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"the model is damaged: {error}") from error
    (wanted,) = (id for id, name in names.items() if name == label)
    weights: dict[str, float] = {}
    transitions: dict[tuple[bool, bool], float] = {}
    for kind_of, source, target, weight in features:
        if kind_of == _STATE:
            name = attributes[source]
            weights[name] = weights.get(name, 0.0) + (weight if target == wanted else -weight)
        elif kind_of == _TRANSITION:
            transitions[source == wanted, target == wanted] = weight
    return BinaryCrf(
        weights,
        enter=transitions.get((False, True), 0.0),
        stay=transitions.get((True, True), 0.0),
        leave=transitions.get((True, False), 0.0),
        other=transitions.get((False, False), 0.0),
    )


def _names(model: bytes, start: int) -> dict[int, str]:
    """Return the strings of the constant database at ``start`` by their number."""
    _, _, _, _, count, offset = struct.unpack_from("<4sIIIII", model, start)
    names = {}
    for (place,) in struct.iter_unpack("<I", model[start + offset : start + offset + 4 * count]):
        if place:
            id, size = struct.unpack_from("<II", model, start + place)
            names[id] = model[start + place + 8 : start + place + 8 + size].rstrip(b"\0").decode()
    return names
