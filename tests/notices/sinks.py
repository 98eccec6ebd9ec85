"""A mail server and a robot's server on this machine: they take what is sent, refuse it, or fall silent."""

import json
import socketserver
import threading
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class MailSink(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client needs. ``answers`` replaces what it says to a verb; None hangs up instead."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.kept, self.answers = [], {}

    @property
    def messages(self):
        return [message_from_bytes(data, policy=policy.default) for data in self.kept]


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        if not self.say("greeting", "220 sink"):
            return
        while line := self.rfile.readline():
            verb = line.split()[0].upper().decode() if line.split() else ""
            if verb == "QUIT":
                self.say(verb, "221 bye")
                return
            if verb == "DATA":
                going = self.say("DATA", "354 go on") and ("DATA" in self.server.answers or self.take())
            else:
                going = self.say(verb, "250 fine")
            if not going:
                return

    def take(self):
        """The message up to the lone dot; kept before it is answered, as a server keeps it."""
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        answer = self.server.answers.get("taken", "250 taken")
        if answer is None or answer.startswith("250"):
            self.server.kept.append(b"".join(lines))
        return self.say("taken", "250 taken")

    def say(self, verb, usual):
        answer = self.server.answers.get(verb, usual)
        if answer is not None:
            self.wfile.write(f"{answer}\r\n".encode())
        return answer is not None


class RobotSink(ThreadingHTTPServer):
    """Keeps what is posted in ``kept`` with the path it was posted to. ``answer`` is a status and a body; None hangs up instead."""

    daemon_threads = True
    usual = (200, json.dumps({"errcode": 0, "errmsg": "ok"}))

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Robot)
        self.kept, self.answer, self.wait, self.moved = [], self.usual, threading.Event(), ""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/send?key=GEHEIM-7f3a"


class _Robot(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.server.answer
        if answer is None or answer == self.server.usual:
            self.server.kept.append((self.path, json.loads(body)))
        if answer is None:
            self.close_connection = True
            return
        status, said = answer
        self.send_response(status)
        if self.server.moved:
            self.send_header("Location", self.server.moved)
        self.end_headers()
        self.wfile.write(said.encode())

    def log_message(self, *words):
        """Nothing: the test speaks."""


def serve(server):
    """Start it in a thread of its own."""
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
