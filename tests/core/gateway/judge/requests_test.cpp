// Mutated HTTP/1 requests before the judge. `--cases N` for a long run, `--seed N` to repeat one.
#include "core/gateway/judge/judge.h"

namespace gatehouse::judge {
namespace {

struct Line {
    std::string name, value;
    std::string colon = ": ", end = "\r\n";
};
struct Chunk {
    std::string data, size, end = "\r\n", sizeEnd = "\r\n";
};

/// A request in parts, so that each part can be made wrong by itself.
struct Draft {
    std::string before, method = "GET", gap1 = " ", target = "/", gap2 = " ", version = "HTTP/1.1", lineEnd = "\r\n";
    std::vector<Line> lines;
    std::string headEnd = "\r\n";
    std::string body;
    std::vector<Chunk> chunks;
    std::string last, trailers, end;

    std::string bytes() const {
        auto out = before + method + gap1 + target + gap2 + version + lineEnd;
        for (const auto& line : lines) out += line.name + line.colon + line.value + line.end;
        out += headEnd + body;
        for (const auto& chunk : chunks) out += chunk.size + chunk.sizeEnd + chunk.data + chunk.end;
        return out + last + trailers + end;
    }
};

using Random = std::mt19937_64;
std::size_t below(Random& random, std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); }
bool oneIn(Random& random, std::size_t bound) { return below(random, bound) == 0; }
template <std::size_t Size>
std::string any(Random& random, const std::string_view (&list)[Size]) {
    return std::string(list[below(random, Size)]);
}

std::string hex(std::size_t value) {
    char text[20];
    std::snprintf(text, sizeof text, "%zx", value);
    return text;
}

/// Content that would be a request of its own where a length is misread.
std::string content(Random& random) {
    constexpr std::string_view kBodies[] = {"hello", "x", "GET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n", "0\r\n\r\n",
                                            "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: evil\r\nX: y", "5\r\nhello\r\n0\r\n\r\n", "a=1&b=2\n", "\r\n\r\n"};
    auto body = any(random, kBodies);
    if (oneIn(random, 20)) body.append(below(random, 40'000), 'z');
    return body;
}

void makeChunks(Random& random, Draft& draft, const std::string& body) {
    draft.chunks.clear();
    for (std::size_t at = 0; at < body.size();) {
        const auto size = 1 + below(random, body.size() - at);
        Chunk chunk;
        chunk.data = body.substr(at, size);
        chunk.size = hex(size);
        draft.chunks.push_back(std::move(chunk));
        at += size;
    }
    draft.last = "0\r\n";
    draft.end = "\r\n";
}

Draft valid(Random& random) {
    Draft draft;
    constexpr std::string_view kTargets[] = {"/", "/a", "/a/b?x=1", "/a?q=%2f%00", "/a%20b", "/x/../y", "//z", "/%61", "/caf%C3%A9", "/a;b=c", "/?", "/a/."};
    constexpr std::string_view kHosts[] = {"a.test", "A.Test:8080", "127.0.0.1:80", "[::1]:8080", "localhost", "a.test."};
    draft.target = any(random, kTargets);
    const auto host = any(random, kHosts);
    draft.lines.push_back({"Host", host});
    if (oneIn(random, 12)) draft.target = "http://" + host + draft.target;
    constexpr std::string_view kNames[] = {"X-A", "Accept", "Cookie", "X_Under", "User-Agent", "X-Forwarded-For", "X-Empty", "x-b", "Authorization"};
    constexpr std::string_view kValues[] = {"1", "*/*", "a=b; c=d", "", "two words", "caf\xc3\xa9", "a,b", "\"quoted\"", "127.0.0.9", "x: y"};
    for (auto count = below(random, 4); count > 0; --count) draft.lines.push_back({any(random, kNames), any(random, kValues)});
    switch (below(random, 8)) {
        case 0: draft.method = "HEAD"; break;
        case 1:
            draft.method = "POST";
            [[fallthrough]];
        case 2: {
            if (draft.method == "GET") draft.method = oneIn(random, 2) ? "PUT" : "DELETE";
            draft.body = content(random);
            draft.lines.push_back({"Content-Length", std::to_string(draft.body.size())});
            break;
        }
        case 3:
        case 4: {
            draft.method = oneIn(random, 3) ? "GET" : "POST";
            draft.lines.push_back({"Transfer-Encoding", oneIn(random, 4) ? "Chunked" : "chunked"});
            makeChunks(random, draft, content(random));
            if (oneIn(random, 4)) draft.trailers = "X-Sum: 1\r\n";
            if (oneIn(random, 4)) draft.chunks[0].size += ";name=\"v\"";
            break;
        }
        case 5:
            draft.method = "POST";
            draft.lines.push_back({"Content-Length", "0"});
            break;
        default: break;
    }
    if (oneIn(random, 16)) draft.lines.push_back({"Connection", oneIn(random, 2) ? "close" : "keep-alive"});
    if (oneIn(random, 20) && !draft.body.empty()) draft.lines.push_back({"Expect", "100-continue"});
    if (oneIn(random, 20) && draft.chunks.empty()) draft.version = "HTTP/1.0";
    if (oneIn(random, 30)) draft.before = "\r\n";
    return draft;
}

Line& someLine(Random& random, Draft& draft) { return draft.lines[below(random, draft.lines.size())]; }
void insertLine(Random& random, Draft& draft, Line line) {
    draft.lines.insert(draft.lines.begin() + static_cast<std::ptrdiff_t>(below(random, draft.lines.size() + 1)), std::move(line));
}

void mutateCoding(Random& random, Draft& draft) {
    using namespace std::string_view_literals;
    constexpr std::string_view kNames[] = {"Transfer-Encoding", "transfer-encoding", "TRANSFER-ENCODING", "Transfer-Encoding ", " Transfer-Encoding",
                                           "Transfer-Encoding\t", "Transfer_Encoding", "Transfer-Encoding\0"sv, "Transfer\r-Encoding", "\0Transfer-Encoding"sv,
                                           "X: y\nTransfer-Encoding", "X: y\rTransfer-Encoding", "Transfer-Encoding:", "Content-Encoding", "TE", "Transfer-Encod\xc4\xb1ng"};
    constexpr std::string_view kValues[] = {"chunked", "Chunked", "CHUNKED", " chunked", "\tchunked", "chunked ", "chunked\t", "\x0b" "chunked", "\x0c" "chunked", "chunked\0"sv,
                                            "\0chunked"sv, "xchunked", "chunkedx", "chunked, identity", "identity, chunked", "identity", "gzip, chunked", "chunked, gzip",
                                            "chunked,chunked", "chunked, chunked", ",chunked", "chunked,", ", ,chunked", "chunked;q=1", "chunked; a=b", "\"chunked\"", "'chunked'",
                                            "chunk", "cow", "", "\n chunked", "\r\n chunked", "\r\n\tchunked", "x\r\n chunked", "chunked\r\n x", "chunked\rX: y", "chunked\nX: y",
                                            "chunked\x7f", "chu\xc5\x8fked", "(x) chunked", "trailers, chunked", "deflate", "chunked\xa0", "\xa0" "chunked"};
    constexpr std::string_view kColons[] = {": ", ":", ":  ", ":\t", " : ", " :", "\t: ", ": \r\n ", "\r\n: ", "", " "};
    Line line{any(random, kNames), any(random, kValues)};
    if (oneIn(random, 2)) line.name = "Transfer-Encoding";
    if (oneIn(random, 5)) line.colon = any(random, kColons);
    if (oneIn(random, 3)) {
        for (auto& each : draft.lines)
            if (each.name == "Transfer-Encoding") each = line;
    }
    insertLine(random, draft, line);
    if (oneIn(random, 3)) insertLine(random, draft, {"Transfer-Encoding", "chunked"});
    if (draft.chunks.empty() && draft.body.empty() && oneIn(random, 2)) makeChunks(random, draft, content(random));
    if (oneIn(random, 4)) draft.version = "HTTP/1.0";
}

void mutateLength(Random& random, Draft& draft) {
    using namespace std::string_view_literals;
    constexpr std::string_view kNames[] = {"Content-Length", "content-length", "Content-Length ", " Content-Length", "Content-Length\t", "Content_Length",
                                           "Content-Length\0"sv, "X: y\nContent-Length", "X: y\rContent-Length", "Content\r-Length", "Content-\x4c\xc4\x97ngth"};
    const auto real = std::to_string(draft.body.empty() ? draft.last.size() : draft.body.size());
    const std::string values[] = {real, "+" + real, "-" + real, "0x" + real, "0" + real, "00000000000000000000" + real, real + " ", real + "," + real, real + ", " + real,
                                  real + " " + real, real + ".0", real + "e0", real + ";", real + std::string(1, '\0'), std::string(1, '\0') + real, "", " ", "1_0", "0", "1", "5", "99999",
                                  "18446744073709551616", "18446744073709551621", "9223372036854775808", "4294967296", "\x0b" + real, real + "\x0b", real + "\x0c", "\"" + real + "\"",
                                  "\n " + real, "\r\n " + real, real + "\r\n 0", real + "\rX: y", "\xd9\xa5", "0b101", "1e1", "five", "-0", "+0", "0,0", real + ",", "," + real, real + "\x85"};
    Line line{oneIn(random, 2) ? "Content-Length" : any(random, kNames), values[below(random, std::size(values))]};
    if (oneIn(random, 3)) {
        for (auto& each : draft.lines)
            if (each.name == "Content-Length") each = line;
    }
    insertLine(random, draft, line);
    if (oneIn(random, 4)) insertLine(random, draft, {"Content-Length", real});
    if (oneIn(random, 4)) insertLine(random, draft, {"Transfer-Encoding", "chunked"});
    if (draft.body.empty() && draft.chunks.empty() && oneIn(random, 2)) draft.body = content(random);
}

void mutateChunks(Random& random, Draft& draft) {
    using namespace std::string_view_literals;
    if (draft.chunks.empty()) {
        draft.method = "POST";
        draft.body.clear();
        std::erase_if(draft.lines, [](const Line& line) { return line.name == "Content-Length" || line.name == "Expect"; });
        draft.version = "HTTP/1.1";
        draft.lines.push_back({"Transfer-Encoding", "chunked"});
        makeChunks(random, draft, content(random));
    }
    auto& chunk = draft.chunks[below(random, draft.chunks.size())];
    const auto size = chunk.size;
    const std::string sizes[] = {"0" + size, "0x" + size, "+" + size, "-" + size, " " + size, size + " ", size + "\t", "\t" + size, size + ";", size + ";a", size + ";a=b",
                                 size + ";a=\"b\"", size + " ;a", size + "; a", size + ";a=\"b\nc\"", size + ";a=\"b\r\nc\"", size + ";\n", size + ";\r", size + ";a\rb", "", "g", "0",
                                 "FFFFFFFFFFFFFFFF" + size, "10000000000000000", "1000000000000000" + size, "0000000000000000000" + size, size + std::string(1, '\0'), size + ";" + std::string(1, '\0'),
                                 size + ".", size + "h", size + ",", size + "\x0b", "\"" + size + "\"", size + "_0", size + "\x85", size + ";" + std::string(300, 'x'), size + ";" + std::string(20'000, 'x')};
    constexpr std::string_view kEnds[] = {"\r\n", "\n", "\r", "", "XX", "\r\n\r\n", "\r\r\n", "\n\r", "X\r\n", "\r\nX", "\0\r\n"sv};
    constexpr std::string_view kLasts[] = {"0\r\n", "00\r\n", "000000000000000\r\n", "0000000000000000000000\r\n", "0;a=b\r\n", "0 \r\n", "0\n", "0\r", "0", "", "0x0\r\n", "+0\r\n", "-0\r\n", "0\r\r\n", "0;\n"};
    constexpr std::string_view kTrailers[] = {"X-Sum: 1\r\n", "X-Sum: 1\n", "X-Sum 1\r\n", " X: 1\r\n", "X : 1\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Host: evil\r\n",
                                              "X: a\r\n b\r\n", "X: \0\r\n"sv, "GET /smuggled HTTP/1.1\r\nHost: evil\r\n", ": x\r\n", "X-Forwarded-For: 1.2.3.4\r\n", "Authorization: x\r\n", "Connection: close\r\n"};
    constexpr std::string_view kFinal[] = {"\r\n", "\n", "\r", "", "\r\r\n", "X\r\n", "\n\r\n"};
    switch (below(random, 6)) {
        case 0:
        case 1: chunk.size = sizes[below(random, std::size(sizes))]; break;
        case 2: chunk.end = any(random, kEnds); break;
        case 3: chunk.sizeEnd = any(random, kEnds); break;
        case 4: draft.last = any(random, kLasts); break;
        default:
            draft.trailers = any(random, kTrailers);
            draft.end = any(random, kFinal);
    }
}

void mutateLineEnds(Random& random, Draft& draft) {
    using namespace std::string_view_literals;
    constexpr std::string_view kEnds[] = {"\n", "\r", "\r\r\n", "\n\r", "\r\n ", "\r\n\t", "\x85", "\x0b", "\x0c", "\0\r\n"sv, "\r\0\n"sv, "\r\n\r", "", "\r\n\n", "\xe2\x80\xa8", " \r\n", "\t\r\n"};
    switch (below(random, 4)) {
        case 0: draft.lineEnd = any(random, kEnds); break;
        case 1: draft.headEnd = any(random, kEnds); break;
        default: someLine(random, draft).end = any(random, kEnds);
    }
}

void mutateField(Random& random, Draft& draft) {
    using namespace std::string_view_literals;
    constexpr std::string_view kNames[] = {"", " ", "X Y", "X\tY", "X\0Y"sv, "X(Y)", "X/Y", "X@Y", "X[Y]", "\xc3\xa9", "X\x7f", "X\nY: z\r\nHost", "X\rY", "X:Y", "{x}", "X\"Y", "\x01", "X=Y", "X;Y", "X,Y", "GET / HTTP/1.1", ":authority", ":path", "Host\x00"sv};
    constexpr std::string_view kValues[] = {"\0"sv, "a\0b"sv, "a\rb", "a\nb", "a\r\nb: c", "a\r\n b", "a\r\n\tb", "\x01", "a\x7f", "a\x1b[0m", "a\x08", "\xff\xfe", "\xc2\x85", "a\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: evil", "\x0b", "\x0c" "a", "a\n\n", "a\r\n\n"};
    constexpr std::string_view kColons[] = {" : ", "\t: ", "", " ", "=", ": \r\n ", "::", "\0: "sv, "\r: ", "\n: ", ":\0"sv, "\x0b: "};
    Line line{"X-Odd", "1"};
    switch (below(random, 4)) {
        case 0: line.name = any(random, kNames); break;
        case 1: line.value = any(random, kValues); break;
        case 2: line.colon = any(random, kColons); break;
        default: someLine(random, draft).value = any(random, kValues); return;
    }
    insertLine(random, draft, line);
}

void mutateRequestLine(Random& random, Draft& draft) {
    using namespace std::string_view_literals;
    constexpr std::string_view kMethods[] = {"", "GET ", " GET", "get", "G ET", "GET\t", "G\0T"sv, "GET\r\nX:", "POST", "PRI", "CONNECT", "GE(T", "\xc3\x89", "GET,POST", "TRACE", "M-SEARCH", "QUERY", "GETGETGETGETGETGETGETGETGETGETGETGET"};
    constexpr std::string_view kGaps[] = {"", "  ", "\t", " \t", "\x0b", "\x0c", "\r", "\n", "\r\n", "\0"sv, "\xa0", " \r\n "};
    constexpr std::string_view kTargets[] = {"", "a", "*", "/a b", "/a\tb", "/a#b", "/#", "/a\0b"sv, "/%00", "/%2f", "/%5c", "/a\\b", "/%", "/%zz", "/%2", "/\x7f", "/caf\xc3\xa9", "http://", "http:///a", "http://a.test@evil/", "ftp://a.test/",
                                             "http://evil/", "//evil/a", "/a HTTP/1.1\r\nHost: evil\r\n\r\nGET /", "/..", "/../../x", "/a/%2e%2e/b", "/a/..;/b", "/.%2e/", "HTTP/1.1", "a.test:80", "/a?b c", "/a?b#c", "/a?\x01", "http://a.test:99999/", "?x=1", "/a\r", "\\a", "/%c0%af",
                                             "https://a.test/", "HTTP://a.test/x", "http://a.test#x", "/%u0041", "/a%0d%0aX:%20y", "/a?%0d%0aX:%20y"};
    constexpr std::string_view kVersions[] = {"HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/1.10", "HTTP/1.1 ", " HTTP/1.1", "HTTP/1,1", "http/1.1", "HTTP/1.", "HTTP/.1", "HTTP/11", "HTTP/1.1x", "HTTP/+1.1", "HTTP/1.1\0"sv, "", "HTTP", "HTTPS/1.1", "HTTP/1\x2e\x31\x0b", "HTTP/\xd9\xa1.1", "ICY/1.1", "HTTP/1.1 HTTP/1.1", "HTTP/01.1", "HTTP/1.01", "HTTP/9.9"};
    switch (below(random, 5)) {
        case 0: draft.method = any(random, kMethods); break;
        case 1: (oneIn(random, 2) ? draft.gap1 : draft.gap2) = any(random, kGaps); break;
        case 2:
        case 3: draft.target = any(random, kTargets); break;
        default: draft.version = any(random, kVersions);
    }
}

void mutateHost(Random& random, Draft& draft) {
    using namespace std::string_view_literals;
    constexpr std::string_view kHosts[] = {"", " ", "a b", "a.test, evil", "a.test,evil:80", "u@a.test", "a.test/", "a.test?x", "a.test#x", "a.test:", "a.test:x", "a.test:-1", "a.test:0", "a.test:65536", "a.test:80:80", "[::1", "::1", "[::1]x", "[]", "[::1]:", "[g]",
                                           "a\0b"sv, "a\tb", "a\\b", "a%00", "a%2f", "http://a.test", "\xc3\xa9.test", "a.test\x7f", ":80", "a..test", ".", "-", "*", "a_b.test", "a.test.", "127.0.0.1", "0x7f.1", "[v1.a]", "[fe80::1%25eth0]", "a.test;x", "(a)", "a.test\r\n b"};
    constexpr std::string_view kNames[] = {"Host", "host", "HOST", "Host ", " Host", "X-Host", "Host\t"};
    switch (below(random, 4)) {
        case 0: draft.lines[0].value = any(random, kHosts); break;
        case 1: insertLine(random, draft, {any(random, kNames), "evil.test"}); break;
        case 2: std::erase_if(draft.lines, [](const Line& line) { return line.name == "Host"; }); insertLine(random, draft, {"X", "y"}); break;
        default: draft.target = "http://" + any(random, kHosts) + "/"; break;
    }
}

void mutateConnection(Random& random, Draft& draft) {
    constexpr std::string_view kValues[] = {"Host", "Content-Length", "Transfer-Encoding", "content-length, transfer-encoding", "X-Forwarded-For", "X-Forwarded-Proto, X-Forwarded-Host", "X-Request-Id", "close, X-A", "keep-alive, close", "Cookie", "Authorization", "Upgrade", "Upgrade, HTTP2-Settings",
                                            "", ",", ",,x", "close;x", "\"close\"", "x-a,x-a,x-b", "TE", "trailers", "Connection", "Expect", "Date", "proxy-connection", "x y", "close\t,\tkeep-alive"};
    constexpr std::string_view kMore[] = {"Upgrade", "TE", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Trailer", "Expect", "HTTP2-Settings", "X-A", "X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Request-Id", "Connection"};
    constexpr std::string_view kMoreValues[] = {"h2c", "websocket", "trailers", "gzip", "100-continue", "close", "timeout=5", "x", "h2c, websocket", "100-Continue", "200-ok", "for=1.2.3.4", ""};
    insertLine(random, draft, {"Connection", any(random, kValues)});
    for (auto count = below(random, 3); count > 0; --count) insertLine(random, draft, {any(random, kMore), any(random, kMoreValues)});
}

std::string mutateBytes(Random& random, std::string bytes) {
    using namespace std::string_view_literals;
    constexpr std::string_view kBytes[] = {"\r", "\n", "\r\n", "\0"sv, " ", "\t", ":", ";", ",", "0", "\x0b", "\x7f", "\x80", "\xff", "/", "%", "\r\n\r\n", "#", "@", "x"};
    for (auto count = 1 + below(random, 3); count > 0 && !bytes.empty(); --count) {
        const auto at = below(random, bytes.size());
        switch (below(random, 6)) {
            case 0: bytes.erase(at, 1); break;
            case 1: bytes.insert(at, any(random, kBytes)); break;
            case 2: bytes.replace(at, 1, any(random, kBytes)); break;
            case 3: bytes[at] = static_cast<char>(random()); break;
            case 4: bytes.insert(at, bytes.substr(at, 1 + below(random, 12))); break;
            default: bytes.erase(at, below(random, 8)); break;
        }
    }
    return bytes;
}

struct Case {
    std::string bytes, family;
    bool mutated = true;
};

std::string one(Random& random, std::string& family) {
    using Mutation = void (*)(Random&, Draft&);
    static constexpr std::pair<const char*, Mutation> kMutations[] = {
        {"coding", mutateCoding}, {"length", mutateLength}, {"chunks", mutateChunks}, {"line ends", mutateLineEnds}, {"field", mutateField},
        {"request line", mutateRequestLine}, {"host", mutateHost}, {"connection", mutateConnection}};
    auto draft = valid(random);
    if (oneIn(random, 9)) {
        family += "bytes ";
        return mutateBytes(random, draft.bytes());
    }
    for (auto count = oneIn(random, 4) ? 2 : 1; count > 0; --count) {
        const auto& [name, mutate] = kMutations[below(random, std::size(kMutations))];
        family += std::string(name) + " ";
        if (!draft.lines.empty()) mutate(random, draft);
    }
    return draft.bytes();
}

Case make(Random& random) {
    Case made;
    if (oneIn(random, 10)) {
        made.mutated = false;
        made.family = "valid";
        for (auto count = 1 + below(random, 3); count > 0; --count) made.bytes += valid(random).bytes();
        return made;
    }
    // What follows on the connection must not be read as part of what is wrong, nor the other way round.
    if (oneIn(random, 6)) made.bytes = valid(random).bytes();
    made.bytes += one(random, made.family);
    if (oneIn(random, 3)) made.bytes += valid(random).bytes();
    return made;
}

std::vector<std::string> pieces(Random& random, const std::string& bytes) {
    if (!oneIn(random, 4) || bytes.size() < 2) return {bytes};
    const auto at = 1 + below(random, bytes.size() - 1);
    return {bytes.substr(0, at), bytes.substr(at)};
}

void judgeOne(const Case& sent, Random& random, Lane& lane, Recorder& origin, Tally& tally) {
    std::vector<Message> expected;
    std::vector<bool> heads;
    std::size_t at = 0;
    auto tail = Verdict::Whole;
    while (at < sent.bytes.size()) {
        Message message;
        tail = takeRequest(sent.bytes, at, message);
        if (tail != Verdict::Whole) break;
        heads.push_back(message.method == "HEAD");
        expected.push_back(std::move(message));
    }
    const bool whole = tail == Verdict::Whole;
    // After a refusal it is the gateway that must end the connection.
    const auto enough = [&](const std::string& received) {
        const auto answers = answersIn(received, heads, false).final;
        return whole && answers.size() >= expected.size() && !refusal(answers.back().status);
    };
    const auto told = talk(lane.port(), pieces(random, sent.bytes), enough, whole ? 10s : 150ms);
    const auto seen = origin.take();
    heads.resize(std::min(heads.size(), seen.requests.size()));
    auto answers = answersIn(told.received, heads, true);
    if (answers.rest != Verdict::Whole) {
        // What was refused may have been a HEAD.
        heads.push_back(true);
        answers = answersIn(told.received, heads, true);
    }

    ++tally.cases;
    const auto fail = [&](const std::string& why) {
        std::string text = "case " + std::to_string(tally.cases) + ", " + sent.family + ": " + why + "\n--- sent\n" + shown(sent.bytes) + "\n--- received\n" + shown(told.received);
        for (const auto& request : seen.requests) text += "\n--- seen\n" + shown(request.raw);
        for (const auto& bytes : seen.malformed) text += "\n--- malformed at the origin\n" + shown(bytes);
        tally.fail(std::move(text));
    };
    tally.cut += seen.partial.size();
    if (!seen.malformed.empty()) return fail("the origin got bytes that are no request");
    if (seen.requests.size() > expected.size()) return fail("the origin saw " + std::to_string(seen.requests.size()) + " requests, and " + std::to_string(expected.size()) + " were sent");
    for (std::size_t i = 0; i < seen.requests.size(); ++i) {
        const auto wrong = difference(expected[i], seen.requests[i], lane.origin());
        if (!wrong.empty()) return fail(wrong);
        const auto beast = beastOpinion(seen.requests[i]);
        if (!beast.empty()) return fail(beast);
    }
    tally.forwarded += seen.requests.size();
    if (answers.rest != Verdict::Whole) return fail("the client got bytes that are no answer");
    if (answers.final.size() < seen.requests.size()) return fail("a request got no answer");
    for (std::size_t i = 0; i < seen.requests.size(); ++i) {
        const auto& answer = answers.final[i];
        if (answer.status != 200 || (expected[i].method != "HEAD" && answer.body != seen.serials[i])) return fail("an answer is not that of its request");
    }
    if (answers.final.size() > seen.requests.size() + 1) return fail("more answers than requests");
    if (answers.final.size() > seen.requests.size()) {
        const auto& last = answers.final.back();
        const bool asterisk = seen.requests.size() < expected.size() && expected[seen.requests.size()].target == "*";
        if (!refusal(last.status) && !(asterisk && last.status == 404)) return fail("answered " + std::to_string(last.status));
        if (!told.closedFirst && last.status != 404) return fail("the connection stays open after a refusal");
        ++tally.refused;
    } else if (seen.requests.size() < expected.size() || tail == Verdict::Bad) {
        ++tally.silent;
    }
    if (!sent.mutated && seen.requests.size() < expected.size()) {
        // HTTP/1.0 and "close" end the connection, and whatever follows on it is not looked at.
        const auto& before = seen.requests.empty() ? nullptr : &expected[seen.requests.size() - 1];
        const bool closes = before != nullptr && (before->minor == 0 || valuesOf(before->fields, "connection") == std::vector<std::string>{"close"});
        if (!closes) return fail("a valid request was not served");
    }
}

/// What was once found, each by itself: malformed trailers left the connection open and its rest was served; a Connection
/// field took away what the gateway sets.
TEST(Judge, KeepsWhatItOnceFound) {
    const std::string head = "POST /a HTTP/1.1\r\nHost: a\r\n";
    const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n";
    const std::string known[] = {
        head + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX : 1\r\n\r\n" + smuggled,
        head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX : 1\r\nY: z\r\n\r\n" + smuggled,
        head + "Connection: X-Forwarded-Proto, X-Forwarded-Host, X-Forwarded-For\r\nContent-Length: 1\r\n\r\nx",
        head + "Connection: X-Request-Id, Host, Content-Length\r\nX-Request-Id: mine\r\nContent-Length: 1\r\n\r\nx"};
    Recorder origin;
    Lane way({origin.port()});
    Random random(1);
    Tally tally;
    for (const auto& bytes : known) judgeOne({bytes, "known"}, random, way, origin, tally);
    tally.report("known");
}

struct Beside {
    Recorder mirror, auth;
};

/// `wide`: through a rule that mirrors, asks for leave with the body, and may try again, all of which keep the body.
void judgeMany(std::uint64_t cases, bool wide, const char* name) {
    constexpr std::size_t kLanes = 4;
    std::vector<Tally> tallies(kLanes);
    std::vector<std::thread> lanes;
    for (std::size_t lane = 0; lane < kLanes; ++lane)
        lanes.emplace_back([&, lane] {
            auto& tally = tallies[lane];
            Recorder origin;
            Beside beside;
            const auto more = [&](route::Rule& rule, const std::function<route::Backend(std::uint16_t)>& backend) {
                if (!wide) return;
                rule.mirrors.push_back({.backend = backend(beside.mirror.port())});
                rule.auths.push_back({.backend = backend(beside.auth.port()), .bodyBytes = 100'000});
                rule.chain.order = {{filter::FilterStep::Mirror, 0}, {filter::FilterStep::Auth, 0}};
                rule.retry = route::Retry{.codes = {503}, .attempts = 1};
            };
            Lane way({origin.port()}, upstream::Protocol::Http1, more);
            Random random(seed() * kLanes + lane);
            for (std::uint64_t i = 0; i < cases / kLanes; ++i) {
                const auto made = make(random);
                judgeOne(made, random, way, origin, tally);
            }
            // What came too late to be seen with its case.
            const auto late = origin.take();
            if (!late.requests.empty() || !late.malformed.empty()) tally.fail("the origin saw more after the end");
            for (auto* other : {&beside.mirror, &beside.auth}) {
                const auto seen = other->take();
                const std::string who = other == &beside.auth ? "the authority" : "the mirror";
                for (const auto& bytes : seen.malformed) tally.fail(who + " got bytes that are no request\n" + shown(bytes));
                for (const auto& request : seen.requests) {
                    const auto beast = beastOpinion(request);
                    if (!beast.empty()) tally.fail(who + ": " + beast + "\n" + shown(request.raw));
                }
                // Mirrors in flight may be given up; none is made up. A request is asked about once, refused or not.
                if (wide && seen.requests.size() > tally.forwarded + (other == &beside.auth ? tally.refused + tally.silent : 0))
                    tally.fail(who + " saw " + std::to_string(seen.requests.size()) + " requests of " + std::to_string(tally.forwarded));
                if (wide && seen.requests.size() < tally.forwarded / 2) tally.fail(who + " saw only " + std::to_string(seen.requests.size()));
            }
        });
    for (auto& lane : lanes) lane.join();
    Tally all;
    for (auto& tally : tallies) {
        all.cases += tally.cases;
        all.forwarded += tally.forwarded;
        all.refused += tally.refused;
        all.cut += tally.cut;
        all.silent += tally.silent;
        all.more += tally.more;
        for (auto& failure : tally.failures) all.fail(std::move(failure));
    }
    all.report(name);
    EXPECT_GT(all.forwarded, all.cases / 20);
    EXPECT_GT(all.refused, all.cases / 20);
}

TEST(Judge, ForwardsWhatWasSentOrNothing) { judgeMany(option("--cases", 4000), false, "HTTP/1 requests"); }
TEST(Judge, ForwardsWhatWasSentOrNothingThroughEveryFilter) { judgeMany(option("--cases", 2000), true, "HTTP/1 requests, mirrored and asked about"); }

}  // namespace
}  // namespace gatehouse::judge
