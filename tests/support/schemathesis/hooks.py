"""What schemathesis can't know of this API; loaded by its configuration."""

import uuid

import schemathesis
from schemathesis.checks import CheckContext
from schemathesis.core.failures import Failure
from schemathesis.core.transport import Response


@schemathesis.hook
def before_call(context, case, kwargs):
    """Each request acts by itself: keys that are drawn would be the same again and again."""
    headers = case.headers or {}
    if "idempotency-key" in headers and case.meta is not None and case.meta.generation.mode.is_positive:
        headers["idempotency-key"] = str(uuid.uuid4())


class SchemaValidRefused(Failure):
    """A request that fits the schema was refused as malformed."""


@schemathesis.check
def valid_is_not_malformed(ctx: CheckContext, response: Response, case: schemathesis.Case) -> None:
    """400 `request_invalid` is for what the schema refuses. What only the server can tell has other codes (cursor_foreign) or 422."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 400:
        return
    code = response.json().get("code")
    if code == "request_invalid":
        raise SchemaValidRefused(
            operation=case.operation.label, title="valid, but refused as malformed", message=response.text[:500]
        )
