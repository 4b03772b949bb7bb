// What the tests of exports share: an export of a text, and what it wrote and noted.
#pragma once

#include "config/workspace.h"
#include "gitops/export.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace gatehouse::gitops {

inline std::string vectorText(const std::string& name) {
    std::ifstream file(std::string(GATEHOUSE_VECTORS "/gitops/") + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline ExportResult exported(const std::string& yaml, const std::string& target = "kgateway-2.1") {
    auto result = exportObjects(*config::readObjects({{"a.yaml", yaml}}), target);
    EXPECT_TRUE(result.has_value());
    return result ? std::move(*result) : ExportResult{};
}

inline std::string textOf(const ExportResult& result, const std::string& path) {
    std::string paths;
    for (const auto& file : result.files) {
        if (file.path == path) return file.text;
        paths += file.path + " ";
    }
    ADD_FAILURE() << "no file " << path << " in " << paths;
    return {};
}

inline std::string allNotes(const ExportResult& result) {
    std::string text;
    for (const auto& note : result.notes)
        text += std::to_string(static_cast<int>(note.kind)) + " " + note.object.display() + " [" + note.fieldPath + "] " + note.message + "\n";
    return text;
}

}  // namespace gatehouse::gitops
