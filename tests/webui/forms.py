"""What a browser sends from one of our forms."""

from __future__ import annotations

from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import html5lib


class Form:
    """A form of a page with its check boxes, including those outside of it that name it."""

    def __init__(self, page: str, id: str) -> None:
        root: Element = html5lib.parse(page, namespaceHTMLElements=False)
        (form,) = (one for one in root.iter("form") if one.get("id") == id)
        inside = set(form.iter())
        self.action = form.get("action", "")
        self._controls = [
            one
            for one in root.iter()
            if one.tag in ("input", "select") and one.get("name") and (one in inside or one.get("form") == id)
        ]

    def ticks(self, name: str) -> dict[str, bool]:
        """Return the values of ``name`` that can be ticked, and those that are."""
        boxes = [one for one in self._controls if one.get("type") == "checkbox" and one.get("name") == name]
        return {one.get("value", ""): one.get("checked") is not None for one in boxes}

    def address(self, *ticks: tuple[str, str]) -> str:
        """Return where the form leads once each of ``ticks`` was pressed; empty controls are left out."""
        sent = [(name, value) for name, value in map(self._sent, self._controls) if value]
        for tick in ticks:
            assert tick[1] in self.ticks(tick[0])
            sent = [one for one in sent if one != tick] if tick in sent else [*sent, tick]
        return f"{self.action}?{urlencode(sent)}"

    @staticmethod
    def _sent(control: Element) -> tuple[str, str]:
        name = control.get("name", "")
        if control.tag == "select":
            chosen = [one for one in control.iter("option") if one.get("selected") is not None]
            return name, chosen[0].get("value", "") if chosen else ""
        off = control.get("type") == "checkbox" and control.get("checked") is None
        return name, "" if off else control.get("value", "")
