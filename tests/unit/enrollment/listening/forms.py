"""A survey as the tests of surveys and answers have it."""

from contracts.enrollment.surveys import QuestionAsked, Wish

FOOD = QuestionAsked(question_id="food", kind="choice", option_ids=("more", "less"))
JOY = QuestionAsked(question_id="joy", kind="rating")
WORDS = QuestionAsked(question_id="words", kind="text")
MONDAY = Wish(weekday=1, service_kind="after_school_custody")
TUESDAY = Wish(weekday=2, service_kind="after_school_custody")
