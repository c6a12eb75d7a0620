"""What a Hugo site's configuration says: https://gohugo.io/configuration/."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import field

from blogforge.importers import matter
from blogforge.importers.moments import zone
from blogforge.importers.names import host_of, path_of, web_address
from blogforge.importers.values import block, flag, lowered, text, texts
from blogforge.value import Value

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from blogforge.importers.source import Source

_ENDS = (".toml", ".yaml", ".yml", ".json")
_ROOTS = ("hugo", "config")
CONFIGURATIONS = tuple(f"{root}{end}" for root in _ROOTS for end in _ENDS)


class Language(Value, frozen=True, kw_only=True):
    """A language of the site: `folder` has its content, `prefix` begins its addresses.

    `permalinks`: patterns by section; "*" is any.
    `prefix` is a whole origin, such as "https://example.fr", where the language has its own.
    """

    tag: str
    title: str = ""
    dek: str = ""
    folder: str = "content"
    prefix: str = ""
    permalinks: dict[str, str] = field(default_factory=dict)


class HugoSite(Value, frozen=True, kw_only=True):
    """The settings that matter for an import. `languages` begins with the default one.

    `base`: the path of the site on its host, without a slash behind. `by_folder`: each language
    has a folder of its own. `values`: the whole configuration, its keys in lower case.
    """

    title: str = ""
    url: str = ""
    base: str = ""
    languages: tuple[Language, ...]
    ugly: bool = False
    keep_case: bool = False
    emoji: bool = False
    timezone: str = ""
    dates_by_name: bool = False
    main_sections: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def default(self) -> Language:
        """The default language."""
        return self.languages[0]

    @property
    def zone(self) -> ZoneInfo | None:
        """In which a time is that names no zone: UTC unless the site says otherwise."""
        return zone(self.timezone or "UTC")

    @property
    def parameters(self) -> dict[str, Any]:
        """The site's own parameters."""
        return lowered(block(self.values.get("params")))

    def language(self, tag: str) -> Language:
        """The language `tag`, or the default one."""
        return next((each for each in self.languages if each.tag == tag), self.default)


def site_of(source: Source, url: str, language: str) -> HugoSite:
    """The site's settings; `url` and `language` where it does not say them.

    Raises ContentError for a file of the configuration that cannot be read.
    """
    values = _values(source)
    address = text(values.get("baseurl")) or url
    default = text(values.get("defaultcontentlanguage")) or language
    languages = _languages(values, default) or _by_folders(source, language)
    parameters = lowered(block(values.get("params")))
    dates = block(values.get("frontmatter")).get("date")
    return HugoSite(
        title=text(values.get("title")) or languages[0].title,
        url=web_address(address, url),
        base=path_of(address).rstrip("/"),
        languages=languages,
        ugly=flag(values.get("uglyurls")),
        keep_case=flag(values.get("disablepathtolower")),
        emoji=flag(values.get("enableemoji")),
        timezone=text(values.get("timezone")),
        dates_by_name=":filename" in texts(dates),
        main_sections=texts(parameters.get("mainsections")),
        values=values,
    )


def _values(source: Source) -> dict[str, Any]:
    """The configuration's files put together, as Hugo puts them for what it publishes."""
    for name in CONFIGURATIONS:
        if source.holds(name):
            values = lowered(_parsed(source, name))
            break
    else:
        values = {}
    for folder in ("config/_default", "config/production"):
        if source.holds_folder(folder):
            for name in source.files(*_ENDS, below=folder):
                _merge(values, _placed(name, lowered(_parsed(source, name))))
    return values


def _parsed(source: Source, name: str) -> dict[str, Any]:
    content = source.text(name)
    if name.endswith(".toml"):
        return matter.from_toml(content, name)
    if name.endswith(".json"):
        return block(matter.from_json(content, name))
    return block(matter.from_yaml(content, name)[0])


def _placed(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """A file of a configuration folder where its name says: `menus.fr.toml`, `params.toml`."""
    stem, _, tag = PurePosixPath(name).stem.partition(".")
    if stem in _ROOTS:
        return values
    placed = {stem.lower(): values}
    return {"languages": {tag: placed}} if tag else placed


def _merge(values: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        mine = values.get(key)
        if isinstance(mine, dict) and isinstance(value, dict):
            _merge(mine, value)
        else:
            values[key] = value


def _languages(values: dict[str, Any], default: str) -> tuple[Language, ...]:
    """The configured languages, the default one first; one where the site speaks of none."""
    folder = text(values.get("contentdir")) or "content"
    shared = permalinks(values.get("permalinks"))
    title = text(values.get("title"))
    configured = {
        str(tag).lower(): lowered(block(each))
        for tag, each in block(values.get("languages")).items()
        if not flag(lowered(block(each)).get("disabled"))
    }
    if not configured and not values:
        return ()
    first = default.lower() or text(values.get("languagecode"))[:2].lower() or "en"
    below = flag(values.get("defaultcontentlanguageinsubdir"))
    tags = sorted(configured, key=lambda tag: tag != first) or [first]
    return tuple(
        Language(
            tag=tag,
            title=text(configured.get(tag, {}).get("title")) or title,
            dek=_described(configured.get(tag, {})) or (_described(values) if tag == first else ""),
            folder=(text(configured.get(tag, {}).get("contentdir")) or folder).strip("/"),
            prefix=_prefix(values, configured.get(tag, {}), tag, below=below or tag != first),
            permalinks=shared | permalinks(configured.get(tag, {}).get("permalinks")),
        )
        for tag in tags
    )


def _prefix(values: dict[str, Any], language: dict[str, Any], tag: str, *, below: bool) -> str:
    """What stands before a language's paths: its folder, or its own origin."""
    if own := text(language.get("baseurl")):
        same = host_of(own) == host_of(text(values.get("baseurl")))
        return "" if same else own.rstrip("/")
    return f"/{tag}" if below else ""


def _described(values: dict[str, Any]) -> str:
    parameters = lowered(block(values.get("params")))
    return text(parameters.get("description") or parameters.get("subtitle"))


def permalinks(value: Any) -> dict[str, str]:
    """The patterns of pages' addresses by section, of both of Hugo's forms."""
    patterns = {key: text(each) for key, each in block(value).items() if text(each)}
    return patterns | {key: text(each) for key, each in block(block(value).get("page")).items()}


def _by_folders(source: Source, language: str) -> tuple[Language, ...]:
    """The languages of content without a configuration: its folders, if all are named so."""
    root = "content" if source.holds_folder("content") else ""
    names = sorted(
        {path.removeprefix(root).lstrip("/").split("/")[0] for path in source.files(below=root)}
    )
    if len(names) > 1 and all(_is_language(name) for name in names):
        first = next((name for name in (language, "en", *names) if name in names), names[0])
        return tuple(
            Language(
                tag=tag,
                folder=f"{root}/{tag}".lstrip("/"),
                prefix="" if tag == first else f"/{tag}",
            )
            for tag in sorted(names, key=lambda tag: tag != first)
        )
    return (Language(tag=language or "en", folder=root),)


def _is_language(name: str) -> bool:
    from babel import localedata

    return len(name) == 2 and localedata.exists(name)
