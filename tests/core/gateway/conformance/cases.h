// Reads tests/vectors/conformance/*.txt: what a running Gateway does with requests, from manifests to answer. Sections:
//
//   === manifests            applied to the running Gateway, in place of those before
//   @backend [NS/]NAME [WORD]   a Service (ports 80 and 8080) and its slice with an echo origin. WORD: empty (no endpoint),
//                            dead (nobody listens), h2c, tls=NAME (serves TLS as NAME), or appProtocol=VALUE
//   @certificate NAME HOST   a Secret with a certificate of the tests' authority for HOST
//   @authority NAME          a ConfigMap with the certificate of that authority
//   (YAML)
//   === disabled NAME: WHY   as a case, but not run: a known gap
//   === case NAME
//   METHOD URL               the port of the URL is that of the listener, 80 by default
//   @times N                 how often it is asked, 1 by default
//   @carry A B               field A of an answer (of a cookie: name=value) is sent as B from then on
//   @connect HOST:PORT       with CONNECT: where the tunnel shall lead; what follows the head is the body, if there is one
//   @protocol NAME           with CONNECT over HTTP/2: extended CONNECT (RFC 8441)
//   @http2                   over HTTP/2 by prior knowledge, or by ALPN under TLS
//   @http10                  as HTTP/1.0, with a Host only where one is listed
//   @proxy LINE              a PROXY header of version 1 before the request
//   @sni NAME                with https: another server name than the URL's host; "-" for none
//   @identity NAME           with https: a client certificate for NAME
//   Header: value            also for the echo origin: X-Echo-Status: 503, X-Echo-Header: name: value, X-Echo-Fail: 2 (so many
//                            503 first), X-Echo-Hang: 1 (never answers)
//   (empty line, then a body, both optional)
//   --- expect
//   key value                see check() in conformance_test.cpp
//
// Thread: pure.
#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::conformance {

struct Case {
    std::string file, name;
    int line = 0;
    std::string method, url;
    int times = 1;
    bool http2 = false;
    bool http10 = false;
    std::string proxy;
    std::string carryFrom, carryTo;
    std::string sni, identity, connect, protocol;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::vector<std::pair<std::string, std::string>> expected;
    std::size_t manifests = 0;  ///< Index into File::manifests.
};

struct File {
    std::string name;
    std::vector<std::string> manifests;
    std::vector<Case> cases;
    std::vector<std::string> disabled;
};

inline std::pair<std::string, std::string> parted(const std::string& text, char separator) {
    const auto at = text.find(separator);
    if (at == std::string::npos) return {text, {}};
    auto rest = text.substr(at + 1);
    rest.erase(0, std::min(rest.find_first_not_of(' '), rest.size()));
    return {text.substr(0, at), rest};
}

inline File readFile(const std::filesystem::path& path) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    File file;
    file.name = path.filename().string();
    enum class Part { None, Manifests, Request, Body, Expect, Skipped } part = Part::None;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line == "=== manifests") {
            file.manifests.emplace_back();
            part = Part::Manifests;
        } else if (line.starts_with("=== disabled ")) {
            file.disabled.push_back(line.substr(13));
            part = Part::Skipped;
        } else if (line.starts_with("=== case ")) {
            if (file.manifests.empty()) throw std::runtime_error(file.name + ": a case before any manifests");
            Case made;
            made.file = file.name;
            made.name = line.substr(9);
            made.line = number;
            made.manifests = file.manifests.size() - 1;
            file.cases.push_back(std::move(made));
            part = Part::Request;
        } else if (line == "--- expect" && (part == Part::Request || part == Part::Body)) {
            part = Part::Expect;
        } else if (part == Part::Manifests) {
            file.manifests.back() += line + "\n";
        } else if (part == Part::Request) {
            auto& entry = file.cases.back();
            if (line.empty()) part = Part::Body;
            else if (line.front() == '#') continue;
            else if (line.starts_with("@times ")) entry.times = std::stoi(line.substr(7));
            else if (line == "@http2") entry.http2 = true;
            else if (line == "@http10") entry.http10 = true;
            else if (line.starts_with("@proxy ")) entry.proxy = line.substr(7) + "\r\n";
            else if (line.starts_with("@connect ")) entry.connect = line.substr(9);
            else if (line.starts_with("@protocol ")) entry.protocol = line.substr(10);
            else if (line.starts_with("@sni ")) entry.sni = line.substr(5);
            else if (line.starts_with("@identity ")) entry.identity = line.substr(10);
            else if (line.starts_with("@carry ")) std::tie(entry.carryFrom, entry.carryTo) = parted(line.substr(7), ' ');
            else if (entry.method.empty()) std::tie(entry.method, entry.url) = parted(line, ' ');
            else entry.headers.push_back(parted(line, ':'));
        } else if (part == Part::Body) {
            file.cases.back().body += (file.cases.back().body.empty() ? "" : "\n") + line;
        } else if (part == Part::Expect && !line.empty() && line.front() != '#') {
            file.cases.back().expected.push_back(parted(line, ' '));
        }
    }
    return file;
}

}  // namespace gatehouse::conformance
