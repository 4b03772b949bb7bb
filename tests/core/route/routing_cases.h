// Reads tests/vectors/routing/*.txt. A file holds sections:
//
//   === manifests            YAML objects for the cases that follow, until the next manifests section
//   === case NAME            a request and what must come of it
//   METHOD URL
//   Header: value            any number; "@draw 0.5", "@port 8080", "@sni a.test", "@client 10.0.0.9" and "@http10" set those of explain
//   (empty line, then a body, both optional)
//   --- expect
//   key value                see expectation() in routing_test.cpp
//
// Thread: pure.
#pragma once

#include "route/explain.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::testing {

struct RoutingCase {
    std::string file, name, manifests;
    int line = 0;
    route::ExplainRequest request;
    std::vector<std::pair<std::string, std::string>> expected;

    friend void PrintTo(const RoutingCase& entry, std::ostream* out) { *out << entry.file << ":" << entry.line << " " << entry.name; }
};

inline std::pair<std::string, std::string> splitAt(const std::string& text, char separator) {
    const auto at = text.find(separator);
    if (at == std::string::npos) return {text, {}};
    auto rest = text.substr(at + 1);
    rest.erase(0, rest.find_first_not_of(' ') == std::string::npos ? rest.size() : rest.find_first_not_of(' '));
    return {text.substr(0, at), rest};
}

inline void readRequest(const std::vector<std::string>& lines, RoutingCase& out) {
    std::size_t i = 0;
    for (; i < lines.size() && !lines[i].empty(); ++i) {
        const auto& line = lines[i];
        if (line.front() == '#') continue;
        if (line.starts_with("@draw ")) {
            out.request.draw = std::stod(line.substr(6));
        } else if (line.starts_with("@sni ")) {
            out.request.sni = line.substr(5) == "(none)" ? std::string() : line.substr(5);
        } else if (line.starts_with("@client ")) {
            out.request.client = line.substr(8);
        } else if (line == "@http10") {
            out.request.http10 = true;
        } else if (line.starts_with("@port ")) {
            out.request.port = static_cast<std::uint16_t>(std::stoi(line.substr(6)));
        } else if (out.request.url.empty()) {
            std::tie(out.request.method, out.request.url) = splitAt(line, ' ');
        } else {
            out.request.headers.push_back(splitAt(line, ':'));
        }
    }
    for (++i; i < lines.size(); ++i) out.request.body += (out.request.body.empty() ? "" : "\n") + lines[i];
    while (!out.request.body.empty() && out.request.body.back() == '\n') out.request.body.pop_back();
}

inline std::vector<RoutingCase> readRoutingCases(const std::filesystem::path& path) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    std::vector<RoutingCase> cases;
    std::string manifests;
    std::string line;
    enum class Part { None, Manifests, Request, Expect } part = Part::None;
    std::vector<std::string> request;
    int number = 0;
    const auto finish = [&] {
        if (part == Part::Expect) readRequest(request, cases.back());
        request.clear();
    };
    while (std::getline(in, line)) {
        ++number;
        if (line == "=== manifests") {
            finish();
            manifests.clear();
            part = Part::Manifests;
        } else if (line.starts_with("=== case ")) {
            finish();
            part = Part::Request;
            cases.push_back({path.filename().string(), line.substr(9), manifests, number, {}, {}});
        } else if (line == "--- expect" && part == Part::Request) {
            part = Part::Expect;
        } else if (part == Part::Manifests) {
            manifests += line + "\n";
        } else if (part == Part::Request) {
            request.push_back(line);
        } else if (part == Part::Expect && !line.empty() && line.front() != '#') {
            cases.back().expected.push_back(splitAt(line, ' '));
        }
    }
    finish();
    return cases;
}

}  // namespace gatehouse::testing
