#include "filter/api_keys.h"

#include "text/wildcard.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace gatehouse::filter {
namespace {

constexpr std::string_view kHashPrefix = "sha256:";

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

}  // namespace

bool KeyEntry::mayAsk(std::string_view model) const {
    if (!terms.models) return true;
    return std::any_of(terms.models->begin(), terms.models->end(), [&](const std::string& pattern) { return text::matchesPattern(pattern, model); });
}

Result<ReadKey> readKeyValue(std::string_view value, bool hashOnly) {
    value = trimmed(value);  // Block scalars and files end with a line feed.
    if (value.empty()) return fail("key-empty", "holds no key");
    if (value.front() != '{') {
        if (hashOnly) return fail("key-json", "must be JSON with keyHash: what is no Secret may hold no key in clear");
        return ReadKey{sha256(value), {}};
    }
    const auto json = nlohmann::json::parse(value, nullptr, false);
    if (!json.is_object()) return fail("key-json", "begins like JSON and is none");
    ReadKey out;
    const auto key = json.find("key"), hash = json.find("keyHash");
    if ((key == json.end()) == (hash == json.end())) return fail("key-json", "must hold either key or keyHash");
    if (key != json.end() && hashOnly) return fail("key-json", "holds a key in clear, which only a Secret may");
    const auto& given = key != json.end() ? *key : *hash;
    if (!given.is_string() || given.get_ref<const std::string&>().empty()) return fail("key-json", "holds a key that is no text");
    if (key != json.end()) {
        out.digest = sha256(key->get_ref<const std::string&>());
    } else {
        const std::string_view text = hash->get_ref<const std::string&>();
        const auto digest = text.starts_with(kHashPrefix) ? digestOfHex(text.substr(kHashPrefix.size())) : std::nullopt;
        if (!digest) return fail("key-json", "holds a keyHash that is not sha256: and 64 hex digits");
        out.digest = *digest;
    }
    if (const auto metadata = json.find("metadata"); metadata != json.end()) {
        if (!metadata->is_object()) return fail("key-json", "holds metadata that is no JSON object");
        out.metadata = metadata->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    return out;
}

bool ApiKeys::add(KeyEntry entry) {
    const auto digest = entry.digest;
    return byDigest_.emplace(digest, std::make_shared<const KeyEntry>(std::move(entry))).second;
}

std::shared_ptr<const KeyEntry> ApiKeys::find(std::string_view presented) const {
    // Who guesses learns nothing from how long it takes: he cannot choose the digest that the table looks for.
    const auto digest = sha256(presented);
    const auto found = byDigest_.find(digest);
    return found != byDigest_.end() && sameDigest(found->second->digest, digest) ? found->second : nullptr;
}

std::vector<std::shared_ptr<const KeyEntry>> ApiKeys::entries() const {
    std::vector<std::shared_ptr<const KeyEntry>> out;
    for (const auto& [digest, entry] : byDigest_) out.push_back(entry);
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a->id < b->id; });
    return out;
}

}  // namespace gatehouse::filter
