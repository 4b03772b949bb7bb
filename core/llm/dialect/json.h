// JSON of bodies that change their dialect: an ordered tree, and a reader that knows which members were looked at. Private to
// llm: heavy. Thread: one translation.
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

using Json = nlohmann::ordered_json;

/// The text of a member; empty where `object` is none, or has no such text. Json::value() throws where the type is another.
std::string textOf(const Json& object, std::string_view key);

/// Error "invalid-json" where the text is no JSON object, holds a key twice, or nests deeper than text::json::kMaxDepth.
Result<Json> parseObject(std::string_view body);
std::string dump(const Json& json);

/// Text of a JSON value as it stands inside a string field (tool arguments); `{}` for null.
std::string dumpArguments(const Json& arguments);
/// Tool arguments as an object. What is no JSON object is kept as {"_raw": text}, told as coerced by the caller.
Json parseArguments(std::string_view text, bool& wellFormed);

const Json& emptyObject();  ///< For Members of an object that is not there.

/// The members of one object, taken one by one; what nobody took is rest(). The first type error sticks: check failure() once.
class Members {
  public:
    /// `path` of the object in the body ("" for the body itself). A value that is no object is a failure.
    Members(const Json& object, std::string path);
    Members(const Json&& object, std::string path) = delete;  ///< It would outlive its object.

    /// Null where absent or JSON null. Marks it as taken.
    const Json* take(std::string_view key);
    /// Looks without taking.
    const Json* peek(std::string_view key) const;
    bool has(std::string_view key) const { return peek(key) != nullptr; }

    std::optional<std::string> text(std::string_view key);
    std::optional<bool> flag(std::string_view key);
    std::optional<double> number(std::string_view key);
    std::optional<std::int64_t> integer(std::string_view key);
    const Json* object(std::string_view key);
    const Json* array(std::string_view key);
    /// As text(), but a failure where it is absent.
    std::string required(std::string_view key);

    std::string pathOf(std::string_view key) const;  ///< "messages[2].role"
    const std::string& path() const { return path_; }

    /// The members that nobody took, in order; an empty object where all were. Nulls are left out.
    Json rest() const;
    void fail(std::string_view key, std::string_view what);  ///< "messages[2].role must be a string."
    /// The failure of an object within this one, if it has any and this one has none yet.
    void adopt(const Members& inner) {
        if (!failure_) failure_ = inner.failure_;
    }
    const std::optional<Error>& failure() const { return failure_; }

  private:
    const Json* typed(std::string_view key, bool fits(const Json&), std::string_view what);

    const Json* object_;
    std::string path_;
    std::vector<bool> taken_;
    std::optional<Error> failure_;
};

}  // namespace gatehouse::llm
