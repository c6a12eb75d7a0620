"""The stories that a publication has, and those that it may have, in words and as JSON."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from blogforge.lending import looked_at
from blogforge.model import Card, Value
from blogforge.new import as_yaml
from blogforge.printing import counted, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from blogforge.model import Site
    from blogforge.options import Options
    from blogforge.proposals import Proposal

_SHOWN_TERMS = 5
NO_STORY = (
    "No post has a story yet. One begins with a line 'story: NAME' in the front matter of its"
    " posts; 'blogforge stories --suggest' looks for posts that tell one."
)
NO_NEWER = "No story has a post that new."
NO_PROPOSAL = "No posts without a story were found that surely tell one."


class Story(Value, frozen=True, kw_only=True):
    """A story with its listed posts in the order of time."""

    name: str
    url: str
    posts: tuple[Card, ...]


def stories(root: Path, options: Options, since: datetime | None = None) -> list[Story]:
    """The stories of the site in the folder `root` with a post of `since` or after, newest first.

    Raises what `prepare` raises.
    """
    site: Site = looked_at(root, options, attrgetter("site"))
    found = [
        Story(
            name=group.name,
            url=group.url,
            posts=tuple(site.cards[path] for path in reversed(site.members[group.id])),
        )
        for group in site.groups
        if group.kind == "story"
    ]
    found.sort(key=lambda story: story.name)
    found.sort(key=lambda story: story.posts[-1].date, reverse=True)
    return [story for story in found if not since or story.posts[-1].date >= since]


# ---------------------------------------------------------------- in words


def stories_text(found: Sequence[Story], none: str = NO_STORY) -> str:
    """Each story with its span of time and its posts, oldest first; `none` where there is none."""
    return "\n\n".join("\n".join(_story(story)) for story in found) or none


def _story(story: Story) -> Iterator[str]:
    posts = counted(len(story.posts), "post")
    yield f"{story.name}  ({posts}, {_span(story.posts)})  {story.url}"
    for card in story.posts:
        yield f"  {card.date:%Y-%m-%d}  {card.path}  {card.title}"


def proposals_text(found: Sequence[Proposal]) -> str:
    """Each story that may be, and for each of its posts the line of front matter that makes it."""
    return "\n\n".join("\n".join(_proposal(proposal)) for proposal in found) or NO_PROPOSAL


def _proposal(proposal: Proposal) -> Iterator[str]:
    posts, told = (counted(len(cards), "post") for cards in (proposal.posts, proposal.told))
    joined = f" to join {told}" if proposal.told else ""
    terms = ", ".join(term for term, _ in proposal.terms[:_SHOWN_TERMS])
    yield f"{proposal.name}  ({posts}{joined}, {_span(proposal.posts)}; {terms})"
    width = max(len(card.path) for card in proposal.posts)
    for card in proposal.posts:
        yield f"  {card.path:<{width}}  {_line(proposal)}"


def _line(proposal: Proposal) -> str:
    return f"story: {as_yaml(proposal.name)}"


def _span(cards: Sequence[Card]) -> str:
    first, last = f"{cards[0].date:%Y-%m-%d}", f"{cards[-1].date:%Y-%m-%d}"
    return first if first == last else f"{first} to {last}"


# ---------------------------------------------------------------- as JSON


def stories_json(found: Sequence[Story]) -> str:
    """The same as a list of objects; docs/cli.md lists their keys."""
    return to_json(
        [{"name": story.name, "url": story.url, "posts": _posts(story.posts)} for story in found]
    )


def proposals_json(found: Sequence[Proposal]) -> str:
    """The same as a list of objects; docs/cli.md lists their keys."""
    return to_json(
        [
            {
                "name": proposal.name,
                "line": _line(proposal),
                "posts": _posts(proposal.posts),
                "joins": _posts(proposal.told),
                "cohesion": round(proposal.cohesion, 6),
                "terms": [
                    {"term": term, "share": round(share, 6)} for term, share in proposal.terms
                ],
            }
            for proposal in found
        ]
    )


def _posts(cards: Sequence[Card]) -> list[dict[str, Any]]:
    return [
        {"path": card.path, "date": card.date, "title": card.title, "url": card.url}
        for card in cards
    ]
