"""A letter in its envelope: RFC 5322, as any mailer takes it."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blogforge.digest import digest_value
from blogforge.pages.wire import whole

if TYPE_CHECKING:
    from datetime import datetime

    from blogforge.config import Config
    from blogforge.newsletter.letter import Letter

_ADDRESSES = ("https://", "http://", "mailto:")


def message_of(letter: Letter, config: Config, moment: datetime) -> bytes:
    """The message, with LF line ends as `sendmail -t` takes them; dated at `moment`.

    Nothing in it is random: the same letter has the same id, so that nobody gets it twice.
    """
    digest = digest_value((letter.subject, letter.html, letter.text))
    message = EmailMessage(policy=default)
    settings = config.digest
    message["Date"] = format_datetime(whole(moment))
    if settings.sender:
        message["From"] = settings.sender
    if settings.to:
        message["To"] = settings.to
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{digest}@{urlsplit(config.url).hostname}>"
    if settings.unsubscribe.startswith(_ADDRESSES):  # else it is a mailing service's own word
        message["List-Unsubscribe"] = f"<{settings.unsubscribe}>"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.contents.lang  # behind the content, which clears it
    message.set_boundary(f"={digest[:32]}")
    return message.as_bytes()
