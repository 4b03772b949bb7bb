#include "filter/budgets.h"

#include "base/log.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

namespace gatehouse::filter {
namespace {

using Json = nlohmann::ordered_json;
using Days = std::chrono::duration<std::int64_t, std::ratio<86400>>;

std::int64_t added(std::int64_t left, std::int64_t right) {
    std::int64_t sum = 0;
    return __builtin_add_overflow(left, right, &sum) ? INT64_MAX : sum;
}

}  // namespace

std::int64_t dayOf(base::WallTime time) { return std::chrono::floor<Days>(time).time_since_epoch().count(); }

std::chrono::seconds untilTomorrow(base::WallTime now) {
    const auto tomorrow = base::WallTime(Days(dayOf(now) + 1));
    return std::max(std::chrono::ceil<std::chrono::seconds>(tomorrow - now), std::chrono::seconds(1));
}

std::int64_t Spent::nano(std::string_view currency) const {
    for (const auto& [name, amount] : money)
        if (name == currency) return amount;
    return 0;
}

void BudgetAccount::rollOver(std::int64_t day) const {
    if (day_ >= day) return;  // A clock that went back hands nothing out again.
    day_ = day;
    spent_ = {};
}

Spent BudgetAccount::today(base::WallTime now) const {
    const std::lock_guard lock(mutex_);
    rollOver(dayOf(now));
    return spent_;
}

std::int64_t BudgetAccount::tokensToday(base::WallTime now) const {
    const std::lock_guard lock(mutex_);
    rollOver(dayOf(now));
    return spent_.tokens;
}

std::int64_t BudgetAccount::nanoToday(std::string_view currency, base::WallTime now) const {
    const std::lock_guard lock(mutex_);
    rollOver(dayOf(now));
    return spent_.nano(currency);
}

Spent BudgetAccount::charge(std::int64_t tokens, std::string_view currency, std::int64_t nano, base::WallTime now) {
    const std::lock_guard lock(mutex_);
    rollOver(dayOf(now));
    spent_.tokens = added(spent_.tokens, std::max<std::int64_t>(tokens, 0));
    if (!currency.empty() && nano > 0) {
        auto at = std::lower_bound(spent_.money.begin(), spent_.money.end(), currency, [](const auto& entry, std::string_view name) { return entry.first < name; });
        if (at == spent_.money.end() || at->first != currency) at = spent_.money.insert(at, {std::string(currency), 0});
        at->second = added(at->second, nano);
    }
    if (changed_) changed_->store(true, std::memory_order_release);
    return spent_;
}

std::shared_ptr<BudgetAccount> Budgets::account(const std::string& id) {
    const std::lock_guard lock(mutex_);
    auto& account = accounts_[id];
    if (!account) {
        account = std::make_shared<BudgetAccount>();
        account->changed_ = changed_;
        if (!file_.empty()) startWriting();
    }
    return account;
}

void Budgets::prune(base::WallTime now) {
    const std::lock_guard lock(mutex_);
    std::erase_if(accounts_, [&](const auto& entry) { return entry.second.use_count() == 1 && entry.second->today(now).nothing(); });
}

std::string Budgets::text(base::WallTime now) const {
    Json out;
    out["day"] = base::formatRfc3339(base::WallTime(Days(dayOf(now)))).substr(0, 10);
    out["dayNumber"] = dayOf(now);
    auto& keys = out["keys"] = Json::object();
    const std::lock_guard lock(mutex_);
    for (const auto& [id, account] : accounts_) {
        const auto spent = account->today(now);
        if (spent.nothing()) continue;
        auto& entry = keys[id] = {{"tokens", spent.tokens}};
        for (const auto& [currency, nano] : spent.money) entry["nano"][currency] = nano;
    }
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<void> Budgets::read(std::string_view text, base::WallTime now) {
    const auto json = Json::parse(text, nullptr, false);
    const auto broken = [] { return fail("budgets-file", "The file of budgets holds no budgets; repair or remove it."); };
    if (!json.is_object() || !json.contains("dayNumber") || !json["dayNumber"].is_number_integer()) return broken();
    const auto day = json["dayNumber"].get<std::int64_t>();
    if (day != dayOf(now) || !json.contains("keys")) return {};
    if (!json["keys"].is_object()) return broken();
    for (const auto& [id, entry] : json["keys"].items()) {
        if (!entry.is_object() || !entry.contains("tokens") || !entry["tokens"].is_number_integer()) return broken();
        auto kept = account(id);
        const std::lock_guard lock(kept->mutex_);
        kept->day_ = day;
        kept->spent_.tokens = std::max<std::int64_t>(entry["tokens"].get<std::int64_t>(), 0);
        if (!entry.contains("nano")) continue;
        if (!entry["nano"].is_object()) return broken();
        for (const auto& [currency, nano] : entry["nano"].items())
            if (nano.is_number_integer()) kept->spent_.money.emplace_back(currency, nano.get<std::int64_t>());
        std::sort(kept->spent_.money.begin(), kept->spent_.money.end());
    }
    return {};
}

Result<void> Budgets::open(const std::filesystem::path& file, base::WallTime now) {
    std::error_code error;
    if (std::filesystem::exists(file, error)) {
        std::ifstream in(file, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        if (!in) return fail("budgets-file", fmt::format("The file of budgets {} cannot be read.", file.string()));
        if (auto done = read(text.str(), now); !done) return fail("budgets-file", fmt::format("{}: {}", file.string(), done.error().message));
    }
    const std::lock_guard lock(mutex_);
    file_ = file;
    if (!accounts_.empty()) startWriting();
    return {};
}

/// Whoever has no budget gets no thread and no folder.
void Budgets::startWriting() {
    if (!thread_.joinable()) thread_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

void Budgets::stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
    if (changed_->load(std::memory_order_acquire)) write();
}

void Budgets::run(std::stop_token stop) {
    constexpr std::chrono::seconds kEvery{1};
    std::mutex sleeping;
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(sleeping);
            wake_.wait_for(lock, stop, kEvery, [] { return false; });
        }
        if (changed_->load(std::memory_order_acquire)) write();
    }
}

/// Whole or not at all: a crash between leaves the former file.
void Budgets::write() {
    changed_->store(false, std::memory_order_release);
    const auto content = text(std::chrono::system_clock::now());
    auto fresh = file_;
    fresh += ".new";
    std::error_code ignored;
    std::filesystem::create_directories(file_.parent_path(), ignored);
    const int out = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written = out >= 0 && ::write(out, content.data(), content.size()) == static_cast<ssize_t>(content.size()) && ::fsync(out) == 0;
    const int why = errno;
    if (out >= 0) ::close(out);
    std::error_code error;
    if (written) std::filesystem::rename(fresh, file_, error);
    if (written && !error) return;
    changed_->store(true, std::memory_order_release);
    base::logWarning("budgets", "{} could not be written: {}", file_.string(), error ? error.message() : std::strerror(why));
}

}  // namespace gatehouse::filter
