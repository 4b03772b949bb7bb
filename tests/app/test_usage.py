"""What models cost: price books of a workspace, receipts, totals as JSON and CSV, and export to a collector."""
import csv
import io
import json
import unittest

from gatehouse import GATEWAY, Case, LocalServer, QuietHandler, pool, pool_ref, route, run, until, workspace

BOOK = """apiVersion: v1
kind: ConfigMap
metadata:
  name: prices
  labels: {gatehouse.dev/price-book: "true"}
data:
  prices.yaml: |
    version: "2026-03-01"
    currency: EUR
    entries:
    - {provider: vllm, model: "*", input: 2, output: 10}
"""


def files(pods, book=BOOK):
    return {"gateway.yaml": GATEWAY, "prices.yaml": book, "chat.yaml": workspace(route("chat", "/v1", pool_ref("chat")), pool("chat", pods))}


class Collector:
    def __init__(self):
        posts = self.posts = []

        class Handler(QuietHandler):
            def do_POST(self):
                posts.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

        self.server = LocalServer(Handler)
        self.url = f"http://127.0.0.1:{self.server.port}"
        self.close = self.server.stop


class Usage(Case):
    def test_receipts_totals_and_csv(self):
        _, pods = self.pods()
        gateway = self.gateway(files(pods))
        self.assertEqual(gateway.admin("/usage").json()["rows"], [])
        self.assertEqual(gateway.chat().status, 200)
        self.assertEqual(gateway.chat(stream=True).status, 200)
        page = until("both are counted", lambda: (lambda p: p["total"]["requests"] == 2 and p)(gateway.admin("/usage").json()))
        nanos = 0
        for record in gateway.records(2):
            llm = record["llm"]
            receipt = llm["receipt"]
            self.assertEqual(receipt["version"], "2026-03-01")
            self.assertEqual(receipt["book"], "ConfigMap default/prices")
            self.assertEqual(receipt["nano"], llm["inputTokens"] * 2000 + llm["outputTokens"] * 10000)
            self.assertEqual(sum(line["nano"] for line in receipt["lines"]), receipt["nano"])
            nanos += receipt["nano"]
        self.assertEqual(page["total"]["amounts"], [{"currency": "EUR", "amount": page["total"]["amounts"][0]["amount"], "nano": nanos}])
        self.assertEqual(len(page["byModel"]), 1)
        self.assertEqual(page["byProvider"][0]["provider"], "model server")
        answer = gateway.admin("/usage?format=csv")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/csv"))
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0]["requests"], "2")
        self.assertEqual(rows[0]["currency"], "EUR")
        self.assertEqual(round(float(rows[0]["amount"]) * 1e9), nanos)
        self.assertEqual(gateway.admin("/usage?format=xml").status, 400)
        metrics = gateway.admin("/metrics").text
        for name in ("gen_ai_client_token_usage_bucket", "gen_ai_client_operation_duration_seconds_bucket", "gen_ai_server_time_to_first_token_seconds_bucket",
                     "gen_ai_server_time_per_output_token_seconds_bucket", "gatehouse_llm_cost_total{"):
            self.assertIn(name, metrics)

    def test_what_is_wrong_with_a_book_is_told_by_its_line(self):
        folder = self.folder(files([], BOOK + "    - {provider: vllm, model: m, input: free}\n    - {provider: nobody, model: m, input: 1, output: 1}\n"))
        code, out, _ = run("check", folder)
        self.assertEqual(code, 1)
        self.assertRegex(out, r"prices\.yaml:12:\d+: error GH4403 input must be a price per million tokens")
        self.assertRegex(out, r"prices\.yaml:13:\d+: warning GH4404 There is no provider nobody")

    def test_spans_and_metrics_reach_a_collector(self):
        collector = Collector()
        self.addCleanup(collector.close)
        _, pods = self.pods()
        gateway = self.gateway(files(pods), "--otlp", collector.url)
        gateway.ask("POST", "/v1/chat/completions", json.dumps({"model": "llama", "messages": [{"role": "user", "content": "hi"}]}),
                    {"Content-Type": "application/json", "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"})
        post = until("a span came", lambda: next((body for path, body in collector.posts if path == "/v1/traces"), None))
        span = post["resourceSpans"][0]["scopeSpans"][0]["spans"][0]
        self.assertEqual(span["traceId"], "4bf92f3577b34da6a3ce929d0e0e4736")
        self.assertEqual(span["parentSpanId"], "00f067aa0ba902b7")
        record = gateway.records()[0]
        self.assertEqual((record["traceId"], record["spanId"]), (span["traceId"], span["spanId"]))
        self.assertIn("gatehouse_otlp_dropped_total 0", gateway.admin("/metrics").text)

    def test_a_collector_must_be_a_url(self):
        code, _, err = run("serve", self.folder(files([])), "--otlp", "collector:4318")
        self.assertNotEqual(code, 0)
        self.assertIn("http://HOST:4318", err)


if __name__ == "__main__":
    unittest.main()
