"""A document's Markdown body becomes its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.content import dom, reading
from blogforge.content.engines import to_html
from blogforge.content.enrich import enrich
from blogforge.content.links import Links
from blogforge.content.losses import losses
from blogforge.content.tags import show_strays
from blogforge.content.terms import ASIDE, BODY, DEK, TITLE, terms
from blogforge.content.timelimit import TimeIsUp, time_limit
from blogforge.errors import ContentError, Location, Problem
from blogforge.model import Article, Post

if TYPE_CHECKING:
    from blogforge.config import Config
    from blogforge.content.enrich import Enriched
    from blogforge.content.entities import Entities
    from blogforge.model import Document, Source, Targets

NOTE_WORDS = 200  # of the note that stands in the place of a withdrawn post


def render(
    source: Source,
    document: Document,
    targets: Targets,
    config: Config,
    entities: Entities | None = None,
) -> Article:
    """The article of a document, the same in every process.

    `entities`: whose spellings its terms have as one.
    Raises ContentError with every problem of the body: links to nothing or to what is not
    published, text that Markdown or a browser would drop, nesting beyond reason, and a body that
    takes longer than `markdown.seconds`. That last limit needs SIGALRM, so it holds on POSIX in a
    process's main thread (pool workers included), and nowhere else.
    """
    where = Location(source.path, source.body_line)
    seconds = config.markdown.seconds
    try:
        with time_limit(seconds):
            body, links = _render(source, document, targets, config)
            article = _article(document, body, links, entities)
    except RecursionError as error:
        raise _too_deep(where) from error
    except TimeIsUp as error:
        message = f"takes longer than {seconds:g} s to render"
        hint = "simplify its markup, or raise markdown.seconds in blogforge.yaml"
        raise ContentError.of(message, where, hint) from error
    return _withheld(article, where) if _is_no_note(document, article) else article


def _is_no_note(document: Document, article: Article) -> bool:
    """Whether the text of a withdrawn post is too long for a note, so perhaps still the article."""
    return document.status == "withdrawn" and article.words > NOTE_WORDS


def _withheld(article: Article, where: Location) -> Article:
    """What is published of a withdrawn article whose text nobody has replaced: nothing."""
    message = f"is withdrawn, and its text of {article.words} words is no longer published"
    hint = f"write in its place why it was withdrawn, in at most {NOTE_WORDS} words"
    warning = Problem(message, where, hint, level="warning")
    return Article(path=article.path, warnings=(warning,), html="")


def _render(
    source: Source, document: Document, targets: Targets, config: Config
) -> tuple[Enriched, Links]:
    settings = config.markdown
    links = Links(source, targets, config.base_path, config.origin)
    links.problems += losses(source, settings.engine)
    html = to_html(source.body, settings.engine)
    if "<" in source.body:  # no engine makes a stray tag of its own
        html = show_strays(html)
    html = dom.guarded(html)
    if not settings.trust:
        from blogforge.content.sanitize import sanitize

        html = sanitize(html)
    if dom.too_deep(html):
        raise _too_deep(Location(source.path, source.body_line))
    body = enrich(
        html,
        links,
        slug=document.slug,
        lang=document.lang,
        typography=settings.typography,
        dateline=document.dateline if isinstance(document, Post) else "",
    )
    if any(problem.level == "error" for problem in links.problems):
        raise ContentError(links.problems)
    return body, links


def _article(
    document: Document, body: Enriched, links: Links, entities: Entities | None
) -> Article:
    words, minutes = reading.length(f"{body.prose}\n{body.quoted}")
    return Article(
        path=document.path,
        html=body.html,
        toc=body.toc,
        excerpt=reading.excerpt(body.lead),
        words=words,
        minutes=minutes,
        terms=terms(
            [
                (TITLE, document.title),
                (DEK, document.dek),
                (BODY, body.prose),
                (ASIDE, body.quoted),
                (ASIDE, body.code),
            ],
            document.lang,
            entities,
        ),
        resolved=tuple(sorted(links.resolved.items())),
        addresses=tuple(sorted(links.addresses)),
        pictures=tuple(sorted(links.pictures)),
        warnings=tuple(links.problems),
    )


def _too_deep(where: Location) -> ContentError:
    return ContentError.of(
        "nests lists, quotes or tags too deeply", where, f"stay below {dom.MAX_DEPTH} levels"
    )
