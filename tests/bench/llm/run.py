#!/usr/bin/env python3
"""Gatehouse's LLM routes, and Portkey's gateway as peer, in one run on loopback.

Requests: a chat body of 4.6 KB, POSTed by wrk over keep-alive connections, to an nginx that answers at once in OpenAI's or Anthropic's
words. `plain` is the same body through Gatehouse's ordinary HTTP/1 route; `pass` an OpenAI client to an OpenAI provider (model
override, usage counted); `guard` the same with 16 regex patterns on every text; `dialect` an OpenAI client to an Anthropic provider.
Streams: many clients read events at a steady rate (stream_load.cpp, both ends); what the gateway adds to the delay of an event, to the
first one and to the gap between two, and the memory of each stream. nginx passes the same streams on and reads none of them.

The gateway runs on one core, wrk and the origin on another. The least CPU of several interleaved rounds counts: noise only adds.
Needs nginx, wrk, taskset, two cores, a C++ compiler (or the target bench_stream_load), and for Portkey `npm ci` in this folder.

    run.py [--gatehouse BINARY] [--rounds 5] [--seconds 3] [--connections 32] [--streams 500] [--rate 200] [--no-portkey] [--no-streams]
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent / "proxy"))
from run import cpu_seconds, family, free_port, wait_for  # noqa: E402

BODY_BYTES = 4600
OPENAI = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1700000000, "model": "gpt-4o-mini", "choices": [
    {"index": 0, "message": {"role": "assistant", "content": "A fine answer of some length, as models give it. " * 8, "refusal": None}, "logprobs": None, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 900, "completion_tokens": 90, "total_tokens": 990}}
ANTHROPIC = {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-4-5", "content": [{"type": "text", "text": "A fine answer of some length, as models give it. " * 8}],
             "stop_reason": "end_turn", "stop_sequence": None, "usage": {"input_tokens": 900, "output_tokens": 90}}
NGINX = """
worker_processes 1; daemon off; pid {dir}/origin.pid; error_log {dir}/origin.log crit;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 100000000; client_body_buffer_size 64k; client_body_temp_path {dir}/b; proxy_temp_path {dir}/p;
  fastcgi_temp_path {dir}/f; uwsgi_temp_path {dir}/u; scgi_temp_path {dir}/s;
  server {{ listen 127.0.0.1:{port} backlog=4096; default_type application/json;
    location /v1/messages {{ return 200 '{anthropic}'; }}
    location / {{ return 200 '{openai}'; }} }} }}
"""
NGINX_PROXY = """
worker_processes 1; daemon off; pid {dir}/proxy.pid; error_log {dir}/proxy.log crit;
events {{ worker_connections 4096; }}
http {{ access_log off; client_body_temp_path {dir}/b; proxy_temp_path {dir}/p; fastcgi_temp_path {dir}/f; uwsgi_temp_path {dir}/u; scgi_temp_path {dir}/s;
  upstream origin {{ server 127.0.0.1:{origin}; keepalive 1024; }}
  server {{ listen 127.0.0.1:{port} backlog=4096; location / {{ proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }} }} }}
"""
PATTERNS = [r"\bAKIA[0-9A-Z]{16}\b", r"\bsk-[A-Za-z0-9]{40,}\b", r"\bghp_[A-Za-z0-9]{36}\b", r"\b\d{3}-\d{2}-\d{4}\b", r"\bproject\s+nightfall\b", r"(?i)\binternal use only\b",
            r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b", r"(?i)\bpassword\s*[:=]\s*\S+", r"\bxox[baprs]-[0-9A-Za-z-]{10,}\b", r"\b(?:\d{1,3}\.){3}\d{1,3}\b", r"(?i)ignore (?:all )?previous instructions",
            r"\bEMP-\d{6}\b", r"-----BEGIN [A-Z ]*PRIVATE KEY-----", r"\b4[0-9]{12}(?:[0-9]{3})?\b", r"(?i)\bconfidential\b", r"[\w.+-]+@[\w-]+\.[\w.]+"]
ROUTE = """
  - matches: [{{path: {{type: PathPrefix, value: /{name}}}}}]
    filters: [{{type: URLRewrite, urlRewrite: {{path: {{type: ReplacePrefixMatch, replacePrefixMatch: /}}}}}}]
    backendRefs: [{ref}]
    name: {name}"""
WORKSPACE = """
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: bench}}
spec:
  gatewayClassName: gatehouse
  listeners: [{{name: http, port: 80, protocol: HTTP}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: bench}}
spec:
  parentRefs: [{{name: bench}}]
  rules:{rules}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: guarded}}
spec:
  parentRefs: [{{name: bench}}]
  rules:{guarded}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {{name: guard}}
spec:
  targetRefs: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, name: guarded}}]
  ai:
    promptGuard:
      request:
        regex:
          action: REJECT
          matches:
{patterns}
---
apiVersion: v1
kind: Service
metadata: {{name: origin}}
spec:
  ports: [{{name: http, port: 80}}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {{name: origin-1, labels: {{kubernetes.io/service-name: origin}}}}
addressType: IPv4
endpoints: [{{addresses: [127.0.0.1], conditions: {{ready: true}}}}]
ports: [{{name: http, port: {origin}}}]
---
{backends}
"""
BACKEND = """apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: {name}}}
spec:
  type: AI
  ai: {{llm: {{host: 127.0.0.1, port: {port}, {kind}: {{{model}authToken: {{kind: Inline, inline: sk-bench}}}}}}}}
"""
WRK = """
wrk.method = "POST"
wrk.body = [[{body}]]
wrk.headers["Content-Type"] = "application/json"
{headers}
"""


def chat_body():
    words = "The quick brown fox jumps over the lazy dog near the river bank while seven clouds drift by. "
    turns = [{"role": "system", "content": "You are a helpful assistant who answers briefly."}]
    while len(json.dumps(turns)) < BODY_BYTES - 450:
        turns.append({"role": "user" if len(turns) % 2 else "assistant", "content": words * 4})
    if turns[-1]["role"] != "user":
        turns.append({"role": "user", "content": "And now?"})
    return json.dumps({"model": "gpt-4o-mini", "max_tokens": 256, "temperature": 0.5, "messages": turns})


def workspace(origin, stream_origin):
    ai = "{{group: gateway.kgateway.dev, kind: Backend, name: {}}}"
    backends = [BACKEND.format(name="openai", port=origin, kind="openai", model="model: gpt-4o-mini, "),
                BACKEND.format(name="anthropic", port=origin, kind="anthropic", model="model: claude-sonnet-4-5, "),
                BACKEND.format(name="streams", port=stream_origin, kind="openai", model="")]
    rules = [ROUTE.format(name="plain", ref="{name: origin, port: 80}"), ROUTE.format(name="pass", ref=ai.format("openai")),
             ROUTE.format(name="dialect", ref=ai.format("anthropic")), ROUTE.format(name="streams", ref=ai.format("streams"))]
    patterns = "\n".join(f"          - {{name: p{i}, pattern: {json.dumps(text)}}}" for i, text in enumerate(PATTERNS))
    return WORKSPACE.format(rules="".join(rules), guarded=ROUTE.format(name="guard", ref=ai.format("openai")), patterns=patterns, origin=origin, backends="---\n".join(backends))


def resident(pid):
    total = 0
    for member in family(pid):
        total += int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{member}/status").read_text()).group(1))
    return total


class Case:
    """One way through one gateway."""

    def __init__(self, name, process, port, path, headers=()):
        self.name, self.process, self.port, self.path, self.headers = name, process, port, path, dict(headers)
        self.runs = []

    def check(self, body):
        """Before anything is measured: does it answer in OpenAI's words at all?"""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{self.path}", body.encode(), {"Content-Type": "application/json", **self.headers})
        answer = json.load(urllib.request.urlopen(request, timeout=10))
        if "fine answer" not in answer["choices"][0]["message"]["content"]:
            sys.exit(f"{self.name} answers {answer}")

    def run(self, folder, body, options):
        script = folder / f"{self.name.replace(' ', '-')}.lua"
        script.write_text(WRK.format(body=body, headers="\n".join(f'wrk.headers["{name}"] = [[{value}]]' for name, value in self.headers.items())))
        before = cpu_seconds(self.process.pid)
        out = subprocess.run(["taskset", "-c", str(options.load_core), "wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}s", "--latency", "-s", str(script),
                              f"http://127.0.0.1:{self.port}{self.path}"], capture_output=True, text=True, check=True).stdout
        after = cpu_seconds(self.process.pid)
        for problem in re.findall(r"(?:Non-2xx or 3xx responses|Socket errors): .*", out):
            print(f"  {self.name}: {problem}", file=sys.stderr)
        requests = int(re.search(r"(\d+) requests in", out).group(1))
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
        p50, p99 = (re.search(rf"^\s+{share}%\s+(\S+)", out, re.M).group(1) for share in (50, 99))
        user, system = ((after[i] - before[i]) * 1e6 / max(requests, 1) for i in (0, 1))
        self.runs.append((user + system, user, system, rate, p50, p99))

    def median(self):
        return sorted(run[0] for run in self.runs)[len(self.runs) // 2]


def start(stack, command, port, **more):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **more)

    def stop():
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    stack.callback(stop)
    wait_for(port, " ".join(map(str, command)))
    return process


def stream_tool(folder):
    built = ROOT / "build/release/tests/bench/llm/bench_stream_load"
    if built.exists():
        return built
    made = folder / "stream_load"
    subprocess.run(["c++", "-std=c++20", "-O2", "-o", made, HERE / "stream_load.cpp"], check=True)
    return made


def measure_streams(tool, ways, options):
    """`ways`: (name, process or None, port, path, headers)."""
    rows = []
    for name, process, port, path, headers in ways:
        client = ["taskset", "-c", str(options.load_core), str(tool), "client", str(port), path, str(options.streams), str(options.stream_seconds), *headers]
        before = (cpu_seconds(process.pid), resident(process.pid)) if process else None
        running = subprocess.Popen(client, stdout=subprocess.PIPE, text=True)
        held = 0
        if process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(options.stream_seconds * 0.8)
            held = resident(process.pid)
        measured = json.loads(running.communicate()[0])
        if process:
            after = cpu_seconds(process.pid)
            measured["cpu"] = (sum(after) - sum(before[0])) * 1e6 / max(measured["eventsPerSecond"] * options.stream_seconds, 1)
            measured["memory"] = (held - before[1]) / options.streams
        rows.append((name, measured))
    return rows


def print_requests(cases, options):
    base = next(case for case in cases if case.name == "gatehouse plain")
    print("\n| way | CPU us/request (least) | median | user | system | vs plain | requests/s (best) | requests per CPU second | p50 | p99 |\n|---|---|---|---|---|---|---|---|---|---|")
    least = {case.name: min(case.runs) for case in cases}
    for case in cases:
        total, user, system, _, p50, p99 = least[case.name]
        print(f"| {case.name} | {total:.2f} | {case.median():.2f} | {user:.2f} | {system:.2f} | {total / least[base.name][0]:.3f} | {max(run[3] for run in case.runs):.0f} | {1e6 / total:.0f} | {p50} | {p99} |")
    for ours, theirs in (("gatehouse pass", "portkey pass"), ("gatehouse dialect", "portkey dialect")):
        if theirs in least:
            print(f"\n{ours}: {least[theirs][0] / least[ours][0]:.1f} times the requests per CPU second of {theirs}", end="")
    print(f"\nchange of dialect: {least['gatehouse dialect'][0] - least['gatehouse pass'][0]:.1f} us more than passing through")


def print_streams(rows, options):
    direct = rows[0][1]
    print(f"\n{options.streams} streams of {options.rate} events/s\n\n| way | events/s | delay p50 us | delay p99 us | added p99 us | gap p50 us | gap p99 us | first event p50 us | CPU us/event | KB/stream | cut |\n|---|---|---|---|---|---|---|---|---|---|---|")
    for name, got in rows:
        if got["events"] == 0:
            print(f"| {name} | no stream came | | | | | | | | | {got['cut'] + got['silent']} |")
            continue
        more = f"{got['cpu']:.2f} | {got['memory']:.1f}" if "cpu" in got else "- | -"
        print(f"| {name} | {got['eventsPerSecond']:.0f} | {got['delayP50']} | {got['delayP99']} | {got['delayP99'] - direct['delayP99']:.1f} | {got['gapP50']} | {got['gapP99']} | {got['firstP50']} | {more} | {got['cut'] + got['silent']} |")


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--gatehouse", default=str(ROOT / "build/release/app/gatehouse"))
    parse.add_argument("--rounds", type=int, default=5)
    parse.add_argument("--seconds", type=int, default=3)
    parse.add_argument("--connections", type=int, default=32)
    parse.add_argument("--streams", type=int, default=500)
    parse.add_argument("--rate", type=float, default=200)
    parse.add_argument("--stream-seconds", type=float, default=10)
    parse.add_argument("--gateway-core", type=int, default=0)
    parse.add_argument("--load-core", type=int, default=1)
    parse.add_argument("--no-portkey", action="store_true")
    parse.add_argument("--no-streams", action="store_true")
    parse.add_argument("--no-requests", action="store_true")
    options = parse.parse_args()
    os.environ["PATH"] += ":/usr/sbin"
    for tool in ("nginx", "wrk", "taskset"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is not installed")
    portkey = HERE / "node_modules/@portkey-ai/gateway/build/start-server.js"
    peer = not options.no_portkey and portkey.exists() and shutil.which("node") is not None
    if not peer and not options.no_portkey:
        print("Portkey's rows are left out: run `npm ci` in tests/bench/llm", file=sys.stderr)

    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        os.chmod(name, 0o755)
        folder = pathlib.Path(name)
        on_load, on_gateway = (["taskset", "-c", str(core)] for core in (options.load_core, options.gateway_core))
        origin, stream_origin, port, peer_port = (free_port() for _ in range(4))
        (folder / "nginx.conf").write_text(NGINX.format(dir=name, port=origin, openai=json.dumps(OPENAI), anthropic=json.dumps(ANTHROPIC)))
        start(stack, [*on_load, "nginx", "-p", name, "-c", str(folder / "nginx.conf")], origin)
        tool = None if options.no_streams else stream_tool(folder)
        if tool:
            start(stack, [*on_load, str(tool), "origin", str(stream_origin), str(options.rate)], stream_origin)
        (folder / "workspace").mkdir()
        (folder / "workspace/bench.yaml").write_text(workspace(origin, stream_origin))
        gatehouse = start(stack, [*on_gateway, options.gatehouse, "serve", str(folder / "workspace"), "--listen", f"80=127.0.0.1:{port}", "--workers", "1"], port)
        cases = [Case(f"gatehouse {way}", gatehouse, port, f"/{way}/v1/chat/completions") for way in ("plain", "pass", "guard", "dialect")]
        node = None
        if peer:
            node = start(stack, [*on_gateway, "node", str(portkey), f"--port={peer_port}", "--headless"], peer_port, stderr=subprocess.DEVNULL,
                         env={**os.environ, "PORT": str(peer_port), "TRUSTED_CUSTOM_HOSTS": "127.0.0.1,localhost"})
            host = f"http://127.0.0.1:{origin}/v1"
            for way, provider in (("pass", "openai"), ("dialect", "anthropic")):
                cases.append(Case(f"portkey {way}", node, peer_port, "/v1/chat/completions", {"x-portkey-provider": provider, "Authorization": "Bearer sk-bench", "x-portkey-custom-host": host}))
        print(f"{re.search(r'model name' + chr(92) + r's*:' + chr(92) + r's*(.*)', pathlib.Path('/proc/cpuinfo').read_text()).group(1)}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
              f"gateway on core {options.gateway_core}, wrk and origin on core {options.load_core}; body {len(chat_body())} bytes, {options.connections} connections, {options.rounds} rounds of {options.seconds} s")
        if not options.no_requests:
            body = chat_body()
            for case in cases:
                case.check(body)
            for case in cases:
                case.run(folder, body, options)
                case.runs.clear()
            for _ in range(options.rounds):
                for case in cases:
                    case.run(folder, body, options)
            print_requests(cases, options)
        if tool:
            ways = [("direct", None, stream_origin, "/v1/chat/completions", []), ("gatehouse", gatehouse, port, "/streams/v1/chat/completions", [])]
            front = free_port()
            (folder / "proxy.conf").write_text(NGINX_PROXY.format(dir=name, port=front, origin=stream_origin))
            ways.append(("nginx, counts nothing", start(stack, [*on_gateway, "nginx", "-p", name, "-c", str(folder / "proxy.conf")], front), front, "/v1/chat/completions", []))
            if node:
                ways.append(("portkey", node, peer_port, "/v1/chat/completions", ["x-portkey-provider: openai", "Authorization: Bearer sk-bench", f"x-portkey-custom-host: http://127.0.0.1:{stream_origin}/v1"]))
            print_streams(measure_streams(tool, ways, options), options)


if __name__ == "__main__":
    main()
