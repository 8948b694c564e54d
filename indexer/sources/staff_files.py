"""Files below folders for staff, which articles for the public must not carry, whoever names them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indexer.model import Article, Attachment
from indexer.sources.defaults import Defaults
from indexer.sources.folder_defaults import FolderSettings
from indexer.sources.values import Said


class StaffFiles:
    """Knows which files lie in folders for staff; what it found of a folder it keeps."""

    def __init__(self) -> None:
        self._settings = FolderSettings()
        self._known: dict[Path, Defaults] = {}

    def withheld(self, article: Article, own: Path | None, left_out: Said) -> Article:
        """Return ``article``; one for the public without the bytes of files for staff, which are named in ``left_out``.

        ``own`` is the folder of its record: what lies there is for whom the article is.
        """
        if article.audience == "staff" or not any(one.path for one in article.attachments):
            return article
        if own and self._is_for_staff(own):
            return article
        kept: list[Attachment] = []
        for n, one in enumerate(article.attachments):
            if one.path and self._is_for_staff(one.path.parent):
                left_out[f"attachments[{n}]"] = f"{one.name} is staff-only, but the article is public"
                one = replace(one, path=None)
            kept.append(one)
        return replace(article, attachments=tuple(kept))

    def _is_for_staff(self, folder: Path) -> bool:
        return self._defaults(folder).audience == "staff"

    def _defaults(self, folder: Path) -> Defaults:
        if folder not in self._known:
            above = Defaults() if folder.parent == folder else self._defaults(folder.parent)
            self._known[folder] = self._settings.of(folder, above)
        return self._known[folder]
