#!/usr/bin/env python3
"""What many routes cost, what one connection gets, and what an exchange of 1,000 routes under load costs the clients.

Gatehouse, nginx, HAProxy and, where it is installed, Envoy with 1, 1,000 and 10,000 path prefixes (nginx: locations; HAProxy: a map, looked up by path_beg),
requests spread over all of them; the ratio is that of each proxy to itself with one route. Then one keep-alive connection; then
a new set of 1,000 routes every half second under load: failed requests, and the time until the new set answers (nginx and
HAProxy by a reload, Envoy by the file that it watches). Set-up, cores and what counts are those of run.py.

    routes.py [--gatehouse COMMAND] [--rounds 3] [--seconds 3] [--connections 64] [--only routes,one,swap]
"""
import argparse
import contextlib
import http.client
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import envoy
import run

COUNTS = (1, 1000, 10000)
PLAIN = {"listen": "", "tls": "", "listener": "{name: http, port: 80, protocol: HTTP}"}
LUA = """local n = %d
local i = 0
request = function()
  i = (i * 1103515245 + 12345) %% 2147483648
  return wrk.format("GET", "/r" .. (math.floor(i / 65536) %% n) .. "/x")
end
"""


def prefixes(count, tag=""):
    return ["/"] if count == 1 and not tag else [f"/r{i}{tag}" for i in range(count)]


def gatehouse_text(origin, paths):
    """One HTTPRoute for ten prefixes, as people write them, and a Gateway before them."""
    objects = run.WORKSPACE.format(origin=origin, **PLAIN).strip().split("\n---\n")
    head = [text for text in objects if "kind: HTTPRoute" not in text]
    for number in range(0, len(paths), 10):
        rules = "".join(f"""  - matches: [{{path: {{type: PathPrefix, value: {path}}}}}]
    backendRefs: [{{name: origin, port: 80}}]
""" for path in paths[number:number + 10])
        head.append(f"""apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: r{number // 10}, namespace: default}}
spec:
  parentRefs: [{{name: bench}}]
  rules:
{rules}""")
    return "\n---\n".join(head)


def nginx_text(folder, origin, port, paths):
    text = run.NGINX_PROXY.format(dir=folder, origin=origin, port=port, **PLAIN)
    body = re.search(r"location / \{(.*?)\}", text, re.S).group(1)
    locations = "\n".join(f"location {path} {{{body}}}" for path in paths)
    text = text.replace(f"location / {{{body}}}", locations + ("" if "/" in paths else "\nlocation / { return 404; }"))
    return text.replace("proxy.pid", f"proxy-{port}.pid").replace("http {", "http { variables_hash_max_size 65536; ", 1)


def haproxy_text(folder, origin, port, paths):
    text = run.HAPROXY.format(origin=origin, port=port, **PLAIN)
    if len(paths) == 1:
        return text
    table = pathlib.Path(folder) / f"map-{port}"
    table.write_text("".join(f"{path}/ out\n" for path in paths))
    return text.replace("  default_backend out", f"  use_backend %[path,map_beg({table},none)]\n") + "backend none\n  http-request return status 404\n"


class Bench:
    def __init__(self, options, folder, stack):
        self.options, self.folder, self.stack = options, pathlib.Path(folder), stack
        self.origin = run.free_port()
        (self.folder / "origin.conf").write_text(run.NGINX_ORIGIN.format(dir=folder, port=self.origin))
        origin = subprocess.Popen(["taskset", "-c", str(options.load_core), "nginx", "-p", folder, "-c", str(self.folder / "origin.conf")])
        stack.callback(origin.wait)
        stack.callback(origin.terminate)
        run.wait_for(self.origin, "the origin")

    def start(self, name, paths):
        port = run.free_port()
        if name == "gatehouse":
            where = self.folder / f"w{port}"
            where.mkdir()
            (where / "routes.yaml").write_text(gatehouse_text(self.origin, paths))
            command = [str(self.options.gatehouse), "serve", str(where), "--listen", f"80=127.0.0.1:{port}", "--workers", "1"]
        elif name == "nginx":
            where = self.folder / f"nginx-{port}.conf"
            where.write_text(nginx_text(str(self.folder), self.origin, port, paths))
            command = ["nginx", "-p", str(self.folder), "-c", str(where)]
        elif name == "envoy":
            where = self.folder / f"envoy{port}" / "routes.json"
            where.parent.mkdir()
            where.write_text(envoy.routes_text(paths))
            config = self.folder / f"envoy-{port}.json"
            config.write_text(envoy.config_text(str(self.folder), port, self.origin, where))
            command = envoy.command(self.options.envoy, config)
        else:
            where = self.folder / f"haproxy-{port}.cfg"
            where.write_text(haproxy_text(str(self.folder), self.origin, port, paths))
            command = ["haproxy", "-W", "-db", "-q", "-f", str(where)]
        proxy = run.Proxy(name, command, port, self.options.proxy_core)
        proxy.where = where
        self.stack.callback(proxy.stop)
        return proxy

    def load(self, proxy, count, seconds, connections, core=None):
        script = self.folder / f"n{count}.lua"
        script.write_text(LUA % count)
        out = subprocess.run(["taskset", "-c", str(self.options.load_core if core is None else core), "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
                              "-s", str(script), f"http://127.0.0.1:{proxy.port}/"], capture_output=True, text=True, check=True).stdout
        return out

    def figures(self, proxy, count, seconds, connections):
        before = run.cpu_seconds(proxy.process.pid)
        out = self.load(proxy, count, seconds, connections)
        after = run.cpu_seconds(proxy.process.pid)
        requests = int(re.search(r"(\d+) requests in", out).group(1))
        if "Non-2xx" in out or "Socket errors" in out:
            print(f"  {proxy.name}, {count}: {out}", file=sys.stderr)
        return (sum(after) - sum(before)) * 1e6 / requests, float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), re.search(r"^\s+50%\s+(\S+)", out, re.M).group(1)

    def routes(self):
        print("\n| proxy | routes | CPU us/request | vs one route | requests/s | vs one route |\n|---|---|---|---|---|---|")
        for name in self.options.peers:
            proxies = {count: self.start(name, prefixes(count)) for count in COUNTS}
            for count, proxy in proxies.items():
                self.load(proxy, count, 1, self.options.connections)
            for _ in range(self.options.rounds):
                for count, proxy in proxies.items():
                    # The same paths for all: what differs is only how many routes there are.
                    spread = COUNTS[-1] if count == 1 else count
                    proxy.runs.append(self.figures(proxy, spread, self.options.seconds, self.options.connections))
            least = {count: min(proxy.runs)[0] for count, proxy in proxies.items()}
            best = {count: max(run[1] for run in proxy.runs) for count, proxy in proxies.items()}
            for count in COUNTS:
                print(f"| {name} | {count} | {least[count]:.2f} | {least[count] / least[1]:.3f} | {best[count]:.0f} | {best[count] / best[1]:.3f} |", flush=True)
            for proxy in proxies.values():
                proxy.stop()

    def one(self):
        print("\n| proxy | one connection: requests/s | vs nginx | CPU us/request | vs nginx | p50 |\n|---|---|---|---|---|---|")
        proxies = [self.start(name, prefixes(1)) for name in self.options.peers]
        for _ in range(self.options.rounds):
            for proxy in proxies:
                proxy.runs.append(self.figures(proxy, 1, self.options.seconds, 1))
        base = proxies[1]
        for proxy in proxies:
            rate, cost = max(run[1] for run in proxy.runs), min(run[0] for run in proxy.runs)
            print(f"| {proxy.name} | {rate:.0f} | {rate / max(r[1] for r in base.runs):.3f} | {cost:.2f} | {cost / min(r[0] for r in base.runs):.3f} | {min(proxy.runs)[2]} |", flush=True)
            proxy.stop()

    def replace(self, proxy, paths):
        """Writes the new set and tells the proxy, which Gatehouse needs not."""
        if proxy.name == "gatehouse":
            new = proxy.where / "routes.new"
            new.write_text(gatehouse_text(self.origin, paths))
            os.replace(new, proxy.where / "routes.yaml")
            return
        if proxy.name == "envoy":
            new = self.folder / "routes.new"
            new.write_text(envoy.routes_text(paths))
            os.replace(new, proxy.where)
            return
        text = nginx_text(str(self.folder), self.origin, proxy.port, paths) if proxy.name == "nginx" else haproxy_text(str(self.folder), self.origin, proxy.port, paths)
        proxy.where.write_text(text)
        proxy.process.send_signal(signal.SIGHUP if proxy.name == "nginx" else signal.SIGUSR2)

    def swap(self):
        print("\n| proxy | sets of 1,000 routes | requests | failed | new set answers after ms: median | most | slowest request |\n|---|---|---|---|---|---|---|")
        for name in self.options.peers:
            # The loaded route is in every set; the others change their names.
            keep = ["/r0"]
            proxy = self.start(name, keep + prefixes(1000, "-0"))
            told = {}
            thread = threading.Thread(target=lambda: told.update(out=self.load(proxy, 1, 10, 32)))
            thread.start()
            time.sleep(0.5)
            times = []
            for turn in range(1, 16):
                began = time.perf_counter()
                self.replace(proxy, keep + prefixes(1000, f"-{turn}"))
                written = time.perf_counter()
                while True:
                    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=2)
                    try:
                        connection.request("GET", f"/r7-{turn}/x")
                        if connection.getresponse().status == 200:
                            break
                    except OSError:
                        pass
                    finally:
                        connection.close()
                    if time.perf_counter() - began > 10:
                        sys.exit(f"{name} does not take the new set")
                times.append((time.perf_counter() - (written if name in ("gatehouse", "envoy") else began)) * 1000)
                time.sleep(max(0.0, 0.5 - (time.perf_counter() - began)))
            thread.join()
            out = told["out"]
            requests = int(re.search(r"(\d+) requests in", out).group(1))
            bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
            errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", out)
            failed = (int(bad.group(1)) if bad else 0) + (sum(map(int, errors.groups())) if errors else 0)
            slowest = re.search(r"Latency\s+\S+\s+\S+\s+(\S+)", out).group(1)
            times.sort()
            print(f"| {name} | {len(times)} | {requests} | {failed} | {times[len(times) // 2]:.0f} | {times[-1]:.0f} | {slowest} |", flush=True)
            proxy.stop()


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--gatehouse", type=pathlib.Path, default=run.ROOT / "build/release/app/gatehouse")
    parse.add_argument("--rounds", type=int, default=3)
    parse.add_argument("--seconds", type=int, default=3)
    parse.add_argument("--connections", type=int, default=64)
    parse.add_argument("--only", default="routes,one,swap")
    parse.add_argument("--proxy-core", type=int, default=0)
    parse.add_argument("--load-core", type=int, default=1)
    options = parse.parse_args()
    os.environ["PATH"] += ":/usr/sbin"
    options.envoy = envoy.binary(run.ROOT)
    options.peers = ["gatehouse", "nginx", "haproxy"] + (["envoy"] if options.envoy else [])
    if not options.envoy:
        print(f"envoy is not installed, its rows are left out ({envoy.HOW})", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        os.chmod(folder, 0o755)
        bench = Bench(options, folder, stack)
        for part in options.only.split(","):
            getattr(bench, part)()


if __name__ == "__main__":
    main()
