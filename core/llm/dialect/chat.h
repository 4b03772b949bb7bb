// Chat in no dialect: what any of them can say. A reader fills it in, a writer takes from it; what no writer took is told as
// lost, so that nothing is dropped in silence. Private to llm/dialect. Thread: one translation.
//
// Rules for readers: every member of the body is either put into a named place here (with the path it stood at) or left in
// `extras` of the nearest node, tagged with the dialect's family. Rules for writers: take() every field that is written (also
// when it is written coerced, which is reported); extras of the same family are written back as they were; what remains is
// reported by reportUntaken().
#pragma once

#include "llm/dialect/json.h"
#include "llm/translate.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::llm {

/// Dialects whose unknown fields fit each other.
enum class Family : std::uint8_t { OpenAiChat, OpenAiResponses, OpenAiCompletions, OpenAiEmbeddings, Anthropic, Gemini, Bedrock, Cohere, Ollama, Mistral };

/// Members that no named place here holds, of one node.
struct Extras {
    Family family{};
    Json members = Json::object();
    std::string path;  ///< Of the node that held them; "" for the body.
    bool taken = false;

    bool empty() const { return members.empty(); }
};

/// A value that may be given, with the path at which it was.
template <class T>
struct Given {
    std::optional<T> value;
    std::string path;
    bool taken = false;

    explicit operator bool() const { return value.has_value(); }
    const T& operator*() const { return *value; }
    const T* operator->() const { return &*value; }
    void set(T given, std::string at) {
        value = std::move(given);
        path = std::move(at);
    }
    /// For writers: null where it was not given.
    const T* take() {
        if (!value) return nullptr;
        taken = true;
        return &*value;
    }
};

enum class Role : std::uint8_t { System, Developer, User, Assistant, Tool };

/// A prompt-cache breakpoint after the node that holds it.
struct CacheMark {
    std::string ttl;  ///< "5m", "1h"; empty: the provider's default.
};

/// What a model must get back as it was, beside a part (Gemini's thoughtSignature, Anthropic's signature, OpenAI's
/// encrypted_content). Only the family that made it can read it.
struct Signature {
    Family family{};
    std::string data;
    std::string id;  ///< OpenAI responses: the reasoning item's id.
};

struct Part {
    enum class Kind : std::uint8_t {
        Text,        ///< text
        Image,       ///< source; detail
        Audio,       ///< source (inline), format in mediaType
        Video,       ///< source
        Document,    ///< source or text; name (file name), title, context
        ToolCall,    ///< callId, name, arguments
        ToolResult,  ///< callId, name (where known), content, isError
        Thinking,    ///< text (may be empty), signature
        RedactedThinking,  ///< signature.data
        Refusal,     ///< text
        Opaque,      ///< json as the family wrote it: server tools, code execution, ...
    };
    Kind kind = Kind::Text;
    std::string path;
    bool taken = false;

    std::string text;

    /// Media: one of url, data (base64, as given) and fileId.
    std::string url;
    std::string data;
    std::string fileId;
    std::string mediaType;  ///< "image/png"; empty where a URL's is not known.
    std::string detail;
    std::string name;       ///< Tool, or file name.
    std::string title;
    std::string context;

    std::string callId;
    Json arguments;              ///< ToolCall: an object.
    bool argumentsMalformed = false;  ///< They were no JSON object: the text stands in `text`.
    std::vector<Part> content;   ///< ToolResult.
    bool isError = false;

    std::optional<Signature> signature;
    std::optional<CacheMark> cache;
    std::vector<Json> citations;     ///< In the form of citationOf(): see below.
    Json opaque;
    Extras extras;
};

/// Citations in no dialect: {"text"?, "url"?, "title"?, "file_id"?, "document"?: index, "start"?, "end"? (bytes of the part's
/// text, UTF-8), "raw": the object as the family wrote it, "family": number}.

struct ChatMessage {
    Role role = Role::User;
    std::string name;    ///< OpenAI's participant name.
    std::vector<Part> parts;
    std::string path;
    bool contentWasText = false;  ///< The source said its content as one string: a writer that can says it so again.
    std::string id;      ///< OpenAI responses: the item's id.
    std::string phase;   ///< Free for the family's own use.
    Extras extras;
};

struct Tool {
    enum class Kind : std::uint8_t { Function, Opaque };
    Kind kind = Kind::Function;
    std::string name;
    std::string description;
    Json parameters;              ///< JSON schema; null where none was given.
    std::optional<bool> strict;
    std::optional<CacheMark> cache;
    Json opaque;                  ///< A provider's own tool, as the family wrote it.
    Family family{};
    std::string path;
    bool taken = false;
    Extras extras;
};

struct ToolChoice {
    enum class Mode : std::uint8_t { Auto, None, Required, Named };
    Mode mode = Mode::Auto;
    std::string name;                  ///< Named.
    std::vector<std::string> allowed;  ///< Auto or Required among these alone; empty: all.
};

struct OutputFormat {
    enum class Kind : std::uint8_t { Text, JsonObject, JsonSchema };
    Kind kind = Kind::Text;
    std::string name;
    std::string description;
    Json schema;
    std::optional<bool> strict;
};

struct Reasoning {
    enum class Mode : std::uint8_t { Unsaid, Off, On, Adaptive };
    Mode mode = Mode::Unsaid;
    std::string effort;                       ///< "none", "minimal", "low", "medium", "high", "xhigh", "max"; empty: unsaid.
    std::optional<std::int64_t> budgetTokens;
    std::string summary;                      ///< OpenAI: "auto", "concise", "detailed".
    std::optional<bool> includeThoughts;      ///< Gemini.
    std::string display;                      ///< Anthropic: "summarized", "omitted".
};

struct ChatRequest {
    Given<std::string> model;
    Given<bool> stream;
    std::vector<ChatMessage> messages;  ///< System messages stand where the source put them (first, where it has a field of its own).

    std::vector<Tool> tools;
    Given<ToolChoice> toolChoice;
    Given<bool> parallelToolCalls;
    Given<OutputFormat> outputFormat;
    Given<Reasoning> reasoning;

    Given<std::int64_t> maxTokens;
    Given<double> temperature;
    Given<double> topP;
    Given<std::int64_t> topK;
    Given<double> minP;
    Given<double> frequencyPenalty;
    Given<double> presencePenalty;
    Given<double> repetitionPenalty;
    Given<std::vector<std::string>> stop;
    Given<std::int64_t> seed;
    Given<std::int64_t> n;
    Given<bool> logprobs;
    Given<std::int64_t> topLogprobs;
    Given<Json> logitBias;
    Given<std::string> user;
    Given<Json> metadata;             ///< An object of texts.
    Given<std::string> serviceTier;
    Given<bool> includeUsage;         ///< stream_options.include_usage
    Given<Json> safetySettings;       ///< Gemini's list.
    Given<std::vector<std::string>> modalities;  ///< "text", "audio", "image"
    Given<Json> audioOutput;          ///< {voice, format}
    Given<std::string> verbosity;     ///< "low", "medium", "high"
    Given<std::string> promptCacheKey;
    Given<bool> store;
    Given<std::string> previousResponseId;
    Given<std::string> keepAlive;     ///< Ollama.
    Given<std::string> suffix;        ///< Legacy completions.
    Given<bool> echo;
    Given<CacheMark> cache;           ///< Anthropic: automatic caching of the whole prompt.

    Extras extras;
};

enum class FinishReason : std::uint8_t { Unknown, Stop, StopSequence, Length, ToolCalls, ContentFilter, Refusal, Pause, ContextLength, MalformedToolCall };

struct Choice {
    int index = 0;
    std::vector<Part> parts;      ///< Of an assistant's message, in order.
    FinishReason finish = FinishReason::Unknown;
    std::string rawFinish;        ///< As the provider said it.
    std::string stopSequence;     ///< The one that was met, where it is told.
    Json logprobs;                ///< In the form of OpenAI chat: {"content": [{token, logprob, bytes, top_logprobs}]}; null: none.
    std::string path;
    Extras extras;                ///< Of the choice.
    Extras messageExtras;
};

struct ChatAnswer {
    std::string id;
    std::string model;
    std::int64_t created = 0;     ///< Seconds; 0: not told.
    std::vector<Choice> choices;
    Usage usage;
    std::string serviceTier;
    std::string systemFingerprint;
    Json safetyRatings;           ///< Gemini's prompt feedback; null: none.
    Extras extras;
};

/// The name of each tool result that its source did not name, from the call that it answers.
void nameToolResults(ChatRequest& request);

/// Everything that was given and that no writer took: Dropped, with `target` in the sentence. Extras of `family` count as taken
/// where the writer marked them.
void reportUntaken(const ChatRequest& request, std::string_view target, Losses& losses);
/// The same for an answer: parts and extras.
void reportUntaken(const ChatAnswer& answer, std::string_view target, Losses& losses);

void dropped(Losses& losses, std::string path, std::string reason);
void defaulted(Losses& losses, std::string path, std::string reason);
void coerced(Losses& losses, std::string path, std::string reason);

/// Writes extras of the family into `into` (existing members win) and marks them; false where they are another family's.
bool restore(Extras& extras, Family family, Json& into);

/// A provider's own tool goes out as it came, to its own family alone. True: it was one, and no more is to be written of it.
bool writeOpaqueTool(Tool& tool, Family family, Json& tools);
/// The choice names the tools that may be called, and this one is none of them.
bool isBarred(const Given<ToolChoice>& choice, const Tool& tool);

/// Forgets what says nothing but the default that every dialect has: n 1, logprobs false, penalties 0, modalities text, parallel
/// calls. Every writer of requests begins with it, so that a default is no loss. `store: false` counts as taken and stays: where a
/// dialect stores by default, its writer says it.
void takeDefaults(ChatRequest& request);

/// Between effort and a budget of thinking tokens, where one side has words and the other numbers. Neither is exact.
std::int64_t budgetOfEffort(std::string_view effort);
std::string_view effortOfBudget(std::int64_t tokens);

/// A call's id for those who take letters, digits, _ and - alone: `id` itself where it fits, else always the same stand-in for the
/// same id. At most `most` characters.
std::string safeCallId(std::string_view id, std::size_t most = 64);

/// The id of a call whose dialect gives it none: always the same for the same place. `scope`: what tells one answer from another.
std::string madeCallId(std::string_view scope, int call, std::string_view name);

/// "wav" <-> "audio/wav", "mp3" <-> "audio/mpeg".
std::string audioMediaType(std::string_view format);
std::string audioFormat(std::string_view mediaType);

std::string decodeBase64(std::string_view data);  ///< What is no base64 ends it.

/// The number of characters (code points), as OpenAI counts positions.
std::size_t characters(std::string_view utf8);

/// Now, for dialects whose answers must say when they were made.
std::int64_t secondsNow();
/// RFC 3339 <-> seconds since 1970; 0 where the text is none.
std::int64_t secondsOf(std::string_view rfc3339);
std::string rfc3339Of(std::int64_t seconds);

/// "data:image/png;base64,AAAA" -> media type and data; false where `url` is none.
bool splitDataUrl(std::string_view url, std::string& mediaType, std::string& data);
std::string dataUrl(std::string_view mediaType, std::string_view data);

bool isBlank(std::string_view text);  ///< Spaces, tabs and ends of lines alone.

/// All texts of the parts, joined without a separator.
std::string joinText(const std::vector<Part>& parts);

}  // namespace gatehouse::llm
