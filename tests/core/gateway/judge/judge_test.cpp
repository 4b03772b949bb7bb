#include "core/gateway/judge/judge.h"

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http.hpp>
#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <cstdio>

namespace gatehouse::judge {

std::uint64_t option(std::string_view name, std::uint64_t otherwise) {
    const auto arguments = ::testing::internal::GetArgvs();
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i)
        if (arguments[i] == name) return std::stoull(arguments[i + 1]);
    return otherwise;
}

std::uint64_t seed() {
    static const std::uint64_t chosen = option("--seed", std::random_device{}());
    return chosen;
}

std::string beastOpinion(const Message& request) {
    namespace http = boost::beast::http;
    http::request_parser<http::string_body> parser;
    parser.eager(true);
    parser.body_limit(boost::none);
    boost::beast::error_code error;
    std::string_view rest = request.raw;
    while (!rest.empty() && !parser.is_done()) {
        const auto used = parser.put(boost::asio::buffer(rest.data(), rest.size()), error);
        rest.remove_prefix(used);
        if (error || used == 0) break;
    }
    if (error) return "Beast refuses it: " + error.message();
    if (!parser.is_done() || !rest.empty())
        return "Beast ends it " + std::to_string(rest.size()) + " bytes early" + (parser.is_done() ? "" : ", unfinished");
    const auto& read = parser.get();
    if (read.method_string() != request.method) return "Beast reads the method " + std::string(read.method_string());
    if (read.target() != request.target) return "Beast reads the target " + std::string(read.target());
    if (read.body() != request.body) return "Beast reads the body " + shown(read.body());
    std::size_t fields = 0;
    for (const auto& field : read) {
        static_cast<void>(field);
        ++fields;
    }
    // Beast puts trailers among the fields.
    if (fields != request.fields.size() + request.trailers.size()) return "Beast reads " + std::to_string(fields) + " fields";
    return {};
}

// ---- Answers

Answers answersIn(const std::string& received, const std::vector<bool>& heads, bool ended) {
    Answers out;
    std::size_t at = 0;
    while (at < received.size()) {
        Message answer;
        const bool head = out.final.size() < heads.size() && heads[out.final.size()];
        out.rest = takeResponse(received, at, head, ended, answer);
        if (out.rest != Verdict::Whole) return out;
        if (answer.status >= 200) out.final.push_back(std::move(answer));
    }
    return out;
}

bool refusal(int status) {
    static const std::set<int> kAllowed = {400, 408, 413, 414, 417, 421, 431, 501, 505};
    return kAllowed.count(status) > 0;
}

// ---- The comparison

namespace {

const std::set<std::string>& ownFields() {
    static const std::set<std::string> names = {"connection", "keep-alive", "proxy-connection", "proxy-authorization",
                                                "proxy-authenticate", "te", "trailer", "upgrade", "transfer-encoding",
                                                "content-length", "expect", "forwarded", "x-real-ip", "x-request-id", "host"};
    return names;
}

/// What the client said to the next server, not to the gateway.
Fields endToEnd(const Message& message, bool sent) {
    const auto named = sent ? listed(valuesOf(message.fields, "connection")) : std::vector<std::string>{};
    Fields out;
    for (const auto& [name, value] : message.fields) {
        const auto key = lowered(name);
        if (ownFields().count(key) > 0 || key.starts_with("x-forwarded-")) continue;
        if (std::find(named.begin(), named.end(), key) != named.end()) continue;
        out.emplace_back(key, value);
    }
    return out;
}

std::string text(const Fields& fields) {
    std::string out;
    for (const auto& [name, value] : fields) out += name + ": " + shown(value) + "; ";
    return out;
}

std::string only(const Message& seen, std::string_view name, std::string_view value) {
    const auto values = valuesOf(seen.fields, name);
    if (values.size() == 1 && (value.empty() ? !values[0].empty() : values[0] == value)) return {};
    std::string out = std::string(name) + " is given " + std::to_string(values.size()) + " times";
    for (const auto& each : values) out += ", as " + shown(each);
    return out + " and not once as " + std::string(value);
}

}  // namespace

std::string difference(const Message& sent, const Message& seen, const std::string& origin) {
    if (seen.method != sent.method) return "method " + sent.method + " became " + seen.method;
    const auto mark = sent.target.find('?');
    auto target = sent.target == "*" ? sent.target : meaning(sent.target.substr(0, mark));
    if (mark != std::string::npos) target += sent.target.substr(mark);
    if (seen.target != target) return "target " + shown(sent.target) + " became " + shown(seen.target) + ", not " + shown(target);
    const auto hosts = valuesOf(sent.fields, "host");
    for (const auto& wrong : {only(seen, "host", hosts.empty() ? origin : hosts[0]), only(seen, "x-forwarded-for", "127.0.0.1"),
                              only(seen, "x-forwarded-proto", "http"), only(seen, "x-request-id", ""),
                              hosts.empty() ? std::string() : only(seen, "x-forwarded-host", hosts[0])})
        if (!wrong.empty()) return wrong;
    for (const auto* name : {"keep-alive", "proxy-connection", "proxy-authorization", "trailer", "expect", "forwarded", "x-real-ip"})
        if (!valuesOf(seen.fields, name).empty()) return std::string(name) + " was passed on";
    const bool asked = !valuesOf(sent.fields, "upgrade").empty();
    for (const auto* name : {"connection", "upgrade"})
        for (const auto& value : valuesOf(seen.fields, name))
            if (!asked || (lowered(value) != "upgrade" && lowered(value) != "websocket")) return std::string(name) + ": " + value + " was passed on";
    for (const auto& value : valuesOf(seen.fields, "te"))
        if (value != "trailers") return "te: " + value + " was passed on";
    if (endToEnd(seen, false) != endToEnd(sent, true))
        return "fields [" + text(endToEnd(sent, true)) + "] became [" + text(endToEnd(seen, false)) + "]";
    if (seen.body != sent.body) return "body " + shown(sent.body) + " became " + shown(seen.body);
    std::size_t next = 0;
    for (const auto& trailer : seen.trailers) {
        while (next < sent.trailers.size() && sent.trailers[next] != trailer) ++next;
        if (next++ >= sent.trailers.size()) return "trailer " + trailer.first + " was not sent";
        for (const auto& name : ownFields())
            if (lowered(trailer.first) == name) return "trailer " + name + " was passed on";
    }
    return {};
}

// ---- The gateway

Lane::Lane(std::vector<std::uint16_t> origins, upstream::Protocol protocol, const More& more, std::string method) {
    auto started = gateway::DataPlane::start({});
    if (!started) {
        ADD_FAILURE() << started.error().message;
        return;
    }
    plane_ = std::move(*started);
    const auto bound = plane_->listen(test::kPort, "127.0.0.1:0");
    if (!bound) {
        ADD_FAILURE() << bound.error().message;
        return;
    }
    port_ = static_cast<std::uint16_t>(std::stoi(bound->substr(bound->rfind(':') + 1)));
    upstream::TransportSpec spec;
    spec.protocol = protocol;
    const auto transport = transports_.get(spec);
    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = cluster->name = "Service/default/judge:80";
    cluster->transport = transport;
    for (const auto port : origins) cluster->endpoints.push_back(registry_.get(cluster->id, "127.0.0.1", port, "", transport));
    origin_ = "127.0.0.1:" + std::to_string(origins.front());
    route::Rule rule;
    rule.backends.push_back(test::Routes::backend(cluster));
    if (more)
        more(rule, [&](std::uint16_t port) {
            auto beside = std::make_shared<upstream::Cluster>();
            beside->id = beside->name = "Service/default/beside-" + std::to_string(port);
            beside->endpoints.push_back(registry_.get(beside->id, "127.0.0.1", port, ""));
            return test::Routes::backend(beside);
        });
    plane_->swap(test::Routes(registry_).add("", std::move(rule), std::move(method)).snapshot());
}

void Tally::report(const char* name) const {
    std::printf("%s: seed %llu, %llu cases: %llu requests forwarded, %llu refused, %llu cut, %llu closed without a word\n", name,
                static_cast<unsigned long long>(judge::seed()), static_cast<unsigned long long>(cases),
                static_cast<unsigned long long>(forwarded), static_cast<unsigned long long>(refused),
                static_cast<unsigned long long>(cut), static_cast<unsigned long long>(silent));
    for (const auto& failure : failures) ADD_FAILURE() << "seed " << judge::seed() << "\n" << failure;
    if (more > 0) ADD_FAILURE() << "and " << more << " more";
}

}  // namespace gatehouse::judge
