"""Texts that break out of what they are put into where somebody forgot to escape them.

A title may be any of them: whatever an author, a wire service or a prankster types stays text.
"""

from collections.abc import Iterator
from itertools import product

from blogforge.content.dom import names

# What the theme's own elements end with, or browsers treat in a way of their own.
_TAGS = sorted(
    names(
        "a abbr article aside b base blockquote body br button cite code col dd details dl dt"
        " embed fieldset figcaption figure footer form frameset h1 h2 head header hr html"
        " iframe image img input isindex label legend li link listing main marquee math meta"
        " nav nobr noembed noframes noscript object ol option p picture plaintext pre script"
        " section select small span style summary svg table tbody td template textarea time"
        " title tr ul video xmp"
    )
)
_QUOTES = ('"', "'", "`", '">', "'>", '\\"')
_ATTRIBUTES = (
    " onmouseover=alert(1) x=",
    " autofocus onfocus=alert(1) y=",
    " style=position:fixed;inset:0 z=",
    "/><script>alert(1)</script>",
    "><img src=x onerror=alert(1)>",
    " srcdoc=<script>alert(1)</script>",
)
_INVISIBLE = {
    "bidi": "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "width": "\u00ad\u034f\u115f\u180e\u200b\u200c\u200d\u2060\u2061\u2064\u3164\ufe0f\uffa0\ufff9",
    "private": "\ue000\uf8ff\U000f0000\U0010fffd\U000e0041\U000e007f\u0378",
}

FAMILIES: dict[str, tuple[str, ...]] = {
    "elements": tuple(f"<{tag}>" for tag in _TAGS),
    "ends": tuple(f"</{tag}>" for tag in _TAGS),
    "attributes": tuple(map("".join, product(_QUOTES, _ATTRIBUTES))),
    "markup": (
        *(
            "<",
            ">",
            "<>",
            "</>",
            "<!",
            "<!>",
            "<?",
            "<?>",
            "</",
            "<a",
            "</a",
            "<a/",
            "a<b>c",
            "<<b>>",
        ),
        *("<!--", "-->", "--!>", "<!-->", "<!--->", "<!-- a -->", "<!--[if IE]>", "<![endif]-->"),
        *("<![CDATA[", "]]>", "<![CDATA[a]]>", "<!doctype html>", "<!DOCTYPE a SYSTEM 'b'>"),
        *("<?php echo 1 ?>", "<?xml version='1.0'?>", "<?xml-stylesheet href='a'?>", "<%= 7*7 %>"),
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//e.example/x></SCRIPT>",
        "<script/x>alert(1)</script/x>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href='javascript:alert(1)'>a</mi></math>",
        "<iframe src='javascript:alert(1)'>",
        "<meta http-equiv=refresh content='0;url=//e.example'>",
        "<base href='//e.example/'>",
        "<link rel=stylesheet href=//e.example/x>",
        "<style>*{display:none}</style>",
        "<form action=//e.example><input name=a>",
        "<details open ontoggle=alert(1)>",
        "<table><tr><td>a",
        "<select><option>a</select>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<template><script>alert(1)</script></template>",
        "</title><script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "</textarea><script>alert(1)</script>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    ),
    "entities": (
        *("&", "&amp;", "&amp;amp;", "&lt;b&gt;", "&#60;b&#62;", "&#x3c;b&#x3e;", "&lt", "&ltb"),
        *("&quot;", "&#34;", "&#39;", "&apos;", "&copy", "&copy=1", "&not", "&notit;", "&nosuch;"),
        *("&#0;", "&#128;", "&#xd800;", "&#x110000;", "&#99999999999;", "&#", "&#x", "&#;", "&;"),
        *("&#x202e;a", "&nbsp;", "&zwj;", "&Tab;", "&NewLine;", "&colon;", "a&b=c&d", "AT&T"),
        *("&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;script&amp;gt;", "&xxe;", "%26lt;"),
    ),
    "scripts and JSON": (
        *("\\", "\\\\", '\\"', '"', '""', "'", "''", "`", '"}', '"]}', '"},{"a":"b', "',", '",'),
        *(
            "\\u003cscript\\u003e",
            "\\x3cscript\\x3e",
            "\\u0000",
            "\\n",
            "\\/",
            "/*",
            "*/",
            "//",
            "#",
        ),
        *("</script >", "</script/", "<!--<script>", "]]>-->", "--><!--", "${alert(1)}"),
        *("null", "true", "undefined", "NaN", "[]", "{}", "[object Object]", "__proto__", "-0"),
        *(");alert(1)//", "'-alert(1)-'", '"-alert(1)-"', "\\';alert(1)//", "constructor", "0x10"),
    ),
    "templates": (
        *("{{ 7*7 }}", "{{7*7}}", "{{", "}}", "{%", "%}", "{% raw %}", "{% endraw %}", "{#", "#}"),
        *("{% endblock %}", "{{ config }}", "{{ ''.__class__ }}", "{{ self }}", "{%- if x -%}"),
        *(
            "{0}",
            "{}",
            "{",
            "}",
            "{title}",
            "{x!r}",
            "{x:>9}",
            "%s",
            "%d",
            "%(title)s",
            "%%",
            "%",
            "%n",
        ),
        *("${7*7}", "#{7*7}", "*{7*7}", "@{a}", "[[7*7]]", "$(id)", "`id`", "$x", "\\1", "\\g<0>"),
    ),
    "addresses": (
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java script:alert(1)", "vbscript:a"),
        *("data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg onload=alert(1)>"),
        *("file:///etc/passwd", "//e.example", "///e.example", "\\\\e.example", "/\\e.example"),
        *("https://", "https://e.example/?a=b&c=d#e", "http://[", "http://[::1]", "http://a:99999"),
        *("https://a@e.example", "mailto:a@e.example?subject=b", "tel:1", "blob:a", "about:blank"),
        *("?", "?a=b", "#", "#main_content", "#a?b", "/", "..", "../../etc/passwd", "/a/../b", "."),
        *("%2e%2e%2f", "%00", "%", "%zz", "%25", "%0d%0aSet-Cookie:a=b", "%3Cscript%3E", "%u003c"),
        *(
            "a/b",
            "a\\b",
            "a?b",
            "a#b",
            "a b",
            "a+b",
            "a:b",
            "a;b",
            "a|b",
            "a*b",
            "a,b",
            "~",
            "C:\\a",
        ),
        *(
            "CON",
            "NUL",
            "aux.txt",
            "index.html",
            "feed.xml",
            ".htaccess",
            "-rf",
            "--help",
            "@a",
            "=1+1",
        ),
    ),
    "styles": (
        *(
            "};*{color:red}",
            "*{}",
            "url(//e.example)",
            "expression(alert(1))",
            "@import '//e.example'",
        ),
        *(
            "color:red",
            "!important",
            "\\3c b",
            "/*",
            "--a:b",
            "-moz-binding:url(a)",
            "<style>@import",
        ),
    ),
    "queries and shells": (
        *(
            "' OR '1'='1",
            "'; DROP TABLE posts;--",
            '" OR ""="',
            "1;SELECT 1",
            "admin'--",
            "0 UNION ALL",
        ),
        *(
            "; ls",
            "| ls",
            "&& ls",
            "> /dev/null",
            "< /etc/passwd",
            "$HOME",
            "~root",
            "!!",
            "*",
            "\\r\\n",
        ),
        *(
            "a: b",
            "- a",
            "? a",
            "| a",
            "> a",
            "& a",
            "*a",
            "!a",
            "@a b",
            "~a",
            "---",
            "...",
            "<<: *a",
        ),
        *("no", "yes", "0", "-1", "1e999", "012", "12:30", "2024-02-30", "0.1", ".5", "+1", "0b1"),
    ),
    "Markdown": (
        *(
            "*a*",
            "**a**",
            "_a_",
            "__a__",
            "~~a~~",
            "`a`",
            "``` a",
            "# a",
            "## a",
            "> a",
            "+ a",
            "1. a",
        ),
        *(
            "[a](b)",
            "[a](javascript:alert(1))",
            "![a](b)",
            "![a](x 'y')",
            "[a]: b",
            "[^1]",
            "[a][b]",
        ),
        *("<https://e.example>", "https://e.example", "a@e.example", "| a | b |", "a | b", "***"),
        *("{: #a .b }", "{.a}", "\\*", "\\<b>", ":::", "[[a]]", "[!FACTS]", "[ ] a", "==a=="),
        *(
            '"a"',
            "'a'",
            "a -- b",
            "a --- b",
            "a...",
            "(c)",
            "--",
            '"',
            "5' 6\"",
            "«a»",
            "“a”",
            ",,a''",
        ),
    ),
    "XML": (
        *(
            "<a xmlns='b'>",
            "<a:b/>",
            "xml:lang='a'",
            "<!ENTITY a 'b'>",
            "&#x1;",
            "&#x85;",
            "<a/>",
            "]]",
        ),
        *(
            "]]]]><![CDATA[>",
            "<content:encoded>",
            "</item>",
            "</entry>",
            "</channel></rss>",
            "<loc>a",
        ),
    ),
    "letters": (
        *(
            "é",
            "e\u0301",
            "ﬁ",
            "ǅ",
            "İ",
            "ı",
            "ß",
            "ẞ",
            "\u212a",
            "Å",
            "Ω",
            "ﷺ",
            "𝕬𝖇",
            "１２",
            "①",
            "ª",
        ),
        *(
            "＜script＞alert(1)＜/script＞",
            "‹script›",
            "＂onload＝",
            "＇",
            "‚",
            "﹤b﹥",
            "ʺ",
            "\u2024\u2024／",
        ),
        *(
            "مرحبا",
            "שלום",
            "مرحبا <b>",
            "\u202eabc\u202c",
            "abc \u2067שלום\u2069",
            "a\u202e<b>",
            "नमस्ते",
        ),
        *(
            "日本語",
            "中文<b>",
            "한국어",
            "ไทย",
            "𠮷野家",
            "༄༅",
            "ᚠᛇᚻ",
            "𒐪",
            "﷽",
            "\u0e33",
            "က",
            "ქართული",
        ),
        *("🗞️", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇪🇺", "👍🏽", "☃", "🤷🏽‍♀️", "#️⃣", "🧑‍🚀<b>", "\U0001f9ff"),
    ),
    "invisible": tuple(f"a{char}b" for chars in _INVISIBLE.values() for char in chars),
    "long": (
        *(
            "a" * 3000,
            "<" * 400,
            "&" * 400,
            '"' * 400,
            "</script>" * 50,
            "{{" * 200,
            "a&amp;" * 100,
        ),
        *("Z" + "\u0301\u0489" * 300, "🗞" * 300, "\u202e" * 60 + "a", "<b>" * 200, "\u0640" * 500),
    ),
}


def hostile() -> Iterator[str]:
    """Every text once, in order."""
    yield from dict.fromkeys(text for family in FAMILIES.values() for text in family)


def quoted(text: str) -> str:
    """A text as a double-quoted scalar of YAML, which JSON's strings almost are."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    shown = (c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped)
    return '"' + "".join(shown) + '"'
