"""What schemathesis has to know of the API and JSON Schema cannot say.

Everything here is about one operation. No check is switched off: a refusal that is not described below
is a failure, and so is one of these where the request breaks the schema and was not refused.
"""

import itertools
import re
from urllib.parse import unquote

import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData

REFUSALS = {
    # What a verdict may be depends on what became of the classification, and on which headings there are.
    "POST /v1/classifications/{id}/feedback": r"status: there is no code to confirm"
    r"|status: the classification is still pending"
    r"|corrected_code: the Harmonized System has no such heading",
    # Whether a duty can be computed depends on the goods: some duties are not known, some are on
    # measures or in euros, and preferences are for some goods of some origins.
    "POST /v1/landed-cost": r"The duty on [0-9.]+ is not known to this server's tariff\."
    r"|The duty cannot be computed: .*"
    r"|preference: .* is not known for these goods.*",
    # Which key the request came with is no property of the parameter.
    "DELETE /v1/api-keys/{id}": r"This is the key of this request\. Add \?confirm=true .*",
}


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Lets the server refuse a well-formed request for one of the reasons above, by its very words."""
    words = REFUSALS.get(case.operation.label)
    if words is None or not isinstance(failure, RejectedPositiveData) or response.status_code != 422:
        return True
    return re.fullmatch(words, response.json()["message"], re.DOTALL) is None


numbers = itertools.count()


@schemathesis.hook
def before_call(context, case, kwargs):
    number_idempotency_key(case)
    keep_own_key(case)
    speak_to_nobody(case)


def number_idempotency_key(case):
    """A key is for one request: the generated ones repeat themselves, and are numbered."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and re.fullmatch(r"[!-~]{1,255}", key):
        case.headers["Idempotency-Key"] = f"{next(numbers)}-{key}"[:255]


def keep_own_key(case):
    """The key that all requests are made with, the first of its database, is not revoked."""
    if case.operation.label == "DELETE /v1/api-keys/{id}" and re.fullmatch(
        r"\+?0*1", unquote(str(case.path_parameters["id"]))
    ):
        (case.query or {}).pop("confirm", None)


def speak_to_nobody(case):
    """No webhook is delivered to whomever a generated name belongs to: `.invalid` is nobody's."""
    if case.operation.label == "PUT /v1/webhook" and case.meta and case.meta.generation.mode.is_positive:
        case.body["url"] = re.sub(r"(?i)^(https?://[^:/?#]+)", r"\1.invalid", case.body["url"])[:2000]


@schemathesis.deserializer("image/*")
def image(context, response):
    """A picture is a string of bytes."""
    return response.content.decode("latin-1")
