"""Files below folders for staff, which articles for the public must not carry, whoever names them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indexer.model import Article, Attachment
from indexer.sources.defaults import Defaults
from indexer.sources.folder_defaults import FolderDefaults
from indexer.sources.values import Said


class StaffFiles:
    """Knows which files lie in folders for staff; what it found of a folder it keeps."""

    def __init__(self, folder: Path | None) -> None:
        """``folder`` is that of the records: what lies in it is for whom they are."""
        self._own = folder
        self._known: dict[Path, bool] = {}

    def withheld(self, article: Article, left_out: Said) -> Article:
        """Return ``article``; one for the public without the bytes of files for staff, which are named in ``left_out``."""
        if article.audience == "staff" or not any(one.path for one in article.attachments):
            return article
        kept: list[Attachment] = []
        for n, one in enumerate(article.attachments):
            if (
                one.path
                and self._is_for_staff(one.path.parent)
                and not (self._own and self._is_for_staff(self._own))
            ):
                left_out[f"attachments[{n}]"] = f"{one.name} is for staff, and the article for the public"
                one = replace(one, path=None)
            kept.append(one)
        return replace(article, attachments=tuple(kept))

    def _is_for_staff(self, folder: Path) -> bool:
        if folder not in self._known:
            # Of a file in it: what counts is said above that.
            self._known[folder] = FolderDefaults(folder / "_", Defaults()).of("").audience == "staff"
        return self._known[folder]
