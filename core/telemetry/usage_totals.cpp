#include "telemetry/usage_totals.h"

#include "filter/client_access.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gatehouse::telemetry {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kOther = "other";
constexpr std::size_t kLongestModel = 128;

void addAmount(UsageRow& row, const std::string& currency, std::int64_t nano) {
    auto at = std::lower_bound(row.amounts.begin(), row.amounts.end(), currency, [](const auto& entry, const std::string& name) { return entry.first < name; });
    if (at == row.amounts.end() || at->first != currency) at = row.amounts.insert(at, {currency, 0});
    std::int64_t sum = 0;
    at->second = __builtin_add_overflow(at->second, nano, &sum) ? INT64_MAX : sum;
}

bool isInput(std::size_t bucket) { return bucket < static_cast<std::size_t>(llm::Bucket::Output); }

Json rowJson(const UsageRow& row) {
    Json out;
    const auto name = [&](const char* key, const std::string& value) {
        if (!value.empty()) out[key] = value;
    };
    name("route", row.route);
    name("provider", row.provider);
    name("model", row.model);
    name("key", row.key);
    out["requests"] = row.requests;
    out["unpriced"] = row.unpriced;
    out["partial"] = row.partial;
    out["estimated"] = row.estimated;
    out["inputTokens"] = row.inputTokens();
    out["outputTokens"] = row.outputTokens();
    auto& tokens = out["tokens"] = Json::object();
    for (std::size_t i = 0; i < llm::kBuckets; ++i)
        if (row.tokens[i] > 0) tokens[std::string(llm::bucketName(static_cast<llm::Bucket>(i)))] = row.tokens[i];
    auto& amounts = out["amounts"] = Json::array();
    for (const auto& [currency, nano] : row.amounts) amounts.push_back({{"currency", currency}, {"amount", llm::amountText(nano)}, {"nano", nano}});
    return out;
}

Json listJson(const std::vector<UsageRow>& rows) {
    auto out = Json::array();
    for (const auto& row : rows) out.push_back(rowJson(row));
    return out;
}

}  // namespace

std::uint64_t UsageRow::inputTokens() const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < llm::kBuckets; ++i) sum += isInput(i) ? tokens[i] : 0;
    return sum;
}

std::uint64_t UsageRow::outputTokens() const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < llm::kBuckets; ++i) sum += isInput(i) ? 0 : tokens[i];
    return sum;
}

void UsageRow::add(const UsageRow& other) {
    requests += other.requests;
    unpriced += other.unpriced;
    partial += other.partial;
    estimated += other.estimated;
    for (std::size_t i = 0; i < llm::kBuckets; ++i) tokens[i] += other.tokens[i];
    for (const auto& [currency, nano] : other.amounts) addAmount(*this, currency, nano);
}

std::vector<UsageRow> sumsBy(const std::vector<UsageRow>& rows, std::initializer_list<std::string UsageRow::*> members) {
    std::map<std::vector<std::string>, UsageRow> sums;
    for (const auto& row : rows) {
        std::vector<std::string> key;
        for (const auto member : members) key.push_back(row.*member);
        auto& sum = sums[key];
        for (const auto member : members) sum.*member = row.*member;
        sum.add(row);
    }
    std::vector<UsageRow> out;
    for (auto& [key, sum] : sums) out.push_back(std::move(sum));
    return out;
}

std::string usageJson(const std::vector<UsageRow>& rows, base::WallTime since) {
    Json out;
    out["since"] = base::formatRfc3339(since);
    UsageRow whole;
    for (const auto& row : rows) whole.add(row);
    out["total"] = rowJson(whole);
    out["rows"] = listJson(rows);
    out["byRoute"] = listJson(sumsBy(rows, {&UsageRow::route}));
    out["byProvider"] = listJson(sumsBy(rows, {&UsageRow::provider}));
    out["byModel"] = listJson(sumsBy(rows, {&UsageRow::model}));
    out["byKey"] = listJson(sumsBy(rows, {&UsageRow::key}));
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string csvField(std::string_view text) {
    std::string out(text);
    if (!out.empty() && std::string_view("=+-@\t\r").find(out.front()) != std::string_view::npos) out.insert(out.begin(), '\'');
    if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
    std::string quoted = "\"";
    for (const char c : out) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

std::string usageCsv(const std::vector<UsageRow>& rows) {
    std::string out = "route,provider,model,key,requests,unpriced,partial,estimated";
    for (std::size_t i = 0; i < llm::kBuckets; ++i) out += fmt::format(",{}Tokens", llm::bucketName(static_cast<llm::Bucket>(i)));
    out += ",currency,amount\n";
    for (const auto& row : rows) {
        auto line = fmt::format("{},{},{},{},{},{},{},{}", csvField(row.route), csvField(row.provider), csvField(row.model), csvField(row.key), row.requests, row.unpriced, row.partial,
                                row.estimated);
        for (const auto count : row.tokens) line += fmt::format(",{}", count);
        if (row.amounts.empty()) out += line + ",,\n";
        for (std::size_t i = 0; i < row.amounts.size(); ++i) {
            // Counts stand in the first line alone, so that columns can be added up.
            if (i == 1) line = fmt::format("{},{},{},{},0,0,0,0,0,0,0,0,0,0,0,0", csvField(row.route), csvField(row.provider), csvField(row.model), csvField(row.key));
            out += fmt::format("{},{},{}\n", line, csvField(row.amounts[i].first), llm::amountText(row.amounts[i].second));
        }
    }
    return out;
}

void UsageTotals::observe(const RequestRecord& record) {
    if (!record.receipt) return;
    const auto& receipt = *record.receipt;
    const std::lock_guard lock(mutex_);
    auto& row = rowOf(record);
    row.requests += 1;
    row.unpriced += receipt.priced() ? 0 : 1;
    row.partial += receipt.partial ? 1 : 0;
    row.estimated += receipt.estimated ? 1 : 0;
    if (record.usage.known) {
        const auto tokens = llm::bucketsOf(record.usage);
        for (std::size_t i = 0; i < llm::kBuckets; ++i) row.tokens[i] += tokens[i];
    }
    if (receipt.priced()) addAmount(row, receipt.book->currency, receipt.nano);
    stale_ = true;
}

UsageRow& UsageTotals::rowOf(const RequestRecord& record) {
    const std::string_view provider = record.provider.empty() ? std::string_view("model server") : record.provider;
    const std::string_view caller = record.caller && record.caller->key ? std::string_view(record.caller->key->id) : std::string_view();
    // One request is mostly like the one before.
    if (last_ != nullptr && last_->route == record.route && last_->provider == provider && last_->model == record.model && last_->key == caller) return *last_;
    Key key{record.route, std::string(provider), record.model.substr(0, kLongestModel), std::string(caller)};
    auto at = byKey_.find(key);
    if (at == byKey_.end() && byKey_.size() >= kMostRows) {
        std::get<2>(key) = kOther;
        if (at = byKey_.find(key); at == byKey_.end() && byKey_.size() >= 2 * kMostRows) key = {std::string(kOther), std::string(kOther), std::string(kOther), {}};
    }
    auto& row = byKey_[key];
    std::tie(row.route, row.provider, row.model, row.key) = key;
    last_ = &row;
    return row;
}

UsageTotals::Rows UsageTotals::rows() const {
    const std::lock_guard lock(mutex_);
    if (stale_) {
        auto made = std::make_shared<std::vector<UsageRow>>();
        made->reserve(byKey_.size());
        for (const auto& [key, row] : byKey_) made->push_back(row);
        shown_ = std::move(made);
        stale_ = false;
    }
    return shown_;
}

}  // namespace gatehouse::telemetry
