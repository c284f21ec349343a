"""Sends requests at a constant rate whatever becomes of them, and holds every answer against the right one.

    open_loop.py HOST PORT RATE SECONDS CONNECTIONS TIMEOUT FILE [FIRST-TIME]

FILE is JSON: a list of {"request": .., "answer": ..}, both as text; they are sent in turn. A request is due at a fixed time, and its
latency counts from then on: what a slow server makes wait is not left out ("coordinated omission"). It goes out on
a connection that is free, else on a new one, else, when there are CONNECTIONS, on the first that gets free; when
none does within TIMEOUT seconds it is `unsent`. One that was sent and has no answer after TIMEOUT seconds is given up, with its
connection. Prints the lines that answers.lua prints.
"""

import gc
import json
import select
import socket
import sys
import time
from collections import deque

from histogram import Histogram

LATE_CHECK_SECONDS = 0.1


class Client:
    """One connection, which waits for one answer at a time."""

    __slots__ = ("socket", "descriptor", "due", "sent", "number", "input", "connected", "waits")

    def __init__(self, sock):
        self.socket = sock
        self.descriptor = sock.fileno()
        self.input = b""
        self.connected = False
        self.waits = False


class Load:
    def __init__(self, address, rate, seconds, connections, timeout, cases):
        self.address = address
        self.rate = rate
        self.seconds = seconds
        self.most = connections
        self.timeout = timeout
        self.requests = [case["request"].encode() for case in cases]
        self.answers = [case["answer"].encode() for case in cases]
        self.poll = select.epoll()
        self.clients = {}
        self.free = []
        self.queue = deque()
        self.right = self.refused = self.wrong = self.sent = 0
        self.first_wrong = ""
        self.errors = {"connect": 0, "read": 0, "write": 0, "timeout": 0, "unsent": 0}
        self.latency, self.refusals = Histogram(), Histogram()
        self.second = int(time.time())
        self.told = (0, 0, 0)

    def run(self):
        start = time.perf_counter()
        end = start + self.seconds
        due, number, next_check = start, 0, start
        total = max(1, round(self.rate * self.seconds))
        while True:
            now = time.perf_counter()
            while number < total and due <= now:
                self.queue.append(due)
                number += 1
                due = start + number / self.rate
            self.send(now)
            if now >= next_check:
                self.check(now)
                next_check = now + LATE_CHECK_SECONDS
            if number == total and not self.queue and not any(c.waits for c in self.clients.values()):
                break
            if now > end + self.timeout:
                self.check(float("inf"))
                break
            wait = (due if number < total else next_check) - time.perf_counter()
            for descriptor, event in self.poll.poll(min(max(0, wait), LATE_CHECK_SECONDS), 1024):
                client = self.clients.get(descriptor)
                if client:
                    self.happened(client, event)
        self.tell()
        print("RESULT " + json.dumps({
            "microseconds": int(max(self.seconds, time.perf_counter() - start if number < total else self.seconds) * 1e6),
            "due": total, "right": self.right, "refused": self.refused, "wrong": self.wrong,
            "first_wrong": self.first_wrong, **self.errors,
            "latency": self.latency.pairs(), "refusals": self.refusals.pairs(),
        }), flush=True)

    def send(self, now):
        while self.queue:
            if self.free:
                client = self.free.pop()
            elif len(self.clients) < self.most:
                client = self.open()
                if client is None:
                    self.queue.popleft()
                    continue
            else:
                return
            client.due = self.queue.popleft()
            client.sent = now
            client.waits = True
            client.number = self.sent % len(self.requests)
            self.sent += 1
            if client.connected:
                self.write(client)

    def open(self):
        sock = socket.socket()
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        error = sock.connect_ex(self.address)
        if error not in (0, 115):
            self.errors["connect"] += 1
            sock.close()
            return None
        client = Client(sock)
        self.clients[client.descriptor] = client
        self.poll.register(client.descriptor, select.EPOLLIN | select.EPOLLOUT)
        return client

    def write(self, client):
        request = self.requests[client.number]
        try:
            written = client.socket.send(request)
            while written < len(request):
                # A body larger than the socket's buffer: rare here, and only with few connections.
                select.select([], [client.socket], [], self.timeout)
                written += client.socket.send(request[written:])
        except OSError:
            self.lose(client, "write")

    def happened(self, client, event):
        if not client.connected:
            if client.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                self.lose(client, "connect")
                return
            client.connected = True
            self.poll.modify(client.descriptor, select.EPOLLIN)
            if client.waits:
                self.write(client)
            else:
                self.free.append(client)
            return
        try:
            text = client.socket.recv(1 << 18)
        except BlockingIOError:
            return
        except OSError:
            text = b""
        if not text:
            self.lose(client, "read")
            return
        client.input = text = client.input + text if client.input else text
        head = text.find(b"\r\n\r\n")
        if head < 0:
            return
        at = text.find(b"Content-Length: ")
        length = int(text[at + 16 : text.index(b"\r", at)])
        if len(text) < head + 4 + length:
            return
        self.answered(client, text[:head], text[head + 4 :])

    def answered(self, client, head, body):
        now = time.perf_counter()
        client.input = b""
        if not client.waits:
            # A refusal of the connection itself, before anything was asked.
            self.refused += 1
            self.drop(client)
            return
        micros = (now - client.due) * 1e6
        status = head[9:12]
        if status == b"200" and body == self.answers[client.number]:
            self.right += 1
            self.latency.add(micros)
        elif status == b"503" and b"\r\nRetry-After: " in head:
            self.refused += 1
            self.refusals.add(micros)
        else:
            self.first_wrong = self.first_wrong or (head[9:40] + b" " + body[:200]).decode(errors="replace")
            self.wrong += 1
        client.waits = False
        if b"\r\nConnection: close" in head:
            self.drop(client)
        else:
            self.free.append(client)

    def lose(self, client, kind):
        if client.waits:
            self.errors[kind] += 1
        elif client in self.free:
            self.free.remove(client)
        self.drop(client)

    def drop(self, client):
        self.clients.pop(client.descriptor, None)
        client.waits = False
        client.socket.close()

    def check(self, now):
        second = int(time.time())
        if second != self.second:
            self.tell()
            self.second = second
        while self.queue and now - self.queue[0] > self.timeout:
            self.queue.popleft()
            self.errors["unsent"] += 1
        for client in [c for c in self.clients.values() if c.waits and now - c.sent > self.timeout]:
            self.lose(client, "timeout")

    def tell(self):
        counts = (self.right, self.refused, self.wrong)
        changes = [count - told for count, told in zip(counts, self.told)]
        self.told = counts
        print("LOAD", self.second, *changes, flush=True)


if __name__ == "__main__":
    host, port, rate, seconds, connections, timeout, file = sys.argv[1:8]
    with open(file, encoding="utf-8") as text:
        cases = json.load(text)
    # Nothing here makes cycles, and a collection would be a pause in the schedule.
    gc.disable()
    Load((host, int(port)), float(rate), float(seconds), int(connections), float(timeout), cases).run()
