// What providers are shown: keys of Secrets, of the file or of the environment become llm::Credentials. Every key has a name that
// people may read, and a state that outlives the snapshot. Thread: control thread, one translate() call.
#pragma once

#include "config/credential_layout.h"
#include "config/policies.h"
#include "llm/credentials.h"
#include "llm/machine_recipes.h"
#include "route/translate_context.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::route {

class CredentialMaker {
  public:
    explicit CredentialMaker(TranslateContext& context) : context_(context) {}

    /// What holds for all keys of one provider.
    struct Wishes {
        bool aws = false;            ///< It is shown signatures.
        std::string header, prefix;  ///< For keys as they are.
        std::string tokenHeader = "Authorization", tokenPrefix = "Bearer ";  ///< For tokens that are fetched.
        std::string region;          ///< AWS.
        std::optional<llm::AwsRole> role;  ///< Assumed with the keys at hand.
        std::string tokenEndpoint;
    };
    using Keys = Result<std::vector<llm::Key>>;

    /// A Backend's provider (dialect A): fills in auth and credentials. The error's sentence names no value.
    Result<void> set(const config::Object& backend, const config::LlmProviderSpec& spec, const std::string& id, llm::Provider& provider);

    /// All that a Secret of `ns` holds. `first`: the key that is named; empty: "Authorization".
    Keys ofSecret(const config::Object& owner, const std::string& name, std::string_view first, const Wishes& wishes);
    /// One key as it is written.
    Keys ofText(std::string name, secret::SecretValue value, const Wishes& wishes);
    /// What the provider's own tools find.
    Keys awsAmbient(const Wishes& wishes);
    Keys googleAmbient(const Wishes& wishes);
    Keys entraAmbient(const Wishes& wishes);
    /// The identity of the machine, or of the workload.
    Keys azureMachine(const llm::AzureIdentity& identity, const Wishes& wishes);
    Keys azureWorkload(const Wishes& wishes);
    /// Gives the keys their states and hands them to the provider.
    void show(const std::string& id, std::vector<llm::Key> keys, llm::Provider& provider);

    /// One value of a Secret of the owner's namespace.
    Result<secret::SecretValue> read(const config::Object& owner, const std::string& secret, const std::string& key);

  private:
    struct Holder {
        const config::Object* object = nullptr;
        std::string title;  ///< "Secret default/openai"
        Wishes wishes;
    };
    Result<llm::Key> entryKey(const Holder& holder, const config::CredentialLayout::Entry& entry);
    Result<llm::Key> awsEntry(const Holder& holder, const config::CredentialLayout::Entry& entry);
    Result<llm::Key> entraEntry(const Holder& holder, const config::CredentialLayout::Entry& entry);
    Result<llm::Key> textKey(std::string name, secret::SecretValue value, const Wishes& wishes);
    Result<llm::Key> awsKey(std::string name, llm::AwsCredentials keys, const Wishes& wishes);
    /// Keys of AWS that a recipe gets, or a role that they assume.
    Result<llm::Key> awsTokenKey(std::string name, const std::string& id, const std::function<Result<llm::TokenRecipe>()>& make, const Wishes& wishes);
    Result<llm::Key> profileKey(const std::string& profile, const Wishes& wishes);
    llm::Key staticKey(std::string name, secret::SecretValue value, const Wishes& wishes);
    Result<llm::Key> tokenKey(std::string name, const std::string& id, const std::function<Result<llm::TokenRecipe>()>& make,
                              const Wishes& wishes);
    Result<secret::SecretValue> value(const config::Object& secret, const std::string& key);
    secret::SecretValue optionalValue(const config::Object& secret, const std::string& key);

    TranslateContext& context_;
};

}  // namespace gatehouse::route
