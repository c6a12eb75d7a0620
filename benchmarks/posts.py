"""Invented posts like those of a news-analysis desk, the same at every run, for any generator.

    python -m benchmarks.posts FOLDER 10000 --engine commonmark

writes a blogforge site. A post has about 700 words: those that every text uses, those of its topic
and a few of its own; headings, speech, links to earlier posts of its topic and to the web, in many
a quotation with its source, in some footnotes, a list, a table or code. Six sections, 60 tags,
twelve authors, and running stories.
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_left
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECTIONS = ("Africa", "Middle East", "Europe", "Asia", "Economy", "Analysis")
AUTHORS = tuple(words.name(f"author {number}") for number in range(12))
TAGS = tuple(words.word(f"tag {number}").capitalize() for number in range(60))
FIRST_DAY, DAYS = datetime(2012, 3, 21, 6, 0), 3650  # in the site's time zone
POSTS_OF_A_TOPIC, TOPICS_AT_A_TIME = 25, 40
WIRES = ("Reuters", "Sahel Wire", "Agence France-Presse", "The Associated Press")
_LINK = re.compile(r"\(post:(\d+)\)")


class Post(NamedTuple):
    """A post. Its `body` is Markdown; a link to post 7 is written `[text](post:7)`."""

    number: int
    slug: str
    date: datetime
    title: str
    dek: str
    section: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    story: str  # "" for none
    body: str


class Desk:
    """Writes posts: the same for the same `size`, which is how many the site has."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._topics: list[int] = []  # of each post
        self._posts: dict[int, list[int]] = defaultdict(list)  # of each topic
        chance = Random(size)
        for number in range(size):
            topic = number // POSTS_OF_A_TOPIC + chance.randrange(TOPICS_AT_A_TIME)
            self._topics.append(topic)
            self._posts[topic].append(number)

    def posts(self) -> Iterator[Post]:
        """All of them, from the oldest."""
        return map(self.post, range(self.size))

    def post(self, number: int) -> Post:
        """The post of this number; from `size` on, those that are yet to come."""
        topic = self._topics[number % self.size]
        about, chance = Random(f"about topic {topic}"), Random(f"post {number}")
        section, tags = about.choice(SECTIONS), about.sample(TAGS, 6)
        writers, runs = about.sample(AUTHORS, 3), about.random() < 0.3
        text = _Text(chance, topic)
        return Post(
            number=number,
            slug=self.slug(number),
            date=self.date(number),
            title=text.title(),
            dek=text.sentence(18),
            section=section,
            tags=tuple(sorted(chance.sample(tags, chance.randint(2, 4)))),
            authors=tuple(chance.sample(writers, 1 + (chance.random() < 0.15))),
            story=f"The {words.word(f'story {topic}')} affair" if runs else "",
            body="\n\n".join(text.body(self._earlier(number, topic))) + "\n",
        )

    def slug(self, number: int) -> str:
        """The end of a post's address."""
        return f"{words.word(f'slug {number}')}-{number}"

    def date(self, number: int) -> datetime:
        """When a post was published, to the minute: later than any before it."""
        return FIRST_DAY + timedelta(minutes=number * DAYS * 1440 // self.size)

    def url(self, number: int) -> str:
        """Where blogforge publishes a post unless told otherwise, and its peers are told to."""
        return f"/{self.date(number):%Y/%m/%d}/{self.slug(number)}/"

    def _earlier(self, number: int, topic: int) -> list[int]:
        """The last posts before this one that have its topic: two at most."""
        of_topic = self._posts[topic]
        end = bisect_left(of_topic, number)
        return of_topic[max(0, end - 2) : end]


class _Text:
    """The prose of one post."""

    def __init__(self, chance: Random, topic: int) -> None:
        self._chance = chance
        self._common, self._topical = words.common(), words.of_topic(topic)

    def title(self) -> str:
        """A headline, without a full stop."""
        return self.sentence(self._chance.randint(6, 11))[:-1]

    def body(self, earlier: list[int]) -> Iterator[str]:
        """The blocks of the body; its links lead to posts in `earlier`."""
        often = self._chance.random
        notes: list[str] = []
        yield self._paragraph()
        if often() < 0.6:
            yield f"> {self._paragraph()}\n>\n> — {self._chance.choice(WIRES)}"
        for number in earlier:
            yield f"{self._paragraph()} That was [{self._some(3)}](post:{number}), and more."
        for part in range(3):
            yield f"## {self.title()}"
            yield self._paragraph()
            yield self._speech() + self._note(notes, part)
        yield from self._extras()
        yield f"See [{self._some(2)}](https://{words.rare(self._chance)}.example/report)."
        yield self._paragraph()
        yield from notes

    def _extras(self) -> Iterator[str]:
        often = self._chance.random
        if often() < 0.4:
            yield "\n".join(f"- {self.sentence(9)}" for _ in range(4))
        if often() < 0.1:
            rows = (f"| {self._some(2)} | {self._chance.randrange(1000)} |" for _ in range(5))
            yield "\n".join(["| what | how many |", "|---|---:|", *rows])
        if often() < 0.1:
            scale = self._chance.randrange(100)
            yield f"```python\ndef share(part: float) -> float:\n    return {scale} * part\n```"

    def _note(self, notes: list[str], part: int) -> str:
        """A reference to a footnote that is put into `notes`, or nothing."""
        if self._chance.random() > 0.15:
            return ""
        notes.append(f"[^{part + 1}]: {self.sentence(12)}")
        return f"[^{part + 1}]"

    def _paragraph(self) -> str:
        lengths = self._chance.choices(range(9, 22), k=4)
        first, *others = [self.sentence(length) for length in lengths]
        return " ".join([first, f"*{self._some(2).capitalize()}* {others[0]}", *others[1:]])

    def _speech(self) -> str:
        """Direct speech, for quotation marks, apostrophes and dashes to be set."""
        said, who = self.sentence(14)[:-1], self._chance.choice(self._topical.words[::4])
        return (
            f'"{said}," said {who}, "and it\'s {self._some(5)}." {self.sentence(20)}'
            f" Others -- {self._some(6)} -- weren't. {self.sentence(12)}"
        )

    def sentence(self, length: int) -> str:
        """`length` words, one in four of the topic."""
        drawn = self._common.draw(self._chance, length)
        for place in range(1, length, 4):
            drawn[place] = self._topical.draw(self._chance, 1)[0]
        if self._chance.random() < 0.15:
            drawn[-1] = words.rare(self._chance)
        return f"{drawn[0].capitalize()} {' '.join(drawn[1:])}."

    def _some(self, length: int) -> str:
        return " ".join(self._common.draw(self._chance, length))


def linked(body: str, target: Callable[[int], str]) -> str:
    """`body` with links to posts as a generator wants them: to `target(number)`."""
    return _LINK.sub(lambda link: f"({target(int(link[1]))})", body)


# ---------------------------------------------------------------- a site of them


def write_site(folder: Path, desk: Desk, engine: str = "markdown", *, cards: bool = False) -> Path:
    """A blogforge site of `desk`'s posts in `folder`, which must not have posts; returns it.

    `cards`: whether social cards are drawn, one a post.
    """
    (folder / "posts").mkdir(parents=True)
    sections = "".join(f"  - {{name: {name}}}\n" for name in SECTIONS)
    config = (
        "title: The Invented Desk\nurl: https://invented.example/\n"
        f"dek: Nothing in it is true.\nmarkdown: {{engine: {engine}}}\n"
        f"social_cards: {{enabled: {str(cards).lower()}}}\nsections:\n{sections}"
    )
    (folder / "blogforge.yaml").write_text(config, encoding="utf-8")
    bios = (f"{name}:\n  name: {name}\n  bio: {name} does not exist.\n" for name in AUTHORS)
    (folder / "authors.yaml").write_text("\n".join(bios), encoding="utf-8")
    for post in desk.posts():
        source_of(folder, post).write_text(source(post, desk), encoding="utf-8")
    return folder


def source_of(folder: Path, post: Post) -> Path:
    """The file of `post` in the site in `folder`."""
    return folder / "posts" / f"{post.date:%Y-%m-%d}-{post.slug}.md"


def source(post: Post, desk: Desk) -> str:
    """`post` as blogforge reads it."""
    story = [f"story: {post.story}"] if post.story else []
    matter = [
        f"title: {post.title}",
        f"date: {post.date:%Y-%m-%d %H:%M}",
        f"dek: {post.dek}",
        f"authors: [{', '.join(post.authors)}]",
        f"section: {post.section}",
        f"tags: [{', '.join(post.tags)}]",
        *story,
    ]
    body = linked(post.body, lambda n: f"{desk.date(n):%Y-%m-%d}-{desk.slug(n)}.md")
    return "\n".join(["---", *matter, "---", "", body])


def main() -> None:
    """Write the site that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int)
    parser.add_argument("--engine", choices=("markdown", "commonmark"), default="markdown")
    options = parser.parse_args()
    write_site(options.folder, Desk(options.size), options.engine)


if __name__ == "__main__":
    main()
