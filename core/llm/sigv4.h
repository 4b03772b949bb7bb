// AWS Signature Version 4: what Bedrock is shown in place of a key. https://docs.aws.amazon.com/IAM/latest/UserGuide/
// reference_sigv-create-signed-request.html. Thread: pure functions.
#pragma once

#include "http/message.h"
#include "llm/plan.h"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::llm::sigv4 {

/// A request as it is signed. `path` as it stands on the wire; it is encoded once more, as every service but S3 has it.
struct Request {
    std::string_view method;
    std::string_view path;
    std::string_view query;
    std::vector<std::pair<std::string_view, std::string_view>> headers;  ///< Those that are signed.
    std::string_view body;
};

/// The canonical request, for tests and for people who compare.
std::string canonicalRequest(const Request& request);
/// The value of Authorization. `stamp` is "20150830T123600Z", and stands in x-amz-date too.
std::string authorization(const Request& request, const AwsCredentials& credentials, std::string_view region, std::string_view service,
                          std::string_view stamp);
std::string stampOf(std::chrono::system_clock::time_point at);

/// Adds x-amz-date, x-amz-content-sha256, x-amz-security-token and Authorization to a head whose path, query and Host are final.
void sign(http::RequestHead& head, std::string_view body, const AwsCredentials& credentials, std::string_view region,
          std::string_view service, std::chrono::system_clock::time_point at);

}  // namespace gatehouse::llm::sigv4
