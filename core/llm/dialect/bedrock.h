// Amazon Bedrock's Converse. Private to llm/dialect. Thread: pure.
#pragma once

#include "llm/dialect/stream.h"

namespace gatehouse::llm {

/// Whose model it is, as far as its id tells: what goes beside Converse's own fields (additionalModelRequestFields) is the vendor's.
/// An id that says nothing (an inference profile's ARN) counts as Claude.
enum class BedrockVendor : std::uint8_t { Claude, Nova, Mistral, Cohere, OpenAi, Other };
BedrockVendor bedrockVendor(std::string_view model);

Result<ChatRequest> readBedrock(const Json& body);
Json writeBedrock(ChatRequest& request, Losses& losses);
Result<ChatAnswer> readBedrockAnswer(const Json& body);
Json writeBedrockAnswer(ChatAnswer& answer, Losses& losses);
std::unique_ptr<StreamReader> bedrockReader();
std::unique_ptr<StreamWriter> bedrockWriter(std::string_view model, bool includeUsage);

ApiError readBedrockError(int status, const Json& body);
Json writeBedrockError(const ApiError& error);
std::string_view bedrockErrorType(int status);   ///< "ThrottlingException"
int bedrockStatus(std::string_view exception);   ///< Of an exception's name in either spelling; 500 where it is not known.

/// The blocks of a content list; a cachePoint becomes the mark of the part before it.
void readBedrockContent(Members& owner, std::string_view key, std::vector<Part>& parts);
Json readBedrockCitation(const Json& citation);
/// As Converse has them; told as dropped where it has no such place.
Json writeBedrockCitations(const Part& part, Losses& losses);

Usage readBedrockUsage(const Json& usage);
Json writeBedrockUsage(const Usage& usage);
FinishReason readBedrockStop(std::string_view word);
std::string_view writeBedrockStop(FinishReason finish, bool hasCalls);

/// "image/jpeg" <-> "jpeg" and so on, of images, documents, videos and audio; empty where Bedrock has no such format.
std::string bedrockMediaType(Part::Kind kind, std::string_view format);
std::string bedrockFormat(const Part& part);

}  // namespace gatehouse::llm
