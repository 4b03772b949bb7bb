// The text of resources/prices.yaml, written into the program by the build. Thread: constant.
#pragma once

#include <string_view>

namespace gatehouse::llm {

extern const std::string_view kBuiltInPrices;

}  // namespace gatehouse::llm
