#!/usr/bin/env python3
"""Gatehouse, nginx, HAProxy and, where it is installed (envoy.py), Envoy in turn as reverse proxies of one nginx origin, on loopback.

The proxy runs on one core, wrk and the origin on another; keep-alive is on everywhere, access logs are off. Prints CPU per
request (user + system of the proxy's processes), requests per second and system calls per request, and the ratios to nginx.
The least CPU of several interleaved runs counts: noise only adds. Needs nginx, haproxy, wrk, strace, taskset and two cores;
for http2 h2load, for tls openssl. What the clients speak: http1 and tls (1.3, P-256, HTTP/1.1) with wrk, http2 (prior
knowledge, 8 connections of 16 streams) with h2load. The origin is always spoken to in HTTP/1.1.

    run.py [--speak http1|http2|tls] [--gatehouse COMMAND] [--rounds 5] [--seconds 4] [--connections 64] [--only NAME,...] [--no-strace]
"""
import argparse
import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import envoy

ROOT = pathlib.Path(__file__).resolve().parents[3]
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, what, patience=10):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    sys.exit(f"nothing listens on {port}: {what}")


def family(pid):
    """A process and all that descend from it."""
    pids = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                pids += family(int(child))
    return pids


def cpu_seconds(pid):
    total = [0.0, 0.0]
    for member in family(pid):
        # schedstat counts nanoseconds; stat splits them into user and system by ticks.
        fields = pathlib.Path(f"/proc/{member}/stat").read_text().rsplit(")", 1)[1].split()
        total[0] += int(fields[11]) / TICKS
        total[1] += int(fields[12]) / TICKS
    return total


NGINX_ORIGIN = """
worker_processes 1; daemon off; pid {dir}/origin.pid; error_log {dir}/origin.log crit;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 100000000; server {{ listen 127.0.0.1:{port} backlog=4096;
  location / {{ default_type text/plain; return 200 "hello world, this is a small answer\\n"; }} }} }}
"""
NGINX_PROXY = """
worker_processes 1; daemon off; pid {dir}/proxy.pid; error_log {dir}/proxy.log crit;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 100000000;
  client_body_temp_path {dir}/b; proxy_temp_path {dir}/p; fastcgi_temp_path {dir}/f; uwsgi_temp_path {dir}/u; scgi_temp_path {dir}/s;
  upstream origin {{ server 127.0.0.1:{origin}; keepalive 512; keepalive_requests 100000000; }}
  server {{ listen 127.0.0.1:{port} {listen} backlog=4096; {tls}
    location / {{ proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Request-Id $request_id; proxy_set_header X-Forwarded-Proto http; }} }} }}
"""
HAPROXY = """
global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
  option forwardfor
frontend in
  bind 127.0.0.1:{port} {listen}
  default_backend out
backend out
  server origin 127.0.0.1:{origin} pool-max-conn 512
"""
WORKSPACE = """
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: bench, namespace: default}}
spec:
  gatewayClassName: gatehouse
  listeners: [{listener}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: bench, namespace: default}}
spec:
  parentRefs: [{{name: bench}}]
  rules:
  - matches: [{{path: {{type: PathPrefix, value: /}}}}]
    backendRefs: [{{name: origin, port: 80}}]
---
apiVersion: v1
kind: Service
metadata: {{name: origin, namespace: default}}
spec:
  ports: [{{name: http, port: 80, targetPort: {origin}}}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {{name: origin-1, namespace: default, labels: {{kubernetes.io/service-name: origin}}}}
addressType: IPv4
endpoints: [{{addresses: [127.0.0.1], conditions: {{ready: true}}}}]
ports: [{{name: http, port: {origin}}}]
"""
SECRET = """---
apiVersion: v1
kind: Secret
metadata: {{name: pair, namespace: default}}
stringData: {{tls.crt: "file:{dir}/crt.pem", tls.key: "file:{dir}/key.pem"}}
"""
# What nginx's listen, HAProxy's bind and the Gateway's listener say.
SPOKEN = {
    "http1": ("", "", "", "{name: http, port: 80, protocol: HTTP}"),
    "http2": ("http2", "", "proto h2", "{name: http, port: 80, protocol: HTTP}"),
    "tls": ("ssl", "ssl_certificate {dir}/crt.pem; ssl_certificate_key {dir}/key.pem; ssl_protocols TLSv1.3;",
            "ssl crt {dir}/pair.pem alpn http/1.1 ssl-min-ver TLSv1.3",
            "{name: https, port: 80, protocol: HTTPS, tls: {certificateRefs: [{name: pair}]}}"),
}


class Proxy:
    def __init__(self, name, command, port, core):
        self.name, self.port = name, port
        self.process = subprocess.Popen(["taskset", "-c", str(core), *command], stdout=subprocess.DEVNULL,
                                        stderr=None)
        wait_for(port, " ".join(map(str, command)))
        self.runs = []
        self.syscalls = None

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def load(port, seconds, connections, core, speak="http1"):
    if speak == "http2":
        return load_http2(port, seconds, core)
    out = subprocess.run(["taskset", "-c", str(core), "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
                          f"{'https' if speak == 'tls' else 'http'}://127.0.0.1:{port}/"], capture_output=True, text=True, check=True).stdout
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    errors = re.search(r"Socket errors: (.*)", out)
    if bad or errors:
        print("  wrk:", (bad or errors).group(0), file=sys.stderr)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    p50 = re.search(r"^\s+50%\s+(\S+)", out, re.M).group(1)
    p99 = re.search(r"^\s+99%\s+(\S+)", out, re.M).group(1)
    return requests, rate, p50, p99


def load_http2(port, seconds, core):
    out = subprocess.run(["taskset", "-c", str(core), "h2load", "-t1", "-c8", "-m16", f"-D{seconds}",
                          f"http://127.0.0.1:{port}/"], capture_output=True, text=True, check=True).stdout
    counts = re.search(r"requests: (\d+) total, .* (\d+) done, (\d+) succeeded, (\d+) failed", out)
    if int(counts.group(4)) > 0:
        print("  h2load:", counts.group(0), file=sys.stderr)
    rate = float(re.search(r"finished in [^,]+, ([\d.]+) req/s", out).group(1))
    mean = re.search(r"time for request:\s+\S+\s+(\S+)\s+(\S+)", out)
    return int(counts.group(2)), rate, f"mean {mean.group(2)}", f"most {mean.group(1)}"


def count_syscalls(proxy, options):
    with tempfile.NamedTemporaryFile("r") as summary:
        pids = []
        for pid in family(proxy.process.pid):
            pids += ["-p", str(pid)]
        tracer = subprocess.Popen(["strace", "-c", "-f", "-o", summary.name, *pids], stderr=None)
        time.sleep(0.5)
        requests = load(proxy.port, 3, options.connections, options.load_core, options.speak)[0]
        tracer.send_signal(signal.SIGINT)
        tracer.wait(10)
        total = 0
        lines = summary.read().splitlines()
        for line in lines:
            fields = line.split()
            if len(fields) >= 4 and fields[-1] == "total":
                total = int(fields[3]) if "." in fields[2] or fields[2].isdigit() else int(fields[2])
        if options.verbose:
            print("\n".join(lines), file=sys.stderr)
        return total / requests


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--gatehouse", help="binary; default build/release/app/gatehouse, else the bench_proxy beside it")
    parse.add_argument("--speak", choices=sorted(SPOKEN), default="http1", help="what the clients speak")
    parse.add_argument("--rounds", type=int, default=5)
    parse.add_argument("--seconds", type=int, default=4)
    parse.add_argument("--connections", type=int, default=64)
    parse.add_argument("--only", default="gatehouse,nginx,haproxy,envoy")
    parse.add_argument("--no-strace", action="store_true")
    parse.add_argument("--proxy-core", type=int, default=0)
    parse.add_argument("--load-core", type=int, default=1)
    parse.add_argument("--verbose", action="store_true")
    options = parse.parse_args()
    more = {"http2": ["h2load"], "tls": ["openssl"]}.get(options.speak, [])
    for tool in ("nginx", "haproxy", "wrk", "taskset", *more):
        if shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin") is None:
            sys.exit(f"{tool} is not installed")
    os.environ["PATH"] += ":/usr/sbin"
    app = ROOT / "build/release/app/gatehouse"
    bench = ROOT / "build/release/tests/bench/bench_proxy"
    binary = pathlib.Path(options.gatehouse) if options.gatehouse else (app if app.exists() else bench)

    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        os.chmod(folder, 0o755)
        directory = pathlib.Path(folder)

        def write(name, text, **values):
            (directory / name).write_text(text.format(dir=folder, **values))
            return str(directory / name)

        origin = free_port()
        process = subprocess.Popen(["taskset", "-c", str(options.load_core), "nginx", "-p", folder, "-c",
                                    write("origin.conf", NGINX_ORIGIN, port=origin)], stderr=None)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        wait_for(origin, "the origin")
        port = free_port()
        commands = {}
        ports = {name: free_port() for name in ("gatehouse", "nginx", "haproxy", "envoy")}
        nginx_listen, nginx_tls, haproxy_bind, listener = (text.replace("{dir}", folder) for text in SPOKEN[options.speak])
        workspace = write("bench.yaml", WORKSPACE + (SECRET if options.speak == "tls" else ""), origin=origin, listener=listener)
        if options.speak == "tls":
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                            "-subj", "/CN=bench", "-out", f"{folder}/crt.pem", "-keyout", f"{folder}/key.pem"],
                           check=True, capture_output=True)
            (directory / "pair.pem").write_text((directory / "crt.pem").read_text() + (directory / "key.pem").read_text())
        listen = f"80=127.0.0.1:{ports['gatehouse']}"
        commands["gatehouse"] = ([str(binary), workspace, listen] if binary.name == "bench_proxy" else
                                 [str(binary), "serve", workspace, "--listen", listen, "--workers", "1"])
        commands["nginx"] = ["nginx", "-p", folder, "-c", write("proxy.conf", NGINX_PROXY, port=ports["nginx"], origin=origin,
                                                                            listen=nginx_listen, tls=nginx_tls)]
        commands["haproxy"] = ["haproxy", "-db", "-f", write("haproxy.cfg", HAPROXY, port=ports["haproxy"], origin=origin, listen=haproxy_bind)]
        found = envoy.binary(ROOT)
        if found:
            (directory / "envoy").mkdir()
            routes = directory / "envoy" / "routes.json"
            routes.write_text(envoy.routes_text(["/"]))
            config = directory / "envoy.json"
            config.write_text(envoy.config_text(folder, ports["envoy"], origin, routes, options.speak == "tls"))
            commands["envoy"] = envoy.command(found, config)
        proxies = []
        for name in options.only.split(","):
            if name == "envoy" and not found:
                print(f"envoy is not installed, its row is left out ({envoy.HOW})", file=sys.stderr)
                continue
            proxy = Proxy(name, commands[name], ports[name], options.proxy_core)
            stack.callback(proxy.stop)
            proxies.append(proxy)
        for proxy in proxies:
            load(proxy.port, 1, options.connections, options.load_core, options.speak)  # Warms connections and caches.
        for _ in range(options.rounds):
            for proxy in proxies:
                before = cpu_seconds(proxy.process.pid)
                requests, rate, p50, p99 = load(proxy.port, options.seconds, options.connections, options.load_core,
                                                options.speak)
                after = cpu_seconds(proxy.process.pid)
                user, system = ((after[i] - before[i]) * 1e6 / requests for i in (0, 1))
                proxy.runs.append((user + system, user, system, rate, p50, p99))
        if not options.no_strace:
            for proxy in proxies:
                proxy.syscalls = count_syscalls(proxy, options)

        model = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text()).group(1)
        print(f"{model}, {os.cpu_count()} cores; 1 worker on core {options.proxy_core}, wrk and origin on core "
              f"{options.load_core}; clients speak {options.speak}, {options.connections if options.speak != 'http2' else '8x16'} "
              f"connections, {options.rounds} rounds of {options.seconds} s; "
              f"binary {binary.name}")
        base = next((p for p in proxies if p.name == "nginx"), proxies[0])
        least = {p.name: min(p.runs) for p in proxies}
        print(f"\n| proxy | CPU us/request | user | system | vs {base.name} | requests/s (best) | vs {base.name} | syscalls/request | p50 | p99 |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for proxy in proxies:
            total, user, system, _, p50, p99 = least[proxy.name]
            rate = max(run[3] for run in proxy.runs)
            syscalls = f"{proxy.syscalls:.2f}" if proxy.syscalls else "-"
            print(f"| {proxy.name} | {total:.2f} | {user:.2f} | {system:.2f} | {total / least[base.name][0]:.3f} | {rate:.0f} | "
                  f"{rate / max(run[3] for run in base.runs):.3f} | {syscalls} | {p50} | {p99} |")


if __name__ == "__main__":
    main()
