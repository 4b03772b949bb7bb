// Reads data-driven cases whose parts are texts of several lines: "=== name" starts a case, "+++" its next part.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace gatehouse::testing {

struct Section {
    std::string name;
    int line = 0;
    std::vector<std::string> parts;
};

inline std::vector<Section> readSections(const std::string& path) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path);
    std::vector<Section> sections;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.rfind("=== ", 0) == 0) {
            sections.push_back({line.substr(4), number, {""}});
        } else if (sections.empty()) {
            continue;
        } else if (line == "+++") {
            sections.back().parts.emplace_back();
        } else {
            sections.back().parts.back() += line + "\n";
        }
    }
    return sections;
}

}  // namespace gatehouse::testing
