"""`gatehouse serve`: real requests through the real binary, and what goes wrong around them."""
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import unittest

from gatehouse import (GATEWAY, Case, Gateway, Process, pool, pool_ref, replace_file, route, run, service, until, workspace)
from origin import Origin


def chat_files(pods):
    return {"gateway.yaml": GATEWAY, "chat.yaml": workspace(route("chat", "/v1", pool_ref("chat")), pool("chat", pods))}


def web_files(port):
    return {"gateway.yaml": GATEWAY, "web.yaml": workspace(service("web", port), route("web", "/", "{name: web, port: 80}"))}


def sse_events(text):
    return [block[len("data: "):] for block in text.split("\n\n") if block.startswith("data: ")]


class Serve(Case):
    def origin(self, **options):
        origin = Origin(**options)
        self.addCleanup(origin.close)
        return origin

    def open_stream(self, gateway, max_tokens=300):
        """A streamed chat whose first event has arrived: (connection, answer)."""
        connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=30)
        self.addCleanup(connection.close)
        body = json.dumps({"model": "llama", "stream": True, "max_tokens": max_tokens,
                           "messages": [{"role": "user", "content": "go on"}]})
        connection.request("POST", "/v1/chat/completions", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        self.assertTrue(answer.readline().startswith(b"data: "))
        return connection, answer


class Chat(Serve):
    def test_buffered_and_streamed(self):
        _, pods = self.pods(2)
        gateway = self.gateway(chat_files(pods))
        buffered = gateway.chat()
        self.assertEqual(buffered.status, 200, buffered.text)
        self.assertTrue(buffered.json()["choices"][0]["message"]["content"])
        streamed = gateway.chat(stream=True)
        self.assertEqual(streamed.status, 200)
        self.assertTrue(streamed.headers["Content-Type"].startswith("text/event-stream"))
        events = sse_events(streamed.text)
        self.assertGreater(len(events), 3)
        self.assertEqual(events[-1].strip(), "[DONE]")

    def test_each_request_is_recorded_with_its_pod_and_the_reason(self):
        _, pods = self.pods(2)
        gateway = self.gateway(chat_files(pods))
        answer = gateway.chat()
        record = gateway.records()[0]
        self.assertEqual(record["status"], 200)
        self.assertIn(record["pod"], [f"default/chat-{i}" for i in range(2)])
        self.assertTrue(record["steps"], record)
        self.assertIn("x-request-id", {name.lower() for name in answer.headers})
        self.assertIn(answer.headers["x-request-id"], json.dumps(record))

    def test_picks_by_metrics_once_they_are_there(self):
        _, pods = self.pods(2)
        gateway = self.gateway(chat_files(pods))

        def picked_by_metrics():
            gateway.chat(max_tokens=1)
            return gateway.records()[0]["pick"]["method"] == "cost"
        until("a pick is made by metrics", picked_by_metrics)

    def test_the_access_log_is_json_lines(self):
        _, pods = self.pods()
        log = self.folder() / "access.log"
        gateway = self.gateway(chat_files(pods), "--access-log", log)
        gateway.chat()
        gateway.ask("GET", "/nowhere")
        lines = until("both are logged", lambda: log.exists() and len(log.read_text().splitlines()) >= 2
                      and log.read_text().splitlines())
        self.assertEqual({json.loads(line)["status"] for line in lines}, {200, 404})

    def test_admin_pages(self):
        _, pods = self.pods()
        gateway = self.gateway(chat_files(pods))
        gateway.chat()
        self.assertEqual(gateway.admin("/healthz").status, 200)
        self.assertEqual(gateway.admin("/readyz").status, 200)
        self.assertRegex(until("it is counted", lambda: gateway.admin("/metrics").text), r"(?m)^gatehouse_\w+(\{.*\})? [0-9.e+]+$")
        self.assertIn("HTTPRoute", gateway.admin("/config").text)
        self.assertIn("chat-0", until("the pod is seen", lambda: gateway.admin("/pools").text))
        self.assertEqual(gateway.admin("/no-such-page").status, 404)

    def test_a_picker_that_cannot_be_bound_ends_the_start(self):
        folder = self.folder({"chat.yaml": pool("chat", [])})
        self.assertEqual(run("serve", folder, "--picker", "nowhere")[0], 2)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            code, _, err = run("serve", folder, "--picker", f"127.0.0.1:{taken.getsockname()[1]}")
        self.assertEqual(code, 1)
        self.assertIn("already in use", err)

    def test_a_picker_needs_no_listener(self):
        process = self.keep(Process("serve", self.folder({"chat.yaml": pool("chat", [])}), "--picker", "127.0.0.1:0"))
        port = int(process.line(r"^picker at 127\.0\.0\.1:(\d+)$").group(1))
        socket.create_connection(("127.0.0.1", port), timeout=20).close()
        self.assertEqual(process.stop(), 0)

    def test_admin_is_refused_beyond_loopback(self):
        code, _, err = run("serve", self.folder(chat_files([])), "--admin", "0.0.0.0:0")
        self.assertEqual(code, 1)
        self.assertIn("loopback", err)


class Faults(Serve):
    def test_a_pod_killed_mid_stream_ends_that_stream_only(self):
        doomed, (first,) = self.pods(1)
        gateway = self.gateway(chat_files([first]))
        _, answer = self.open_stream(gateway)
        doomed.kill()
        try:
            rest = answer.read().decode()
            # Where the stream could be ended properly, it must say that it is not whole.
            self.assertNotIn("[DONE]", rest)
            self.assertIn("error", rest)
        except (http.client.IncompleteRead, ConnectionError):
            pass
        record = gateway.failure()
        self.assertEqual(record["error"], "upstream-reset", record)
        self.assertTrue(record["errorSentence"], record)
        self.assertEqual(gateway.admin("/healthz").status, 200)

    def test_after_a_pod_died_every_request_finds_the_other(self):
        doomed, (first,) = self.pods(1)
        _, (second,) = self.pods(1)
        gateway = self.gateway(chat_files([first, second]))
        self.assertEqual(gateway.chat(max_tokens=1).status, 200)
        doomed.kill()
        for _ in range(20):
            answer = gateway.chat(max_tokens=1)
            self.assertEqual(answer.status, 200, answer.text)

    def test_a_dead_upstream_is_503_and_leaks_nothing(self):
        port = self.closed_port()
        gateway = self.gateway(web_files(port))
        answer = gateway.ask("GET", "/")
        self.assertEqual(answer.status, 503, answer.text)
        self.assertNotIn(str(port), answer.text)
        record = gateway.failure()
        self.assertEqual(record["error"], "upstream-connect", record)

    def test_an_upstream_that_breaks_the_protocol_is_502(self):
        gateway = self.gateway(web_files(self.origin().port))
        self.assertEqual(gateway.ask("GET", "/garbage").status, 502)
        with self.assertRaises((http.client.IncompleteRead, ConnectionError)):
            gateway.ask("GET", "/cut")
        self.assertEqual(gateway.ask("GET", "/fine").text, "/fine")

    def test_a_timeout_is_504(self):
        files = web_files(self.origin().port)
        files["web.yaml"] = files["web.yaml"].replace("      backendRefs", "      timeouts: {request: 200ms}\n      backendRefs")
        gateway = self.gateway(files)
        answer = gateway.ask("GET", "/hang")
        self.assertEqual(answer.status, 504, answer.text)

    def test_one_broken_rule_answers_500_alone(self):
        origin = self.origin()
        gateway = self.gateway({"gateway.yaml": GATEWAY, "web.yaml": workspace(
            service("web", origin.port), route("web", "/web", "{name: web, port: 80}"), route("bad", "/bad", "{name: nobody, port: 80}"))})
        self.assertEqual(gateway.ask("GET", "/bad").status, 500)
        self.assertEqual(gateway.ask("GET", "/web").status, 200)
        self.assertEqual(gateway.ask("GET", "/other").status, 404)
        self.assertTrue(gateway.process.find("nobody", gateway.process.log), gateway.process.log)


class Clients(Serve):
    BIG = 256 << 20

    def refused_body(self, gateway, head):
        """Sends a body until the answer comes; never all of it. The status."""
        connection = gateway.raw()
        self.addCleanup(connection.close)
        connection.sendall(head)
        chunked = b"chunked" in head
        block = b"x" * (1 << 16)
        if chunked:
            block = b"%x\r\n%s\r\n" % (len(block), block)
        connection.settimeout(0)
        sent, received = 0, b""
        deadline = time.monotonic() + 60
        while b"\r\n\r\n" not in received and time.monotonic() < deadline and sent < self.BIG:
            try:
                received += connection.recv(65536)
            except BlockingIOError:
                pass
            except ConnectionError:
                break
            try:
                sent += connection.send(block[sent % len(block):])
            except BlockingIOError:
                time.sleep(0.001)
            except ConnectionError:
                # Closed for writing; the answer may still be here.
                connection.settimeout(5)
                try:
                    received += connection.recv(65536)
                except OSError:
                    pass
                break
        self.assertLess(sent, self.BIG, "the whole body was taken")
        self.assertTrue(received, f"no answer after {sent} bytes")
        return int(received.split()[1])

    def test_a_256_mb_body_is_413(self):
        _, pods = self.pods()
        origin = self.origin()
        files = chat_files(pods)
        files["web.yaml"] = workspace(service("web", origin.port), route("web", "/web", "{name: web, port: 80}"))
        gateway = self.gateway(files)
        for path in ("/web", "/v1/chat/completions"):
            head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            declared = (head + f"Content-Length: {self.BIG}\r\n\r\n").encode()
            self.assertEqual(self.refused_body(gateway, declared), 413, path)
            chunked = (head + "Transfer-Encoding: chunked\r\n\r\n").encode()
            self.assertEqual(self.refused_body(gateway, chunked), 413, path)
        self.assertEqual(gateway.ask("POST", "/web", b"x" * (1 << 20)).text, str(1 << 20))
        errors = [record.get("error") for record in gateway.records(5)]
        self.assertEqual(errors.count("body-too-large"), 4, errors)

    def test_a_client_that_reads_slowly_costs_no_memory_and_stops_nobody(self):
        origin = self.origin(big=128 << 20)
        gateway = self.gateway(web_files(origin.port))
        gateway.ask("GET", "/warm")

        def resident():
            return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{gateway.process.child.pid}/status").read_text()).group(1)) << 10
        before = resident()
        slow = []
        for _ in range(4):
            connection = gateway.raw()
            self.addCleanup(connection.close)
            connection.sendall(b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertTrue(connection.recv(1024).startswith(b"HTTP/1.1 200"))
            slow.append(connection)
        until("all four are under way", lambda: sum(path == "/big" for _, path, _ in origin.seen) == 4)
        for index in range(50):
            self.assertEqual(gateway.ask("GET", f"/quick/{index}").text, f"/quick/{index}")
        self.assertLess(resident() - before, 32 << 20, "the answers are held in memory")

    def test_slow_heads_are_cut_and_stop_nobody(self):
        gateway = self.gateway(web_files(self.origin().port))
        slow = [gateway.raw() for _ in range(100)]
        for connection in slow:
            self.addCleanup(connection.close)
            connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        for index in range(20):
            self.assertEqual(gateway.ask("GET", f"/{index}").status, 200)
        slow[0].settimeout(30)
        answer = slow[0].recv(4096)  # The limit is 10 s from the first byte.
        self.assertTrue(answer == b"" or answer.startswith(b"HTTP/1.1 408"), answer)

    def test_a_client_that_leaves_mid_stream_is_recorded_and_frees_the_pod(self):
        _, pods = self.pods()
        gateway = self.gateway(chat_files(pods))
        connection, _ = self.open_stream(gateway, max_tokens=2000)
        connection.close()
        record = gateway.failure()
        self.assertEqual(record["error"], "client-left", record)

    def test_doubtful_requests_are_refused(self):
        gateway = self.gateway(web_files(self.origin().port))
        for head in (b"GET / HTTP/1.1\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                     b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                     b"GET / HTTP/1.1\nHost: a\n\n",
                     b"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
                     b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello\r\n\r\n"):
            with gateway.raw() as connection:
                connection.sendall(head)
                answer = connection.recv(4096)
                self.assertTrue(answer == b"" or answer.startswith(b"HTTP/1.1 400"), (head, answer))
        self.assertEqual(gateway.ask("GET", "/fine").text, "/fine")


class Reload(Serve):
    def edit(self, gateway, name, text, patience=20.0):
        """Saves a file, and waits until it runs."""
        path = gateway.folder / name
        before = len([line for line in gateway.process.log if "Generation" in line])
        replace_file(path, text)
        until("the edit runs", lambda: len([line for line in gateway.process.log if "Generation" in line]) > before, patience)

    def test_an_edit_runs_and_a_broken_one_is_told_while_the_rest_serves_on(self):
        origin = self.origin()
        gateway = self.gateway(web_files(origin.port))
        self.assertEqual(gateway.ask("GET", "/extra").text, "/extra")
        self.edit(gateway, "extra.yaml", route("extra", "/extra", "{name: nobody, port: 80}"))
        self.assertEqual(gateway.ask("GET", "/extra").status, 500)
        self.edit(gateway, "extra.yaml", "kind: [\n")
        self.assertTrue(gateway.process.find(r"extra\.yaml:\d+:\d+: error", gateway.process.log), gateway.process.log)
        self.assertEqual(gateway.ask("GET", "/other").text, "/other")
        before = len(gateway.process.log)
        (gateway.folder / "extra.yaml").unlink()
        until("the removal runs", lambda: any("Generation" in line for line in gateway.process.log[before:]))
        self.assertEqual(gateway.ask("GET", "/extra").text, "/extra")

    def test_text_that_cannot_be_read_leaves_running_what_it_said(self):
        origin = self.origin()
        gateway = self.gateway(web_files(origin.port))
        good = (gateway.folder / "web.yaml").read_text()
        self.edit(gateway, "web.yaml", good.replace("spec:", "spec: [", 1))
        self.assertEqual(gateway.ask("GET", "/x").text, "/x")
        self.assertTrue(gateway.process.find(r"web\.yaml:\d+:\d+: warning GH1017 .* runs? on as ", gateway.process.log),
                        gateway.process.log)
        self.edit(gateway, "gateway.yaml", "kind: [\n")
        self.assertEqual(gateway.ask("GET", "/y").text, "/y")
        before = len(gateway.process.log)
        (gateway.folder / "web.yaml").unlink()
        until("the removal runs", lambda: any("Generation" in line for line in gateway.process.log[before:]))
        self.assertEqual(gateway.ask("GET", "/x").status, 404)

    def test_a_file_that_is_rewritten_in_pieces_is_read_when_it_is_whole(self):
        origin = self.origin()
        gateway = self.gateway(web_files(origin.port))
        for turn in range(10):
            text = workspace(*(route(f"r{i}", f"/turn{turn}-{i}", "{name: web, port: 80}") for i in range(20)))
            with open(gateway.folder / "more.yaml", "w") as file:  # In place, as many editors and scripts do.
                for at in range(0, len(text), 500):
                    file.write(text[at:at + 500])
                    file.flush()
            until("the edit runs", lambda: f"/turn{turn}-19" in gateway.admin("/config").text)
            self.assertEqual(gateway.ask("GET", f"/turn{turn}-0").text, f"/turn{turn}-0")
        self.assertFalse([line for line in gateway.process.log if "GH1017" in line or "error" in line], gateway.process.log)

    def test_the_swap_of_a_config_map_volume_runs(self):
        """As kubelet lays it out: routes.yaml -> ..data/routes.yaml, ..data -> ..TIME, and ..data is replaced."""
        origin = self.origin()
        volume = self.folder(web_files(origin.port))

        def lay(turn):
            (volume / f"..{turn}").mkdir()
            (volume / f"..{turn}" / "turn.yaml").write_text(route("turn", f"/turn{turn}", "{name: nobody, port: 80}"))
            (volume / "..data_tmp").symlink_to(f"..{turn}")
            os.replace(volume / "..data_tmp", volume / "..data")

        lay(0)
        (volume / "turn.yaml").symlink_to("..data/turn.yaml")
        gateway = Gateway(volume)
        self.keep(gateway.process)
        self.assertEqual(gateway.ask("GET", "/turn0").status, 500)
        for turn in range(1, 4):
            lay(turn)
            shutil.rmtree(volume / f"..{turn - 1}")
            until("the swap runs", lambda: gateway.ask("GET", f"/turn{turn}").status == 500)
            self.assertEqual(gateway.ask("GET", f"/turn{turn - 1}").status, 200)

    def test_a_listener_that_comes_and_goes(self):
        origin = self.origin()
        gateway = self.gateway(web_files(origin.port))
        more = GATEWAY.replace("{name: test}", "{name: more}").replace("8080", str(self.closed_port()))
        self.edit(gateway, "more.yaml", workspace(more, route("more", "/", "{name: web, port: 80}").replace("name: test", "name: more")))
        logical = int(re.search(r"port: (\d+), protocol", more).group(1))
        gateway.process.line(rf"^port {logical} at http://127\.0\.0\.1:{logical}$")
        self.assertEqual(gateway.ask("GET", "/x", port=logical).text, "/x")
        (gateway.folder / "more.yaml").unlink()
        gateway.process.line(rf"Port {logical} is closed", gateway.process.log)
        with self.assertRaises(OSError):
            gateway.ask("GET", "/x", port=logical)
        self.assertEqual(gateway.ask("GET", "/x").text, "/x")

    def load(self, gateway, path, stop, failures, counts):
        """One keep-alive client; whatever is not a 200 with the right body is a failure."""
        def work():
            connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=20)
            while not stop.is_set():
                try:
                    connection.request("GET", path)
                    answer = connection.getresponse()
                    body = answer.read()
                    if answer.status != 200 or body != path.encode():
                        failures.append((answer.status, body[:200]))
                except (OSError, http.client.HTTPException) as error:
                    failures.append(repr(error))
                    connection.close()
                counts.append(1)
            connection.close()
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def test_no_request_is_lost_while_the_configuration_is_swapped_under_load(self):
        origin = self.origin()
        gateway = self.gateway(web_files(origin.port))
        stop, failures, counts = threading.Event(), [], []
        threads = [self.load(gateway, f"/load/{index}", stop, failures, counts) for index in range(4)]
        try:
            for round in range(25):
                routes = [route(f"r{index}", f"/other/{round}/{index}", "{name: web, port: 80}") for index in range(round % 7)]
                weights = f"{{name: web, port: 80, weight: {1 + round % 9}}}"
                self.edit(gateway, "web.yaml", workspace(service("web", origin.port), route("web", "/", weights), *routes))
                until("requests go on", lambda: len(counts) >= 8 * (round + 1))
        finally:
            stop.set()
            for thread in threads:
                thread.join(30)
        self.assertEqual(failures, [])

    @unittest.skipUnless(shutil.which("wrk"), "wrk is not installed")
    def test_wrk_counts_no_failed_request_during_swaps(self):
        _, pods = self.pods(2)
        gateway = self.gateway(chat_files(pods))
        load = subprocess.Popen(["wrk", "-t1", "-c16", "-d6s", f"http://127.0.0.1:{gateway.port}/v1/models"],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        swaps = 0
        while load.poll() is None:
            self.edit(gateway, "more.yaml", route("more", f"/more/{swaps}", "{name: nobody, port: 80}"))
            swaps += 1
        told = load.stdout.read()
        load.stdout.close()
        self.assertNotIn("Non-2xx", told)
        self.assertNotIn("Socket errors", told)
        self.assertGreater(int(re.search(r"(\d+) requests in", told).group(1)), 100, told)
        self.assertGreater(swaps, 5)


class Life(Serve):
    def test_a_port_in_use_is_one_clear_sentence(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            code, _, err = run("serve", self.folder({"a.yaml": GATEWAY}), "--listen", f"8080=127.0.0.1:{port}")
        self.assertEqual(code, 1)
        self.assertIn(str(port), err)
        self.assertIn("in use", err)

    def test_a_port_in_use_stops_only_its_listener(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            both = GATEWAY.replace("protocol: HTTP}]", f"protocol: HTTP}}, {{name: other, port: {port}, protocol: HTTP}}]")
            gateway = self.gateway({"a.yaml": both})
            self.assertEqual(gateway.ask("GET", "/").status, 404)
            self.assertTrue(gateway.process.find(rf"a\.yaml:\d+:\d+: error GH4003 Port {port} is in use", gateway.process.log), gateway.process.log)

    def test_a_listen_option_for_no_listener_is_told(self):
        gateway = self.gateway({"a.yaml": GATEWAY}, "--listen", "81=127.0.0.1:0")
        gateway.process.line(r"--listen 81=127\.0\.0\.1:0 has no effect", gateway.process.log)

    def test_hangup_tries_a_port_again_and_turns_the_access_log(self):
        log = self.folder() / "access.log"
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            both = GATEWAY.replace("protocol: HTTP}]", f"protocol: HTTP}}, {{name: other, port: {port}, protocol: HTTP}}]")
            gateway = self.gateway({"a.yaml": both}, "--access-log", str(log))
            gateway.process.line(rf"Port {port} is not served", gateway.process.log)
        gateway.ask("GET", "/first")
        until("the line is written", lambda: "/first" in log.read_text())
        log.rename(log.parent / "access.log.1")
        gateway.process.child.send_signal(signal.SIGHUP)
        gateway.process.line(rf"^port {port} at ")
        self.assertEqual(gateway.ask("GET", "/second", port=port).status, 404)
        until("the line is in the new file", lambda: log.exists() and "/second" in log.read_text())
        self.assertNotIn("/second", (log.parent / "access.log.1").read_text())

    def test_idle_it_holds_less_than_30_mb(self):
        gateway = self.gateway({"a.yaml": GATEWAY}, "--workers", "1")
        gateway.ask("GET", "/")
        process = pathlib.Path(f"/proc/{gateway.process.child.pid}")
        maps = (process / "maps").read_text()
        if "libasan" in maps or "libtsan" in maps:
            self.skipTest("a sanitizer's memory is not ours")
        # It serves before it gives back what only the start needed.
        until("it holds less than 30 MB", lambda: int(re.search(r"VmRSS:\s+(\d+)", (process / "status").read_text()).group(1)) < 30 * 1024)

    def test_nothing_to_open(self):
        code, _, err = run("serve", "/no/such/folder")
        self.assertEqual(code, 1)
        self.assertIn("/no/such/folder", err)

    def test_an_empty_folder_waits_for_its_first_gateway(self):
        folder = self.folder()
        process = self.keep(Process("serve", folder, "--listen", "8080=127.0.0.1:0"))
        process.line("no Gateway listener yet", process.log)
        (folder / "a.yaml").write_text(GATEWAY)
        process.line(r"^port 8080 at ")

    def test_a_stream_in_flight_finishes_after_sigterm(self):
        _, pods = self.pods()
        gateway = self.gateway(chat_files(pods))
        _, answer = self.open_stream(gateway, max_tokens=120)
        gateway.process.child.terminate()
        self.assertIn(b"[DONE]", answer.read())
        self.assertEqual(gateway.process.ended(), 0)
        with self.assertRaises(OSError):
            gateway.ask("GET", "/")

    def test_idle_stop_is_quick_and_clean(self):
        gateway = self.gateway({"a.yaml": GATEWAY})
        gateway.ask("GET", "/")
        before = time.monotonic()
        self.assertEqual(gateway.process.stop(), 0)
        self.assertLess(time.monotonic() - before, 5)

    def test_the_headless_demo_shows_live_pods(self):
        demo = self.keep(Process("serve", "--demo"))
        port = int(demo.line(r"^port 8080 at http://127\.0\.0\.1:(\d+)$").group(1))
        demo.line(r"^pod +queue +running +KV % +GPU % +picks +share$")
        until("eight pods are shown with picks", lambda: len({line.split()[0] for line in list(demo.lines)
                                                              if re.match(r"^\S+/\S+ +\d+ +\d+ +[\d.]+ +[\d.]+ +[1-9]\d* ", line)}) == 8)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("POST", "/v1/chat/completions", json.dumps(
            {"model": "llama", "messages": [{"role": "user", "content": "hello"}], "max_tokens": 4}), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200, answer.read())
        connection.close()
        self.assertEqual(demo.stop(), 0)


class Pods(Serve):
    def test_they_speak_openai_and_vllm(self):
        _, pods = self.pods(2)
        for pod in pods:
            connection = http.client.HTTPConnection("127.0.0.1", pod.port, timeout=20)
            for path, part in (("/health", ""), ("/v1/models", pod.model), ("/metrics", "vllm:num_requests_waiting"),
                               ("/metrics", "DCGM_FI_DEV_FB_USED")):
                connection.request("GET", path)
                answer = connection.getresponse()
                self.assertEqual(answer.status, 200)
                self.assertIn(part, answer.read().decode())
            connection.close()

    def test_faults(self):
        _, pods = self.pods(3, "--fault", "0:no-metrics", "--fault", "pod-1:error=1", "--fault", "2:crash")
        def status(pod, method, path, body=None):
            connection = http.client.HTTPConnection("127.0.0.1", pod.port, timeout=20)
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            connection.close()
            return answer.status
        self.assertEqual(status(pods[0], "GET", "/metrics"), 404)
        chat = json.dumps({"model": pods[1].model, "messages": [{"role": "user", "content": "x"}]})
        self.assertEqual(status(pods[1], "POST", "/v1/chat/completions", chat), 500)
        with self.assertRaises(OSError):
            status(pods[2], "GET", "/health")

    def test_profiles_are_listed(self):
        code, out, _ = run("pods", "--profile", "help")
        self.assertEqual(code, 0)
        self.assertIn("llama-8b", out.split())

    def test_a_port_in_use_is_told(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            code, out, err = run("pods", "--port-base", taken.getsockname()[1])
        self.assertEqual((code, out), (1, ""))
        self.assertIn("in use", err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
