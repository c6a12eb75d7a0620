"""What search knows of a document: a page of its own, for pagefind to read and nobody else.

It has what readers look for and nothing else, whatever the templates do: no navigation, no cards of
other articles. What a result shows and nobody looks for travels behind the "#" of its address:
everything else that pagefind keeps, it searches.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from blogforge.model import Body, Card, Document, Post
from blogforge.pages.wire import plain, present
from blogforge.search.pagefind import Record
from blogforge.site.dates import date_in_words
from blogforge.site.pictures import picture_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blogforge.content.entities import Entities
    from blogforge.images import Image, Picture
    from blogforge.model import Author, Group, Site, Terms
    from blogforge.pages.inputs import Inputs

_THUMBNAIL = 400  # pixels, about; a result shows its image small

# Of the first one, pagefind would search the address.
_IMAGE = re.compile(r"""<img(?:"[^"]*"|'[^']*'|[^>"'])*>""", re.IGNORECASE)
_RECORD = Markup("""\
<!doctype html>
<html lang="%(lang)s">
<head><meta charset="utf-8"><title>%(title)s</title></head>
<body data-pagefind-body>
<h1>%(title)s</h1>
<p>%(dek)s</p>
<div data-pagefind-ignore>
%(fields)s
</div>
%(html)s
</body>
</html>
""")
_FIELD = Markup('<i data-pagefind-%s="%s">%s</i>')


class Searched(NamedTuple):
    """What records are made of: the site as its pages see it, and the names that it knows.

    `terms`: those of each article, by source path.
    """

    inputs: Inputs
    terms: Mapping[str, Terms]
    entities: Entities

    @property
    def site(self) -> Site:
        """The site."""
        return self.inputs.site

    def key(self, path: str) -> list[str]:
        """What the record of the document at `path` is made of, as digests."""
        brief = self.site.briefs[path]
        document = self._document(path)
        names = [f"{kind}:{path}" for kind in ("post", "body")]
        if isinstance(document, Post):
            names += [f"{kind}:{path}" for kind in ("card", "authors", "tags")]
        url = self._picture_url(document.image)
        names += [f"image:{url}"] if url else []
        return [*self.inputs.digests(names), brief.terms]

    def record(self, path: str, lang: str) -> Record:
        """The record of the document at `path`, which is searched in the language `lang`."""
        document = self._document(path)
        body: Body = self.inputs.value(f"body:{path}")
        fields = [*self._labels(document), ("meta", "aliases", self._aliases(document))]
        html = _RECORD % {
            "lang": lang,
            "title": document.title,
            "dek": document.dek,
            "fields": Markup("\n").join(_FIELD % field for field in fields if field[2]),
            "html": Markup(_IMAGE.sub("", body.html)),
        }
        return Record(f"{document.url}#{urlencode(self._shown(document, lang))}", plain(html))

    def _document(self, path: str) -> Document:
        document: Document = self.inputs.value(f"post:{path}")
        return document

    def _shown(self, document: Document, lang: str) -> dict[str, str]:
        """What a result shows of a document beside what it is found by."""
        picture = self._picture(document.image)
        shown = {
            "lang": document.lang if document.lang != lang else "",
            "image": _thumbnail(picture)
            if picture
            else document.image.src
            if document.image
            else "",
        }
        if isinstance(document, Post):
            shown["date"] = f"{document.date:%Y-%m-%d}"
            shown["day"] = date_in_words(document.date, lang)
        return present(shown)

    def _labels(self, document: Document) -> Iterator[tuple[str, str, str]]:
        """What a post is filtered, sorted and found by beside its text."""
        if not isinstance(document, Post):
            return
        card: Card = self.inputs.value(f"card:{document.path}")
        authors: tuple[Author, ...] = self.inputs.value(f"authors:{document.path}")
        tags: tuple[Group, ...] = self.inputs.value(f"tags:{document.path}")
        yield "sort", "date", f"{document.date:%Y-%m-%d}"
        yield "filter", "year", f"{document.date:%Y}"
        yield "filter", "type", document.type
        yield "filter", "section", card.section
        for author in authors:
            yield "filter", "author", author.name
        yield "meta", "byline", _joined(author.name for author in authors)
        yield "meta", "topics", _joined([card.section, *(tag.name for tag in tags)])

    def _aliases(self, document: Document) -> str:
        """Every spelling of each name that a document has, however it is spelled there."""
        if not self.entities:
            return ""
        names = self.entities.glossary(document.lang).names
        words = set(self.terms[document.path].words.split())
        named = {name for term, name in names.items() if term in words}
        return _joined(spelled for spelled, name in self.entities.spellings if name in named)

    def _picture_url(self, image: Image | None) -> str:
        return picture_url(image.src, self.site.config) if image else ""

    def _picture(self, image: Image | None) -> Picture | None:
        return self.site.pictures.get(self._picture_url(image))


def _joined(names: Iterable[str]) -> str:
    return ", ".join(filter(None, names))


def _thumbnail(picture: Picture) -> str:
    """The address of the rendition that is the nearest to what a result needs."""
    known = [rendition for rendition in picture.renditions if rendition.format == "webp"]
    best = min(known, key=lambda one: (abs(one.width - _THUMBNAIL), one.width), default=None)
    return best.url if best else picture.src
