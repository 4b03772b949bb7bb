// Mutated HTTP/1 answers before the judge: the client gets what the origin meant, an answer of the gateway's own (502, 504), or a
// connection that is cut, and never a part of one answer as another.
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

constexpr std::string_view kInner = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX-Evil: 1\r\n\r\npoison";

std::string answer(Random& random, bool& mutated) {
    using namespace std::string_view_literals;
    constexpr std::string_view kStatusLines[] = {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200\r\n", "HTTP/1.1 200 \r\n", "HTTP/1.0 200 OK\r\n", "HTTP/1.1 404 Not Found\r\n", "HTTP/1.1 500 Oh\r\n",
                                                 "HTTP/1.1 204 No Content\r\n", "HTTP/1.1 304 Not Modified\r\n", "HTTP/1.1 299 Odd\r\n"};
    constexpr std::string_view kBadLines[] = {"HTTP/1.1 200 OK\n", "HTTP/1.1  200 OK\r\n", "HTTP/2 200\r\n", "HTTP/1.1 99 No\r\n", "HTTP/1.1 600 No\r\n", "HTTP/1.1 20 OK\r\n", "HTTP/1.1 2000 OK\r\n", "HTTP/1.1 +20 OK\r\n", "http/1.1 200 OK\r\n", "HTTP/1.1 200 O\0K\r\n"sv,
                                              "ICY 200 OK\r\n", "HTTP/1.1 200 O\rK\r\n", "HTTP/1.1\r\n", "\r\nHTTP/1.1 200 OK\r\n", " HTTP/1.1 200 OK\r\n", "HTTP/1.1 101 Switching Protocols\r\n", "HTTP/1.1 200OK\r\n", "HTTP/1.2 200 OK\r\n", "HTTP/1.1 200 OK\r\r\n", "HTTP/1.1 200 OK\r\n \r\n", "hello", "\0\0\0\x04"sv};
    const auto body = oneIn(random, 3) ? std::string(kInner) : oneIn(random, 8) ? std::string(below(random, 60'000), 'y') : std::string("hello");
    auto line = any(random, kStatusLines);
    std::string framing;
    std::string content;
    std::string interim;
    switch (below(random, 5)) {
        case 0:
        case 1:
            framing = "Content-Length: " + std::to_string(body.size()) + "\r\n";
            content = body;
            break;
        case 2:
        case 3: {
            framing = "Transfer-Encoding: chunked\r\n";
            char size[20];
            std::snprintf(size, sizeof size, "%zx", body.size());
            content = std::string(size) + "\r\n" + body + "\r\n0\r\n" + (oneIn(random, 4) ? "X-Sum: 1\r\n" : "") + "\r\n";
            break;
        }
        default: content = body;
    }
    if (line.starts_with("HTTP/1.0") && framing.starts_with("T")) line = "HTTP/1.1 200 OK\r\n";  // HTTP/1.0 has no chunks.
    std::string fields = oneIn(random, 2) ? "X-A: 1\r\n" : "";
    if (oneIn(random, 6)) interim = oneIn(random, 2) ? "HTTP/1.1 100 Continue\r\n\r\n" : "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    mutated = !oneIn(random, 5);
    if (mutated) {
        constexpr std::string_view kFraming[] = {"Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5, 5\r\n", "Content-Length: +5\r\n", "Content-Length: -5\r\n", "Content-Length: 0x5\r\n", "Content-Length:\r\n",
                                                 "Content-Length: 5 5\r\n", "Content-Length: 18446744073709551621\r\n", "Content-Length: 2\r\n", "Content-Length: 999\r\n", "Content-Length: 0\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                                                 "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: chunked, chunked\r\n", "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: \x0b" "chunked\r\n", "Transfer-Encoding:\r\n chunked\r\n", "Transfer-Encoding : chunked\r\n",
                                                 "Transfer-Encoding: identity\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Content-Length : 5\r\n", " Content-Length: 5\r\n", "Content-Length: 5\n", "Content-Length: 5\r\n\n"};
        constexpr std::string_view kFields[] = {"X: a\0b\r\n"sv, "X: a\rb\r\n", "X: a\nb\r\n", "X: a\r\n b\r\n", "X : 1\r\n", ": 1\r\n", "X\r\n", "X(: 1\r\n", "X: \x01\r\n", "Connection: Content-Length\r\n", "Connection: Transfer-Encoding, X-A\r\n", "Upgrade: h2c\r\nConnection: Upgrade\r\n", "Set-Cookie: a=b\r\n", "Keep-Alive: timeout=1\r\n", "Trailer: X\r\n", "Date: x\r\n", "X: \x7f\r\n"};
        constexpr std::string_view kAfter[] = {"x", "\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison", "\0"sv, "0\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 408 Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"};
        constexpr std::string_view kInterim[] = {"HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n", "HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 103 Hints\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "HTTP/1.1 199 Odd\r\n\r\n", "HTTP/1.1 100 Continue\n\n", "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"};
        for (auto count = 1 + below(random, 2); count > 0; --count) {
            switch (below(random, 8)) {
                case 0: line = any(random, kBadLines); break;
                case 1:
                case 2: framing = any(random, kFraming); break;
                case 3: fields += any(random, kFields); break;
                case 4: content += any(random, kAfter); break;
                case 5: interim += any(random, kInterim); break;
                case 6: {
                    constexpr std::string_view kBytes[] = {"\r", "\n", "\r\n", "\0"sv, "0", ";", " ", "g", "-", "5\r\n"};
                    if (!content.empty()) content.insert(below(random, content.size() + 1), any(random, kBytes));
                    break;
                }
                default:
                    if (!content.empty()) content.resize(below(random, content.size()));
            }
        }
    }
    return interim + line + fields + framing + "\r\n" + content;
}

/// One client connection: the mutated answer, then an ordinary one, which must be its own.
void judgeOne(Random& random, Tally& tally) {
    struct State {
        std::string bytes;
        bool close = false;
    };
    // The origin outlives its case's gateway connections, so each lane keeps one, and the case is passed in.
    static thread_local auto state = std::make_shared<State>();
    static thread_local Recorder origin([shared = state](const Message& request, const std::string& serial) -> Recorder::Reply {
        if (request.target == "/odd") return {shared->bytes, shared->close};
        return Recorder::ordinary(request, serial);
    });
    static thread_local Lane way({origin.port()});

    const bool head = oneIn(random, 6);
    bool mutated = false;
    const auto bytes = answer(random, mutated);
    // What the origin meant, by the strict reader.
    Message meant;
    std::size_t at = 0;
    auto verdict = Verdict::Whole;
    bool interim101 = false;
    do {
        verdict = takeResponse(bytes, at, head, true, meant);
        interim101 = interim101 || meant.status == 101;
    } while (verdict == Verdict::Whole && meant.status < 200 && at < bytes.size());
    if (verdict == Verdict::Whole && meant.status < 200) verdict = Verdict::Partial;
    if (interim101) verdict = Verdict::Bad;
    const auto surplus = verdict == Verdict::Whole ? bytes.size() - at : 0;
    *state = {bytes, verdict != Verdict::Whole || meant.untilClose};

    const std::string method = head ? "HEAD" : "GET";
    const std::vector<bool> heads = {head, false};
    const auto told = talk(way.port(), {method + " /odd HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\nGET /plain HTTP/1.1\r\nHost: a\r\n\r\n"},
                           [&](const std::string& received) { return answersIn(received, heads, false).final.size() >= 2; }, 10s);
    const auto seen = origin.take();
    const auto answers = answersIn(told.received, heads, true);
    ++tally.cases;
    const auto fail = [&](const std::string& why) {
        tally.fail("case " + std::to_string(tally.cases) + " (" + method + (verdict == Verdict::Bad ? ", bad" : verdict == Verdict::Partial ? ", partial" : "") + "): " + why + "\n--- the origin sent\n" + shown(bytes) + "\n--- the client got\n" + shown(told.received));
    };
    if (told.received.find("(the gateway does not close)") != std::string::npos) return fail("the gateway does not end the connection");
    if (answers.final.empty()) {
        // Cut in the middle: only where the origin's bytes were not whole.
        if (answers.rest == Verdict::Bad) return fail("the client got bytes that are no answer");
        if (verdict == Verdict::Whole && surplus == 0) return fail("a whole answer was cut");
        ++tally.cut;
        return;
    }
    const auto& first = answers.final[0];
    const bool own = first.status == 502 || first.status == 504;
    // HTTP/1.0 answers and those until close are whole when the connection ends; that the gateway's cut is visible is tested elsewhere.
    if (!own) {
        if (verdict != Verdict::Whole) return fail("an answer that is not whole was passed on as one");
        if (first.status != meant.status) return fail("status " + std::to_string(meant.status) + " became " + std::to_string(first.status));
        if (first.body != meant.body) return fail("the body changed");
        for (const auto& name : {"keep-alive", "upgrade", "trailer", "proxy-authenticate"})
            if (!valuesOf(first.fields, name).empty()) return fail(std::string(name) + " was passed on");
        ++tally.forwarded;
    } else {
        ++tally.refused;
        if (!mutated) return fail("a valid answer was refused");
    }
    if (answers.final.size() > 2) return fail("more answers than requests");
    if (answers.rest == Verdict::Bad) return fail("bytes that are no answer follow");
    if (answers.final.size() == 2) {
        if (seen.serials.size() < 2) return fail("the second answer is none of the origin's");
        if (answers.final[1].body != seen.serials.back()) return fail("the second request got another's answer");
    } else if (!told.closedFirst) {
        return fail("the second request got no answer");
    }
}

TEST(Judge, PassesOnWhatWasAnsweredOrNothing) {
    const auto cases = option("--cases", 2000);
    std::vector<Tally> tallies(2);
    std::vector<std::thread> lanes;
    for (std::size_t lane = 0; lane < tallies.size(); ++lane)
        lanes.emplace_back([&, lane] {
            Random random(seed() * 2 + lane);
            for (std::uint64_t i = 0; i < cases / tallies.size(); ++i) judgeOne(random, tallies[lane]);
        });
    for (auto& lane : lanes) lane.join();
    Tally all;
    for (auto& tally : tallies) {
        all.cases += tally.cases;
        all.forwarded += tally.forwarded;
        all.refused += tally.refused;
        all.cut += tally.cut;
        all.more += tally.more;
        for (auto& failure : tally.failures) all.fail(std::move(failure));
    }
    all.report("HTTP/1 answers");
    EXPECT_GT(all.forwarded, all.cases / 10);
    EXPECT_GT(all.refused, all.cases / 20);
}

}  // namespace
}  // namespace gatehouse::judge
