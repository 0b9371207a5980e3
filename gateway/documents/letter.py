"""A letter: a title, paragraphs, lines to sign on. What every notice on paper is made of."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.documents import paper


def letter(
    title: str,
    paragraphs: Sequence[str],
    *,
    sender: str = "",
    dated: str = "",
    signatures: Sequence[str] = (),
    reference: str = "",
) -> bytes:
    """Return the PDF. ``signatures`` names who signs; ``reference`` stands on every page."""
    closing = [each for each in (sender, dated) if each]
    return paper.print_on_paper(
        title,
        [
            paper.title(title),
            *(part for text in paragraphs for part in paper.paragraph(text)),
            *(paper.at_the_right(each) for each in closing),
            *([paper.lines_to_sign(signatures)] if signatures else []),
        ],
        reference or title,
    )
