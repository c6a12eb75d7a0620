"""How long "More from" takes as a site grows: python benchmarks/related_time.py 1000 10000 100000.

The posts are invented: each has about 330 different words, some of its field, some of its subject
and a few that hardly any other post has, as in real blogs, and links to up to four earlier posts,
most of them of its subject. Subjects and rare words grow in number with the site, fields do not.
Prints the median of several runs, its time for each post, the time after one edit, from what the
last ranking remembers, the time to put that into bytes, which few edits do, and the peak of memory;
judges nothing. Seconds are those of the processor.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from blogforge.content.terms import BODY, packed
from blogforge.digest import digest_value
from blogforge.model import Post
from blogforge.settings import RelatedConfig
from blogforge.site.corpus import Corpus
from blogforge.site.related import rank

WORDS_OF_A_POST = 500
COMMON_WORDS = 20_000
POSTS_OF_A_SUBJECT = 25
FIELDS = 30


def main() -> None:
    """Measure each of the sizes on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    for size in options.sizes:
        corpus = invent(size)
        words = statistics.fmean(len(terms.counts) for terms in corpus.terms.values())
        seconds = statistics.median(measure(corpus) for _ in range(options.runs))
        ranking = rank(corpus, RelatedConfig())
        start = time.process_time()
        memory = ranking.memory()
        remembering = time.process_time() - start
        del ranking
        edits = [edited(corpus, number) for number in range(options.runs)]
        again = statistics.median(measure(edit, memory) for edit in edits)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{size:>7} posts of {words:.0f} words: {seconds:.2f} s,"
            f" {1e6 * seconds / size:.0f} µs a post; after an edit {again:.2f} s;"
            f" {len(memory) / 1e6:.1f} MB remembered in {remembering:.2f} s, peak {peak} MB"
        )


def measure(corpus: Corpus, memory: bytes = b"") -> float:
    """Seconds that it takes to rank `corpus`."""
    start = time.process_time()
    rank(corpus, RelatedConfig(), memory)
    return time.process_time() - start


def edited(corpus: Corpus, number: int) -> Corpus:
    """`corpus` with a dozen words of one post replaced by another's."""
    size = len(corpus.posts)
    path, other = f"posts/{7 * number % size}.md", f"posts/{(11 * number + 3) % size}.md"
    old, new = (
        dict(zip(terms.words.split(), terms.counts, strict=True))
        for terms in (corpus.terms[path], corpus.terms[other])
    )
    kept = dict(list(old.items())[12:])
    terms = packed(kept | dict(list(new.items())[:12]))
    return replace(
        corpus,
        terms={**corpus.terms, path: terms},
        versions={**corpus.versions, path: "edited"},
    )


def invent(size: int) -> Corpus:
    """A corpus of `size` posts, the same at every run."""
    chance = random.Random(size)
    common = [f"common{number}" for number in range(COMMON_WORDS)]
    shares = [1 / (rank + 2) for rank in range(COMMON_WORDS)]
    posts, terms, links = [], {}, {}
    told: defaultdict[int, list[str]] = defaultdict(list)
    for number in range(size):
        post = invented_post(number)
        subject = chance.randrange(size // POSTS_OF_A_SUBJECT + 1)
        earlier = told[subject] + [f"posts/{chance.randrange(number + 1)}.md"]
        links[post.path] = tuple(chance.sample(earlier, chance.randint(0, min(len(earlier), 4))))
        told[subject].append(post.path)
        words = Counter(chance.choices(common, shares, k=WORDS_OF_A_POST * 3 // 5))
        for theme in (f"field{subject % FIELDS}", f"subject{subject}"):
            words.update(
                f"{theme}x{int(chance.expovariate(1 / 40))}" for _ in range(WORDS_OF_A_POST // 5)
            )
        words.update(f"rare{chance.randrange(size * 4)}" for _ in range(8))
        posts.append(post)
        terms[post.path] = packed({word: BODY * count for word, count in words.items()})
    versions = {path: digest_value(counts) for path, counts in terms.items()}
    return Corpus(posts=tuple(posts), terms=terms, choices={}, versions=versions, links=links)


def invented_post(number: int) -> Post:
    """A post without anything but a date."""
    date = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=7 * number)
    path = f"posts/{number}.md"
    return Post(path=path, digest="", url="", slug=str(number), title="", lang="en", date=date)


if __name__ == "__main__":
    main()
