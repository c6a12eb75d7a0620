"""What becomes of each shortcode: pictures, players, links, code, notes; the rest stays as text."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from blogforge.importers import pieces
from blogforge.importers.found import Note
from blogforge.importers.wordpress import builders
from blogforge.importers.wordpress.shortcodes import Shortcode, replaced

if TYPE_CHECKING:
    from collections.abc import Callable

    from blogforge.importers.wordpress.library import Library

_LAYOUT = re.compile(
    r"(vc_(?!single_image|raw)|et_pb_|fusion_|av_|fl_|cs_|tatsu_|mk_|kc_|su_(row|column|box)|"
    r"(one|two|three|four)_(half|third|fourth|fifth|sixth)|(row|columns?|col|section|container|"
    r"wrapper|center|left|right|clear|dropcap|lead|intro|span|tabs?|accordion|blockquote_wrap)\b)"
)
_INLINE = {"dropcap", "lead", "intro", "span"}
_LEFT_OUT = re.compile(  # what only a running WordPress can do
    r"contact-form|contact-form-7|gravityforms?|wpforms|ninja_forms?|formidable|mc4wp_form|"
    r"subscription_form|jetpack_subscription_form|jetpack-related-posts|newsletter|recent_posts|"
    r"display-posts|related_posts|adrotate|ads?|adsense|addtoany|sharethis|toc|ez-toc|poll|"
    r"crowdsignal|woocommerce\w*|products?|login_form|searchform|sitemap|archives|rev_slider"
)
_CODE = {"code", "sourcecode", "source", "highlight_code", "prism"}
_LANGUAGES = {
    *("bash", "c", "cpp", "csharp", "css", "diff", "html", "java", "javascript", "js", "json"),
    *("perl", "php", "powershell", "python", "r", "ruby", "shell", "sql", "xml", "yaml"),
}
_FOOTNOTE = {"ref", "footnote", "efn_note", "mfn", "fn", "footnotes"}
_QUOTE = {"quote", "blockquote", "su_quote"}
_PULL_QUOTE = {"pullquote", "pull_quote", "su_pullquote", "pullquote_left", "pullquote_right"}
_DETAILS = {"toggle", "spoiler", "expand", "su_spoiler", "accordion-item", "collapse"}
_SERVICES = {  # a number or name alone -> the address it stands for
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/i/web/status/{}",
    "twitter": "https://twitter.com/i/web/status/{}",
    "gist": "https://gist.github.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "soundcloud": "https://soundcloud.com/{}",
    "spotify": "https://open.spotify.com/{}",
    "scribd": "https://www.scribd.com/document/{}",
    "googlemaps": "https://www.google.com/maps?{}",
    "facebook": "https://www.facebook.com/{}",
}
_IMAGE = re.compile(r"\s*(?:<p>\s*)?((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)", re.IGNORECASE)
_SOUND = ("src", "mp3", "m4a", "ogg", "oga", "wav", "flac", "wma")
_FILM = ("src", "mp4", "m4v", "webm", "ogv", "mov", "flv", "wmv")


class Shortcodes:
    """The shortcodes of one body; `notes` and `footnotes` (HTML) grow as they are met."""

    def __init__(self, library: Library, post: str) -> None:
        self.library = library
        self.post = post
        self.notes: list[Note] = []
        self.footnotes: list[str] = []
        self._layouts: set[str] = set()  # those told of
        self._makers: dict[str, Callable[[Shortcode], str | None]] = {
            "caption": self._caption,
            "wp_caption": self._caption,
            "gallery": self._gallery,
            "playlist": self._playlist,
            "audio": lambda code: self._player(code, "audio", _SOUND),
            "video": lambda code: self._player(code, "video", _FILM),
            "embed": self._link,
            "button": self._button,
            "su_button": self._button,
            "vc_single_image": self._gallery,
            "hr": lambda _: "<hr>",
            "divider": lambda _: "<hr>",
            "br": lambda _: "<br>",
            "highlight": lambda code: f"<mark>{self._inner(code)}</mark>",
            **dict.fromkeys(_SERVICES, self._link),
            **dict.fromkeys(_CODE | _LANGUAGES, self._code),
            **dict.fromkeys(_FOOTNOTE, self._footnote),
            **dict.fromkeys(_QUOTE, self._quote),
            **dict.fromkeys(_PULL_QUOTE, self._pull_quote),
            **dict.fromkeys(_DETAILS, self._details),
        }

    def html(self, text: str, line: int = 1) -> str:
        """`text` with the HTML of its shortcodes. `line`: of the body, where `text` begins."""
        html = replaced(text, self._made, line)
        return re.sub(r"\[/([a-z][\w-]*)\]", lambda m: "" if _LAYOUT.match(m[1]) else m[0], html)

    def note(self, what: str, line: int) -> None:
        """Tell something of a line of the body."""
        self.notes.append(Note(what=what, line=line))

    def _made(self, code: Shortcode) -> str | None:
        if maker := self._makers.get(code.name):
            html = maker(code)
            if html is None:
                self.note(f"the shortcode {_short(code)} stays as text", code.line)
            return html
        if _LEFT_OUT.fullmatch(code.name):
            self.note(f"{_short(code)} works in WordPress alone, and was taken out", code.line)
            return ""
        if _LAYOUT.match(code.name) and (code.attributes or code.content is not None):
            return self._of_layout(code)
        if code.attributes or code.content is not None or "_" in code.name:
            self.note(f"the shortcode {_short(code)} is unknown, and stays as text", code.line)
        return None

    def _of_layout(self, code: Shortcode) -> str:
        """What a page builder's shortcode shows: its picture or player, its heading, its text."""
        inner = self._inner(code)
        if code.name in _INLINE:
            return inner
        shown = builders.shown(code.attributes, inner)
        if not shown and code.name not in self._layouts:
            self._layouts.add(code.name)
            self.note(f"the layout [{code.name}] was taken away, its text kept", code.line)
        return f"\n\n{shown or inner}\n\n"

    def _inner(self, code: Shortcode) -> str:
        return replaced(code.content or "", self._made, code.line)

    def _caption(self, code: Shortcode) -> str | None:
        inner = self._inner(code)
        match = _IMAGE.match(inner)
        if not match:
            return None
        rest = inner[match.end() :].replace("</p>", " ").replace("<p>", " ").strip()
        return pieces.figure(match[1], rest or escape(code.attributes.get("caption", "")))

    def _gallery(self, code: Shortcode) -> str | None:
        named = ("ids", "include", "image", "images")
        numbers = next((code.attributes[key] for key in named if code.attributes.get(key)), "")
        found = self.library.named(numbers)
        if not numbers:
            excluded = set(re.findall(r"\d+", code.attributes.get("exclude", "")))
            of_post = self.library.uploaded_to(code.attributes.get("id", self.post))
            found = [each for each in of_post if each.shown and each.id not in excluded]
        missing = len(re.findall(r"\d+", numbers)) - len(found)
        if missing > 0:
            self.note(f"{_short(code)} names {missing} that the export does not have", code.line)
        return "".join(each.figure() for each in found) or None

    def _playlist(self, code: Shortcode) -> str | None:
        found = self.library.named(code.attributes.get("ids", ""))
        players = [
            pieces.figure(
                f"<audio controls{pieces.attribute('src', each.address)}></audio>",
                escape(each.title),
            )
            for each in found
        ]
        return "".join(players) or None

    def _player(self, code: Shortcode, tag: str, keys: tuple[str, ...]) -> str | None:
        src = next((code.attributes[key] for key in keys if code.attributes.get(key)), "")
        src = src or _address(code)
        if not src:
            found = [each for each in self.library.uploaded_to(self.post) if not each.shown]
            src = found[0].address if found else ""
        if not src:
            return None
        poster = pieces.attribute("poster", code.attributes.get("poster"))
        return f"<figure><{tag} controls{pieces.attribute('src', src)}{poster}></{tag}></figure>"

    def _link(self, code: Shortcode) -> str | None:
        address = _address(code) or self._of_service(code)
        if not address:
            return None
        if player := pieces.player(address):
            return pieces.figure(player)
        self.note(f"what {_short(code)} embedded is a link now", code.line)
        return f"\n\n{pieces.paragraph(pieces.link(address))}\n\n"

    def _of_service(self, code: Shortcode) -> str:
        if code.name not in _SERVICES:
            return ""
        named = [*(code.attributes.get(key, "") for key in ("id", "tweet", "video")), *code.values]
        id_ = next((value for value in named if re.fullmatch(r"[\w/-]+", value)), "")
        return _SERVICES[code.name].format(id_) if id_ else ""

    def _button(self, code: Shortcode) -> str | None:
        address = _address(code)
        text = self._inner(code) or escape(code.attributes.get("text", ""))
        return pieces.paragraph(pieces.link(address, text)) if address else None

    def _code(self, code: Shortcode) -> str | None:
        if code.content is None:
            return None
        default = code.name if code.name in _LANGUAGES else ""
        language = code.attributes.get("language") or code.attributes.get("lang") or default
        return pieces.code(unescape(code.content).strip("\n"), language)

    def _footnote(self, code: Shortcode) -> str | None:
        if not code.content:
            return "" if code.name == "footnotes" else None
        self.footnotes.append(self._inner(code).strip())
        return reference(len(self.footnotes))

    def _quote(self, code: Shortcode) -> str | None:
        if code.content is None:
            return None
        keys = ("cite", "author", "source")
        name = next((code.attributes[key] for key in keys if code.attributes.get(key)), "")
        cite = f"<cite>{escape(name)}</cite>" if name else ""
        return f"<blockquote>{self._inner(code)}\n\n{cite}</blockquote>"

    def _pull_quote(self, code: Shortcode) -> str | None:
        if code.content is None:
            return None
        return f'<aside class="pull-quote">{self._inner(code)}</aside>'

    def _details(self, code: Shortcode) -> str | None:
        if code.content is None:
            return None
        title = escape(code.attributes.get("title", "") or code.name)
        return f"<details><summary>{title}</summary>{self._inner(code)}</details>"


def reference(number: int) -> str:
    """The sign of footnote `number` in the text, as HTML."""
    return (
        f'<sup id="fnref:{number}"><a class="footnote-ref" href="#fn:{number}">{number}</a></sup>'
    )


def footnotes(notes: list[str]) -> str:
    """The footnotes under a text, as HTML."""
    entries = (f'<li id="fn:{n}"><p>{note}</p></li>' for n, note in enumerate(notes, 1))
    return f'<div class="footnote"><ol>{"".join(entries)}</ol></div>' if notes else ""


def _address(code: Shortcode) -> str:
    """The first web address in a shortcode."""
    values = (*code.attributes.values(), *code.values, code.content or "")
    texts = (unescape(value).strip() for value in values)
    return next((each for each in texts if re.match(r"https?://\S+$", each)), "")


def _short(code: Shortcode) -> str:
    head = code.text.split("]", 1)[0] + "]"
    return head if len(head) <= 80 else head[:79] + "…"
