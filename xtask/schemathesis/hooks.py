"""Rules of the API that JSON Schema cannot express, for schemathesis.

Each rule is about one operation. No check is switched off: a refusal that is not listed below is a
failure, and so is a request that breaks the schema and is not refused.
"""

import itertools
import re
from urllib.parse import unquote

import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData

REFUSALS = {
    # The permitted verdicts depend on the outcome of the classification and on the headings that exist.
    "POST /v1/classifications/{id}/feedback": r"status: there is no code to confirm"
    r"|status: the classification is still pending"
    r"|corrected_code: the Harmonized System has no such heading",
    # Whether a duty can be computed depends on the goods: some duties are unknown, some depend on
    # measures or are in euros, and preferences apply to some goods of some origins.
    "POST /v1/landed-cost": r"The duty on [0-9.]+ is not known to this server's tariff\."
    r"|The duty cannot be computed: .*"
    r"|preference: .* is not known for these goods.*",
    # The schema of the parameter cannot know the key of the request.
    "DELETE /v1/api-keys/{id}": r"This is the key of this request\. Add \?confirm=true .*",
}


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Accepts the refusal of a well-formed request if its message matches one of the reasons above."""
    words = REFUSALS.get(case.operation.label)
    if words is None or not isinstance(failure, RejectedPositiveData) or response.status_code != 422:
        return True
    return re.fullmatch(words, response.json()["message"], re.DOTALL) is None


numbers = itertools.count()


@schemathesis.hook
def before_call(context, case, kwargs):
    number_idempotency_key(case)
    keep_own_key(case)
    redirect_webhook(case)


def number_idempotency_key(case):
    """Numbers the generated idempotency keys, because they repeat and a key is for one request."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and re.fullmatch(r"[!-~]{1,255}", key):
        case.headers["Idempotency-Key"] = f"{next(numbers)}-{key}"[:255]


def keep_own_key(case):
    """Keeps the key of all requests, the first in the database, from being revoked."""
    if case.operation.label == "DELETE /v1/api-keys/{id}" and re.fullmatch(
        r"\+?0*1", unquote(str(case.path_parameters["id"]))
    ):
        (case.query or {}).pop("confirm", None)


def redirect_webhook(case):
    """Gives a generated webhook address the ending `.invalid`, so that nobody receives deliveries."""
    if case.operation.label == "PUT /v1/webhook" and case.meta and case.meta.generation.mode.is_positive:
        case.body["url"] = re.sub(r"(?i)^(https?://[^:/?#]+)", r"\1.invalid", case.body["url"])[:2000]


@schemathesis.deserializer("image/*")
def image(context, response):
    """Returns the bytes of a picture as a string."""
    return response.content.decode("latin-1")
