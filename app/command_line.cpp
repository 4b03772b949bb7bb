#include "app/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <numeric>

namespace gatehouse::app {

namespace {

const OptionSpec kJson{"--json", 0, "", "print JSON instead of text"};
const OptionSpec kListen{"--listen", 0, "LOGICAL=BIND",
                         "bind a listener's port elsewhere, e.g. 80=127.0.0.1:18080 (0 as port: any free one)", true};
const OptionSpec kAdmin{"--admin", 0, "ADDRESS",
                        "serve /healthz, /readyz, /metrics, /config, /requests, /endpoints, /pools (of InferencePools) and "
                        "/limits on this loopback address"};
const OptionSpec kWorkers{"--workers", 0, "N", "number of data-plane threads (default: half the cores, at most 4)"};

const OptionSpec kKubeconfig{"--kubeconfig", 0, "FILE", "instead of the files of $KUBECONFIG, or ~/.kube/config"};
const OptionSpec kRunPlugin{"--run-plugin", 0, "", "agree to run the program that the kubeconfig names for credentials, instead of being asked"};

std::vector<VerbSpec> makeVerbs() {
    std::vector<VerbSpec> all;
    all.push_back({"", "[PATH…]", 0, SIZE_MAX, "open the console on a workspace",
                   "Opens the console on folders or files of Gateway API YAML, and runs them at once in the embedded data "
                   "plane. With --demo it starts a simulated cluster of eight model servers and sends it traffic.",
                   {{"--demo", 0, "", "a simulated cluster and traffic instead of a workspace of your own"},
                    kListen,
                    kAdmin,
                    kWorkers,
                    {"--language", 0, "CODE", "language of the console, e.g. en or de"},
                    {"--theme", 0, "NAME", "light, dark or contrast"}}});
    all.push_back({"serve", "PATH…", 0, SIZE_MAX, "run a workspace in the data plane, without a window",
                   "Runs the workspace until SIGINT or SIGTERM, then lets requests in flight finish. Files that change are "
                   "taken over at once, without losing a request; text that cannot be read leaves running what it said before. "
                   "SIGHUP reads everything again, tries ports anew and reopens the access log. Prints each bound address "
                   "on standard output.",
                   {kListen,
                    kAdmin,
                    kWorkers,
                    {"--picker", 0, "ADDRESS", "pick for other gateways too, by the endpoint-picker protocol of the Inference Extension over gRPC, e.g. 0.0.0.0:9002"},
                    {"--access-log", 0, "FILE", "one JSON line per request; - for standard output"},
                    {"--state", 0, "FOLDER", "where budgets of virtual keys outlive the process (default: below $XDG_STATE_HOME, by the paths); none for nowhere"},
                    {"--otlp", 0, "URL", "export spans and metrics of model requests by OTLP/HTTP, e.g. http://127.0.0.1:4318"},
                    {"--capture", 0, "SIZE", "keep what both sides of model requests say within that much memory, e.g. 32M, for /capture"},
                    {"--context", 0, "NAME", "instead of paths: what that cluster of the kubeconfig has, as it changes (\"\": the current one)"},
                    {"--namespace", 0, "NAME", "with --context: only this one"},
                    {"--port-forward", 0, "", "with --context: reach pods through the API server, where the network does not lead to them"},
                    kKubeconfig,
                    kRunPlugin,
                    {"--demo", 0, "", "a simulated cluster and traffic, with a small live table"}}});
    all.push_back({"check", "PATH…", 1, SIZE_MAX, "report what is wrong with a workspace",
                   "Prints one line per finding: file:line:column: severity CODE message [field]. Exit code 1 when there is "
                   "a warning or an error.",
                   {kJson}});
    all.push_back({"status", "PATH…", 1, SIZE_MAX, "print the status conditions that a cluster would write",
                   "Prints every object with the status conditions that a conformant Gateway API controller would write. "
                   "Exit code 1 when there is a warning or an error, as with check.",
                   {kJson}});
    all.push_back({"explain", "PATH… [URL]", 1, SIZE_MAX, "say which way a request would take, and why",
                   "Says which listener, route, rule, policies, backend and pod a request would meet, by the code that "
                   "serves it, without calling an upstream. Pods are not scraped for it, so the pick goes by "
                   "Gatehouse's own state alone, and says so.",
                   {{"--record", 0, "FILE|-", "take the request from a record, as the admin page /requests prints it"},
                    {"--sni", 0, "NAME", "server name of the TLS session; without a URL: what becomes of such a connection"},
                    {"--tls", 0, "", "the request comes over TLS, as with an https URL"},
                    {"--client-cert", 0, "FILE|none", "the client's certificate, PEM (default: a good one where one is demanded)"},
                    {"--http1.0", 0, "", "the request is of HTTP/1.0"},
                    {"--method", 'X', "METHOD", "request method (default GET, or POST with a body)"},
                    {"--header", 'H', "'NAME: VALUE'", "a request header", true},
                    {"--data", 'd', "TEXT|@FILE", "request body; @FILE reads it from a file, @- from standard input"},
                    {"--request", 0, "FILE|-", "read the request as HTTP text: request line, headers, empty line, body"},
                    {"--port", 0, "LOGICAL", "listener port, when the URL does not name it"},
                    {"--draw", 0, "0..1", "which point of the backend split to follow (default: show every arm)"},
                    kJson}});
    all.push_back({"convert", "", 0, 0, "translate an LLM body between dialects",
                   "Reads a request, an answer or a stream of one dialect on standard input and writes it in another on standard "
                   "output. What was dropped, defaulted or coerced on the way is told on standard error, a line each. Dialects: "
                   "openai-chat, openai-responses, openai-completions, openai-embeddings, anthropic-messages, "
                   "gemini-generate, vertex-gemini, vertex-anthropic, bedrock-converse, bedrock-embeddings, cohere-chat, "
                   "cohere-embeddings, ollama-chat, mistral-chat; ranks: cohere-rerank, bedrock-rerank, vertex-rerank; counts: "
                   "anthropic-count-tokens, openai-input-tokens, gemini-count-tokens, vertex-count-tokens, bedrock-count-tokens, "
                   "vllm-tokenize. Exit code 1 where the body "
                   "cannot be read, or a stream was cut.",
                   {{"--from", 0, "DIALECT", "what comes in"},
                    {"--to", 0, "DIALECT", "what goes out"},
                    {"--direction", 0, "NAME", "request (default), response or stream"},
                    {"--model", 0, "NAME", "the model, where the body does not name it"},
                    {"--stream", 0, "", "the request asks for a stream, where its path says so and not its body"},
                    {"--usage", 0, "", "the client asked for usage at the end of its stream (openai-chat)"},
                    {"--status", 0, "N", "the answer's status; beside 2xx the body is an error"},
                    kJson}});
    all.push_back({"export", "PATH…", 1, SIZE_MAX, "write clean YAML for GitOps",
                   "Writes one file per object and a kustomization.yaml, the same bytes every time, without status, "
                   "server-set metadata and secret values. What the target lacks is refused with the reason, and then "
                   "nothing is written. Exit code as with check: 1 also where the files were written but the workspace has "
                   "warnings. With --check nothing is written, and 1 says that the folder is not what would be: for pipelines.",
                   {{"--target", 0, "NAME", "gateway-api, kgateway-2.1, kgateway-2.4 or agentgateway-1"},
                    {"--out", 0, "FOLDER", "where to write; made when missing"},
                    {"--dry-run", 0, "", "only say what would change"},
                    {"--check", 0, "", "exit with 1 where the folder differs from what would be written"},
                    kJson}});
    all.push_back({"pull", "", 0, 0, "write what a cluster declares into a folder",
                   "Lists the Gateway API, inference, kgateway and agentgateway kinds of a cluster, and the Services, ConfigMaps and "
                   "Namespaces that they refer to, and writes them clean, one object a file, with a kustomization.yaml. What an earlier "
                   "pull wrote and the cluster no longer has is removed. Secrets are not read. Nothing is written where the cluster "
                   "cannot be read to the end; kinds that may not be listed are left out and told, with exit code 1.",
                   {{"--context", 0, "NAME", "of the kubeconfig (default: the current one)"},
                    {"--namespace", 0, "NAME", "only this one"},
                    {"--out", 0, "FOLDER", "where to write; made when missing"},
                    {"--dry-run", 0, "", "only say what would change"},
                    kKubeconfig,
                    kRunPlugin,
                    kJson}});
    all.push_back({"diff", "A B", 2, 2, "say what differs between files, folders and clusters",
                   "Each side is a file, a folder, or a context of the kubeconfig (context:NAME where a folder has that name too). "
                   "Compares object by object and field by field: what servers set, defaults and the order of keys make no difference. "
                   "Values of Secrets are never shown, and Secrets are not compared with a cluster. Exit code 0 when nothing differs, 1 "
                   "when something does, 2 when they could not be compared.",
                   {{"--namespace", 0, "NAME", "only this one, and what has none"}, kKubeconfig, kRunPlugin, kJson}});
    all.push_back({"apply", "PATH…", 1, SIZE_MAX, "apply a workspace to a cluster",
                   "Server-side apply as field manager gatehouse, with strict validation. Everything is tried as a dry run first, and "
                   "nothing is written unless the cluster would take all of it; then objects are applied one by one until one fails. "
                   "Prints what became of each object; conflicts by field and owner. Secrets are left out. Exit code 1 when anything "
                   "was refused.",
                   {{"--context", 0, "NAME", "of the kubeconfig; must be named"},
                    {"--namespace", 0, "NAME", "of objects that name none (default: the context's)"},
                    {"--dry-run", 0, "", "only say what would change"},
                    {"--force-conflicts", 0, "", "take fields over that others own"},
                    kKubeconfig,
                    kRunPlugin,
                    kJson}});
    all.push_back({"pods", "", 0, 0, "run simulated model servers on loopback",
                   "Starts model servers that speak the OpenAI API and vLLM's /metrics. Latency follows a batch model. Runs "
                   "until SIGINT or SIGTERM.",
                   {{"--count", 0, "N", "how many (default 1)"},
                    {"--port-base", 0, "PORT", "port of the first; the others follow (default: free ports)"},
                    {"--profile", 0, "NAME", "how fast they are; --profile help lists the names"},
                    {"--fault", 0, "POD:FAULT", "slow=3, error=0.2, crash or no-metrics, e.g. 0:slow=3,error=0.1", true}}});
    all.push_back({"simulate", "SCENARIO", 0, 1, "compare pickers on simulated model servers",
                   "Runs every policy on the same traces against its own copy of a simulated cluster, and prints latencies, goodput, "
                   "cache hits and what each pick lost, with intervals over seeds. SCENARIO is a built-in name or a YAML or JSON file "
                   "with servers, workload, rate, duration, policies, seeds, scrapeMillis, decisionMicros and race. With --replay it takes "
                   "recorded decisions again instead: which pods each policy would have picked, and at what predicted cost.",
                   {{"--list", 0, "", "name the built-in scenarios, the policies and the workloads"},
                    {"--replay", 0, "FILE|-", "what the admin page /requests printed; --policy then also takes the file of an EndpointPickerConfig"},
                    {"--policy", 0, "NAME", "only this policy", true},
                    {"--seed", 0, "N", "first seed (default 1)"},
                    {"--seeds", 0, "N", "how many seeds (default 5)"},
                    {"--rate", 0, "PERCENT", "of the scenario's load"},
                    {"--mfu", 0, "PERCENT", "of the step model's compute rate, e.g. 70 and 130 to see how much depends on it"},
                    {"--no-race", 0, "", "every policy counts its picks at once"},
                    kJson}});
    all.push_back({"drill", "PATH…", 0, SIZE_MAX, "what becomes of a request when a provider fails",
                   "Runs each rule that leads to models with simulated providers, of which the first fails in each of the ways in which "
                   "providers fail, and tells what a client gets. Policies, retries and failover are those of the workspace; no provider is "
                   "asked, and waits for silence are cut to 1 s. Exit code 1 where a fault cut a client off without a word.",
                   {{"--list", 0, "", "name the faults"},
                    {"--rule", 0, "NAME", "only rules of that name, or of a route of that name", true},
                    {"--fault", 0, "NAME", "only this fault", true},
                    kJson}});
    all.push_back({"screenshot", "[PATH…]", 0, SIZE_MAX, "draw every view of the console as PNG",
                   "Draws every view into a folder, without a display.",
                   {{"--out", 0, "FOLDER", "where to write; made when missing"},
                    {"--demo", 0, "", "of the simulated cluster"},
                    {"--theme", 0, "NAME", "light, dark or contrast"},
                    {"--language", 0, "CODE", "language of the console, e.g. en or de"},
                    {"--text-size", 0, "PERCENT", "100 to 200"},
                    {"--size", 0, "WxH", "of the window, e.g. 1280x800"},
                    {"--scale", 0, "1|2", "pixels per point"}}});
    return all;
}

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
        }
    }
    return row[b.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    std::string best;
    std::size_t bestDistance = 3;  // Farther than two letters is no typing mistake.
    for (const auto& name : known) {
        const auto distance = editDistance(word, name);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = name;
        }
    }
    return best.empty() ? std::string{} : fmt::format(" Did you mean {}?", best);
}

const VerbSpec* findVerb(std::string_view name) {
    for (const auto& verb : verbs()) {
        if (verb.name == name) return &verb;
    }
    return nullptr;
}

const OptionSpec* findOption(const VerbSpec& verb, std::string_view name) {
    for (const auto& option : verb.options) {
        if (option.name == name || (option.letter && name.size() == 2 && name[0] == '-' && name[1] == option.letter)) {
            return &option;
        }
    }
    return nullptr;
}

std::string title(const VerbSpec& verb) { return verb.name.empty() ? "gatehouse" : "gatehouse " + verb.name; }

tl::unexpected<Error> usage(const VerbSpec& verb, std::string_view sentence) {
    return fail("usage", fmt::format("{} See {} --help.", sentence, title(verb)));
}

/// An option's name and value, taken apart from "--name=value", "-Xvalue" or two words.
struct OptionWord {
    std::string name;
    std::optional<std::string> value;
};

OptionWord splitOption(const std::string& word) {
    if (word.starts_with("--")) {
        const auto equals = word.find('=');
        if (equals == std::string::npos) return {word, std::nullopt};
        return {word.substr(0, equals), word.substr(equals + 1)};
    }
    if (word.size() > 2) return {word.substr(0, 2), word.substr(2)};
    return {word, std::nullopt};
}

}  // namespace

const std::vector<VerbSpec>& verbs() {
    static const std::vector<VerbSpec> all = makeVerbs();
    return all;
}

std::string Arguments::value(const std::string& option) const {
    const auto found = options.find(option);
    return found == options.end() ? std::string{} : found->second.back();
}

std::vector<std::string> Arguments::values(const std::string& option) const {
    const auto found = options.find(option);
    return found == options.end() ? std::vector<std::string>{} : found->second;
}

Result<Arguments> parseArguments(const std::vector<std::string>& words) {
    Arguments parsed;
    parsed.verb = &verbs().front();
    std::size_t next = 0;
    if (!words.empty() && words[0] == "help") {
        parsed.help = true;
        next = 1;
        if (words.size() > 1) {
            parsed.verb = findVerb(words[1]);
            if (!parsed.verb) return fail("usage", fmt::format("There is no verb {}. See gatehouse --help.", words[1]));
        }
        return parsed;
    }
    if (!words.empty() && !words[0].starts_with("-")) {
        if (const VerbSpec* verb = findVerb(words[0])) {
            parsed.verb = verb;
            next = 1;
        } else if (std::error_code ignored; !std::filesystem::exists(words[0], ignored)) {
            // A first word that is neither a verb nor a file is most likely a mistyped verb.
            std::vector<std::string> names;
            for (const auto& known : verbs()) names.push_back(known.name);
            return fail("usage", fmt::format("There is no verb and no file or folder named {}.{} See gatehouse --help.",
                                             words[0], nearest(words[0], names)));
        }
    }

    const VerbSpec& verb = *parsed.verb;
    bool optionsEnded = false;
    for (; next < words.size(); ++next) {
        const std::string& word = words[next];
        if (optionsEnded || word == "-" || !word.starts_with("-")) {
            parsed.operands.push_back(word);
            continue;
        }
        if (word == "--") {
            optionsEnded = true;
            continue;
        }
        if (word == "--help" || word == "-h") {
            parsed.help = true;
            return parsed;
        }
        if (word == "--version" && verb.name.empty()) {
            parsed.version = true;
            return parsed;
        }
        OptionWord option = splitOption(word);
        const OptionSpec* spec = findOption(verb, option.name);
        if (!spec) {
            std::vector<std::string> names{"--help"};
            for (const auto& known : verb.options) names.push_back(known.name);
            return usage(verb, fmt::format("{} has no option {}.{}", title(verb), option.name, nearest(option.name, names)));
        }
        if (spec->value.empty() && option.value) return usage(verb, fmt::format("{} takes no value.", spec->name));
        if (!spec->value.empty() && !option.value) {
            if (next + 1 == words.size()) return usage(verb, fmt::format("{} needs a value: {}.", spec->name, spec->value));
            option.value = words[++next];
        }
        auto& values = parsed.options[spec->name];
        if (!values.empty() && !spec->repeatable) return usage(verb, fmt::format("{} is given twice.", spec->name));
        values.push_back(option.value.value_or(""));
    }
    if (parsed.operands.size() < verb.leastOperands) {
        return usage(verb, fmt::format("{} needs {}.", title(verb), verb.operands));
    }
    if (parsed.operands.size() > verb.mostOperands) {
        return usage(verb, fmt::format("{} takes no {}.", title(verb), parsed.operands[verb.mostOperands]));
    }
    return parsed;
}

std::string generalHelp() {
    std::string text = "Gatehouse: a console for AI and API gateways, with the gateway inside.\n\nUsage:\n";
    for (const auto& verb : verbs()) {
        const std::string left = fmt::format("{} {}", title(verb), verb.operands);
        text += fmt::format("  {:<30} {}\n", left, verb.summary);
    }
    text += "\n  gatehouse --demo               the console on a simulated cluster, with traffic\n"
            "  gatehouse VERB --help          the options of a verb\n"
            "  gatehouse --version\n\n"
            "PATH is a YAML file, or a folder of them. Exit codes: 0 fine, 1 findings or failure, 2 wrong usage.\n";
    return text;
}

std::string verbHelp(const VerbSpec& verb) {
    std::string text = fmt::format("Usage: {}{} [OPTION]…\n\n", title(verb), verb.operands.empty() ? "" : " " + verb.operands);
    std::size_t column = 0;
    for (std::size_t begin = 0; begin < verb.description.size();) {
        std::size_t end = verb.description.find(' ', begin);
        if (end == std::string::npos) end = verb.description.size();
        const auto word = std::string_view(verb.description).substr(begin, end - begin);
        if (column + word.size() + 1 > 90) {
            text += "\n";
            column = 0;
        }
        text += fmt::format("{}{}", column ? " " : "", word);
        column += word.size() + 1;
        begin = end + 1;
    }
    text += "\n\n";
    for (const auto& option : verb.options) {
        std::string left = option.letter ? fmt::format("-{}, {}", option.letter, option.name) : "    " + option.name;
        if (!option.value.empty()) left += " " + option.value;
        text += fmt::format("  {:<30} {}{}\n", left, option.help, option.repeatable ? "; may be repeated" : "");
    }
    text += fmt::format("  {:<30} {}\n", "-h, --help", "this text");
    return text;
}

Result<std::uint64_t> parseNumber(const std::string& option, const std::string& text, std::uint64_t least,
                                  std::uint64_t most) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most) {
        return fail("usage", fmt::format("{} needs a number from {} to {}, not \"{}\".", option, least, most, text));
    }
    return number;
}

Result<std::uint64_t> parseSize(const std::string& option, const std::string& text, std::uint64_t least) {
    constexpr std::string_view kUnits = "KMG";
    constexpr std::uint64_t kMost = std::uint64_t{16} << 30;
    auto digits = std::string_view(text);
    unsigned shift = 0;
    if (const auto unit = digits.empty() ? std::string_view::npos : kUnits.find(digits.back()); unit != std::string_view::npos) {
        shift = 10 * (static_cast<unsigned>(unit) + 1);
        digits.remove_suffix(1);
    }
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool read = error == std::errc{} && end == digits.data() + digits.size() && number <= kMost >> shift;
    if (!read || number << shift < least)
        return fail("usage", fmt::format("{} needs a size such as 32M, from {}K to 16G, not \"{}\".", option, least / 1024, text));
    return number << shift;
}

Result<std::string> parseBind(const std::string& option, const std::string& text) {
    const auto colon = text.rfind(':');
    const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
    const std::string host = colon == std::string::npos ? "127.0.0.1" : text.substr(0, colon);
    const auto number = parseNumber(option, port, 0, 65'535);
    const bool bareIpv6 = host.find(':') != std::string::npos && !(host.starts_with("[") && host.ends_with("]"));
    if (!number || host.empty() || bareIpv6) {
        return fail("usage", fmt::format("{} needs an address such as 127.0.0.1:18080, not \"{}\".", option, text));
    }
    return fmt::format("{}:{}", host, *number);
}

Result<std::map<std::uint16_t, std::string>> parseListen(const std::vector<std::string>& values) {
    std::map<std::uint16_t, std::string> result;
    for (const auto& value : values) {
        const auto equals = value.find('=');
        if (equals == std::string::npos) {
            return fail("usage", fmt::format("--listen needs LOGICAL=BIND such as 80=127.0.0.1:18080, not \"{}\".", value));
        }
        const auto logical = parseNumber("--listen", value.substr(0, equals), 1, 65'535);
        if (!logical) return tl::unexpected(logical.error());
        auto bind = parseBind("--listen", value.substr(equals + 1));
        if (!bind) return tl::unexpected(bind.error());
        if (!result.emplace(static_cast<std::uint16_t>(*logical), *bind).second) {
            return fail("usage", fmt::format("--listen names port {} twice.", *logical));
        }
    }
    return result;
}

}  // namespace gatehouse::app
