"""How long a build takes as a site grows: python benchmarks/build_time.py 100 1000 5000.

The posts are invented, the same at every run: about 600 words each, with headings, a list, links to
other posts, and in some a quotation, a table, code or a footnote; six sections, some 60 tags, a
dozen authors. Prints medians of several runs, each a process of its own as an author starts it:
into an empty folder, and again with nothing changed. Judges nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINES = ("markdown", "commonmark")
WORDS = 8_000
SECTIONS, TAGS, AUTHORS = 6, 60, 12
FIRST_DAY, DAYS = date(2012, 3, 21), 3650
# ru_maxrss counts in KiB on Linux and in bytes on macOS.
MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


def main() -> None:
    """Measure each of the sizes on the command line, with both engines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000, 5000])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, medians of {options.runs}")
    print(f"{'posts':>6}  {'engine':<10} {'clean':>8} {'a post':>9} {'again':>8} {'peak':>8}")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            for engine in ENGINES:
                site = invent(Path(folder) / engine, size, engine)
                print(row(size, engine, [measure(site) for _ in range(options.runs)]), flush=True)


def row(size: int, engine: str, measured: list[Measured]) -> str:
    """A line of the table."""
    clean = statistics.median(one.clean.seconds for one in measured)
    again = statistics.median(one.again.seconds for one in measured)
    peak = max(one.clean.peak for one in measured) / MEGABYTE
    each = 1000 * clean / size
    return (
        f"{size:>6}  {engine:<10} {clean:>6.2f} s {each:>6.1f} ms {again:>6.2f} s {peak:>5.0f} MB"
    )


# ---------------------------------------------------------------- measure


class Run(NamedTuple):
    """What a process took: seconds by the clock, and its largest memory (its workers' apart)."""

    seconds: float
    peak: int


class Measured(NamedTuple):
    """A build into an empty folder, and the one after it."""

    clean: Run
    again: Run


def measure(site: Path) -> Measured:
    """Build `site` twice, the first time into a new folder."""
    with tempfile.TemporaryDirectory(dir=site.parent) as output:
        command = [sys.executable, "-m", "blogforge", "build", str(site), "--output", output]
        return Measured(timed(command), timed(command))


def timed(command: list[str]) -> Run:
    """Run `command`, which must succeed; what it says goes nowhere, its complaints to ours."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    return Run(seconds, usage.ru_maxrss)


# ---------------------------------------------------------------- invent


def invent(site: Path, size: int, engine: str) -> Path:
    """A site of `size` posts in the folder `site`."""
    (site / "posts").mkdir(parents=True)
    config = f"title: Invented\nurl: https://invented.example/\nmarkdown: {{engine: {engine}}}\n"
    (site / "blogforge.yaml").write_text(config, encoding="utf-8")
    writer = Writer(size)
    days = [FIRST_DAY + timedelta(days=number * DAYS // size) for number in range(size)]
    names = [f"{day}-post-{number}.md" for number, day in enumerate(days)]
    for number, name in enumerate(names):
        (site / "posts" / name).write_text(writer.post(number, names), encoding="utf-8")
    return site


class Writer:
    """Writes posts: the same at every run of the same size."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._words = ["".join(self._chance.choices(SYLLABLES, k=3)) for _ in range(WORDS)]
        # Few words are frequent and most are rare, as in any language (Zipf's law).
        self._shares = [1 / (rank + 2) for rank in range(WORDS)]

    def post(self, number: int, names: list[str]) -> str:
        """A whole file; its links lead to posts in `names`."""
        return "\n\n".join([self._matter(number), *self._blocks(number, names)]) + "\n"

    def _matter(self, number: int) -> str:
        tags = sorted(self._chance.sample(range(TAGS), 3))
        return "\n".join(
            [
                "---",
                f"title: {self._some(6).capitalize()} {number}",
                f"dek: {self._sentence(14)}",
                f"authors: [Author {self._chance.randrange(AUTHORS)}]",
                f"section: Section {self._chance.randrange(SECTIONS)}",
                f"tags: [{', '.join(f'Tag {tag}' for tag in tags)}]",
                "---",
            ]
        )

    def _blocks(self, number: int, names: list[str]) -> Iterator[str]:
        for _ in range(3):
            yield self._paragraph()
            yield f"## {self._some(4).capitalize()}"
            yield f"{self._paragraph()} See [{self._some(2)}]({self._chance.choice(names)})."
        yield "\n".join(f"- {self._sentence(8)}" for _ in range(4))
        if number % 2 == 0:
            yield f"> {self._paragraph()}\n>\n> — {self._some(2).title()}"
        if number % 5 == 0:
            rows = (f"| {self._some(2)} | {self._chance.randrange(1000)} |" for _ in range(5))
            yield "\n".join(["| what | how many |", "|---|---:|", *rows])
        if number % 7 == 0:
            yield "```python\ndef area(side: float) -> float:\n    return side * side\n```"
        if number % 3 == 0:
            yield f"{self._sentence(10)}[^1]"
            yield f"[^1]: {self._sentence(12)}"

    def _paragraph(self) -> str:
        return " ".join(self._sentence(self._chance.randint(8, 24)) for _ in range(5))

    def _sentence(self, words: int) -> str:
        return f"{self._some(words).capitalize()}."

    def _some(self, words: int) -> str:
        return " ".join(self._chance.choices(self._words, self._shares, k=words))


if __name__ == "__main__":
    main()
