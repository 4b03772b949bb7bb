"""agentgateway's own kinds through the real binary: providers with keys, failover with eviction, policies at several levels, guards."""
import http.client
import json

from gatehouse import GATEWAY, Case, LocalServer, QuietHandler, until, workspace

GUARDS = """apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayPolicy
metadata: {name: guards}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]
  traffic:
    headerModifiers: {response: {set: [{name: X-Policy, value: "yes"}]}}
  backend:
    ai:
      prompt: {prepend: [{role: system, content: Be brief.}]}
      modelAliases: {fast: small}
      overrides: [{field: max_tokens, value: 50}]
      transformations: [{field: user, expression: "'team-' + request.headers['x-team']"}]
      promptGuard:
        request:
        - {regex: {builtins: [Ssn]}}
        - {regex: {action: Reject, matches: [forbidden]}, response: {message: Not that., statusCode: 422}}
        response:
        - {regex: {builtins: [Email]}}
"""


class Provider(LocalServer):
    def __init__(self, name):
        self.name, self.status, self.seen = name, 200, []
        super().__init__(Answer)


class Answer(QuietHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, dict(self.headers), body))
        answer = json.dumps({"id": "c", "object": "chat.completion", "created": 1, "model": "m",
                             "usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7},
                             "choices": [{"index": 0, "finish_reason": "stop",
                                          "message": {"role": "assistant", "content": f"{self.server.name} writes to ada@example.org"}}]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def route(name):
    return f"""apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: {name}}}
spec:
  parentRefs: [{{name: test}}]
  rules: [{{name: chat, backendRefs: [{{group: agentgateway.dev, kind: AgentgatewayBackend, name: models}}]}}]
"""


class Agentgateway(Case):
    def provider(self, name):
        made = Provider(name)
        self.addCleanup(made.stop)
        return made

    def ask(self, gateway, text="hi", **fields):
        body = json.dumps({"model": "fast", "messages": [{"role": "user", "content": text}], **fields})
        connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=30)
        self.addCleanup(connection.close)
        connection.request("POST", "/v1/chat/completions", body, {"Content-Type": "application/json", "X-Team": "web"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers

    def serve_models(self, spec, *more):
        secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: {Authorization: Bearer sk-test}\n"
        backend = f"apiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayBackend\nmetadata: {{name: models}}\nspec: {spec}\n"
        return self.gateway({"gateway.yaml": GATEWAY, "llm.yaml": workspace(route("chat"), backend, secret, *more)})

    def test_one_provider_with_its_key_and_all_that_policies_do_to_a_body(self):
        upstream = self.provider("one")
        gateway = self.serve_models("{ai: {provider: {openai: {}, host: 127.0.0.1, port: %d, pathPrefix: /api/v3}}, "
                                    "policies: {auth: {secretRef: {name: keys}}, ai: {defaults: [{field: temperature, value: 0.25}]}}}" % upstream.port, GUARDS)
        status, text, head = self.ask(gateway, "my number is 123-45-6789")
        self.assertEqual(status, 200, text)
        self.assertEqual(head.get("X-Policy"), "yes")
        self.assertNotIn("ada@example.org", text)
        path, headers, body = upstream.seen[-1]
        self.assertEqual(path, "/api/v3/chat/completions")
        self.assertEqual(headers["Authorization"], "Bearer sk-test")
        self.assertEqual(body["messages"][0], {"role": "system", "content": "Be brief."})
        self.assertNotIn("123-45-6789", json.dumps(body))
        self.assertEqual((body["temperature"], body["max_tokens"], body["user"], body["model"]), (0.25, 50, "team-web", "small"))
        status, text, _ = self.ask(gateway, "a forbidden word")
        self.assertEqual(status, 422)
        self.assertIn("Not that.", text)
        self.assertEqual(len(upstream.seen), 1)

    def test_a_group_that_fails_is_left_out_for_as_long_as_its_health_says(self):
        first, second = self.provider("first"), self.provider("second")
        gateway = self.serve_models("{ai: {groups: [{providers: [{name: a, openai: {}, host: 127.0.0.1, port: %d}]}, "
                                    "{providers: [{name: b, openai: {}, host: 127.0.0.1, port: %d}]}]}, "
                                    "policies: {health: {unhealthyCondition: 'response.code >= 500', eviction: {duration: 1s, consecutiveFailures: 2}}}}"
                                    % (first.port, second.port))
        first.status = 500
        for _ in range(2):
            self.assertIn("second", self.ask(gateway)[1])
        self.assertEqual(len(first.seen), 2, "it was asked until it had failed twice")
        self.assertIn("second", self.ask(gateway)[1])
        self.assertEqual(len(first.seen), 2, "it is left out")
        first.status = 200
        until("the first one is back", lambda: "first" in self.ask(gateway)[1])

    def test_what_a_provider_of_several_has_for_itself(self):
        first, second = self.provider("first"), self.provider("second")
        gateway = self.serve_models("{ai: {groups: [{providers: [{name: a, openai: {}, host: 127.0.0.1, port: %d, "
                                    "policies: {ai: {prompt: {prepend: [{role: system, content: only a}]}}}}]}, "
                                    "{providers: [{name: b, openai: {model: other}, host: 127.0.0.1, port: %d}]}]}}" % (first.port, second.port))
        first.status = 503
        self.assertEqual(self.ask(gateway)[0], 200)
        self.assertIn("only a", json.dumps(first.seen[-1][2]))
        self.assertNotIn("only a", json.dumps(second.seen[-1][2]))
        self.assertEqual(second.seen[-1][2]["model"], "other")


if __name__ == "__main__":
    import unittest
    unittest.main(verbosity=2)
