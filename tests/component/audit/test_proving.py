"""Proofs and exports hold for a program that trusts nobody, and stop to hold at any change."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.kernel.call import Principal
from chassis.testing.world import SIGNING_KEY, call
from services.audit.comparison import digest
from services.audit.proof import exporting, importing
from services.audit.proof.importing import FileRefused
from tests.component.audit.conftest import OPERATOR
from tests.component.audit.ledger import SCHOOL, Ledger, ledger, offline_verifier
from tests.component.audit.test_rebuilding import tell

KEY = SIGNING_KEY.public.hex()
verifier = offline_verifier()


@pytest.fixture(scope="module", name="books")
def _books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("proofs")
    made = ledger(*(f"sqlite:///{folder / name}" for name in ("owner.sqlite", "audit.sqlite")))
    made.pay(100)
    made.sign()
    made.pay(200)
    made.sign()
    tell(made.audit.logs, [("roll", "s-2", "p-1", "2026-09-01")])
    made.audit.subscriber.catch_up()
    yield made
    made.close()


def ask(books: Ledger, query: str, params: dict[str, Any], body: Any = None, by=OPERATOR) -> Any:
    reply = call(books.audit.service, by, query, params, body or {})
    assert reply["status"] == "ok", reply
    return reply["body"]


def event_proof(books: Ledger, seq: int) -> dict[str, Any]:
    place = {"service": "fees", "partition": SCHOOL, "seq": str(seq)}
    proof: dict[str, Any] = ask(books, "prove_event", place)
    return proof


def consistency_proof(books: Ledger) -> dict[str, Any]:
    numbers = {"first": 1, "second": 2}
    proof: dict[str, Any] = ask(books, "prove_consistency", {"partition": SCHOOL}, numbers)
    return proof


def verify(path: Path, content: Any, key: str = KEY) -> int:
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    status: int = verifier.main(["--key", key, str(path)])
    return status


@pytest.mark.parametrize("seq", [1, 2, 100, 255, 256, 257, 300])
def test_an_event_is_proved(books, tmp_path, seq):
    proof = event_proof(books, seq)

    assert json.loads(proof["event"])["seq"] == seq
    assert verify(tmp_path / "proof.json", proof) == 0


def test_a_head_only_adds_to_an_earlier_one(books, tmp_path):
    assert verify(tmp_path / "proof.json", consistency_proof(books)) == 0


def test_heads_hold_as_a_chain(books, tmp_path):
    heads = ask(books, "list_tree_heads", {}, {"partition": SCHOOL})["items"]
    lines = [
        json.dumps({name: head[name] for name in ("document", "signature", "key_id")})
        for head in heads
    ]

    assert verify(tmp_path / "heads.ndjson", "\n".join(lines) + "\n") == 0
    assert verify(tmp_path / "heads.ndjson", lines[1] + "\n") == 1, "the first one is missing"
    assert verify(tmp_path / "heads.ndjson", "\n".join(reversed(lines))) == 1


def test_another_key_refuses_everything(books, tmp_path):
    other = "00" * 31 + "01"
    assert verify(tmp_path / "proof.json", event_proof(books, 3), other) == 1
    assert verify(tmp_path / "proof.json", consistency_proof(books), other) == 1


def leaves(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every value in a JSON document."""
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for name, value in pairs:
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, name))
        else:
            yield (*path, name)


def changed(value: Any, data: st.DataObject) -> Any:
    if isinstance(value, int):
        return value + data.draw(st.sampled_from([-1, 1]))
    at = data.draw(st.integers(0, len(value) - 1))
    other = data.draw(st.sampled_from("0123456789abcdefghXYZ").filter(lambda c: c != value[at]))
    return value[:at] + other + value[at + 1 :]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_of_a_proof_is_refused(books, tmp_path, data):
    proof = data.draw(st.sampled_from([event_proof(books, 77), consistency_proof(books)]))
    way = data.draw(st.sampled_from(list(leaves(proof))))
    parent = proof
    for name in way[:-1]:
        parent = parent[name]
    parent[way[-1]] = changed(parent[way[-1]], data)

    assert verify(tmp_path / "proof.json", proof) == 1


@pytest.mark.parametrize(
    ("query", "params", "body", "code"),
    [
        (
            "prove_event",
            {"service": "fees", "partition": SCHOOL, "seq": "301"},
            {},
            "no-such-event",
        ),
        ("prove_event", {"service": "fees", "partition": SCHOOL, "seq": "x"}, {}, "no-such-event"),
        ("prove_event", {"service": "fees", "partition": "s-9", "seq": "1"}, {}, "no-such-event"),
        (
            "prove_event",
            {"service": "attendance", "partition": "s-2", "seq": "1"},
            {},
            "not-covered",
        ),
        ("prove_consistency", {"partition": SCHOOL}, {"first": 1, "second": 9}, "no-such-head"),
    ],
)
def test_what_cannot_be_proved_is_refused(books, query, params, body, code):
    assert call(books.audit.service, OPERATOR, query, params, body)["code"] == f"proof.{code}"


def test_a_bureau_proves_its_own_district_only(books):
    here = Principal(account_id="b", role="bureau", district_id="d-1")
    there = Principal(account_id="b", role="bureau", district_id="d-9")
    assert ask(books, "list_tree_heads", {}, {"partition": "s-2"}, here)["items"] == []
    reply = call(books.audit.service, there, "list_tree_heads", {}, {"partition": "s-2"})
    assert reply["code"] == "not-found"


def exported(books: Ledger) -> list[str]:
    audit = books.audit.service
    return list(exporting.lines(audit.database, SIGNING_KEY, books.audit.clock.now()))


def view_digests(audit: Any) -> dict[str, Any]:
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for (view, partition, key), document in audit.rows().items():
        rows.setdefault(view, []).append((partition, key, document))
    return {view: digest(found) for view, found in rows.items()}


def test_an_export_holds_for_the_stand_alone_program(books, tmp_path):
    text = "\n".join(exported(books)) + "\n"

    assert verify(tmp_path / "log.ndjson", text) == 0
    with gzip.open(tmp_path / "log.ndjson.gz", "wt") as file:
        file.write(text)
    assert verifier.main(["--key", KEY, str(tmp_path / "log.ndjson.gz")]) == 0


def test_an_import_elsewhere_gives_the_same_views_and_roots(books, tmp_path):
    lines = exported(books)
    there = ledger(*(f"sqlite:///{tmp_path / name}" for name in ("o.sqlite", "a.sqlite")))
    subscriber = there.audit.subscriber

    content = importing.check(lambda: iter(lines), subscriber, key=KEY)
    new = importing.load(lambda: iter(lines), there.audit.service.log, subscriber)

    assert (content.events, new) == (len(books.audit.logs.events) + 300, content.events)
    assert view_digests(there.audit) == view_digests(books.audit)
    assert there.audit.stands() == books.audit.stands()
    assert there.audit.rebuild().report["equal"]
    roots = {log.place: log.root for log in books.verify(quick=True).logs}
    copied = {log.place: log.root for log in there.verify(quick=True).logs}
    assert {place: copied[place] for place in roots} == roots
    assert importing.load(lambda: iter(lines), there.audit.service.log, subscriber) == 0
    there.close()


def test_a_killed_import_goes_on_where_it_was(books, tmp_path, monkeypatch):
    lines = exported(books)
    there = ledger(*(f"sqlite:///{tmp_path / name}" for name in ("o.sqlite", "a.sqlite")))
    monkeypatch.setattr(importing, "PAGE", 50)

    def killed(count: int) -> None:
        if count >= 150:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.load(
            lambda: iter(lines), there.audit.service.log, there.audit.subscriber, tell=killed
        )
    importing.check(lambda: iter(lines), there.audit.subscriber, key=KEY)
    rest = importing.load(lambda: iter(lines), there.audit.service.log, there.audit.subscriber)

    assert 0 < rest < len(lines) - 150
    assert view_digests(there.audit) == view_digests(books.audit)
    there.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_change_of_an_export_is_refused_by_both(books, tmp_path, data):
    lines = exported(books)
    at = data.draw(st.integers(1, len(lines) - 1))
    kind = data.draw(st.sampled_from(["flip", "drop", "twice", "cut"]))
    if kind == "flip":
        lines[at] = changed(lines[at], data)
    elif kind == "drop":
        del lines[at]
    elif kind == "twice":
        lines.insert(at, lines[at])
    else:
        del lines[at:]

    assert verify(tmp_path / "log.ndjson", "\n".join(lines) + "\n") == 1
    with pytest.raises((FileRefused, ValueError, LookupError, TypeError)):
        importing.check(lambda: iter(lines), books.audit.subscriber, key=KEY)


@pytest.mark.parametrize("end", ['{"events": 310, "schools": 12}', '{"events": 310}', "{}"])
def test_an_end_that_counts_otherwise_is_refused_by_both(books, tmp_path, end):
    lines = exported(books)
    assert lines[-1] == '{"events": 310, "schools": 2}'
    lines[-1] = end

    assert verify(tmp_path / "log.ndjson", "\n".join(lines) + "\n") == 1
    with pytest.raises(FileRefused):
        importing.check(lambda: iter(lines), books.audit.subscriber, key=KEY)


def test_an_event_that_differs_from_the_one_here_is_refused(books, tmp_path):
    there = ledger(*(f"sqlite:///{tmp_path / name}" for name in ("o.sqlite", "a.sqlite")))
    there.audit.later(days=1)
    there.pay(3)

    with pytest.raises(FileRefused, match="1 "):
        importing.check(lambda: iter(exported(books)), there.audit.subscriber, key=KEY)
    there.close()


def test_a_file_signed_by_somebody_else_is_refused(books):
    with pytest.raises(FileRefused):
        importing.check(lambda: iter(exported(books)), books.audit.subscriber, key="11" * 32)
