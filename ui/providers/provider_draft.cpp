#include "providers/provider_draft.h"

#include "editors/object_text.h"
#include "editors/templates.h"
#include "text/yaml.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <fmt/format.h>

namespace gatehouse::ui {
namespace {

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ProviderDraft)
};

constexpr char kDefaultHost[] = "api.openai.com";
constexpr char kChatPath[] = "/chat/completions";
constexpr int kHttps = 443, kHttp = 80;

bool isDnsName(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"));
    return pattern.match(text).hasMatch();
}

std::string quoted(const std::string& text) { return text::yaml::writeScalar(text, text::yaml::Type::String); }

}  // namespace

std::optional<BaseUrl> readBaseUrl(const QString& text) {
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.hasQuery() || url.hasFragment() || !url.userInfo().isEmpty()) return std::nullopt;
    const bool https = url.scheme() == QLatin1String("https");
    if (!https && url.scheme() != QLatin1String("http")) return std::nullopt;
    BaseUrl out;
    out.host = url.host().toStdString();
    out.port = static_cast<std::uint16_t>(url.port(https ? kHttps : kHttp));
    // TLS is used on 443 and only there (kgateway's rule), so the scheme must agree with the port.
    if (https != (out.port == kHttps)) return std::nullopt;
    auto path = url.path();
    while (path.endsWith(QLatin1Char('/'))) path.chop(1);
    if (path != QLatin1String("/v1") && !path.isEmpty()) out.path = path.toStdString() + (path.endsWith(QLatin1String(kChatPath)) ? "" : kChatPath);
    if (out.path == std::string("/v1") + kChatPath) out.path.clear();
    out.isDefault = out.host == kDefaultHost && out.port == kHttps;
    return out;
}

std::vector<DraftProblem> checkDraft(const ProviderDraft& draft, const config::ObjectSet& objects, const std::string& ns) {
    std::vector<DraftProblem> problems;
    if (draft.name.isEmpty()) problems.push_back({DraftField::Name, Words::tr("Give the provider a name.")});
    else if (!isDnsName(draft.name)) problems.push_back({DraftField::Name, Words::tr("Use lower-case letters, digits, - and . for the name.")});
    else if (objects.find(draft.agentgateway ? "AgentgatewayBackend" : "Backend", ns, draft.name.toStdString())) problems.push_back({DraftField::Name, Words::tr("A Backend of this name exists already.")});
    if (draft.baseUrl.trimmed().isEmpty()) {
        problems.push_back({DraftField::BaseUrl, Words::tr("Type the base URL, such as https://api.openai.com/v1.")});
    } else if (!readBaseUrl(draft.baseUrl)) {
        problems.push_back({DraftField::BaseUrl, Words::tr("Use https:// on port 443, or http:// on another port, without query.")});
    }
    if (!draft.secret.isEmpty()) {
        const bool exists = objects.find("Secret", ns, draft.secret.toStdString()) != nullptr;
        static const QRegularExpression variable(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*$"));
        if (!isDnsName(draft.secret)) problems.push_back({DraftField::Secret, Words::tr("Use lower-case letters, digits, - and . for the Secret.")});
        else if (!exists && draft.environment.isEmpty())
            problems.push_back({DraftField::Environment, Words::tr("This Secret does not exist yet: name the environment variable that holds the key.")});
        if (!exists && !draft.environment.isEmpty() && !variable.match(draft.environment).hasMatch())
            problems.push_back({DraftField::Environment, Words::tr("This is the name of a variable, such as OPENAI_API_KEY, not the key itself.")});
    }
    return problems;
}

namespace {

/// In agentgateway's kinds the key and TLS stand apart from the provider.
std::string agentgatewayYaml(const ProviderDraft& draft, const std::string& ns, const std::optional<BaseUrl>& url) {
    auto out = fmt::format("apiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayBackend\nmetadata:\n  name: {}\n  namespace: {}\nspec:\n  ai:\n    provider:\n",
                           quoted(draft.name.toStdString()), quoted(ns));
    out += draft.model.isEmpty() ? std::string("      openai: {}\n") : fmt::format("      openai:\n        model: {}\n", quoted(draft.model.toStdString()));
    const bool named = url && !url->isDefault;
    if (named) out += fmt::format("      host: {}\n      port: {}\n", quoted(url->host), url->port);
    if (named && !url->path.empty()) out += fmt::format("      pathPrefix: {}\n", quoted(url->path.substr(0, url->path.size() - std::string_view(kChatPath).size())));
    if (url && !named && !url->path.empty()) out += fmt::format("      path: {}\n", quoted(url->path));
    out += "  policies:\n    auth:\n";
    out += draft.secret.isEmpty() ? std::string("      passthrough: {}\n") : fmt::format("      secretRef:\n        name: {}\n", quoted(draft.secret.toStdString()));
    if (named && url->port == kHttps) out += fmt::format("    tls:\n      sni: {}\n", quoted(url->host));
    return out;
}

}  // namespace

std::string backendYaml(const ProviderDraft& draft, const std::string& ns) {
    const auto url = readBaseUrl(draft.baseUrl);
    if (draft.agentgateway) return agentgatewayYaml(draft, ns, url);
    auto out = fmt::format("apiVersion: gateway.kgateway.dev/v1alpha1\nkind: Backend\nmetadata:\n  name: {}\n  namespace: {}\nspec:\n  type: AI\n  ai:\n    llm:\n",
                           quoted(draft.name.toStdString()), quoted(ns));
    if (url && !url->isDefault) out += fmt::format("      host: {}\n      port: {}\n", quoted(url->host), url->port);
    if (url && !url->path.empty()) out += fmt::format("      path:\n        full: {}\n", quoted(url->path));
    out += "      openai:\n        authToken:\n";
    out += draft.secret.isEmpty() ? "          kind: Passthrough\n"
                                  : fmt::format("          kind: SecretRef\n          secretRef:\n            name: {}\n", quoted(draft.secret.toStdString()));
    if (!draft.model.isEmpty()) out += fmt::format("        model: {}\n", quoted(draft.model.toStdString()));
    return out;
}

std::string secretYaml(const ProviderDraft& draft, const std::string& ns) {
    return fmt::format("# The key stays outside of this file: Gatehouse reads it from the environment.\napiVersion: v1\nkind: Secret\nmetadata:\n  name: {}\n  namespace: {}\n"
                       "stringData:\n  Authorization: {}\n",
                       quoted(draft.secret.toStdString()), quoted(ns), quoted("env:" + draft.environment.toStdString()));
}

PreparedEdit addProvider(const config::Workspace& workspace, const ProviderDraft& draft) {
    const auto set = workspace.objects();
    const auto ns = usualNamespace(*set);
    if (const auto problems = checkDraft(draft, *set, ns); !problems.empty())
        return {fail("draft-invalid", problems.front().sentence.toStdString()), {}, {}};
    auto prepared = addObject(workspace, backendYaml(draft, ns));
    if (draft.secret.isEmpty() || set->find("Secret", ns, draft.secret.toStdString()) || !prepared.edit) return prepared;
    const auto name = prepared.edit->name;
    const std::vector<std::string> texts{secretYaml(draft, ns), backendYaml(draft, ns)};
    std::vector<config::Workspace::Step> steps;
    for (const auto& text : texts)
        steps.push_back([text](const config::Workspace& at) { return addObject(at, text).edit; });
    prepared.edit = workspace.combine(name, steps);
    return prepared;
}

}  // namespace gatehouse::ui
