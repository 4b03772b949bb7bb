// Providers as a table: where each is reached, how it is shown a key, which API it speaks for which request. A new provider is
// one more row. Thread: constants and pure functions. Sources: the providers' own API references.
#pragma once

#include "llm/client_api.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::llm {

/// How a provider is shown who asks.
enum class AuthScheme : std::uint8_t {
    None,
    Bearer,   ///< Authorization: Bearer KEY
    Header,   ///< The header of the row: KEY alone.
    SigV4,    ///< AWS Signature Version 4, service "bedrock".
    Google,   ///< Bearer token of a Google service account (Vertex AI).
};

/// What fills the holes of a path.
struct PathParts {
    std::string model{};
    std::string deployment{};   ///< Azure
    std::string apiVersion{};   ///< Azure, Gemini ("v1beta"), Anthropic (the header)
    std::string project{};      ///< Vertex AI
    std::string location{};     ///< Vertex AI, or Bedrock's region
    std::string rest{};         ///< "images/edits"
};

/// One API that a provider serves. `path` and `streamPath` hold {model}, {deployment}, {version}, {project}, {location}.
struct ProviderApi {
    ClientApi api;
    const char* dialect;      ///< Null: the body passes as it is.
    const char* path;
    const char* streamPath;   ///< Null: the same.
    std::string_view models;  ///< Only for models that hold this ("claude"); empty: for all that no other row names.
    bool bearer = false;      ///< Shown the key as a bearer token, whatever the kind's own way is.
    const char* host = nullptr;  ///< Where it stands at another host than the kind's others; null: it does not.
};

/// Fields of a dialect's request that one provider says in other words, or not at all.
struct Quirk {
    enum class Kind : std::uint8_t { Rename, Drop };
    Kind kind;
    const char* field;
    const char* to;
};

struct ProviderKind {
    std::string_view name;         ///< "openai", "azureopenai", ..., "groq": the word in configuration.
    std::string_view title;        ///< "Azure OpenAI"
    std::string_view system;       ///< gen_ai.provider.name
    std::string_view host;         ///< May hold {location}; empty: must be given.
    std::uint16_t port;
    AuthScheme auth;
    std::string_view authHeader;   ///< Header alone.
    const ProviderApi* apis;
    std::size_t apiCount;
    const Quirk* quirks;
    std::size_t quirkCount;
    std::string_view apiVersion;   ///< Where none is given.
    std::string_view prefix;       ///< Before "/v1..." paths of OpenAI-compatible providers: "/openai" of Groq.

    /// Its own API for this request, else the one that a request is translated to (chat to chat, embeddings to embeddings); null:
    /// it has none.
    const ProviderApi* apiFor(const ClientCall& call, std::string_view model) const;
};

/// Null: unknown.
const ProviderKind* findProviderKind(std::string_view name);
const std::vector<const ProviderKind*>& providerKinds();

/// The path with its holes filled (segments percent-encoded) and the prefix before it.
std::string pathOf(const ProviderKind& kind, const ProviderApi& api, const PathParts& parts, bool stream);
std::string hostOf(const ProviderKind& kind, std::string_view location);

/// Applies the quirks to a body that is ready otherwise; tells what was dropped.
void applyQuirks(const ProviderKind& kind, std::string& body, Losses& losses);

}  // namespace gatehouse::llm
