"""Counts that hide nobody."""

import pytest

from services.enrollment.listening.domain.results import satisfaction, tally

QUESTIONS = [
    {"question_id": "food", "kind": "choice", "option_ids": ["more", "less"]},
    {"question_id": "joy", "kind": "rating", "option_ids": []},
    {"question_id": "words", "kind": "text", "option_ids": []},
]


def said(joy: int | None = None, food: str | None = None, texts: tuple[str, ...] = ()) -> dict:
    ratings = {} if joy is None else {"joy": joy}
    return {"choices": {"food": food} if food else {}, "ratings": ratings, "texts": texts}


def test_what_five_say_is_counted_with_what_nobody_says():
    food, joy, words = tally(
        QUESTIONS, [said(rating, "more", ("words",)) for rating in range(1, 6)]
    )

    assert (food["answers"], food["counts"]) == (5, {"more": 5, "less": 0})
    assert joy["counts"] == {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}
    assert joy["average_hundredths"] == 300
    assert (words["answers"], words["counts"], words["average_hundredths"]) == (5, None, None)


@pytest.mark.clause("P1-088")
def test_a_question_that_four_answered_is_not_counted():
    answers = [said(5, "more") for _ in range(4)] + [said(None, "less")]

    food, joy, _ = tally(QUESTIONS, answers)

    assert food["counts"] == {"more": 4, "less": 1}
    assert (joy["answers"], joy["counts"], joy["average_hundredths"]) == (4, None, None)


@pytest.mark.clause("P1-088")
def test_satisfied_is_who_rates_four_or_five():
    answers = [said(rating) for rating in (5, 4, 3, 2, 4, 1)]

    assert satisfaction(answers) == {"satisfied_bp": 5000, "average_hundredths": 317}


@pytest.mark.clause("P1-088")
def test_the_satisfaction_of_four_is_not_told():
    answers = [said(5) for _ in range(4)] + [said(None, "more")]

    assert satisfaction(answers) == {"satisfied_bp": None, "average_hundredths": None}
