// Cases of tests/vectors/http: a name, what is expected, and the rest of the line, with " | " between them.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::http {

struct Case {
    std::string name, expected, rest;
    int line = 0;
};

/// \r, \n, \t, \0, \s (a space), \xHH; any other character after a backslash stands for itself.
inline std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        switch (text[++i]) {
            case 'r': out += '\r'; break;
            case 'n': out += '\n'; break;
            case 't': out += '\t'; break;
            case '0': out += '\0'; break;
            case 's': out += ' '; break;
            case 'x':
                out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
                i += 2;
                break;
            default: out += text[i];
        }
    }
    return out;
}

inline std::vector<Case> loadCases(const std::string& file) {
    std::ifstream in(std::string(GATEHOUSE_VECTORS) + "/http/" + file);
    EXPECT_TRUE(in) << file;
    std::vector<Case> cases;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line.front() == '#') continue;
        const auto first = line.find(" | ");
        const auto second = line.find(" | ", first + 3);
        if (first == std::string::npos || second == std::string::npos) {
            ADD_FAILURE() << file << ":" << number << " is no case";
            continue;
        }
        cases.push_back({line.substr(0, first), line.substr(first + 3, second - first - 3), line.substr(second + 3), number});
    }
    EXPECT_GT(cases.size(), 10U);
    return cases;
}

}  // namespace gatehouse::http
