// cohere-embeddings and cohere-rerank.
#include "llm/dialect/cohere.h"
#include "llm/dialect/embeddings.h"
#include "llm/dialect/rerank.h"

#include <fmt/format.h>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Cohere;
constexpr std::size_t kMostInputs = 96;

void readTexts(Members& body, const char* key, bool images, EmbeddingsRequest& request) {
    const auto* list = body.array(key);
    if (list == nullptr) return;
    request.inputPath = key;
    for (const auto& item : *list) {
        if (!item.is_string()) body.fail(key, "must be a list of strings");
        else if (images) request.inputs.push_back({"", {}, item.get<std::string>()});
        else request.inputs.push_back({item.get<std::string>(), {}, ""});
    }
}

/// [{"content": [{"type", "text" or "image_url"}]}]: one content each; several in one vector is what no other API has.
void readMixed(Members& body, EmbeddingsRequest& request) {
    const auto* list = body.array("inputs");
    if (list == nullptr) return;
    request.inputPath = "inputs";
    std::size_t i = 0;
    for (const auto& item : *list) {
        Members entry(item, fmt::format("inputs[{}]", i++));
        const auto* content = entry.array("content");
        if (content == nullptr || content->size() != 1) {
            entry.fail("content", "must hold one content: several in one vector are not translated");
        } else {
            Members part((*content)[0], entry.pathOf("content[0]"));
            const auto type = part.required("type");
            EmbeddingsRequest::Input input;
            if (type == "text") input.text = part.required("text");
            else if (const auto* image = type == "image_url" ? part.object("image_url") : nullptr; image != nullptr) input.imageUrl = textOf(*image, "url");
            else part.fail("type", "must be text or image_url");
            entry.adopt(part);
            request.inputs.push_back(std::move(input));
        }
        body.adopt(entry);
    }
}

Result<EmbeddingsRequest> readRequest(const Json& json) {
    EmbeddingsRequest request;
    Members body(json, "");
    if (auto model = body.text("model")) request.model.set(std::move(*model), "model");
    readCohereInputs(body, request);
    request.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

Result<Json> writeRequest(EmbeddingsRequest& request, Losses& losses) {
    Json body = Json::object();
    if (const auto* model = request.model.take()) body["model"] = *model;
    else defaulted(losses, "model", "The request names no model; the provider's own default is used, if it has one.");
    if (const auto written = writeCohereInputs(request, body, losses); !written) return tl::unexpected(written.error());
    restore(request.extras, kFamily, body);
    return body;
}

/// Rerank passes as it is; its usage is read on the way. Servers that imitate it say "usage" as OpenAI does.
Result<EmbeddingsAnswer> readRerank(const Json& json) {
    EmbeddingsAnswer answer;
    answer.id = textOf(json, "id");
    answer.model = textOf(json, "model");
    if (json.contains("meta")) answer.usage = readCohereUsage(json["meta"]);
    if (!answer.usage.known && json.contains("usage") && json["usage"].is_object() && json["usage"].contains("total_tokens") && json["usage"]["total_tokens"].is_number_unsigned()) {
        answer.usage.known = true;
        answer.usage.inputTokens = json["usage"]["total_tokens"].get<std::uint64_t>();
    }
    return answer;
}

Result<RerankRequest> readRerankRequest(const Json& json) {
    RerankRequest request;
    Members body(json, "");
    if (auto model = body.text("model")) request.model.set(std::move(*model), "model");
    readRerankInputs(body, request);
    request.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

Json writeRerankRequest(RerankRequest& request, Losses& losses) {
    Json body = Json::object();
    if (const auto* model = request.model.take()) body["model"] = *model;
    else defaulted(losses, "model", "The request names no model; the provider's own default is used, if it has one.");
    body["query"] = request.query;
    body["documents"] = request.documents;
    if (const auto* most = request.topN.take()) body["top_n"] = *most;
    if (const auto* most = request.tokensPerDocument.take()) body["max_tokens_per_doc"] = *most;
    restore(request.extras, kFamily, body);
    return body;
}

Json writeRanks(RerankAnswer& answer, Losses&) {
    Json out = {{"id", answer.id.empty() ? fmt::format("rerank_{}", secondsNow()) : answer.id}, {"results", ranksOf(answer)}, {"meta", {{"api_version", {{"version", "2"}}}}}};
    if (answer.usage.known) out["meta"]["billed_units"] = {{"input_tokens", answer.usage.inputTokens}};
    restore(answer.extras, kFamily, out);
    return out;
}

}  // namespace

void readCohereInputs(Members& body, EmbeddingsRequest& request) {
    readTexts(body, "texts", false, request);
    readTexts(body, "images", true, request);
    readMixed(body, request);
    if (request.inputs.empty() && !body.failure()) body.fail("texts", "is missing");
    if (auto purpose = body.text("input_type")) request.purpose.set(std::move(*purpose), "input_type");
    if (auto truncate = body.text("truncate")) request.truncate.set(std::move(*truncate), "truncate");
    if (const auto dimensions = body.integer("output_dimension")) request.dimensions.set(*dimensions, "output_dimension");
    if (const auto* types = body.array("embedding_types")) {
        std::vector<std::string> words;
        for (const auto& type : *types) {
            if (type.is_string()) words.push_back(type.get<std::string>());
            else body.fail("embedding_types", "must be a list of strings");
        }
        request.embeddingTypes.set(std::move(words), "embedding_types");
    }
}

Result<void> writeCohereInputs(EmbeddingsRequest& request, Json& body, Losses& losses) {
    if (request.inputs.size() > kMostInputs)
        return fail("invalid-field", fmt::format("{} holds {} inputs; Cohere embeds {} in a request.", request.inputPath, request.inputs.size(), kMostInputs));
    Json texts = Json::array();
    Json images = Json::array();
    Json mixed = Json::array();
    for (const auto& input : request.inputs) {
        if (!input.tokens.empty()) return fail("invalid-field", fmt::format("{} holds tokens; Cohere embeds text, not tokens of other providers.", request.inputPath));
        if (input.imageUrl.empty()) {
            texts.push_back(input.text);
            mixed.push_back({{"content", Json::array({{{"type", "text"}, {"text", input.text}}})}});
        } else {
            images.push_back(input.imageUrl);
            mixed.push_back({{"content", Json::array({{{"type", "image_url"}, {"image_url", {{"url", input.imageUrl}}}}})}});
        }
    }
    const bool onlyImages = texts.empty() && !images.empty();
    if (!texts.empty() && !images.empty()) body["inputs"] = std::move(mixed);
    else body[onlyImages ? "images" : "texts"] = onlyImages ? std::move(images) : std::move(texts);
    if (const auto* purpose = request.purpose.take()) {
        body["input_type"] = *purpose;
    } else {
        body["input_type"] = onlyImages ? "image" : "search_document";
        defaulted(losses, "input_type", fmt::format("Cohere demands it; it is \"{}\". Queries are better found as \"search_query\".", onlyImages ? "image" : "search_document"));
    }
    const auto* types = request.embeddingTypes.take();
    body["embedding_types"] = types != nullptr ? *types : std::vector<std::string>{"float"};
    if (const auto* dimensions = request.dimensions.take()) body["output_dimension"] = *dimensions;
    if (const auto* truncate = request.truncate.take()) body["truncate"] = *truncate;
    // Numbers or base64: the answer is brought into the form that was asked for.
    request.encoding.take();
    if (request.normalize && *request.normalize) request.normalize.take();
    return {};
}

Result<EmbeddingsAnswer> readCohereVectors(const Json& json) {
    EmbeddingsAnswer answer;
    Members body(json, "");
    body.take("response_type");
    answer.id = body.text("id").value_or("");
    Json left = Json::object();
    const auto* embeddings = body.take("embeddings");
    const auto read = [&](const Json& list, Members& owner, std::string_view key) {
        if (!list.is_array()) return owner.fail(key, "must be a list");
        for (const auto& vector : list) answer.vectors.push_back(readVector(vector, owner, key));
    };
    if (embeddings == nullptr) {
        body.fail("embeddings", "is missing");
    } else if (embeddings->is_array()) {
        read(*embeddings, body, "embeddings");
    } else {
        Members types(*embeddings, "embeddings");
        if (types.has("float")) read(*types.take("float"), types, "float");
        if (const auto* packed = types.array("base64"); packed != nullptr && answer.vectors.empty()) {
            for (const auto& vector : *packed) answer.base64.push_back(vector.is_string() ? vector.get<std::string>() : std::string());
        } else if (packed != nullptr) {
            left["embeddings"]["base64"] = *packed;
        }
        auto rest = types.rest();
        for (auto member = rest.begin(); member != rest.end(); ++member) left["embeddings"][member.key()] = member.value();
        body.adopt(types);
    }
    if (const auto* texts = body.array("texts"))
        for (const auto& text : *texts) answer.texts.push_back(text.is_string() ? text.get<std::string>() : std::string());
    if (const auto* meta = body.object("meta")) {
        answer.usage = readCohereUsage(*meta);
        Members members(*meta, "meta");
        for (const auto* key : {"api_version", "billed_units", "tokens", "cached_tokens"}) members.take(key);
        if (auto rest = members.rest(); !rest.empty()) left["meta"] = std::move(rest);
    }
    left.update(body.rest());
    answer.extras = {kFamily, std::move(left), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

Json writeCohereVectors(EmbeddingsAnswer& answer, Losses&) {
    Json embeddings = Json::object();
    const bool own = answer.extras.family == kFamily;
    if (!answer.base64.empty() && own) embeddings["base64"] = answer.base64;
    else if (!answer.vectors.empty() || !answer.base64.empty()) embeddings["float"] = numbersOf(answer);
    if (own && answer.extras.members.contains("embeddings")) embeddings.update(answer.extras.members["embeddings"]);
    Json out = {{"id", answer.id.empty() ? fmt::format("emb_{}", secondsNow()) : answer.id},
                {"embeddings", std::move(embeddings)},
                {"texts", answer.texts},
                {"meta", {{"api_version", {{"version", "2"}}}, {"billed_units", {{"input_tokens", answer.usage.inputTokens}}}}},
                {"response_type", "embeddings_by_type"}};
    if (own && answer.extras.members.contains("meta"))
        for (const auto& [key, value] : answer.extras.members["meta"].items()) out["meta"][key] = value;
    restore(answer.extras, kFamily, out);
    return out;
}

const Dialect kCohereEmbeddings = {.name = "cohere-embeddings",
                                   .family = kFamily,
                                   .operation = Operation::Embeddings,
                                   .modelInTarget = false,
                                   .readEmbeddings = readRequest,
                                   .writeEmbeddings = writeRequest,
                                   .readVectors = readCohereVectors,
                                   .writeVectors = writeCohereVectors,
                                   .readError = readCohereError,
                                   .writeError = writeCohereError,
                                   .errorType = cohereErrorType};

/// Where the dialect stays, it passes as it is.
const Dialect kCohereRerank = {.name = "cohere-rerank",
                               .family = kFamily,
                               .operation = Operation::Rerank,
                               .modelInTarget = false,
                               .readVectors = readRerank,
                               .readError = readCohereError,
                               .writeError = writeCohereError,
                               .errorType = cohereErrorType,
                               .readRerank = readRerankRequest,
                               .writeRerank = writeRerankRequest,
                               .readRanks = readRanksOf,
                               .writeRanks = writeRanks};

}  // namespace gatehouse::llm
