"""`gatehouse convert`: an LLM body in, the same in another dialect out, and what was lost on standard error."""
import json
import unittest

from gatehouse import Case, run


def convert(source, target, text, *words):
    return run("convert", "--from", source, "--to", target, *words, input=text)


CHAT = {"model": "m", "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}], "seed": 7}
ANSWER = {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude", "content": [{"type": "text", "text": "Hello"}],
          "stop_reason": "end_turn", "stop_sequence": None,
          "usage": {"input_tokens": 3, "cache_read_input_tokens": 4, "cache_creation_input_tokens": 0, "output_tokens": 2}}
STREAM = [
    'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude",'
    '"content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":1}}}\n\n',
    'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n',
    'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}\n\n',
    'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n',
    'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":2}}\n\n',
    'event: message_stop\ndata: {"type":"message_stop"}\n\n',
]


class Convert(Case):
    def test_a_request_goes_to_standard_output_and_its_losses_to_standard_error(self):
        code, out, err = convert("openai-chat", "anthropic-messages", json.dumps(CHAT))
        self.assertEqual(code, 0, err)
        body = json.loads(out)
        self.assertEqual(body["system"], "Be brief.")
        self.assertEqual(body["messages"], [{"role": "user", "content": "Hi"}])
        self.assertRegex(err, r"(?m)^dropped seed: .+\.$")
        self.assertRegex(err, r"(?m)^defaulted max_tokens: .+\.$")

    def test_json_holds_the_body_and_the_losses(self):
        code, out, err = convert("openai-chat", "anthropic-messages", json.dumps({**CHAT, "stream": True}), "--json")
        self.assertEqual((code, err), (0, ""))
        told = json.loads(out)
        self.assertEqual(told["model"], "m")
        self.assertTrue(told["stream"])
        self.assertEqual(told["body"]["messages"][0]["content"], "Hi")
        self.assertIn(("dropped", "seed"), [(loss["kind"], loss["path"]) for loss in told["losses"]])
        self.assertEqual(told["faults"], [])

    def test_an_answer_brings_its_usage(self):
        code, out, err = convert("anthropic-messages", "openai-chat", json.dumps(ANSWER), "--direction", "response", "--json")
        self.assertEqual(code, 0, err)
        told = json.loads(out)
        self.assertEqual(told["body"]["choices"][0]["message"]["content"], "Hello")
        self.assertEqual(told["usage"]["input"], 7)
        self.assertEqual(told["usage"]["cachedRead"], 4)
        self.assertEqual(told["model"], "claude")

    def test_an_error_comes_in_the_clients_dialect(self):
        body = json.dumps({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}})
        code, out, err = convert("anthropic-messages", "openai-chat", body, "--direction", "response", "--status", "529")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(json.loads(out)["error"]["message"], "Overloaded")
        code, out, _ = convert("openai-chat", "anthropic-messages", "<html>502</html>", "--direction", "response", "--status", "502")
        self.assertEqual(code, 0)
        self.assertIn("HTML", json.loads(out)["error"]["message"])

    def test_a_stream_ends_where_the_providers_did(self):
        code, out, err = convert("anthropic-messages", "openai-chat", "".join(STREAM), "--direction", "stream")
        self.assertEqual((code, err), (0, ""))
        self.assertTrue(out.endswith("data: [DONE]\n\n"), out)
        self.assertIn('"content":"Hello"', out)
        self.assertNotIn('"usage"', out)
        code, out, _ = convert("anthropic-messages", "openai-chat", "".join(STREAM), "--direction", "stream", "--usage", "--json")
        self.assertEqual(code, 0)
        told = json.loads(out)
        self.assertIn('"prompt_tokens":3', told["body"])
        self.assertTrue(told["whole"])

    def test_a_cut_stream_is_no_success(self):
        code, out, err = convert("anthropic-messages", "openai-chat", "".join(STREAM[:3]), "--direction", "stream")
        self.assertEqual(code, 1)
        self.assertNotIn("[DONE]", out)
        self.assertIn("did not reach its end", err)

    def test_faults_against_the_grammar_are_told(self):
        code, _, err = convert("anthropic-messages", "openai-chat", STREAM[0] + "".join(STREAM), "--direction", "stream")
        self.assertEqual(code, 0)
        self.assertIn("fault: message_start", err)

    def test_bad_input_names_the_field(self):
        for text, part in (("{", "JSON"), ('{"model":"m","model":"n"}', "twice"), ('{"messages":3}', "messages"),
                           ('{"messages":[{"role":"user","content":[{"type":"text","text":5}]}]}', "messages[0].content[0].text")):
            code, out, err = convert("openai-chat", "anthropic-messages", text)
            self.assertEqual((code, out), (1, ""), text)
            self.assertIn(part, err)
            self.assertEqual(err.count("\n"), 1, err)

    def test_other_operations_are_refused(self):
        code, out, err = convert("openai-chat", "cohere-rerank", "{}")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("different operations", err)


if __name__ == "__main__":
    unittest.main()
