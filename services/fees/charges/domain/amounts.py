"""What of a month's price a pupil owes, in whole fen.

Rules:
    1. A waiver takes its ratio off the standard; half a fen goes the family's way (P1-098).
    2. The fee pays for custody after school. Individual help is free (P2-016); early arrival,
       lunch and nap are no part of it.
"""

from __future__ import annotations

from dataclasses import dataclass

NOT_CHARGED = frozenset({"individual_help", "flexible_arrival", "lunch", "nap"})
WHOLE_BP = 10_000
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


def waived_part(standard_fen: int, ratio_bp: int) -> int:
    """Return what a waiver of ``ratio_bp`` basis points takes off; half a fen is rounded up."""
    return (standard_fen * ratio_bp + WHOLE_BP // 2) // WHOLE_BP


def is_charged(service_kinds: tuple[str, ...]) -> bool:
    """Tell whether a pupil who takes part in these services owes the monthly fee."""
    return not NOT_CHARGED.issuperset(service_kinds)


def yuan(fen: int) -> str:
    """Return an amount for people: 8000 is 80.00."""
    return f"{fen // 100}.{fen % 100:02d}"
