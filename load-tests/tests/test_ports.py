import socket
import unittest

from ports import EPHEMERAL, free_port


class PortsTest(unittest.TestCase):
    def test_no_connection_of_a_load_can_have_a_servers_port(self):
        first_ephemeral = int(EPHEMERAL.read_text().split()[0])
        if first_ephemeral < 32768:
            self.skipTest(f"connections have the ports from {first_ephemeral} here: none are left for servers alone")
        ports = [free_port() for _ in range(300)]
        self.assertEqual(len(set(ports)), 300)
        self.assertLess(max(ports), first_ephemeral)
        with socket.socket() as server:
            server.bind(("127.0.0.1", ports[0]))

    def test_a_port_that_is_taken_is_not_given(self):
        held = [socket.socket() for _ in range(200)]
        try:
            for server in held:
                server.bind(("127.0.0.1", free_port()))
        finally:
            for server in held:
                server.close()
