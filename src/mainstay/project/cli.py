"""The `mainstay` command: find the use-case, run it, turn what fails into a sentence and a code.

`analyse`, and `value compare` or `duplicates` on a file, need no site and start without Django;
everything else is a management command, whose name may be written as two words: `mainstay user add`
runs `user_add`.
"""

import difflib
import os
import sys
from collections.abc import Iterable, Sequence

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130
SITE_VERBS = ("find", "pairs")  # of `duplicates`; all else is the name of a file
USAGE = """Usage: mainstay COMMAND …

  analyse FILE --out DIR      value the customers in a file of orders; needs no site
  demo [--serve]              make a believable demo company, and serve it
  serve                       serve the site
  worker                      run background jobs
  migrate                     create or update the database
  user add EMAIL              add a member of staff
  import FILE                 import customers, products or orders
  export PATH                 write everything to a folder or ZIP file
  import PATH                 bring such an export into an empty installation
  value run                   value every customer and publish the result
  duplicates find             look for duplicates among the customers
  duplicates FILE             look for duplicates in a file of customers; needs no site
  value compare --file FILE   which model forecasts these orders best; needs no site
  mcp                         let an assistant ask, as the user of a token
  doctor                      examine this installation

mainstay COMMAND --help says more; mainstay help lists every command.
"""


class WithoutPandas:
    """Hides pandas: pyarrow imports it wherever it is, 0.3 s; `analyse` has no data frames."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuse pandas, and leave all else to the other finders."""
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name=name)


def main() -> None:
    """Run the command line of this process."""
    # The models run their own threads; those of the linear algebra would only spin beside them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.argv[1:2] in (["analyse"], ["analyze"]):
        sys.meta_path.insert(0, WithoutPandas())
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    if not words or words[0] in ("-h", "--help"):
        sys.stdout.write(USAGE)
        return 0
    try:
        if words[0] in ("analyse", "analyze"):
            from mainstay.project.analyse.command import run as analyse

            return analyse(words[1:])
        if words[:2] == ["value", "compare"] and any(w.startswith("--file") for w in words):
            from mainstay.project.analyse.compared import run as compare

            return compare(words[2:])
        if words[0] == "duplicates" and words[1:2] and words[1] not in SITE_VERBS:
            from mainstay.project.duplicates import run as duplicates

            return duplicates(words[1:])
        return _manage(words)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has left; Python would complain at exit
        return 0


def _manage(words: Sequence[str]) -> int:
    """Run a management command of the site."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        django.setup()
        return _run(words)
    except ImproperlyConfigured as reason:
        return _fail(str(reason))
    except DatabaseError as reason:
        if "--traceback" in words:
            raise
        told = str(reason).strip().splitlines()[0]
        return _fail(
            f"The database does not answer as it should ({told})."
            " Run “mainstay migrate” to bring it up to date, “mainstay doctor” to examine it."
        )


def _run(words: Sequence[str]) -> int:
    from django.core.management import get_commands, load_command_class

    known = get_commands()
    name, rest = _named(words, set(known))
    if name == "help":
        sys.stdout.write(f"{USAGE}\nEvery command: {', '.join(sorted(known))}.\n")
        return 0
    if name not in known:
        return _unknown(" ".join(words[:2]), known)
    command = load_command_class(known[name], name)
    command.run_from_argv(["mainstay", name, *rest])
    return 0


def _named(words: Sequence[str], known: set[str]) -> tuple[str, Sequence[str]]:
    """Return the command that the first word, or the first two, name."""
    one, two = words[0].replace("-", "_"), "_".join(words[:2]).replace("-", "_")
    if len(words) > 1 and two in known:
        return two, words[2:]
    return (words[0] if words[0] == "help" else one), words[1:]


def _unknown(said: str, known: Iterable[str]) -> int:
    names = ["analyse", *(name.replace("_", " ") for name in known)]
    near = difflib.get_close_matches(said, names, n=1) or difflib.get_close_matches(
        said.split(maxsplit=1)[0], names, n=1
    )
    meant = f" Did you mean “mainstay {near[0]}”?" if near else ""
    return _fail(f"There is no command “{said}”.{meant} “mainstay help” lists all.", WRONG_USE)


def _fail(sentence: str, code: int = FAILED) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code
