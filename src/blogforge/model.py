"""The frozen values that pass from stage to stage; docs/design.md gives the words.

Paths are relative to the site's folder and use forward slashes. URLs are relative to the host's
root ("/blog/2012/03/21/libya-mali/") and percent-encoded, ready for an href.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import field
from msgspec.structs import force_setattr

from blogforge.config import Config
from blogforge.errors import Problem
from blogforge.images import Image, Picture
from blogforge.posters.poster import Poster
from blogforge.value import Value as Value  # noqa: PLC0414  (who has the model has its base)

Status = Literal["draft", "published", "unlisted", "withdrawn"]
PostType = Literal["analysis", "opinion", "news", "explainer"]
GroupKind = Literal["section", "tag", "author", "story", "archive"]


# ---------------------------------------------------------------- read


class Source(Value, frozen=True, kw_only=True):
    """A file the author wrote. `body` is its Markdown, which begins at line `body_line`.

    `front` is its front matter as written, which begins at the second line.
    """

    path: str
    digest: str
    body: str
    body_line: int = 1
    front: str = ""


class Correction(Value, frozen=True, kw_only=True):
    """What was wrong and is now right, and since when.

    `id`: by which it is found on its article's page, whatever becomes of its text.
    """

    date: datetime  #: when it was corrected
    text: str  #: what was wrong, and what is right
    id: str = ""  #: its anchor on the article's page


class Reference(Value, frozen=True, kw_only=True):
    """One of an article's sources."""

    title: str  #: what it is called
    url: str = ""  #: where it is
    archived: str = ""  #: where a copy of it is


class RelatedChoice(Value, frozen=True, kw_only=True):
    """The editor's hand in "More from": source paths to show first and never."""

    pin: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    show: bool = True


class Ignored(Value, frozen=True, kw_only=True):
    """Findings of a rule of `check` that are not to be told, of lines with this text."""

    rule: str
    text: str = ""


class Document(Value, frozen=True, kw_only=True):
    """What posts and standalone pages have in common: validated front matter, without HTML."""

    path: str
    digest: str
    url: str
    slug: str
    title: str
    dek: str = ""
    lang: str
    image: Image | None = None
    status: Status = "published"
    aliases: tuple[str, ...] = ()
    canonical: str = ""
    template: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    translation_of: str = ""
    ignored: tuple[Ignored, ...] = ()


class Standalone(Document, frozen=True, kw_only=True):
    """A file of pages/: about, corrections policy."""

    updated: datetime | None = None


class Post(Document, frozen=True, kw_only=True):
    """A file of posts/. Every datetime has its offset; `updated` is None unless it was given.

    `id`: by which feed readers know it; empty: its address.
    """

    date: datetime
    updated: datetime | None = None
    kicker: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    story: str = ""
    type: PostType = "analysis"
    dateline: str = ""
    embargo: datetime | None = None
    expires: datetime | None = None
    corrections: tuple[Correction, ...] = ()
    sources: tuple[Reference, ...] = ()
    key_points: tuple[str, ...] = ()
    related: RelatedChoice = RelatedChoice()
    id: str = ""

    @property
    def modified(self) -> datetime:
        """The newest of date, updated and the corrections' dates."""
        corrected = (correction.date for correction in self.corrections)
        return max((self.date, self.updated or self.date, *corrected))


class Link(Value, frozen=True, kw_only=True):
    """A named address: of an author, of a menu."""

    title: str  #: what readers click on
    url: str  #: where it leads


class Author(Value, frozen=True, kw_only=True):
    """Who writes. `url` is the author's page; empty where there is none.

    `sort_name`: as bibliographies file the name, "Kaboret, Inès"; empty where nobody said.
    """

    id: str  #: as posts name them
    name: str  #: as the byline prints it
    sort_name: str = ""  #: as bibliographies file it
    bio: str = ""  #: a sentence or two
    handle: str = ""  #: on social networks
    image: str = ""  #: the URL of a portrait
    links: tuple[Link, ...] = ()  #: their addresses elsewhere
    url: str = ""  #: of the author's page; may be empty


class Skipped(Value, frozen=True, kw_only=True):
    """A post that is not published, why, and until when (None: until somebody edits it)."""

    path: str
    reason: Literal["draft", "scheduled", "expired", "withdrawn"]
    until: datetime | None = None


# ---------------------------------------------------------------- markdown


class Targets(Value, frozen=True, kw_only=True):
    """What a body may link to by file name.

    `urls`: source path of a published post, page or media file -> URL.
    `unpublished`: source path -> the reason why it is not published. `names`: a file's name -> the
    paths of both that have it.
    """

    urls: dict[str, str]
    unpublished: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the names."""
        names: dict[str, list[str]] = {}
        for path in (*self.urls, *self.unpublished):
            names.setdefault(path.rpartition("/")[2], []).append(path)
        force_setattr(self, "names", names)


class Heading(Value, frozen=True, kw_only=True):
    """A line of the table of contents. `text` is plain."""

    level: int  #: 2 or 3
    id: str  #: its anchor
    text: str  #: in plain words


class Terms(Value, frozen=True, kw_only=True):
    """The different words of a document, stemmed, and how often each stands there.

    `words`, parted by spaces; for each of them in `keys` the CRC-32 of its UTF-8, four bytes with
    the least first, no key twice; in `counts` a byte: quarters of a mention (of a word in the
    body; one in the title weighs more), 255 at most. `folded`: stems that stand in the document and
    do not count, as they are part of an entity's name wherever they stand.
    """

    words: str = ""
    keys: bytes = b""
    counts: bytes = b""
    folded: str = ""


class Article(Value, frozen=True, kw_only=True):
    """A document with its rendered body.

    `resolved`: each source path that the body links to, with the URL it got (a cached article is
    valid as long as these stay the same). `addresses`: places of this site that it links to by URL,
    whether there is a page or not. `pictures`: places of this site where it has an image from.
    `terms` are for related articles. `minutes`: reading time. `warnings`: what is doubtful in the
    body and stops nothing.
    """

    path: str
    html: str
    toc: tuple[Heading, ...] = ()
    excerpt: str = ""
    words: int = 0
    minutes: int = 1
    terms: Terms = Terms()
    resolved: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


class Body(Value, frozen=True, kw_only=True):
    """A rendered body: what an article page shows of its article."""

    html: str
    toc: tuple[Heading, ...]
    words: int
    minutes: int

    @classmethod
    def of(cls, article: Article) -> Body:
        """The body of `article`, without what only other stages need."""
        return cls(html=article.html, toc=article.toc, words=article.words, minutes=article.minutes)


class Brief(Value, frozen=True, kw_only=True):
    """What a site is put together from without an article's body, and what shows that it changed.

    `key` is of all that the article was made from but the targets of its links and the spellings of
    entities; `body` and `terms` are digests of what its page shows and of its words. `entities`:
    the digest of the whole table under which its terms hold; `spellings`: of those in it that its
    words may be.
    """

    path: str
    key: str
    body: str
    terms: str
    excerpt: str = ""
    resolved: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    entities: str = ""
    spellings: str = ""


# ---------------------------------------------------------------- site


class Byline(Value, frozen=True, kw_only=True):
    """An author as a card names them."""

    name: str  #: as the byline prints it
    url: str = ""  #: of the author's page; may be empty


class Card(Value, frozen=True, kw_only=True):
    """The few fields by which another page shows a post."""

    path: str  #: of its source
    url: str  #: for an `href`
    title: str  #: the headline
    dek: str  #: one or two sentences
    date: datetime  #: when it was published
    lang: str  #: a BCP 47 tag
    kicker: str = ""  #: a few words above the headline
    type: PostType = "analysis"  #: what kind of piece it is
    byline: tuple[Byline, ...] = ()  #: who wrote it
    section: str = ""  #: its name; may be empty
    section_url: str = ""  #: may be empty
    image: Image | None = None  #: the picture, if there is one


class Group(Value, frozen=True, kw_only=True):
    """A section, tag, author, story or archive month: what another page shows of it.

    `branch`: the further language in which it is one, "" for the main one. Its posts are
    `Site.members[id]`, newest first.
    """

    kind: GroupKind  #: what it groups by
    key: str  #: the end of its address
    name: str  #: as readers see it
    url: str  #: of its page; its RSS is at `url` + `feed.xml`
    dek: str = ""  #: one sentence; may be empty
    branch: str = ""  #: the further language that it is of, or empty

    @property
    def id(self) -> str:
        """`kind:key`, in a further language `kind:fr/key`: unique within a site."""
        return f"{self.kind}:{within(self.branch, self.key)}"


def within(branch: str, key: str) -> str:
    """A key that is unique in the branch of a language, as it is unique in the whole site."""
    return f"{branch}/{key}" if branch else key


class Translation(Value, frozen=True, kw_only=True):
    """An article in a language. `at_home`: its `canonical` address is its own."""

    lang: str  #: a BCP 47 tag
    url: str  #: of the version in it
    at_home: bool = True  #: no other address is its canonical one


class Thread(Value, frozen=True, kw_only=True):
    """Where a post stands in its story: the paths next before and after it, in the order of time.

    `whole`: they are all of the story.
    """

    group: Group
    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    whole: bool = True


class Site(Value, frozen=True, kw_only=True):
    """The configuration and all publishable posts, sorted, with what they add up to.

    `posts` are newest first (then by path) and listed everywhere; `unlisted` have a page and are
    listed nowhere; `withdrawn` have one that says so, and are nowhere else.
    Mappings are keyed by source path unless said otherwise.
    """

    config: Config
    now: datetime
    posts: tuple[Post, ...]
    unlisted: tuple[Post, ...] = ()
    withdrawn: tuple[Post, ...] = ()
    standalones: tuple[Standalone, ...] = ()
    articles: Mapping[str, Article]
    briefs: dict[str, Brief] = field(default_factory=dict)
    cards: dict[str, Card]
    authors: dict[str, Author] = field(default_factory=dict)  # by key
    bylines: dict[str, tuple[str, ...]] = field(default_factory=dict)  # keys of authors
    groups: tuple[Group, ...] = ()
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by group id
    related: dict[str, tuple[str, ...]] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    translations: dict[str, tuple[Translation, ...]] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)  # data/NAME.yaml by NAME
    media: dict[str, str] = field(default_factory=dict)  # source path -> URL
    pictures: dict[str, Picture] = field(default_factory=dict)  # by URL
    posters: dict[str, Poster] = field(default_factory=dict)  # by path or group id; "": the site's

    @property
    def documents(self) -> tuple[Document, ...]:
        """Everything that has a body and a page."""
        return (*self.posts, *self.unlisted, *self.withdrawn, *self.standalones)


# ---------------------------------------------------------------- plan


class Page(Value, frozen=True, kw_only=True):
    """One output file to be made.

    `path`: in the tree, such as "2012/03/21/libya-mali/index.html". `url`: its address.
    `render`: a template's name, or a function of a view and this page that returns the bytes.
    `label`: a message of the catalogues that is its title, where it has none of its own.
    `subject`: what the page is about, a value that msgspec can encode. `origin`: who asked for it,
    as an error names it. `modified`: for the sitemap; `indexed`: whether it is in the sitemap.
    `branch`: the further language that it is part of, "" for the main one. `versions`: the same
    list in each of the site's languages, its own too, if there are several.
    """

    path: str
    url: str
    render: str | Callable[[Any, Page], bytes]
    kind: str
    title: str = ""
    label: str = ""
    subject: Any = None
    origin: str = ""
    modified: datetime | None = None
    indexed: bool = False
    branch: str = ""
    versions: tuple[Translation, ...] = ()
