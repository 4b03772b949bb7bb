#include "llm/price_book_reader.h"

#include "llm/built_in_prices.h"
#include "llm/provider_table.h"
#include "text/yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace gatehouse::llm {
namespace {

namespace yaml = text::yaml;
using Kind = PriceFinding::Kind;

// Of the ordinary findings of a workspace: GH44xx are those of price books.
const char* codeOf(Kind kind) {
    switch (kind) {
        case Kind::Syntax: return "GH4401";
        case Kind::Field: return "GH4402";
        case Kind::Rate: return "GH4403";
        case Kind::Provider: return "GH4404";
        case Kind::Repeated: return "GH4405";
    }
    return "GH4402";
}

constexpr std::string_view kServiceTiers[] = {"batch", "priority", "flex"};
constexpr std::size_t kMostEntries = 10'000;

class Reader {
  public:
    explicit Reader(PriceReading& out) : out_(out) {}

    std::shared_ptr<PriceBook> book(const yaml::Node& root) {
        if (root.kind != yaml::NodeKind::Mapping) {
            tell(Kind::Syntax, root, "", "A price book is a mapping of version, currency and entries.");
            return nullptr;
        }
        auto made = std::make_shared<PriceBook>();
        const yaml::Node* entries = nullptr;
        for (const auto& [key, value] : root.entries) {
            if (key.value == "version") text(value, "version", made->version);
            else if (key.value == "currency") text(value, "currency", made->currency);
            else if (key.value == "entries") entries = &value;
            else tell(Kind::Field, key, key.value, fmt::format("A price book has no field {}; remove it.", key.value), false);
        }
        if (made->version.empty()) tell(Kind::Field, root, "version", "version is missing; name the date of the prices.");
        if (made->currency.size() != 3 || !std::all_of(made->currency.begin(), made->currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
            tell(Kind::Field, root, "currency", "currency must be a code of three capital letters, such as USD.");
        if (entries == nullptr || entries->kind != yaml::NodeKind::Sequence || entries->items.empty())
            tell(Kind::Field, root, "entries", "entries must be a list of prices, at least one.");
        if (std::any_of(out_.findings.begin(), out_.findings.end(), [](const auto& finding) { return finding.error; })) return nullptr;
        for (std::size_t i = 0; i < entries->items.size() && i < kMostEntries; ++i) entry(entries->items[i], fmt::format("entries[{}]", i), *made);
        made->sort();
        return made->entries.empty() ? nullptr : made;
    }

  private:
    void tell(Kind kind, const yaml::Node& at, std::string path, std::string message, bool error = true) {
        out_.findings.push_back({kind, error, std::move(path), at.begin.line, at.begin.column, std::move(message)});
        failed_ = failed_ || error;
    }

    void text(const yaml::Node& node, const std::string& path, std::string& out) {
        if (node.kind == yaml::NodeKind::Scalar && !node.isNull()) out = node.value;
        else tell(Kind::Field, node, path, fmt::format("{} must be text.", path));
    }

    void rate(const yaml::Node& node, const std::string& path, Bucket bucket, Rates& rates) {
        const auto value = node.kind == yaml::NodeKind::Scalar ? rateOf(node.value) : std::nullopt;
        if (value) rates.set(bucket, *value);
        else
            tell(Kind::Rate, node, path,
                 fmt::format("{} must be a price per million tokens from 0 to {}, with at most 6 decimals.", bucketName(bucket), kMostRate));
    }

    /// A mapping of rates alone; `above` where it may say from how many tokens it holds.
    void rates(const yaml::Node& node, const std::string& path, Rates& out, std::uint64_t* above = nullptr) {
        if (node.kind != yaml::NodeKind::Mapping) return tell(Kind::Field, node, path, fmt::format("{} must be a mapping of rates.", path));
        for (const auto& [key, value] : node.entries) {
            const auto at = fmt::format("{}.{}", path, key.value);
            if (const auto bucket = bucketOf(key.value)) {
                rate(value, at, *bucket, out);
            } else if (above != nullptr && key.value == "aboveInputTokens") {
                const auto count = value.asInt();
                if (count && *count > 0) *above = static_cast<std::uint64_t>(*count);
                else tell(Kind::Field, value, at, "aboveInputTokens must be a whole number above 0.");
            } else {
                tell(Kind::Field, key, at, fmt::format("{} is no bucket of tokens; remove it.", key.value));
            }
        }
        if (above != nullptr && *above == 0 && !failed_) tell(Kind::Field, node, path, "aboveInputTokens is missing; say from how many tokens the tier holds.");
        if (out.empty() && !failed_) tell(Kind::Field, node, path, fmt::format("{} names no rate; add one.", path));
    }

    void tiers(const yaml::Node& node, const std::string& path, PriceEntry& made) {
        if (node.kind != yaml::NodeKind::Sequence) return tell(Kind::Field, node, path, fmt::format("{} must be a list.", path));
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            PriceEntry::Tier tier;
            rates(node.items[i], fmt::format("{}[{}]", path, i), tier.rates, &tier.aboveInputTokens);
            made.tiers.push_back(std::move(tier));
        }
        std::stable_sort(made.tiers.begin(), made.tiers.end(), [](const auto& a, const auto& b) { return a.aboveInputTokens < b.aboveInputTokens; });
        for (std::size_t i = 1; i < made.tiers.size(); ++i)
            if (made.tiers[i].aboveInputTokens == made.tiers[i - 1].aboveInputTokens)
                tell(Kind::Repeated, node, path, fmt::format("Two tiers hold above {} tokens; remove one of them.", made.tiers[i].aboveInputTokens));
    }

    void entry(const yaml::Node& node, const std::string& path, PriceBook& book) {
        failed_ = false;
        if (node.kind != yaml::NodeKind::Mapping) return tell(Kind::Field, node, path, fmt::format("{} must be a mapping of provider, model and rates.", path));
        PriceEntry made;
        for (const auto& [key, value] : node.entries) {
            const auto at = fmt::format("{}.{}", path, key.value);
            if (key.value == "provider") text(value, at, made.provider);
            else if (key.value == "model") text(value, at, made.model);
            else if (key.value == "tiers") tiers(value, at, made);
            else if (const auto bucket = bucketOf(key.value)) rate(value, at, *bucket, made.rates);
            else if (std::find(std::begin(kServiceTiers), std::end(kServiceTiers), key.value) != std::end(kServiceTiers))
                rates(value, at, made.service.emplace_back(key.value, Rates{}).second);
            else tell(Kind::Field, key, at, fmt::format("{} is no field of a price; remove it.", key.value));
        }
        if (made.provider.empty() && !failed_) tell(Kind::Field, node, path, "provider is missing; name one, or * for all.");
        if (made.model.empty() && !failed_) tell(Kind::Field, node, path, "model is missing; name one, or a pattern with *.");
        if (made.rates.empty() && !failed_) tell(Kind::Field, node, path, fmt::format("{} names no rate; add one.", path));
        if (failed_) return;
        const auto& kinds = providerKinds();
        const bool known = made.provider == "*" || std::any_of(kinds.begin(), kinds.end(), [&](const ProviderKind* kind) {
                               return kind->name == made.provider || kind->system == made.provider;
                           });
        if (!known) tell(Kind::Provider, node, path, fmt::format("There is no provider {}, so this price is never used; correct its name.", made.provider), false);
        if (!seen_.emplace(made.provider, made.model).second)
            return tell(Kind::Repeated, node, path, fmt::format("{} of {} has a price already; remove one of them.", made.model, made.provider));
        book.add(std::move(made));
    }

    PriceReading& out_;
    bool failed_ = false;  ///< Of the entry under way.
    std::set<std::pair<std::string, std::string>> seen_;
};

}  // namespace

PriceReading readPriceBook(std::string_view text, std::string name) {
    PriceReading out;
    const auto documents = yaml::parse(text);
    if (!documents) {
        const auto& error = documents.error();
        out.findings.push_back({Kind::Syntax, true, {}, error.where.line, error.where.column, fmt::format("The prices are no YAML: {}.", error.message)});
        return out;
    }
    if (documents->size() != 1) {
        out.findings.push_back({Kind::Syntax, true, {}, 1, 1, "A price book is one YAML document."});
        return out;
    }
    for (const auto& twice : documents->front().duplicates)
        out.findings.push_back({Kind::Repeated, true, twice.path, twice.where.line, twice.where.column, fmt::format("{} is written twice; remove one of them.", twice.path)});
    const auto root = yaml::expandAliases(documents->front().root);
    if (!root) {
        out.findings.push_back({Kind::Syntax, true, {}, 1, 1, root.error().message});
        return out;
    }
    if (auto book = Reader(out).book(*root)) {
        book->name = std::move(name);
        out.book = std::move(book);
    }
    return out;
}

bool isPriceBook(const config::Object& object) {
    if (object.key.kind != "ConfigMap" || !object.key.group.empty()) return false;
    const auto label = object.labels.find(std::string(kPriceBookLabel));
    return label != object.labels.end() && label->second == "true";
}

std::shared_ptr<const PriceBook> readPriceBook(const config::Object& object, std::vector<config::Diagnostic>& findings) {
    const auto path = config::FieldPath{}.key("data").key(kPriceBookKey);
    const auto add = [&](Kind kind, bool error, std::string message) -> config::Diagnostic& {
        auto& made = findings.emplace_back();
        made.severity = error ? config::Severity::Error : config::Severity::Warning;
        made.code = codeOf(kind);
        made.object = object.key;
        made.fieldPath = path.toString();
        made.where = object.locate(path);
        made.message = std::move(message);
        return made;
    };
    const auto* node = object.root ? object.root->at(path) : nullptr;
    if (node == nullptr || node->kind != yaml::NodeKind::Scalar) {
        add(Kind::Syntax, true, fmt::format("A price book needs its prices as text under data.{}.", kPriceBookKey));
        return nullptr;
    }
    auto reading = readPriceBook(node->value, object.key.display());
    const bool block = node->style == yaml::ScalarStyle::Literal;
    for (auto& finding : reading.findings) {
        auto& made = add(finding.kind, finding.error, std::move(finding.message));
        if (!finding.path.empty()) made.fieldPath += fmt::format(".{}", finding.path);
        // A block's first line is the one after its "|".
        if (block) {
            made.where.line += finding.line;
            made.where.column = finding.column;
        }
    }
    return reading.book;
}

std::shared_ptr<const PriceBook> builtInPrices() {
    static const std::shared_ptr<const PriceBook> kBook = readPriceBook(kBuiltInPrices, "built-in").book;
    return kBook;
}

}  // namespace gatehouse::llm
