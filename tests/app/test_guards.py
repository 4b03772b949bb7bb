"""Guards on requests and answers through the real binary: every client dialect, buffered and streamed, a provider of our own."""
import http.client
import json

from gatehouse import GATEWAY, Case, LocalServer, QuietHandler, until, workspace

SECRET = "4111 1111 1111 1111"
POLICY = """apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {name: guards}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]
  ai:
    defaults: [{field: temperature, value: "0.25"}]
    promptEnrichment: {prepend: [{role: SYSTEM, content: Be brief.}]}
    promptGuard:
      request: {regex: {builtins: [SSN], action: MASK}}
      response: {regex: {builtins: [CREDIT_CARD, EMAIL]}}
"""


def backend(port):
    return f"""apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: gpt}}
spec:
  type: AI
  ai: {{llm: {{host: 127.0.0.1, port: {port}, openai: {{authToken: {{kind: Inline, inline: sk-test}}, model: m}}}}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: chat}}
spec:
  parentRefs: [{{name: test}}]
  rules:
    - backendRefs: [{{group: gateway.kgateway.dev, kind: Backend, name: gpt}}]
"""


class Provider(LocalServer):
    """Answers chats of OpenAI's API with a card number, in streams in pieces of three characters."""

    def __init__(self):
        self.bodies = []
        self.streams_as = "text/event-stream"
        super().__init__(Answer)


class Answer(QuietHandler):
    protocol_version = "HTTP/1.1"
    text = f"Your card {SECRET} is kept for ada@example.org today."

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        usage = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
        if not body.get("stream"):
            self.say("application/json", json.dumps({
                "id": "c", "object": "chat.completion", "created": 1, "model": "m", "usage": usage,
                "choices": [{"index": 0, "message": {"role": "assistant", "content": self.text}, "finish_reason": "stop"}]}))
            return

        def chunk(delta, finish=None):
            return "data: " + json.dumps({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m",
                                          "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}) + "\n\n"
        events = [chunk({"role": "assistant", "content": ""})]
        events += [chunk({"content": self.text[at:at + 3]}) for at in range(0, len(self.text), 3)]
        events += [chunk({}, "stop"), "data: " + json.dumps({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m",
                                                             "choices": [], "usage": usage}) + "\n\n", "data: [DONE]\n\n"]
        self.say(self.server.streams_as, "".join(events))

    def say(self, kind, text):
        data = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


MASKED = "Your card <CREDIT_CARD> is kept for <EMAIL_ADDRESS> today."


class Guards(Case):
    def setUp(self):
        super().setUp()
        self.provider = Provider()
        self.addCleanup(self.provider.stop)
        self.served = self.gateway({"gateway.yaml": GATEWAY, "llm.yaml": workspace(backend(self.provider.port), POLICY)})

    def post(self, path, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=30)
        self.addCleanup(connection.close)
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read().decode()
        self.assertEqual(answer.status, 200, text)
        self.assertNotIn("4111", text)
        self.assertNotIn("ada@", text)
        return text

    def events(self, text):
        return [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]

    def asked(self):
        return self.provider.bodies[-1]

    def test_chat(self):
        body = {"model": "m", "messages": [{"role": "user", "content": "my number is 123-45-6789"}]}
        answer = json.loads(self.post("/v1/chat/completions", body))
        self.assertEqual(answer["choices"][0]["message"]["content"], MASKED)
        self.assertEqual([m["content"] for m in self.asked()["messages"]], ["Be brief.", "my number is <SSN>"])
        self.assertEqual(self.asked()["temperature"], 0.25)
        text = self.post("/v1/chat/completions", {**body, "stream": True, "temperature": 0})
        self.assertEqual(self.asked()["temperature"], 0)
        self.assertTrue(text.endswith("data: [DONE]\n\n"))
        self.assertEqual("".join(c["delta"].get("content", "") for e in self.events(text) for c in e["choices"]), MASKED)

    def test_streams_however_their_type_is_written(self):
        for kind in ("Text/Event-Stream", "TEXT/EVENT-STREAM; charset=utf-8", "text/event-stream ;charset=UTF-8"):
            self.provider.streams_as = kind
            text = self.post("/v1/chat/completions", {"model": "m", "stream": True, "messages": [{"role": "user", "content": "hi"}]})
            self.assertEqual("".join(c["delta"].get("content", "") for e in self.events(text) for c in e["choices"]), MASKED, kind)

    def test_messages(self):
        body = {"model": "m", "max_tokens": 50, "messages": [{"role": "user", "content": [{"type": "text", "text": "123-45-6789"}]}]}
        answer = json.loads(self.post("/v1/messages", body))
        self.assertEqual(answer["content"][0]["text"], MASKED)
        self.assertNotIn("123-45-6789", json.dumps(self.asked()))
        self.assertIn("Be brief.", json.dumps(self.asked()))
        events = self.events(self.post("/v1/messages", {**body, "stream": True}))
        self.assertEqual("".join(e["delta"]["text"] for e in events if e["type"] == "content_block_delta"), MASKED)
        self.assertEqual([e["type"] for e in events if e["type"] != "content_block_delta" and e["type"] != "ping"],
                         ["message_start", "content_block_start", "content_block_stop", "message_delta", "message_stop"])

    def test_generate(self):
        body = {"contents": [{"role": "user", "parts": [{"text": "123-45-6789"}]}]}
        answer = json.loads(self.post("/v1beta/models/m:generateContent", body))
        self.assertEqual(answer["candidates"][0]["content"]["parts"][0]["text"], MASKED)
        self.assertNotIn("123-45-6789", json.dumps(self.asked()))
        self.assertIn("Be brief.", json.dumps(self.asked()))
        events = self.events(self.post("/v1beta/models/m:streamGenerateContent?alt=sse", body))
        texts = [p.get("text", "") for e in events for c in e.get("candidates", []) for p in c.get("content", {}).get("parts", [])]
        self.assertEqual("".join(texts), MASKED)
        listed = json.loads(self.post("/v1beta/models/m:streamGenerateContent", body))
        texts = [p.get("text", "") for e in listed for c in e.get("candidates", []) for p in c.get("content", {}).get("parts", [])]
        self.assertEqual("".join(texts), MASKED)


class Judge(LocalServer):
    """A guard's webhook by kgateway's API, and a moderation: masks "secret", refuses "forbidden", flags "bad"; `nonsense` spoils it."""

    def __init__(self):
        self.asked = []
        self.nonsense = None
        super().__init__(Verdict)


class Verdict(QuietHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, json.loads(text), dict(self.headers)))
        status, answer = 200, self.verdict(json.loads(text))
        if self.server.nonsense is not None:
            status, answer = self.server.nonsense
        data = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def verdict(self, body):
        if "input" in body:
            return {"results": [{"flagged": "bad" in text, "categories": {"violence": "bad" in text}} for text in body["input"]]}
        body = body["body"]
        messages = body["messages"] if "messages" in body else [choice["message"] for choice in body["choices"]]
        if any("forbidden" in message["content"] for message in messages):
            return {"action": {"body": "Not here.", "status_code": 422, "reason": "a word"}}
        masked = any("secret" in message["content"] for message in messages)
        for message in messages:
            message["content"] = message["content"].replace("secret", "***")
        return {"action": {"body": body, "reason": "words"} if masked else {}}


class Services(Case):
    """TrafficPolicy.ai.promptGuard with webhooks and a moderation, from YAML to the metrics."""

    def setUp(self):
        super().setUp()
        self.provider = Provider()
        self.addCleanup(self.provider.stop)
        self.judge = Judge()
        self.addCleanup(self.judge.stop)
        at = self.judge.port
        policy = f"""apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {{name: guards, annotations: {{gatehouse.dev/moderation-host: "127.0.0.1:{at}"}}}}
spec:
  targetRefs: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}}]
  ai:
    promptGuard:
      request:
        customResponse: {{message: Flagged., statusCode: 451}}
        webhook: {{host: {{host: 127.0.0.1, port: {at}}}, forwardHeaderMatches: [{{name: x-team, value: blue|red, type: RegularExpression}}]}}
        regex: {{builtins: [SSN]}}
        moderation: {{openAIModeration: {{authToken: {{kind: Inline, inline: sk-moderation}}, model: omni-moderation-latest}}}}
      response:
        webhook: {{host: {{host: 127.0.0.1, port: {at}}}}}
        regex: {{builtins: [CREDIT_CARD, EMAIL]}}
"""
        self.served = self.gateway({"gateway.yaml": GATEWAY, "llm.yaml": workspace(backend(self.provider.port), policy)})

    def post(self, path, body, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=30)
        self.addCleanup(connection.close)
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def chat(self, text, stream=False, headers=None):
        return self.post("/v1/chat/completions", {"model": "m", "stream": stream, "messages": [{"role": "user", "content": text}]}, headers)

    def test_each_guard_in_its_order(self):
        status, text = self.chat("a secret, 123-45-6789", headers={"X-Team": "red", "Authorization": "Bearer client"})
        self.assertEqual(status, 200, text)
        self.assertEqual(self.provider.bodies[-1]["messages"][0]["content"], "a ***, <SSN>")
        self.assertEqual([path for path, _, _ in self.judge.asked], ["/request", "/v1/moderations", "/response"])
        hook, moderation, answer = self.judge.asked
        self.assertEqual(hook[1], {"body": {"messages": [{"role": "user", "content": "a secret, 123-45-6789"}]}})
        self.assertEqual(hook[2].get("X-Team"), "red")
        self.assertNotIn("Authorization", hook[2])
        self.assertEqual(moderation[1], {"input": ["a ***, <SSN>"], "model": "omni-moderation-latest"})
        self.assertEqual(moderation[2]["Authorization"], "Bearer sk-moderation")
        self.assertIn(SECRET, answer[1]["body"]["choices"][0]["message"]["content"])
        self.assertEqual(json.loads(text)["choices"][0]["message"]["content"], MASKED)

    def test_refusals_speak_the_clients_dialect(self):
        status, text = self.post("/v1/messages", {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "forbidden"}]})
        self.assertEqual((status, json.loads(text)["error"]["message"]), (422, "Not here."))
        status, text = self.chat("bad")
        self.assertEqual((status, json.loads(text)["error"]["message"]), (451, "Flagged."))
        self.assertEqual(self.provider.bodies, [])

    def test_streams(self):
        status, text = self.chat("hi", stream=True)
        self.assertEqual(status, 200)
        events = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]
        self.assertEqual("".join(c["delta"].get("content", "") for e in events for c in e["choices"]), MASKED)
        self.assertTrue(text.endswith("data: [DONE]\n\n"))

    def test_what_passes_is_counted(self):
        for _ in range(5):
            self.assertEqual(self.chat("hello")[0], 200)
        self.assertEqual(self.chat("hello", stream=True)[0], 200)

        def outcomes():
            return dict(line.rsplit(" ", 1) for line in self.served.admin("/metrics").text.splitlines() if line.startswith("gatehouse_guard_outcomes_total{"))
        until("the metrics", lambda: any(line.endswith("direction=\"request\",outcome=\"passed\"}") and count == "6" for line, count in outcomes().items()))
        asked = {line.split(",")[0]: count for line, count in outcomes().items() if "direction=\"request\"" in line}
        self.assertEqual(set(asked.values()), {"6"}, outcomes())

    def test_nonsense_stops_everything_and_is_counted(self):
        for nonsense in ((200, "<html>"), (200, {"verdict": True}), (500, {"action": {}}), (200, {"action": {"body": {"messages": []}}})):
            self.judge.nonsense = nonsense
            status, text = self.chat("hello")
            self.assertEqual(status, 503, text)
            self.assertEqual(json.loads(text)["error"]["message"], "A guard of this route could not check the text.")
        self.assertEqual(self.provider.bodies, [])
        self.judge.stop()
        self.assertEqual(self.chat("hello")[0], 503)
        until("the metrics", lambda: 'outcome="failed"} 5' in self.served.admin("/metrics").text)
        self.assertIn('gatehouse_guard_outcomes_total{guard="ai.promptGuard.request.webhook",kind="webhook",direction="request",outcome="failed"} 5',
                      self.served.admin("/metrics").text)


if __name__ == "__main__":
    import unittest
    unittest.main()
