"""What a page says around its article: left out, by name, and told line by line."""

from __future__ import annotations

import re

from blogforge.importers.text.moments import moment
from blogforge.importers.text.passages import Passage, Passages, count, cut, placed

_NETWORK = (
    r"(?:e-?mail|print|facebook|twitter|x|linkedin|whats ?app|reddit|telegram|pinterest|bluesky|"
    r"threads|mastodon|pocket|flipboard|instagram|google ?\+|tumblr|copy link|link|save|share|"
    r"tweet|gift|bookmark|comments?|rss|pdf|imprimer|partager|drucken|teilen|imprimir|compartir)"
)
_LOOSELY = r"[\s|/·•,:()\d.]"
# Names as the account says them; a line must match as a whole.
_KINDS = {
    "the reading time": (
        r"(?:reading time:? ?)?\d{1,3}[- ]min(?:ute)?s?(?:[- ]read| to read| de lecture)|"
        r"(?:temps de lecture|reading time|lesezeit|tiempo de lectura) ?:? ?\d{1,3} ?"
        r"min(?:ut(?:e[ns]?|os))?\.?"
    ),
    "an advertisement": (
        r"(?:advertisement|advertising|sponsored(?: content)?|anzeige|publicité|publicidad|إعلان)|"
        r"(?:story|article) continues below.{0,30}|continue reading(?: below)?.{0,30}"
    ),
    "the page's controls": (
        r"skip to (?:main )?content|jump to comments|"
        r"listen(?: to this (?:article|story))?[. ]*(?:\d+ ?min(?:utes?)?)?\.?|"
        r"(?:text|font) size.{0,12}|a a a|back to top|view (?:as )?(?:a )?single page|"
        r"(?:next|previous)(?: (?:page|article|story))?|menu|search|log ?in|sign ?in|"
        r"photo|image|slide ?show|enlarge(?: this image)?|(?:my \w+: )?follow topics\b.{0,120}|"
        r"show (?:more|less)|expand|close|play|nach oben|haut de page"
    ),
    "an offer to subscribe": (
        r"(?:subscribe|sign up|abonnez-vous|suscríbete)"
        r"(?: (?:to|for|now|today|here|à|a)\b.{0,120})?|"
        r"register (?:now|here|for free)\b.{0,60}|jetzt abonnieren.{0,60}|"
        r"(?:already a subscriber|not a subscriber|want to read more|get our newsletter)\b.{0,80}|"
        r"support our (?:work|journalism)\b.{0,60}|become a (?:member|subscriber)\b.{0,60}|"
        r"thank you for (?:reading|subscribing)\b.{0,40}"
    ),
    "the languages of the page": (
        r"(?:also (?:available )?in|read (?:this )?(?:article )?in|auch auf|lire (?:aussi )?en|"
        r"disponible (?:en|in)) ?:? [^\s.]{2,30}(?:[ ,|]+[^\s.]{2,30}){0,3}"
    ),
    "comments": (
        r"\d+ (?:comments?|commentaires?|kommentare?)|(?:leave|post|add) a (?:comment|reply)|"
        r"(?:view|show|read) (?:all )?(?:\d+ )?comments?|no comments(?: yet)?|"
        r"comments? (?:are closed|off)\.?|join the conversation|commenting on this\b.{0,160}"
    ),
    "links for sharing": (
        rf"{_LOOSELY}*{_NETWORK}(?:{_LOOSELY}+{_NETWORK}){{0,12}}{_LOOSELY}*|"
        r"share (?:this|article|on|via)\b.{0,40}|"
        r"(?:e-?mail|print|save|gift) this (?:article|story)|"
        r"partager (?:cet article|sur)\b.{0,40}|"
        r"artikel teilen\b.{0,20}|شارك.{0,20}|tweet this|like this:?|like loading\.*"
    ),
    "the copyright": (
        r"(?:copyright )?(?:©|\(c\)).{0,200}|copyright (?:19|20)\d\d\b.{0,200}|"
        r".{0,80}all rights reserved\.?|tous droits réservés.{0,80}|alle rechte vorbehalten.{0,80}"
    ),
    "the printed edition": (
        r"(?:a version of )?this article (?:appear(?:s|ed)|was published)\b.{0,160}"
        r"\b(?:print|edition|headline)\b.{0,120}|order reprints\b.{0,60}|reuse this content|"
        r"(?:reprints|today[’']s paper)\b.{0,40}"
    ),
    "the end of an e-mail": (
        r"you(?: are receiving| received| have received) this\b.{0,200}|sent from my .{1,40}|"
        r"(?:click here to )?unsubscribe\b.{0,120}|https?://\S*unsubscribe\S*|"
        r"(?:manage|update) your (?:e-?mail )?preferences.{0,80}|(?:begin )?forwarded message:?|"
        r"view (?:this (?:e-?mail )?|it )?in (?:your|a) browser.{0,60}|forward to a friend|"
        r"this (?:e-?mail|message) .{0,80}(?:confidential|intended)\b.{0,400}"
    ),
    "a mark of the end": r"-30-|#{3}|# # #|\(?(?:ends?|fin|ende)\)?\.?|\[end\]|■|◼|▪|--",
    "the way to the page": (
        r"(?:home|news|world|accueil|start(?:seite)?)(?: ?[>»›/] ?[^>»›/.]{1,30}){1,4}"
    ),
}
_PATTERNS = {name: re.compile(pattern, re.I) for name, pattern in _KINDS.items()}
_SEPARATOR = re.compile(r" +[|•·] +| {2,}|\t+|[,;]? +\(?(?=(?:last )?updated:? [^\W_]+ \d)", re.I)
_TAGS = re.compile(
    r"(?P<label>(?:filed under|tags?|tagged|topics?|keywords|mots[- ]clés|schlagwörter|etiquetas)"
    r" ?:) (?P<rest>.{1,300}[^.])",
    re.I,
)
_TAG_HEADING = re.compile(
    r"(?:filed under|tags?|tagged|topics?|keywords|mots[- ]clés|schlagwörter|etiquetas):?", re.I
)
_SECTION = re.compile(
    r"(?P<label>(?:section|category|rubrique|rubrik|ressort|sección) ?:) (?P<rest>.{1,60})", re.I
)
_ADDRESS = re.compile(
    r"(?P<label>(?:url|source|original|permalink|(?:article )?link|originally published (?:at|on)"
    r"|read the original(?: at)?) ?:?) (?P<rest>https?://\S+)",
    re.I,
)
_LONGEST = 60  # words in a line that is no part of the article


def divided(passages: Passages) -> Passages:
    """Lines such as "Jane Doe | March 21, 2012 | 5 min read" as the things they are made of."""
    found: Passages = []
    for passage in passages:
        pieces = _SEPARATOR.split(passage.text)
        short = len(pieces) > 1 and all(count(piece) <= 8 for piece in pieces)
        known = short and any(moment(piece) or furniture(piece) for piece in pieces)
        found += cut(passage, *pieces) if known else [passage]
    return found


def set_aside(passages: Passages) -> Passages:
    """Furniture, and lines that name themselves (tags, section, address), at their places."""
    found: Passages = []
    for passage in passages:
        if _listed_tag(found, passage):
            found.append(placed(passage, "tags"))
        elif _TAG_HEADING.fullmatch(passage.text):
            found.append(placed(passage, "label", why="it names the tags"))
        elif name := furniture(passage.text):
            found.append(placed(passage, "furniture", why=name))
        else:
            found += _labelled(passage)
    named = [position for position, each in enumerate(found) if each.place == "section"]
    for position in named[1:]:
        found[position] = placed(found[position], "repeated", why="another section")
    return found


def _listed_tag(before: Passages, passage: Passage) -> bool:
    """Whether a line is one of the short ones under a heading such as "Tags"."""
    heading = next((p for p in reversed(before) if p.place != "tags"), None)
    under = heading is not None and heading.place == "label" and "tags" in heading.why
    beside = heading is not None and any(p.line == heading.line for p in before if p is not heading)
    return under and not beside and count(passage.text) <= 3 and not furniture(passage.text)


def furniture(text: str) -> str:
    """The name of the furniture that `text` is as a whole; "" where it is none."""
    if count(text) > _LONGEST:
        return ""
    return next((name for name, pattern in _PATTERNS.items() if pattern.fullmatch(text)), "")


def _labelled(passage: Passage) -> Passages:
    if passage.place:
        return [passage]
    if match := _TAGS.fullmatch(passage.text):
        label, rest = cut(passage, match["label"], match["rest"])
        return [placed(label, "label", why="it names the tags"), placed(rest, "tags")]
    if match := _SECTION.fullmatch(passage.text):
        label, rest = cut(passage, match["label"], match["rest"])
        return [placed(label, "label", why="it names the section"), placed(rest, "section")]
    if match := _ADDRESS.fullmatch(passage.text):
        return [placed(passage, "address", match["rest"].rstrip(".,;)"), "the old address")]
    return [passage]
