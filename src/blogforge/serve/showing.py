"""An edition as the preview shows it, page by page, each made when it is first asked for."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from blogforge.errors import BlogforgeError, Problem
from blogforge.install import default_theme
from blogforge.pages.assets import is_stylesheet
from blogforge.pages.images import RenditionOf
from blogforge.pages.render import render
from blogforge.pages.subjects import ArticleSubject, File
from blogforge.serve.additions import EMPTY_PAGE, digest_of, with_badges, with_script
from blogforge.serve.badges import Badges, badges
from blogforge.serve.lookup import lookup, moved
from blogforge.serve.shown import HTML, PLAIN, Shown, media_type
from blogforge.serve.why import Panels, message

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from datetime import datetime
    from pathlib import Path

    from blogforge.edition import Edition
    from blogforge.model import Page

    Good = MutableMapping[str, bytes]
    Problems = tuple[Problem, ...]

_PAGES = (".html", ".htm")
_NOT_FOUND = "404.html"


class Showing:
    """`edition`, of the site in `root`, and what is wrong since; None where there never was one.

    `good` has the last good bytes of pages by their place, and gets them: a page that can no longer
    be made is shown as it was, under what is wrong with it. `bases` are base paths that the site
    had before.
    """

    def __init__(
        self,
        root: Path,
        good: Good,
        edition: Edition | None = None,
        problems: Problems = (),
        bases: frozenset[str] = frozenset(),
    ) -> None:
        self.edition = edition
        self.problems = problems
        self.bases = bases
        self._root = root
        self._good = good
        self._made: dict[tuple[int, str], Shown] = {}
        self._badges = Badges({}, None)
        self._styles: dict[str, str] = {}
        self._panels = Panels()
        if edition is not None:
            assets = edition.inputs.theme.assets
            self.bases |= {edition.site.config.base_path}
            self._places = {page.path: page for page in edition.pages}
            self._badges = badges(edition.site)
            names = (name for name in assets.files if is_stylesheet(name))
            self._styles = {name: assets.url(name) for name in names}

    def after(self, edition: Edition, problems: Problems) -> Showing:
        """The same with `edition`, of which each page is where it was."""
        new = copy(self)
        new.edition, new.problems, new._made = edition, problems, {}
        if self.edition is None or edition.pages is not self.edition.pages:
            new._places = {page.path: page for page in edition.pages}
        return new

    @property
    def next_change_at(self) -> datetime | None:
        """When time alone changes what is shown."""
        if self.edition is None:
            return None
        changes = (self.edition.schedule.next_change_at, self._badges.next_change_at)
        return min((change for change in changes if change), default=None)

    def look(self, path: str) -> Shown:
        """The answer to a decoded path."""
        if self.edition is None:
            return self._html(503, EMPTY_PAGE, "", self.problems)
        base = self.edition.site.config.base_path
        found = lookup(path, self._places, base) or moved(path, self._places, base, self.bases)
        if isinstance(found, str):
            return Shown(status=307, location=found)
        if found is None and _NOT_FOUND not in self._places:
            return self._html(404, EMPTY_PAGE, "", self.problems)
        status, page = (200, found) if found else (404, self._places[_NOT_FOUND])
        if (status, page.path) in self._made:
            return self._made[status, page.path]
        shown = self._page(page, status) if page.path.endswith(_PAGES) else self._file(page)
        if shown.media_type == HTML:
            self._made[status, page.path] = shown
        return shown

    def explain(self, path: str) -> Shown:
        """Why the related articles of the page at a decoded path are what they are."""
        edition = self.edition
        found = edition and lookup(path, self._places, edition.site.config.base_path)
        post = self._post(found) if found and not isinstance(found, str) else ""
        if edition is None or not post:
            return Shown(status=404, body=message("This page has no related articles.").encode())
        try:
            return Shown(body=self._panels.of(post, edition).encode())
        except Exception as error:  # noqa: BLE001  (what it reads may be of the next edition already)
            return Shown(status=503, body=message(str(fault(error))).encode())

    def _post(self, page: Page) -> str:
        """The source path of the post that a page shows; "" where it shows none."""
        assert self.edition is not None
        subject = page.subject
        is_post = isinstance(subject, ArticleSubject) and subject.path in self.edition.site.cards
        return subject.path if is_post else ""

    def _page(self, page: Page, status: int) -> Shown:
        data, problems = self._rendered(page)
        if data is not None:
            self._good[page.path] = data
        else:
            data = self._good.get(page.path)
        if data is None:
            status, data = 503, EMPTY_PAGE
        wrong = (*self.problems, *problems)
        return self._html(status, data, page.url, wrong, explained=bool(self._post(page)))

    def _file(self, page: Page) -> Shown:
        data, problems = self._rendered(page)
        if data is not None:
            return Shown(media_type=media_type(page.path), body=data)
        status = 503 if problems else 404
        return Shown(status=status, media_type=PLAIN, body="\n".join(map(str, problems)).encode())

    def _rendered(self, page: Page) -> tuple[bytes | None, Problems]:
        """The bytes of a page, or None and why; for no reason where its file has gone."""
        assert self.edition is not None
        try:
            copied = isinstance(page.subject, File | RenditionOf)
            if copied and not self._is_inside(page.subject.name):
                return None, ()
            return render(page, self.edition.inputs).data, ()
        except FileNotFoundError:
            return None, ()
        except BlogforgeError as error:
            return None, error.problems
        except Exception as error:  # noqa: BLE001  (a plugin's, or ours: the author reads on)
            return None, (fault(error),)

    def _is_inside(self, name: str) -> bool:
        """Whether a copied file is in the site or the theme still, and no link that leads out."""
        assert self.edition is not None
        origin, _, static = name.partition(":")
        assets = self.edition.inputs.theme.assets
        file = assets.files[static] if origin == "static" and static else self._root / name
        folders = (self._root, default_theme())
        return any(file.resolve().is_relative_to(folder.resolve()) for folder in folders)

    def _html(
        self, status: int, html: bytes, url: str, problems: Problems, *, explained: bool = False
    ) -> Shown:
        content = with_badges(html, url, self._badges.words, problems)
        digest = digest_of(content)
        return Shown(
            status=status,
            body=with_script(content, digest, explained=explained),
            content=content,
            digest=digest,
            styles=self._styles,
        )


def fault(error: Exception) -> Problem:
    """An error that is not the author's, as a problem."""
    return Problem(f"blogforge failed: {error!r}", hint="`blogforge --debug build` says where")
