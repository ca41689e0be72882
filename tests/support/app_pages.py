"""The dashboard's own pages, as its page list has them."""

import ast
from pathlib import Path

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


def pages() -> list[str]:
    """The address of every page below the server's, "" for the first; hidden ones included."""
    calls = [
        call
        for call in ast.walk(ast.parse(APP.read_text()))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "st.Page"
    ]
    return [
        "" if any(word.arg == "default" for word in call.keywords) else _stem(call.args[0])
        for call in calls
    ]


def _stem(argument: ast.expr) -> str:
    return Path(ast.literal_eval(argument)).stem
