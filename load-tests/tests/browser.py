"""A headless Chromium, driven by chromedriver's HTTP: pages are loaded from files, and looked at."""

import base64
import json
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from ports import free_port


class Browser:
    """Use as a context."""

    def __enter__(self):
        self.port = free_port()
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={self.port}"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.session = ""
        deadline = time.monotonic() + 60
        while not self.session:
            try:
                arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
                wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}}
                self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
            except urllib.error.URLError:
                if time.monotonic() > deadline:
                    self.__exit__()
                    raise
                time.sleep(0.1)
        return self

    def __exit__(self, *failure):
        try:
            if self.session:
                self.call("DELETE", f"/session/{self.session}")
        finally:
            self.driver.terminate()
            self.driver.wait()

    def call(self, method, path, body=None):
        data = json.dumps(body or {}).encode() if method == "POST" else None
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def chrome(self, command, **parameters):
        return self.call("POST", f"/session/{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def show(self, file, width, height, dark=False):
        """Opens a file at this size, offline."""
        self.chrome("Network.enable")
        self.chrome("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        self.chrome("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.chrome("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("POST", f"/session/{self.session}/url", {"url": Path(file).resolve().as_uri()})

    def script(self, text):
        return self.call("POST", f"/session/{self.session}/execute/sync", {"script": text, "args": []})

    def complaints(self):
        """What the page's console says."""
        return [entry["message"] for entry in self.call("POST", f"/session/{self.session}/se/log", {"type": "browser"})]

    def screenshot(self, file):
        """The whole page, however long it is."""
        picture = self.chrome("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        Path(file).write_bytes(base64.b64decode(picture))
