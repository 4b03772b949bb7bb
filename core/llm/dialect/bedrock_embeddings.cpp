// bedrock-embeddings: InvokeModel bodies of Titan (one text a request) and of Cohere's models; the model decides.
#include "llm/dialect/bedrock.h"
#include "llm/dialect/embeddings.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Bedrock;

bool isCohere(std::string_view model) { return model.find("cohere.") != std::string_view::npos; }
/// The first Titan takes its text alone.
bool isFirstTitan(std::string_view model) { return model.find("titan-embed-text-v1") != std::string_view::npos || model.find("titan-embed-g1-text") != std::string_view::npos; }

Result<EmbeddingsRequest> readRequest(const Json& json) {
    EmbeddingsRequest request;
    Members body(json, "");
    if (!body.has("inputText")) {
        readCohereInputs(body, request);
        request.extras = {Family::Cohere, body.rest(), "", false};
    } else {
        request.inputPath = "inputText";
        request.inputWasText = true;
        request.inputs.push_back({body.required("inputText"), {}, ""});
        if (const auto dimensions = body.integer("dimensions")) request.dimensions.set(*dimensions, "dimensions");
        if (const auto normalize = body.flag("normalize")) request.normalize.set(*normalize, "normalize");
        if (const auto* types = body.array("embeddingTypes")) {
            std::vector<std::string> words;
            for (const auto& type : *types) {
                if (type.is_string()) words.push_back(type.get<std::string>());
                else body.fail("embeddingTypes", "must be a list of strings");
            }
            request.embeddingTypes.set(std::move(words), "embeddingTypes");
        }
        request.extras = {kFamily, body.rest(), "", false};
    }
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

Result<Json> writeTitan(EmbeddingsRequest& request, std::string_view model) {
    if (request.inputs.size() != 1)
        return fail("invalid-field", fmt::format("{} holds {} inputs; {} embeds one text in a request.", request.inputPath, request.inputs.size(), model.empty() ? "Titan" : model));
    const auto& input = request.inputs.front();
    if (!input.tokens.empty()) return fail("invalid-field", fmt::format("{} holds tokens; Titan embeds text, not tokens of other providers.", request.inputPath));
    if (!input.imageUrl.empty()) return fail("invalid-field", fmt::format("{} holds an image; Titan's text models embed text alone.", request.inputPath));
    Json body = {{"inputText", input.text}};
    const auto* types = request.embeddingTypes ? &*request.embeddingTypes : nullptr;
    // Numbers are what it answers with anyway.
    if (types != nullptr && *types == std::vector<std::string>{"float"}) request.embeddingTypes.take();
    if (!isFirstTitan(model)) {
        if (const auto* dimensions = request.dimensions.take()) body["dimensions"] = *dimensions;
        if (const auto* normalize = request.normalize.take()) body["normalize"] = *normalize;
        const auto fits = [](const std::string& type) { return type == "float" || type == "binary"; };
        if (types != nullptr && types->size() > 1 && std::all_of(types->begin(), types->end(), fits)) body["embeddingTypes"] = *request.embeddingTypes.take();
    }
    request.encoding.take();  // The answer is brought into the form that was asked for.
    restore(request.extras, kFamily, body);
    return body;
}

Result<Json> writeRequest(EmbeddingsRequest& request, Losses& losses) {
    const auto model = request.model ? *request.model : std::string();
    request.model.taken = true;  // It stands in the path.
    if (!isCohere(model)) return writeTitan(request, model);
    Json body = Json::object();
    if (const auto written = writeCohereInputs(request, body, losses); !written) return tl::unexpected(written.error());
    restore(request.extras, Family::Cohere, body);
    return body;
}

/// Cohere's tokens stand in a header there (x-amzn-bedrock-input-token-count), not in the body.
Result<EmbeddingsAnswer> readAnswer(const Json& json) {
    if (!json.contains("embedding") && !json.contains("inputTextTokenCount")) return readCohereVectors(json);
    EmbeddingsAnswer answer;
    Members body(json, "");
    if (const auto* vector = body.take("embedding")) answer.vectors.push_back(readVector(*vector, body, "embedding"));
    Json left = Json::object();
    if (const auto* types = body.object("embeddingsByType")) {
        Members members(*types, "embeddingsByType");
        const auto* vector = members.take("float");
        if (vector != nullptr && answer.vectors.empty()) answer.vectors.push_back(readVector(*vector, members, "float"));
        if (auto rest = members.rest(); !rest.empty()) left["embeddingsByType"] = std::move(rest);
        body.adopt(members);
    }
    if (answer.vectors.empty() && !body.failure()) body.fail("embedding", "is missing");
    if (const auto tokens = body.integer("inputTextTokenCount"); tokens && *tokens >= 0) {
        answer.usage.known = true;
        answer.usage.inputTokens = static_cast<std::uint64_t>(*tokens);
    }
    left.update(body.rest());
    answer.extras = {kFamily, std::move(left), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

Json writeAnswer(EmbeddingsAnswer& answer, Losses& losses) {
    if (isCohere(answer.model)) {
        auto out = writeCohereVectors(answer, losses);
        if (!out.contains("meta") || answer.extras.family != Family::Cohere) out.erase("meta");
        return out;
    }
    const auto vectors = numbersOf(answer);
    for (std::size_t i = 1; i < vectors.size(); ++i) dropped(losses, fmt::format("data[{}]", i), "Titan gives one vector.");
    Json out = {{"embedding", vectors.empty() ? Json::array() : Json(vectors.front())}, {"inputTextTokenCount", answer.usage.inputTokens}};
    restore(answer.extras, kFamily, out);
    return out;
}

}  // namespace

const Dialect kBedrockEmbeddings = {.name = "bedrock-embeddings",
                                    .family = kFamily,
                                    .operation = Operation::Embeddings,
                                    .modelInTarget = true,
                                    .readEmbeddings = readRequest,
                                    .writeEmbeddings = writeRequest,
                                    .readVectors = readAnswer,
                                    .writeVectors = writeAnswer,
                                    .readError = readBedrockError,
                                    .writeError = writeBedrockError,
                                    .errorType = bedrockErrorType};

}  // namespace gatehouse::llm
