"""The indexes of a tree: made anew where what they are of has changed, else left as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.config import CONFIG_FILE
from blogforge.digest import digest_bytes, digest_value
from blogforge.engine import engine_digest
from blogforge.errors import Location, Problem
from blogforge.languages import primary
from blogforge.model import Value
from blogforge.search.pagefind import index, installed, without_program
from blogforge.site.bundles import bundles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from blogforge.model import Site
    from blogforge.output.publish import Staging
    from blogforge.progress import Progress
    from blogforge.search.pagefind import Pagefind
    from blogforge.search.records import Searched
    from blogforge.site.bundles import Bundle


_UNSPACED = frozenset({"ja", "zh"})  # have no spaces between words


class Index(Value, frozen=True, kw_only=True):
    """An index in the tree. `key`: of all that it was made of; `files`: their digests by path."""

    key: str
    files: dict[str, str]


def stage(
    searched: Searched,
    staging: Staging,
    standing: Callable[[str, str], Index | None],
    work: Path,
    progress: Progress,
) -> dict[str, Index]:
    """Stage the index of each bundle, by its folder.

    `standing`: the index that is in a folder of the tree, if it is of that key and as it was left.
    `work`: a folder without settings of pagefind's. Raises MachineError where that is missing or
    fails.
    """
    wanted = bundles(searched.site)
    if not wanted:
        return {}
    pagefind = installed()
    found = {}
    for done, bundle in enumerate(wanted, 1):
        key = _key(bundle, searched, pagefind)
        last = standing(bundle.folder, key)
        if last:
            for path in last.files:
                staging.keep(path)
        else:
            files = _made(bundle, searched, pagefind, work)
            for path, data in files.items():
                staging.write(path, data)
            last = Index(key=key, files={path: digest_bytes(files[path]) for path in files})
        found[bundle.folder] = last
        progress("search", done, len(wanted))
    return found


def unfound(site: Site) -> Iterator[Problem]:
    """What readers cannot find although there is an index. Raises MachineError as `stage` does."""
    langs = dict.fromkeys(bundle.lang for bundle in bundles(site))
    for lang in langs:
        if primary(lang) in _UNSPACED and not installed().extended:
            yield Problem(
                f"who searches in {lang} finds hardly anything: pagefind cannot tell its words",
                Location(CONFIG_FILE),
                'install what can: pip install "pagefind[extended]"',
                level="warning",
            )


def _key(bundle: Bundle, searched: Searched, pagefind: Pagefind) -> str:
    documents = [searched.key(path) for path in bundle.documents]
    engines = (engine_digest(), pagefind.release, searched.entities.digest)
    return digest_value((engines, bundle, documents))


def _made(bundle: Bundle, searched: Searched, pagefind: Pagefind, work: Path) -> dict[str, bytes]:
    """The files of the index of a bundle, by path in the tree."""
    records = (searched.record(path, bundle.lang) for path in bundle.documents)
    files = index(pagefind, records, work)
    if bundle.archive:
        files = without_program(files)
    return {f"{bundle.folder}/{name}": data for name, data in files.items()}
