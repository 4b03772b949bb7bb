// JSON as this folder handles it: parsed within limits, read without throwing. Private to cluster/ (a heavy header).
// Thread: pure functions.
#pragma once

#include "base/result.h"
#include "text/yaml.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace gatehouse::cluster {

using Json = nlohmann::ordered_json;

/// Error "json": it is none, or is nested deeper than 200 levels.
Result<Json> parseJson(std::string_view text);
/// What is no UTF-8 is replaced.
std::string writeJson(const Json& json);

/// A null where it is absent, or `object` is none.
const Json& memberOf(const Json& object, const char* name);
/// Empty where it is absent or no text.
std::string textOf(const Json& object, const char* name);
bool flagOf(const Json& object, const char* name);

/// The same tree as YAML; texts that would read as something else carry quotes.
text::yaml::Node yamlOf(const Json& json);

}  // namespace gatehouse::cluster
