"""Everything at once for a while: HTTP/1, HTTP/2 and TLS load, WebSockets, streams, uploads, edits five times a second, pods
killed and restarted, clients that leave midway.

Nothing may fail that was not meant to: requests to the steady pods are all answered in full; those to the pods that die get an
answer of the gateway's own. Memory and descriptors stay flat, every reservation is given back, the process ends with 0 (under a
sanitizer: without a finding). About 20 seconds; `soak.py --minutes N` for longer, `GATEHOUSE=FILE` for another binary than the
release build's.
"""
import argparse
import contextlib
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
os.environ.setdefault("GATEHOUSE_SOURCE", str(ROOT))
os.environ.setdefault("GATEHOUSE", str(ROOT / "build/release/app/gatehouse"))
from gatehouse import GATEWAY, Case, Process, pool, pool_ref, replace_file, route, service, until, workspace
from origin import Origin

SECONDS = 20.0
SEED = 0
CHAT = {"model": "llama", "messages": [{"role": "user", "content": "hello"}], "max_tokens": 6}
REWRITE = """      filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /v1}}}]
"""
GUARD = """apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {name: guard}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]
  ai:
    promptEnrichment: {prepend: [{role: SYSTEM, content: "Round %d."}]}
    promptGuard: {request: {regex: {action: MASK, builtins: [CREDIT_CARD], matches: [{pattern: "secret-[0-9]+", name: code}]}}}
"""


SECURE = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: secure}
spec:
  gatewayClassName: gatehouse
  listeners: [{name: https, port: 8443, protocol: HTTPS, tls: {certificateRefs: [{name: pair}]}}]
---
apiVersion: v1
kind: Secret
metadata: {name: pair}
stringData: {tls.crt: "file:%s/crt.pem", tls.key: "file:%s/key.pem"}
---
"""
BOTH = "[{name: test}, {name: secure}]"


class Sockets:
    """An origin that changes to WebSocket and sends back what it gets, byte by byte as it comes."""

    def __init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listening.accept()
                threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    @staticmethod
    def serve(connection):
        with connection, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                more = connection.recv(4096)
                if not more:
                    return
                head += more
            connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
            while more := connection.recv(65536):
                connection.sendall(more)

    def close(self):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


class Load:
    """Threads that repeat one thing until the end. What they say went wrong is collected, as is how often they did it."""

    def __init__(self):
        self.over = threading.Event()
        self.failures, self.counts, self.threads = [], {}, []

    def repeat(self, name, act, pause=0.0):
        self.counts.setdefault(name, 0)

        def work():
            while not self.over.is_set():
                try:
                    act()
                except Exception as error:  # Whatever it is, it is a finding.
                    if len(self.failures) < 50:
                        self.failures.append(f"{name}: {error!r}")
                self.counts[name] += 1
                self.over.wait(pause)
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        self.threads.append(thread)

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join(60)
        return not any(thread.is_alive() for thread in self.threads)


class Soak(Case):
    def setUp(self):
        self.random = random.Random(SEED)
        self.load = Load()
        self.addCleanup(self.load.end)
        _, self.steady = self.pods(2)
        self.dying, self.mortal = self.pods(1)
        self.web, self.sockets = Origin(big=1 << 20), Sockets()
        self.addCleanup(self.web.close)
        self.addCleanup(self.sockets.close)
        self.keys = self.folder()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=soak",
                        "-out", self.keys / "crt.pem", "-keyout", self.keys / "key.pem"], check=True, capture_output=True)
        self.gateway = self.gateway_of(self.files(0))
        self.secure = int(self.gateway.process.line(r"^port 8443 at \w+://127\.0\.0\.1:(\d+)$").group(1))
        self.pid = self.gateway.process.child.pid
        maps = pathlib.Path(f"/proc/{self.pid}/maps").read_text()
        self.sanitized = "libasan" in maps or "libtsan" in maps

    def gateway_of(self, files):
        # A second logical port, which the edits open and close.
        return self.gateway(files, "--listen", "8081=127.0.0.1:0", "--listen", "8443=127.0.0.1:0", "--workers", "2")

    # ---- The workspace and its edits.

    def files(self, turn):
        both = lambda text: text.replace("[{name: test}]", BOTH)
        return {"gateway.yaml": workspace(GATEWAY, SECURE % (self.keys, self.keys)),
                "web.yaml": workspace(both(route("web", "/web", "{name: web, port: 80}")), service("web", self.web.port),
                                      both(route("ws", "/ws", "{name: ws, port: 80}")), service("ws", self.sockets.port)),
                "chat.yaml": workspace(both(route("chat", "/v1", pool_ref("chat"))), pool("chat", self.steady)),
                "flaky.yaml": workspace(route("flaky", "/flaky", pool_ref("flaky"), REWRITE), pool("flaky", self.mortal)),
                "more.yaml": route("more", f"/more/{turn}", "{name: nobody, port: 80}")}

    def edit(self, turn):
        """One of several changes, none of which concerns a request to the steady pods."""
        name, text = [
            lambda: ("more.yaml", workspace(*[route(f"more-{i}", f"/more/{turn}/{i}", "{name: nobody, port: 80}") for i in range(turn % 5 + 1)])),
            lambda: ("more.yaml", "kind: [\n"),
            lambda: ("chat.yaml", workspace(self.files(turn)["chat.yaml"], GUARD % turn)),
            lambda: ("chat.yaml", self.files(turn)["chat.yaml"] + f"# {turn}\n"),
            lambda: ("door.yaml", GATEWAY.replace("name: test", "name: door").replace("8080", "8081")),
            lambda: ("pool.yaml", workspace(route("spare", "/spare", pool_ref("spare")),
                                            pool("spare", (self.steady + self.mortal)[:turn % 3 + 1]))),
            lambda: ("pool.yaml", None),
            lambda: ("door.yaml", None),
        ][turn % 8]()
        path = self.gateway.folder / name
        if text is None:
            path.unlink(missing_ok=True)
        elif turn % 16 < 8:
            replace_file(path, text)
        else:
            path.write_text(text)  # As a careless tool saves: the file is empty for a moment.

    def keep_editing(self):
        turns = iter(range(1, 1 << 60))
        # In-place writes may be seen half done; what everybody depends on is replaced at once.
        def act():
            turn = next(turns)
            if turn % 8 in (2, 3):
                turn = turn % 8 + 16 * (turn // 16)
            self.edit(turn)
        self.load.repeat("edits", act, 0.2)

    def keep_killing(self):
        """The mortal pod dies without a word, and comes back at its port."""
        state = {"process": self.dying}

        def act():
            self.load.over.wait(self.random.uniform(0.5, 1.5))
            state["process"].kill()
            self.load.over.wait(self.random.uniform(0.1, 0.7))
            process = Process("pods", "--count", 1, "--port-base", self.mortal[0].port)
            self.addCleanup(process.stop)
            process.line(r"^\S+ http://127\.0\.0\.1:\d+ ")
            state["process"] = process
            until("the pod that came back is used", lambda: self.ask("GET", "/flaky/models") == 200)
        self.load.repeat("kills", act)

    # ---- Clients.

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=30)

    def ask(self, method, path, body=None, connection=None):
        mine = connection or self.connect()
        try:
            mine.request(method, path, body and json.dumps(body), {"Content-Type": "application/json"} if body else {})
            answer = mine.getresponse()
            answer.read()
            return answer.status
        finally:
            if not connection:
                mine.close()

    def steady_stream(self):
        connection = self.connect()
        try:
            connection.request("POST", "/v1/chat/completions", json.dumps({**CHAT, "stream": True}),
                               {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status == 200 and text.rstrip().endswith(b"data: [DONE]"), (answer.status, text[-200:])
        finally:
            connection.close()

    def flaky_client(self):
        """Its pod may be dead: then the gateway says so. An answer that had begun is cut."""
        connection = self.connect()
        try:
            for turn in range(20):
                stream = turn % 2 == 0
                body = {**CHAT, "stream": stream, "max_tokens": 40}
                status = self.ask("POST", "/flaky/chat/completions", body, connection)
                assert status in (200, 502, 503, 504), status
                if status != 200:
                    self.load.over.wait(0.02)
        except (http.client.IncompleteRead, ConnectionResetError):
            pass
        finally:
            connection.close()

    def upload(self):
        """A body of some length, with and without one that is told; the origin counts it."""
        size = self.random.randrange(1, 1 << 20)
        body = b"x" * size
        connection = self.connect()
        try:
            if size % 2:
                connection.request("PUT", "/web/up", body)
            else:
                connection.request("PUT", "/web/up", iter([body[:size // 3], body[size // 3:]]), encode_chunked=True, headers={"Transfer-Encoding": "chunked"})
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (200, str(size).encode()), (answer.status, size)
            connection.request("GET", "/web/path")
            assert connection.getresponse().read() == b"/web/path"
        finally:
            connection.close()
            self.web.seen.clear()

    def websocket(self):
        """Messages there and back, over TLS every other time; some clients leave without a word."""
        with contextlib.ExitStack() as stack:
            client = stack.enter_context(socket.create_connection(("127.0.0.1", self.secure if self.random.random() < 0.5 else self.gateway.port), timeout=30))
            if client.getpeername()[1] == self.secure:
                client = stack.enter_context(self.trusting.wrap_socket(client, server_hostname="soak"))
            client.sendall(b"GET /ws HTTP/1.1\r\nHost: soak\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                           b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            stream = stack.enter_context(client.makefile("rb"))
            status = stream.readline()
            assert b" 101 " in status, status
            while stream.readline() != b"\r\n":
                pass
            for _ in range(self.random.randrange(1, 12)):
                message = os.urandom(self.random.randrange(1, 20000))
                client.sendall(message)
                assert stream.read(len(message)) == message, "a message came back otherwise"

    def leave_early(self):
        """Leaves after the first event, in the middle of its own body, or in the middle of its head."""
        body = json.dumps({**CHAT, "stream": True, "max_tokens": 200}).encode()
        head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        whole = head + body
        with self.gateway.raw() as client:
            kind = self.random.randrange(4)
            client.sendall(whole if kind < 2 else whole[:len(head) + 10] if kind == 2 else whole[:30])
            if kind == 0:
                assert client.recv(1), "no answer"
            if self.random.random() < 0.5:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def look(self):
        for page in ("/metrics", "/requests?limit=200", "/pools", "/config", "/readyz"):
            status = self.gateway.admin(page).status
            assert status == 200 or page == "/readyz", (page, status)

    def wrk(self, connections, body=None, secure=False):
        script = []
        if body:
            path = self.folder() / "post.lua"
            path.write_text(f"wrk.method = 'POST'\nwrk.body = [[{json.dumps(body)}]]\nwrk.headers['Content-Type'] = 'application/json'\n")
            script = ["-s", str(path)]
        target = "chat/completions" if body else "models"
        child = subprocess.Popen(["wrk", "-t1", f"-c{connections}", f"-d{int(SECONDS)}s", "--timeout", "30s", *script,
                                  f"https://127.0.0.1:{self.secure}/v1/{target}" if secure else f"http://127.0.0.1:{self.gateway.port}/v1/{target}"],
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(child.stdout.close)
        self.addCleanup(lambda: child.poll() is None and child.kill())
        return child

    def h2load(self, url):
        child = subprocess.Popen(["h2load", "-t1", "-c3", "-m8", f"-D{int(SECONDS)}", url], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(child.stdout.close)
        self.addCleanup(lambda: child.poll() is None and child.kill())
        return child

    def http2_clients(self):
        """By prior knowledge and under TLS; the pace is left to h2load."""
        return [self.h2load(f"http://127.0.0.1:{self.gateway.port}/v1/models"), self.h2load(f"https://127.0.0.1:{self.secure}/v1/models")]

    # ---- What it costs.

    def sample(self):
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        resident = int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024
        return resident, len(list(pathlib.Path(f"/proc/{self.pid}/fd").iterdir()))

    def assert_flat(self, samples):
        """The last third of the run against the one before it."""
        third = len(samples) // 3
        before, after = samples[third:2 * third], samples[2 * third:]
        rss = [max(entry[0] for entry in part) for part in (before, after)]
        descriptors = [max(entry[1] for entry in part) for part in (before, after)]
        print(f"resident MB: {rss[0]:.1f}, then {rss[1]:.1f}; descriptors: {descriptors[0]}, then {descriptors[1]}")
        self.assertLessEqual(descriptors[1], descriptors[0] + 24)
        if not self.sanitized:  # A sanitizer keeps what was freed.
            self.assertLessEqual(rss[1], rss[0] * 1.1 + 8)

    # ----

    def test_nothing_fails_that_was_not_meant_to(self):
        if not shutil.which("wrk"):
            self.skipTest("wrk is not installed")
        until("the pods are scraped", lambda: self.ask("GET", "/v1/models") == 200 and self.ask("GET", "/flaky/models") == 200)
        self.trusting = ssl.create_default_context(cafile=self.keys / "crt.pem")
        self.trusting.check_hostname = False
        plain, chats = self.wrk(12), self.wrk(6, CHAT)
        sealed = self.wrk(4, secure=True)
        framed = self.http2_clients() if shutil.which("h2load") else []
        self.load.repeat("streams", self.steady_stream)
        self.load.repeat("flaky", self.flaky_client)
        self.load.repeat("uploads", self.upload)
        self.load.repeat("sockets", self.websocket)
        self.load.repeat("early", self.leave_early, 0.01)
        self.load.repeat("looks", self.look, 0.3)
        self.keep_editing()
        self.keep_killing()
        samples = []
        while plain.poll() is None or chats.poll() is None:
            samples.append(self.sample())
            if self.gateway.process.child.poll() is not None:
                break
            time.sleep(0.2)
        self.assertTrue(self.load.end(), "a client is stuck")
        log = "\n".join(self.gateway.process.log)
        self.assertIsNone(self.gateway.process.child.poll(), "gatehouse ended: " + log[-4000:])
        told = [child.communicate(timeout=60)[0] for child in (plain, chats, sealed)]
        frames = [child.communicate(timeout=60)[0] for child in framed]
        generations = sum("Generation" in line for line in self.gateway.process.log)
        requests = [int(re.search(r"(\d+) requests in", text).group(1)) for text in told]
        streams = []
        for text in frames:
            counts = re.search(r"(\d+) total, \d+ started, (\d+) done, (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", text)
            self.assertIsNotNone(counts, text)
            streams.append(int(counts.group(3)))
            # At the end of its time h2load leaves what it has begun; all that it counts as failed.
            wrong = re.search(r"status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", text)
            self.assertEqual([int(wrong.group(i)) for i in (2, 3, 4)], [0, 0, 0], text)
            self.assertLessEqual(int(counts.group(4)), 3 * 8, text)
            self.assertGreater(streams[-1], 20, text)
        print(f"plain, chat and TLS requests {requests}, HTTP/2 {streams}, configurations {generations}, {self.load.counts}")
        self.assertEqual(self.load.failures, [])
        for text in told:
            self.assertNotIn("Non-2xx", text)
            self.assertNotIn("Socket errors", text)
        self.assertGreater(min(requests), 20)
        self.assertGreater(generations, SECONDS / 2)
        self.assertGreater(min(self.load.counts.values()), 0, self.load.counts)
        until("every reservation is given back", lambda: not re.search(r'"inFlight": ?[1-9]', self.gateway.admin("/pools").text))
        self.assert_flat(samples)
        self.assertEqual(self.gateway.process.stop(), 0, "\n".join(self.gateway.process.log)[-20000:])
        for finding in ("Sanitizer", "runtime error:"):
            self.assertNotIn(finding, "\n".join(self.gateway.process.log))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=SECONDS / 60)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    known, rest = parser.parse_known_args()
    SECONDS, SEED = known.minutes * 60, known.seed
    print(f"seed {SEED}")
    unittest.main(argv=sys.argv[:1] + rest, verbosity=2)
