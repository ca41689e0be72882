"""When the server has finished a run of a page, by what it tells the browser.

The page's own sign of a run may never be drawn: part of a page runs within a frame or two.
"""

from playwright.sync_api import Page, WebSocket
from playwright.sync_api import TimeoutError as NotInTime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

STEP, MOST = 5, 30_000  # milliseconds


class Runs:
    """Counts the finished runs of a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.finished = page, 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count)

    def _count(self, payload: "str | bytes") -> None:
        if isinstance(payload, bytes):
            self.finished += ForwardMsg.FromString(payload).WhichOneof("type") == "script_finished"

    def wait_for_more(self, before: int) -> None:
        """Return once more than ``before`` runs have finished."""
        for _ in range(MOST // STEP):
            if self.finished > before:
                return
            self.page.wait_for_timeout(STEP)
        raise NotInTime("the server finished no run")
