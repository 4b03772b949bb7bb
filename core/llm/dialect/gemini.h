// Gemini's generateContent, for Google's two doors to it: the Gemini API and Vertex AI. Private to llm/dialect. Thread: pure.
//
// Where Gemini says less than others, the neutral view says it so: a call without an id gets one that is always the same for the
// same place; a signature that stands on a text is a Thinking part without text after it (Signature::id tells where it stood: "text"
// on the text, "thought" on an empty thought, "" on an empty text of its own), because it must come back and other dialects have
// no other place for it. Both camelCase and snake_case are read; camelCase is written.
#pragma once

#include "llm/dialect/stream.h"

#include <string>
#include <string_view>

namespace gatehouse::llm {

/// What a model of Gemini takes, by its name; a name that says nothing counts as the newest.
struct GeminiModel {
    bool levels = true;          ///< Thinks by a level (3 and later), else by a budget.
    bool signedCalls = true;     ///< Refuses calls of the turn under way that come without a signature (3 and later).
    bool toolsWithJson = true;   ///< Tools and a format of the answer in one request (3 and later).
    bool pro = false;            ///< Cannot stop thinking.
};
GeminiModel geminiModel(std::string_view name);

/// The member under its camelCase name or, where that is absent, under the snake_case one.
std::string geminiKey(const Members& members, std::string_view camel);

/// A part, and the signature that stood on its text, if any, as a part of its own. `call` numbers the calls of a message or an answer;
/// `scope` makes the ids of calls that have none.
std::vector<Part> readGeminiPart(const Json& item, std::string path, Members& owner, std::string_view scope, int& call);

/// A part as Gemini has it in answers; null where it has no place for it. Signatures on texts are not seen to.
Json writeGeminiAnswerPart(Part& part, Losses& losses);
/// Adds a part to those before it; texts that follow each other are one, unless one of them is signed.
void addGeminiPart(Json& parts, Json part);

/// Schema of OpenAPI 3.0, as in `parameters` and `responseSchema` -> JSON schema.
Json jsonSchemaOfOpenApi(const Json& schema);
/// JSON schema -> the part of it that Gemini knows. What is left out or said otherwise is told once, at `path`.
Json geminiSchema(const Json& schema, const std::string& path, Losses& losses);

/// groundingMetadata and citationMetadata of a candidate -> citations of its parts. `places`: the part that each of Gemini's own became, or -1.
void readGeminiCitations(const Json& candidate, std::vector<Part>& parts, const std::vector<int>& places);

/// Citations -> groundingMetadata.
class GeminiCitations {
  public:
    /// Those of a text that became Gemini's part `index` there, after `before` bytes of it. What has no URL is told as dropped.
    void add(const Part& part, std::size_t index, std::size_t before, Losses& losses);
    bool empty() const { return supports_.empty(); }
    Json metadata() const { return {{"groundingChunks", chunks_}, {"groundingSupports", supports_}}; }

  private:
    Json chunks_ = Json::array();
    Json supports_ = Json::array();
};

Json readGeminiLogprobs(const Json& result);   ///< -> OpenAI's form
Json writeGeminiLogprobs(const Json& logprobs);

Usage readGeminiUsage(const Json& usage);
Json writeGeminiUsage(const Usage& usage);
std::string readGeminiTraffic(const Json& usage);  ///< trafficType -> service tier; empty where it is not told.

FinishReason readGeminiFinish(std::string_view word);
/// `raw` where it is one of Gemini's own words for the same reason.
std::string writeGeminiFinish(FinishReason finish, std::string_view raw);

Result<ChatRequest> readGemini(const Json& body);
Json writeGemini(ChatRequest& request, Losses& losses, bool vertex);
Result<ChatAnswer> readGeminiAnswer(const Json& body);
std::unique_ptr<StreamReader> geminiReader();
std::unique_ptr<StreamWriter> geminiWriter(std::string_view model, bool vertex);
ApiError readGeminiError(int status, const Json& body);
Json writeGeminiError(const ApiError& error);
std::string_view geminiErrorType(int status);

}  // namespace gatehouse::llm
