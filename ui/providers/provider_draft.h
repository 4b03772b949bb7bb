// ProviderDraft: what the short form for a new LLM provider asks, checked and written as YAML: a Backend, or an AgentgatewayBackend, that names its key, and where the key is to
// come from the environment, the Secret that refers to it. The key itself is never asked for. Thread: pure functions.
#pragma once

#include "config/workspace.h"
#include "editors/object_edits.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::ui {

struct ProviderDraft {
    QString name;
    QString baseUrl;      ///< "https://api.openai.com/v1"
    QString model;        ///< Empty keeps the client's.
    QString secret;       ///< Name of a Secret; empty = no key.
    QString environment;  ///< Variable for a Secret that does not exist yet; empty = the Secret exists.
    bool agentgateway = false;  ///< Written as AgentgatewayBackend, else as kgateway's Backend.
};

enum class DraftField { Name, BaseUrl, Secret, Environment };
struct DraftProblem {
    DraftField field;
    QString sentence;
};
std::vector<DraftProblem> checkDraft(const ProviderDraft& draft, const config::ObjectSet& objects, const std::string& ns);

/// Where a base URL leads; nothing when it cannot be read.
struct BaseUrl {
    std::string host;
    std::uint16_t port = 0;
    std::string path;  ///< Of chat completions; empty where it is the provider's own.
    bool isDefault = false;  ///< api.openai.com itself.
};
std::optional<BaseUrl> readBaseUrl(const QString& text);

std::string backendYaml(const ProviderDraft& draft, const std::string& ns);
std::string secretYaml(const ProviderDraft& draft, const std::string& ns);
/// Both objects as one undo step.
PreparedEdit addProvider(const config::Workspace& workspace, const ProviderDraft& draft);

}  // namespace gatehouse::ui
