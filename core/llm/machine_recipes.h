// Recipes for tokens that the place gives where the gateway runs: AWS containers and instances (IMDSv2), web identities, Google's
// metadata server and workload identity federation, Azure's managed and workload identities. Addresses come from the same variables
// that the clouds' own tools read. Thread: pure functions; what they make runs on the fetcher's thread. No sentence names a value.
// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html;
// https://cloud.google.com/compute/docs/metadata/overview; https://google.aip.dev/auth/4117;
// https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token.
#pragma once

#include "llm/token_recipes.h"

#include <optional>
#include <string>

namespace gatehouse::llm {

/// AWS_CONTAINER_CREDENTIALS_FULL_URI or _RELATIVE_URI is set.
bool inAwsContainer();
/// This is an instance of EC2, or AWS_EC2_METADATA_SERVICE_ENDPOINT says where one's service is; not where AWS_EC2_METADATA_DISABLED.
bool onAwsInstance();
/// AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE are set.
bool hasAwsWebIdentity();
/// This is a machine of Google Cloud, or GCE_METADATA_HOST says where one's server is.
bool onGoogleMachine();
/// AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE are set.
bool hasAzureWorkload();
/// This is a machine of Azure, or IDENTITY_ENDPOINT or AZURE_POD_IDENTITY_AUTHORITY_HOST says where identities are.
bool onAzureMachine();

/// Errors: "aws-credentials" for an address that may not be asked.
Result<TokenRecipe> awsContainerRecipe();
Result<TokenRecipe> awsInstanceRecipe();
/// `endpoint`: in place of STS's own address. Errors: "aws-role".
Result<TokenRecipe> awsWebIdentityRecipe(const std::string& region, const std::string& endpoint = {});
/// A role that is assumed with the keys which another recipe gets.
Result<TokenRecipe> assumeRoleAfter(AwsRole role, TokenRecipe keys);

Result<TokenRecipe> googleMachineRecipe();
/// "external_account" as Google's tools write it, its subject's token from a file or an address. Errors: "google-credential".
Result<TokenRecipe> googleExternalRecipe(const secret::SecretValue& json);

/// Which of a machine's identities; all empty: its only one.
struct AzureIdentity {
    std::string clientId, objectId, resourceId;
};
Result<TokenRecipe> azureMachineRecipe(AzureIdentity identity);
/// `endpoint`: in place of Entra's own address. Errors: "entra-credential".
Result<TokenRecipe> azureWorkloadRecipe(const std::string& endpoint = {});

}  // namespace gatehouse::llm
