#!/usr/bin/env python3
"""The laboratory's evaluation: every scenario, five seeds, and the step model at 70, 100 and 130 % of its compute rate.

    tests/bench/lab/run.py [--binary build/release/app/gatehouse] [--seeds 5] [--scenario NAME]... [--sweep] [--sustain]

Prints Markdown for tests/bench/RESULTS.md. Simulated figures: they are the same on every machine.
"""
import argparse
import json
import pathlib
import subprocess

SCENARIOS = ["chat", "code", "agent", "shared-prefix", "long-context", "decode-heavy", "bursts", "mixed-gpus", "cache-pressure", "lora",
             "hundred"]
OURS = ["gatehouse-today", "gatehouse-cost"]


def simulate(binary, scenario, seeds, mfu=100, more=()):
    words = [str(binary), "simulate", scenario, "--json", "--seeds", str(seeds), "--mfu", str(mfu), *more]
    return json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True, text=True).stdout)


def milliseconds(metric):
    if metric["mean"] is None:
        return "-"
    digits = 0 if metric["mean"] >= 0.1 else 1
    interval = "" if metric["interval"] is None else f" ±{metric['interval'] * 1e3:.{digits}f}"
    return f"{metric['mean'] * 1e3:.{digits}f}{interval}"


def share(metric):
    return "-" if metric["mean"] is None else f"{metric['mean'] * 100:.1f}"


def best(answer, metric):
    """The baseline with the least mean; the oracle is none."""
    usable = [p for p in answer["policies"] if not p["ours"] and not p["bound"] and p["metrics"][metric]["mean"] is not None]
    return min(usable, key=lambda p: p["metrics"][metric]["mean"])


def verdict(answer, policy, metric):
    for c in answer["comparisons"]:
        if c["policy"] == policy and c["metric"] == metric:
            interval = "" if c["interval"] is None else f" ±{c['interval'] * 100:.0f}"
            return f"{c['verdict']} ({c['relative'] * 100:+.0f}{interval} %)" if c["relative"] is not None else "-"
    return "-"


def summary(answers):
    lines = ["| scenario | best baseline, TTFT p90 ms | oracle | gatehouse-today | gatehouse-cost | gatehouse-cost against the best: TTFT p90 | "
             "TPOT p90 | E2E p90 | goodput | mean regret |", "|---|---|---|---|---|---|---|---|---|---|"]
    for answer in answers:
        by = {p["policy"]: p["metrics"] for p in answer["policies"]}
        top = best(answer, "ttftP90")
        cells = [answer["scenario"], f"{top['policy']} {milliseconds(top['metrics']['ttftP90'])}", milliseconds(by["oracle"]["ttftP90"])]
        cells += [milliseconds(by[name]["ttftP90"]) for name in OURS]
        cells += [verdict(answer, "gatehouse-cost", metric) for metric in ("ttftP90", "tpotP90", "e2eP90", "goodput", "regretMean")]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def details(answer):
    lines = [f"{answer['scenario']}: {answer['servers']} servers, {answer['workload']} at {answer['rate']:g} requests/s for "
             f"{answer['duration']:g} s", "",
             "| policy | TTFT p50 ms | p90 | p99 | TPOT p90 | E2E p90 | within SLO % | hit % | believed % | load CV | preemptions | regret ms |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for policy in answer["policies"]:
        m = policy["metrics"]
        cells = [policy["policy"], *(milliseconds(m[k]) for k in ("ttftP50", "ttftP90", "ttftP99", "tpotP90", "e2eP90")),
                 share(m["goodShare"]), share(m["hitTrue"]), share(m["hitPredicted"]), f"{m['loadCv']['mean']:.2f}",
                 f"{m['preemptions']['mean']:.0f}", milliseconds(m["regretMean"])]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def sweep(binary, scenarios, seeds):
    lines = ["| scenario | 70 % | 100 % | 130 % |", "|---|---|---|---|"]
    for scenario in scenarios:
        cells = [verdict(simulate(binary, scenario, seeds, mfu), "gatehouse-cost", "ttftP90") for mfu in (70, 100, 130)]
        lines.append("| " + " | ".join([scenario, *cells]) + " |")
    return "\n".join(lines)


def regrets(answers):
    """The mean regret of gatehouse-cost over that of the best baseline; the target is a half."""
    lines = ["| scenario | best baseline | its mean regret ms | gatehouse-cost | of it |", "|---|---|---|---|---|"]
    for answer in answers:
        top = best(answer, "regretMean")
        ours = next(p for p in answer["policies"] if p["policy"] == "gatehouse-cost")["metrics"]["regretMean"]
        theirs = top["metrics"]["regretMean"]
        lines.append(f"| {answer['scenario']} | {top['policy']} | {milliseconds(theirs)} | {milliseconds(ours)} | {ours['mean'] / theirs['mean']:.2f} |")
    return "\n".join(lines)


def sustain(binary, scenarios, seeds, limit=1.0):
    """The highest load in steps of a tenth of the scenario's at which the mean p90 TTFT stays within a second."""
    lines = ["| scenario | best baseline, requests/s | gatehouse-cost |", "|---|---|---|"]
    for scenario in scenarios:
        reached, open_ = {}, None
        for percent in range(50, 301, 10):
            more = [word for name in open_ or [] for word in ("--policy", name)]
            answer = simulate(binary, scenario, seeds, 100, ["--rate", str(percent), *more])
            within = [p for p in answer["policies"] if not p["bound"] and (p["metrics"]["ttftP90"]["mean"] or limit + 1) <= limit]
            for policy in within:
                reached[policy["policy"]] = answer["rate"]
            open_ = [p["policy"] for p in within]
            if not open_:
                break
        rivals = {name: rate for name, rate in reached.items() if name not in OURS}
        top = max(rivals, key=rivals.get, default="none")
        lines.append(f"| {scenario} | {top} {rivals.get(top, 0):g} | {reached.get('gatehouse-cost', 0):g} |")
    return "\n".join(lines)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", type=pathlib.Path, default=pathlib.Path(__file__).parents[3] / "build/release/app/gatehouse")
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--scenario", action="append")
    options.add_argument("--sweep", action="store_true", help="also the step model at 70 and 130 %")
    options.add_argument("--sustain", action="store_true", help="also the highest load with a p90 TTFT within a second")
    options.add_argument("--details", action="store_true", help="also a table per scenario")
    given = options.parse_args()
    scenarios = given.scenario or SCENARIOS
    answers = [simulate(given.binary, scenario, given.seeds) for scenario in scenarios]
    print(summary(answers), "\n")
    print(regrets(answers), "\n")
    if given.details:
        print("\n".join(details(answer) for answer in answers))
    if given.sweep:
        print("gatehouse-cost against the best baseline on TTFT p90, with the step model's compute rate at\n")
        print(sweep(given.binary, scenarios, given.seeds), "\n")
    if given.sustain:
        print(sustain(given.binary, scenarios, given.seeds))


if __name__ == "__main__":
    main()
