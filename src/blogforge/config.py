"""blogforge.yaml as a frozen value."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct, field

Positive = Annotated[int, Meta(ge=1)]
FeedFormat = Literal["rss", "atom", "json"]


class _Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of every block of blogforge.yaml."""


class MarkdownConfig(_Settings):
    """`markdown:` how bodies become HTML."""

    engine: Annotated[
        Literal["markdown", "commonmark"],
        Meta(description="`markdown` is Python-Markdown with extra; `commonmark` is comrak."),
    ] = "markdown"
    trust: Annotated[bool, Meta(description="false: raw HTML in bodies is sanitized.")] = True
    typography: Annotated[bool, Meta(description="Typographic quotes and dashes.")] = True
    seconds: Annotated[float, Meta(gt=0, description="The longest one body may take.")] = 10.0


class FeedsConfig(_Settings):
    """`feeds:` what subscribers receive."""

    items: Annotated[int, Meta(ge=1, le=500, description="Entries in a feed.")] = 20
    groups: Annotated[
        tuple[FeedFormat, ...],
        Meta(description="Formats of the feeds of sections, tags, authors and stories."),
    ] = ("rss",)


class RelatedConfig(_Settings):
    """`related:` the block "More from" under each article."""

    limit: Annotated[int, Meta(ge=0, le=20, description="Cards in the block.")] = 4
    half_life: Annotated[
        float, Meta(gt=0, description="Days after which recency counts half as much.")
    ] = 125.0
    title: Annotated[str, Meta(description="The block's heading; empty: More from {title}.")] = ""


class PublisherConfig(_Settings):
    """`publisher:` who publishes, for search engines and feeds."""

    name: Annotated[str, Meta(description="Empty: the site's title.")] = ""
    logo: Annotated[str, Meta(description="Path of an image in static/, or a URL.")] = ""


class SectionConfig(_Settings):
    """One of `sections:`, in the order of the navigation."""

    name: str
    dek: str = ""


class MenuItem(_Settings):
    """One of `menu:`, beside the sections."""

    title: str
    url: str


class PluginConfig(_Settings):
    """One of `plugins:`, a module beside blogforge.yaml or an installed one."""

    module: str
    options: dict[str, Any] = field(default_factory=dict)


class Config(_Settings):
    """blogforge.yaml, checked and with every default filled in.

    `url` is absolute, http or https, and ends with a slash.
    """

    title: str
    url: str
    dek: Annotated[str, Meta(description="One sentence under the title.")] = ""
    language: Annotated[str, Meta(description="BCP 47, such as en or fr-CA.")] = "en"
    timezone: Annotated[str, Meta(description="IANA name; dates without a zone are in it.")] = "UTC"
    output: Annotated[str, Meta(description="The folder of the published tree.")] = "public"
    permalink: Annotated[
        str, Meta(description="Of {year} {month} {day} {slug} {section}; ends with a slash.")
    ] = "/{year}/{month}/{day}/{slug}/"
    paginate: Annotated[int, Meta(ge=1, le=1000, description="Cards on a page of a list.")] = 20
    markdown: MarkdownConfig = MarkdownConfig()
    feeds: FeedsConfig = FeedsConfig()
    related: RelatedConfig = RelatedConfig()
    publisher: PublisherConfig = PublisherConfig()
    sections: tuple[SectionConfig, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    plugins: tuple[PluginConfig | str, ...] = ()
    extra: Annotated[dict[str, Any], Meta(description="Free fields for templates.")] = field(
        default_factory=dict
    )

    @property
    def base_path(self) -> str:
        """The path of `url`, with a slash at both ends: "/" or "/blog/"."""
        return urlsplit(self.url).path

    @property
    def origin(self) -> str:
        """Scheme and host of `url`: "https://example.org"."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"
