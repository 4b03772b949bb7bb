#include "shell/view_table.h"

#include "canary/canary_view.h"
#include "dashboard/dashboard_view.h"
#include "export/export_view.h"
#include "lab/lab_view.h"
#include "playground/playground_view.h"
#include "policies/policies_view.h"
#include "pools/pools_view.h"
#include "providers/providers_view.h"
#include "requests/requests_view.h"
#include "routes/routes_view.h"

#include <array>
#include <string_view>

namespace gatehouse::ui {

const std::vector<ViewEntry>& viewTable() {
    static const std::vector<ViewEntry> table = {
        {"routes", "routes", QT_TRANSLATE_NOOP("ViewTable", "Routes"), makeRoutesView},
        {"providers", "providers", QT_TRANSLATE_NOOP("ViewTable", "Providers"), makeProvidersView},
        {"policies", "policies", QT_TRANSLATE_NOOP("ViewTable", "Policies"), makePoliciesView},
        {"canary", "canary", QT_TRANSLATE_NOOP("ViewTable", "Canary"), makeCanaryView},
        {"pools", "pools", QT_TRANSLATE_NOOP("ViewTable", "Pools"), makePoolsView},
        {"dashboard", "dashboard", QT_TRANSLATE_NOOP("ViewTable", "Dashboard"), makeDashboardView},
        {"requests", "requests", QT_TRANSLATE_NOOP("ViewTable", "Requests"), makeRequestsView},
        {"playground", "playground", QT_TRANSLATE_NOOP("ViewTable", "Playground"), makePlaygroundView},
        {"lab", "lab", QT_TRANSLATE_NOOP("ViewTable", "Lab"), makeLabView},
        {"export", "export", QT_TRANSLATE_NOOP("ViewTable", "Export"), makeExportView},
    };
    return table;
}

QString viewOfKind(const std::string& kind) {
    static constexpr std::array<std::pair<std::string_view, const char*>, 7> kinds = {{
        {"Backend", "providers"},
        {"Secret", "providers"},
        {"AgentgatewayBackend", "providers"},
        {"AgentgatewayModel", "providers"},
        {"TrafficPolicy", "policies"},
        {"AgentgatewayPolicy", "policies"},
        {"DirectResponse", "policies"},
    }};
    for (const auto& [name, view] : kinds) {
        if (name == kind) return QString::fromLatin1(view);
    }
    return QStringLiteral("routes");
}

}  // namespace gatehouse::ui
