"""From an application to an enrolled pupil: each step, and each shortcut."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.agreements import (
    AgreementSigned,
    ResponsibilityLetterSigned,
    StudentEnrolled,
)
from contracts.enrollment.applications import (
    ApplicationAccepted,
    ApplicationRejected,
    ApplicationSubmitted,
    ParticipationDeclined,
)
from services.enrollment.application.domain import errors
from services.enrollment.application.domain.application import APPLICATION
from services.enrollment.application.domain.commands import (
    AcceptApplication,
    DeclineParticipation,
    Form,
    RejectApplication,
    SignAgreement,
    SubmitApplication,
)

WHO = {"student_id": "st-1", "term_id": "t-1"}
KINDS = ("after_school_custody",)
FIRST, LAST = date(2026, 9, 1), date(2027, 1, 20)

form = Form(application_id="a-1", school_id="s-1", guardian_id="g-1", service_kinds=KINDS, **WHO)
submit = SubmitApplication(form=form, offered=KINDS, term_ends=LAST, today=date(2026, 8, 20))
submitted = ApplicationSubmitted(
    application_id="a-1", school_id="s-1", guardian_id="g-1", service_kinds=KINDS, **WHO
)
decline = DeclineParticipation(school_id="s-1", guardian_id="g-1", **WHO)
declined = ParticipationDeclined(school_id="s-1", guardian_id="g-1", **WHO)
accept = AcceptApplication(application_id="a-1")
accepted = ApplicationAccepted(application_id="a-1", **WHO)
reject = RejectApplication(application_id="a-1", listing="none")
rejected = ApplicationRejected(application_id="a-1", **WHO)
sign = SignAgreement(
    application_id="a-1",
    guardian_id="g-1",
    agreement_version="2026-1",
    current_version="2026-1",
    text_sha256="0" * 64,
    letter_version="2026-1",
    letter_sha256="1" * 64,
    plan_version=2,
    listing="confirmed",
    class_id="c-1",
    term_starts=FIRST,
    term_ends=LAST,
    today=date(2026, 8, 28),
)
signed = AgreementSigned(
    application_id="a-1",
    guardian_id="g-1",
    agreement_version="2026-1",
    text_sha256="0" * 64,
    **WHO,
)
letter = ResponsibilityLetterSigned(
    application_id="a-1",
    guardian_id="g-1",
    letter_version="2026-1",
    text_sha256="1" * 64,
    **WHO,
)
enrolled = StudentEnrolled(
    application_id="a-1",
    school_id="s-1",
    class_id="c-1",
    service_kinds=KINDS,
    starts_on=FIRST,
    ends_on=LAST,
    plan_version=2,
    **WHO,
)
again = replace(submit, form=replace(form, application_id="a-2"))
submitted_again = replace(submitted, application_id="a-2")
application = Scenario(APPLICATION)


@pytest.mark.clause("P1-061", "P2-049")
def test_a_guardian_applies():
    application.given().when(submit).then(submitted)


@pytest.mark.parametrize("history", [(submitted,), (submitted, accepted)])
def test_applying_for_the_same_again_changes_nothing(history):
    application.given(*history).when(again).then_nothing()


def test_an_open_application_is_not_changed_by_another():
    other = replace(again, form=replace(form, service_kinds=("lunch",)), offered=("lunch", *KINDS))

    application.given(submitted).when(other).then_refused(errors.AlreadyApplied)


@pytest.mark.parametrize("history", [(submitted, rejected), (declined,), (submitted, declined)])
def test_a_rejected_or_declined_family_may_apply_again(history):
    application.given(*history).when(again).then(submitted_again)


def test_an_enrolled_pupil_does_not_apply_again():
    application.given(submitted, accepted, signed, enrolled).when(again).then_refused(
        errors.AlreadyEnrolled
    )


@pytest.mark.clause("P2-035")
def test_a_service_that_is_not_offered_cannot_be_asked_for():
    evening = replace(submit, form=replace(form, service_kinds=("evening_self_study",)))

    application.given().when(evening).then_refused(errors.ServiceKindNotOffered)


def test_nobody_applies_for_a_term_that_is_over():
    application.given().when(replace(submit, today=date(2027, 1, 21))).then_refused(errors.TermOver)
    application.given().when(replace(submit, today=LAST)).then(submitted)


@pytest.mark.clause("P1-060")
@pytest.mark.parametrize(
    "history", [(), (submitted,), (submitted, accepted), (submitted, rejected)]
)
def test_not_taking_part_is_an_answer_at_any_time_before_the_agreement(history):
    application.given(*history).when(decline).then(declined)


@pytest.mark.clause("P1-060")
def test_declining_twice_changes_nothing():
    application.given(declined).when(decline).then_nothing()


def test_a_signed_agreement_is_not_undone_by_declining():
    application.given(submitted, accepted, signed, enrolled).when(decline).then_refused(
        errors.AlreadyEnrolled
    )


@pytest.mark.clause("P1-062", "P2-050")
def test_the_school_accepts():
    application.given(submitted).when(accept).then(accepted)


@pytest.mark.parametrize("history", [(accepted,), (accepted, signed, enrolled)])
def test_accepting_twice_changes_nothing(history):
    application.given(submitted, *history).when(accept).then_nothing()


@pytest.mark.parametrize(
    "history",
    [(), (submitted, rejected), (submitted, declined), (submitted, declined, submitted_again)],
)
@pytest.mark.parametrize("command", [accept, sign])
def test_nothing_becomes_of_an_application_that_has_ended(history, command):
    application.given(*history).when(command).then_refused(errors.ApplicationClosed)


@pytest.mark.clause("P1-062", "P2-050")
@pytest.mark.parametrize("history", [(submitted,), (submitted, accepted)])
def test_the_school_rejects(history):
    application.given(*history).when(reject).then(rejected)


def test_rejecting_twice_changes_nothing():
    application.given(submitted, rejected).when(reject).then_nothing()


def test_a_publicised_pupil_can_still_be_rejected_a_confirmed_one_cannot():
    history = application.given(submitted, accepted)

    history.when(replace(reject, listing="published")).then(rejected)
    history.when(replace(reject, listing="confirmed")).then_refused(errors.AlreadyConfirmed)


def test_only_an_open_application_is_rejected():
    application.given(submitted, declined).when(reject).then_refused(errors.ApplicationClosed)


@pytest.mark.clause("P1-064", "P2-051")
def test_signing_the_agreement_enrols():
    application.given(submitted, accepted).when(sign).then(signed, letter, enrolled)


def test_signing_twice_changes_nothing():
    application.given(submitted, accepted, signed, enrolled).when(sign).then_nothing()


def test_who_signs_during_the_term_is_enrolled_from_that_day():
    late = replace(sign, today=date(2026, 10, 9))

    application.given(submitted, accepted).when(late).then(
        signed, letter, replace(enrolled, starts_on=date(2026, 10, 9))
    )


@pytest.mark.clause("P1-062", "P2-050")
def test_no_agreement_without_the_schools_consent():
    application.given(submitted).when(sign).then_refused(errors.NotAccepted)


@pytest.mark.clause("P1-063")
@pytest.mark.parametrize(
    ("listing", "refusal"),
    [("none", errors.NotPublicised), ("published", errors.NotConfirmed)],
)
def test_no_agreement_before_the_list_is_confirmed(listing, refusal):
    application.given(submitted, accepted).when(replace(sign, listing=listing)).then_refused(
        refusal
    )


@pytest.mark.clause("P1-064")
def test_only_the_current_version_is_signed():
    application.given(submitted, accepted).when(
        replace(sign, agreement_version="2025-1")
    ).then_refused(errors.AgreementOutdated)


def test_nobody_signs_for_a_term_that_is_over():
    application.given(submitted, accepted).when(
        replace(sign, today=date(2027, 1, 21))
    ).then_refused(errors.TermOver)
