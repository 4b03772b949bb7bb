#include "app/request_text.h"

#include "http/message.h"
#include "net/tls.h"
#include "telemetry/request_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>

namespace gatehouse::app {

namespace {

/// A body that explain would have to hold; the data plane's own limit is lower.
constexpr std::size_t kLargestInput = 64 * 1024 * 1024;

Result<std::string> readAll(const std::string& name) {
    std::ifstream file;
    if (name != "-") {
        file.open(name, std::ios::binary);
        if (!file) return fail("unreadable", fmt::format("{} cannot be read.", name));
    }
    std::istream& input = name == "-" ? std::cin : file;
    std::string text;
    char block[65'536];
    while (input.read(block, sizeof block) || input.gcount() > 0) {
        text.append(block, static_cast<std::size_t>(input.gcount()));
        if (text.size() > kLargestInput) return fail("unreadable", fmt::format("{} is larger than 64 MiB.", name));
    }
    if (input.bad()) return fail("unreadable", fmt::format("{} cannot be read.", name));
    return text;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

Result<std::pair<std::string, std::string>> parseHeader(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        return fail("usage", fmt::format("A header is written NAME: VALUE, not \"{}\".", line));
    }
    return std::pair{std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))};
}

bool isUrl(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

}  // namespace

Result<route::ExplainRequest> parseRequestText(std::string_view text) {
    route::ExplainRequest request;
    const auto nextLine = [&text]() {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        return trim(line);
    };
    const auto first = nextLine();
    const auto space = first.find(' ');
    const auto method = first.substr(0, space);
    auto target = space == std::string_view::npos ? std::string_view{} : trim(first.substr(space + 1));
    request.http10 = target.ends_with(" HTTP/1.0");
    target = target.substr(0, target.find(' '));
    if (method.empty() || !(isUrl(target) || target.starts_with("/"))) {
        return fail("usage", fmt::format("A request begins with METHOD and a URL or path, not \"{}\".", first.substr(0, 200)));
    }
    request.method = method;
    std::string host = "localhost";
    while (!text.empty()) {
        const auto line = nextLine();
        if (line.empty()) break;
        auto header = parseHeader(line);
        if (!header) return tl::unexpected(header.error());
        if (http::equalsIgnoreCase(header->first, "Host")) host = header->second;
        request.headers.push_back(std::move(*header));
    }
    request.url = isUrl(target) ? std::string(target) : fmt::format("http://{}{}", host, target);
    request.body = text;
    request.port = 0;
    return request;
}

namespace {

/// What says the request must be said once.
Result<void> checkSources(const Arguments& arguments) {
    const bool text = arguments.has("--request");
    const bool record = arguments.has("--record");
    if (text && record) return fail("usage", "--request and --record each bring a request; give one of them.");
    if ((text || record) && (arguments.has("--method") || arguments.has("--header") || arguments.has("--data") ||
                             arguments.has("--http1.0")))
        return fail("usage", fmt::format("{} brings its own method, headers and body; leave -X, -H and -d out.", text ? "--request" : "--record"));
    return {};
}

/// A URL with its options, or a server name alone.
Result<route::ExplainRequest> requestFromOptions(const Arguments& arguments, std::vector<std::string>& paths) {
    route::ExplainRequest request;
    request.port = 0;
    if (!paths.empty() && isUrl(paths.back())) {
        request.url = paths.back();
        paths.pop_back();
    } else if (const auto sni = arguments.value("--sni"); !sni.empty()) {
        request.url = fmt::format("https://{}/", sni);
    } else {
        return fail("usage", "gatehouse explain needs a URL such as http://localhost/v1/models after its paths, --request FILE, "
                             "--record FILE or --sni NAME.");
    }
    for (const auto& line : arguments.values("--header")) {
        auto header = parseHeader(line);
        if (!header) return tl::unexpected(header.error());
        request.headers.push_back(std::move(*header));
    }
    const std::string data = arguments.value("--data");
    if (data.starts_with("@")) {
        auto body = readAll(data.substr(1));
        if (!body) return tl::unexpected(body.error());
        request.body = std::move(*body);
    } else {
        request.body = data;
    }
    request.http10 = arguments.has("--http1.0");
    request.method = arguments.has("--method") ? arguments.value("--method") : arguments.has("--data") ? "POST" : "GET";
    return request;
}

Result<route::ExplainRequest> requestOf(const Arguments& arguments, std::vector<std::string>& paths) {
    if (const auto source = checkSources(arguments); !source) return tl::unexpected(source.error());
    for (const auto* option : {"--request", "--record"}) {
        if (!arguments.has(option)) continue;
        const auto text = readAll(arguments.value(option));
        if (!text) return tl::unexpected(text.error());
        return std::string_view(option) == "--request" ? parseRequestText(*text) : telemetry::explainRequestFrom(*text);
    }
    return requestFromOptions(arguments, paths);
}

/// The port stands in the URL, so that it is taken at its word.
std::string withPort(const std::string& url, std::uint64_t port) {
    const auto begin = url.find("://") + 3;
    const auto end = std::min(url.find_first_of("/?#", begin), url.size());
    const auto bracket = url.rfind(']', end);
    const auto colon = url.rfind(':', end);
    const bool ported = colon != std::string::npos && colon >= begin && (bracket == std::string::npos || bracket < begin || colon > bracket);
    return ported ? url : fmt::format("{}:{}{}", url.substr(0, end), port, url.substr(end));
}

Result<void> addTls(const Arguments& arguments, route::ExplainRequest& request) {
    constexpr std::string_view kPlain = "http://";
    if (arguments.has("--tls") && request.url.starts_with(kPlain)) request.url.replace(0, kPlain.size(), "https://");
    const bool tls = request.url.starts_with("https://");
    for (const auto* option : {"--sni", "--client-cert"})
        if (arguments.has(option) && !tls) return fail("usage", fmt::format("{} belongs to a TLS session; give an https URL, or --tls.", option));
    if (arguments.has("--sni")) {
        request.sni = arguments.value("--sni");
        std::transform(request.sni->begin(), request.sni->end(), request.sni->begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    }
    if (!arguments.has("--client-cert")) return {};
    const auto file = arguments.value("--client-cert");
    if (file == "none") {
        request.clientCertificate.emplace();
        return {};
    }
    auto pem = readAll(file);
    if (!pem) return tl::unexpected(pem.error());
    if (const auto read = net::inspectCertificate(*pem); !read)
        return fail("usage", fmt::format("--client-cert {}: {}", file, read.error().message));
    request.clientCertificate = std::move(*pem);
    return {};
}

}  // namespace

Result<ExplainArguments> explainRequest(const Arguments& arguments) {
    ExplainArguments result;
    result.paths = arguments.operands;
    auto request = requestOf(arguments, result.paths);
    if (!request) return tl::unexpected(request.error());
    result.request = std::move(*request);
    if (const auto tls = addTls(arguments, result.request); !tls) return tl::unexpected(tls.error());
    if (result.paths.empty()) return fail("usage", "gatehouse explain needs a PATH before the URL.");
    if (arguments.has("--port")) {
        const auto port = parseNumber("--port", arguments.value("--port"), 1, 65'535);
        if (!port) return tl::unexpected(port.error());
        result.request.port = static_cast<std::uint16_t>(*port);
        result.request.url = withPort(result.request.url, *port);
    }
    if (arguments.has("--draw")) {
        const std::string text = arguments.value("--draw");
        double draw = -1;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), draw);
        if (error != std::errc{} || end != text.data() + text.size() || !(draw >= 0 && draw < 1)) {
            return fail("usage", fmt::format("--draw needs a number from 0 to below 1, not \"{}\".", text));
        }
        result.request.draw = draw;
    }
    return result;
}

}  // namespace gatehouse::app
