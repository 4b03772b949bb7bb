#include "llm/own_kind.h"

namespace gatehouse::llm {

void OwnKind::add(const ProviderApi& like, std::string path, std::string streamPath) {
    auto api = like;
    api.path = keep(std::move(path));
    api.streamPath = streamPath.empty() ? nullptr : keep(std::move(streamPath));
    apis_.push_back(api);
    kind_.apis = apis_.data();
    kind_.apiCount = apis_.size();
}

std::shared_ptr<OwnKind> OwnKind::withPrefix(const ProviderKind& base, std::string_view prefix) {
    constexpr std::string_view kVersion = "/v1";
    auto own = std::make_shared<OwnKind>(base);
    while (!prefix.empty() && prefix.back() == '/') prefix.remove_suffix(1);
    const auto moved = [&](std::string_view path) {
        const bool usual = path.starts_with(kVersion) && (path.size() == kVersion.size() || path[kVersion.size()] == '/');
        std::string out(usual ? prefix : std::string_view{});
        if (!out.empty() && out.front() != '/') out.insert(0, "/");
        return out + std::string(usual ? path.substr(kVersion.size()) : path);
    };
    for (std::size_t i = 0; i < base.apiCount; ++i) {
        const auto& api = base.apis[i];
        own->add(api, moved(api.path), api.streamPath == nullptr ? std::string() : moved(api.streamPath));
    }
    own->kind_.prefix = {};
    return own;
}

}  // namespace gatehouse::llm
