// Reads data-driven cases: blocks of "key: value" lines, separated by empty lines; '#' begins a comment line. A key may
// repeat. Thread: pure.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::testing {

struct Block {
    std::string file;
    int line = 0;
    std::vector<std::pair<std::string, std::string>> fields;

    std::string get(const std::string& key) const {
        for (const auto& [name, value] : fields)
            if (name == key) return value;
        return {};
    }
    bool has(const std::string& key) const {
        for (const auto& field : fields)
            if (field.first == key) return true;
        return false;
    }
    std::vector<std::string> all(const std::string& key) const {
        std::vector<std::string> values;
        for (const auto& [name, value] : fields)
            if (name == key) values.push_back(value);
        return values;
    }
};

inline std::vector<Block> readBlocks(const std::string& path) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path);
    std::vector<Block> blocks;
    Block block;
    std::string line;
    int number = 0;
    const auto finish = [&] {
        if (!block.fields.empty()) blocks.push_back(std::move(block));
        block = {};
    };
    while (std::getline(in, line)) {
        ++number;
        if (line.empty()) {
            finish();
            continue;
        }
        if (line.front() == '#') continue;
        const auto colon = line.find(':');
        if (colon == std::string::npos) throw std::runtime_error(path + ":" + std::to_string(number) + ": no colon");
        if (block.fields.empty()) block.line = number;
        block.file = path;
        auto value = line.substr(colon + 1);
        if (!value.empty() && value.front() == ' ') value.erase(0, 1);
        block.fields.emplace_back(line.substr(0, colon), value);
    }
    finish();
    return blocks;
}

}  // namespace gatehouse::testing
