"""Contents -> the subject, the HTML and the text of an e-mail, by the theme's templates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from blogforge.colours import readable
from blogforge.model import Card, Group, Value
from blogforge.newsletter.contents import Contents, Moved
from blogforge.newsletter.folding import fold
from blogforge.pages.context import PageView
from blogforge.pages.corrections import CorrectionView
from blogforge.pages.render import from_template
from blogforge.pages.wire import absolute, plain
from blogforge.site.dates import date_in_words, list_in_words, span_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.images import Image
    from blogforge.model import Body
    from blogforge.pages.inputs import Inputs
    from blogforge.pages.views import View

# Gmail cuts a message off where its HTML has more; 2 kB are left for what a mailer adds.
# Source: https://github.com/hteumeuleu/email-bugs/issues/41
MOST_BYTES = 100_000
# What every mail program shows. WebP, AVIF and SVG are not for mail: https://www.caniemail.com/
_FORMATS = (".jpg", ".jpeg", ".png", ".gif")
_PAPER = ("#ffffff", "#191b1c")  # by day and by night, as digest.html has it
_ACCENT = "#9f1d20"
_WIDTH = 552  # of what is in the letter, in CSS pixels


class Letter(Value, frozen=True, kw_only=True):
    """An e-mail without its envelope. `contents`: what is told in it."""

    subject: str
    html: str
    text: str
    contents: Contents


class MailImage(Value, frozen=True, kw_only=True):
    """An image as mail programs show it; `width` and `height` in CSS pixels, 0 if not known."""

    src: str  #: its URL
    alt: str  #: for those who cannot see it
    credit: str  #: who made it
    width: int = 0  #: in pixels
    height: int = 0  #: in pixels


class Item(Value, frozen=True, kw_only=True):
    """An article in a template of a letter: its card, who wrote it, the minutes it takes."""

    card: Card  #: the article
    byline: str  #: who wrote it, in words
    minutes: int  #: that reading takes
    image: MailImage | None  #: where it is in a format for mail


class ItemsView(Value, frozen=True, kw_only=True):
    """Articles under a heading; no group: those of no section."""

    group: Group | None  #: the section, if there is one
    items: tuple[Item, ...]  #: its articles


class MovedView(Value, frozen=True, kw_only=True):
    """A story that goes on: its new articles as cards, of `count` in all."""

    group: Group  #: the story
    cards: tuple[Card, ...]  #: its new articles
    count: int  #: of all its articles


class DigestView(Value, frozen=True, kw_only=True):
    """`digest` in a template: what is told, of which time, and what the configuration adds."""

    since: datetime  #: where the span begins
    until: datetime  #: where it ends
    period: str  #: the days in words
    lead: Item | None  #: the first article, if there is one
    parts: tuple[ItemsView, ...]  #: the others, by section
    stories: tuple[MovedView, ...]  #: those that go on
    corrections: tuple[CorrectionView, ...]  #: of the span
    more: int  #: how many articles are left out
    preheader: str  #: what mail programs show beside the subject
    intro: str  #: what stands above the articles
    accents: tuple[str, str]  #: the colour by day and by night


def letter_of(
    contents: Contents, view: View, inputs: Inputs, subject: str = "", intro: str = ""
) -> Letter:
    """The letter that tells `contents`; `subject` and `intro` replace what the site says.

    As many articles as mail programs show without cutting the letter off: the others are counted.
    Raises ContentError for what is wrong in templates.
    """
    draft = _draft(contents, view, inputs, subject, intro)
    html = draft.html()
    while len(html.encode()) > MOST_BYTES and contents.parts:
        contents = _shortened(contents)
        draft = _draft(contents, view, inputs, subject, intro)
        html = draft.html()
    return Letter(subject=draft.subject, html=html, text=draft.text(), contents=contents)


def _shortened(contents: Contents) -> Contents:
    """The contents without the last tenth of the articles."""
    left_out = max(1, len(contents.paths) // 10)
    kept = set(contents.paths[:-left_out])
    parts = (
        structs.replace(part, paths=tuple(path for path in part.paths if path in kept))
        for part in contents.parts
    )
    more = contents.more + left_out
    return structs.replace(contents, parts=tuple(p for p in parts if p.paths), more=more)


class _Draft(NamedTuple):
    """A letter that may still be too long."""

    view: View
    inputs: Inputs
    subject: str
    told: DigestView

    def html(self) -> str:
        return _inlined(self._from("digest.html"))

    def text(self) -> str:
        return plain(self._from("digest.txt")).strip() + "\n"

    def _from(self, template: str) -> str:
        page = PageView(url="", kind="digest", title=self.subject, lang=self.view.lang)
        names = {"page": page, "config": self.view.config, "digest": self.told, "fold": fold}
        return from_template(template, self.view, self.inputs, lambda: names)


def _draft(contents: Contents, view: View, inputs: Inputs, subject: str, intro: str) -> _Draft:
    told = _told(contents, view, intro or view.config.digest.intro)
    words = plain(subject or _subject(told, view)).split()
    return _Draft(view, inputs, " ".join(words), told)


def _inlined(html: str) -> str:
    """HTML with its styles at the elements: mail programs know few others; @media stays."""
    import css_inline

    return css_inline.inline(plain(html), keep_at_rules=True, load_remote_stylesheets=False)


def _subject(told: DigestView, view: View) -> str:
    """What the configuration makes of the subject; the site's title where no article is told."""
    config = view.as_config()
    if told.lead is None:
        return config.title
    fields = {
        "title": config.title,
        "lead": told.lead.card.title,
        "since": date_in_words(told.since.date(), view.lang),
        "until": date_in_words(_last(told.until), view.lang),
    }
    return config.digest.subject.format_map(fields)


# ---------------------------------------------------------------- what templates see


def _told(contents: Contents, view: View, intro: str) -> DigestView:
    item = partial(_item, view)
    lead = item(contents.lead) if contents.lead else None
    parts = tuple(
        ItemsView(group=part.group, items=tuple(map(item, part.paths))) for part in contents.parts
    )
    return DigestView(
        since=contents.since,
        until=contents.until,
        period=_period(contents),
        lead=lead,
        parts=parts,
        stories=tuple(_story(view, moved) for moved in contents.stories),
        corrections=contents.corrections,
        more=contents.more,
        preheader=_preheader(lead, parts),
        intro=intro,
        accents=_accents(view.as_config().theme.accent),
    )


def _period(contents: Contents) -> str:
    """The days of the span; a midnight at its end belongs to the next day."""
    return span_in_words(contents.since.date(), _last(contents.until), contents.lang)


def _last(until: datetime) -> date:
    return (until - timedelta(microseconds=1)).date()


def _accents(colour: str) -> tuple[str, str]:
    """The site's colour by day and by night, readable on the letter's paper."""
    found = colour or _ACCENT
    return readable(found, [_PAPER[0]]), readable(found, [_PAPER[1]])


def _preheader(lead: Item | None, parts: tuple[ItemsView, ...]) -> str:
    """What mail programs show beside the subject: the lead's dek, else what comes next."""
    if lead and lead.card.dek:
        return lead.card.dek
    return " · ".join(item.card.title for part in parts for item in part.items[:3])


def _story(view: View, moved: Moved) -> MovedView:
    return MovedView(group=moved.group, cards=view.cards(moved.paths), count=moved.count)


def _item(view: View, path: str) -> Item:
    card = view.card(path)
    body: Body = view.read(f"body:{path}")
    names = [author.name for author in card.byline]
    return Item(
        card=card,
        byline=list_in_words(names, view.lang),
        minutes=body.minutes,
        image=next(_images(view, card.image), None),
    )


def _images(view: View, image: Image | None) -> Iterator[MailImage]:
    """An image, unless it is in a format that is not for mail."""
    if image is None:
        return
    shared = view.shared(image.src)
    src = absolute(shared.src if shared else image.src, view.config.url)
    if not src.lower().partition("?")[0].endswith(_FORMATS):
        return
    width = min(_WIDTH, shared.width) if shared else 0
    height = round(shared.height * width / shared.width) if shared else 0
    yield MailImage(src=src, alt=image.alt, credit=image.credit, width=width, height=height)
