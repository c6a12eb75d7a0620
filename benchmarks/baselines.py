"""The rankings that other generators and search engines would give: what ours has to beat.

Each takes the posts and gives to every post the others, the best first. What a method has no
opinion of it leaves out. Ties go to the newest post, then by path.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.evaluation import DEPTH
from blogforge.content.terms import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from benchmarks.collection import Doc

    Docs = Sequence[Doc]
    Matrix = NDArray[np.float64]
    Rankings = dict[str, list[str]]

    Method = Callable[[Mapping[str, Doc]], Rankings]

# Hugo's defaults: gohugo.io, "Related content", and `related/inverted_index.go`.
_HUGO_TAGS, _HUGO_DATE, _HUGO_THRESHOLD = 80, 10, 80
_QUERY = 100  # words of a post that BM25 asks for
_K1, _B = 1.2, 0.75


def ranked(docs: Docs, scores: Matrix) -> Rankings:
    """For each post the others by their scores, of which -inf is none at all."""
    age = np.argsort(np.lexsort(([doc.path for doc in docs], [-_day(doc) for doc in docs])))
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    rankings = {}
    for row, doc in enumerate(docs):
        order = np.lexsort((age, -np.round(scores[row], 9)))[:DEPTH]
        rankings[doc.path] = [docs[at].path for at in order if scores[row, at] > -np.inf]
    return rankings


def _day(doc: Doc) -> float:
    return doc.date.timestamp() / 86400


# ---------------------------------------------------------------- by front matter


def newest(docs: Docs) -> Rankings:
    """The newest posts of the site, the same everywhere."""
    return ranked(docs, np.zeros((len(docs), len(docs))))


def nearest(docs: Docs) -> Rankings:
    """The posts nearest in date."""
    days = np.array([_day(doc) for doc in docs])
    return ranked(docs, -np.abs(days[:, None] - days))


def tags(docs: Docs) -> Rankings:
    """The posts with the most tags in common; none without one."""
    common = _common([doc.tags for doc in docs])
    return ranked(docs, np.where(common > 0, common, -np.inf))


def front_matter(docs: Docs) -> Rankings:
    """The posts with the most tags, authors and sections in common, then the nearest in date."""
    common = _common(
        [(*doc.tags, *_marked("a", doc.authors), *_marked("s", [doc.section])) for doc in docs]
    )
    days = np.array([_day(doc) for doc in docs])
    return ranked(docs, common - np.abs(days[:, None] - days) / 1e6)


def _marked(kind: str, names: Sequence[str]) -> list[str]:
    return [f"{kind}:{name}" for name in names if name]


def hugo(docs: Docs, *, newer: bool = False) -> Rankings:
    """Hugo's related content by default: tags 80, same year 10, threshold 80, older only."""
    common = _common([doc.tags for doc in docs])
    year = _common([(str(doc.date.year),) for doc in docs])
    matches = common + year
    weights = _HUGO_TAGS * common + _HUGO_DATE * year
    enough = weights // np.maximum(matches, 1) >= _HUGO_THRESHOLD // np.maximum(matches, 1)
    days = np.array([_day(doc) for doc in docs])
    there = (matches > 0) & enough & (newer | (days <= days[:, None]))
    return ranked(docs, np.where(there, weights, -np.inf))


def hugo_with_newer(docs: Docs) -> Rankings:
    """Hugo's with `includeNewer: true`."""
    return hugo(docs, newer=True)


def _common(names: Sequence[Sequence[str]]) -> Matrix:
    """How many names each two posts have in common."""
    flags = np.minimum(_counted([Counter(set(mine)) for mine in names]), 1)
    return flags @ flags.T


# ---------------------------------------------------------------- by words


def bm25(docs: Docs) -> Rankings:
    """Okapi BM25 (Robertson and Zaragoza, 2009), asked for the strongest words of the post.

    So do search engines when they are asked for "more like this".
    """
    counts = _words(docs)
    held = (counts > 0).sum(axis=0)
    idf = np.log(1 + (len(docs) - held + 0.5) / (held + 0.5))
    lengths = counts.sum(axis=1, keepdims=True)
    shares = counts / (counts + _K1 * (1 - _B + _B * lengths / lengths.mean()))
    strengths = counts * idf
    weakest = np.sort(strengths, axis=1)[:, -min(_QUERY, strengths.shape[1])][:, None]
    asked = (strengths >= weakest) & (counts > 0)
    return ranked(docs, asked.astype(np.float64) @ (idf * (_K1 + 1) * shares).T)


def tf_idf(docs: Docs) -> Rankings:
    """The cosine of all words: 1 + ln tf times smoothed idf, as scikit-learn has them."""
    counts = _words(docs)
    logs = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0)
    return ranked(docs, _cosines(logs * _smooth_idf(counts)))


def plain_tf_idf(docs: Docs) -> Rankings:
    """The same with tf itself, which is scikit-learn's default."""
    counts = _words(docs)
    return ranked(docs, _cosines(counts * _smooth_idf(counts)))


def _smooth_idf(counts: Matrix) -> Matrix:
    idf: Matrix = np.log((1 + len(counts)) / (1 + (counts > 0).sum(axis=0))) + 1
    return idf


def _cosines(weights: Matrix) -> Matrix:
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    weights = (weights / np.maximum(lengths, 1e-12)).astype(np.float32)
    return (weights @ weights.T).astype(np.float64)


def _words(docs: Docs) -> Matrix:
    """How often each stem is in each post, all of its texts alike."""
    return _counted([Counter(stems(doc)) for doc in docs])


def stems(doc: Doc) -> list[str]:
    """The stems of a post's title, dek and body, one after the other."""
    import Stemmer  # type: ignore[import-not-found]  # a compiled module without annotations

    text = "\n".join((doc.title, doc.dek, doc.prose, doc.quoted, doc.code))
    stemmer: Any = Stemmer.Stemmer(doc.lang.partition("-")[0])
    found: list[str] = stemmer.stemWords(words(text))
    return found


def _counted(bags: Sequence[Counter[str]]) -> Matrix:
    """A row a bag, a column a name."""
    names = {name: column for column, name in enumerate(sorted(set().union(*bags)))}
    counts = np.zeros((len(bags), len(names)))
    for row, bag in enumerate(bags):
        for name, count in bag.items():
            counts[row, names[name]] = count
    return counts


METHODS: dict[str, Callable[[Docs], Rankings]] = {
    "newest": newest,
    "nearest in date": nearest,
    "shared tags": tags,
    "shared front matter": front_matter,
    "Hugo": hugo,
    "Hugo, newer too": hugo_with_newer,
    "BM25": bm25,
    "TF-IDF, plain tf": plain_tf_idf,
    "TF-IDF cosine": tf_idf,
}
BY_FRONT_MATTER = (
    "newest",
    "nearest in date",
    "shared tags",
    "shared front matter",
    "Hugo",
    "Hugo, newer too",
)
