// HTTP/2 requests made by hand before the judge, into HTTP/1 and HTTP/2 upstreams: what HTTP/2 can carry and HTTP/1 cannot must
// not get through, and what gets through means the same on the other side.
#include "core/gateway/h2_peer.h"
#include "core/gateway/judge/judge.h"
#include "core/http/h2_test_support.h"

namespace gatehouse::judge {
namespace {

namespace hand = http::h2test;
using Random = std::mt19937_64;
std::size_t below(Random& random, std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); }
bool oneIn(Random& random, std::size_t bound) { return below(random, bound) == 0; }
template <std::size_t Size>
std::string any(Random& random, const std::string_view (&list)[Size]) {
    return std::string(list[below(random, Size)]);
}

/// What a peer's frames say of stream 1.
class Frames {
  public:
    Frames() { nghttp2_hd_inflate_new(&inflater_); }
    ~Frames() { nghttp2_hd_inflate_del(inflater_); }
    Frames(const Frames&) = delete;
    void feed(std::string_view bytes) {
        rest_ += bytes;
        while (rest_.size() >= 9) {
            const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(rest_[i])); };
            const auto size = byte(0) * 65536 + byte(1) * 256 + byte(2);
            if (rest_.size() < 9 + size) return;
            take(static_cast<int>(byte(3)), static_cast<int>(byte(4)), byte(8), rest_.substr(9, size));
            rest_.erase(0, 9 + size);
        }
    }
    std::vector<int> statuses;
    std::string body;
    bool ended = false, reset = false, goaway = false, broken = false;

  private:
    void take(int type, int flags, std::size_t stream, std::string payload) {
        if (type == 7) goaway = true;
        if (type == 3 && stream == 1) reset = true;
        if (type == 0 && stream == 1) body += payload;
        if ((type == 0 || type == 1) && stream == 1 && (flags & 1) != 0) ended = true;
        if (type != 1) return;
        const auto* at = reinterpret_cast<const std::uint8_t*>(payload.data());
        std::size_t left = payload.size();
        for (;;) {
            nghttp2_nv field;
            int state = 0;
            const auto used = nghttp2_hd_inflate_hd2(inflater_, &field, &state, at, left, 1);
            if (used < 0) {
                broken = true;
                return;
            }
            at += used;
            left -= static_cast<std::size_t>(used);
            if ((state & NGHTTP2_HD_INFLATE_EMIT) != 0 && std::string_view(reinterpret_cast<char*>(field.name), field.namelen) == ":status")
                statuses.push_back(std::atoi(reinterpret_cast<char*>(field.value)));
            if ((state & NGHTTP2_HD_INFLATE_FINAL) != 0) break;
            if ((state & NGHTTP2_HD_INFLATE_EMIT) == 0 && left == 0) break;
        }
        nghttp2_hd_inflate_end_headers(inflater_);
    }
    nghttp2_hd_inflater* inflater_ = nullptr;
    std::string rest_;
};

struct Draft {
    Fields fields;
    std::string body;
    std::vector<std::size_t> cuts;
    Fields trailers;
    bool mutated = false;
    bool endsInHead = true;  ///< END_STREAM on the head.
};

Draft make(Random& random) {
    using namespace std::string_view_literals;
    constexpr std::string_view kPaths[] = {"/", "/a?x=1", "/x/../y", "//z", "/a%20b", "/%61"};
    constexpr std::string_view kHosts[] = {"a.test", "A.Test:8080", "[::1]:80", "localhost"};
    constexpr std::string_view kNames[] = {"x-a", "accept", "user-agent", "x_under", "cookie", "x-forwarded-for"};
    constexpr std::string_view kValues[] = {"1", "*/*", "", "two words", "caf\xc3\xa9", "a,b"};
    Draft draft;
    const auto host = any(random, kHosts);
    draft.fields = {{":method", "GET"}, {":scheme", "http"}, {":authority", host}, {":path", any(random, kPaths)}};
    for (auto count = below(random, 4); count > 0; --count) draft.fields.emplace_back(any(random, kNames), any(random, kValues));
    if (oneIn(random, 2)) {
        draft.fields[0].second = oneIn(random, 3) ? "PUT" : "POST";
        draft.body = oneIn(random, 3) ? "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n" : oneIn(random, 6) ? std::string(below(random, 30'000), 'z') : "hello";
        draft.endsInHead = false;
        if (oneIn(random, 2)) draft.fields.emplace_back("content-length", std::to_string(draft.body.size()));
        if (oneIn(random, 4)) draft.trailers.emplace_back("x-sum", "1");
        for (auto count = below(random, 3); count > 0 && draft.body.size() > 1; --count) draft.cuts.push_back(below(random, draft.body.size()));
    }
    if (oneIn(random, 8)) return draft;
    draft.mutated = true;
    constexpr std::string_view kBadNames[] = {"Transfer-Encoding", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "upgrade", "te", "x y", "x:y", "x\r\ny", "x\ny", "x\0y"sv, "X-Upper", "", " x", "x ", "x\t", "\xc3\xa9", ":status", ":x", ":path", ":method", "host", "content-length", "x\r\n\r\nGET /smuggled HTTP/1.1\r\nHost", "http2-settings", "expect"};
    constexpr std::string_view kBadValues[] = {"chunked", "a\r\nx: y", "a\nx: y", "a\rx: y", "a\0b"sv, " a", "a ", "\ta", "a\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n", "a\x7f", "\x01", "close", "h2c", "trailers", "gzip", "trailers, gzip", "0", "5", "+5", "5,5", "evil.test", "100-continue", "/evil", "a\r\n b"};
    constexpr std::string_view kBadPaths[] = {"", "a", "*", "http://evil/", "/a b", "/ HTTP/1.1\r\nHost: evil\r\n\r\nGET /smuggled", "/a\r\nX: y", "/a\tb", "/a#b", "/a\0"sv, "/%00", "/%2f", "/%5c", "\\a", "/a\\b", "/%", "/a\x7f", "/caf\xc3\xa9", "//evil/a", "?x", "/..;/a", " /a", "/a ", "/a?b c", "/a?\r\n", "@evil/"};
    constexpr std::string_view kBadMethods[] = {"", "GET ", " GET", "GET / HTTP/1.1\r\nHost: evil\r\n\r\nGET", "G\0T"sv, "get", "G(T", "CONNECT", "TRACE", "GET\r\n", "HEAD", "OPTIONS", "G\tT", "POST /x HTTP/1.1\r\nA:"};
    constexpr std::string_view kBadHosts[] = {"", "a b", "a,b", "u@a.test", "a/b", "a.test\r\nX: y", "a\0"sv, "a.test:", "a.test:99999", "[::1", "a\\b", "a#b", "a?b", "evil.test\r\n\r\nGET /smuggled HTTP/1.1", "a%00", "\xc3\xa9"};
    constexpr std::string_view kBadSchemes[] = {"", "ftp", "https", "http ", "http://evil/x?", "HTTP", "http\r\nX: y", "javascript"};
    const auto insert = [&](Field field, bool anywhere) {
        const auto from = anywhere ? std::size_t{0} : std::min<std::size_t>(4, draft.fields.size());
        draft.fields.insert(draft.fields.begin() + static_cast<std::ptrdiff_t>(from + below(random, draft.fields.size() - from + 1)), std::move(field));
    };
    for (auto count = 1 + below(random, 2); count > 0; --count) {
        switch (below(random, 12)) {
            case 0: insert({any(random, kBadNames), any(random, kBadValues)}, false); break;
            case 1: insert({any(random, kBadNames), "1"}, oneIn(random, 2)); break;
            case 2: insert({"x-odd", any(random, kBadValues)}, oneIn(random, 3)); break;
            case 3:
            case 4: draft.fields[3].second = any(random, kBadPaths); break;
            case 5: draft.fields[0].second = any(random, kBadMethods); break;
            case 6: draft.fields[2].second = any(random, kBadHosts); break;
            case 7: draft.fields[1].second = any(random, kBadSchemes); break;
            case 8: {
                const auto length = std::to_string(draft.body.size());
                const std::string lengths[] = {"0", "1", length + "0", "+" + length, length + "," + length, length + " ", "", "-1", "0x5", "18446744073709551621", length};
                insert({"content-length", lengths[below(random, std::size(lengths))]}, false);
                break;
            }
            case 9:
                if (draft.endsInHead) draft.body = "hello";
                draft.endsInHead = false;
                draft.trailers.emplace_back(any(random, kBadNames), any(random, kBadValues));
                break;
            case 10: std::swap(draft.fields[below(random, draft.fields.size())], draft.fields[below(random, draft.fields.size())]); break;
            default:
                if (draft.fields.size() > 4) insert(draft.fields[below(random, draft.fields.size())], true);
                else draft.fields.erase(draft.fields.begin() + static_cast<std::ptrdiff_t>(below(random, 4)));
                if (draft.fields.size() < 4) draft.fields.insert(draft.fields.begin(), {"x-pad", "1"});
        }
    }
    return draft;
}

/// The judge's opinion: the request that these fields are, or none.
std::optional<Message> meaningOf(const Draft& draft) {
    Message out;
    std::map<std::string, std::string> pseudo;
    bool ordinary = false;
    std::vector<std::string> lengths;
    std::string cookies;
    for (const auto& [name, value] : draft.fields) {
        for (const char c : value)
            if (c == '\r' || c == '\n' || c == '\0') return {};
        if (!value.empty() && (trimmed(value).size() != value.size() || !plainValue(value))) return {};
        if (!name.empty() && name.front() == ':') {
            if (ordinary || !pseudo.emplace(name, value).second) return {};
            if (name != ":method" && name != ":scheme" && name != ":authority" && name != ":path") return {};
            continue;
        }
        ordinary = true;
        if (!token(name) || lowered(name) != name) return {};
        if (name == "connection" || name == "keep-alive" || name == "proxy-connection" || name == "transfer-encoding" || name == "upgrade") return {};
        if (name == "te" && value != "trailers") return {};
        if (name == "content-length") lengths.push_back(value);
        if (name == "cookie") {
            cookies += (cookies.empty() ? "" : "; ") + value;
            continue;
        }
        out.fields.emplace_back(name, value);
    }
    for (const auto* name : {":method", ":scheme", ":path"})
        if (pseudo.count(name) == 0) return {};
    out.method = pseudo[":method"];
    out.target = pseudo[":path"];
    if (!token(out.method) || out.method == "CONNECT") return {};
    if (lowered(pseudo[":scheme"]) != "http" && lowered(pseudo[":scheme"]) != "https") return {};
    for (const char c : out.target)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '#') return {};
    if (out.target == "*" ? out.method != "OPTIONS" : meaning(out.target.substr(0, out.target.find('?'))).empty()) return {};
    const auto hosts = valuesOf(out.fields, "host");
    if (hosts.size() > 1) return {};
    if (pseudo.count(":authority") > 0) {
        if (!hosts.empty() && lowered(hosts[0]) != lowered(pseudo[":authority"])) return {};
        if (hosts.empty()) out.fields.emplace_back("host", pseudo[":authority"]);
    } else if (hosts.empty()) {
        return {};
    }
    if (!goodAuthority(valuesOf(out.fields, "host")[0])) return {};
    if (lengths.size() > 1) return {};
    if (!lengths.empty() && (lengths[0].empty() || lengths[0].size() > 18 || lengths[0].find_first_not_of("0123456789") != std::string::npos ||
                             std::stoull(lengths[0]) != draft.body.size()))
        return {};
    for (const auto& [name, value] : draft.trailers) {
        if (!token(name) || lowered(name) != name || !plainValue(value) || trimmed(value).size() != value.size()) return {};
        for (const auto* bad : {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "content-length", "host"})
            if (name == bad) return {};
    }
    if (!cookies.empty()) out.fields.emplace_back("cookie", cookies);
    out.body = draft.body;
    out.trailers = draft.trailers;
    return out;
}

std::string frames(const Draft& draft) {
    std::string head;
    for (const auto& [name, value] : draft.fields) head += hand::hpackField(name, value);
    auto out = std::string(hand::kPreface) + hand::frame(4, 0, 0, {});
    out += hand::frame(1, hand::kEndHeaders | (draft.endsInHead ? hand::kEnd : 0), 1, head);
    if (draft.endsInHead) return out;
    std::set<std::size_t> cuts(draft.cuts.begin(), draft.cuts.end());
    for (std::size_t at = 8'000; at < draft.body.size(); at += 8'000) cuts.insert(at);
    cuts.erase(0);
    cuts.insert(draft.body.size());
    std::size_t from = 0;
    for (const auto to : cuts) {
        const bool last = to == draft.body.size() && draft.trailers.empty();
        out += hand::frame(0, last ? hand::kEnd : 0, 1, std::string_view(draft.body).substr(from, to - from));
        from = to;
    }
    if (draft.trailers.empty()) return out;
    std::string trailers;
    for (const auto& [name, value] : draft.trailers) trailers += hand::hpackField(name, value);
    return out + hand::frame(1, hand::kEndHeaders | hand::kEnd, 1, trailers);
}

std::string text(const Draft& draft) {
    std::string out;
    for (const auto& [name, value] : draft.fields) out += shown(name) + " = " + shown(value) + "\n";
    if (!draft.endsInHead) out += "body " + shown(draft.body) + "\n";
    for (const auto& [name, value] : draft.trailers) out += "trailer " + shown(name) + " = " + shown(value) + "\n";
    return out;
}

/// Cookies may be joined or apart, and stand anywhere; so may Host.
Message sorted(Message message) {
    std::string cookies;
    for (const auto& value : valuesOf(message.fields, "cookie")) cookies += (cookies.empty() ? "" : "; ") + value;
    std::erase_if(message.fields, [](const Field& field) { return lowered(field.first) == "cookie"; });
    // A last crumb that is empty leaves a space, which is none of the value.
    if (!cookies.empty()) message.fields.emplace_back("cookie", trimmed(cookies));
    return message;
}

/// A seen request that HTTP/1 or HTTP/2 at the origin would call wrong.
std::string wrongAtHttp2(const test::H2Message& seen) {
    bool ordinary = false;
    std::set<std::string> pseudo;
    for (const auto& [name, value] : seen.fields) {
        if (name.starts_with(":")) {
            if (ordinary || !pseudo.insert(name).second) return "pseudo-header " + name;
        } else {
            ordinary = true;
            if (!token(name) || lowered(name) != name) return "name " + shown(name);
            for (const auto* bad : {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"})
                if (name == bad) return std::string("field ") + bad;
        }
        if (!plainValue(value) || trimmed(value).size() != value.size()) return "value " + shown(value);
    }
    for (const auto* name : {":method", ":scheme", ":path"})
        if (pseudo.count(name) == 0) return std::string(name) + " is missing";
    for (const auto& each : valuesOf(seen.fields, "content-length"))
        if (each != std::to_string(seen.body.size())) return "content-length " + each;
    return {};
}

class Http2Judge {
  public:
    explicit Http2Judge(upstream::Protocol protocol) : protocol_(protocol) {
        if (protocol == upstream::Protocol::Http1) {
            http1_ = std::make_unique<Recorder>();
            way_ = std::make_unique<Lane>(std::vector<std::uint16_t>{http1_->port()});
            return;
        }
        auto serve = test::speakingHttp2([this](test::H2Peer& peer, std::int32_t id) {
            const auto& arrived = peer.messages[id];
            Message request;
            for (const auto& [name, value] : arrived.fields) {
                if (name == ":method") request.method = value;
                else if (name == ":path") request.target = value;
                else if (name == ":authority") request.fields.emplace_back("host", value);
                else if (!name.starts_with(":")) request.fields.emplace_back(name, value);
            }
            request.body = arrived.body;
            request.trailers = arrived.trailers;
            const auto wrong = wrongAtHttp2(arrived);
            std::lock_guard lock(mutex_);
            if (!wrong.empty()) seen_.malformed.push_back(wrong);
            seen_.serials.push_back("serial " + std::to_string(++serial_));
            seen_.requests.push_back(std::move(request));
            test::respondOk(peer, id, peer.messages[id].field(":method") == "HEAD" ? std::string() : seen_.serials.back());
        });
        http2_ = std::make_unique<test::Origin>([serve = std::move(serve)](test::Wire& wire) {
            const int on = 1;
            ::setsockopt(wire.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            serve(wire);
        });
        way_ = std::make_unique<Lane>(std::vector<std::uint16_t>{http2_->port()}, protocol);
    }
    ~Http2Judge() { way_.reset(); }

    void judge(const Draft& draft, Tally& tally) {
        const auto expected = meaningOf(draft);
        Frames read;
        std::size_t fed = 0;
        const auto told = talk(way_->port(), {frames(draft)},
                               [&](const std::string& received) {
                                   read.feed(std::string_view(received).substr(fed));
                                   fed = received.size();
                                   return read.ended || read.reset || read.goaway;
                               },
                               10s);
        auto seen = take();
        ++tally.cases;
        const int status = read.statuses.empty() ? 0 : read.statuses.back();
        const auto fail = [&](const std::string& why) {
            std::string out = "case " + std::to_string(tally.cases) + ": " + why + "\n--- sent\n" + text(draft) + "--- answered " + std::to_string(status) + " " + shown(read.body) + (read.reset ? " reset" : "") + (read.goaway ? " goaway" : "");
            for (const auto& request : seen.requests) out += "\n--- seen\n" + (request.raw.empty() ? request.method + " " + shown(request.target) : shown(request.raw));
            for (const auto& bytes : seen.malformed) out += "\n--- malformed at the origin\n" + shown(bytes);
            tally.fail(std::move(out));
        };
        tally.cut += seen.partial.size();
        if (read.broken) return fail("the answer's head cannot be read");
        if (!seen.malformed.empty()) return fail("the origin got what is no request");
        if (seen.requests.size() > (expected ? 1U : 0U)) return fail("the origin saw " + std::to_string(seen.requests.size()) + " requests");
        if (!read.ended && !read.reset && !read.goaway) return fail("no answer, no reset");
        if (seen.requests.empty()) {
            const bool asterisk = expected && expected->target == "*" && status == 404;
            if (status != 0 && !refusal(status) && !asterisk) return fail("answered " + std::to_string(status));
            if (!draft.mutated) return fail("a valid request was not served");
            ++tally.refused;
            return;
        }
        auto reached = sorted(seen.requests[0]);
        auto sent = sorted(*expected);
        const auto wrong = difference(sent, reached, way_->origin());
        if (!wrong.empty()) return fail(wrong);
        if (protocol_ == upstream::Protocol::Http1) {
            const auto beast = beastOpinion(seen.requests[0]);
            if (!beast.empty()) return fail(beast);
        }
        if (status != 200 || (sent.method != "HEAD" && read.body != seen.serials[0])) return fail("the answer is not the origin's");
        ++tally.forwarded;
    }

  private:
    Recorder::Taken take() {
        if (http1_) return http1_->take();
        std::lock_guard lock(mutex_);
        return std::exchange(seen_, {});
    }
    upstream::Protocol protocol_;
    std::unique_ptr<Recorder> http1_;
    std::mutex mutex_;
    Recorder::Taken seen_;
    int serial_ = 0;
    std::unique_ptr<test::Origin> http2_;
    std::unique_ptr<Lane> way_;
};

class JudgeHttp2 : public ::testing::TestWithParam<upstream::Protocol> {};

TEST_P(JudgeHttp2, ForwardsWhatWasSentOrNothing) {
    const auto cases = option("--cases", 2000);
    Http2Judge bench(GetParam());
    Random random(seed());
    Tally tally;
    for (std::uint64_t i = 0; i < cases; ++i) bench.judge(make(random), tally);
    tally.report(GetParam() == upstream::Protocol::Http1 ? "HTTP/2 to HTTP/1" : "HTTP/2 to HTTP/2");
    EXPECT_GT(tally.forwarded, tally.cases / 20);
    EXPECT_GT(tally.refused, tally.cases / 20);
}

INSTANTIATE_TEST_SUITE_P(Upstream, JudgeHttp2, ::testing::Values(upstream::Protocol::Http1, upstream::Protocol::Http2),
                         [](const auto& info) { return info.param == upstream::Protocol::Http1 ? "Http1" : "Http2"; });

}  // namespace
}  // namespace gatehouse::judge
