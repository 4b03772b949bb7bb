// Reader: texts -> ObjectSet. Keeps what it read per document, so that after an edit only the changed document is
// parsed again. Private to config/. Thread: one owner; the sets it makes are immutable. Copying is cheap: readings are
// shared.
#pragma once

#include "config/object.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::config {

/// What one stretch of text (see text::yaml::split) holds. Places count from the stretch.
struct SliceReading {
    std::string text;
    std::vector<Object> objects;
    std::vector<Diagnostic> diagnostics;
    std::size_t documents = 0;
};

std::shared_ptr<const SliceReading> readSlice(std::string_view text);

class Reader {
  public:
    using Texts = std::map<std::string, std::shared_ptr<const std::string>>;

    /// `revision` goes into the set. Findings that are no matter of text (unreadable files) come in `before`.
    std::shared_ptr<const ObjectSet> read(const Texts& texts, std::uint64_t revision, std::vector<Diagnostic> before);

  private:
    struct FileReading {
        std::shared_ptr<const std::string> text;
        struct Part {
            std::size_t begin = 0;
            std::uint32_t line = 1;
            std::shared_ptr<const SliceReading> reading;
        };
        std::vector<Part> parts;
    };

    static FileReading readFile(const std::shared_ptr<const std::string>& text, const FileReading* before);

    std::unordered_map<std::string, std::shared_ptr<const FileReading>> files_;
};

}  // namespace gatehouse::config
