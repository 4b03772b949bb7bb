"""`gatehouse serve --capture`: what both sides said, through the real binary, and never a secret of theirs."""
import json
import unittest

from gatehouse import GATEWAY, Case, LocalServer, QuietHandler, pool, pool_ref, route, run, workspace

KEY = "sk-live-0123456789abcdef"

BACKEND = """
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: ai}
spec:
  type: AI
  ai:
    llm:
      host: 127.0.0.1
      port: %d
      openai:
        authToken: {kind: SecretRef, secretRef: {name: key}}
"""
SECRETS = """
apiVersion: v1
kind: Secret
metadata: {name: key}
stringData: {Authorization: "env:GATEHOUSE_TEST_KEY"}
---
apiVersion: v1
kind: Secret
metadata: {name: other}
stringData: {password: "a-password-of-another-service"}
"""


class Talkative(QuietHandler):
    """A provider that tells its key, and one that it should not know, in its answer."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        text = f"you sent {self.headers['Authorization']}, and I know a-password-of-another-service"
        body = json.dumps({"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Capture(Case):
    def capture(self, gateway):
        record = gateway.records()[0]
        self.assertTrue(record.get("captured"), record)
        return gateway.admin(f"/capture?request={record['requestId']}")

    def test_both_sides_are_kept_as_they_were(self):
        _, pods = self.pods()
        files = {"gateway.yaml": GATEWAY, "chat.yaml": workspace(route("chat", "/v1", pool_ref("chat")), pool("chat", pods))}
        gateway = self.gateway(files, "--capture", "1M")
        answer = gateway.chat(content="a question")
        self.assertEqual(answer.status, 200, answer.text)
        kept = self.capture(gateway)
        self.assertEqual(kept.status, 200, kept.text)
        said = kept.json()
        self.assertIn("a question", said["clientRequest"]["body"])
        self.assertEqual(said["clientAnswer"]["body"], answer.text)
        self.assertEqual(len(said["tries"]), 1)
        self.assertEqual(said["tries"][0]["status"], 200)
        self.assertEqual(gateway.admin("/capture?request=none").status, 404)
        self.assertEqual(gateway.admin("/capture").status, 400)

    def test_without_the_option_nothing_is_kept(self):
        _, pods = self.pods()
        files = {"gateway.yaml": GATEWAY, "chat.yaml": workspace(route("chat", "/v1", pool_ref("chat")), pool("chat", pods))}
        gateway = self.gateway(files)
        gateway.chat()
        record = gateway.records()[0]
        self.assertNotIn("captured", record)
        self.assertEqual(gateway.admin(f"/capture?request={record['requestId']}").status, 404)

    def test_no_secret_of_the_workspace_is_in_a_capture(self):
        server = LocalServer(Talkative)
        self.addCleanup(server.stop)
        ref = "{group: gateway.kgateway.dev, kind: Backend, name: ai}"
        files = {"gateway.yaml": GATEWAY, "ai.yaml": workspace(route("chat", "/v1", ref), BACKEND % server.port, SECRETS)}
        gateway = self.gateway(files, "--capture", "1M", env={"GATEHOUSE_TEST_KEY": KEY})
        answer = gateway.chat()
        self.assertEqual(answer.status, 200, answer.text)
        self.assertIn(KEY, answer.text, "what passes is not touched")
        kept = self.capture(gateway)
        self.assertEqual(kept.status, 200, kept.text)
        self.assertNotIn(KEY, kept.text)
        self.assertNotIn("a-password-of-another-service", kept.text)
        self.assertIn("you sent Bearer ***", kept.text)
        self.assertNotIn(KEY, gateway.admin("/requests").text)

    def test_a_size_must_be_one(self):
        for size in ("lots", "1K", "99999G", ""):
            code, _, err = run("serve", self.folder({"gateway.yaml": GATEWAY}), "--capture", size)
            self.assertEqual(code, 2, err)
            self.assertIn("--capture", err)


if __name__ == "__main__":
    unittest.main()
