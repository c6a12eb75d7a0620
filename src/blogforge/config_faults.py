"""What is wrong in blogforge.yaml beyond the types of its settings, each at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from blogforge import faults
from blogforge.brand import POSTER_FONTS, file_fault, theme_faults
from blogforge.targets import target_faults
from blogforge.validation import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from blogforge.errors import Problem
    from blogforge.faults import Fault
    from blogforge.strict_yaml import KeyPath, Written


def wrong_settings(written: Written, root: Path) -> list[Problem]:
    """What is wrong with single settings beyond their type."""
    problems = [*_wrong_languages(written), *_wrong_redirects(written)]
    for at, fault_of in _checks(written.values):
        value = written.values
        for step in at:
            value = value[step]
        if isinstance(value, str) and (fault := fault_of(value)):
            problems.append(written.problem(f"{named(at)} {fault.message}", at, fault.hint))
    for below, fault in theme_faults(written.values.get("theme"), root):
        place = ("theme", *below)
        problems.append(written.problem(f"{named(place)} {fault.message}", place, fault.hint))
    for below, fault in target_faults(written.values.get("deploy")):
        place = ("deploy", *below)
        problems.append(written.problem(f"{named(place)} {fault.message}", place, fault.hint))
    return problems


def discreet(problem: Problem, written: Written) -> Problem:
    """A problem without the words of `deploy:`, where people put passwords by mistake."""
    if "deploy" not in written.values or problem.location is None:
        return problem
    lines = sorted(written.location((key,), key=True).line for key in written.values)
    first = written.location(("deploy",), key=True).line
    last = next((line for line in lines if line > first), problem.location.line + 1)
    if not first <= problem.location.line < last:
        return problem
    message = re.sub(r"(, not|:) '.*'$", "", problem.message, flags=re.DOTALL)
    return replace(problem, message=message, excerpt="")


def wrong_fonts(fonts: Iterable[str], root: Path, written: Written) -> Iterator[Problem]:
    """Which fonts of posters are no files of the site."""
    for index, font in enumerate(fonts):
        if fault := file_fault(font, root, POSTER_FONTS, "font"):
            at = ("social_cards", "fonts", index)
            yield written.problem(f"{named(at)} {fault.message}", at, fault.hint)


def _wrong_languages(written: Written) -> Iterator[Problem]:
    """Further languages that are no language, or not another one."""
    languages = written.values.get("languages")
    main = str(written.values.get("language", "en"))
    seen = {main.lower()}
    for tag in languages if isinstance(languages, dict) else ():
        at = ("languages", tag)
        if fault := faults.language_fault(tag):
            yield written.problem(f"'languages' {fault.message}", at, fault.hint)
        elif tag.lower() in seen:
            hint = "name the site's first language by 'language' alone, each other one once"
            yield written.problem(f"'languages' names '{tag}' again", at, hint)
        seen.add(tag.lower())


def _wrong_redirects(written: Written) -> Iterator[Problem]:
    redirects = written.values.get("redirects")
    for old, new in redirects.items() if isinstance(redirects, dict) else ():
        at = ("redirects", old)
        if fault := faults.old_address_fault(old):
            yield written.problem(f"'{old}' {fault.message}", at, fault.hint)
        if isinstance(new, str) and (fault := faults.new_address_fault(new)):
            yield written.problem(f"{named(at)} {fault.message}", at, fault.hint)


def _digests(values: dict[str, Any]) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """The blocks `digest:`, of the site and of its further languages, each with its place."""
    languages = values.get("languages")
    further = languages if isinstance(languages, dict) else {}
    blocks: dict[KeyPath, Any] = {
        (): values,
        **{("languages", tag): words for tag, words in further.items()},
    }
    for at, block in blocks.items():
        digest = block.get("digest") if isinstance(block, dict) else None
        if isinstance(digest, dict):
            yield (*at, "digest"), digest


def _checks(values: dict[str, Any]) -> Iterator[tuple[KeyPath, Callable[[str], Fault | None]]]:
    """The places of the settings that are checked, and what checks each."""
    for key, fault_of in faults.CHECKS.items():
        if key in values:
            yield (key,), fault_of
    publisher, menu = values.get("publisher"), values.get("menu")
    if isinstance(publisher, dict) and "logo" in publisher:
        yield ("publisher", "logo"), faults.image_fault
    feeds = values.get("feeds")
    hubs = feeds.get("hub") if isinstance(feeds, dict) else None
    for index, _ in enumerate(hubs if isinstance(hubs, list) else ()):
        yield ("feeds", "hub", index), faults.address_fault
    for at, digest in _digests(values):
        checked = digest.keys() & faults.DIGEST_CHECKS
        yield from (((*at, key), faults.DIGEST_CHECKS[key]) for key in checked)
    menus: dict[KeyPath, object] = {("menu",): menu}
    languages = values.get("languages")
    for tag, words in languages.items() if isinstance(languages, dict) else ():
        menus["languages", tag, "menu"] = words.get("menu") if isinstance(words, dict) else None
    for at, items in menus.items():
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and "url" in item:
                yield (*at, index, "url"), faults.menu_fault
    yield from ((at, faults.name_fault) for at in _names(values))


def _names(values: dict[str, Any], below: KeyPath = ()) -> Iterator[KeyPath]:
    """The places of what readers see as links: of menus, sections and stories, in each language."""
    for block, key in (("menu", "title"), ("sections", "name"), ("stories", "name")):
        given = values.get(block)
        items = given.items() if isinstance(given, dict) else enumerate(given or ())
        for at, item in items:
            if isinstance(item, dict) and key in item:
                yield (*below, block, at, key)
    languages = values.get("languages")
    for tag, words in languages.items() if isinstance(languages, dict) else ():
        if isinstance(words, dict):
            yield from _names(words, ("languages", tag))
