#include "gitops/secret_scan.h"

namespace gatehouse::gitops {

namespace {

/// Shorter values are words ("true", "admin") that stand anywhere by chance.
constexpr std::size_t kShortest = 8;

}  // namespace

SecretScan::SecretScan(const config::ObjectSet& objects) {
    for (const config::Object* object : objects.ofKind("Secret")) {
        if (!object->key.group.empty() || !object->root) continue;
        const std::string owner = object->key.display();
        if (const auto* data = object->root->find("data")) {
            for (const auto& entry : data->entries) {
                learn(owner, entry.value.value);
                if (auto value = secret::resolve({}, entry.value.value)) learn(owner, value->reveal());
            }
        }
        if (const auto* data = object->root->find("stringData")) {
            for (const auto& entry : data->entries) {
                if (!secret::isReference(entry.value.value)) {
                    learn(owner, entry.value.value);
                } else if (auto value = secret::resolve(entry.value.value, {})) {
                    learn(owner, value->reveal());
                }
            }
        }
    }
}

void SecretScan::learn(const std::string& owner, std::string_view value) {
    constexpr std::string_view kBearer = "Bearer ";
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r' || value.back() == ' ')) value.remove_suffix(1);
    if (value.starts_with(kBearer)) value.remove_prefix(kBearer.size());
    if (value.size() >= kShortest) known_.push_back({owner, secret::SecretValue(std::string(value))});
}

std::string SecretScan::find(std::string_view text) const {
    for (const auto& known : known_) {
        if (text.find(known.value.reveal()) != std::string_view::npos) return known.owner;
    }
    return {};
}

}  // namespace gatehouse::gitops
