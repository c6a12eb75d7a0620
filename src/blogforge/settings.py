"""The settings of blogforge.yaml below its top, block by block: their types, defaults and words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

FeedFormat = Literal["rss", "atom", "json"]
ImageFormat = Literal["avif", "webp"]
ShareService = Literal[
    "email",
    "bluesky",
    "mastodon",
    "linkedin",
    "whatsapp",
    "telegram",
    "reddit",
    "hackernews",
    "facebook",
    "threads",
    "x",
]
Severity = Literal["off", "notice", "warning", "error"]
CitationStyle = Literal["plain", "chicago", "apa", "bibtex"]


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of every block of blogforge.yaml."""


class MarkdownConfig(Settings, frozen=True, kw_only=True):
    """`markdown:` how bodies become HTML."""

    engine: Annotated[
        Literal["markdown", "commonmark"],
        Meta(description="`markdown` is Python-Markdown with extra; `commonmark` is comrak."),
    ] = "markdown"
    trust: Annotated[bool, Meta(description="false: raw HTML in bodies is sanitized.")] = True
    typography: Annotated[bool, Meta(description="Typographic quotes and dashes.")] = True
    seconds: Annotated[float, Meta(gt=0, le=3600, description="The longest one body may take.")] = (
        10.0
    )


class FeedsConfig(Settings, frozen=True, kw_only=True):
    """`feeds:` what subscribers receive."""

    items: Annotated[int, Meta(ge=1, le=500, description="Entries in a feed.")] = 20
    groups: Annotated[
        tuple[FeedFormat, ...],
        Meta(description="Formats of the feeds of sections, tags, authors and stories."),
    ] = ("rss",)
    hub: Annotated[
        tuple[str, ...], Meta(description="WebSub hubs, which tell readers of what is new at once.")
    ] = ()


class RelatedConfig(Settings, frozen=True, kw_only=True):
    """`related:` the block "More from" under each article."""

    limit: Annotated[int, Meta(ge=0, le=20, description="Cards in the block.")] = 4
    half_life: Annotated[
        float, Meta(gt=0, le=36500, description="Days in which age takes half of what it can take.")
    ] = 180.0
    title: Annotated[str, Meta(description="The block's heading; empty: More from {title}.")] = ""


class QualityConfig(Settings, frozen=True, kw_only=True):
    """`images.quality:` how much of a picture its renditions keep, of 100, by their format."""

    avif: Annotated[int, Meta(ge=1, le=100, description="Of AVIF.")] = 60
    webp: Annotated[int, Meta(ge=1, le=100, description="Of WebP.")] = 80
    jpeg: Annotated[int, Meta(ge=1, le=100, description="Of JPEG.")] = 82


class ImagesConfig(Settings, frozen=True, kw_only=True):
    """`images:` what readers get of pictures."""

    enabled: Annotated[bool, Meta(description="false: pictures are copied, no more.")] = True
    widths: Annotated[
        tuple[Annotated[int, Meta(ge=16, le=8192)], ...],
        Meta(max_length=16, description="Widths in pixels, none beyond a picture's own."),
    ] = (400, 800, 1200, 1600)
    formats: Annotated[
        tuple[ImageFormat, ...], Meta(description="Formats beside the picture's own.")
    ] = ("avif", "webp")
    quality: QualityConfig = QualityConfig()
    sizes: Annotated[
        str, Meta(description="How wide a body's pictures are shown, as `sizes` in HTML says it.")
    ] = "(min-width: 40rem) 38rem, 100vw"


class SocialCardsConfig(Settings, frozen=True, kw_only=True):
    """`social_cards:` pictures drawn from headlines, for posts that have none."""

    enabled: Annotated[bool, Meta(description="false: none are drawn.")] = True
    fonts: Annotated[
        tuple[str, ...],
        Meta(description="Fonts in static/ (.ttf, .otf), tried before blogforge's own."),
    ] = ()


class DigestConfig(Settings, frozen=True, kw_only=True):
    """`digest:` the e-mail of what was published, which `blogforge digest` writes."""

    subject: Annotated[str, Meta(description="Of {title} {lead} {since} {until}.")] = (
        "{title}: {lead}"
    )
    sender: Annotated[str, Meta(description="From: The Desk <desk@example.org>.")] = ""
    to: Annotated[str, Meta(description="To: an address, such as a mailing list's.")] = ""
    intro: Annotated[str, Meta(description="A sentence or two above the articles.")] = ""
    footer: Annotated[
        str, Meta(description="Why readers get it, and the publisher's postal address.")
    ] = ""
    unsubscribe: Annotated[
        str, Meta(description="Where readers leave: a URL, or your mailing service's own word.")
    ] = ""
    online: Annotated[
        str, Meta(description="Where it can be read online: as for `unsubscribe`.")
    ] = ""
    subscribe: Annotated[
        str, Meta(description="Where readers sign up; the page of all feeds leads there.")
    ] = ""
    limit: Annotated[int, Meta(ge=1, le=200, description="Articles in it at most.")] = 30


class IgnoreConfig(Settings, frozen=True, kw_only=True):
    """One of `check.ignore:`, what `blogforge check` finds and is as it should be."""

    rule: Annotated[str, Meta(description="The rule that is not to speak.")]
    path: Annotated[
        str, Meta(description="A file, or a pattern such as posts/2012-*; empty: everywhere.")
    ] = ""
    text: Annotated[str, Meta(description="Only where the finding or its line has this text.")] = ""
    reason: Annotated[str, Meta(description="Why, for whoever comes after you.")] = ""


class ExternalConfig(Settings, frozen=True, kw_only=True):
    """`check.external:` how `blogforge check --external` asks other sites."""

    timeout: Annotated[
        float, Meta(gt=0, le=300, description="Seconds that one address may take.")
    ] = 20.0
    hosts: Annotated[int, Meta(ge=1, le=64, description="Hosts that are asked at once.")] = 8
    delay: Annotated[
        float, Meta(ge=0, le=60, description="Seconds between two addresses of a host.")
    ] = 1.0
    retries: Annotated[
        int, Meta(ge=0, le=10, description="How often an address that fails is asked again.")
    ] = 2
    keep_good: Annotated[
        float, Meta(ge=0, le=365, description="Days until a good address is asked again.")
    ] = 7.0
    keep_bad: Annotated[
        float, Meta(ge=0, le=365, description="Days until another one is asked again.")
    ] = 1.0
    archive: Annotated[bool, Meta(description="false: no copies of dead pages are looked for.")] = (
        True
    )
    skip: Annotated[
        tuple[str, ...],
        Meta(description="Addresses not to ask, such as https://example.org/*."),
    ] = ()


class CheckConfig(Settings, frozen=True, kw_only=True):
    """`check:` what `blogforge check` tells."""

    rules: Annotated[
        dict[str, Severity],
        Meta(
            description="Levels of rules, by name: off, notice, warning or error.",
            extra={"hint": "write 'rules: {tag-spelling: error, missing-dek: off}'"},
        ),
    ] = field(default_factory=dict)
    ignore: Annotated[
        tuple[IgnoreConfig, ...],
        Meta(
            description="Findings that are as they should be.",
            extra={"hint": "write 'ignore: [{rule: dead-link, path: posts/2012-*}]'"},
        ),
    ] = ()
    external: Annotated[ExternalConfig, Meta(extra={"hint": "write 'external: {timeout: 20}'"})] = (
        ExternalConfig()
    )


class PublisherConfig(Settings, frozen=True, kw_only=True):
    """`publisher:` who publishes, for search engines and feeds."""

    name: Annotated[str, Meta(description="Empty: the site's title.")] = ""
    logo: Annotated[str, Meta(description="Path of an image in static/, or a URL.")] = ""
    rights: Annotated[str, Meta(description="Who may do what with articles, in books.")] = ""


class SectionConfig(Settings, frozen=True, kw_only=True):
    """One of `sections:`, in the order of the navigation."""

    name: Annotated[str, Meta(description="As posts name it in `section`, and readers see it.")]
    dek: Annotated[str, Meta(description="One sentence under its name.")] = ""
    key: Annotated[str, Meta(description="The end of its address, unless its name's.")] = ""


class StoryConfig(Settings, frozen=True, kw_only=True):
    """One of `stories:`, which posts tell by their `story`."""

    name: Annotated[str, Meta(description="As posts name it in `story`, and readers see it.")]
    dek: Annotated[str, Meta(description="One sentence under its name.")] = ""
    key: Annotated[str, Meta(description="The end of its address, unless its name's.")] = ""


class TypesConfig(Settings, frozen=True, kw_only=True):
    """`types:` what each type of article is, as its label explains; empty: the theme's words."""

    analysis: Annotated[str, Meta(description="What an analysis is.")] = ""
    opinion: Annotated[str, Meta(description="What an opinion is.")] = ""
    news: Annotated[str, Meta(description="What a piece of news is.")] = ""
    explainer: Annotated[str, Meta(description="What an explainer is.")] = ""


class MenuItem(Settings, frozen=True, kw_only=True):
    """One of `menu:`, beside the sections."""

    title: Annotated[str, Meta(description="What readers click on.")]
    url: Annotated[str, Meta(description="A path of the site, such as /about/, or a whole URL.")]


class GroupWords(Settings, frozen=True, kw_only=True):
    """What a section or story is called in a further language."""

    name: Annotated[str, Meta(description="What it is called in that language.")]
    dek: Annotated[str, Meta(description="One sentence under its name.")] = ""


class AuthorWords(Settings, frozen=True, kw_only=True):
    """What an author is said to be in a further language."""

    name: Annotated[str, Meta(description="Where it is written otherwise.")] = ""
    bio: Annotated[str, Meta(description="The bio in that language.")] = ""


class LanguageConfig(Settings, frozen=True, kw_only=True):
    """One of `languages:`, the site in a further language; its key is the language."""

    title: Annotated[str, Meta(description="The publication's name; empty: the site's.")] = ""
    dek: Annotated[str, Meta(description="One sentence under the title.")] = ""
    sections: Annotated[
        dict[str, GroupWords],
        Meta(
            description="Sections in the order of the navigation, by the names they have in "
            "`sections:`.",
            extra={"hint": "write 'sections: {Africa: {name: Afrique}}'"},
        ),
    ] = field(default_factory=dict)
    stories: Annotated[
        dict[str, GroupWords],
        Meta(
            description="Stories, by the names they have in `stories:`.",
            extra={"hint": "write 'stories: {Libya: {name: Libye}}'"},
        ),
    ] = field(default_factory=dict)
    authors: Annotated[
        dict[str, AuthorWords],
        Meta(
            description="Authors, by their ids.",
            extra={"hint": "write 'authors: {ana: {bio: …}}'"},
        ),
    ] = field(default_factory=dict)
    menu: tuple[MenuItem, ...] = ()
    types: TypesConfig = TypesConfig()
    related_title: Annotated[str, Meta(description="As `related.title`.")] = ""
    digest: Annotated[
        DigestConfig | None, Meta(description="Instead of the site's `digest`, all of it.")
    ] = None


class PluginConfig(Settings, frozen=True, kw_only=True):
    """One of `plugins:`, a module beside blogforge.yaml or an installed one."""

    module: Annotated[str, Meta(description="Its name, without .py.")]
    options: Annotated[dict[str, Any], Meta(description="What its `configure` is given.")] = field(
        default_factory=dict
    )
