"""An optional language model that proposes statements and drafts. It decides nothing.

Off unless ``FORECASTS_ASSISTANT_URL`` and ``FORECASTS_ASSISTANT_MODEL`` name an OpenAI-compatible
endpoint (and ``FORECASTS_ASSISTANT_KEY`` its key, if it wants one). It has no tools and sees one
article at a time; ``forecasts.reading.proposals`` says what of its answer is taken.
"""

import json
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit

from forecasts.errors import AssistantFailed
from forecasts.reading.candidate import Candidate
from forecasts.reading.proposals import (
    INSTRUCTIONS,
    SCHEMA,
    Proposals,
    parse_answer,
    proposals_from,
    request_of,
)
from forecasts.reading.scales import RECOMMENDED

URL_VARIABLE = "FORECASTS_ASSISTANT_URL"
MODEL_VARIABLE = "FORECASTS_ASSISTANT_MODEL"
KEY_VARIABLE = "FORECASTS_ASSISTANT_KEY"
LARGEST_ANSWER = 1_000_000  # bytes, unpacked
MOST_TOKENS = 16_000


@dataclass(frozen=True, slots=True)
class Assistant:
    """Where the model is, and how long one exchange with it may take."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60.0


def configured() -> Assistant | None:
    """The assistant that the environment names; None if it names none.

    Raises
    ------
    AssistantFailed
        The address is not one of the web, or there is an address and no model.
    """
    url = os.environ.get(URL_VARIABLE, "").strip()
    model = os.environ.get(MODEL_VARIABLE, "").strip()
    if not url:
        return None
    if not _is_web_address(url):
        raise AssistantFailed(f"needs an address with http:// or https:// in {URL_VARIABLE}")
    if not model:
        raise AssistantFailed(f"needs the name of a model in {MODEL_VARIABLE}")
    return Assistant(url, model, os.environ.get(KEY_VARIABLE, "").strip())


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def propose(
    text: str,
    published: date | None,
    known: Sequence[Candidate],
    *,
    scale: str = RECOMMENDED,
    assistant: Assistant | None = None,
) -> Proposals:
    """Ask the model about an article; nothing is written.

    Parameters
    ----------
    text : str
        The article as stored. It is sent to the endpoint, with the date and what is known.
    published : date, optional
    known : sequence of Candidate
        The statements found already.
    scale : str
        What turns the quoted words of likelihood into numbers.
    assistant : Assistant, optional
        The one that the environment names if left out.

    Raises
    ------
    AssistantFailed
        None is configured, or it gave no answer that can be used; one line says why.
    """
    assistant = assistant or configured()
    if assistant is None:
        raise AssistantFailed(f"is not configured; set {URL_VARIABLE} and {MODEL_VARIABLE}")
    try:
        request = request_of(text, published, known)
        answer = parse_answer(_content(_exchange(assistant, request)))
    except ValueError as error:
        raise AssistantFailed(str(error)) from None
    return proposals_from(answer, text, published=published, known=known, scale=scale)


def _content(body: bytes) -> str:
    """What the model said, out of the answer's envelope."""
    try:
        choice = json.loads(body)["choices"][0]
        content, ended = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise ValueError("answered in another form than that of chat completions") from None
    if ended == "length":
        raise ValueError("was cut off before its answer was complete")
    if not isinstance(content, str):
        raise ValueError("gave no answer")
    return content


def _exchange(assistant: Assistant, request: str) -> bytes:
    """One request and its answer, within the time for both; a slow drip does not prolong it."""
    try:
        import openai  # noqa: F401  # so that its absence is found in this thread
    except ModuleNotFoundError:
        raise AssistantFailed("needs a package: pip install 'forecast-desk[assistant]'") from None
    outcome: SimpleQueue[bytes | Exception] = SimpleQueue()
    threading.Thread(target=_ask, args=(assistant, request, outcome), daemon=True).start()
    try:
        found = outcome.get(timeout=assistant.seconds)
    except Empty:
        found = _too_slow(assistant)
    if isinstance(found, Exception):
        raise found
    return found


def _too_slow(assistant: Assistant) -> AssistantFailed:
    return AssistantFailed(f"gave no complete answer within {assistant.seconds:g} seconds")


def _ask(assistant: Assistant, request: str, outcome: "SimpleQueue[bytes | Exception]") -> None:
    import httpx2  # what openai speaks through; the body's own faults come from it
    import openai

    host = urlsplit(assistant.url).hostname
    try:
        outcome.put(_read(assistant, request))
    except (openai.APITimeoutError, httpx2.TimeoutException):
        outcome.put(_too_slow(assistant))
    except openai.APIStatusError as error:
        outcome.put(AssistantFailed(f"at {host} answered with status {error.status_code}"))
    except (openai.APIConnectionError, httpx2.HTTPError, httpx2.InvalidURL) as error:
        outcome.put(AssistantFailed(f"at {host} cannot be reached ({type(error).__name__})"))
    except Exception as error:  # raised again by the thread that waits
        outcome.put(error)


def _read(assistant: Assistant, request: str) -> bytes:
    import openai

    deadline = time.monotonic() + assistant.seconds
    # An article must not be sent on to wherever the endpoint points.
    plain = openai.DefaultHttpxClient(follow_redirects=False, timeout=assistant.seconds)
    with openai.OpenAI(
        base_url=assistant.url,
        api_key=assistant.key or "none",
        timeout=assistant.seconds,
        max_retries=0,
        http_client=plain,
    ) as client:
        # These it takes from variables that are meant for another service.
        client.organization = client.project = None
        body = bytearray()
        with client.chat.completions.with_streaming_response.create(
            **_question(assistant, request)
        ) as response:
            for chunk in response.iter_bytes(65_536):
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise AssistantFailed(f"answered with more than {LARGEST_ANSWER:,} bytes")
                if time.monotonic() > deadline:
                    raise _too_slow(assistant)
        return bytes(body)


def _question(assistant: Assistant, request: str) -> dict[str, Any]:
    schema = {"name": "proposals", "strict": True, "schema": SCHEMA}
    return {
        "model": assistant.model,
        "messages": [
            {"role": "system", "content": INSTRUCTIONS},
            {"role": "user", "content": request},
        ],
        "response_format": {"type": "json_schema", "json_schema": schema},
        "max_completion_tokens": MOST_TOKENS,
    }
