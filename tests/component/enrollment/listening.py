"""A school that tells and listens: seven pupils of two grades, a family each but for two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chassis.kernel.call import Principal
from tests.component.enrollment.world import SCHOOL, World, office

HERE = {"school_id": SCHOOL}
ROWS = (
    "张一一,女,2017-09-01,,,三年级2班,张父,父亲,13800000001",
    "张二二,男,2018-10-02,,,二年级1班,张父,父亲,13800000001",
    "李三三,男,2017-05-03,,,三年级2班,李母,母亲,13800000002",
    "王四四,女,2017-06-03,,,三年级2班,王父,父亲,13800000003",
    "赵五五,女,2017-07-03,,,三年级2班,赵母,母亲,13800000004",
    "孙六六,男,2017-08-03,,,三年级2班,孙父,父亲,13800000005",
    "周七七,男,2018-08-03,,,二年级1班,周父,父亲,13800000006",
)
PUPILS = tuple(row.split(",")[0] for row in ROWS)
QUESTIONS = [
    {
        "question_id": "more",
        "kind": "choice",
        "text": "要不要增加周五？",
        "options": [{"option_id": "yes", "text": "要"}, {"option_id": "no", "text": "不要"}],
    },
    {"question_id": "joy", "kind": "rating", "text": "孩子喜欢吗？"},
    {"question_id": "words", "kind": "text", "text": "还想说什么？"},
]


@dataclass
class Listening:
    """The world with the school's pupils and short ways to tell, ask and answer."""

    world: World
    pupils: dict[str, dict[str, Any]]

    @property
    def term_id(self) -> str:
        return self.world.term_ids[SCHOOL]

    def family_of(self, name: str) -> Principal:
        return self.world.parent_of(self.pupils[name])

    def tell(self, audience: str = "guardians", kind: str = "service") -> str:
        body = {"term_id": self.term_id, "audience": audience, "kind": kind}
        words = {"title": "课后服务致家长", "text": "自愿参加，请阅读。"}
        told = self.world.ok(office(), "publish_notice", HERE, {**body, **words})
        return str(told["notice_id"])

    def ask(self, purpose: str = "opinion", **more: Any) -> str:
        body = {
            "term_id": self.term_id,
            "purpose": purpose,
            "audience": "guardians",
            "anonymous": False,
            "questions": [] if purpose == "demand" else QUESTIONS,
            **more,
        }
        return str(self.world.ok(office(), "open_survey", HERE, body)["survey_id"])

    def say(self, survey_id: str, name: str, **more: Any) -> dict[str, Any]:
        body = {"student_id": self.pupils[name]["student_id"], **more}
        return self.world.handle(
            self.family_of(name), "answer_survey", {"survey_id": survey_id}, body
        )

    def close(self, survey_id: str, response: str = "谢谢，下月起增加周五。") -> dict[str, Any]:
        return self.world.ok(
            office(), "close_survey", {"survey_id": survey_id}, {"response": response}
        )

    def survey(self, survey_id: str, who: Principal | None = None) -> dict[str, Any]:
        return self.world.ok(who or office(), "get_survey", {"survey_id": survey_id})

    def last(self) -> dict[str, Any]:
        return self.world.events()[-1]


def listen(world: World) -> Listening:
    world.import_rows(*ROWS)
    return Listening(world, {name: world.pupil(name) for name in PUPILS})
