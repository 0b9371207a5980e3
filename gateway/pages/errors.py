"""A refusal or a failure as a page: what happened, what to do, and a way on."""

from __future__ import annotations

from flask import Response, g, make_response, render_template

from gateway import texts
from gateway.pages.language import said, t
from gateway.problems import Refused


def page(refused: Refused) -> Response:
    """Return the page of ``refused``; the caller sets the status."""
    key = f"error.title.{refused.reply.get('kind', '')}"
    return make_response(
        render_template(
            "error.html",
            title=t(key) if texts.has(key) else t("error.title"),
            detail=said(refused.reply.get("detail")),
            code=refused.code,
            request_id=g.get("request_id", ""),
        )
    )
