#include "app/request_text.h"

#include "http/message.h"

#include <fmt/format.h>

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

Result<ExplainArguments> explainRequest(const Arguments& arguments) {
    ExplainArguments result;
    result.paths = arguments.operands;
    if (arguments.has("--request")) {
        if (arguments.has("--method") || arguments.has("--header") || arguments.has("--data")) {
            return fail("usage", "--request brings its own method, headers and body; leave -X, -H and -d out.");
        }
        const auto text = readAll(arguments.value("--request"));
        if (!text) return tl::unexpected(text.error());
        auto request = parseRequestText(*text);
        if (!request) return tl::unexpected(request.error());
        result.request = std::move(*request);
    } else {
        if (result.paths.empty() || !isUrl(result.paths.back())) {
            return fail("usage", "gatehouse explain needs a URL such as http://localhost/v1/models after its paths, or --request FILE.");
        }
        result.request.url = result.paths.back();
        result.request.port = 0;
        result.paths.pop_back();
        for (const auto& line : arguments.values("--header")) {
            auto header = parseHeader(line);
            if (!header) return tl::unexpected(header.error());
            result.request.headers.push_back(std::move(*header));
        }
        const std::string data = arguments.value("--data");
        if (data.starts_with("@")) {
            auto body = readAll(data.substr(1));
            if (!body) return tl::unexpected(body.error());
            result.request.body = std::move(*body);
        } else {
            result.request.body = data;
        }
        result.request.method = arguments.has("--method") ? arguments.value("--method")
                                : arguments.has("--data") ? "POST"
                                                          : "GET";
    }
    if (result.paths.empty()) return fail("usage", "gatehouse explain needs a PATH before the URL.");
    if (arguments.has("--port")) {
        const auto port = parseNumber("--port", arguments.value("--port"), 1, 65'535);
        if (!port) return tl::unexpected(port.error());
        result.request.port = static_cast<std::uint16_t>(*port);
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
