"""An article as subscribers read it: picture, key points, body, corrections, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from blogforge.pages.wire import timestamp
from blogforge.site.dates import date_in_words, direction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.images import Image
    from blogforge.model import Post, Reference
    from blogforge.pages.views import View

Size = tuple[int, int] | None


def content(view: View, post: Post, image: Image | None, size: Size) -> str:
    """The HTML of `post` for feeds; `image` and its `size` are as feeds may show them."""
    body = Markup(view.feed_body(post.path))  # its author's
    parts = (
        _picture(image, size, body) if image else "",
        _key_points(view, post) if post.key_points else "",
        body,
        _corrections(view, post) if post.corrections else "",
        _sources(view, post) if post.sources else "",
    )
    return directed(Markup("\n").join(part for part in parts if part), post.lang)


def directed(html: Markup, lang: str) -> str:
    """`html` as it runs, whatever the reader that shows it takes for granted."""
    if direction(lang) == "rtl":
        return Markup('<div lang="{}" dir="rtl">\n{}\n</div>').format(lang, html)
    return html


def _picture(image: Image, size: Size, body: Markup) -> Markup:
    """The picture above the article, unless the body shows it, too."""
    if f'src="{escape(image.src)}"' in body:
        return Markup()
    measures = Markup(' width="{}" height="{}"').format(*size) if size else ""
    shown = Markup('<img src="{}" alt="{}"{}>').format(image.src, image.alt, measures)
    credit = Markup("<small>{}</small>").format(image.credit) if image.credit else ""
    said = Markup(" ").join(filter(None, (escape(image.caption), credit)))
    caption = Markup("<figcaption>{}</figcaption>").format(said) if said else ""
    return Markup("<figure>{}{}</figure>").format(shown, caption)


def _key_points(view: View, post: Post) -> Markup:
    return _list(view.say("Key points", lang=post.lang), "ul", post.key_points)


def _corrections(view: View, post: Post) -> Markup:
    """What was wrong, and since when it is right; it stands on the article's page as well."""
    written = Markup('<p><time datetime="{}">{}</time> {}</p>')
    lines = (
        written.format(timestamp(each.date), date_in_words(each.date.date(), post.lang), each.text)
        for each in post.corrections
    )
    return _headed(view.say("Corrections", lang=post.lang), Markup("\n").join(lines))


def _sources(view: View, post: Post) -> Markup:
    copy = view.say("archived copy", lang=post.lang)
    lines = (_source(source, copy) for source in post.sources)
    return _list(view.say("Sources", lang=post.lang), "ol", lines)


def _source(source: Reference, copy: Markup) -> Markup:
    title = escape(source.title)
    if source.url:
        title = Markup('<a href="{}">{}</a>').format(source.url, title)
    if not source.archived:
        return title
    return Markup('{} (<a href="{}">{}</a>)').format(title, source.archived, copy)


def _list(heading: Markup, kind: str, items: Iterable[str]) -> Markup:
    lines = Markup("\n").join(Markup("<li>{}</li>").format(item) for item in items)
    return _headed(heading, Markup("<{0}>\n{1}\n</{0}>").format(kind, lines))


def _headed(heading: Markup, html: Markup) -> Markup:
    return Markup("<h2>{}</h2>\n{}").format(heading, html)
