#include "fuzz/targets.h"

#include "config/workspace.h"
#include "http/h1.h"
#include "http/body.h"
#include "http/chunked.h"
#include "route/explain.h"
#include "route/matcher.h"
#include "route/translate.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace gatehouse::fuzz {

namespace {

void require(bool promise, const char* sentence) {
    if (!promise) throw std::logic_error(sentence);
}

/// Choices that are read from the input; zeros when it has ended.
class Choices {
  public:
    explicit Choices(std::string_view bytes) : bytes_(bytes) {}
    unsigned below(unsigned bound) {
        if (at_ >= bytes_.size()) return 0;
        return static_cast<unsigned char>(bytes_[at_++]) % bound;
    }
    template <std::size_t Size>
    std::string any(const std::string_view (&list)[Size]) {
        return std::string(list[below(Size)]);
    }
    bool ended() const { return at_ >= bytes_.size(); }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

// Few words, so that they often meet.
constexpr std::string_view kPatterns[] = {"", "a.test", "*.test", "*.a.test", "b.a.test", "*.b.a.test", "test"};
constexpr std::string_view kHosts[] = {"a.test", "b.a.test", "c.b.a.test", "x.test", "test", "other", "A.TEST", "a.test."};
constexpr std::string_view kPaths[] = {"/", "/a", "/a/", "/a/b", "/a/b/", "/ab", "/a/b/c", "/b"};
constexpr std::string_view kExpressions[] = {"/a.*", "/.*b", "/(a|b)", "/a/[a-c]", "("};
constexpr std::string_view kMethods[] = {"GET", "POST", "HEAD"};
constexpr std::string_view kValues[] = {"1", "2", ""};

std::string hostnames(Choices& choices) {
    std::string list;
    for (auto count = choices.below(3); count > 0; --count) {
        const auto name = choices.any(kPatterns);
        if (!name.empty()) list += (list.empty() ? "\"" : ", \"") + name + "\"";
    }
    return list.empty() ? "" : "  hostnames: [" + list + "]\n";
}

std::string matchOf(Choices& choices) {
    std::string out = "{";
    switch (choices.below(4)) {
        case 0: out += "path: {type: Exact, value: " + choices.any(kPaths) + "}"; break;
        case 1: out += "path: {type: RegularExpression, value: \"" + choices.any(kExpressions) + "\"}"; break;
        default: out += "path: {type: PathPrefix, value: " + choices.any(kPaths) + "}"; break;
    }
    if (choices.below(4) == 0) out += ", method: " + choices.any(kMethods);
    if (choices.below(3) == 0) out += ", headers: [{name: x-a, value: \"" + choices.any(kValues) + "\"}]";
    if (choices.below(4) == 0) out += ", queryParams: [{name: q, value: \"" + choices.any(kValues) + "\"}]";
    return out + "}";
}

/// Listeners and routes by the input's choices.
std::string configuration(Choices& choices) {
    std::string yaml = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw, namespace: default}\nspec:\n  gatewayClassName: gatehouse\n  listeners:\n";
    const auto listeners = 1 + choices.below(4);
    const auto start = choices.below(std::size(kPatterns));
    for (unsigned i = 0; i < listeners; ++i) {
        const std::string name(kPatterns[(start + i) % std::size(kPatterns)]);  // No two alike: those conflict.
        yaml += "    - {name: l" + std::to_string(i) + ", protocol: HTTP, port: 80" + (name.empty() ? "" : ", hostname: \"" + name + "\"") + "}\n";
    }
    const auto routes = 1 + choices.below(6);
    for (unsigned i = 0; i < routes; ++i) {
        yaml += "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r" + std::to_string(choices.below(3)) + "-" + std::to_string(i) + ", namespace: default}\nspec:\n  parentRefs: [{name: gw" +
                (choices.below(3) == 0 ? ", sectionName: l" + std::to_string(choices.below(listeners)) : "") + "}]\n" + hostnames(choices) + "  rules:\n";
        for (auto rules = 1 + choices.below(3); rules > 0; --rules) {
            yaml += "    - matches: [" + matchOf(choices);
            for (auto more = choices.below(3); more > 0; --more) yaml += ", " + matchOf(choices);
            yaml += "]\n";
        }
    }
    return yaml;
}

/// The same port, without its indexes.
route::Port walked(const route::Port& port) {
    auto copy = port;
    for (auto& listener : copy.listeners) {
        listener.index = {};
        for (auto& host : listener.hosts) host.index = {};
    }
    return copy;
}

const route::Rule* ruleOf(const route::MatchResult& result) { return result.candidate != nullptr ? result.candidate->rule.get() : nullptr; }

void ask(const route::Snapshot& snapshot, const std::string& method, const std::string& host, const std::string& target, const std::string& header) {
    const auto bytes = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + (header.empty() ? "" : "X-A: " + header + "\r\n") + "\r\n";
    const http::Limits limits;
    http::RequestHead head;
    http::RequestParser parser(limits);
    if (parser.parse(bytes, head) != http::ParseState::Done) return;
    for (const auto& port : snapshot.ports) {
        std::vector<route::Step> steps;
        const auto quick = route::match(port, head, nullptr);
        const auto told = route::match(port, head, &steps);
        const auto slow = walked(port);
        const auto plain = route::match(slow, head, nullptr);
        require(ruleOf(quick) == ruleOf(told), "telling does not change the way");
        require(ruleOf(quick) == ruleOf(plain), "the indexes find what walking finds");
        require((quick.listener != nullptr) == (plain.listener != nullptr) && (!quick.listener || quick.listener->name == plain.listener->name), "the indexes find the listener that walking finds");
        require(!quick.listener || route::hostMatches(quick.listener->hostname, head.host), "a listener serves its own names alone");
        require(!quick.host || route::hostMatches(quick.host->hostname, head.host), "a route serves its own names alone");
        if (ruleOf(quick) != nullptr && quick.candidate->match.pathType == config::PathMatchType::PathPrefix && !quick.candidate->match.path.empty()) {
            const auto& prefix = quick.candidate->match.path;
            require(head.path.substr(0, prefix.size()) == prefix && (head.path.size() == prefix.size() || head.path[prefix.size()] == '/'), "a prefix ends at an element");
        }
        route::ExplainRequest question;
        question.port = port.port;
        question.method = method;
        question.url = "http://" + host + target;
        if (!header.empty()) question.headers.emplace_back("X-A", header);
        const auto explained = route::explain(snapshot, question);
        if (explained && ruleOf(quick) != nullptr) require(!explained->route.empty(), "explain finds a rule where serving finds one");
        if (explained && ruleOf(quick) == nullptr && !port.tls) require(explained->rule.empty(), "explain finds no rule where serving finds none");
    }
}

route::Translation translated(const std::string& yaml) {
    route::Runtime runtime;
    const auto objects = config::readObjects({{"fuzz.yaml", yaml}});
    return route::translate(*objects, runtime, 1);
}

}  // namespace

void router(std::string_view input) {
    if (input.empty()) return;
    // Text that somebody wrote, or a configuration by choices; the latter finds its way past the reader more often.
    if (input.front() == 'a' || input.front() == '#') {
        const auto world = translated(std::string(input));
        for (const auto& host : kHosts)
            for (const auto& path : kPaths) ask(*world.snapshot, "GET", std::string(host), std::string(path), "1");
        return;
    }
    Choices choices(input);
    const auto world = translated(configuration(choices));
    require(!world.snapshot->ports.empty(), "a listener has its port");
    for (int i = 0; i < 12; ++i) {
        const auto method = choices.any(kMethods);
        const auto host = choices.any(kHosts);
        auto target = choices.any(kPaths);
        if (choices.below(3) == 0) target += "?q=" + choices.any(kValues);
        ask(*world.snapshot, method, host, target, choices.any(kValues));
    }
}

void httpResponse(std::string_view input) {
    if (input.empty()) return;
    const auto choice = static_cast<unsigned char>(input.front());
    const auto bytes = input.substr(1);
    const http::Limits limits;
    const bool toHead = (choice & 64) != 0;
    http::ResponseHead whole;
    http::ResponseParser wholeParser(limits);
    const auto verdict = wholeParser.parse(bytes, toHead, whole);

    http::ResponseHead piecewise;
    http::ResponseParser pieceParser(limits);
    auto pieceVerdict = http::ParseState::NeedMore;
    const std::size_t step = 1 + choice % 7;
    for (std::size_t end = std::min(step, bytes.size());; end = std::min(end + step, bytes.size())) {
        pieceVerdict = pieceParser.parse(bytes.substr(0, end), toHead, piecewise);
        if (pieceVerdict != http::ParseState::NeedMore || end == bytes.size()) break;
    }
    require(verdict == pieceVerdict, "an answer's head has one verdict at any split");
    if (verdict != http::ParseState::Done) return;
    require(whole.status == piecewise.status && wholeParser.consumed() == pieceParser.consumed(), "an answer's head reads the same at any split");
    require(whole.status >= 100 && whole.status <= 599, "a status is in range");
    require(whole.headers.count("content-length") == 0 || whole.headers.count("transfer-encoding") == 0, "no answer has two lengths");
    const bool bodyless = toHead || whole.status < 200 || whole.status == 204 || whole.status == 304;
    require(!bodyless || wholeParser.framing().body == http::BodyKind::None, "an answer that has no body has none");
    for (const auto& field : whole.headers.fields())
        require(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos, "no value ends a line");

    // The body, whole and in pieces.
    const auto rest = bytes.substr(wholeParser.consumed());
    const auto read = [&](std::size_t most, std::string& out) {
        http::BodyReader reader;
        reader.start(wholeParser.framing());
        std::size_t given = 0;
        std::string_view window;
        for (;;) {
            std::string_view data;
            const auto state = reader.next(window, data);
            if (state == http::BodyReader::State::Data) {
                out += data;
                continue;
            }
            if (state != http::BodyReader::State::NeedMore) return state;
            if (given == rest.size()) return state;
            window = rest.substr(given, most);
            given += window.size();
        }
    };
    std::string atOnce;
    std::string inPieces;
    const auto first = read(rest.size() + 1, atOnce);
    const auto second = read(step, inPieces);
    require(first == second, "a body has one end at any split");
    require(first == http::BodyReader::State::Failed || atOnce == inPieces, "a body reads the same at any split");
}

}  // namespace gatehouse::fuzz
