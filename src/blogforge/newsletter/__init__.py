"""An e-mail of what was published in a span of time."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from blogforge.build import output_folder
from blogforge.config import load_config
from blogforge.lending import looked_at
from blogforge.model import Value
from blogforge.newsletter.contents import contents_of
from blogforge.newsletter.letter import Letter, letter_of
from blogforge.newsletter.message import message_of
from blogforge.output.single import refuse_amid, write_file
from blogforge.pages.views import View
from blogforge.site.parts import part_in
from blogforge.site.wanted import in_own_language

if TYPE_CHECKING:
    from blogforge.edition import Edition
    from blogforge.options import Options
    from blogforge.site.wanted import Wanted


class Order(Value, frozen=True, kw_only=True):
    """What is asked of a newsletter beside what it tells; empty: as the configuration says."""

    lead: str = ""
    subject: str = ""
    intro: str = ""
    limit: int = 0


class Newsletter(Value, frozen=True, kw_only=True):
    """A letter as files, by their ends: `eml`, `html` and `txt`; no letter: nothing to tell."""

    letter: Letter | None
    files: dict[str, bytes]
    sender: str = ""


def write(found: Newsletter, folder: Path, root: Path, options: Options) -> dict[str, Path]:
    """Write the files of a newsletter of the site in `root`; their paths, by their ends.

    They are named by the day on which its span ends, so that one never is in another's place.
    Raises ConfigError where `folder` is among the sources or in the published tree, MachineError
    where it cannot be written.
    """
    if found.letter is None:
        return {}
    config = load_config(root)
    refuse_amid(folder / "digest.eml", root, output_folder(root, config, options))
    contents = found.letter.contents
    day = contents.until.astimezone(ZoneInfo(config.timezone))
    language = "" if contents.lang == config.language else f".{contents.lang}"
    paths = {end: folder / f"digest-{day:%Y-%m-%d}{language}.{end}" for end in found.files}
    for end, path in paths.items():
        write_file(path, found.files[end])
    return paths


def newsletter(root: Path, options: Options, wanted: Wanted, order: Order) -> Newsletter:
    """The newsletter of what is `wanted` of the site in the folder `root`.

    Raises what `prepare`, `contents_of` and `letter_of` raise.
    """
    return looked_at(root, options, partial(_written, wanted, order))


def _written(wanted: Wanted, order: Order, edition: Edition) -> Newsletter:
    wanted = in_own_language(wanted, edition.site)
    site = part_in(edition.site, wanted.lang)
    config = site.config
    lang = wanted.lang or config.language
    contents = contents_of(site, wanted, lang, order.limit or config.digest.limit, order.lead)
    if not contents.lead and not contents.corrections:
        return Newsletter(letter=None, files={})
    view = View(edition.inputs, lang, config.branch)
    letter = letter_of(contents, view, edition.inputs, order.subject, order.intro)
    files = {
        "eml": message_of(letter, config, site.now),
        "html": letter.html.encode(),
        "txt": letter.text.encode(),
    }
    return Newsletter(letter=letter, files=files, sender=config.digest.sender)
