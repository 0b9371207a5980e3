"""Priorities, ranked choices, the allocation of places, and each offering's places."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.enrollment import offerings
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/students/{student_id}/priorities",
        "enrollment",
        "list_priorities",
        "List a pupil's categories of priority",
        None,
        offerings.Priorities,
    ),
    Query(
        "/classes/{class_id}/support",
        "enrollment",
        "list_class_support",
        "List what a class's staff must know to help its pupils",
        None,
        offerings.ClassSupport,
    ),
    Command(
        "/students/{student_id}/priorities",
        "enrollment",
        "grant_priority",
        "Grant a pupil priority",
        offerings.GrantPriority,
        offerings.Priority,
    ),
    Command(
        "/students/{student_id}/choices",
        "enrollment",
        "choose_offerings",
        "Choose offerings in order, best first",
        offerings.ChooseOfferings,
        offerings.Choices,
    ),
    Query(
        "/terms/{term_id}/allocation",
        "enrollment",
        "get_allocation",
        "Show a term's newest allocation: seed, rule and hash of the input",
        None,
        offerings.AllocationState,
    ),
    Command(
        "/terms/{term_id}/allocation",
        "enrollment",
        "allocate_places",
        "Allocate the free places by priority, choice and seed",
        offerings.AllocatePlaces,
        offerings.AllocationState,
    ),
    Query(
        "/terms/{term_id}/students/{student_id}/places",
        "enrollment",
        "my_places",
        "Show a pupil's choices and places, and why",
        None,
        offerings.PlacesOfStudent,
    ),
    Query(
        "/offerings/{offering_id}/places",
        "enrollment",
        "list_places",
        "List who holds a place, has an offer or waits",
        None,
        offerings.PlacesOfOffering,
    ),
    Command(
        "/offerings/{offering_id}/places",
        "enrollment",
        "request_place",
        "Ask for a place: get it, or wait in line",
        offerings.OfPupil,
        offerings.PlaceState,
    ),
    Command(
        "/offerings/{offering_id}/places:give-up",
        "enrollment",
        "give_up_place",
        "Give a place up, or stop waiting",
        offerings.OfPupil,
        offerings.PlaceState,
    ),
    Command(
        "/offerings/{offering_id}/places:accept",
        "enrollment",
        "accept_place",
        "Take the place that is offered",
        offerings.OfPupil,
        offerings.PlaceState,
    ),
    Command(
        "/offerings/{offering_id}/capacity",
        "enrollment",
        "change_capacity",
        "Change the number of places",
        offerings.ChangeCapacity,
        offerings.Capacity,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
