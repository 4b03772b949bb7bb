#include "llm/price_book.h"

#include "text/wildcard.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace gatehouse::llm {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::int64_t kMicro = 1'000'000;
constexpr std::int64_t kNano = 1'000'000'000;
constexpr Wide kPicoPerNano = 1000;

constexpr std::array<std::string_view, kBuckets> kNames = {"input",      "cachedInput", "cacheWrite", "cacheWriteHour",
                                                           "audioInput", "output",      "reasoning",  "audioOutput"};

/// The bucket whose rate holds where one has none of its own; itself: none.
constexpr std::array<Bucket, kBuckets> kInstead = {Bucket::Input, Bucket::Input,  Bucket::Input,  Bucket::CacheWrite,
                                                   Bucket::Input, Bucket::Output, Bucket::Output, Bucket::Output};

void overlay(Rates& rates, const Rates& over) {
    for (std::size_t i = 0; i < kBuckets; ++i)
        if (over.micro[i] != Rates::kUnset) rates.micro[i] = over.micro[i];
}

/// In the words of the books: providers call the ordinary tier by several names.
std::string_view tierWord(std::string_view said) {
    if (said == "default" || said == "standard" || said == "auto" || said == "on_demand") return {};
    return said;
}

std::int64_t roundedNano(Wide pico) {
    const Wide nano = (pico + kPicoPerNano / 2) / kPicoPerNano;
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    return nano > static_cast<Wide>(kMost) ? kMost : static_cast<std::int64_t>(nano);
}

/// Without the zeros at the end, but at least `least` decimals.
std::string decimal(std::int64_t value, std::int64_t one, int digits, int least) {
    const bool negative = value < 0;
    const auto size = negative ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    const auto whole = size / static_cast<std::uint64_t>(one);
    auto rest = fmt::format("{:0{}}", size % static_cast<std::uint64_t>(one), digits);
    while (static_cast<int>(rest.size()) > least && rest.back() == '0') rest.pop_back();
    return fmt::format("{}{}{}{}", negative ? "-" : "", whole, rest.empty() ? "" : ".", rest);
}

}  // namespace

std::string_view bucketName(Bucket bucket) { return kNames[static_cast<std::size_t>(bucket)]; }

std::optional<Bucket> bucketOf(std::string_view name) {
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<Bucket>(found - kNames.begin());
}

std::array<std::uint64_t, kBuckets> bucketsOf(const Usage& usage) {
    std::array<std::uint64_t, kBuckets> out{};
    const auto take = [&](Bucket bucket, std::uint64_t wished, std::uint64_t& left) {
        const auto taken = std::min(wished, left);
        out[static_cast<std::size_t>(bucket)] = taken;
        left -= taken;
    };
    auto input = usage.inputTokens;
    take(Bucket::CachedInput, usage.cachedTokens, input);
    const auto hour = std::min(usage.cacheWriteHourTokens, usage.cacheWriteTokens);
    take(Bucket::CacheWriteHour, hour, input);
    take(Bucket::CacheWrite, usage.cacheWriteTokens - hour, input);
    take(Bucket::AudioInput, usage.audioInputTokens, input);
    take(Bucket::Input, input, input);
    auto output = usage.outputTokens;
    take(Bucket::AudioOutput, usage.audioOutputTokens, output);
    take(Bucket::Reasoning, usage.reasoningTokens, output);
    take(Bucket::Output, output, output);
    return out;
}

bool Rates::empty() const {
    return std::all_of(micro.begin(), micro.end(), [](std::int64_t rate) { return rate == kUnset; });
}

std::optional<std::int64_t> rateOf(std::string_view text) {
    constexpr int kDecimals = 6;
    std::int64_t value = 0;
    int decimals = -1;  // Before the point.
    bool digits = false;
    for (const char c : text) {
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        digits = true;
        if (decimals == kDecimals) {
            if (c != '0') return std::nullopt;
            continue;
        }
        value = value * 10 + (c - '0');
        if (decimals >= 0) ++decimals;
        if (value > kMostRate * kMicro) return std::nullopt;
    }
    if (!digits) return std::nullopt;
    for (int i = std::max(decimals, 0); i < kDecimals; ++i) {
        value *= 10;
        if (value > kMostRate * kMicro) return std::nullopt;
    }
    return value;
}

std::string rateText(std::int64_t micro) { return decimal(micro, kMicro, 6, 0); }

std::string amountText(std::int64_t nano) { return decimal(nano, kNano, 9, 2); }

const PriceEntry* PriceBook::find(std::string_view provider, std::string_view system, std::string_view model) const {
    for (const auto& entry : entries) {
        // Of a hundred entries most are of other lengths; this is asked for each request.
        if (entry.pattern ? !text::matchesPattern(entry.model, model) : entry.model != model) continue;
        if (entry.provider == "*" || entry.provider == provider || (!system.empty() && entry.provider == system)) return &entry;
    }
    return nullptr;
}

void PriceBook::add(PriceEntry entry) {
    entry.pattern = entry.model.find('*') != std::string::npos;
    entries.push_back(std::move(entry));
}

void PriceBook::sort() {
    std::stable_sort(entries.begin(), entries.end(), [](const PriceEntry& a, const PriceEntry& b) {
        return a.pattern != b.pattern ? b.pattern : a.model.size() > b.model.size();
    });
}

Receipt PriceBooks::receiptFor(const Priced& request, const Usage& usage, std::string_view serviceTier) const {
    Receipt receipt;
    receipt.estimated = usage.estimated;
    if (!usage.known) {
        receipt.unpriced = "The provider did not say how many tokens were used.";
        return receipt;
    }
    for (const auto name : {request.answeredModel, request.model}) {
        if (receipt.entry != nullptr || name.empty()) continue;
        for (const auto& book : books_) {
            receipt.entry = book->find(request.provider, request.system, name);
            if (receipt.entry == nullptr) continue;
            receipt.book = book;
            receipt.model = name;
            break;
        }
    }
    if (receipt.entry == nullptr) {
        receipt.unpriced = fmt::format("No price book knows {} of {}.", request.model.empty() ? request.answeredModel : request.model, request.provider);
        return receipt;
    }
    Rates rates = receipt.entry->rates;
    for (const auto& tier : receipt.entry->tiers) {
        if (usage.inputTokens <= tier.aboveInputTokens) break;
        overlay(rates, tier.rates);
        receipt.aboveInputTokens = tier.aboveInputTokens;
    }
    if (const auto wanted = tierWord(serviceTier); !wanted.empty())
        for (const auto& [name, special] : receipt.entry->service)
            if (name == wanted) {
                overlay(rates, special);
                receipt.serviceTier = name;
            }
    Wide pico = 0;
    const auto tokens = bucketsOf(usage);
    for (std::size_t i = 0; i < kBuckets; ++i) {
        if (tokens[i] == 0) continue;
        auto rate = rates.micro[i];
        for (auto from = i; rate == Rates::kUnset && kInstead[from] != static_cast<Bucket>(from);) {
            from = static_cast<std::size_t>(kInstead[from]);
            rate = rates.micro[from];
        }
        if (rate == Rates::kUnset) {
            receipt.unpriced = fmt::format("The price book names no rate for {} of {}.", kNames[i], receipt.entry->model);
            receipt.lines.clear();
            receipt.nano = 0;
            return receipt;
        }
        pico += static_cast<Wide>(tokens[i]) * static_cast<Wide>(rate);
        const auto sum = roundedNano(pico);
        receipt.lines.push_back({static_cast<Bucket>(i), tokens[i], rate, sum - receipt.nano});
        receipt.nano = sum;
    }
    return receipt;
}

}  // namespace gatehouse::llm
