#include "gateway/response_cache.h"

#include "http/characters.h"
#include "http/message.h"

#include <nlohmann/json.hpp>

namespace gatehouse::gateway {
namespace {

/// Of an entry besides its texts: nodes of the list and the table.
constexpr std::size_t kOverhead = 256;

}  // namespace

std::size_t ResponseCache::sizeOf(const CachedAnswer& answer) { return answer.body.size() + answer.contentType.size() + sizeof(CachedAnswer) + kOverhead; }

void ResponseCache::drop(Order::iterator entry) {
    use_.bytes -= sizeOf(*entry->answer);
    byKey_.erase(entry->key);
    order_.erase(entry);
}

std::shared_ptr<const CachedAnswer> ResponseCache::find(const Key& key, base::MonoTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = byKey_.find(key);
    if (found == byKey_.end() || found->second->answer->until <= now) {
        if (found != byKey_.end()) drop(found->second);
        ++use_.misses;
        return nullptr;
    }
    ++use_.hits;
    order_.splice(order_.begin(), order_, found->second);
    return found->second->answer;
}

void ResponseCache::store(const Key& key, CachedAnswer answer) {
    if (answer.body.size() > kMostOfOne || sizeOf(answer) > most_) return;
    auto kept = std::make_shared<const CachedAnswer>(std::move(answer));
    const std::lock_guard lock(mutex_);
    if (const auto known = byKey_.find(key); known != byKey_.end()) drop(known->second);
    use_.bytes += sizeOf(*kept);
    order_.push_front({key, std::move(kept)});
    byKey_.emplace(key, order_.begin());
    while (use_.bytes > most_) {
        drop(std::prev(order_.end()));
        ++use_.pushedOut;
    }
}

ResponseCache::Use ResponseCache::use() const {
    const std::lock_guard lock(mutex_);
    auto out = use_;
    out.entries = order_.size();
    return out;
}

std::optional<ResponseCache::Key> cacheKey(const CacheQuestion& question) {
    // Members in the order of their names: the map of nlohmann::json.
    const auto json = nlohmann::json::parse(question.body, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    for (const auto* member : {"previous_response_id", "conversation", "background"})
        if (const auto found = json.find(member); found != json.end() && !found->is_null() && *found != false) return std::nullopt;
    std::string text;
    for (const auto part : {question.rule, question.caller, question.path, question.query}) {
        text += std::to_string(part.size());
        text += ':';
        text += part;
    }
    text += json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return filter::sha256(text);
}

CacheControl readCacheControl(std::string_view value) {
    CacheControl out;
    while (!value.empty()) {
        const auto end = value.find(',');
        auto word = http::trimOws(value.substr(0, end));
        word = word.substr(0, word.find('='));
        out.noStore = out.noStore || http::equalsIgnoreCase(word, "no-store");
        out.noCache = out.noCache || http::equalsIgnoreCase(word, "no-cache");
        out.isPrivate = out.isPrivate || http::equalsIgnoreCase(word, "private");
        if (end == std::string_view::npos) break;
        value.remove_prefix(end + 1);
    }
    return out;
}

}  // namespace gatehouse::gateway
