// Reads a price book from YAML: version, currency, entries with rates per million tokens. What is wrong is told with its place; an
// entry that cannot be read is left out and the rest serves. Thread: pure functions.
#pragma once

#include "config/object.h"
#include "llm/price_book.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

/// ConfigMaps with this label, "true", are price books; the text is under this key of their data.
inline constexpr std::string_view kPriceBookLabel = "gatehouse.dev/price-book";
inline constexpr std::string_view kPriceBookKey = "prices.yaml";

struct PriceFinding {
    enum class Kind : std::uint8_t {
        Syntax,     ///< The text is no YAML, or not one mapping.
        Field,      ///< A field that is not known, missing, or of the wrong kind.
        Rate,       ///< A number that is no rate.
        Provider,   ///< No provider of that name.
        Repeated,   ///< The same provider and model again.
    };
    Kind kind = Kind::Field;
    bool error = true;          ///< The entry is left out (or the book, where the path is empty); else a warning.
    std::string path;           ///< "entries[2].input"
    std::uint32_t line = 1;     ///< Of the text.
    std::uint32_t column = 1;
    std::string message;
};

struct PriceReading {
    std::shared_ptr<const PriceBook> book;  ///< Null where nothing of it can be used.
    std::vector<PriceFinding> findings;
};

PriceReading readPriceBook(std::string_view text, std::string name);

/// Is the object a price book by its label?
bool isPriceBook(const config::Object& object);
/// The book that a ConfigMap holds; the findings' places are those of the file.
std::shared_ptr<const PriceBook> readPriceBook(const config::Object& object, std::vector<config::Diagnostic>& findings);

/// The prices that come with Gatehouse (resources/prices.yaml). Read once.
std::shared_ptr<const PriceBook> builtInPrices();

}  // namespace gatehouse::llm
