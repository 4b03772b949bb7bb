// Mutated CONNECTs before the judge, through a rule that takes that method. Nothing but whole CONNECT heads reaches the origin,
// nothing of what follows before the origin has agreed to a tunnel, and after a refusal the connection ends: what was sent
// for the tunnel is never a request.
#include "core/gateway/judge/judge.h"

namespace gatehouse::judge {
namespace {

using Random = std::mt19937_64;
std::size_t below(Random& random, std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); }
bool oneIn(Random& random, std::size_t bound) { return below(random, bound) == 0; }
template <std::size_t Size>
std::string any(Random& random, const std::string_view (&list)[Size]) {
    return std::string(list[below(random, Size)]);
}

struct Sent {
    std::string head, early;
    bool mutated = false;
};

Sent make(Random& random) {
    using namespace std::string_view_literals;
    constexpr std::string_view kTargets[] = {"a.test:443", "A.Test:80", "[::1]:8443", "127.0.0.1:22", "a.test.:443"};
    constexpr std::string_view kEarly[] = {"", "", "hello", "GET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n", "CONNECT evil:1 HTTP/1.1\r\nHost: evil:1\r\n\r\n",
                                           "\x16\x03\x01\x02\x00\x01\x00"sv, "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n", "\r\n\r\n"};
    constexpr std::string_view kAnswers[] = {"200", "200", "201", "204", "403", "407", "502", "301"};
    constexpr std::string_view kBadTargets[] = {"", "a.test", "/", "*", "a.test:", "a.test:0", "a.test:65536", "a.test:x", ":443", "http://a.test:443/", "http://a.test:443", "a.test:443/", "a.test:443/x", "a.test:443?x", "a.test:443#x", "u@a.test:443",
                                                "a b:443", "a.test:443 b", "[::1", "[]:1", "::1:443", "a.test:443:443", "a.test:+443", "a.test: 443", "a,b:443", "a\0b:443"sv, "a.test:443\r\nX: y", "%61.test:443", "a.test:443\t"};
    constexpr std::string_view kLines[] = {"Content-Length: 0", "Content-Length: 5", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: +5", "Content-Length : 5", "Transfer-Encoding: chunked", "Transfer-Encoding : chunked", "Transfer-Encoding: x, chunked",
                                           "Transfer-Encoding: chunked\r\nContent-Length: 5", "Host: evil:443", " folded", "X: a\nY: b", "X\r: y", "Upgrade: websocket\r\nConnection: Upgrade", "Connection: Host", "Connection: keep-alive", "Connection: close",
                                           "Expect: 100-continue", "Expect: x", "TE: trailers", "Trailer: X", "Proxy-Authorization: Basic eDp5", "Proxy-Connection: keep-alive", "X-Forwarded-For: 1.2.3.4", ": x", "X"};
    constexpr std::string_view kMethods[] = {"connect", "CONNECT ", "CONNEC", "CONNECTX", "GET", "OPTIONS", "Connect", "\tCONNECT", "CONNECT\0"sv};
    constexpr std::string_view kVersions[] = {"HTTP/1.0", "HTTP/2.0", "HTTP/1.1 ", "HTTP/1.1x", "", "http/1.1"};
    Sent out;
    std::string method = "CONNECT";
    std::string target = any(random, kTargets);
    std::string host = target;
    std::string version = "HTTP/1.1";
    std::string lines = "X-Answer: " + any(random, kAnswers) + "\r\n";
    std::string end = "\r\n";
    out.early = any(random, kEarly);
    if (!oneIn(random, 4)) {
        out.mutated = true;
        switch (below(random, 8)) {
            case 0: target = any(random, kBadTargets); break;
            case 1: host = target = any(random, kBadTargets); break;
            case 2: host = any(random, kBadTargets); break;
            case 3: lines += any(random, kLines) + "\r\n"; break;
            case 4: lines = any(random, kLines) + "\r\n" + lines; break;
            case 5: method = any(random, kMethods); break;
            case 6: version = any(random, kVersions); break;
            default: end = oneIn(random, 2) ? "\n" : "\r"; break;
        }
    }
    out.head = method + " " + target + " " + version + "\r\nHost: " + host + end + lines + "\r\n";
    if (out.mutated && oneIn(random, 5)) out.head[below(random, out.head.size())] = static_cast<char>(random());
    return out;
}

class ConnectJudge {
  public:
    ConnectJudge()
        : origin_([](const Message& request, const std::string&) -> Recorder::Reply {
              const auto asked = valuesOf(request.fields, "x-answer");
              const auto status = asked.empty() || asked[0].size() != 3 || asked[0] < "200" || asked[0] > "599" ? std::string("200") : asked[0];
              // Lengths after CONNECT mean nothing where it went well.
              return {"HTTP/1.1 " + status + " Told\r\nContent-Length: 2\r\n\r\nok", false};
          }, true),
          way_({origin_.port()}, upstream::Protocol::Http1, nullptr, "CONNECT") {}

    void judge(const Sent& sent, Random& random, Tally& tally) {
        const auto bytes = sent.head + sent.early;
        Message expected;
        std::size_t used = 0;
        const bool valid = takeRequest(bytes, used, expected, true) == Verdict::Whole && expected.method == "CONNECT";
        const auto early = valid ? bytes.substr(used) : std::string();
        const bool broken = oneIn(random, 3) && bytes.size() > 2;
        const auto at = broken ? 1 + below(random, bytes.size() - 1) : bytes.size();
        const auto told = talk(way_.port(), {bytes.substr(0, at), bytes.substr(at)},
                               [](const std::string& received) { return received.find("\r\n\r\n") != std::string::npos && received.starts_with("HTTP/1.1 2"); },
                               valid ? 10s : 150ms);
        auto seen = origin_.take();
        const int status = told.received.size() > 12 ? std::atoi(told.received.c_str() + 9) : 0;
        const bool tunnel = status / 100 == 2;
        if (tunnel)
            test::eventually([&] {
                seen.tunnelled += origin_.take().tunnelled;
                return seen.tunnelled.size() >= early.size();
            });
        ++tally.cases;
        tally.cut += seen.partial.size();
        const auto fail = [&](const std::string& why) {
            std::string text = "case " + std::to_string(tally.cases) + ": " + why + "\n--- sent\n" + shown(bytes) + "\n--- received\n" + shown(told.received) + "\n--- tunnelled\n" + shown(seen.tunnelled);
            for (const auto& request : seen.requests) text += "\n--- seen\n" + shown(request.raw);
            for (const auto& each : seen.malformed) text += "\n--- malformed at the origin\n" + shown(each);
            tally.fail(std::move(text));
        };
        if (!seen.malformed.empty()) return fail("the origin got bytes that are no CONNECT, or too early");
        if (seen.requests.size() > (valid ? 1U : 0U)) return fail("the origin saw " + std::to_string(seen.requests.size()) + " requests");
        std::size_t answers = 0;
        for (auto place = told.received.find("HTTP/1.1 "); place != std::string::npos; place = told.received.find("HTTP/1.1 ", place + 1)) ++answers;
        // Bytes that were to be a tunnel's are another message where the mutation made a request of another method: it may be refused.
        if (valid && answers > 1) return fail("there are " + std::to_string(answers) + " answers");
        if (seen.requests.empty()) {
            if (!seen.tunnelled.empty()) return fail("bytes reached the origin");
            if (status != 0 && !refusal(status) && status != 404) return fail("answered " + std::to_string(status));
            // Once an HTTP/1.1 head was whole, whatever follows it is doubtful.
            if (status != 0 && !told.closedFirst && status != 404) return fail("the connection stays open after a refusal");
            if (!sent.mutated) return fail("a valid CONNECT was not served");
            ++tally.refused;
            return;
        }
        const auto& reached = seen.requests[0];
        if (reached.method != "CONNECT" || reached.target != expected.target) return fail("the target became " + shown(reached.target));
        for (const auto* name : {"connection", "upgrade", "te", "trailer", "expect", "proxy-authorization", "proxy-connection", "transfer-encoding", "content-length"})
            if (!valuesOf(reached.fields, name).empty()) return fail(std::string(name) + " was passed on");
        if (valuesOf(reached.fields, "x-forwarded-for") != std::vector<std::string>{"127.0.0.1"}) return fail("x-forwarded-for is the client's own");
        if (tunnel && seen.tunnelled != early) return fail("the tunnel's bytes are others than those that were sent");
        if (tunnel && told.received.find("Content-Length") != std::string::npos) return fail("the answer tells a length");
        if (!tunnel && !seen.tunnelled.empty()) return fail("bytes passed without a tunnel");
        if (!tunnel && !told.closedFirst) return fail("the connection stays open without a tunnel");
        ++tally.forwarded;
    }

  private:
    Recorder origin_;
    Lane way_;
};

TEST(JudgeConnect, TunnelsWhatWasAskedForOrNothing) {
    const auto cases = option("--cases", 1500);
    ConnectJudge bench;
    Random random(seed());
    Tally tally;
    for (std::uint64_t i = 0; i < cases; ++i) bench.judge(make(random), random, tally);
    tally.report("CONNECT");
    EXPECT_GT(tally.forwarded, tally.cases / 20);
    EXPECT_GT(tally.refused, tally.cases / 20);
}

}  // namespace
}  // namespace gatehouse::judge
