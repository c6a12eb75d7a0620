"""More from: for every post the posts a reader may want next, and why these.

Words, links and dates decide, the editor overrules, and the block is always full while the site has
posts for it. `candidates` and `selection` say how; `ranking` does it for all posts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from blogforge.model import Value
from blogforge.site.corpus import Shape

if TYPE_CHECKING:
    from blogforge.settings import RelatedConfig
    from blogforge.site.bags import Places
    from blogforge.site.corpus import Corpus, Explanation


class Ranking(Value, frozen=True, kw_only=True):
    """For every post, by source path, the paths of its block in their order.

    `memory` makes what the next ranking may begin with; it is worth nothing to anybody else, and
    large: 2.5 kB a post.
    """

    blocks: dict[str, tuple[str, ...]]
    memory: Callable[[], bytes] = bytes


def rank(corpus: Corpus, settings: RelatedConfig, memory: bytes = b"") -> Ranking:
    """The blocks of all posts of `corpus`.

    A block has `settings.limit` posts as long as there are so many that it may show: pins first,
    then posts alike, the newest of the post's language, the newest of others, and last duplicates.
    Equal scores go by date, the newest first, then by path. `show: false` is an empty block.
    `memory` is that of an earlier ranking, of whatever corpus and settings: it saves time and
    changes nothing. One that is damaged counts as none.
    """
    if not settings.limit:
        return Ranking(blocks={post.path: () for post in (*corpus.posts, *corpus.unlisted)})
    from blogforge.site.memory import dump, load  # a no-op build does without numpy
    from blogforge.site.ranking import refreshed

    shape = Shape(limit=settings.limit, half_life=settings.half_life)
    rows, state = refreshed(corpus, shape, load(memory, shape))
    blocks = _named(rows.paths, state.blocks)
    return Ranking(blocks=blocks, memory=partial(dump, state, shape) if corpus.versions else bytes)


def _named(paths: list[str], blocks: Places) -> dict[str, tuple[str, ...]]:
    """The blocks of all rows as paths; -1 in one is nobody, who comes last."""
    import numpy as np

    columns = np.array([*paths, ""], object).take(blocks.T, mode="wrap").tolist()
    named = dict(zip(paths, zip(*columns, strict=True), strict=True))
    for row in np.flatnonzero(blocks.min(axis=1) < 0).tolist():
        named[paths[row]] = tuple(filter(None, named[paths[row]]))
    return named


def explain(path: str, corpus: Corpus, settings: RelatedConfig) -> Explanation:
    """Why the block of the post at `path` is what `rank` says. Raises KeyError for no such post."""
    from blogforge.site.explanation import Explainer

    return Explainer(corpus, settings).of(path)
