"""Emoji written as codes (`:tada:`) -> the characters that they mean."""

from __future__ import annotations

import re
from functools import lru_cache

from blogforge.importers.prose import outside_code

_CODE = re.compile(r"(?<![\w:/]):([a-z0-9_+-]+):(?![\w:])")


def with_emoji(text: str) -> str:
    """`text` with GitHub's emoji codes as characters, outside code. Unknown codes stay."""
    if not _CODE.search(text):
        return text
    return outside_code(text, lambda part: _CODE.sub(lambda code: _character(code[0]), part))


@lru_cache(maxsize=1024)
def _character(code: str) -> str:
    """The character of a code in gemoji's list, by comrak's own; the code where there is none."""
    import comrak

    extensions = comrak.ExtensionOptions()
    extensions.shortcodes = True
    html: str = comrak.render_markdown(code, extension_options=extensions)
    return html.strip().removeprefix("<p>").removesuffix("</p>")
