#include "config/keep_running.h"

#include "config/diagnostic_codes.h"

#include <fmt/core.h>

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace gatehouse::config {
namespace {

/// A file or folder that cannot be read, and what is kept of it.
struct Place {
    SourceLocation where;
    const Object* first = nullptr;
    std::size_t kept = 0;
};
using Places = std::map<std::string, Place, std::less<>>;

Places unreadable(const ObjectSet& set) {
    Places places;
    for (const auto& finding : set.diagnostics)
        if (finding.code == codes::kSyntax || finding.code == codes::kUnreadable)
            places.try_emplace(finding.where.file, Place{finding.where});
    return places;
}

/// The place that the file is or lies in; null where it can be read.
Place* placeOf(Places& places, std::string_view file) {
    while (true) {
        if (const auto found = places.find(file); found != places.end()) return &found->second;
        if (file.empty()) return nullptr;
        const auto slash = file.rfind('/');
        file = slash == std::string_view::npos ? std::string_view{} : file.substr(0, slash);
    }
}

}  // namespace

std::shared_ptr<const ObjectSet> keepRunning(std::shared_ptr<const ObjectSet> now,
                                             const std::shared_ptr<const ObjectSet>& before) {
    if (!before) return now;
    auto places = unreadable(*now);
    if (places.empty()) return now;
    std::shared_ptr<ObjectSet> kept;
    std::set<ObjectKey> taken;
    for (const auto& object : before->objects) {
        auto* place = placeOf(places, object.where.file);
        if (!place || now->find(object.key) || !taken.insert(object.key).second) continue;
        if (!kept) kept = std::make_shared<ObjectSet>(*now);
        kept->objects.push_back(object);
        kept->objects.back().order = kept->objects.size() - 1;
        if (place->kept++ == 0) place->first = &object;
    }
    if (!kept) return now;
    for (const auto& [name, place] : places) {
        if (place.kept == 0) continue;
        Diagnostic finding;
        finding.severity = Severity::Warning;
        finding.code = codes::kKeptRunning;
        finding.where = place.where;
        const auto who = place.first->key.display();
        finding.message = place.kept == 1 ? fmt::format("{} runs on as it was read last, until this can be read.", who)
                                          : fmt::format("{} and {} more run on as they were read last, until this can be read.",
                                                        who, place.kept - 1);
        kept->diagnostics.push_back(std::move(finding));
    }
    kept->buildIndex();
    return kept;
}

}  // namespace gatehouse::config
