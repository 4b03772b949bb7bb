"""The laboratory on the command line: scenarios, policies, files, progress, stopping."""
import json
import pathlib
import signal
import tempfile
import unittest

from gatehouse import Process, run, until

TINY = """name: tiny
servers: [{count: 3, model: llama-8b}]
workload: chat
rate: 10
duration: 6
policies: [round-robin, gatehouse-today, gatehouse-cost]
seeds: 2
"""




def decision(request, chosen="a"):
    """As /requests prints it: pod a has the prompt cached and is busy, b is idle."""
    pods = {"a": (12, 3900, 0.30), "b": (0, 0, 0.55)}
    candidates = [{"pod": name, "waiting": flying / 2, "running": flying, "kvUse": 0.4, "inFlight": flying, "ageMillis": 9, "reserved": 0, "others": 0,
                   "cachedTokens": cached, "terms": {"queue": cost / 2, "prefill": cost / 2}, "total": cost} for name, (flying, cached, cost) in pods.items()]
    return {"requestId": request, "time": "2026-11-24T03:00:00.000Z", "method": "POST", "path": "/v1/chat/completions",
            "pick": {"pool": "default/chat", "method": "cost", "chosen": list(pods).index(chosen), "tied": 1, "pods": 2, "promptTokens": 4000, "unit": "seconds",
                     "candidates": candidates}}


class Simulate(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, text, name="tiny.yaml"):
        path = self.folder / name
        path.write_text(text)
        return path

    def test_list_names_scenarios_policies_and_workloads(self):
        code, out, err = run("simulate", "--list")
        self.assertEqual((code, err), (0, ""))
        for word in ("kv-cache-wins", "mixed-gpus", "reference-2-2-3", "oracle", "gatehouse-today", "long-context"):
            self.assertIn(word, out)

    def test_json_has_every_policy_with_intervals_and_comparisons(self):
        code, out, err = run("simulate", self.file(TINY), "--json")
        self.assertEqual(code, 0, err)
        self.assertIn("6 of 6 runs", err)
        answer = json.loads(out)
        self.assertEqual([p["policy"] for p in answer["policies"]], ["round-robin", "gatehouse-today", "gatehouse-cost"])
        for policy in answer["policies"]:
            ttft = policy["metrics"]["ttftP90"]
            self.assertEqual(len(ttft["seeds"]), 2)
            self.assertGreater(ttft["mean"], 0)
            self.assertIsNotNone(ttft["interval"])
        self.assertIn(answer["comparisons"][0]["verdict"], ("better", "tie", "worse"))
        self.assertEqual(out, run("simulate", self.file(TINY), "--json")[1], "the same seeds give the same answer")
        self.assertNotEqual(out, run("simulate", self.file(TINY), "--json", "--seed", "9")[1])

    def test_table_and_options(self):
        code, out, err = run("simulate", self.file(TINY), "--policy", "random", "--policy", "oracle", "--seeds", "1", "--mfu", "70",
                             "--no-race", "--rate", "50")
        self.assertEqual(code, 0, err)
        self.assertIn("race off", out)
        self.assertIn("MFU x 0.7", out)
        self.assertIn("5 requests/s", out)
        self.assertRegex(out, r"(?m)^random ")
        self.assertNotRegex(out, r"(?m)^round-robin ")

    def test_json_file_is_a_scenario_too(self):
        path = self.file('{"workload": "chat", "rate": 5, "duration": 3, "seeds": 1, "policies": ["random"]}', "s.json")
        self.assertEqual(run("simulate", path)[0], 0)

    def test_what_is_wrong_is_said(self):
        for words, code, said in (
            (["simulate"], 2, "needs a SCENARIO"),
            (["simulate", "poker"], 1, "There is no scenario \"poker\""),
            (["simulate", self.folder / "missing.yaml"], 1, "cannot be read"),
            (["simulate", self.folder], 1, "cannot be read"),
            (["simulate", self.file("rate: 0\n")], 1, "tiny.yaml:1: \"rate\" needs a number"),
            (["simulate", "chat", "--policy", "magic"], 2, "There is no policy \"magic\""),
            (["simulate", "chat", "--seeds", "0"], 2, "--seeds needs a number from 1"),
            (["simulate", "chat", "agent"], 2, "agent"),
        ):
            got, out, err = run(*words)
            self.assertEqual((got, out), (code, ""), err)
            self.assertIn(said, err)

    def test_replay_takes_decisions_again_under_each_policy(self):
        page = self.file(json.dumps({"requests": [decision("r1"), decision("r2", "b")]}), "requests.json")
        code, out, err = run("simulate", "--replay", page, "--json")
        self.assertEqual(code, 0, err)
        by = {answer["policy"]: answer for answer in json.loads(out)}
        self.assertEqual(len(by), 8)
        self.assertEqual([each["after"] for each in by["least-request"]["each"]], ["b", "b"])
        self.assertEqual([each["after"] for each in by["reference-affinity"]["each"]], ["a", "a"])
        self.assertEqual([each["after"] for each in by["gatehouse-cost"]["each"]], ["a", "a"])
        self.assertAlmostEqual(by["least-request"]["predictedCost"]["before"], 0.425)
        self.assertAlmostEqual(by["least-request"]["predictedCost"]["after"], 0.55)
        code, out, err = run("simulate", "--replay", page, "--policy", "least-request")
        self.assertEqual(code, 0, err)
        self.assertIn("2 decisions, 2 taken again, 1 of them otherwise (50.0 %)", out)

    def test_replay_under_an_endpoint_picker_config(self):
        page = self.file("\n".join(json.dumps(decision(f"r{i}")) for i in range(3)), "requests.jsonl")
        config = self.file("apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\nplugins: [{type: queue-scorer}]\n", "epp.yaml")
        code, out, err = run("simulate", "--replay", page, "--policy", config, "--json")
        self.assertEqual(code, 0, err)
        self.assertEqual(json.loads(out)[0]["changed"], 3)

    def test_what_cannot_be_replayed_is_said(self):
        page = self.file(json.dumps([decision("r1")]), "requests.json")
        for words, code, said in (
            (["--replay", self.file("{}", "none.json")], 1, "no decision of a pool"),
            (["--replay", self.file("x", "bad.json")], 1, "Line 1 is no JSON"),
            (["--replay", self.folder / "missing.json"], 1, "cannot be read"),
            (["--replay", page, "--policy", "magic"], 2, "There is no policy \"magic\""),
            (["--replay", page, "--policy", self.file("kind: Service\n", "x.yaml")], 2, "no EndpointPickerConfig in"),
            (["chat", "--replay", page], 2, "no SCENARIO"),
        ):
            got, out, err = run("simulate", *words)
            self.assertEqual((got, out), (code, ""), err)
            self.assertIn(said, err)

    def test_a_signal_stops_it_without_a_result(self):
        long = self.file("workload: chat\nrate: 500\nduration: 2000\nseeds: 1\npolicies: [random, round-robin]\n")
        child = Process("simulate", long)
        until("it runs", lambda: pathlib.Path(f"/proc/{child.child.pid}/task").exists()
              and len(list(pathlib.Path(f"/proc/{child.child.pid}/task").iterdir())) > 1)
        child.child.send_signal(signal.SIGINT)
        self.assertEqual(child.ended(), 1)
        for reader in child.readers:
            reader.join(5)
        self.assertIn("was stopped", "\n".join(child.log))
        self.assertEqual(child.lines, [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
