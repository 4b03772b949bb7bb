#include "config/virtual_keys.h"

#include "config/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace gatehouse::config {
namespace {

constexpr std::array kAnnotations{kAllowedModelsAnnotation, kTokensPerDayAnnotation, kMoneyPerDayAnnotation, kRequestsPerMinuteAnnotation};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n')) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = text.find(separator);
        if (const auto part = trimmed(text.substr(0, end)); !part.empty()) parts.push_back(part);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return parts;
}

/// What the annotation says of this key. Nothing: it does not speak of it.
std::optional<std::string_view> valueFor(std::string_view text, std::string_view key) {
    if (text.find('=') == std::string_view::npos) return trimmed(text);
    std::optional<std::string_view> others;
    for (const auto part : split(text, ';')) {
        const auto equals = part.find('=');
        const auto name = trimmed(part.substr(0, equals));
        const auto value = equals == std::string_view::npos ? std::string_view{} : trimmed(part.substr(equals + 1));
        if (name == key) return value;
        if (name == "*") others = value;
    }
    return others;
}

std::optional<std::int64_t> wholeNumber(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

/// "2.50", at most nine decimals.
std::optional<std::int64_t> nanoAmount(std::string_view text) {
    constexpr std::size_t kDecimals = 9;
    const auto dot = text.find('.');
    const auto whole = wholeNumber(text.substr(0, dot));
    std::string decimals(dot == std::string_view::npos ? std::string_view("0") : text.substr(dot + 1));
    if (!whole || decimals.empty() || decimals.size() > kDecimals || *whole > 1'000'000'000) return std::nullopt;
    decimals.resize(kDecimals, '0');
    const auto rest = wholeNumber(decimals);
    if (!rest || decimals.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    return *whole * 1'000'000'000 + *rest;
}

bool isCurrency(std::string_view text) {
    return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

class TermsReader {
  public:
    TermsReader(const Object& secret, std::string_view key, std::vector<TermsProblem>* problems) : secret_(secret), key_(key), problems_(problems) {}

    VirtualKeyTerms read() {
        VirtualKeyTerms terms;
        if (const auto text = value(kAllowedModelsAnnotation)) {
            terms.models.emplace();
            for (const auto pattern : split(*text, ',')) terms.models->emplace_back(pattern);
            if (terms.models->empty()) tell(kAllowedModelsAnnotation, "names no model; write patterns with commas between, or * for all");
        }
        terms.tokensPerDay = count(kTokensPerDayAnnotation);
        terms.requestsPerMinute = count(kRequestsPerMinuteAnnotation);
        if (terms.requestsPerMinute && *terms.requestsPerMinute > 60'000'000) terms.requestsPerMinute = 60'000'000;
        if (const auto text = value(kMoneyPerDayAnnotation)) {
            const auto blank = text->find(' ');
            const auto amount = nanoAmount(text->substr(0, blank));
            terms.currency = blank == std::string_view::npos ? "USD" : std::string(trimmed(text->substr(blank)));
            if (!amount || !isCurrency(terms.currency))
                tell(kMoneyPerDayAnnotation, fmt::format("\"{}\" is no amount such as 2.50 or 2.50 USD", *text));
            terms.nanoPerDay = isCurrency(terms.currency) ? amount.value_or(0) : 0;
        }
        return terms;
    }

  private:
    std::optional<std::string_view> value(const char* annotation) {
        const auto found = secret_.annotations.find(annotation);
        return found == secret_.annotations.end() ? std::nullopt : valueFor(found->second, key_);
    }
    std::optional<std::int64_t> count(const char* annotation) {
        const auto text = value(annotation);
        if (!text) return std::nullopt;
        const auto read = wholeNumber(*text);
        if (!read) tell(annotation, fmt::format("\"{}\" is no whole number", *text));
        return read.value_or(0);
    }
    void tell(const char* annotation, std::string what) {
        if (problems_ != nullptr) problems_->push_back({annotation, std::move(what)});
    }

    const Object& secret_;
    std::string_view key_;
    std::vector<TermsProblem>* problems_;
};

}  // namespace

VirtualKeyTerms termsOf(const Object& secret, std::string_view key, std::vector<TermsProblem>* problems) {
    return TermsReader(secret, key, problems).read();
}

bool hasTerms(const Object& secret) {
    return std::any_of(kAnnotations.begin(), kAnnotations.end(), [&](const char* name) { return secret.annotations.contains(name); });
}

std::vector<TermsProblem> termsProblems(const Object& secret) {
    std::vector<TermsProblem> problems;
    const auto names = entryNames(secret);
    for (const auto& name : names) {
        std::vector<TermsProblem> own;
        termsOf(secret, name, &own);
        for (auto& problem : own)
            if (std::none_of(problems.begin(), problems.end(), [&](const auto& known) { return known.annotation == problem.annotation; }))
                problems.push_back(std::move(problem));
    }
    for (const auto* annotation : kAnnotations) {
        const auto found = secret.annotations.find(annotation);
        if (found == secret.annotations.end() || found->second.find('=') == std::string::npos) continue;
        for (const auto part : split(found->second, ';')) {
            const auto name = trimmed(part.substr(0, part.find('=')));
            if (name != "*" && std::find(names.begin(), names.end(), name) == names.end())
                problems.push_back({annotation, fmt::format("the Secret has no key named {}", name)});
        }
    }
    return problems;
}

std::vector<std::string> entryNames(const Object& holder) {
    std::set<std::string> names;
    for (const auto* section : {"data", "stringData"})
        for (const auto& [name, value] : pairsOf(holder.root.get(), section)) names.insert(name);
    return {names.begin(), names.end()};
}

}  // namespace gatehouse::config
