// Runs tests/vectors/conformance through a real Gateway, one for each file, with an echo origin for each Service.
#include "core/gateway/conformance/cases.h"
#include "core/gateway/h2_peer.h"
#include "core/gateway/judge/recorder.h"
#include "core/gateway/tls_peer.h"

#include "config/workspace.h"
#include "gateway/gateway.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <sstream>

namespace gatehouse::conformance {
namespace {

using judge::Message;
using judge::Recorder;

constexpr std::uint16_t kPorts[] = {80, 81, 443, 8080, 8081, 8443, 9090};

std::string first(const Message& request, std::string_view name) {
    const auto values = judge::valuesOf(request.fields, name);
    return values.empty() ? std::string() : values.front();
}

/// A backend: answers with its name, and as the request asks.
class Echo {
  public:
    Echo(std::string name, bool http2, const std::string& tls) : name_(std::move(name)) {
        if (!tls.empty()) {
            const auto context = test::serverContext({.identity = test::testAuthority().issue(tls)});
            threaded_ = std::make_unique<test::Origin>(test::behindTls(context, [this](test::Wire& wire) {
                for (;;) {
                    const auto arrived = test::readMessage(wire);
                    Message request;
                    std::size_t used = 0;
                    if (arrived.head.empty() || judge::takeRequest(arrived.head + arrived.body, used, request) != judge::Verdict::Whole) return;
                    keep(request);
                    if (!wire.send(answer(request).bytes)) return;
                }
            }));
        } else if (http2) {
            threaded_ = std::make_unique<test::Origin>(test::speakingHttp2([this](test::H2Peer& peer, std::int32_t id) {
                const auto& arrived = peer.messages[id];
                Message request;
                request.body = arrived.body;
                for (const auto& [name, value] : arrived.fields) {
                    if (name == ":method") request.method = value;
                    else if (name == ":path") request.target = value;
                    else if (name == ":authority") request.fields.emplace_back("host", value);
                    else if (name.front() != ':') request.fields.emplace_back(name, value);
                }
                const auto status = first(request, "x-echo-status");
                test::H2Fields fields{{":status", status.empty() ? "200" : status}, {"x-backend", name_}, {"x-protocol", "h2"}};
                for (const auto& each : judge::valuesOf(request.fields, "x-echo-header")) fields.push_back(parted(each, ':'));
                test::H2Fields trailers;
                for (const auto& each : judge::valuesOf(request.fields, "x-echo-trailer")) trailers.push_back(parted(each, ':'));
                const auto body = request.body.empty() ? name_ : request.body;
                keep(std::move(request));
                peer.respond(id, fields, body, true, trailers);
            }));
        } else {
            http1_ = std::make_unique<Recorder>([this](const Message& request, const std::string&) { return answer(request); }, true);
        }
    }
    std::uint16_t port() const { return threaded_ ? threaded_->port() : http1_->port(); }
    /// What arrived since it was last asked.
    std::vector<Message> take() {
        if (http1_) return http1_->take().requests;
        std::lock_guard lock(mutex_);
        return std::exchange(seen_, {});
    }

  private:
    void keep(Message request) {
        std::lock_guard lock(mutex_);
        seen_.push_back(std::move(request));
    }
    Recorder::Reply answer(const Message& request) {
        if (!first(request, "x-echo-hang").empty()) return {};
        auto status = first(request, "x-echo-status");
        const auto fail = first(request, "x-echo-fail");
        if (!fail.empty() && failed_[request.target]++ < std::stoi(fail)) status = "503";
        if (status.empty()) status = "200";
        const auto upgrade = first(request, "upgrade");
        if (!upgrade.empty() && status == "200") {
            const auto accept = test::webSocketAccept(first(request, "sec-websocket-key") + first(request, "x-echo-spoil"));
            return {"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: " + upgrade + "\r\nSec-WebSocket-Accept: " + accept + "\r\nX-Backend: " + name_ + "\r\n\r\nhello", true};
        }
        // Lengths after CONNECT mean nothing.
        if (request.method == "CONNECT" && status.front() == '2') {
            std::string head = "HTTP/1.1 " + status + " Echo\r\nX-Backend: " + name_ + "\r\n";
            for (const auto& each : judge::valuesOf(request.fields, "x-echo-header")) head += each + "\r\n";
            return {head + "\r\nhello", true};
        }
        std::string head = "HTTP/1.1 " + status + " Echo\r\nX-Backend: " + name_ + "\r\nX-Protocol: http1\r\n";
        for (const auto& each : judge::valuesOf(request.fields, "x-echo-header")) head += each + "\r\n";
        const auto body = request.body.empty() ? name_ : request.body;
        head += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
        return {request.method == "HEAD" ? head : head + body, false};
    }

    std::string name_;
    std::map<std::string, int> failed_;  ///< By target, so that each case counts for itself. The recorder's thread.
    std::mutex mutex_;
    std::vector<Message> seen_;
    std::unique_ptr<Recorder> http1_;
    std::unique_ptr<test::Origin> threaded_;
};

/// Tells at the origins which case a request belongs to.
constexpr char kCaseField[] = "x-conformance-case";

/// What one request led to.
struct Outcome {
    Message answer;
    std::string backend;  ///< "(none)" when the gateway answered by itself.
    std::string certificate;  ///< Common name of what the listener presented; empty without TLS.
    Message forwarded;
    std::map<std::string, int> arrivals;  ///< At every backend.
};

class World {
  public:
    explicit World(const File& file) : file_(file) {
        gateway::Options options;
        for (const auto port : kPorts) options.listen[port] = "127.0.0.1:0";
        options.workers = 1;
        auto started = gateway::Gateway::start(std::move(options));
        if (started) gateway_ = std::move(*started);
        else ADD_FAILURE() << started.error().message;
    }
    bool running() const { return gateway_ != nullptr; }

    void apply(std::size_t index) {
        if (applied_ == static_cast<std::ptrdiff_t>(index)) return;
        applied_ = static_cast<std::ptrdiff_t>(index);
        std::string yaml;
        std::istringstream in(file_.manifests[index]);
        for (std::string line; std::getline(in, line);) yaml += expanded(line);
        const auto objects = config::readObjects({{file_.name + ".yaml", yaml}});
        report_ = gateway_->applyAndWait(objects);
        addresses_.clear();
        for (const auto& listener : gateway_->state().listeners) addresses_[listener.logicalPort] = listener.address;
    }

    std::string findings() const {
        std::string text;
        for (const auto& found : report_.diagnostics)
            text += found.code + " " + found.object.display() + " " + found.fieldPath + " " + found.message + "\n";
        return text;
    }
    std::string conditions() const {
        std::string text;
        for (const auto& status : report_.statuses) {
            for (const auto& each : status.conditions) text += condition(status.object.display(), each);
            for (const auto& parent : status.parents)
                for (const auto& each : parent.conditions) text += condition(status.object.display(), each);
        }
        return text;
    }

    /// `entry`, over HTTP/2 by prior knowledge. Trailers stand among the fields.
    static Message askHttp2(test::Wire& wire, const Case& entry, const std::string& authority, const std::string& target) {
        const int on = 1;
        ::setsockopt(wire.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        test::H2Peer peer(wire, test::H2Peer::Role::Client);
        test::H2Fields fields{{":method", entry.method}, {":scheme", entry.url.starts_with("https") ? "https" : "http"}, {":authority", authority}, {":path", target}};
        if (!entry.protocol.empty()) fields.emplace_back(":protocol", entry.protocol);
        if (!entry.connect.empty()) fields = {{":method", entry.method}, {":authority", entry.connect}};
        for (const auto& [name, value] : entry.headers) fields.emplace_back(judge::lowered(name), value);
        const auto& got = peer.answer(peer.request(fields, entry.body));
        Message out;
        out.status = got.status();
        out.body = got.body;
        for (const auto* part : {&got.fields, &got.trailers})
            for (const auto& field : *part)
                if (!field.first.starts_with(":")) out.fields.push_back(field);
        return out;
    }

    Outcome ask(const Case& asked) {
        auto entry = asked;
        if (!carried.empty()) entry.headers.emplace_back(entry.carryTo, carried);
        const auto tag = std::to_string(entry.line);
        entry.headers.emplace_back(kCaseField, tag);
        Outcome out;
        auto url = entry.url.substr(entry.url.find("://") + 3);
        const auto slash = std::min(url.find_first_of("/?"), url.size());
        const auto authority = url.substr(0, slash);
        auto target = url.substr(slash);
        if (target.empty()) target = "/";
        const auto colon = authority.rfind(':');
        const bool ported = colon != std::string::npos && authority.find(']', colon) == std::string::npos;
        const bool secure = entry.url.starts_with("https://");
        const auto logical = static_cast<std::uint16_t>(ported ? std::stoi(authority.substr(colon + 1)) : secure ? 443 : 80);
        const auto bound = addresses_.find(logical);
        if (bound == addresses_.end() || bound->second.empty()) {
            out.backend = "(no listener)";
            return out;
        }
        std::string bytes = entry.proxy + entry.method + " " + (entry.connect.empty() ? target : entry.connect) + (entry.http10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        bool hosted = entry.http10;
        for (const auto& [name, value] : entry.headers) hosted = hosted || judge::lowered(name) == "host";
        if (!hosted) bytes += "Host: " + (entry.connect.empty() ? authority : entry.connect) + "\r\n";
        for (const auto& [name, value] : entry.headers) bytes += name + ": " + value + "\r\n";
        if (!entry.body.empty() && entry.connect.empty()) bytes += "Content-Length: " + std::to_string(entry.body.size()) + "\r\n";
        bytes += "\r\n" + entry.body;
        for (auto& [name, echo] : echoes_) echo->take();
        const bool head = entry.method == "HEAD";
        const auto finals = [&](const std::string& received, bool ended) {
            std::vector<Message> found;
            Message message;
            for (std::size_t at = 0; at < received.size() && judge::takeResponse(received, at, head, ended, message) == judge::Verdict::Whole;)
                if (message.status >= 200 || message.status == 101) found.push_back(message);
            return found;
        };
        const auto port = static_cast<std::uint16_t>(std::stoi(bound->second.substr(bound->second.rfind(':') + 1)));
        if (secure || entry.http2) {
            auto wire = test::Wire::connect(port);
            if (secure) {
                test::TlsClientWish wish;
                wish.sni = entry.sni == "-" ? "" : entry.sni.empty() ? authority.substr(0, ported ? colon : authority.size()) : entry.sni;
                wish.alpn = {entry.http2 ? "h2" : "http/1.1"};
                const auto identity = entry.identity.empty() ? net::TlsIdentity{} : test::testAuthority().issue(entry.identity);
                if (!entry.identity.empty()) wish.identity = &identity;
                const auto failed = test::startTls(wire, wish);
                if (!failed.empty()) {
                    out.backend = "(no session)";
                    return out;
                }
                out.certificate = test::peerName(wire);
            }
            if (entry.http2) {
                auto sent = entry;
                std::string host = authority;
                std::erase_if(sent.headers, [&](const auto& field) {
                    if (judge::lowered(field.first) != "host") return false;
                    host = field.second;
                    return true;
                });
                out.answer = askHttp2(wire, sent, host, target);
            } else {
                wire.send(bytes);
                const auto answer = test::readMessage(wire, head);
                std::size_t used = 0;
                const auto verdict = judge::takeResponse(answer.head + answer.body, used, head, true, out.answer);
                // TLS 1.3 refuses a client's certificate after the client's own handshake.
                if (verdict != judge::Verdict::Whole) out.backend = "(no session)";
                if (verdict != judge::Verdict::Whole) return out;
            }
        } else {
            const auto told = judge::talk(port, {bytes}, [&](const std::string& received) { return !finals(received, false).empty(); }, std::chrono::seconds(10));
            auto answers = finals(told.received, true);
            if (answers.empty()) ADD_FAILURE() << "no answer: " << judge::shown(told.received);
            else out.answer = answers.front();
        }
        if (!entry.carryFrom.empty()) {
            const auto given = first(out.answer, entry.carryFrom);
            if (!given.empty()) carried = given.substr(0, given.find(';'));
        }
        out.backend = first(out.answer, "x-backend");
        if (out.backend.empty()) out.backend = "(none)";
        const auto expectsMirrors = std::any_of(entry.expected.begin(), entry.expected.end(), [](const auto& each) { return each.first == "mirrored"; });
        for (auto& [name, echo] : echoes_) {
            auto seen = takeOf(tag, *echo);
            if (seen.empty() && expectsMirrors && expects(entry, "mirrored", name))
                test::eventually([&] { return !(seen = takeOf(tag, *echo)).empty(); });
            out.arrivals[name] = static_cast<int>(seen.size());
            if (name == out.backend && !seen.empty()) out.forwarded = seen.back();
            if (expects(entry, "mirrored", name) && !seen.empty() && name != out.backend) mirrored[name] = seen.back();
        }
        // A backend that never answered has the request all the same.
        if (out.backend == "(none)")
            for (auto& [name, count] : out.arrivals)
                if (count > 0) out.forwarded.method = "(sent to " + name + ")";
        return out;
    }

    std::map<std::string, Message> mirrored;
    std::string carried;  ///< What the next request of the case sends of the last answer.

  private:
    /// What arrived, but for late copies of another case's requests: a mirror's come when they come.
    static std::vector<Message> takeOf(const std::string& tag, Echo& echo) {
        auto seen = echo.take();
        std::erase_if(seen, [&](const Message& each) {
            const auto from = first(each, kCaseField);
            return !from.empty() && from != tag;
        });
        return seen;
    }
    static bool expects(const Case& entry, std::string_view key, std::string_view value) {
        for (const auto& [name, wanted] : entry.expected)
            if (name == key && wanted == value) return true;
        return false;
    }
    static std::string condition(const std::string& object, const config::Condition& each) {
        return object + " " + each.type + "=" + (each.status ? "True" : "False") + " " + each.reason + ": " + each.message + "\n";
    }
    std::string expanded(const std::string& line) {
        if (line.starts_with("@backend ")) return backend(line.substr(9));
        const auto indented = [](std::string text) {
            std::string out;
            std::istringstream in(text);
            for (std::string each; std::getline(in, each);) out += "    " + each + "\n";
            return out;
        };
        if (line.starts_with("@authority "))
            return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + line.substr(11) + ", namespace: default}\ndata:\n  ca.crt: |\n" + indented(test::testAuthority().pem()) + "---\n";
        if (!line.starts_with("@certificate ")) return line + "\n";
        const auto [name, host] = parted(line.substr(13), ' ');
        const auto identity = test::testAuthority().issue(host);
        return "---\napiVersion: v1\nkind: Secret\nmetadata: {name: " + name + ", namespace: default}\ntype: kubernetes.io/tls\nstringData:\n  tls.crt: |\n" + indented(identity.certificatePem) + "  tls.key: |\n" +
               indented(identity.keyPem) + "---\n";
    }
    /// The objects of an @backend line.
    std::string backend(const std::string& words) {
        const auto [full, word] = parted(words, ' ');
        const auto slash = full.find('/');
        const auto ns = slash == std::string::npos ? "default" : full.substr(0, slash);
        const auto name = slash == std::string::npos ? full : full.substr(slash + 1);
        const auto appProtocol = word == "h2c" ? "kubernetes.io/h2c" : word.starts_with("appProtocol=") ? word.substr(12) : "";
        std::uint16_t port = 0;
        if (word == "dead") {
            port = test::deadPort();
        } else {
            auto& echo = echoes_[name];
            if (!echo) echo = std::make_unique<Echo>(name, word == "h2c", word.starts_with("tls=") ? word.substr(4) : "");
            port = echo->port();
        }
        const auto protocol = appProtocol.empty() ? "" : ", appProtocol: " + appProtocol;
        return fmt::format(R"(---
apiVersion: v1
kind: Service
metadata: {{name: {0}, namespace: {1}}}
spec: {{ports: [{{name: a, port: 80{4}}}, {{name: b, port: 8080{4}}}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {{name: {0}-1, namespace: {1}, labels: {{kubernetes.io/service-name: {0}}}}}
addressType: IPv4
endpoints: [{3}]
ports: [{{name: a, port: {2}}}, {{name: b, port: {2}}}]
---
)", name, ns, port, word == "empty" ? "" : "{addresses: [127.0.0.1], conditions: {ready: true}}", protocol);
    }

    const File& file_;
    std::ptrdiff_t applied_ = -1;
    std::map<std::string, std::unique_ptr<Echo>> echoes_;
    std::unique_ptr<gateway::Gateway> gateway_;  ///< After the origins: ends before them.
    std::map<std::uint16_t, std::string> addresses_;
    gateway::ApplyReport report_;
};

std::string joined(const Message& message, const std::string& name) {
    const auto values = judge::valuesOf(message.fields, judge::lowered(name));
    if (values.empty()) return "(absent)";
    std::string out;
    for (const auto& value : values) out += (out.empty() ? "" : " | ") + value;
    return out;
}

void check(const std::string& key, const std::string& value, const Case& entry, World& world, const std::vector<Outcome>& outcomes) {
    const auto& got = outcomes.front();
    const auto contains = [&](const std::string& text) { EXPECT_NE(text.find(value), std::string::npos) << key << " \"" << value << "\" is not in:\n" << text; };
    if (key == "status") EXPECT_EQ(std::to_string(got.answer.status), value);
    else if (key == "statuses") {
        // Any of them, each time.
        for (const auto& each : outcomes) EXPECT_NE((" " + value + " ").find(" " + std::to_string(each.answer.status) + " "), std::string::npos) << each.answer.status;
    } else if (key == "backend") {
        for (const auto& each : outcomes) EXPECT_EQ(each.backend, value);
    } else if (key == "path") EXPECT_EQ(got.forwarded.target, value);
    else if (key == "certificate") EXPECT_EQ(got.certificate, value);
    else if (key == "method") EXPECT_EQ(got.forwarded.method, value);
    else if (key == "host") EXPECT_EQ(joined(got.forwarded, "host"), value);
    else if (key == "body") EXPECT_EQ(got.forwarded.body, value);
    else if (key == "header-not") {
        const auto [name, unwanted] = parted(value, ':');
        EXPECT_NE(joined(got.forwarded, judge::lowered(name)), unwanted) << name;
    } else if (key == "header") {
        const auto [name, wanted] = parted(value, ':');
        EXPECT_EQ(joined(got.forwarded, name), wanted) << name;
    } else if (key == "answer") {
        const auto [name, wanted] = parted(value, ':');
        EXPECT_EQ(joined(got.answer, name), wanted) << name;
    } else if (key == "answer-body") EXPECT_EQ(got.answer.body, value);
    else if (key == "answer-has") {
        const auto [name, part] = parted(value, ':');
        EXPECT_NE(joined(got.answer, name).find(part), std::string::npos) << name << " is " << joined(got.answer, name);
    } else if (key == "backends") {
        std::map<std::string, int> found;
        for (const auto& each : outcomes) ++found[each.backend];
        EXPECT_EQ(std::to_string(found.size()), value);
    } else if (key == "location") EXPECT_EQ(joined(got.answer, "location"), value);
    else if (key == "mirrored") EXPECT_EQ(got.arrivals.count(value) ? got.arrivals.at(value) : -1, 1) << "arrivals at " << value;
    else if (key == "arrivals") {
        const auto [name, count] = parted(value, ' ');
        int sum = 0;
        for (const auto& each : outcomes) sum += each.arrivals.count(name) ? each.arrivals.at(name) : 0;
        EXPECT_EQ(std::to_string(sum), count) << name;
    } else if (key == "arrivals-between") {
        std::istringstream in(value);
        std::string name;
        int least = 0;
        int most = 0;
        in >> name >> least >> most;
        int sum = 0;
        for (const auto& each : outcomes) sum += each.arrivals.count(name) ? each.arrivals.at(name) : 0;
        EXPECT_GE(sum, least) << name;
        EXPECT_LE(sum, most) << name;
    } else if (key == "share") {
        // WHO LEAST MOST: a backend's name, or the status of the gateway's own answers.
        std::istringstream in(value);
        std::string who;
        int least = 0;
        int most = 0;
        in >> who >> least >> most;
        int count = 0;
        for (const auto& each : outcomes) count += (each.backend == "(none)" ? std::to_string(each.answer.status) : each.backend) == who;
        EXPECT_GE(count, least) << who << " of " << entry.times;
        EXPECT_LE(count, most) << who << " of " << entry.times;
    } else if (key == "finding") contains(world.findings());
    else if (key == "condition") contains(world.conditions());
    else ADD_FAILURE() << "no such expectation: " << key;
}

std::vector<std::filesystem::path> files() {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(GATEHOUSE_VECTORS) + "/conformance"))
        if (entry.path().extension() == ".txt") found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

class Conformance : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(Conformance, ServesAsTheSpecificationSays) {
    const auto file = readFile(GetParam());
    World world(file);
    ASSERT_TRUE(world.running());
    ASSERT_FALSE(file.cases.empty());
    int failed = 0;
    for (const auto& entry : file.cases) {
        SCOPED_TRACE(file.name + ":" + std::to_string(entry.line) + " " + entry.name);
        EXPECT_FALSE(entry.expected.empty());
        world.apply(entry.manifests);
        world.carried.clear();
        std::vector<Outcome> outcomes;
        for (int i = 0; i < entry.times; ++i) outcomes.push_back(world.ask(entry));
        const auto before = ::testing::UnitTest::GetInstance()->current_test_info()->result()->total_part_count();
        for (const auto& [key, value] : entry.expected) check(key, value, entry, world, outcomes);
        if (::testing::UnitTest::GetInstance()->current_test_info()->result()->total_part_count() == before) continue;
        ++failed;
        const auto& got = outcomes.front();
        std::printf("%s:%d %s: answered %d by %s, forwarded %s %s\n%s\n", file.name.c_str(), entry.line, entry.name.c_str(), got.answer.status,
                    got.backend.c_str(), got.forwarded.method.c_str(), got.forwarded.target.c_str(), judge::shown(got.answer.raw).c_str());
    }
    if (failed > 0) std::printf("%s", world.findings().c_str());
    std::printf("%s: %zu cases, %d failed, %zu disabled\n", file.name.c_str(), file.cases.size(), failed, file.disabled.size());
    for (const auto& why : file.disabled) std::printf("  disabled: %s\n", why.c_str());
}

INSTANTIATE_TEST_SUITE_P(Vectors, Conformance, ::testing::ValuesIn(files()), [](const auto& info) {
    std::string name = info.param.stem().string();
    for (auto& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    return name;
});

}  // namespace
}  // namespace gatehouse::conformance
