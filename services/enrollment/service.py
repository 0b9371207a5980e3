"""Enrollment's remote calls. Reads as the service's table of contents."""

from __future__ import annotations

from chassis.nameko_support.entrypoints import Dispatcher, remote


class EnrollmentService:
    """Commands and queries by nameko RPC."""

    name = "enrollment"
    application = Dispatcher()

    register_district = remote("register_district")
    set_policy_parameter = remote("set_policy_parameter")
    register_school = remote("register_school")
    open_term = remote("open_term")
    register_staff = remote("register_staff")
    import_roster = remote("import_roster")
    submit_application = remote("submit_application")
    decline_participation = remote("decline_participation")
    accept_application = remote("accept_application")
    reject_application = remote("reject_application")
    publish_list = remote("publish_list")
    confirm_list = remote("confirm_list")
    sign_agreement = remote("sign_agreement")

    get_policy = remote("get_policy")
    list_districts = remote("list_districts")
    list_schools = remote("list_schools")
    get_school = remote("get_school")
    list_terms = remote("list_terms")
    list_classes = remote("list_classes")
    list_students = remote("list_students")
    get_student = remote("get_student")
    get_names = remote("get_names")
    my_children = remote("my_children")
    check_roster = remote("check_roster")
    get_import = remote("get_import")
    get_roster_template = remote("get_roster_template")
    list_applications = remote("list_applications")
    get_application = remote("get_application")
    get_agreement = remote("get_agreement")
    list_publicities = remote("list_publicities")
    get_publicity = remote("get_publicity")
    read_events = remote("read_events")
    read_heads = remote("read_heads")
    read_digest = remote("read_digest")
    erase_person = remote("erase_person")
    read_checkpoints = remote("read_checkpoints")
    list_parked = remote("list_parked")
    show_parked = remote("show_parked")
    retry_parked = remote("retry_parked")
    discard_parked = remote("discard_parked")
    replay = remote("replay")
