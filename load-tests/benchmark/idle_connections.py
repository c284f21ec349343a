"""Opens keep-alive connections, sends one request on each, and keeps them.

    idle_connections.py PORT COUNT SOURCE PATH BODY EXPECTED

Prints `opened N wrong M` when all have had their answer; for each line `check` on standard input
sends a request on every connection again and prints `alive N wrong M`; ends with standard input.
"""

import asyncio
import resource
import socket
import sys
from pathlib import Path

# So many are opened at once: a server's queue of connections not yet accepted is not much longer.
AT_ONCE = 100
TIMEOUT_SECONDS = 30


class Connection:
    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer

    async def ask(self, request):
        """The body of the answer, or None where the server has closed the connection."""
        try:
            self.writer.write(request)
            head = await self.reader.readuntil(b"\r\n\r\n")
            for line in head.split(b"\r\n"):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    return await self.reader.readexactly(int(value))
            return b""
        except (OSError, asyncio.IncompleteReadError):
            return None


async def connect(port, source):
    client = socket.socket()
    client.setblocking(False)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    client.bind((source, 0))
    await asyncio.get_running_loop().sock_connect(client, ("127.0.0.1", port))
    return Connection(*await asyncio.open_connection(sock=client, limit=2**16))


async def main(port, count, source, path, body, expected):
    request = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    connections = []
    gate = asyncio.Semaphore(AT_ONCE)

    async def answered(connection):
        """1 where the answer is right, 0 where it is wrong, None where there is none."""
        async with gate:
            try:
                async with asyncio.timeout(TIMEOUT_SECONDS):
                    answer = await connection.ask(request)
            except TimeoutError:
                return None
        return None if answer is None else int(answer == expected)

    async def open_one():
        async with gate:
            try:
                async with asyncio.timeout(TIMEOUT_SECONDS):
                    connections.append(await connect(port, source))
            except (OSError, TimeoutError):
                return

    async def ask_all(word):
        answers = await asyncio.gather(*[answered(connection) for connection in connections])
        right, wrong = answers.count(1), answers.count(0)
        print(f"{word} {right + wrong} wrong {wrong}", flush=True)

    await asyncio.gather(*[open_one() for _ in range(count)])
    await ask_all("opened")
    while (await asyncio.to_thread(sys.stdin.readline)).strip() == "check":
        await ask_all("alive")
    for connection in connections:
        connection.writer.transport.abort()


if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(
        main(
            port=int(sys.argv[1]),
            count=int(sys.argv[2]),
            source=sys.argv[3],
            path=sys.argv[4],
            body=Path(sys.argv[5]).read_bytes(),
            expected=Path(sys.argv[6]).read_bytes(),
        )
    )
