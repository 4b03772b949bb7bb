#include "route/translate_sticky.h"

#include "route/diagnostic_codes.h"
#include "route/sticky_split.h"

namespace gatehouse::route {

std::shared_ptr<const StickySplit> stickySplitOf(TranslateContext& context, const config::Object& route, const Rule& rule) {
    const auto found = route.annotations.find(kStickySplitAnnotation);
    if (found == route.annotations.end()) return nullptr;
    auto split = parseStickySplit(found->second, rule.id);
    if (!split) {
        context.report(config::Severity::Warning, codes::kStickySplit, route,
                       config::FieldPath{}.key("metadata").key("annotations").key(kStickySplitAnnotation), split.error().message);
        return nullptr;
    }
    if (rule.backends.size() < 2) return nullptr;
    return std::make_shared<const StickySplit>(std::move(*split));
}

}  // namespace gatehouse::route
