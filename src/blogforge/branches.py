"""The branches of a site: what it publishes in each of its languages.

A site in one language has one branch, which is all of it; so has one whose posts are in several
languages and stand side by side. `languages:` in blogforge.yaml gives each further language its own
front page, lists and feeds below its tag: /fr/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.config import Config
from blogforge.languages import nearest
from blogforge.settings import SectionConfig, StoryConfig

if TYPE_CHECKING:
    from collections.abc import Iterator


class Branch(Config, frozen=True, kw_only=True):
    """The configuration as the pages of a further language see it, in `branch`'s own words."""

    branch: str = ""

    @property
    def home(self) -> str:
        """The address of the language's front page."""
        return f"{self.base_path}{self.branch.lower()}/"


def branches(config: Config) -> tuple[Config, ...]:
    """The configurations of a site's branches, the main one first."""
    return (config, *_further(config))


def branch_of(lang: str, config: Config) -> str:
    """The branch of what is written in `lang`: a key of `languages`, "" for the main one.

    `config` is the site's own, not a branch's.
    """
    assert not config.branch
    if not config.languages:
        return ""
    found = nearest(lang, (config.language, *config.languages))
    return "" if found == config.language else found


def home_of(lang: str, config: Config) -> str:
    """Where the branch is of what is written in `lang`: "/", "/fr/"."""
    branch = branch_of(lang, config)
    return f"{config.base_path}{branch.lower()}/" if branch else config.base_path


def _further(config: Config) -> Iterator[Branch]:
    fields = structs.asdict(config)
    for tag, words in config.languages.items():
        sections = (SectionConfig(key=k, name=s.name, dek=s.dek) for k, s in words.sections.items())
        stories = (StoryConfig(key=k, name=s.name, dek=s.dek) for k, s in words.stories.items())
        own = {
            "title": words.title or config.title,
            "dek": words.dek,
            "language": tag,
            "sections": tuple(sections),
            "stories": tuple(stories),
            "menu": words.menu,
            "types": words.types,
            "digest": words.digest or config.digest,
            "related": structs.replace(config.related, title=words.related_title),
        }
        yield Branch(**{**fields, **own, "branch": tag})
