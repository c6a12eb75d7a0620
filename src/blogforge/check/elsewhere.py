"""Addresses elsewhere that readers should not be sent to as they are."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blogforge.check.referrals import LINKS
from blogforge.errors import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.proof import Proof
    from blogforge.errors import Problem

# What mailing lists, search engines and networks append to know their readers again.
_TRACKS = re.compile(
    r"(?:utm_\w+|mtm_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|mkt_tok|_hsenc"
    r"|_hsmi|oly_anon_id|oly_enc_id|vero_id|wickedid)",
    re.IGNORECASE,
)
_QUERY = re.compile(r"\?([^#]*)")
_TWICE = re.compile(r"https?:?/+https?:/", re.IGNORECASE)
_BROKEN = re.compile(
    r"(?:https?(?::/(?!/)|:(?!/)|/{2})|h?t?tps?(?<!http)(?<!https)://)", re.IGNORECASE
)
_PRIVATE = (".local", ".localhost", ".internal", ".test", ".invalid", ".lan")
_EDITORS = re.compile(r"/wp-admin/|[?&]preview=true\b|/ghost/#?/?editor")


def doubtful(proof: Proof) -> Iterator[Problem]:
    """A link that only its author can follow, or nobody: this computer, a file, no address.

    What is printed as an address is meant for readers to type, on their own computer perhaps.
    """
    for document, referral in proof.referrals():
        if not referral.bare and (why := _why_doubtful(referral.target)):
            message = f"links to {referral.written}, {why}"
            yield referral.problem(document.path, message, "correct it, or take the link out")


def _why_doubtful(target: str) -> str:
    if _TWICE.match(target) or _BROKEN.match(target):
        return "which is no address"
    try:
        parts = urlsplit(target)
        host = parts.hostname or ""
    except ValueError:
        return "which is no address"
    if parts.scheme == "file":
        return "a file of its author's computer"
    if parts.scheme == "mailto":
        return "" if "@" in target or "?" in target else "which is no address"
    if parts.scheme not in {"http", "https"}:
        return ""
    if _is_private(host):
        return "which only its author's network knows"
    if _EDITORS.search(target):
        return "which readers cannot open"
    return "" if "." in host or ":" in host else "which is no address"


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(_PRIVATE)


def tracking(proof: Proof) -> Iterator[Problem]:
    """A link that says from which campaign its readers come."""
    for document, referral in proof.referrals():
        if referral.tag not in LINKS or "://" not in referral.target:
            continue
        clean = _without_tracks(referral.written)
        if clean != referral.written:
            message = "the link tells where its readers come from, which is none of their business"
            edit = Edit(referral.written, clean) if referral.line else None
            yield referral.problem(document.path, message, f"write {clean}", edit)


def _without_tracks(address: str) -> str:
    query = _QUERY.search(address)
    if query is None:
        return address
    sign = "&amp;" if "&amp;" in query[1] else "&"
    parts = query[1].split(sign)
    kept = [part for part in parts if not _TRACKS.fullmatch(part.partition("=")[0])]
    rest = "?" + sign.join(kept) if kept else ""
    return address[: query.start()] + rest + address[query.end() :] if kept != parts else address


def mixed(proof: Proof) -> Iterator[Problem]:
    """Something that a page of an https site shows or runs, and that comes by http.

    Source: https://www.w3.org/TR/mixed-content/.
    """
    if not proof.edition.config.url.startswith("https:"):
        return
    for document, referral in proof.referrals():
        if referral.tag not in LINKS and referral.target.startswith("http://"):
            message = f"{referral.written} comes by http, and browsers may not show it"
            yield referral.problem(document.path, message, "write https://, if that answers")


def insecure(proof: Proof) -> Iterator[Problem]:
    """A link to this site by http, where it is to be had by https."""
    url = proof.edition.config.url
    here = url.replace("https:", "http:", 1)
    if here == url:
        return
    for document, referral in proof.referrals():
        if referral.tag in LINKS and f"{referral.target}/".startswith(here):
            better = referral.written.replace("http:", "https:", 1)
            edit = Edit(referral.written, better) if referral.line else None
            message = f"links to {referral.written}, and this site answers by https"
            yield referral.problem(document.path, message, f"write {better}", edit)
