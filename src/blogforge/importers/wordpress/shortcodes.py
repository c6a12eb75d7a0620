"""Shortcodes of WordPress and its plugins: `[name key="value"]`, `[name]content[/name]`.

Source: https://developer.wordpress.org/apis/shortcode/
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_OPEN = re.compile(r"\[(\[?)([A-Za-z][\w-]*)((?:[\s=][^\[\]]*)?)\](\]?)")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|(\S+)""")
_QUOTES = str.maketrans("“”„″‘’", '""""\'\'')


class Shortcode(NamedTuple):
    """One of them. `values` have no key; `content` is None where there is no closing tag."""

    name: str
    attributes: dict[str, str]
    values: tuple[str, ...]
    content: str | None
    text: str
    line: int


def replaced(text: str, render: Callable[[Shortcode], str | None], line: int = 1) -> str:
    """`text` with each shortcode replaced by what `render` makes of it; None leaves its words.

    Shortcodes inside the content of one that is left are replaced as well. `line` is the one on
    which `text` begins. `[[name]]` is how one writes about a shortcode, and becomes `[name]`.
    """
    out = []
    position = counted = 0
    closers = _Closers(text)
    while match := _OPEN.search(text, position):
        escaped, name, written, unescaped = match.groups()
        start = match.start()
        line += text.count("\n", counted, start)
        counted = start
        out.append(text[position:start])
        if escaped and unescaped:
            out.append(match.group()[1:-1])
            position = match.end()
            continue
        start += len(escaped)
        opened = match.end() - len(unescaped)
        closer = closers.after(name, opened) if not written.endswith("/") else -1
        content = text[opened:closer] if closer >= 0 else None
        end = opened if content is None else closer + len(name) + 3
        attributes, values = _attributes(written)
        code = Shortcode(name.lower(), attributes, values, content, text[start:end], line)
        html = render(code)
        out.append(escaped + (text[start:opened] if html is None else html))
        position = opened if html is None else end
    out.append(text[position:])
    return "".join(out)


class _Closers:
    """Where `[/name]` stands, each name looked for once where there is none left."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.missing: set[str] = set()

    def after(self, name: str, position: int) -> int:
        if name in self.missing:
            return -1
        found = self.text.find(f"[/{name}]", position)
        if found < 0:
            self.missing.add(name)
        again = re.compile(rf"\[{name}(?![\w-])").search(self.text, position, max(found, position))
        return -1 if again else found  # it closes the later one


def _attributes(written: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The attributes by name, in lower case, and the values without one."""
    plain = unescape(written.strip().removesuffix("/").removeprefix("=")).translate(_QUOTES)
    named: dict[str, str] = {}
    values: list[str] = []
    for name, double, single, bare, quoted, value in _ATTRIBUTE.findall(plain.replace("\xa0", " ")):
        if name and not name.startswith("http"):
            named[name.lower()] = (double or single or bare).strip()
        else:
            values.append((quoted or value or f"{name}={double or single or bare}").strip('"'))
    return named, tuple(values)
