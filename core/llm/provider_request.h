// What a client's request becomes for one provider: its body in the provider's dialect, its path, host and credentials. The data
// plane and explain ask the same functions. Thread: pure functions.
#pragma once

#include "base/buffer.h"
#include "http/message.h"
#include "llm/client_api.h"
#include "llm/credentials.h"
#include "llm/plan.h"
#include "llm/provider_table.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::llm {

/// The row of the table; openai where a provider names none.
const ProviderKind& kindOf(const Provider& provider);

/// Where this API of the provider's stands; null: where its others do.
const SideHost* sideHostOf(const Provider& provider, const ProviderApi* api);

/// A model server of ours (a pool's pod): hears the API that vLLM serves, under the path that the client named, and what the client
/// says of itself.
const Provider& inHouseServer();

/// The API and the dialect that a call is served by. A POST whose path tells no API is one in the provider's own words (kgateway 2.1).
struct ProviderApiChoice {
    const ProviderApi* api = nullptr;    ///< Null: the provider has none for this call.
    const Dialect* client = nullptr;     ///< The client's dialect; null: the body passes unread.
    const Dialect* provider = nullptr;   ///< The provider's.
    bool translates() const { return client != nullptr && provider != nullptr && client != provider; }
};
ProviderApiChoice chooseApi(const Provider& provider, const ClientCall& call, std::string_view clientModel);

struct ProviderRequest {
    ProviderApiChoice choice;
    RequestFacts facts;          ///< The model that is asked for, and whether the answer is streamed.
    std::string path;            ///< Without the query; empty keeps the request's.
    std::string query;
    bool usageInjected = false;  ///< Usage was asked for that the client did not want.
    Losses losses;
};

/// Changes `body` in place: by splices where the dialect stays, by translation where it does not. `asked`: what the client's body and
/// path say; it is read and filled in here where that was not done yet. Errors: as translateRequest(), and "no-api" where the provider
/// has nothing for this call.
Result<ProviderRequest> makeProviderRequest(const Provider& provider, const ClientCall& call, std::optional<ChatRequestInfo>& asked,
                                            base::Buffer& body);
/// The same for a request whose body is not read (multipart, lists of models).
Result<ProviderRequest> makeUnreadRequest(const Provider& provider, const ClientCall& call);

/// Path, Host, version and credentials. The client's own keys are taken away, or moved to where the provider looks for them.
/// `hideKeys`: values of ours are written as "(hidden)", for explain.
void writeProviderHead(const Provider& provider, const ClientCall& call, const ProviderRequest& request, http::RequestHead& head,
                       bool hideKeys = false);
/// Signs the finished request, where the provider asks for it.
void signProviderRequest(const Provider& provider, http::RequestHead& head, std::string_view body,
                         std::chrono::system_clock::time_point at);

/// Writes one of the provider's credentials into the head, or signs the request with it, where it can be shown now. The last of all that
/// changes the head.
Credentials::Shown stampKey(const Provider& provider, const ProviderApi* api, std::size_t index, http::RequestHead& head, std::string_view body,
                            std::chrono::system_clock::time_point at);

/// Bedrock counts the tokens of some embeddings in a header alone (x-amzn-bedrock-input-token-count): into the answer, where its reader
/// looks for them.
void addCountedTokens(const Dialect& provider, std::string_view header, std::string& answer);

/// May another provider do better? 408, 429 and 5xx.
bool worthAnother(int status);

}  // namespace gatehouse::llm
