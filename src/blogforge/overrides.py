"""A site's own files in the place of the theme's: which there are, and the beginnings of more."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from blogforge import __version__
from blogforge.config import load_config
from blogforge.digest import digest_bytes
from blogforge.errors import ConfigError
from blogforge.install import default_theme
from blogforge.output.machine import machine_errors
from blogforge.pages import blocks as parts
from blogforge.pages.assets import files_below
from blogforge.validation import did_you_mean
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# `theme`: nobody has taken its place. `copy`: word for word. `stale`: the theme's is another since.
State = Literal["theme", "copy", "yours", "stale"]

_FOLDERS = ("templates", "static")
_TEMPLATES = "templates/"
_THEME = "theme/"
_DIGITS = 12  # of the digest of what was taken
_JINJA = ("{#-", "-#}")
_COMMENTS = {".css": ("/*", "*/"), ".js": ("//", ""), ".po": ("#", "")}
_FIRST_COMMENT = re.compile(r"\s*(?:\{#-?|/\*|//)\s*(?P<words>.+?)\s*(?:-?#\}|\*/|$)", re.MULTILINE)
_SENTENCE = re.compile(r".+?\.(?=\s|$)")
_TAKEN = re.compile(
    r'Taken from blogforge (?P<version>\S+)(?:, block "(?P<block>\w+)")? \((?P<digest>[0-9a-f]+)\)'
)


class ThemeFile(Value, frozen=True, kw_only=True):
    """A file of the theme: its name below templates/ or static/, what it is, whose is in use.

    `blocks` are those that the site's own file writes anew, where it extends the theme's;
    `taken` is the version of blogforge that a site's own was taken from, "" where it does not say.
    """

    path: str
    purpose: str
    state: State
    blocks: tuple[str, ...] = ()
    taken: str = ""

    @property
    def name(self) -> str:
        """As commands and templates call it: `article.html`, `css/tokens.css`."""
        return self.path.split("/", 1)[1]


def theme_files(root: Path) -> tuple[ThemeFile, ...]:
    """The theme's files by path, each with what the site at `root` has in its place.

    Raises ConfigError where there is no site, ContentError for links that are not followed.
    """
    load_config(root)
    return tuple(
        _looked_at(path, file, root / path) for path, file in _files(default_theme()).items()
    )


def eject(root: Path, name: str, blocks: Sequence[str] = ()) -> Path:
    """Copy a file of the theme into the site at `root`, for its author to change; its new path.

    With `blocks`, what is written extends the theme's template, and has these blocks of it. A
    comment at the top says where it came from. Raises ConfigError where there is no site, no such
    file or block, or a file of that name already, and MachineError where it cannot be written.
    """
    load_config(root)
    path, file = _named(name)
    target = root / path
    if os.path.lexists(target):
        hint = "change that one, or move it aside first"
        raise ConfigError.of(f"{target} is there already; nothing was written", hint=hint)
    content = file.read_bytes()
    if blocks:
        content = _extension(path, blocks).encode()
    elif comment := _comment(path, f"Taken from blogforge {__version__} ({_digest(content)})"):
        content = f"{comment}\n".encode() + content
    with machine_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as opened:
            opened.write(content)
    return target


# ---------------------------------------------------------------- what there is


def _files(folder: Path) -> dict[str, Path]:
    return {
        f"{kind}/{name}": file
        for kind in _FOLDERS
        for name, file in files_below(folder / kind).items()
    }


def _named(name: str) -> tuple[str, Path]:
    files = _files(default_theme())
    for path in (name, *(f"{kind}/{name}" for kind in _FOLDERS)):
        if path in files:
            return path, files[path]
    known = [path.split("/", 1)[1] for path in files]
    hint = did_you_mean(name, known) or "'blogforge theme list' names all of them"
    raise ConfigError.of(f"the theme has no file '{name}'", hint=hint)


def _looked_at(path: str, theirs: Path, own: Path) -> ThemeFile:
    content = theirs.read_bytes()
    purpose = _purpose(content)
    if not own.is_file() or own.samefile(theirs):
        return ThemeFile(path=path, purpose=purpose, state="theme")
    written = own.read_bytes()
    taken = list(_TAKEN.finditer(written.decode(errors="replace")))
    changed = any(found["digest"] != _taken_digest(found, path, content) for found in taken)
    state: State = "copy" if written == content else "stale" if changed else "yours"
    return ThemeFile(
        path=path,
        purpose=purpose,
        state=state,
        blocks=_rewritten(path, written),
        taken=taken[0]["version"] if taken else "",
    )


def _purpose(content: bytes) -> str:
    """The first sentence of the comment that a file of the theme begins with."""
    found = _FIRST_COMMENT.match(content[:1000].decode(errors="ignore"))
    if found is None:
        return ""
    sentence = _SENTENCE.match(found["words"].strip())
    return sentence[0] if sentence else found["words"].strip()


def _rewritten(path: str, written: bytes) -> tuple[str, ...]:
    source = written.decode(errors="replace")
    if not path.endswith(".html") or not parts.parent(source).startswith(_THEME):
        return ()
    return tuple(block.name for block in parts.blocks(source))


def _taken_digest(found: re.Match[str], path: str, content: bytes) -> str:
    """The digest that what was taken has in the theme of today; "" if it is gone."""
    if not found["block"]:
        return _digest(content)
    known = {block.name: block for block in _blocks(path)}
    return _digest(known[found["block"]].text.encode()) if found["block"] in known else ""


def _digest(content: bytes) -> str:
    return digest_bytes(content)[:_DIGITS]


# ---------------------------------------------------------------- what is written


def _comment(path: str, words: str) -> str:
    """`words` as a comment in the language of a file; "" where it has none."""
    if path.startswith(_TEMPLATES) and not path.endswith(".po"):
        opening, closing = _JINJA
    elif (suffix := Path(path).suffix) in _COMMENTS:
        opening, closing = _COMMENTS[suffix]
    else:
        return ""
    return f"{opening} {words} {closing}".rstrip()


def _extension(path: str, wanted: Sequence[str]) -> str:
    """A template that extends the theme's, with some of its blocks."""
    known = {block.name: block for block in _blocks(path)}
    for name in wanted:
        if name not in known:
            listed = ", ".join(known) or "none"
            hint = did_you_mean(name, known) or f"its blocks: {listed}"
            raise ConfigError.of(f"{path} of the theme has no block '{name}'", hint=hint)
    chosen = [known[name] for name in dict.fromkeys(wanted)]
    says = 'Taken from blogforge {}, block "{}" ({})'
    return "\n".join(
        [
            *(
                _comment(path, says.format(__version__, block.name, _digest(block.text.encode())))
                for block in chosen
            ),
            f'{{% extends "{_THEME}{path.removeprefix(_TEMPLATES)}" %}}',
            "",
            *(f"{block.text}\n" for block in chosen),
        ]
    )


def _blocks(path: str) -> Iterator[parts.Block]:
    """The blocks of a template of the theme and of those that it extends."""
    if not path.startswith(_TEMPLATES) or not path.endswith(".html"):
        return
    seen: set[str] = set()
    source = (default_theme() / path).read_text(encoding="utf-8")
    while source:
        for block in parts.blocks(source):
            if block.name not in seen:
                yield block
                seen.add(block.name)
        above = parts.parent(source)
        source = (default_theme() / _TEMPLATES / above).read_text("utf-8") if above else ""
