"""A survey as the tests of surveys and answers have it."""

from services.enrollment.domain.listening.values import Question, Wish

FOOD = Question(question_id="food", kind="choice", option_ids=("more", "less"))
JOY = Question(question_id="joy", kind="rating")
WORDS = Question(question_id="words", kind="text")
MONDAY = Wish(weekday=1, service_kind="after_school_custody")
TUESDAY = Wish(weekday=2, service_kind="after_school_custody")
