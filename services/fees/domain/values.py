"""Values that fees talks about. Compared by content."""

from __future__ import annotations

from dataclasses import dataclass

FOR_EVER = "9999-12"


@dataclass(frozen=True, slots=True)
class WaiverTerms:
    """One waiver; ``to_month`` None: until further notice."""

    category: str
    ratio_bp: int
    from_month: str
    to_month: str | None

    def covers(self, month: str) -> bool:
        """Tell whether the waiver holds in ``month``."""
        return self.from_month <= month <= (self.to_month or FOR_EVER)
