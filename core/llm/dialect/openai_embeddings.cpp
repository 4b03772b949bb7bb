// openai-embeddings, and vectors as numbers and as base64.
#include "llm/dialect/embeddings.h"
#include "llm/dialect/openai_chat.h"
#include "text/base64.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::OpenAiEmbeddings;

bool isTokens(const Json& list) {
    if (!list.is_array() || list.empty()) return false;
    for (const auto& item : list)
        if (!item.is_number_integer()) return false;
    return true;
}

EmbeddingsRequest::Input tokensOf(const Json& list) {
    EmbeddingsRequest::Input input;
    for (const auto& token : list) input.tokens.push_back(token.get<std::int64_t>());
    return input;
}

Result<EmbeddingsRequest> readRequest(const Json& json) {
    EmbeddingsRequest request;
    request.inputPath = "input";
    Members body(json, "");
    if (auto model = body.text("model")) request.model.set(std::move(*model), "model");
    const auto* input = body.take("input");
    if (input == nullptr) {
        body.fail("input", "is missing");
    } else if (input->is_string() || isTokens(*input)) {
        request.inputWasText = true;
        request.inputs.push_back(input->is_string() ? EmbeddingsRequest::Input{input->get<std::string>(), {}, ""} : tokensOf(*input));
    } else if (!input->is_array() || input->empty()) {
        body.fail("input", "must be a string, a list of strings, or tokens");
    } else {
        for (const auto& item : *input) {
            if (item.is_string()) request.inputs.push_back({item.get<std::string>(), {}, ""});
            else if (isTokens(item)) request.inputs.push_back(tokensOf(item));
            else body.fail("input", "must be a string, a list of strings, or tokens");
        }
    }
    if (const auto dimensions = body.integer("dimensions")) request.dimensions.set(*dimensions, "dimensions");
    if (auto encoding = body.text("encoding_format")) {
        if (*encoding != "float" && *encoding != "base64") body.fail("encoding_format", "must be float or base64");
        request.encoding.set(std::move(*encoding), "encoding_format");
    }
    if (auto user = body.text("user")) request.user.set(std::move(*user), "user");
    request.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

Result<Json> writeRequest(EmbeddingsRequest& request, Losses& losses) {
    Json body = Json::object();
    if (const auto* model = request.model.take()) body["model"] = *model;
    else defaulted(losses, "model", "The request names no model; the provider's own default is used, if it has one.");
    Json inputs = Json::array();
    for (const auto& input : request.inputs) {
        if (!input.imageUrl.empty()) return fail("invalid-field", fmt::format("{} holds an image; OpenAI embeds text alone.", request.inputPath));
        inputs.push_back(input.tokens.empty() ? Json(input.text) : Json(input.tokens));
    }
    if (request.inputWasText && inputs.size() == 1) {
        auto only = std::move(inputs[0]);
        inputs = std::move(only);
    }
    body["input"] = std::move(inputs);
    if (const auto* dimensions = request.dimensions.take()) body["dimensions"] = *dimensions;
    if (const auto* encoding = request.encoding.take()) body["encoding_format"] = *encoding;
    if (request.embeddingTypes && *request.embeddingTypes == std::vector<std::string>{"float"}) request.embeddingTypes.take();
    // OpenAI's vectors have the length 1.
    if (request.normalize && *request.normalize) request.normalize.take();
    if (const auto* user = request.user.take()) body["user"] = *user;
    restore(request.extras, kFamily, body);
    return body;
}

Result<EmbeddingsAnswer> readAnswer(const Json& json) {
    EmbeddingsAnswer answer;
    Members body(json, "");
    body.take("object");
    answer.id = body.text("id").value_or("");
    answer.model = body.text("model").value_or("");
    if (!body.has("data")) body.fail("data", "is missing");
    if (const auto* data = body.array("data")) {
        const auto size = data->size();
        std::size_t numbers = 0;
        std::size_t place = 0;
        for (const auto& item : *data) {
            auto at = place++;
            Members entry(item, fmt::format("data[{}]", at));
            // Some answer out of order.
            if (const auto index = entry.integer("index"); index && *index >= 0 && static_cast<std::size_t>(*index) < size) at = static_cast<std::size_t>(*index);
            const auto* vector = entry.take("embedding");
            if (vector == nullptr) {
                entry.fail("embedding", "is missing");
            } else if (vector->is_string()) {
                answer.base64.resize(size);
                answer.base64[at] = vector->get<std::string>();
            } else {
                answer.vectors.resize(size);
                answer.vectors[at] = readVector(*vector, entry, "embedding");
                ++numbers;
            }
            body.adopt(entry);
        }
        if (numbers > 0 && numbers < size) body.fail("data", "holds vectors of two kinds");
    }
    if (const auto* usage = body.object("usage")) answer.usage = readOpenAiUsage(*usage);
    answer.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

Json writeAnswer(EmbeddingsAnswer& answer, Losses&) {
    Json data = Json::array();
    const auto count = std::max(answer.vectors.size(), answer.base64.size());
    const auto numbers = answer.wantsBase64 ? std::vector<std::vector<double>>() : numbersOf(answer);
    for (std::size_t i = 0; i < count; ++i) {
        Json item = {{"object", "embedding"}, {"index", i}};
        if (!answer.wantsBase64) item["embedding"] = numbers[i];
        else item["embedding"] = answer.base64.empty() ? packVector(answer.vectors[i]) : answer.base64[i];
        data.push_back(std::move(item));
    }
    Json out = {{"object", "list"}, {"data", std::move(data)}, {"model", answer.model},
                {"usage", {{"prompt_tokens", answer.usage.inputTokens}, {"total_tokens", answer.usage.inputTokens + answer.usage.outputTokens}}}};
    restore(answer.extras, kFamily, out);
    return out;
}

}  // namespace

std::string packVector(const std::vector<double>& vector) {
    std::string bytes;
    bytes.reserve(vector.size() * 4);
    for (const double value : vector) {
        const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
        for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(bits >> shift & 0xFFU);
    }
    return text::toBase64(bytes);
}

std::vector<double> unpackVector(std::string_view base64) {
    const auto bytes = decodeBase64(base64);
    std::vector<double> vector;
    vector.reserve(bytes.size() / 4);
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 4; ++i) bits |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
        const auto number = std::bit_cast<float>(bits);
        double value = number;
        std::array<char, 32> words{};
        if (std::isfinite(number)) {
            const auto end = std::to_chars(words.data(), words.data() + words.size(), number).ptr;
            std::from_chars(words.data(), end, value);
        }
        vector.push_back(value);
    }
    return vector;
}

std::vector<std::vector<double>> numbersOf(const EmbeddingsAnswer& answer) {
    if (!answer.vectors.empty()) return answer.vectors;
    std::vector<std::vector<double>> vectors;
    vectors.reserve(answer.base64.size());
    for (const auto& packed : answer.base64) vectors.push_back(unpackVector(packed));
    return vectors;
}

std::vector<double> readVector(const Json& list, Members& owner, std::string_view key) {
    std::vector<double> vector;
    if (!list.is_array()) {
        owner.fail(key, "must be a list of numbers");
        return vector;
    }
    vector.reserve(list.size());
    for (const auto& value : list) {
        if (!value.is_number()) {
            owner.fail(key, "must be a list of numbers");
            return vector;
        }
        vector.push_back(value.get<double>());
    }
    return vector;
}

const Dialect kOpenAiEmbeddings = {.name = "openai-embeddings",
                                   .family = kFamily,
                                   .operation = Operation::Embeddings,
                                   .modelInTarget = false,
                                   .readEmbeddings = readRequest,
                                   .writeEmbeddings = writeRequest,
                                   .readVectors = readAnswer,
                                   .writeVectors = writeAnswer,
                                   .readError = readOpenAiError,
                                   .writeError = writeOpenAiError,
                                   .errorType = openAiErrorType};

}  // namespace gatehouse::llm
