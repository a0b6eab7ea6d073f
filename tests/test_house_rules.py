"""Rules about the repository are tests too: sizes, places, words and dependencies."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "mainstay"
FILE_LINES = 300
FUNCTION_LINES = 40
VIEW_LINES = 12

# Reading and writing data is the business of these; everybody else asks them.
# What the register of personal data finds and erases is read and written beside the entry.
MAY_SAY_OBJECTS = {"models.py", "queries.py", "actions.py", "personal_data.py"}
# Folders that stand for a module of that name when it outgrew one file.
# The queue is machinery below all business: its lease is itself a careful UPDATE.
MAY_HOLD_OBJECTS = {"queries", "actions", "migrations", "models", "jobs"}
PAGES = {"views.py", "forms.py", "presenters.py", "api.py", "urls.py"}
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "signals.py", "services.py", "repositories.py"}
HOST = re.compile(r"https?://|\bregistry\.|--(extra-)?index-url|@ file:")


def files(*folders: str) -> list[Path]:
    found = [path for name in folders for path in (ROOT / name).rglob("*.py")]
    return sorted(path for path in found if "vendor" not in path.parts)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


PYTHON = [p for p in files("src", "tests", "benchmarks", "scripts") if "migrations" not in p.parts]
OURS = [path for path in PYTHON if path.is_relative_to(SOURCE)]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, text: list[str]) -> int:
    """Count the lines of the body that are neither empty, comment nor docstring."""
    body = function.body
    if ast.get_docstring(function, clean=False) is not None:
        body = body[1:]
    if not body or (len(body) == 1 and is_table(body[0])):
        return 0
    lines = text[body[0].lineno - 1 : function.end_lineno]
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


def is_table(statement: ast.stmt) -> bool:
    """Answer whether it only returns a table of words, which is data and may be long."""
    return isinstance(statement, ast.Return) and isinstance(statement.value, ast.Dict)


def imports(path: Path) -> Iterator[str]:
    """Yield what a file imports, with relative names written as `.models`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            stem = "." * node.level + (node.module or "")
            yield stem
            yield from (f"{stem.rstrip('.')}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks", "scripts"])
def test_files_are_short(folder: str) -> None:
    sizes = {
        short(p): len(p.read_text().splitlines()) for p in PYTHON if short(p).startswith(folder)
    }
    assert {name: n for name, n in sizes.items() if n > FILE_LINES} == {}


def test_functions_are_short() -> None:
    long = {
        f"{short(path)}:{function.lineno} {function.name}": lines
        for path in PYTHON
        for function in functions(path)
        if (lines := code_lines(function, path.read_text().splitlines())) > FUNCTION_LINES
    }
    assert long == {}


def test_views_are_ten_lines() -> None:
    views = [path for path in OURS if path.name == "views.py" or path.parent.name == "views"]
    long = {
        f"{short(path)}:{function.lineno} {function.name}": lines
        for path in views
        for function in functions(path)
        if (lines := code_lines(function, path.read_text().splitlines())) > VIEW_LINES
    }
    assert long == {}


def test_pages_never_import_models() -> None:
    pages = [path for path in OURS if path.name in PAGES or path.parent.name in {"views", "api"}]
    guilty = {
        short(path): name
        for path in pages
        for name in imports(path)
        if re.search(r"(^|\.)models$", name) and not name.startswith("django")
    }
    assert guilty == {}


def test_objects_are_reached_through_queries_and_actions() -> None:
    guilty = [
        f"{short(path)}:{node.lineno}"
        for path in OURS
        if path.name not in MAY_SAY_OBJECTS
        and not MAY_HOLD_OBJECTS & set(path.relative_to(SOURCE).parts)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert guilty == []


def test_no_file_is_a_drawer_for_anything() -> None:
    assert [short(path) for path in OURS if path.name in FORBIDDEN_NAMES] == []


def test_nothing_listens_to_signals() -> None:
    guilty = [
        short(p) for p in OURS for n in imports(p) if n.startswith("django.db.models.signals")
    ]
    assert guilty == []


def test_the_number_of_a_row_is_written_without_separators() -> None:
    """1,234 finds no row: in an attribute a number of a row is filtered by `unlocalize`."""
    number = re.compile(r'="[^"<>]*{{ *(?!chart_|progress_)(?:\w+\.)*(?:pk|\w+_id) *}}')
    templates = (ROOT / "src").rglob("*.html")

    assert [short(path) for path in templates if number.search(path.read_text())] == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "NotImplementedError"])
def test_nothing_is_left_for_later(word: str) -> None:
    places = [p for p in PYTHON if p != Path(__file__).resolve()]
    assert [short(path) for path in places if re.search(rf"\b{word}\b", path.read_text())] == []


def test_every_test_file_stands_where_its_subject_stands() -> None:
    names = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    subjects = {path.name for path in SOURCE.iterdir() if path.is_dir()}
    assert names - subjects - {"journeys", "engines", "crash", "docs", "scripts"} == set()


# -- dependencies


def lock_files() -> list[Path]:
    return [*sorted((ROOT / "requirements").glob("*.txt")), *ROOT.glob("package-lock.json")]


@pytest.mark.parametrize("path", lock_files(), ids=short)
def test_lock_files_name_no_host(path: Path) -> None:
    text = path.read_text()
    if path.suffix == ".json":  # pages of authors and funding are not places to load from
        text = "\n".join(line for line in text.splitlines() if '"resolved"' in line)
    assert [line for line in text.splitlines() if HOST.search(line)] == []


def test_every_locked_requirement_has_a_hash() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        for block in re.split(r"\n(?=\S)", path.read_text().strip()):
            if not block.startswith("#"):
                assert "--hash=sha256:" in block, f"{path.name}: {block.splitlines()[0]}"


def test_every_dependency_says_what_it_is_for() -> None:
    bare = []
    inside = False
    for line in (ROOT / "pyproject.toml").read_text().splitlines():
        if re.match(r"(dependencies|dev|\w+) = \[$", line):
            inside = True
        elif line.startswith("]"):
            inside = False
        elif inside and re.match(r'\s+"[a-zA-Z][\w.-]*[\[<>=~]', line) and "  # " not in line:
            bare.append(line.strip())
    assert bare == []


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for name, wanted in {
        "run.txt": project["project"]["dependencies"],
        "dev.txt": project["dependency-groups"]["dev"],
    }.items():
        locked = (ROOT / "requirements" / name).read_text().lower()
        for requirement in wanted:
            distribution = re.split(r"[\[<>=~; ]", requirement)[0].lower()
            assert re.search(rf"^{re.escape(distribution)}==", locked, re.M), (name, distribution)
