"""Which entries of a WordPress export are posts, which pages, and why others stay behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.importers.wordpress.entries import Entry

# Types of WordPress and common plugins -> why nothing is made of them. Reusable blocks and guest
# authors are read where they are used.
_REASONS = {
    "revision": "an older state of another entry",
    "nav_menu_item": "menus are not content; write yours under 'menu' in blogforge.yaml",
    "wp_block": "a reusable block; its text is in the entries that use it",
    "guest-author": "an author; written to authors.yaml where anything is by them",
    "custom_css": "styles of the WordPress theme",
    "customize_changeset": "settings of the WordPress theme",
    "wp_global_styles": "styles of the WordPress theme",
    "wp_template": "a template of the WordPress theme",
    "wp_template_part": "a template of the WordPress theme",
    "wp_navigation": "menus are not content; write yours under 'menu' in blogforge.yaml",
    "wp_font_family": "a font of the WordPress theme",
    "wp_font_face": "a font of the WordPress theme",
    "oembed_cache": "a copy that WordPress keeps of what it embeds",
    "user_request": "a request about personal data",
    "feedback": "what a reader sent by a form",
    "attachment": "it has no file",
}
_PLUGINS = re.compile(
    r"acf-|wpcf7|mc4wp|elementor|shop_|product_variation|scheduled-action|tablepress_|wpforms|"
    r"nf_sub|ninja|jp_|jetpack|vc_|et_|fl-|oceanwp|astra-|popup|ml-slider|forminator|wp_log"
)
_OWN = {"post", "page", "attachment"}
_EDITORIAL = {"category", "post_tag"}


def editorial_types(entries: Iterable[Entry]) -> set[str]:
    """The types of a site's own whose entries have categories or tags, as posts do."""
    return {
        entry.type
        for entry in entries
        if entry.type not in _OWN and any(term.taxonomy in _EDITORIAL for term in entry.terms)
    }


def reason_against(entry: Entry) -> str:
    """Why an entry is not imported, or "" where it is."""
    if entry.type in _REASONS:
        return _REASONS[entry.type]
    if entry.status == "trash":
        return "it was in the trash"
    if not (entry.title or entry.body.strip() or entry.excerpt):
        return "it is empty"
    if entry.status == "auto-draft":
        return "WordPress began it by itself; nobody saved it"
    if entry.type in _OWN:
        return ""
    if _PLUGINS.match(entry.type):
        return "it belongs to a plugin"
    if not (entry.body.strip() or entry.excerpt):
        return "it has no text of its own"
    if "post_type=" in entry.link and entry.status == "publish":
        return "it has no address on the old site: it was a part of something else"
    return ""
