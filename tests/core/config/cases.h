// Case files with shared parts: "=== define NAME" keeps a text that a line "@NAME" in a later case stands for, as a document
// of its own. Words such as @crt stand for certificates, made once for a run. See the head of tests/vectors/config/status.txt.
#pragma once

#include "core/config/sections.h"
#include "core/net/certificates.h"

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace gatehouse::testing {

/// As a YAML text in double quotes.
inline std::string quotedText(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) out += c == '\n' ? std::string("\\n") : std::string(1, c);
    return out + "\"";
}

inline std::string base64(const std::string& bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const auto length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

/// What the words for certificates stand for.
inline const std::map<std::string, std::string>& certificateWords() {
    static const std::map<std::string, std::string> words = [] {
        const test::Authority authority;
        const auto good = authority.issue("a.example");
        const auto other = authority.issue("b.example");
        const auto old = authority.issue(test::CertificateSpec{.commonName = "a.example", .dns = {"a.example"}, .fromDays = -30, .toDays = -1});
        const auto early = authority.issue(test::CertificateSpec{.commonName = "a.example", .dns = {"a.example"}, .fromDays = 10, .toDays = 30});
        return std::map<std::string, std::string>{
            {"@crt64", base64(good.certificatePem)}, {"@key64", base64(good.keyPem)}, {"@ca64", base64(authority.pem())},
            {"@crt-b", quotedText(other.certificatePem)}, {"@key-b", quotedText(other.keyPem)},
            {"@crt-old", quotedText(old.certificatePem)}, {"@key-old", quotedText(old.keyPem)},
            {"@crt-early", quotedText(early.certificatePem)}, {"@key-early", quotedText(early.keyPem)},
            {"@crt", quotedText(good.certificatePem)}, {"@key", quotedText(good.keyPem)}, {"@ca", quotedText(authority.pem())}};
    }();
    return words;
}

inline std::string expanded(const std::string& text, const std::map<std::string, std::string>& defined) {
    std::istringstream in(text);
    std::string out;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line[0] == '@') {
            const auto found = defined.find(line.substr(1));
            if (found == defined.end()) throw std::runtime_error("nothing is defined as " + line);
            out += "---\n" + found->second;
            continue;
        }
        for (auto at = line.find('@'); at != std::string::npos; at = line.find('@', at + 1)) {
            auto end = at + 1;
            while (end < line.size() && (std::isalnum(static_cast<unsigned char>(line[end])) || line[end] == '-')) ++end;
            if (const auto word = certificateWords().find(line.substr(at, end - at)); word != certificateWords().end()) {
                line.replace(at, end - at, word->second);
                at += word->second.size() - 1;
            }
        }
        out += line + "\n";
    }
    return out;
}

/// The cases of every file tests/vectors/config/PREFIX*.txt, with what they stand for put in.
inline std::vector<Section> readCases(const std::string& prefix) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(GATEHOUSE_VECTORS) + "/config"))
        if (entry.path().filename().string().rfind(prefix, 0) == 0) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<Section> cases;
    for (const auto& file : files) {
        std::map<std::string, std::string> defined;
        for (auto& section : readSections(file.string())) {
            if (section.name.rfind("define ", 0) == 0) {
                defined[section.name.substr(7)] = expanded(section.parts[0], defined);
                continue;
            }
            section.name = file.filename().string() + ": " + section.name;
            section.parts[0] = expanded(section.parts[0], defined);
            cases.push_back(std::move(section));
        }
    }
    return cases;
}

}  // namespace gatehouse::testing
