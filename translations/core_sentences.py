#!/usr/bin/env python3
"""Writes ui/models/core_sentence_table.cpp: the sentences that core writes, found in its sources, for the catalogues.

Core speaks English and knows no Qt. Here every text of its sources that a person reads becomes a pattern: a literal of fmt::format as it
stands, a chain of literals and values ("a " + x + " b") as "a {} b". The console finds the pattern a text was made of and says it in its own
language (ui/models/core_sentence.h).

    core_sentences.py           writes the table
    core_sentences.py --check   writes nothing; fails where the table is not what the sources make it
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "ui" / "models" / "core_sentence_table.cpp"

# Files, and folders with their slash, whose texts no person reads in the console.
SKIPPED_FILES = {
    "base/log.cpp": "formats of log lines",
    "base/log.h": "formats of log lines",
    "canary/report.cpp": "a file for others, in English",
    "canary/report_svg.cpp": "a file for others, in English",
    "canary/words.cpp": "for that file",
    "cluster/": "for the command line: the console shows no cluster",
    "gateway/admin.cpp": "answers of the admin endpoint, for scripts",
    "gateway/admin_metrics.cpp": "names of metrics",
    "gateway/admin_pages.cpp": "answers of the admin endpoint, for scripts",
    "gitops/cluster_apply.cpp": "for the command line: the console shows no cluster",
    "gitops/kustomization.cpp": "comment of a file that is written",
    "gitops/pull.cpp": "for the command line: the console shows no cluster",
    "http/limit_table.cpp": "has a catalogue of its own, ui/models/limit_words.cpp",
    "http/message.cpp": "reason phrases of HTTP, the same in every language",
    "inference/metrics_table.cpp": "names of metrics",
    "lab/faulty_provider.cpp": "what simulated providers answer",
    "lab/openai_answers.cpp": "what simulated servers answer",
    "lab/profiles.cpp": "options of the command line",
    "lab/session.cpp": "what simulated servers answer",
    "lab/traffic.cpp": "what simulated clients send",
    "llm/stream_guard_events.cpp": "paths in events",
    "llm/too_long.cpp": "words of providers' errors",
    "telemetry/access_log.cpp": "for the log",
    "telemetry/canary_feed.cpp": "looks for what others say",
    "telemetry/exposition.cpp": "format of Prometheus",
    "telemetry/metric_names.h": "help texts of Prometheus",
    "telemetry/otlp.cpp": "for the log and the collector",
    "telemetry/usage_totals.cpp": "for scripts and spreadsheets",
    "text/yaml_write.cpp": "syntax of YAML",
}

# Texts that are data: formats of protocols, files and dates, values of the API.
SKIPPED_TEXTS = re.compile(
    r"""\\r\\n | \\n | %[aYH] | ^\#\ | ^[A-Z]+,\ [A-Z]+$ | ^Bearer\ $ | ^PROXY\ $ | ^PRIVATE\ KEY | charset= | ^;\ (Path|Secure|Max-Age)
      | ^[^A-Za-z]*\\t | ^HTTP/1 | ^The\ request\ was\ rejected\ due | ^key\ \(hidden\)$ | ^(Content-Type|Accept|Authorization|X-Amz-[A-Za-z-]+):\  | ^broken\ $ | ^\ tls\ $ | ^without\ SNI$ | \{\{ | ^The\ pods\ that\ serve\ most | ^The\ candidate:\ faster""",
    re.VERBOSE)

# Single words that core puts into the holes of its sentences. Every other text without a blank is a name or a value, but ", words" that go on.
WORDS = """
backend client cookie created dropped entry failed gateway header hour item listener masked method minute none not port refused removed replaced retry route
rule second sent server service streamed text unknown written
""".split()

# What core puts together in ways that no chain shows: values in quotes with what is wrong with them, lists, the parts of a redirect.
TOGETHER = ["'{}' {}.", "{} of {}", "{} or {}", "to", "{} scheme {}", "{} host {}", "{} port {}", "{} path {}", "{} path prefix {}", "{} that starts on line {}",
            "named {} on port {}", "header {}", "cookie {}",
            "The {} left during the TLS handshake.", "{} has no chats that could be simulated.", "A simulated provider found no port on loopback."]

# What libraries say and core passes on.
LIBYAML = """
while scanning a simple key
could not find expected ':'
while scanning a block scalar
while scanning a tag
did not find expected '!'
while parsing a tag directive
while parsing a tag
did not find expected tag URI
while scanning a plain scalar
found unexpected ':'
while parsing a quoted scalar
while scanning an anchor
while scanning an alias
while scanning a directive
found unknown directive name
did not find the expected '>'
while scanning a %YAML directive
found extremely long version number
did not find expected version number
found a tab character where an indentation space is expected
while scanning a tag directive
while parsing a %TAG directive
did not find URI escaped octet
found an incorrect leading UTF-8 octet
found an incorrect trailing UTF-8 octet
found a tab character that violates indentation
found an indentation indicator equal to 0
did not find expected comment or line break
while scanning a quoted scalar
found unexpected document indicator
found unexpected end of stream
found unknown escape character
did not find expected hexdecimal number
found invalid Unicode character escape code
did not find expected alphabetic or numeric character
could not find expected directive name
found unexpected non-alphabetical character
did not find expected digit or '.' character
while scanning a %TAG directive
did not find expected whitespace
did not find expected whitespace or line break
block sequence entries are not allowed in this context
mapping keys are not allowed in this context
mapping values are not allowed in this context
while scanning for the next token
found character that cannot start any token
found duplicate %TAG directive
found duplicate %YAML directive
found incompatible YAML document
did not find expected <document start>
did not find expected node content
did not find expected ',' or ']'
while parsing a block collection
did not find expected '-' indicator
did not find expected ',' or '}'
did not find expected <stream-start>
while parsing a block node
while parsing a flow node
while parsing a node
found undefined tag handle
while parsing a flow sequence
while parsing a block mapping
did not find expected key
while parsing a flow mapping
found duplicate anchor; first occurrence
found undefined alias
invalid leading UTF-8 octet
invalid trailing UTF-8 octet
invalid Unicode character
incomplete UTF-8 octet sequence
invalid length of a UTF-8 sequence
control characters are not allowed
input error
""".strip().splitlines()
RE2 = """
pattern too large - compile failed
invalid escape sequence
invalid character class
invalid character class range
missing ]
missing )
unexpected )
invalid repetition size
bad repetition operator
invalid perl operator
invalid UTF-8
invalid named capture group
no argument for repetition operator
""".strip().splitlines()
SYSTEM = """
No such file or directory
Permission denied
Is a directory
Not a directory
File exists
No space left on device
Read-only file system
Too many open files
Address already in use
Cannot assign requested address
Directory not empty
Operation not permitted
Connection refused
Host not found (authoritative)
Input/output error
""".strip().splitlines()

TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/) | R"(?P<tag>\w*)\((?P<raw>.*?)\)(?P=tag)" | "(?P<text>(?:[^"\\\n]|\\.)*)" | '(?:[^'\\\n]|\\.)+'
      | (?P<blank>\s+) | [A-Za-z_]\w* | \d[\w.']* | :: | \+\+ | \+= | << | >> | == | != | <= | >= | && | \|\| | -> | .""",
    re.VERBOSE | re.DOTALL)
OPEN, CLOSE = set("([{"), set(")]}")
ENDS = {",", ";", "?", ":", "=", "+=", "return", "<<", "==", "!=", "&&", "||", "{", "}", "co_return", "<", ">"}


def tokens(source):
    """The tokens without comments and blanks; ("text", literal as written) where adjacent literals are one."""
    out = []
    source = re.sub(r"^[ \t]*#.*$", "", source, flags=re.MULTILINE)
    for match in TOKEN.finditer(source):
        if match["comment"] or match["blank"]:
            continue
        if match["text"] is None:
            out.append(("other", match[0]))
        elif out and out[-1][0] == "text":
            out[-1] = ("text", out[-1][1] + match["text"])
        else:
            out.append(("text", match["text"]))
    return out


def skip(stream, at, step):
    """Past one operand of a chain of +: the position of what ends it."""
    inwards, outwards = (OPEN, CLOSE) if step > 0 else (CLOSE, OPEN)
    depth = 0
    while 0 <= at < len(stream):
        kind, text = stream[at]
        if kind == "other":
            if depth == 0 and (text in outwards or text == "+" or (text in ENDS and not (text == "{" and step > 0))):
                return at
            depth += (text in inwards) - (text in outwards)
        at += step
    return at


def literal(operand):
    """The text of an operand that is one literal, bare or as std::string("..."); None of any other."""
    if len(operand) == 1 and operand[0][0] == "text":
        return operand[0][1]
    if len(operand) == 6 and [text for _, text in operand[:4]] == ["std", "::", "string", "("] and operand[4][0] == "text":
        return operand[4][1]
    return None


def chain(stream, at):
    """The pattern that the literal at this place is a part of, and whether the literal is its first."""
    parts, first = [stream[at][1]], True
    begin = end = at
    if [text for _, text in stream[max(at - 4, 0):at + 2:1] if text != stream[at][1]] == ["std", "::", "string", "(", ")"]:
        begin, end = at - 4, at + 1
    place = begin
    while stream[place - 1] == ("other", "+"):
        start = skip(stream, place - 2, -1)
        operand = stream[start + 1:place - 1]
        text = literal(operand)
        first = first and text is None
        parts.insert(0, "{}" if text is None else text)
        place = start + 1
    place = end + 1
    while place < len(stream) and stream[place] == ("other", "+"):
        end = skip(stream, place + 1, 1)
        operand = stream[place + 1:end]
        text = literal(operand)
        parts.append("{}" if text is None else text)
        place = end
    return "".join(parts), first


def spoken(pattern):
    """The pattern without what only joins it to its neighbours."""
    pattern = re.sub(r"^(\{\})+(?=[.]? [A-Z])", "", pattern)
    return re.sub(r"^[\s,;:·(]+(?=[^\s])|[\s,;:(]+$", "", pattern.strip())


def readable(written, pattern):
    words = re.sub(r"\{[^}]*\}", "", pattern)
    if not re.search(r"[A-Za-z]", words) or SKIPPED_TEXTS.search(pattern):
        return False
    if " " in pattern.strip() and re.search(r"[a-z]", words):
        return True
    return words.strip() in WORDS or bool(re.match(r"[,;] [a-z]", written)) or bool(re.fullmatch(r"[A-Z][a-z]+\.", pattern))


def patterns():
    found = {}
    for path in sorted((ROOT / "core").rglob("*")):
        name = path.relative_to(ROOT / "core").as_posix()
        if path.suffix not in (".cpp", ".h") or name in SKIPPED_FILES or name.split("/")[0] + "/" in SKIPPED_FILES:
            continue
        stream = tokens(path.read_text(encoding="utf-8"))
        for at, (kind, text) in enumerate(stream):
            if kind != "text" or (at > 0 and stream[at - 1][1] in ("include", "extern")):
                continue
            if SKIPPED_TEXTS.search(text):
                continue
            pattern, first = chain(stream, at)
            if first and readable(pattern, spoken(pattern)):
                found.setdefault(spoken(pattern), name)
    for name, texts in (("put together", TOGETHER), ("libyaml", LIBYAML), ("RE2", RE2), ("the system", SYSTEM)):
        for text in texts:
            found.setdefault(text, name)
    return found


def table():
    lines = ["// Written by translations/core_sentences.py from the sources of core; a test holds it to them. Do not edit.",
             '#include "models/core_sentence.h"', "", "#include <QtGlobal>", "", "namespace gatehouse::ui {", "",
             "const std::vector<const char*>& corePatterns() {", "    static const std::vector<const char*> patterns = {"]
    former = None
    for pattern, name in patterns().items():
        if name != former:
            lines.append(f"        // core/{name}" if "." in name else f"        // {name}")
            former = name
        lines.append(f'        QT_TRANSLATE_NOOP("CoreSentence", "{pattern}"),')
    lines += ["    };", "    return patterns;", "}", "", "}  // namespace gatehouse::ui", ""]
    return "\n".join(lines)


def main():
    text = table()
    if "--check" in sys.argv[1:]:
        if not TABLE.exists() or TABLE.read_text(encoding="utf-8") != text:
            sys.exit("ui/models/core_sentence_table.cpp is not what core's sources make it: run translations/update.sh and translate what is new.")
        return
    if not TABLE.exists() or TABLE.read_text(encoding="utf-8") != text:
        TABLE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
