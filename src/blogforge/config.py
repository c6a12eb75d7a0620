"""blogforge.yaml as a frozen value."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from blogforge import settings
from blogforge.brand import ThemeConfig, theme_faults
from blogforge.errors import ConfigError, ContentError, Location, Problem
from blogforge.strict_yaml import KeyPath, Written, parse
from blogforge.textfile import decode, read_bytes
from blogforge.urls import rooted
from blogforge.validation import convert, named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blogforge.settings import Fault

CONFIG_FILE = "blogforge.yaml"
# All that posts and pages are read by: what was read under the same of these need not be again.
OF_SOURCES = ("url", "language", "language_tags", "timezone", "permalink", "markdown")

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
CitationStyle = Literal["plain", "chicago", "apa", "bibtex"]


class _Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of every block of blogforge.yaml."""


class MarkdownConfig(_Settings, frozen=True, kw_only=True):
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


class FeedsConfig(_Settings, frozen=True, kw_only=True):
    """`feeds:` what subscribers receive."""

    items: Annotated[int, Meta(ge=1, le=500, description="Entries in a feed.")] = 20
    groups: Annotated[
        tuple[FeedFormat, ...],
        Meta(description="Formats of the feeds of sections, tags, authors and stories."),
    ] = ("rss",)
    hub: Annotated[
        tuple[str, ...], Meta(description="WebSub hubs, which tell readers of what is new at once.")
    ] = ()


class RelatedConfig(_Settings, frozen=True, kw_only=True):
    """`related:` the block "More from" under each article."""

    limit: Annotated[int, Meta(ge=0, le=20, description="Cards in the block.")] = 4
    half_life: Annotated[
        float, Meta(gt=0, le=36500, description="Days in which age takes half of what it can take.")
    ] = 180.0
    title: Annotated[str, Meta(description="The block's heading; empty: More from {title}.")] = ""


class QualityConfig(_Settings, frozen=True, kw_only=True):
    """`images.quality:` how much of a picture its renditions keep, of 100, by their format."""

    avif: Annotated[int, Meta(ge=1, le=100)] = 60
    webp: Annotated[int, Meta(ge=1, le=100)] = 80
    jpeg: Annotated[int, Meta(ge=1, le=100)] = 82


class ImagesConfig(_Settings, frozen=True, kw_only=True):
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


class SocialCardsConfig(_Settings, frozen=True, kw_only=True):
    """`social_cards:` pictures drawn from headlines, for posts that have none."""

    enabled: Annotated[bool, Meta(description="false: none are drawn.")] = True
    fonts: Annotated[
        tuple[str, ...],
        Meta(description="Fonts in static/ (.ttf, .otf), tried before blogforge's own."),
    ] = ()


class DigestConfig(_Settings, frozen=True, kw_only=True):
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


class PublisherConfig(_Settings, frozen=True, kw_only=True):
    """`publisher:` who publishes, for search engines and feeds."""

    name: Annotated[str, Meta(description="Empty: the site's title.")] = ""
    logo: Annotated[str, Meta(description="Path of an image in static/, or a URL.")] = ""
    rights: Annotated[str, Meta(description="Who may do what with articles, in books.")] = ""


class SectionConfig(_Settings, frozen=True, kw_only=True):
    """One of `sections:`, in the order of the navigation."""

    name: str
    dek: str = ""
    key: Annotated[str, Meta(description="The end of its address, unless its name's.")] = ""


class StoryConfig(_Settings, frozen=True, kw_only=True):
    """One of `stories:`, which posts tell by their `story`."""

    name: str
    dek: str = ""
    key: Annotated[str, Meta(description="The end of its address, unless its name's.")] = ""


class TypesConfig(_Settings, frozen=True, kw_only=True):
    """`types:` what each type of article is, as its label explains; empty: the theme's words."""

    analysis: str = ""
    opinion: str = ""
    news: str = ""
    explainer: str = ""


class MenuItem(_Settings, frozen=True, kw_only=True):
    """One of `menu:`, beside the sections."""

    title: str
    url: str


class GroupWords(_Settings, frozen=True, kw_only=True):
    """What a section or story is called in a further language."""

    name: str
    dek: str = ""


class AuthorWords(_Settings, frozen=True, kw_only=True):
    """What an author is said to be in a further language."""

    name: Annotated[str, Meta(description="Where it is written otherwise.")] = ""
    bio: str = ""


class LanguageConfig(_Settings, frozen=True, kw_only=True):
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


class PluginConfig(_Settings, frozen=True, kw_only=True):
    """One of `plugins:`, a module beside blogforge.yaml or an installed one."""

    module: str
    options: dict[str, Any] = field(default_factory=dict)


class Config(_Settings, frozen=True, kw_only=True):
    """blogforge.yaml, checked and with every default filled in.

    `url` is absolute, http or https, and ends with a slash.
    """

    title: Annotated[str, Meta(description="The publication's name.")]
    url: Annotated[
        str,
        Meta(
            description="Where the site will be.",
            extra_json_schema={"pattern": r"^https?://[^?#\s]+$"},
        ),
    ]
    dek: Annotated[str, Meta(description="One sentence under the title.")] = ""
    language: Annotated[str, Meta(description="BCP 47, such as en or fr-CA.")] = "en"
    languages: Annotated[
        dict[str, LanguageConfig],
        Meta(
            description="Further languages, each with a front page, lists and feeds of its own.",
            extra={"hint": "write 'languages: {fr: {title: …}}'"},
        ),
    ] = field(default_factory=dict)
    timezone: Annotated[str, Meta(description="IANA name; dates without a zone are in it.")] = "UTC"
    output: Annotated[str, Meta(description="The folder of the published tree.")] = "public"
    permalink: Annotated[
        str,
        Meta(
            description="Of {year} {month} {day} {slug} {section}; ends with a slash.",
            extra_json_schema={"pattern": r"^/(.*/)?[^/]*\{slug\}[^/]*/(.*/)?$"},
        ),
    ] = "/{year}/{month}/{day}/{slug}/"
    paginate: Annotated[int, Meta(ge=1, le=1000, description="Cards on a page of a list.")] = 20
    markdown: MarkdownConfig = MarkdownConfig()
    feeds: FeedsConfig = FeedsConfig()
    related: Annotated[
        RelatedConfig,
        Meta(extra={"hint": "write 'related: {limit: 4}', or 'related: {limit: 0}' for no block"}),
    ] = RelatedConfig()
    images: Annotated[
        ImagesConfig,
        Meta(extra={"hint": "write 'images: {enabled: false}' to leave pictures alone"}),
    ] = ImagesConfig()
    social_cards: Annotated[
        SocialCardsConfig,
        Meta(extra={"hint": "write 'social_cards: {enabled: false}' to have none drawn"}),
    ] = SocialCardsConfig()
    digest: DigestConfig = DigestConfig()
    search: Annotated[
        bool, Meta(description="true: readers can search the site; pagefind makes the index.")
    ] = False
    publisher: PublisherConfig = PublisherConfig()
    theme: Annotated[
        ThemeConfig, Meta(extra={"hint": "write 'theme: {look: modern}', or classic, or paper"})
    ] = ThemeConfig()
    sections: tuple[SectionConfig, ...] = ()
    stories: tuple[StoryConfig, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    types: TypesConfig = TypesConfig()
    share: Annotated[
        tuple[ShareService, ...],
        Meta(
            description="Links under an article by which readers pass it on; [] for none.",
            extra={"hint": "write 'share: [email, bluesky]', or 'share: []' for none"},
        ),
    ] = ("email", "bluesky", "linkedin", "whatsapp")
    cite: Annotated[
        tuple[CitationStyle, ...],
        Meta(
            description="Styles in which an article says how to cite it; [] for none.",
            extra={"hint": "write 'cite: [plain, chicago]', or 'cite: []' for none"},
        ),
    ] = ("plain", "chicago", "apa", "bibtex")
    llms_txt: Annotated[
        bool, Meta(description="false: no llms.txt, which says to language models what is here.")
    ] = True
    plugins: tuple[PluginConfig | str, ...] = ()
    extra: Annotated[dict[str, Any], Meta(description="Free fields for templates.")] = field(
        default_factory=dict
    )

    @property
    def language_tags(self) -> tuple[str, ...]:
        """The further languages."""
        return tuple(self.languages)

    @property
    def branch(self) -> str:
        """The further language that this configuration is of; "": it is the site's own."""
        return ""

    @property
    def home(self) -> str:
        """The address of the front page: "/", or "/fr/" of a further language."""
        return self.base_path

    @property
    def base_path(self) -> str:
        """The path of `url`, with a slash at both ends: "/" or "/blog/"."""
        return urlsplit(self.url).path

    @property
    def origin(self) -> str:
        """Scheme and host of `url`: "https://example.org"."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def load_config(root: Path) -> Config:
    """The settings of the site in the folder `root`.

    Raises ConfigError with everything that is wrong in blogforge.yaml, or where there is none;
    MachineError where the file cannot be read.
    """
    file = root / CONFIG_FILE
    if not file.exists():
        raise ConfigError([_not_a_site(root)])
    try:
        written = parse(decode(read_bytes(file, CONFIG_FILE), CONFIG_FILE), CONFIG_FILE)
    except ContentError as error:
        raise ConfigError(error.problems) from error
    if not isinstance(written.values, dict):
        hint = "write 'title: …' and 'url: …'"
        raise ConfigError(
            [written.problem("the configuration is not 'name: value' lines", (), hint)]
        )
    config, problems = convert(written, Config, values=_with_free_data(written))
    problems += [*_wrong_settings(written, root), *_missing_fonts(config, root, written)]
    if problems or config is None:
        raise ConfigError(problems)
    config = replace(config, url=settings.with_slash(config.url))
    groups = tuple(dict.fromkeys(config.feeds.groups))
    base = config.base_path
    languages = {
        tag: replace(words, menu=_rooted(words.menu, base))
        for tag, words in config.languages.items()
    }
    return replace(
        config,
        menu=_rooted(config.menu, base),
        languages=languages,
        feeds=replace(config.feeds, groups=groups),
        share=tuple(dict.fromkeys(config.share)),
        cite=tuple(dict.fromkeys(config.cite)),
    )


def _rooted(menu: tuple[MenuItem, ...], base_path: str) -> tuple[MenuItem, ...]:
    return tuple(replace(item, url=rooted(item.url, base_path)) for item in menu)


def _not_a_site(root: Path) -> Problem:
    misnamed = CONFIG_FILE.replace(".yaml", ".yml")
    if (root / misnamed).exists():
        hint = f"rename {misnamed} to {CONFIG_FILE}"
    else:
        hint = "make a site with 'blogforge new site DIR', or go to the site's folder"
    return Problem(f"there is no {CONFIG_FILE} here", Location(CONFIG_FILE), hint)


def _with_free_data(written: Written) -> dict[str, Any]:
    """The values of `written`, those of `extra` and of plugins' `options` resolved."""
    values = dict(written.values)
    if isinstance(values.get("extra"), dict):
        values["extra"] = written.free(("extra",))
    if isinstance(values.get("plugins"), list):
        values["plugins"] = [
            plugin | {"options": written.free(("plugins", index, "options"))}
            if isinstance(plugin, dict) and isinstance(plugin.get("options"), dict)
            else plugin
            for index, plugin in enumerate(values["plugins"])
        ]
    return values


def _wrong_settings(written: Written, root: Path) -> list[Problem]:
    """What is wrong with single settings beyond their type."""
    problems = [*_wrong_languages(written)]
    for at, fault_of in _checks(written.values):
        value = written.values
        for step in at:
            value = value[step]
        if isinstance(value, str) and (fault := fault_of(value)):
            problems.append(written.problem(f"{named(at)} {fault.message}", at, fault.hint))
    for below, fault in theme_faults(written.values.get("theme"), root):
        place = ("theme", *below)
        problems.append(written.problem(f"{named(place)} {fault.message}", place, fault.hint))
    return problems


def _missing_fonts(config: Config | None, root: Path, written: Written) -> Iterator[Problem]:
    for index, font in enumerate(config.social_cards.fonts if config else ()):
        name = font.removeprefix("/").removeprefix("static/")
        if not (root / "static" / name).is_file():
            hint = "name a font below static/, as in fonts/NAME.otf"
            at = ("social_cards", "fonts", index)
            yield written.problem(f"there is no font static/{name}", at, hint)


def _wrong_languages(written: Written) -> Iterator[Problem]:
    """Further languages that are no language, or not another one."""
    languages = written.values.get("languages")
    main = str(written.values.get("language", "en"))
    seen = {main.lower()}
    for tag in languages if isinstance(languages, dict) else ():
        at = ("languages", tag)
        if fault := settings.language_fault(tag):
            yield written.problem(f"'languages' {fault.message}", at, fault.hint)
        elif tag.lower() in seen:
            hint = "name the site's first language by 'language' alone, each other one once"
            yield written.problem(f"'languages' names '{tag}' again", at, hint)
        seen.add(tag.lower())


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
    for key, fault_of in settings.CHECKS.items():
        if key in values:
            yield (key,), fault_of
    publisher, menu = values.get("publisher"), values.get("menu")
    if isinstance(publisher, dict) and "logo" in publisher:
        yield ("publisher", "logo"), settings.image_fault
    feeds = values.get("feeds")
    hubs = feeds.get("hub") if isinstance(feeds, dict) else None
    for index, _ in enumerate(hubs if isinstance(hubs, list) else ()):
        yield ("feeds", "hub", index), settings.address_fault
    for at, digest in _digests(values):
        checked = digest.keys() & settings.DIGEST_CHECKS
        yield from (((*at, key), settings.DIGEST_CHECKS[key]) for key in checked)
    menus: dict[KeyPath, object] = {("menu",): menu}
    languages = values.get("languages")
    for tag, words in languages.items() if isinstance(languages, dict) else ():
        menus["languages", tag, "menu"] = words.get("menu") if isinstance(words, dict) else None
    for at, items in menus.items():
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and "url" in item:
                yield (*at, index, "url"), settings.menu_fault
