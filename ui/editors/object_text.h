// Questions about the text of objects that need no window: which field the caret is in, where a field stands, what may be
// typed here. Works on broken text too (by indentation), because that is what text is while someone types it.
// Thread: pure functions.
#pragma once

#include "config/object.h"
#include "config/schema.h"
#include "text/yaml.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ui {

struct TextSpan {
    std::size_t begin = 0;  ///< Byte offsets.
    std::size_t end = 0;
};

/// The field that the caret at byte `offset` is in: key and value, sequence dash and blank lines below count to it. Reads
/// the parsed tree where the text parses, indentation where not. Counts within the document that holds the offset.
config::FieldPath pathAt(std::string_view text, std::size_t offset);

/// Key and value of the field at `path` in document `document`; the nearest existing ancestor where it does not exist; nothing where
/// the text does not parse.
std::optional<TextSpan> spanOf(std::string_view text, const config::FieldPath& path, std::size_t document = 0);
/// Only the value of a scalar, or only the key of a collection: what a squiggle underlines.
std::optional<TextSpan> markSpanOf(std::string_view text, const config::FieldPath& path, std::size_t document = 0);

/// The row of the kind's table at `path`: members by key, elements by index; null outside of the table.
const config::FieldSpec* specAt(const config::FieldSpec& root, const config::FieldPath& path);

struct Completions {
    std::size_t replaceFrom = 0;          ///< Byte offset of the word that is being typed.
    bool keys = false;                    ///< Field names; else values.
    const config::FieldSpec* owner = nullptr;  ///< Keys: the object that they are members of.
    std::vector<std::string> candidates;  ///< Sorted as in the kind's table; those that start with the word.
};
/// Field names or enum values that fit at byte `offset`.
Completions completionsAt(const config::KindSchema& schema, std::string_view text, std::size_t offset);

/// Identity of the first object in a text, where it is whole enough to have one.
std::optional<config::ObjectKey> keyOfText(const std::string& text);

/// "spec.rules[0].name" as a path; empty where it cannot be read.
config::FieldPath parsePath(std::string_view text);
/// True when `path` is `ancestor` or lies below it.
bool isWithin(const config::FieldPath& path, const config::FieldPath& ancestor);

}  // namespace gatehouse::ui
