"""Removes from a story what is not its text: deleted, moved or hidden text, and second versions for older programs."""

from __future__ import annotations

import re
from collections.abc import Collection

from indexer.extract.formats.xml import Element, attribute, child, drop, each, local

_OFF = ("0", "false", "off", "none")
_OLD_SHAPES = ("shape", "rect", "roundrect", "oval", "line", "group")
"""VML shapes."""
_INVISIBLE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_SHAPES = ("anchor", "inline", "wsp", "pic", "grpSp", "wgp", "graphicFrame", "cxnSp")
JOINED = "joined-with-next"
"""The attribute of a paragraph whose end is deleted, or which is a drop cap that begins the next one."""


def prune(root: Element, hidden_styles: Collection[str] = ()) -> None:
    """Prune a story of Word; ``hidden_styles`` are those whose text is hidden."""
    alternatives(root)
    for one in [*each(root, "del", "moveFrom", "cellDel")]:
        _deleted(one)
    for one in [*each(root, "vanish")]:
        if is_on(one):
            _hidden(one)
    for one in [*each(root, "hidden", "docPr", "cNvPr", *_OLD_SHAPES)]:
        _hidden_shape_or_row(one)
    for one in [*each(root, "vMerge", "hMerge", "framePr")]:
        if local(one) == "framePr":
            if (attribute(one, "dropCap") or "none") not in _OFF:
                one.getparent().getparent().set(JOINED, "1")
        elif attribute(one, "val") != "restart":
            # A continued cell, whose content is not shown.
            _empty(one.getparent().getparent())
    if hidden_styles:
        for one in [*each(root, "rStyle", "pStyle")]:
            if attribute(one, "val") in hidden_styles:
                owner = one.getparent().getparent()
                for run in [owner] if local(owner) == "r" else [*each(owner, "r")]:
                    if not _is_shown(run):
                        _empty(run)


def alternatives(root: Element) -> None:
    """Keep one of the alternative versions of a shape: the newest that contains text, otherwise that for older programs."""
    for one in [*each(root, "AlternateContent")]:
        forms = [form for form in one if local(form) in ("Choice", "Fallback")]
        kept = next((form for form in forms if _has_text(form)), None)
        for form in forms:
            if form is not (forms[0] if kept is None else kept):
                one.remove(form)


def is_on(toggle: Element | None) -> bool:
    """Whether an on/off property is present and on."""
    return toggle is not None and (attribute(toggle, "val") or "1") not in _OFF


def _has_text(form: Element) -> bool:
    return any(one.text for one in each(form, "t")) or any(
        True for _ in each(form, "textpath", "chart", "relIds")
    )


def _deleted(change: Element) -> None:
    parent = change.getparent()
    if parent is None:
        return
    kind, owner = local(parent), parent.getparent()
    if kind == "rPr" and owner is not None and local(owner) == "pPr":
        owner.getparent().set(JOINED, "1")
    elif kind in ("trPr", "tcPr"):
        drop(owner)
    elif kind not in ("rPr", "numPr", "ctrlPr"):
        drop(change)


def _hidden(vanish: Element) -> None:
    properties = vanish.getparent()
    run = properties.getparent()
    if local(properties) == "rPr" and run is not None and local(run) == "r":
        _empty(run)


def _hidden_shape_or_row(one: Element) -> None:
    name = local(one)
    if name == "hidden":
        if is_on(one) and local(one.getparent()) == "trPr":
            drop(one.getparent().getparent())
    elif name in _OLD_SHAPES:
        if _INVISIBLE.search(one.get("style", "")):
            drop(one)
    elif (one.get("hidden") or "0") not in _OFF:
        shape = one.getparent()
        while local(shape) not in _SHAPES and shape.getparent() is not None:
            shape = shape.getparent()
        drop(shape)


def _is_shown(run: Element) -> bool:
    """Whether a run itself states that it is shown, whatever its style states."""
    vanish = child(child(run, "rPr"), "vanish")
    return vanish is not None and not is_on(vanish)


def _empty(element: Element | None) -> None:
    if element is not None:
        for one in [*element]:
            if local(one) not in ("pPr", "tcPr"):
                element.remove(one)
