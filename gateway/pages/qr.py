"""A code as a QR picture: inline SVG, no request and no style of its own."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup


def qr_of(code: str) -> Markup:
    """Return ``code`` as an SVG element that scales with its box."""
    picture = io.BytesIO()
    segno.make(code, error="m", micro=False).save(
        picture,
        kind="svg",
        border=2,
        omitsize=True,
        xmldecl=False,
        svgns=False,
        svgclass="qr",
        lineclass=None,
        dark="#000",
        light="#fff",
        nl=False,
    )
    # Digits only ever reach the picture as squares, so nothing here needs escaping.
    return Markup(picture.getvalue().decode("ascii"))  # noqa: S704
