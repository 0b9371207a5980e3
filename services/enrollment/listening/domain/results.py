"""Results of a survey: counts that tell what many think and not what one of few said.

Rules:
    1. Below ``FEWEST`` answers to a survey nothing of them is shown, below as many to one question
       its counts are not (P1-088).
    2. Satisfied is who rates 4 or 5; a survey's trend point counts every rating in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

FEWEST = 5
"""The usual least cell of school surveys. A constant: a place that set it to 1 would undo it."""

SATISFIED = (4, 5)

Said = Mapping[str, Any]
"""One answer: ``choices`` and ``ratings`` by question, ``texts`` the questions with words."""


def tally(questions: Sequence[Mapping[str, Any]], answers: Sequence[Said]) -> list[dict[str, Any]]:
    """Return for each question how many answered, what they chose, and their average rating."""
    return [_of_question(each, answers) for each in questions]


def satisfaction(answers: Sequence[Said]) -> dict[str, int | None]:
    """Return the share of the satisfied and the average, None of too few."""
    ratings = [rating for each in answers for rating in each["ratings"].values()]
    if len([each for each in answers if each["ratings"]]) < FEWEST:
        return {"satisfied_bp": None, "average_hundredths": None}
    satisfied = sum(rating in SATISFIED for rating in ratings)
    return {
        "satisfied_bp": satisfied * 10_000 // len(ratings),
        "average_hundredths": _average(ratings),
    }


def _of_question(question: Mapping[str, Any], answers: Sequence[Said]) -> dict[str, Any]:
    question_id, kind = question["question_id"], question["kind"]
    if kind == "text":
        given: list[Any] = [True for each in answers if question_id in each["texts"]]
    else:
        part = "choices" if kind == "choice" else "ratings"
        given = [each[part][question_id] for each in answers if question_id in each[part]]
    shown = kind != "text" and len(given) >= FEWEST
    possible = question["option_ids"] if kind == "choice" else [1, 2, 3, 4, 5]
    counts = Counter(given)
    return {
        "question_id": question_id,
        "answers": len(given),
        "counts": {str(each): counts[each] for each in possible} if shown else None,
        "average_hundredths": _average(given) if shown and kind == "rating" else None,
    }


def _average(ratings: Sequence[int]) -> int:
    return round(100 * sum(ratings) / len(ratings))
