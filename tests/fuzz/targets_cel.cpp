// Expressions, as a fuzz target.
#include "fuzz/targets.h"

#include "text/cel.h"

#include <optional>
#include <stdexcept>
#include <string>

namespace gatehouse::fuzz {
namespace {

void require(bool promise, const char* sentence) {
    if (!promise) throw std::logic_error(sentence);
}

class Request final : public text::cel::Activation {
  public:
    explicit Request(std::string_view body) : body_(body) {}
    Result<std::optional<text::cel::Value>> find(std::string_view name) const override {
        if (name != "request") return std::optional<text::cel::Value>();
        if (auto json = text::cel::fromJson(body_)) return std::optional(std::move(*json));
        return std::optional(text::cel::Value::string(body_));
    }

  private:
    std::string_view body_;
};

}  // namespace

/// The expression ends at the first NUL; what follows is the body that `request` stands for.
void cel(std::string_view input) {
    const auto end = std::min(input.find('\0'), input.size());
    const Request request(end < input.size() ? input.substr(end + 1) : std::string_view(R"({"a":[1,2.5,"x",null],"b":{"c":true}})"));
    const auto program = text::cel::Program::compile(input.substr(0, end));
    if (!program) {
        const auto& sentence = program.error().message;
        return require(sentence.find(": ") != std::string::npos && sentence.front() >= '1' && sentence.front() <= '9', "an error names its place");
    }
    const text::cel::Limits limits{20'000, 1U << 20};
    const auto value = (*program)->evaluate(request, limits);
    const bool repeats = (*program)->text().find("random") == std::string::npos && (*program)->text().find("uuid") == std::string::npos;
    if (!value) {
        require(!value.error().code.empty(), "an error has a code");
        return;
    }
    require(text::cel::show(*value).size() < 1000, "what is shown is short");
    const auto again = (*program)->evaluate(request, limits);
    require(again.has_value(), "an expression that can be told can be told again");
    if (repeats) require(text::cel::show(*again) == text::cel::show(*value), "an expression says the same of the same");
    const auto json = text::cel::toJson(*value);
    if (!json) return;
    require(text::cel::fromJson(*json).has_value(), "what is written as JSON is JSON");
}

}  // namespace gatehouse::fuzz
