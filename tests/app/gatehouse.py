"""Runs the real binary for the black-box tests: processes with deadlines, workspaces in temporary folders, small clients.

Everything that is started is stopped when its test ends. No sleeps: `until` polls a condition. Ports are the system's choice.
"""
import http.client
import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

BINARY = os.environ["GATEHOUSE"]
SOURCE = pathlib.Path(os.environ["GATEHOUSE_SOURCE"])
PATIENCE = 20.0  # seconds until a process that should have answered counts as stuck


def until(what, done, patience=PATIENCE):
    deadline = time.monotonic() + patience
    while True:
        answer = done()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain until {what}")
        time.sleep(0.01)


def run(*args, input=None, env=None, cwd=None):
    """A verb that ends by itself: (exit code, standard output, standard error)."""
    done = subprocess.run([BINARY, *map(str, args)], input=input, capture_output=True, timeout=60, cwd=cwd,
                          env={**os.environ, **(env or {})}, text=True)
    return done.returncode, done.stdout, done.stderr


class Process:
    """A verb that runs until it is told to stop. Lines of its output are collected as they come."""

    def __init__(self, *args, env=None):
        self.args = [str(arg) for arg in args]
        self.child = subprocess.Popen([BINARY, *self.args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                      stdin=subprocess.DEVNULL, text=True, env={**os.environ, **(env or {})})
        self.lines, self.log = [], []
        self.readers = [threading.Thread(target=self._read, args=pair, daemon=True)
                        for pair in ((self.child.stdout, self.lines), (self.child.stderr, self.log))]
        for reader in self.readers:
            reader.start()

    @staticmethod
    def _read(stream, lines):
        with stream:
            for line in stream:
                lines.append(line.rstrip("\n"))

    def find(self, pattern, lines=None):
        for line in list(self.lines if lines is None else lines):
            match = re.search(pattern, line)
            if match:
                return match
        return None

    def line(self, pattern, lines=None):
        def look():
            match = self.find(pattern, lines)
            if match is None and self.child.poll() is not None:
                for reader in self.readers:
                    reader.join(PATIENCE)
                match = self.find(pattern, lines)
                if match is None:
                    raise AssertionError(f"gatehouse {' '.join(self.args)} ended with {self.child.returncode}: "
                                         + "\n".join(self.log + self.lines))
            return match
        return until(f"gatehouse {self.args[0]} prints {pattern!r}\n" + "\n".join(self.log[-20:]), look)

    def kill(self):
        self.child.kill()
        self.child.wait(PATIENCE)

    def stop(self):
        """SIGTERM, and its exit code."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self):
        try:
            return self.child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"gatehouse {' '.join(self.args)} does not stop: " + "\n".join(self.log[-20:]))


class Pod:
    def __init__(self, name, port, model):
        self.name, self.port, self.model = name, int(port), model


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.body)


class Gateway:
    """`gatehouse serve` on a folder, with its logical port 8080 and its admin server on free ports."""

    def __init__(self, folder, *more, env=None):
        self.folder = folder
        self.process = Process("serve", folder, "--listen", "8080=127.0.0.1:0", "--admin", "127.0.0.1:0", *more, env=env)
        self.port = int(self.process.line(r"^port 8080 at http://127\.0\.0\.1:(\d+)$").group(1))
        self.admin_port = int(self.process.line(r"^admin at http://127\.0\.0\.1:(\d+)$").group(1))

    def ask(self, method, path, body=None, headers=None, port=None, timeout=PATIENCE):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def chat(self, content="hello", stream=False, **more):
        body = {"model": "llama", "messages": [{"role": "user", "content": content}], "stream": stream, "max_tokens": 8, **more}
        return self.ask("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})

    def admin(self, path):
        return self.ask("GET", path, port=self.admin_port)

    def requests(self, limit=200):
        listed = self.admin(f"/requests?limit={limit}").json()
        return listed if isinstance(listed, list) else listed["requests"]

    def records(self, least=1):
        """Recent requests, newest first. They are recorded just after their answer."""
        def look():
            listed = self.requests()
            return len(listed) >= least and listed
        return until(f"{least} requests are recorded", look)

    def failure(self):
        """The newest record of a request that failed."""
        return until("a failure is recorded", lambda: [record for record in self.requests() if record.get("error")])[0]

    def raw(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)


class LocalServer(http.server.ThreadingHTTPServer):
    """A server of a test's own at `port` of loopback, a free one, until stop()."""

    def __init__(self, handler):
        super().__init__(("127.0.0.1", 0), handler)
        self.port = self.server_address[1]
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.shutdown()
        self.server_close()
        self.thread.join()


class QuietHandler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass


GATEWAY = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: test}
spec:
  gatewayClassName: gatehouse
  listeners: [{name: http, port: 8080, protocol: HTTP}]
"""


def route(name, path, backend, extra=""):
    return f"""apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: {name}}}
spec:
  parentRefs: [{{name: test}}]
  rules:
    - matches: [{{path: {{type: PathPrefix, value: {path}}}}}]
      backendRefs: [{backend}]
{extra}"""


def service(name, port, address="127.0.0.1"):
    return f"""apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{ports: [{{name: http, port: 80}}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {{name: {name}-1, labels: {{kubernetes.io/service-name: {name}}}}}
addressType: IPv4
endpoints: [{{addresses: [{address}], conditions: {{ready: true}}}}]
ports: [{{name: http, port: {port}}}]
"""


def pool(name, pods):
    objects = [f"""apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {{name: {name}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  targetPorts: [{{number: 8000}}]
  endpointPickerRef: {{name: epp, port: {{number: 9002}}}}
"""]
    objects += [f"""apiVersion: v1
kind: Pod
metadata: {{name: {name}-{index}, labels: {{app: {name}}}, annotations: {{gatehouse.dev/port: "{pod.port}"}}}}
spec: {{containers: [{{name: vllm, image: vllm}}]}}
status: {{podIP: 127.0.0.1, phase: Running, conditions: [{{type: Ready, status: "True"}}]}}
""" for index, pod in enumerate(pods)]
    return "---\n".join(objects)


def pool_ref(name):
    return f"{{group: inference.networking.k8s.io, kind: InferencePool, name: {name}}}"


def workspace(*objects):
    return "---\n".join(objects)


class Case(unittest.TestCase):
    """Folders and processes that end with their test."""

    def folder(self, files=None):
        path = pathlib.Path(tempfile.mkdtemp(prefix="gatehouse-app-"))
        self.addCleanup(shutil.rmtree, path, ignore_errors=True)
        for name, text in (files or {}).items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_text(text)
        return path

    def keep(self, process):
        self.addCleanup(process.stop)
        return process

    def pods(self, count=1, *more):
        """Simulated model servers in one process: (process, [Pod])."""
        process = self.keep(Process("pods", "--count", count, *more))
        pattern = re.compile(r"^(\S+) http://127\.0\.0\.1:(\d+) (\S+)$")
        until("the pods are up", lambda: process.child.poll() is not None
              or sum(bool(pattern.match(line)) for line in list(process.lines)) == count)
        self.assertIsNone(process.child.poll(), "\n".join(process.log))
        return process, [Pod(*pattern.match(line).groups()) for line in process.lines]

    def gateway(self, files, *more, env=None):
        gateway = Gateway(self.folder(files), *more, env=env)
        self.keep(gateway.process)
        return gateway

    def closed_port(self):
        """A loopback port where nobody listens."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]


def replace_file(path, text):
    """As an editor saves: a new file under the old name."""
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text)
    os.replace(temporary, path)


if __name__ == "__main__":
    unittest.main()
