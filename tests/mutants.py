"""Faults that the tests of exactness and minimality must find: `python tests/mutants.py [NAME …]`.

Each is a small change of the source. A copy of the project that has it is tested; where the tests
pass nevertheless, the mutant survives, and the script ends with 1. It is part of `make soak`, not
of `make test`: each mutant costs a run of those tests. That every change still finds its place in
the source is tested always (tests/test_mutants.py).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
TESTS = (  # one after the other, until one fails
    "tests/test_minimality.py",
    *(f"tests/exactness/test_{name}.py" for name in ("accidents", "everything", "housekeeping")),
    "tests/exactness/test_writing.py",
)
_COPIED = ("src", "tests")
_LINKED = ("templates", "static")


class Mutant(NamedTuple):
    """A fault: in a module's file, `old`, which stands there once, becomes `new`."""

    name: str
    file: str
    old: str
    new: str


MUTANTS = (
    Mutant(
        "a read is not recorded",
        "pages/views.py",
        "        self.reads[name] = None\n        return value",
        "        if not name.startswith('tags:'):\n"
        "            self.reads[name] = None\n        return value",
    ),
    Mutant(
        "a fragment's reads are not those of the next page",
        "pages/views.py",
        "self.reads.update(known.reads)",
        "pass",
    ),
    Mutant(
        "a page does not hear of new translations",
        "pages/inputs.py",
        '"" if key in site.translations else _NO_TRANSLATION',
        "_NO_TRANSLATION",
    ),
    Mutant(
        "a card's digest is without its dek",
        "pages/inputs.py",
        "digest_value(self._readers[kind](key))",
        "digest_value(\n"
        "                    __import__('msgspec').structs.replace(site_card, dek='')\n"
        "                    if kind == 'card' and (site_card := self.site.cards[key])\n"
        "                    else self._readers[kind](key)\n"
        "                )",
    ),
    Mutant(
        "a plugin's code is no input",
        "pages/inputs.py",
        "(engine_digest(), self._plugins)",
        "(engine_digest(),)",
    ),
    Mutant(
        "a template is without what it includes",
        "pages/theme.py",
        "                waiting.extend(referenced)\n",
        "",
    ),
    Mutant(
        "a page is without its subject",
        "pages/render.py",
        "(place, maker(page), page.kind, title, subject)",
        "(place, maker(page), page.kind, title)",
    ),
    Mutant(
        "a body is as it was, wherever its links lead now",
        "content/articles.py",
        "        or not is_current(brief.resolved, rendering.targets)\n",
        "",
    ),
    Mutant(
        "an article is as it was, whatever spellings are one name now",
        "content/articles.py",
        "    if spellings != brief.spellings:\n        return None\n",
        "",
    ),
    Mutant(
        "a post is as it was, whatever the configuration says now",
        "past.py",
        "return self.documents if self.key == key else {}",
        "return self.documents",
    ),
    Mutant(
        "a source is as it was if its time is",
        "ledger.py",
        "entry.stamp != stamp",
        "entry.stamp.mtime_ns != stamp.mtime_ns",
    ),
    Mutant(
        "a look at the sources sees only times",
        "survey.py",
        r'f"{path}\0{status.st_size} {status.st_mtime_ns} {status.st_ino}"',
        r'f"{path}\0{status.st_mtime_ns}"',
    ),
    Mutant(
        "a new file's time is trusted",
        "ledger.py",
        "settled = stamp.mtime_ns + TICK < self._opened",
        "settled = True",
    ),
    Mutant(
        "a look at the sources trusts a new file's time",
        "survey.py",
        "if status.st_mtime_ns + TICK >= now:",
        "if status.st_mtime_ns + TICK >= now * 2:",
    ),
    Mutant(
        "the careful build is not",
        "memory.py",
        "trust=options.trust_mtime",
        "trust=True",
    ),
    Mutant(
        "time changes nothing",
        "outcome.py",
        "    if now < last.now or "
        "(last.next_change_at is not None and now >= last.next_change_at):\n"
        "        return None\n",
        "    del now\n",
    ),
    Mutant(
        "options change nothing",
        "outcome.py",
        " or last.choices != choices_of(options):",
        ":",
    ),
    Mutant(
        "the published files are as they were left",
        "renewal.py",
        "path in touched or path not in past.tree.files",
        "False",
    ),
    Mutant(
        "the published files are as they were left, where no source changed",
        "build.py",
        "    if not tree.files or altered(job.output, tree.files, tree.folders):",
        "    if not tree.files:",
    ),
    Mutant(
        "the state is saved before the switch",
        "renewal.py",
        "        return staging.publish(), made, indexes\n",
        "        past = recall(job.state, job.options)\n"
        "        kept = {p.path: past.traces.pages[p.path] for p in judged.edition.pages\n"
        "                if p.path not in stale}\n"
        "        early = traced(kept, past.traces.inputs, made, judged.edition.inputs.digests)\n"
        "        remember_traces(job.state, early, past.memory.ledger, indexes)\n"
        "        job.state.commit()\n"
        "        return staging.publish(), made, indexes\n",
    ),
    Mutant(
        "what nothing makes any more stays",
        "output/spare.py",
        "for path in self._files.keys() - wanted - self._put:",
        "for path in self._files.keys() - self._files.keys():",
    ),
    Mutant(
        "the spare tree's files are those of the tree",
        "output/spare.py",
        "if path not in self._files or self._files[path].inode != stamp.inode:",
        "if path not in self._files:",
    ),
    Mutant(
        "a card's digest is its post's",
        "pages/inputs.py",
        "digest_value(self._readers[kind](key))",
        "digest_value(self._readers['post' if kind == 'card' else kind](key))",
    ),
)


def mutated(mutant: Mutant, source: Path) -> str:
    """The text of the mutant's file in the package folder `source`.

    Raises LookupError where the mutant has not exactly one place there.
    """
    text = (source / mutant.file).read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        raise LookupError(f"{mutant.name}: {mutant.file} has not once: {mutant.old}")
    return text.replace(mutant.old, mutant.new)


def survives(mutant: Mutant) -> bool:
    """Whether the tests pass in a copy of the project that has the fault."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in _LINKED:
            (folder / part).symlink_to(REPOSITORY / part)
        shutil.copy2(REPOSITORY / "pyproject.toml", folder)
        for part in _COPIED:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(REPOSITORY / part, folder / part, ignore=ignored)
        package = folder / "src" / "blogforge"
        (package / mutant.file).write_text(mutated(mutant, package), encoding="utf-8")
        return all(_pass(test, folder) for test in TESTS)


def _pass(test: str, folder: Path) -> bool:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(folder / "src"),
            "BLOGFORGE_FIRST_STORY": "1",
            "BLOGFORGE_SEQUENCES": "0",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 1}:  # no test said so
        raise RuntimeError(done.stdout + done.stderr)
    return done.returncode == 0


def main(names: list[str]) -> int:
    """Test the mutants of those names, or all; 1 where one survives."""
    chosen = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        survivors = 0
        for mutant, alive in zip(chosen, pool.map(survives, chosen), strict=True):
            survivors += alive
            print("SURVIVED" if alive else "killed  ", mutant.name, flush=True)
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
