"""Run a module on bytes in a child process that may neither take long nor take much memory.

For input that a hostile hand may have shaped: what happens to the child leaves the parent alive.
"""

import importlib
import subprocess
import sys
from contextlib import suppress

from forecasts.reading.pdf import PdfRefused, PdfText, parse_answer


class ChildFailed(RuntimeError):
    """The child gave no answer; ``str()`` says why in one line."""


def run_limited(module: str, data: bytes, *, seconds: float = 15, megabytes: int = 512) -> bytes:
    """Give ``data`` to ``module`` in an interpreter of its own and return what it writes.

    Parameters
    ----------
    module : str
        One of ours, with a ``main()`` that reads standard input and answers on standard output.
    data : bytes
        May be hostile.
    seconds : float
        Wall clock, start of the interpreter included.
    megabytes : int
        Address space. Holds on Linux; other systems may know no such limit.

    Raises
    ------
    ChildFailed
        If the child takes too long, is killed, or ends with an error.
    """
    # The limits are set by the child itself: a hook between fork and exec can deadlock a parent
    # with threads. -P keeps modules in the current folder from standing in for real ones.
    command = [sys.executable, "-P", "-m", "forecasts.children"]
    limits = [module, str(int(seconds) + 1), str(megabytes)]
    try:
        # A list without a shell; its only variable part is the name of a module of ours.
        done = subprocess.run(  # noqa: S603
            [*command, *limits], input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise ChildFailed(f"took longer than {seconds:g} s") from None
    if done.returncode < 0:
        raise ChildFailed(f"was stopped by signal {-done.returncode}")
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise ChildFailed(f"ended with an error ({said[-1][:120]})")
    return done.stdout


def pdf_text(content: bytes) -> PdfText:
    """The text of a PDF, read in a child within 15 s and 512 MB.

    Raises PdfRefused if there is none, or reading it broke a limit.
    """
    try:
        answer = run_limited("forecasts.reading.pdf", content)
    except ChildFailed as failure:
        raise PdfRefused(f"reading this PDF {failure}") from None
    return parse_answer(answer)


def _limit(seconds: int, megabytes: int) -> None:
    with suppress(ImportError):  # not on Windows, where the time limit alone holds
        import resource

        wanted = {
            resource.RLIMIT_AS: megabytes * 1_000_000,
            resource.RLIMIT_CPU: seconds,
            resource.RLIMIT_CORE: 0,
        }
        for kind, limit in wanted.items():
            _, hard = resource.getrlimit(kind)
            lowest = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (lowest, lowest))


if __name__ == "__main__":
    name, cpu, memory = sys.argv[1:]
    _limit(int(cpu), int(memory))
    importlib.import_module(name).main()
