"""What single settings may say, beyond their type: text -> what is wrong with it."""

from __future__ import annotations

import re
import string
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from blogforge.urls import unsafe_segment
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PERMALINK_FIELDS = ("year", "month", "day", "slug", "section")
_STAND_INS = dict.fromkeys(PERMALINK_FIELDS, "x")
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|\w([\w.-]*\w)?)(:[0-9]+)?")
_RELATIVE = re.compile(r"(?!/)[^:/?#]*([/?#]|$)")  # RFC 3986, section 4.2
# langtag of RFC 5646, section 2.1, with the language as people write it: two or three letters.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(-[a-wyz\d](-[a-z\d]{2,8})+)*(-x(-[a-z\d]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)


class Fault(NamedTuple):
    """What is wrong with a value, as the end of a sentence, and what to write instead."""

    message: str
    hint: str


def address_fault(url: str) -> Fault | None:
    """Why `url` is no absolute http(s) URL, or None."""
    hint = "write it as https://example.org/path"
    if any(c.isspace() or not c.isprintable() or c in '\\<>"' for c in url):
        return Fault("has characters that a URL may not have", "percent-encode them")
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        parts.port  # noqa: B018  # raises ValueError for an impossible port
    except ValueError:
        return Fault("is not a URL", hint)
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        return Fault("must be a whole address that begins with http:// or https://", hint)
    return None


def link_fault(url: str) -> Fault | None:
    """Why `url` is no absolute http(s) URL, path from the site's root or mailto:, or None."""
    local = url.startswith(("/", "mailto:")) and not url.startswith("//")
    return None if local and not _has_controls(url) else address_fault(url)


def menu_fault(url: str) -> Fault | None:
    """Why `url` can be no entry of the menu, or None; of relative paths, `check` warns."""
    relative = _RELATIVE.match(url) and not _has_controls(url)
    return None if relative else link_fault(url)


def old_address_fault(path: str) -> Fault | None:
    """Why nothing can lead on from `path`, an old address from the site's root, or None."""
    hint = "write a path from the site's root as readers see it, such as /category/africa/"
    if not path.startswith("/"):
        return Fault("does not begin with a slash", hint)
    reasons = map(unsafe_segment, path.removesuffix("/").split("/")[1:])
    reason = "is the front page" if path == "/" else next(filter(None, reasons), "")
    return Fault(reason, hint) if reason else None


def new_address_fault(url: str) -> Fault | None:
    """Why an old address cannot lead to `url`, or None."""
    if url.startswith("mailto:") or link_fault(url):
        return Fault("is no address of a page", "write it as /about/ or https://example.org/path")
    return None


def image_fault(src: str) -> Fault | None:
    """Why `src` is neither an image's path nor an absolute http(s) URL, or None."""
    whole = "://" in src or src.startswith("//") or _has_controls(src)
    return address_fault(src) if whole else None


def site_url_fault(url: str) -> Fault | None:
    """Why a site cannot be at `url`, or None."""
    if fault := address_fault(url):
        return fault
    if not url.isascii():
        return Fault("must be ASCII", "percent-encode its path; write its host as xn--…")
    parts = urlsplit(url)
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        return Fault("must not have a '?' or '#'", f"write {url.partition('?')[0].split('#')[0]}")
    if "@" in parts.netloc:
        return Fault("must not have a user name", "write it as https://example.org/path")
    if any(segment in {".", ".."} for segment in parts.path.split("/")) or "//" in parts.path:
        return Fault("must not have '.', '..' or empty folders in its path", "write the real path")
    return None


def with_slash(url: str) -> str:
    """`url`, scheme and host in lower case, ending with a slash."""
    parts = urlsplit(url)
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return f"{parts.scheme}://{parts.netloc.lower()}{path}"


def language_fault(tag: str) -> Fault | None:
    """Why `tag` is no language tag of BCP 47, or None."""
    if _LANGUAGE.fullmatch(tag):
        return None
    dashed = tag.replace("_", "-").partition(".")[0]
    hint = f"write {dashed}" if _LANGUAGE.fullmatch(dashed) else "write it as en, fr-CA or zh-Hant"
    return Fault(f"is not a language tag: '{tag}'", hint)


def timezone_fault(name: str) -> Fault | None:
    """Why `name` is no time zone of the IANA database, or None."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(name.replace(" ", "_"), _zones()) or "write it as Europe/Paris or UTC"
        return Fault(f"is not a known time zone: '{name}'", hint)
    if name.lower() in {"localtime", "factory"}:  # what they mean depends on the machine
        return Fault("must not depend on the machine", "write it as Europe/Paris or UTC")
    return None


def permalink_fault(pattern: str) -> Fault | None:
    """Why posts cannot have addresses of this pattern, or None."""
    if not (pattern.startswith("/") and pattern.endswith("/")):
        return Fault("must begin and end with '/'", f"write /{pattern.strip('/')}/")
    try:
        names = [name for _, name, spec, conversion in _fields(pattern) if name is not None]
        plain = all(not spec and not conversion for _, _, spec, conversion in _fields(pattern))
    except ValueError:
        return Fault("has a brace that does not match another", "write fields as {slug}")
    known = ", ".join(f"{{{name}}}" for name in PERMALINK_FIELDS)
    for name in names:
        if name not in PERMALINK_FIELDS:
            hint = did_you_mean(name, PERMALINK_FIELDS) or f"the fields are {known}"
            return Fault(f"has an unknown field '{{{name}}}'", hint)
    if "slug" not in names:
        return Fault("must contain {slug}", "write it as /{year}/{month}/{day}/{slug}/")
    if not plain:
        return Fault("must have plain fields", f"the fields are {known}")
    for segment in pattern.format_map(_STAND_INS)[1:-1].split("/"):
        if reason := unsafe_segment(segment):
            return Fault(f"has a part that {reason}", "use letters, digits and hyphens")
    return None


def output_fault(folder: str) -> Fault | None:
    """Why the published tree cannot be in `folder`, or None."""
    if folder.strip() in {"", ".", "/"}:
        return Fault("must be a folder of its own", "write public")
    if folder.lstrip().startswith("~"):
        return Fault("begins with '~', which only a shell understands", "write the whole path")
    return None


def subject_fault(form: str) -> Fault | None:
    """Why no letter can have a subject of this form, or None."""
    known = ", ".join(f"{{{name}}}" for name in SUBJECT_FIELDS)
    try:
        fields = [field for field in _fields(form) if field[1] is not None]
    except ValueError:
        return Fault("has a brace that does not match another", "write fields as {title}")
    for _, name, spec, conversion in fields:
        if name not in SUBJECT_FIELDS or spec or conversion:
            hint = did_you_mean(name or "", SUBJECT_FIELDS) or f"the fields are {known}"
            return Fault(f"has an unknown field '{{{name}}}'", hint)
    return None


def mailbox_fault(text: str) -> Fault | None:
    """Why `text` is no e-mail address, with or without a name before it, or None."""
    from email.headerregistry import Address
    from email.utils import parseaddr

    hint = "write it as The Desk <desk@example.org>"
    if _has_controls(text):
        return Fault("has a line break", hint)
    try:
        address = Address(addr_spec=parseaddr(text)[1])
    except (ValueError, IndexError):  # what the library raises for some of them
        return Fault(f"is no e-mail address: '{text}'", hint)
    if not address.username or not address.domain or not address.addr_spec.isascii():
        return Fault(f"is no e-mail address: '{text}'", hint)
    return None


def placeholder_fault(text: str) -> Fault | None:
    """Why `text` is neither an address nor what a mailing service puts one for, or None."""
    scheme = text.strip().partition(":")[0].lower()
    if _has_controls(text) or scheme in {"javascript", "data", "vbscript"}:
        return Fault("is no address", "write a URL, or your mailing service's own word for it")
    return None


SUBJECT_FIELDS = ("title", "lead", "since", "until")


def name_fault(name: str) -> Fault | None:
    """What is wrong with a name that readers see as a link."""
    return None if name.strip() else Fault("is empty", "write the name that readers are to see")


DIGEST_CHECKS: Mapping[str, Callable[[str], Fault | None]] = {
    "subject": subject_fault,
    "sender": mailbox_fault,
    "to": mailbox_fault,
    "unsubscribe": placeholder_fault,
    "online": placeholder_fault,
    "subscribe": link_fault,
}
CHECKS: Mapping[str, Callable[[str], Fault | None]] = {
    "title": lambda text: None if text.strip() else Fault("is empty", "write the site's name"),
    "url": site_url_fault,
    "language": language_fault,
    "timezone": timezone_fault,
    "permalink": permalink_fault,
    "output": output_fault,
}


def _has_controls(url: str) -> bool:
    """Whether `url` has characters that urlsplit drops, so that it reads another URL."""
    return any(c < " " for c in url)


def _fields(pattern: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return list(string.Formatter().parse(pattern))


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
