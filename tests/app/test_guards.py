"""Guards on requests and answers through the real binary: every client dialect, buffered and streamed, a provider of our own."""
import http.client
import http.server
import json
import threading

from gatehouse import GATEWAY, Case, workspace

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


class Provider(http.server.ThreadingHTTPServer):
    """Answers chats of OpenAI's API with a card number, in streams in pieces of three characters."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.bodies = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    text = f"Your card {SECRET} is kept for ada@example.org today."

    def log_message(self, *args):
        pass

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
        self.say("text/event-stream", "".join(events))

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
        self.served = self.gateway({"gateway.yaml": GATEWAY, "llm.yaml": workspace(backend(self.provider.server_port), POLICY)})

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


if __name__ == "__main__":
    import unittest
    unittest.main()
