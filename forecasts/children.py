"""Run a module on bytes in a child process that may neither take long nor take much memory.

For input that a hostile hand may have shaped: what happens to the child leaves the parent alive.
"""

import importlib
import signal
import subprocess
import sys
from contextlib import suppress

from forecasts.reading.documents import page, pdf
from forecasts.reading.documents.articles import Document, read_document
from forecasts.reading.documents.page import PageRefused
from forecasts.reading.documents.pdf import PdfRefused, PdfText

_OVERTIME = getattr(signal, "SIGXCPU", None)  # not on Windows


class ChildFailed(RuntimeError):
    """The child gave no answer; ``str()`` says why in one line."""


def run_limited(
    module: str,
    data: bytes,
    *,
    seconds: float = 15,
    megabytes: int = 512,
    cpu_seconds: int | None = None,
) -> bytes:
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
    cpu_seconds : int, optional
        Time of work, whatever else the machine does; as ``seconds`` if left out.

    Raises
    ------
    ChildFailed
        If the child takes too long, is killed, or ends with an error.
    """
    # The limits are set by the child itself: a hook between fork and exec can deadlock a parent
    # with threads. -P keeps modules in the current folder from standing in for real ones.
    command = [sys.executable, "-P", "-m", "forecasts.children"]
    cpu = int(seconds) + 1 if cpu_seconds is None else cpu_seconds
    limits = [module, str(cpu), str(megabytes)]
    try:
        # A list without a shell; its only variable part is the name of a module of ours.
        done = subprocess.run(  # noqa: S603
            [*command, *limits], input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise ChildFailed(f"took longer than {seconds:g} s") from None
    if -done.returncode == _OVERTIME:
        raise ChildFailed(f"took longer than {cpu} s")
    if done.returncode < 0:
        raise ChildFailed(f"was stopped by signal {-done.returncode}")
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise ChildFailed(f"ended with an error ({said[-1][:120]})")
    return done.stdout


def read_file(content: bytes, *, name: str) -> Document:
    """``read_document`` with the means for every kind: PDF and large pages in children.

    Raises UnreadableDocument.
    """
    return read_document(content, name=name, pdf=pdf_text, large_page=page_text)


def pdf_text(content: bytes) -> PdfText:
    """The text of a PDF, read in a child within 15 s and 512 MB.

    Raises PdfRefused if there is none, or reading it broke a limit.
    """
    try:
        answer = run_limited("forecasts.reading.documents.pdf", content)
    except ChildFailed as failure:
        raise PdfRefused(f"reading this PDF {failure}") from None
    return pdf.parse_answer(answer)


def page_text(html: str) -> Document:
    """The article of a large page, read in a child within 2 s of work and 512 MB.

    Raises PageRefused if there is none, or reading it broke a limit.
    """
    try:
        answer = run_limited("forecasts.reading.documents.page", html.encode(), cpu_seconds=2)
    except ChildFailed as failure:
        raise PageRefused(f"reading this page {failure}; save its text alone") from None
    return page.parse_answer(answer)


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
            endless = hard == resource.RLIM_INFINITY
            lowest = limit if endless else min(limit, hard)
            # A child that reaches a soft limit of time is told by a signal that names the cause.
            spare = kind == resource.RLIMIT_CPU and (endless or lowest < hard)
            resource.setrlimit(kind, (lowest, lowest + spare))


if __name__ == "__main__":
    name, cpu, memory = sys.argv[1:]
    _limit(int(cpu), int(memory))
    importlib.import_module(name).main()
