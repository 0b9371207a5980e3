"""Why something told or asked can be refused."""

from chassis.kernel.errors import BusinessRuleViolation, NotFound


class NoticeUnknown(NotFound):
    code = "enrollment.notice-unknown"


class NobodyToTell(BusinessRuleViolation):
    code = "enrollment.nobody-to-tell"
    clauses = ("P1-021", "P2-055")


class NoticeForOthers(BusinessRuleViolation):
    code = "enrollment.notice-for-others"
    clauses = ("P1-021", "P2-055")


class SurveyUnknown(NotFound):
    code = "enrollment.survey-unknown"


class NobodyToAsk(BusinessRuleViolation):
    code = "enrollment.nobody-to-ask"
    clauses = ("P1-102", "P2-047")


class QuestionsWrong(BusinessRuleViolation):
    code = "enrollment.questions-wrong"
    kind = "invalid"


class AnswerWrong(BusinessRuleViolation):
    code = "enrollment.answer-wrong"
    kind = "invalid"


class AnswerEmpty(BusinessRuleViolation):
    code = "enrollment.answer-empty"
    kind = "invalid"


class VoiceWrong(BusinessRuleViolation):
    code = "enrollment.voice-wrong"


class SurveyOver(BusinessRuleViolation):
    code = "enrollment.survey-over"


class ResponseMissing(BusinessRuleViolation):
    code = "enrollment.response-missing"
    clauses = ("P1-102", "P2-052")


class OpinionUnknown(NotFound):
    code = "enrollment.opinion-unknown"


class SourceNotYours(BusinessRuleViolation):
    code = "enrollment.source-not-yours"
    clauses = ("P2-115",)


class AlreadyAnswered(BusinessRuleViolation):
    code = "enrollment.opinion-already-answered"
    clauses = ("P2-115",)


class ImprovementUnknown(NotFound):
    code = "enrollment.improvement-unknown"
