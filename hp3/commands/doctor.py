"""``hp3 doctor``: is anything wrong, and which command mends it?"""

from __future__ import annotations

import argparse

from hp3.commands import Commands

STATUS = {"fine": 0, "attention": 0, "stop": 3}


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("doctor", help="look at broker, databases, keys and clocks")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument(
        "--mend", action="store_true", help="declare anew the queues that have other arguments"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from hp3.doctor import rounds
    from hp3.installation import data_folder, in_cluster, show

    if options.mend:
        return _mend(options)
    found = list(rounds.cluster() if in_cluster() else rounds.embedded(data_folder()))
    if options.json:
        show([each.shown() for each in found])
    else:
        for each in found:
            print(each.line())
        stops = sum(each.level == "stop" for each in found)
        looks = sum(each.level == "attention" for each in found)
        print(
            f"{stops} to mend now, {looks} to look at. 须立即处理 {stops} 项，须留意 {looks} 项。"
        )
    return max((STATUS[each.level] for each in found), default=0)


def _mend(options: argparse.Namespace) -> int:
    import os

    from hp3.doctor import broker, rounds
    from hp3.installation import Refused, confirmed, in_cluster
    from hp3.numbers import event_queues

    if not in_cluster():
        raise Refused("no-broker")
    amqp_url, n = os.environ["HP3_AMQP_URL"], event_queues()
    stops = [each for each in rounds.bus(amqp_url, rounds.CONSUMERS) if each.level == "stop"]
    wrong = [each for each in stops if each.command.startswith("hp3 doctor --mend")]
    for each in stops:
        print(each.line())
    left = STATUS["stop"] if len(stops) > len(wrong) else 0  # of these, only a person can
    if not wrong:
        print("There is no queue to mend. 没有需要修复的队列。")
        return left
    if not confirmed("Delete and declare these queues anew?", yes=options.yes):
        return 1
    for queue in broker.mend(amqp_url, rounds.CONSUMERS, n):
        print(f"{queue}: declared anew; its consumer fetches from the logs what was in it")
    return left
