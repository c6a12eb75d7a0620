"""Hugo's own shortcodes as Markdown; a site's own ones as text that an author will find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.importers.embeds import fenced, frame
from blogforge.importers.figures import bracketed, figure, plain
from blogforge.importers.marks import marked
from blogforge.importers.values import block, lowered, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from blogforge.importers.hugo.config import HugoSite
    from blogforge.importers.hugo.content import Page
    from blogforge.importers.hugo.references import References
    from blogforge.importers.hugo.shortcodes import Shortcode
    from blogforge.importers.marks import Marks


class Embeds:
    """What one page's shortcodes become; `marks` tell what is lost."""

    def __init__(self, page: Page, site: HugoSite, references: References, marks: Marks) -> None:
        self.page = page
        self.site = site
        self.references = references
        self.marks = marks
        self.pending = ""
        self.made: dict[str, Callable[[Shortcode], str]] = {
            "figure": self._figure,
            "highlight": self._highlight,
            "ref": self._reference,
            "relref": self._reference,
            "param": self._parameter,
            "details": self._details,
            "gist": self._gist,
            "tweet": self._tweet,
            "twitter": self._tweet,
            "x": self._tweet,
            "x_simple": self._tweet,
            "twitter_simple": self._tweet,
            "youtube": self._youtube,
            "vimeo": self._vimeo,
            "vimeo_simple": self._vimeo,
            "instagram": self._instagram,
            "instagram_simple": self._instagram,
            "qr": self._code,
            "comment": self._comment,
        }

    def markdown(self, call: Shortcode) -> str:
        """The Markdown in the place of a shortcode."""
        self.pending = ""
        made = self.made.get(call.name, self._unknown)(call)
        return marked(self.pending, made)

    def _note(self, what: str) -> None:
        self.pending += self.marks.at(what)

    def _unknown(self, call: Shortcode) -> str:
        self._note(f"the shortcode '{call.name}' is the old theme's own; it stays as text")
        return self.marks.words(call.text) + (call.inner or "") + self.marks.words(call.closing)

    def _figure(self, call: Shortcode) -> str:
        caption = " ".join(
            part for part in (call.argument("title", 9), call.argument("caption", 1)) if part
        )
        if plain(caption) != " ".join(caption.split()):
            self._note("a caption's markup became plain text")
        if dropped := [key for key in ("class", "width", "height", "style") if key in call.named]:
            self._note(f"a figure's {', '.join(dropped)}: left to the theme")
        image = figure(
            call.argument("src"),
            call.argument("alt", 9) or plain(call.argument("caption", 1)),
            plain(caption),
            plain(call.argument("attr", 9)),
            call.argument("link", 9),
        )
        return f"\n\n{image}\n\n"

    def _highlight(self, call: Shortcode) -> str:
        if options := call.argument("options", 1):
            self._note(f"options of code are dropped: {options}")
        return fenced(call.inner or "", call.argument("lang"))

    def _reference(self, call: Shortcode) -> str:
        path = call.argument("path")
        found = self.references.destination(path, self.page, self._language(call))
        if not found:
            self._note(f"'{path}' names no page, or several; the link stays as it is")
            return path or "#"
        if call.before in {"(", '"', "'", "<", "="}:
            return found
        target = self.references.found(path.partition("#")[0], self.page, self._language(call))
        return f"[{bracketed(text(target.values.get('title')) if target else path)}]({found})"

    def _language(self, call: Shortcode) -> str:
        return call.named.get("lang", "") or self.page.language.tag

    def _parameter(self, call: Shortcode) -> str:
        name = call.argument("name").lower()
        for values in (self.page.values, lowered(block(self.page.values.get("params")))):
            if name in values:
                return text(values[name])
        value: object = self.site.parameters
        for step in name.split("."):
            value = lowered(block(value)).get(step)
        if found := text(value):
            return found
        self._note(f"the parameter '{name}' says nothing; its shortcode stays as text")
        return self.marks.words(call.text)

    def _details(self, call: Shortcode) -> str:
        summary = call.argument("summary", 9) or "Details"
        is_open = " open" if call.named.get("open") == "true" else ""
        self._note("stays as HTML: details")
        inner = (call.inner or "").strip("\n")
        head = f'<details markdown="1"{is_open}>\n<summary>{summary}</summary>'
        return f"{head}\n\n{inner}\n\n</details>"

    def _gist(self, call: Shortcode) -> str:
        address = f"https://gist.github.com/{'/'.join(call.positional[:2])}"
        return self._link(call, address, "Gist on GitHub")

    def _tweet(self, call: Shortcode) -> str:
        user, number = call.argument("user", 9) or "i", call.argument("id")
        return self._link(call, f"https://x.com/{user}/status/{number}", "Post on X")

    def _instagram(self, call: Shortcode) -> str:
        return self._link(
            call, f"https://www.instagram.com/p/{call.argument('id')}/", "Post on Instagram"
        )

    def _youtube(self, call: Shortcode) -> str:
        return self._frame(call, "youtube")

    def _vimeo(self, call: Shortcode) -> str:
        return self._frame(call, "vimeo")

    def _code(self, call: Shortcode) -> str:
        what = call.argument("text", 0) or (call.inner or "").strip()
        self._note("a QR code became its text")
        return f"<{what}>" if what.startswith(("https://", "http://")) else what

    def _comment(self, call: Shortcode) -> str:
        self._note("a comment for editors is dropped")
        return ""

    def _link(self, call: Shortcode, address: str, words: str) -> str:
        self._note(f"{call.name}: an embedded post became a link")
        return f"[{words}]({address})"

    def _frame(self, call: Shortcode, service: str) -> str:
        self._note(f"stays as HTML: {service}")
        return frame(service, call.argument("id"), call.argument("title", 9))
