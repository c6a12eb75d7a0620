from typing import get_args
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from blogforge.pages.sharing import share_links
from blogforge.settings import ShareService

TITLE = "Guns & “butter”: 100% #1?"
ADDRESS = "https://desk.example/blog/2012/été/?a=1&b=2"
SERVICES: tuple[ShareService, ...] = get_args(ShareService)


@pytest.mark.parametrize("service", SERVICES)
def test_a_link_carries_title_and_address_and_nothing_else(service: ShareService) -> None:
    (link,) = share_links(TITLE, ADDRESS, [service])
    parts = urlsplit(link.url)
    said = " ".join(text for texts in parse_qs(parts.query).values() for text in texts)
    said += unquote(parts.fragment)
    assert ADDRESS in said
    rest = said.replace("text=", "").replace(ADDRESS, "").replace(TITLE, "")
    assert rest.strip() == ""
    assert link.url.isascii()
    assert parts.scheme == ("mailto" if service == "email" else "https")


def test_links_stand_in_the_order_of_the_configuration() -> None:
    links = share_links(TITLE, ADDRESS, ["x", "email"])
    assert [link.service for link in links] == ["x", "email"]
    assert [link.name for link in links] == ["X", ""]


def test_a_letter_has_a_subject_and_lines() -> None:
    (link,) = share_links("A & B", "https://desk.example/a/", ["email"])
    assert parse_qs(urlsplit(link.url).query) == {
        "subject": ["A & B"],
        "body": ["A & B\r\n\r\nhttps://desk.example/a/"],
    }
