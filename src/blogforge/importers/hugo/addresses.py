"""Where Hugo published a page: https://gohugo.io/content-management/urls/."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from calendar import day_name, month_name
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blogforge.importers.values import text, texts

if TYPE_CHECKING:
    from blogforge.importers.hugo.config import HugoSite
    from blogforge.importers.hugo.content import Page

_TOKEN = re.compile(r":([a-z]+)(\[[^\]]*\])?")
_KEPT = set("./\\_#+~-@")


def address(page: Page, site: HugoSite, day: str) -> str:
    """The page's path on its host, rooted and unencoded; whole where its language has a host.

    `day`: its date as written, or "".
    """
    if url := text(page.values.get("url")):
        own = page.language.prefix.startswith("http")
        prefix = page.language.prefix if own or not url.startswith("/") else ""
        return _ended(_joined(site, prefix, url), ugly=False)
    folders = [urlized(part) for part in page.logical.split("/")[:-1] if part]
    pattern = "" if page.list else _pattern(page)
    if pattern:
        path = _filled(pattern, page, folders, day)
    elif page.list:
        path = urlized(page.logical)
    else:
        path = "/".join([*folders, _slug(page)])
    if not site.keep_case:
        path = path.lower()
    whole = _joined(site, page.language.prefix, path)
    return _ended(whole, ugly=site.ugly and not page.list)


def _joined(site: HugoSite, prefix: str, path: str) -> str:
    base = "" if prefix.startswith("http") else site.base
    return f"{base}{prefix}/{path.strip('/')}" + ("/" if path.endswith("/") else "")


def _pattern(page: Page) -> str:
    patterns = page.language.permalinks
    return patterns.get(page.section) or (patterns.get("*", "") if page.section else "")


def aliases(page: Page, site: HugoSite, old: str) -> tuple[str, ...]:
    """The page's older addresses: rooted ones below the site, others beside the page."""
    found = []
    for alias in texts(page.values.get("aliases") or page.values.get("alias")):
        path = re.sub(r"^https?://[^/]+", "", alias)
        if path.startswith("/"):
            found.append(path if path.startswith(f"{site.base}/") else site.base + path)
        else:
            found.append(posixpath.normpath(posixpath.join(old.rstrip("/"), "..", path)))
    return tuple(each for each in found if each not in {old, "/", "//"})


def urlized(name: str) -> str:
    """A name as Hugo puts it into addresses: `MakePath` of its helpers/path.go."""
    name = unicodedata.normalize("NFC", name.strip())
    kept = "".join(
        char
        for char in re.sub(r"\s+", "-", name)
        if char in _KEPT or unicodedata.category(char)[0] in "LNM"
    )
    return re.sub(r"-{2,}", "-", kept) if re.search(r"\s", name) else kept


def _slug(page: Page) -> str:
    return urlized(text(page.values.get("slug")) or page.logical.rpartition("/")[2])


def _filled(pattern: str, page: Page, folders: list[str], day: str) -> str:
    try:
        moment = date.fromisoformat(day[:10])
    except ValueError:
        moment = date(1, 1, 1)  # what Hugo takes for no date
    name = page.logical.rpartition("/")[2]
    file = PurePosixPath(page.path).name.split(".")[0]
    title = text(page.values.get("title"))
    fields = {
        "year": f"{moment.year:04}",
        "month": f"{moment.month:02}",
        "monthname": month_name[moment.month].lower(),
        "day": f"{moment.day:02}",
        "weekday": str((moment.weekday() + 1) % 7),
        "weekdayname": day_name[moment.weekday()].lower(),
        "yearday": str(moment.timetuple().tm_yday),
        "section": folders[0] if folders else "",
        "sections": "/".join(folders),
        "title": urlized(title.replace("/", "-")),
        "slug": urlized(text(page.values.get("slug")) or title),
        "slugorfilename": _slug(page),
        "slugorcontentbasename": _slug(page),
        "filename": urlized(name if page.bundle else file),
        "contentbasename": urlized(name),
    }

    def field(match: re.Match[str]) -> str:
        if match[1] == "sections" and match[2]:
            return "/".join(_sliced(folders, match[2]))
        return fields.get(match[1], match[0])

    return _TOKEN.sub(field, pattern)


def _sliced(folders: list[str], bounds: str) -> list[str]:
    """`folders[1:]`, `folders[last]` and the like, as Hugo writes them."""
    inner = bounds.strip("[]").replace("last", "-1")
    start, colon, end = inner.partition(":")
    try:
        low = int(start) if start else 0
        high = int(end) if end else None
    except ValueError:
        return folders
    if colon:
        return folders[low:high]
    return folders[low:][:1]


def _ended(path: str, *, ugly: bool) -> str:
    path = re.sub(r"(?<!:)/{2,}", "/", path)
    if path.endswith("/") or PurePosixPath(path).suffix in {".html", ".htm"}:
        return path
    return f"{path}.html" if ugly else f"{path}/"
