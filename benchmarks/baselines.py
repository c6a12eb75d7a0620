"""What other generators and search engines would show: what ours has to beat.

Each method takes the posts and says how much each (a row) speaks for each other (a column); -inf is
not at all.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.evaluation import DEPTH
from blogforge.content.terms import words
from blogforge.languages import primary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from benchmarks.collection import Doc

    Docs = Sequence[Doc]
    Matrix = NDArray[np.float64]
    Rankings = dict[str, list[str]]

# Hugo's defaults: gohugo.io, "Related content", and `related/inverted_index.go`.
_HUGO_TAGS, _HUGO_DATE, _HUGO_THRESHOLD = 80, 10, 80
_QUERY = 100  # words of a post that BM25 asks for
_K1, _B = 1.2, 0.75
_AGES = 1e6  # days; more than lie between any two posts


def ranked(docs: Docs, scores: Matrix, *, older: bool = False) -> Rankings:
    """For each post the others of its language, the best first; then the newest, then by path.

    `older`: only posts that are not newer than the post itself.
    """
    days = _days(docs)
    age = np.argsort(np.lexsort((np.array([doc.path for doc in docs]), -days)))
    languages = np.array([primary(doc.lang) for doc in docs])
    there = (languages == languages[:, None]) & ((days <= days[:, None]) | (not older))
    scores = np.where(there, scores, -np.inf)
    np.fill_diagonal(scores, -np.inf)
    rankings = {}
    for row, doc in enumerate(docs):
        order = np.lexsort((age, -np.round(scores[row], 9)))[:DEPTH]
        rankings[doc.path] = [docs[at].path for at in order if scores[row, at] > -np.inf]
    return rankings


def _days(docs: Docs) -> Matrix:
    """When each post was published, in days."""
    return np.array([doc.date.timestamp() / 86400 for doc in docs])


# ---------------------------------------------------------------- by front matter


def newest(docs: Docs) -> Matrix:
    """The newest posts of the site, the same everywhere."""
    return np.zeros((len(docs), len(docs)))


def nearest(docs: Docs) -> Matrix:
    """The posts nearest in date."""
    days = _days(docs)
    return np.asarray(-np.abs(days[:, None] - days))


def tags(docs: Docs) -> Matrix:
    """The posts with the most tags in common; none without one."""
    common = _common([doc.tags for doc in docs])
    return np.where(common > 0, common, -np.inf)


def front_matter(docs: Docs) -> Matrix:
    """The posts with the most tags, authors and sections in common, then the nearest in date."""
    common = sum(
        _common(names)
        for names in (
            [doc.tags for doc in docs],
            [doc.authors for doc in docs],
            [(doc.section,) if doc.section else () for doc in docs],
        )
    )
    days = _days(docs)
    return np.asarray(common - np.abs(days[:, None] - days) / _AGES)


def hugo(docs: Docs, *, newer: bool = False) -> Matrix:
    """Hugo's related content by default: tags 80, same year 10, threshold 80, older only."""
    common = _common([doc.tags for doc in docs])
    year = _common([(str(doc.date.year),) for doc in docs])
    matches = common + year
    weights = _HUGO_TAGS * common + _HUGO_DATE * year
    enough = weights // np.maximum(matches, 1) >= _HUGO_THRESHOLD // np.maximum(matches, 1)
    days = _days(docs)
    there = (matches > 0) & enough & (newer | (days <= days[:, None]))
    return np.where(there, weights, -np.inf)


def hugo_with_newer(docs: Docs) -> Matrix:
    """Hugo's with `includeNewer: true`."""
    return hugo(docs, newer=True)


def _common(names: Sequence[Sequence[str]]) -> Matrix:
    """How many names each two posts have in common."""
    flags = np.minimum(_counted([Counter(set(mine)) for mine in names]), 1)
    return flags @ flags.T


# ---------------------------------------------------------------- by words


def bm25(docs: Docs) -> Matrix:
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
    return np.asarray(asked.astype(np.float64) @ (idf * (_K1 + 1) * shares).T)


def tf_idf(docs: Docs) -> Matrix:
    """The cosine of all words: 1 + ln tf times smoothed idf, as scikit-learn has them."""
    counts = _words(docs)
    logs = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0)
    return _cosines(logs * _smooth_idf(counts))


def plain_tf_idf(docs: Docs) -> Matrix:
    """The same with tf itself, which is scikit-learn's default."""
    counts = _words(docs)
    return _cosines(counts * _smooth_idf(counts))


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
    """The stems of a post, one after the other: title, dek and body alike.

    Not of its code: all methods by words are the better for it.
    """
    import Stemmer  # type: ignore[import-not-found]  # a compiled module without annotations

    text = "\n".join((doc.title, doc.dek, doc.prose, doc.quoted))
    stemmer: Any = Stemmer.Stemmer(primary(doc.lang))
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


METHODS: dict[str, Callable[[Docs], Matrix]] = {
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
