"""blogforge.yaml as a frozen value."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from msgspec import Meta, field
from msgspec.structs import replace

from blogforge import faults
from blogforge.brand import ThemeConfig
from blogforge.config_faults import discreet, wrong_fonts, wrong_settings
from blogforge.errors import ConfigError, ContentError, Location, Problem
from blogforge.settings import (
    CheckConfig,
    CitationStyle,
    DigestConfig,
    FeedsConfig,
    ImagesConfig,
    LanguageConfig,
    MarkdownConfig,
    MenuItem,
    PluginConfig,
    PublisherConfig,
    RelatedConfig,
    SectionConfig,
    Settings,
    ShareService,
    SocialCardsConfig,
    StoryConfig,
    TypesConfig,
)
from blogforge.strict_yaml import Written, parse
from blogforge.targets import TargetConfig
from blogforge.textfile import decode, read_bytes
from blogforge.urls import rooted
from blogforge.validation import convert

CONFIG_FILE = "blogforge.yaml"
# All that posts and pages are read by: what was read under the same of these need not be again.
OF_SOURCES = ("url", "language", "language_tags", "timezone", "permalink", "markdown")


class Config(Settings, frozen=True, kw_only=True):
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
    check: Annotated[
        CheckConfig, Meta(extra={"hint": "write 'check: {rules: {tag-spelling: error}}'"})
    ] = CheckConfig()
    theme: Annotated[
        ThemeConfig, Meta(extra={"hint": "write 'theme: {look: modern}', or classic, or paper"})
    ] = ThemeConfig()
    sections: tuple[SectionConfig, ...] = ()
    stories: tuple[StoryConfig, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    redirects: Annotated[
        dict[str, str],
        Meta(
            description="Old addresses of lists and feeds, and where each leads.",
            extra={"hint": "write 'redirects: {/category/africa/: /section/africa/}'"},
        ),
    ] = field(default_factory=dict)
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
    deploy: Annotated[
        dict[str, TargetConfig],
        Meta(
            description="Where `blogforge deploy` sends the tree, by name.",
            extra={"hint": "write 'deploy: {production: {rsync: user@example.org:/srv/www}}'"},
        ),
    ] = field(default_factory=dict)
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
    fonts = config.social_cards.fonts if config else ()
    problems += [*wrong_settings(written, root), *wrong_fonts(fonts, root, written)]
    if problems or config is None:
        raise ConfigError(discreet(problem, written) for problem in problems)
    config = replace(config, url=faults.with_slash(config.url))
    groups = tuple(dict.fromkeys(config.feeds.groups))
    base = config.base_path
    languages = {
        tag: replace(words, menu=_rooted(words.menu, base))
        for tag, words in config.languages.items()
    }
    return replace(
        config,
        menu=_rooted(config.menu, base),
        redirects={old: rooted(new, base) for old, new in config.redirects.items()},
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
