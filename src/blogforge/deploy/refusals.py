"""What hosts refuse, said so that an author can act on it, and without secrets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from blogforge.deploy.secrets import redacted
from blogforge.errors import DeployError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType


class Remedy(NamedTuple):
    """What a host says, as a pattern, what that means, and what to do."""

    sign: str
    message: str
    hint: str


# Source of S3's codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
_OF_BUCKETS = (
    Remedy(
        "NoSuchBucket",
        "there is no such bucket",
        "make it in your host's console, or mend `bucket` in blogforge.yaml",
    ),
    Remedy(
        "PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint|301 Moved",
        "the bucket is in another region",
        "write the region that the console shows for it: region: eu-west-1",
    ),
    Remedy(
        "RequestTimeTooSkewed",
        "this machine's clock is wrong",
        "set it by the network's time",
    ),
    Remedy(
        "InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken|TokenRefreshRequired",
        "the keys are not valid",
        "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY anew (and AWS_SESSION_TOKEN, if any)",
    ),
    Remedy(
        "AccessDenied|403 Forbidden|AllAccessDisabled",
        "the keys do not allow it",
        "they need ListBucket, GetObject, PutObject and DeleteObject: docs/deploy.md has a policy",
    ),
    Remedy(
        "PreconditionFailed|ConditionalRequestConflict|already exists",
        "another deployment to this bucket ran meanwhile",
        "deploy again when it has ended",
    ),
    Remedy("SlowDown|503 Service|500 Internal", "the host is overloaded", "deploy again later"),
    Remedy(
        "error sending request|dns error|onnect|timed out",
        "the host cannot be reached",
        "look at the network and at `endpoint` in blogforge.yaml; deploy again",
    ),
)
_CODE = re.compile(r"<Code>(\w+)</Code>\s*<Message>([^<]*)")


class bucket_errors:  # noqa: N801  (reads as the statement it is)
    """Turns what a bucket refuses into a DeployError that names `place` and says what to do."""

    def __init__(self, place: str, path: str = "") -> None:
        self._what = f"{place}/{path}" if path else place

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        from obstore.exceptions import BaseError

        if isinstance(error, BaseError | OSError | NotImplementedError):
            text = str(error) or type(error).__name__
            code = _CODE.search(text)
            said = f"{code[1]}: {code[2]}" if code else text.strip().splitlines()[0]
            # Never with its cause: what the host says may repeat the keys.
            raise explained(self._what, text, said, _OF_BUCKETS) from None


def explained(what: str, text: str, said: str, remedies: Iterable[Remedy]) -> DeployError:
    """The error that says what became of `what`; `text` is all that was said, `said` its gist."""
    for remedy in remedies:
        if re.search(remedy.sign, text):
            return DeployError.of(redacted(f"{what}: {remedy.message} ({said})"), hint=remedy.hint)
    return DeployError.of(redacted(f"{what}: {said}"))
