"""Telling families and staff, and the receipts they leave."""

from dataclasses import replace

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.notices import NoticePublished, NoticeRead
from services.enrollment.listening.domain import errors
from services.enrollment.listening.domain.notice import NOTICE, RECEIPT, PublishNotice, ReadNotice

told = NoticePublished(
    notice_id="n-1",
    school_id="s-1",
    term_id="t-1",
    audience="guardians",
    kind="service",
    recipients=3,
)
publish = PublishNotice(
    notice_id="n-1",
    school_id="s-1",
    term_id="t-1",
    audience="guardians",
    kind="service",
    recipients=3,
)
read = ReadNotice(
    notice_id="n-1", school_id="s-1", reader_id="g-1", audience="guardians", family=True
)
receipt = NoticeRead(notice_id="n-1", school_id="s-1", reader_id="g-1")
notice, receipts = Scenario(NOTICE), Scenario(RECEIPT)


@pytest.mark.clause("P1-021")
def test_a_notice_is_published_to_those_on_the_register():
    notice.given().when(publish).then(told)


def test_publishing_it_again_changes_nothing():
    notice.given(told).when(publish).then_nothing()


@pytest.mark.clause("P1-021", "P2-055")
def test_a_notice_to_nobody_is_refused():
    notice.given().when(replace(publish, recipients=0)).then_refused(errors.NobodyToTell)


@pytest.mark.clause("P1-021", "P2-055")
@pytest.mark.parametrize("audience", ["guardians", "pupils"])
def test_a_guardian_who_opens_it_leaves_a_receipt(audience):
    receipts.given().when(replace(read, audience=audience)).then(receipt)


def test_opening_it_again_changes_nothing():
    receipts.given(receipt).when(read).then_nothing()


def test_staff_leave_receipts_for_what_is_for_staff():
    receipts.given().when(replace(read, audience="staff", family=False)).then(receipt)


@pytest.mark.parametrize(
    ("audience", "family"), [("staff", True), ("guardians", False), ("pupils", False)]
)
def test_who_it_is_not_for_leaves_none(audience, family):
    others = replace(read, audience=audience, family=family)

    receipts.given().when(others).then_refused(errors.NoticeForOthers)
