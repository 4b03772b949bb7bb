// Shared by the yaml_*.cpp files of this folder: quoting, writing with options, and the layout of a text in lines.
// Thread: pure functions and values.
#pragma once

#include "text/yaml.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::text::yaml {

/// May the text stand unquoted and still be read back as this string, by kubectl and by stricter readers?
bool plainSafe(std::string_view text, bool inFlow);
std::string doubleQuoted(std::string_view text);
/// Empty where the text holds line ends or characters that only double quotes can carry.
std::optional<std::string> singleQuoted(std::string_view text);

/// Only characters that a block scalar can hold: printable ones, tabs and line feeds.
bool printableText(std::string_view text);

struct WriteOptions {
    int step = 2;                  ///< Spaces per level.
    bool indentSequences = false;  ///< Dashes one level deeper than their parent key.
};
/// Block YAML with LF and a final newline; the first line is indented too.
std::string writeBlock(const Node& node, int indent, const WriteOptions& options);
/// One line in { } and [ ]; `json` quotes every key and string.
std::string writeFlow(const Node& node, bool json);
/// A key as written before its colon.
std::string writeKey(std::string_view key, bool json);
/// Literal block scalar: header, then lines at `indent`; without the final line end where the value has one.
/// Empty where a literal cannot hold the value. `parentIndent` is what an indentation indicator counts from.
std::optional<std::string> writeLiteral(std::string_view value, int indent, int parentIndent);
std::optional<std::string> writeFolded(std::string_view value, int indent);

std::size_t lineStart(std::string_view text, std::size_t offset);
/// Offset of the line's end, before its line break.
std::size_t lineEnd(std::string_view text, std::size_t offset);
/// Offset behind the line's break, or the text's size.
std::size_t nextLine(std::string_view text, std::size_t offset);
/// Bytes from the line's start; equals columns for the spaces that indentation is made of.
std::size_t indentOf(std::string_view text, std::size_t offset);
bool blankBetween(std::string_view text, std::size_t from, std::size_t to);
/// Skips blanks, line breaks and comments.
std::size_t skipGap(std::string_view text, std::size_t from, std::size_t end);
/// "\r\n" where the text uses it, else "\n".
std::string_view lineBreakOf(std::string_view text);
/// `text` with every line break written as `lineBreak`.
std::string withLineBreaks(std::string_view text, std::string_view lineBreak);
/// Prefixes every line that is not blank.
std::string indented(std::string_view text, std::size_t spaces, bool firstLine);

}  // namespace gatehouse::text::yaml
