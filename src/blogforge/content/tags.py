"""What looks like a tag and is none: `Vec<String>` in prose, `</2012/mali/>`, `<?php`, `<!A`.

A Markdown engine passes such text on as HTML, and a browser would hide it.
"""

from __future__ import annotations

import re

# HTML's elements, those of its past that browsers still know, and roots of other vocabularies.
_HTML = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big"
    " blink blockquote body br button canvas caption center cite code col colgroup command content"
    " data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure"
    " font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image"
    " img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu"
    " menuitem meta meter nav nobr noembed noframes noscript object ol optgroup option output p"
    " param picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search section"
    " select selectedcontent shadow slot small source spacer span strike strong style sub summary"
    " sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video"
    " wbr xmp"
)
_CUSTOM = r"[a-z][a-z0-9._]*-[\w.-]*"
_NAME = rf"(?:{'|'.join(_HTML.split())}|{_CUSTOM})"
_STRAY = rf"<(?:[?]|!(?!--)|(?:/(?!{_NAME}\s*>)|(?!/)(?!{_NAME}[\s/>]))[a-z][^<>]*>)"

_stray = re.compile(_STRAY, re.I)
# In these a tag is none, or is of another vocabulary.
_foreign_or_stray = re.compile(
    r"<(script|style|svg|math|textarea|title|xmp)\b.*?</\1\s*>|<!--.*?-->|(?P<stray>"
    + _STRAY
    + ")",
    re.I | re.S,
)


def show_strays(html: str) -> str:
    """`html` with what is neither an element's tag nor a comment as text.

    That is a tag of no known element (a name with a hyphen is a custom element's and stays), an
    end tag with more in it than a name, an instruction and a declaration.
    """
    if _stray.search(html) is None:
        return html
    return _foreign_or_stray.sub(_as_text, html)


def _as_text(match: re.Match[str]) -> str:
    whole = match[0]
    return "&lt;" + whole[1:] if match["stray"] else whole
