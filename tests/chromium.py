"""A real Chromium without a window, spoken to over two pipes in the words of its own protocol."""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-dev-shm-usage --no-default-browser-check --remote-debugging-pipe"
).split()

# The protocol is spoken on descriptors 3 and 4, whatever numbers the pipes have here.
_START = """
import os, sys
for end, number in zip(sys.argv[1:3], (3, 4)):
    os.dup2(int(end), number)
os.execv(sys.argv[3], sys.argv[3:])
"""

Json = dict[str, Any]


class Tab:
    """One open page. Everything that the browser reported since is in `events`."""

    def __init__(self, out: int, into: int) -> None:
        self._out, self._into = out, into
        self._rest = b""
        self._number = 0
        self._session = ""
        self.events: list[Json] = []

    def attach(self) -> None:
        """Make the tab. What is asked from here on is asked of it."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        found = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = found["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def close(self) -> None:
        """End the browser."""
        self._session = ""
        self.ask("Browser.close")

    def open(self, page: Path) -> None:
        """Show a file and wait until it is loaded."""
        self.events.clear()
        self.ask("Page.navigate", url=page.absolute().as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._read()

    def ask(self, method: str, **params: object) -> Json:
        """Send a command and wait for its answer."""
        self._number += 1
        asked: Json = {"id": self._number, "method": method, "params": params}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._into, json.dumps(asked).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: Json = answer["result"]
                return result

    def _read(self) -> Json:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._out], [], [], 60)
            assert ready, "the browser has said nothing for a minute"
            more = os.read(self._out, 1 << 16)
            assert more, "the browser hung up"
            self._rest += more
        first, _, self._rest = self._rest.partition(b"\0")
        found: Json = json.loads(first)
        if "method" in found:
            self.events.append(found)
        return found

    def value(self, expression: str) -> Any:
        """What JavaScript of the test, not of the page, finds in the page."""
        found = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def screen(self, width: int, height: int = 900, scheme: str = "light", media: str = "") -> None:
        """The size of the screen, in points, and what the person prefers."""
        size: Json = {
            "width": width,
            "height": height,
            "deviceScaleFactor": 1,
            "mobile": width < 600,
        }
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        wish = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", media=media, features=wish)

    def press(self, key: str, code: int = 0) -> None:
        for kind in ("keyDown", "keyUp"):
            text = "\r" if key == "Enter" and kind == "keyDown" else ""
            self.ask(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                text=text,
            )

    def picture(self, path: Path) -> None:
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def print(self) -> bytes:
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])


@contextmanager
def browser(folder: Path) -> Iterator[Tab]:
    """A tab of a browser of one's own; the test is skipped where there is none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no Chromium on this machine: none of {', '.join(NAMES)}")
    (their_in, into), (out, their_out) = os.pipe(), os.pipe()
    theirs = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (their_in, their_out)]
    words = [sys.executable, "-c", _START, *map(str, theirs), program, *FLAGS]
    words += [f"--user-data-dir={folder}", "about:blank"]
    with subprocess.Popen(
        words, pass_fds=theirs, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        for end in (their_in, their_out, *theirs):
            os.close(end)
        try:
            tab = Tab(out, into)
            tab.attach()
            yield tab
            tab.close()
            process.wait(timeout=20)
        finally:
            process.kill()
            os.close(into)
            os.close(out)
