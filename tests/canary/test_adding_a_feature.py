"""The recipe of docs/adding-a-feature.md, followed in a copy of the tree: few files, one entry.

The feature of ``feature/`` is dropped beside the others; nothing else is edited but the service's
definition, as the page says. Then everything that follows from it is asked for.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from chassis.eventsourcing.migrate import newest_revision
from services.safety import migrations
from tests.architecture.source import CODE, ROOT

HERE = Path(__file__).parent
FEATURE = HERE / "feature"
RECIPE = (ROOT / "docs" / "adding-a-feature.md").read_text(encoding="utf-8")
EDITED = "services/safety/definition.py"
MOST_FILES = 9


@cache
def fixture() -> list[str]:
    """The feature's files, by their paths in the tree."""
    found = (path for path in FEATURE.rglob("*") if path.is_file())
    return sorted(str(path.relative_to(FEATURE)) for path in found if path.suffix != ".pyc")


def entry() -> tuple[str, str, str]:
    """What the recipe says about the definition: the import, what is there, what replaces it."""
    [change] = re.findall(r"```diff\n(.*?)```", RECIPE, re.DOTALL)
    [imported, there, then] = change.splitlines()
    return imported.removeprefix("+"), there.removeprefix("-"), then.removeprefix("+")


def add_to(tree: Path) -> None:
    """Follow the recipe."""
    newest = newest_revision(migrations)
    following = f"{int(newest) + 1:04d}"
    for name in fixture():
        target = tree / name.replace("NEXT", following)
        assert not target.exists(), target
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (FEATURE / name).read_text(encoding="utf-8")
        if "/versions/" in name:
            text = text.replace("NEXT", following).replace("NEWEST", newest)
        target.write_text(text, encoding="utf-8")
    imported, there, then = entry()
    definition = tree / EDITED
    text = definition.read_text(encoding="utf-8")
    assert text.count(there) == 1
    head, future, rest = text.partition("from __future__ import annotations\n")
    definition.write_text(head + future + f"{imported}\n" + rest.replace(there, then))


def content(tree: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(tree)): path.read_bytes()
        for folder in CODE
        for path in (tree / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what runs, with the feature."""
    folder = tmp_path_factory.mktemp("tree")
    for name in (name for name in CODE if (ROOT / name).is_dir()):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    add_to(folder)
    before, after = content(ROOT), content(folder)
    assert {name for name in before if before[name] != after.get(name)} == {EDITED}
    assert len(after) - len(before) == len(fixture())
    return folder


def run(tree: Path, *arguments: str) -> str:
    """Run Python in a tree, over nothing of this one."""
    done = subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def told(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the copy answers."""
    script = str(HERE / "asking.py")
    answer: dict[str, Any] = json.loads(run(tree, script, str(tmp_path_factory.mktemp("data"))))
    return answer


def test_the_recipe_names_each_file_and_no_other():
    named = re.findall(r"^\| `([\w/]+\.\w+)` \|", RECIPE, re.MULTILINE)

    assert sorted(named) == fixture()
    assert len(fixture()) <= MOST_FILES


def test_it_is_served_over_http(told: dict[str, Any]):
    assert told["statuses"] == [201, 409, 422, 403]
    assert told["again"]
    assert told["listed"] == {"items": [told["made"]]}


def test_its_refusal_says_its_own_words(told: dict[str, Any]):
    words = "Nothing is found after today (2026-09-01); check the date."

    assert told["refused"] == ["safety.found-in-the-future", words]
    assert [words.replace("2026-09-01", "{today}")] == [
        said["en"]
        for problem in told["problems"]
        for said in problem["says"]
        if problem["code"] == "safety.found-in-the-future"
    ]


def test_it_can_be_called_over_nameko(tree: Path):
    called = run(
        tree,
        "-c",
        "from chassis.nameko_support.entrypoints import rpc_service\n"
        "from services.safety.definition import DEFINITION\n"
        "service = rpc_service(DEFINITION)\n"
        "print(service.name, [callable(getattr(service, name)) for name in "
        "('report_thing', 'list_things')])",
    )

    assert called.strip() == "safety [True, True]"


def test_its_event_is_stored_relayed_and_copied(told: dict[str, Any]):
    assert told["log"] == told["copied"] == ["ThingFound", "ThingFound"]


def test_it_is_documented(told: dict[str, Any]):
    sample = {
        "thing_id": "thing-1",
        "school_id": "school-1",
        "kind": "bottle",
        "found_on": "2026-09-01",
    }

    assert told["openapi"] == [True, True]
    assert told["asyncapi"] == [True, sample]
    assert told["promised"]
    assert told["catalogue"]
    [row] = told["roles"]
    assert row.startswith("| **`report_thing`** | Report that a thing was found |  | ✓ |  | ✓ |")


def test_it_is_shown_on_a_page_in_both_languages(told: dict[str, Any]):
    page = told["page"]

    assert told["sent"] == 303
    assert all(
        words in page["zh"] for words in ("失物招领", "已登记，等失主来领。", "水杯", "雨伞")
    )
    assert all(words in page["en"] for words in (told["texts"], "bottle", "umbrella"))
    status, refused = told["page_refused"]
    assert status == 409
    assert "拾到日期不能晚于今天（2026-09-01），请核对。" in refused


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("contracts/safety/found_things.py", "No module named 'contracts.safety.found_things'"),
        ("gateway/templates/found_things.html", "found_things.html"),
        (EDITED, "TypeError: safety handles no list_things, report_thing."),
    ],
)
def test_without_one_of_its_parts_it_is_not(tree: Path, tmp_path: Path, file: str, sentence: str):
    shutil.copytree(tree, tmp_path / "less", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "less" / file).unlink()
    if file == EDITED:
        shutil.copy(ROOT / EDITED, tmp_path / "less" / EDITED)

    with pytest.raises(AssertionError, match=re.escape(sentence)):
        run(tmp_path / "less", str(HERE / "asking.py"), str(tmp_path / "data"))
