// bedrock-converse: how the model shall answer. Tools, lengths, what goes to the vendor's own fields, thinking, schemas, metadata, tiers.
#include "llm/dialect/bedrock_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Bedrock;
constexpr std::int64_t kLeastBudget = 1024;

}  // namespace

void BedrockWriter::tools(Json& body) {
    Json tools = Json::array();
    for (auto& tool : request_.tools) {
        if (writeOpaqueTool(tool, kFamily, tools)) continue;
        tool.taken = true;
        if (isBarred(request_.toolChoice, tool)) {
            coerced(losses_, tool.path, "Bedrock has no list of allowed tools, so this one, which is not allowed, was left out.");
            continue;
        }
        Json spec = {{"name", tool.name}};
        if (!tool.description.empty()) spec["description"] = tool.description;
        if (tool.parameters.is_null()) defaulted(losses_, tool.path + ".inputSchema", "Bedrock demands a schema; it is one of an empty object.");
        spec["inputSchema"] = {{"json", typedSchema(tool.parameters)}};
        if (tool.strict) spec["strict"] = *tool.strict;
        restore(tool.extras, kFamily, spec);
        tools.push_back({{"toolSpec", std::move(spec)}});
        mark(tool.cache, tool.path, tools);
    }
    if (!tools.empty()) body["toolConfig"]["tools"] = std::move(tools);
}

/// A conversation with calls must say tools, also where the next answer shall have none.
void BedrockWriter::toolOfHistory(Json& body) {
    if (body.contains("toolConfig") || called_.empty()) return;
    defaulted(losses_, "toolConfig", "Bedrock demands the tools of a conversation that has calls; they stand there with empty schemas.");
    Json tools = Json::array();
    for (const auto& name : called_)
        tools.push_back({{"toolSpec", {{"name", name}, {"inputSchema", {{"json", {{"type", "object"}, {"properties", Json::object()}}}}}}}});
    body["toolConfig"]["tools"] = std::move(tools);
}

void BedrockWriter::toolChoice(Json& body) {
    const auto* choice = request_.toolChoice.take();
    const auto& path = request_.toolChoice.path;
    if (choice == nullptr) return;
    if (!body.contains("toolConfig")) {
        if (choice->mode == ToolChoice::Mode::Required || choice->mode == ToolChoice::Mode::Named) dropped(losses_, path, "There is no tool left to choose.");
        return;
    }
    auto& config = body["toolConfig"];
    switch (choice->mode) {
    case ToolChoice::Mode::Auto: config["toolChoice"] = {{"auto", Json::object()}}; break;
    case ToolChoice::Mode::Required: config["toolChoice"] = {{"any", Json::object()}}; break;
    case ToolChoice::Mode::Named: config["toolChoice"] = {{"tool", {{"name", choice->name}}}}; break;
    case ToolChoice::Mode::None:
        if (called_.empty()) {
            coerced(losses_, path, "Bedrock cannot forbid calls; the tools were left out.");
            body.erase("toolConfig");
        } else {
            coerced(losses_, path, "Bedrock cannot forbid calls, and a conversation with calls needs its tools; the model chooses.");
            config["toolChoice"] = {{"auto", Json::object()}};
        }
        break;
    }
    forced_ = choice->mode == ToolChoice::Mode::Required || choice->mode == ToolChoice::Mode::Named;
}

void BedrockWriter::inference(Json& body) {
    Json config = Json::object();
    if (const auto* most = request_.maxTokens.take()) config["maxTokens"] = *most;
    if (const auto* temperature = request_.temperature.take()) {
        const double most = vendor_ == BedrockVendor::OpenAi ? 2.0 : 1.0;
        config["temperature"] = std::clamp(*temperature, 0.0, most);
        if (*temperature > most) coerced(losses_, request_.temperature.path, fmt::format("Bedrock's temperatures end at {}.", most));
    }
    if (const auto* topP = request_.topP.take()) {
        if (vendor_ == BedrockVendor::Claude && config.contains("temperature") && !claude_.temperatureAndTopP && request_.extras.family != kFamily)
            dropped(losses_, request_.topP.path, "Claude takes temperature or top_p, not both.");
        else config["topP"] = *topP;
    }
    if (const auto* stop = request_.stop.take()) {
        Json words = Json::array();
        for (std::size_t i = 0; i < stop->size(); ++i) {
            if (!isBlank((*stop)[i]) || vendor_ != BedrockVendor::Claude) words.push_back((*stop)[i]);
            else dropped(losses_, fmt::format("{}[{}]", request_.stop.path, i), "Claude refuses stop sequences of space alone.");
        }
        if (!words.empty()) config["stopSequences"] = std::move(words);
    }
    if (!config.empty()) body["inferenceConfig"] = std::move(config);
}

void BedrockWriter::vendorFields(Json& body) {
    using Vendor = BedrockVendor;
    if (vendor_ == Vendor::Claude || vendor_ == Vendor::Mistral) {
        if (const auto* topK = request_.topK.take()) fields(body)["top_k"] = *topK;
    } else if (vendor_ == Vendor::Nova) {
        if (const auto* topK = request_.topK.take()) fields(body)["inferenceConfig"]["topK"] = *topK;
    } else if (vendor_ == Vendor::Cohere) {
        if (const auto* topK = request_.topK.take()) fields(body)["k"] = *topK;
        if (const auto* seed = request_.seed.take()) fields(body)["seed"] = *seed;
        if (const auto* penalty = request_.frequencyPenalty.take()) fields(body)["frequency_penalty"] = *penalty;
        if (const auto* penalty = request_.presencePenalty.take()) fields(body)["presence_penalty"] = *penalty;
    }
    if (vendor_ == Vendor::Claude && request_.parallelToolCalls && !*request_.parallelToolCalls && body.contains("toolConfig")) {
        request_.parallelToolCalls.take();
        const auto& choice = body["toolConfig"].contains("toolChoice") ? body["toolConfig"]["toolChoice"] : emptyObject();
        Json own = {{"type", choice.contains("any") ? "any" : choice.contains("tool") ? "tool" : "auto"}};
        if (choice.contains("tool")) own["name"] = choice["tool"]["name"];
        own["disable_parallel_tool_use"] = true;
        fields(body)["tool_choice"] = std::move(own);
    }
}

void BedrockWriter::claudeThinking(Json& body, const Reasoning& wanted) {
    using Mode = Reasoning::Mode;
    const auto& path = request_.reasoning.path;
    if (wanted.mode == Mode::Off) {
        fields(body)["thinking"] = {{"type", "disabled"}};
        return;
    }
    std::string effort = wanted.effort;
    if (effort == "minimal") {
        effort = "low";
        coerced(losses_, path, "Claude's least effort is \"low\".");
    }
    if (wanted.mode == Mode::Unsaid && effort.empty() && !wanted.budgetTokens) return;
    // Claude's own effort says nothing of thinking.
    const bool effortAlone = path == "output_config.effort" || path == "outputConfig.effort";
    const bool adaptive = wanted.mode == Mode::Adaptive || (!wanted.budgetTokens && claude_.adaptive);
    if (!effort.empty() && (claude_.adaptive || effortAlone)) body["outputConfig"]["effort"] = effort;
    if (effortAlone && wanted.mode == Mode::Unsaid) return;
    if (forced_) return dropped(losses_, path, "Claude does not think where a call is forced.");
    Json thinking = {{"type", adaptive ? "adaptive" : "enabled"}};
    if (!adaptive) {
        auto budget = wanted.budgetTokens ? *wanted.budgetTokens : budgetOfEffort(effort);
        if (!wanted.budgetTokens) coerced(losses_, path, fmt::format("This model thinks by a budget; the effort \"{}\" became {} tokens.", effort.empty() ? "high" : effort, budget));
        const auto* most = request_.maxTokens ? &*request_.maxTokens : nullptr;
        if (most != nullptr && *most <= kLeastBudget) return dropped(losses_, path, "The most tokens that are allowed leave no room for thinking.");
        const auto fits = most != nullptr ? std::clamp(budget, kLeastBudget, *most - 1) : std::max(budget, kLeastBudget);
        if (fits != budget) coerced(losses_, path, fmt::format("The budget must be at least {} and below the most tokens that are allowed; it is {}.", kLeastBudget, fits));
        // Turns with calls must begin with the thinking that led to them.
        const auto& messages = body["messages"];
        for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
            if ((*message)["role"] != "assistant") continue;
            const auto& content = (*message)["content"];
            const bool calls = std::any_of(content.begin(), content.end(), [](const Json& item) { return item.contains("toolUse"); });
            if (calls && !content[0].contains("reasoningContent"))
                return dropped(losses_, path, "The last call came without the thinking that led to it, which Claude demands while it thinks.");
            break;
        }
        thinking["budget_tokens"] = fits;
    }
    if (!wanted.display.empty()) thinking["display"] = wanted.display;
    fields(body)["thinking"] = std::move(thinking);
    if (body.contains("inferenceConfig") && body["inferenceConfig"].contains("temperature") && body["inferenceConfig"]["temperature"] != 1.0) {
        body["inferenceConfig"].erase("temperature");
        if (body["inferenceConfig"].empty()) body.erase("inferenceConfig");
        dropped(losses_, request_.temperature.path, "Claude takes no temperature while it thinks.");
    }
    if (fields(body).contains("top_k")) {
        fields(body).erase("top_k");
        dropped(losses_, request_.topK.path, "Claude takes no top_k while it thinks.");
    }
}

void BedrockWriter::reasoning(Json& body) {
    using Mode = Reasoning::Mode;
    const auto* wanted = request_.reasoning ? &*request_.reasoning : nullptr;
    if (wanted == nullptr) return;
    const auto& path = request_.reasoning.path;
    if (vendor_ == BedrockVendor::Mistral || vendor_ == BedrockVendor::Cohere || vendor_ == BedrockVendor::Other) return;
    request_.reasoning.take();
    if (!wanted->summary.empty()) dropped(losses_, path + ".summary", "Bedrock has no such setting.");
    if (wanted->includeThoughts) coerced(losses_, path, "Bedrock's models always tell what they thought, where it may be told.");
    if (vendor_ == BedrockVendor::Claude) return claudeThinking(body, *wanted);
    auto effort = wanted->effort;
    if (effort.empty() && wanted->budgetTokens) {
        effort = effortOfBudget(*wanted->budgetTokens);
        coerced(losses_, path, fmt::format("This model thinks by an effort; the budget became \"{}\".", effort));
    }
    const auto said = effort;
    if (effort == "minimal") effort = "low";
    if (effort == "xhigh" || effort == "max") effort = "high";
    if (effort != said) coerced(losses_, path, fmt::format("This model's efforts are low, medium and high; it is \"{}\".", effort));
    if (vendor_ == BedrockVendor::Nova) {
        if (wanted->mode == Mode::Off) {
            fields(body)["reasoningConfig"] = {{"type", "disabled"}};
        } else if (wanted->mode != Mode::Unsaid || !effort.empty()) {
            if (wanted->mode == Mode::Adaptive) coerced(losses_, path, "Nova does not think adaptively; it thinks.");
            fields(body)["reasoningConfig"] = {{"type", "enabled"}};
            if (effort.empty()) defaulted(losses_, "additionalModelRequestFields.reasoningConfig.maxReasoningEffort", "Nova thinks by an effort; it is \"medium\".");
            fields(body)["reasoningConfig"]["maxReasoningEffort"] = effort.empty() ? "medium" : effort;
        }
        return;
    }
    if (wanted->mode == Mode::Off) return dropped(losses_, path, "This model always thinks.");
    if (!effort.empty()) fields(body)["reasoning_effort"] = effort;
    else coerced(losses_, path, "This model always thinks, by an effort of its own choice.");
}

void BedrockWriter::outputFormat(Json& body) {
    const auto* format = request_.outputFormat.take();
    if (format == nullptr || format->kind == OutputFormat::Kind::Text) return;
    const auto& path = request_.outputFormat.path;
    if (format->kind == OutputFormat::Kind::JsonObject || format->schema.is_null())
        return dropped(losses_, path, "Bedrock answers in JSON by a schema alone; ask for it in the prompt.");
    auto schema = format->schema;
    if (closeObjects(schema)) coerced(losses_, path, "Bedrock wants additionalProperties false in every object of a schema.");
    if (!format->strict || !*format->strict) coerced(losses_, path + ".strict", "Bedrock always holds to the schema.");
    Json definition = {{"schema", dump(schema)}};
    if (!format->name.empty()) definition["name"] = format->name;
    if (!format->description.empty()) definition["description"] = format->description;
    body["outputConfig"]["textFormat"] = {{"type", "json_schema"}, {"structure", {{"jsonSchema", std::move(definition)}}}};
}

void BedrockWriter::rest(Json& body) {
    if (const auto* metadata = request_.metadata.take()) {
        Json texts = Json::object();
        for (auto member = metadata->begin(); member != metadata->end(); ++member) {
            if (member->is_string()) texts[member.key()] = *member;
            else dropped(losses_, fmt::format("{}.{}", request_.metadata.path, member.key()), "Bedrock's metadata are texts.");
        }
        if (!texts.empty()) body["requestMetadata"] = std::move(texts);
    }
    if (const auto* tier = request_.serviceTier.take()) {
        if (*tier == "default" || *tier == "flex" || *tier == "priority" || *tier == "reserved") body["serviceTier"] = {{"type", *tier}};
        else if (*tier == "auto") coerced(losses_, request_.serviceTier.path, "Bedrock's tier is the default one where nothing is said.");
        else dropped(losses_, request_.serviceTier.path, fmt::format("Bedrock has no service tier \"{}\".", *tier));
    }
    request_.stream.taken = true;
    request_.includeUsage.taken = true;  // Its streams always hold usage.
    if (request_.extras.family != kFamily) return;
    auto& members = request_.extras.members;
    for (const auto* key : {"additionalModelRequestFields", "outputConfig"}) {
        if (!members.contains(key) || !body.contains(key)) continue;
        for (const auto& [name, value] : members[key].items()) {
            auto& into = body[key];
            if (!into.contains(name)) into[name] = value;
            else if (into[name].is_object() && value.is_object()) into[name].update(value);
        }
    }
    restore(request_.extras, kFamily, body);
}

}  // namespace gatehouse::llm
