// `gatehouse convert`: the LLM translation alone, standard input to standard output.

#include "app/verbs.h"
#include "llm/translate.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <string>

#include <unistd.h>

namespace gatehouse::app {

namespace {

using Json = nlohmann::ordered_json;

struct ConvertArguments {
    const llm::Dialect* from = nullptr;
    const llm::Dialect* to = nullptr;
    std::string direction = "request";
    std::string model;
    int status = 200;
    bool stream = false;
    bool usage = false;
    bool json = false;
};

Result<const llm::Dialect*> dialectOption(const Arguments& arguments, const std::string& option) {
    const auto name = arguments.value(option);
    if (name.empty()) return fail("usage", fmt::format("gatehouse convert needs {} DIALECT.", option));
    if (const auto* dialect = llm::findDialect(name)) return dialect;
    return fail("usage", fmt::format("{} is one of {}, not \"{}\".", option, fmt::join(llm::dialectNames(), ", "), name));
}

Result<ConvertArguments> convertArguments(const Arguments& arguments) {
    ConvertArguments given;
    const auto from = dialectOption(arguments, "--from");
    if (!from) return tl::unexpected(from.error());
    const auto to = dialectOption(arguments, "--to");
    if (!to) return tl::unexpected(to.error());
    given.from = *from;
    given.to = *to;
    if (arguments.has("--direction")) given.direction = arguments.value("--direction");
    if (given.direction != "request" && given.direction != "response" && given.direction != "stream")
        return fail("usage", fmt::format("--direction is request, response or stream, not \"{}\".", given.direction));
    if (arguments.has("--status")) {
        const auto status = parseNumber("--status", arguments.value("--status"), 100, 599);
        if (!status) return tl::unexpected(status.error());
        if (given.direction != "response") return fail("usage", "--status goes with --direction response.");
        given.status = static_cast<int>(*status);
    }
    given.model = arguments.value("--model");
    given.stream = arguments.has("--stream");
    given.usage = arguments.has("--usage");
    given.json = arguments.has("--json");
    return given;
}

std::string readInput() {
    std::string text;
    std::array<char, 64 * 1024> chunk;
    for (std::size_t n; (n = std::fread(chunk.data(), 1, chunk.size(), stdin)) > 0;) text.append(chunk.data(), n);
    return text;
}

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void tell(const llm::Losses& losses, const std::vector<std::string>& faults = {}) {
    for (const auto& loss : losses)
        fmt::print(stderr, "{} {}: {}\n", llm::lossWord(loss.kind), loss.path.empty() ? "(body)" : loss.path, loss.reason);
    for (const auto& fault : faults) fmt::print(stderr, "fault: {}\n", fault);
}

Json lossesJson(const llm::Losses& losses) {
    Json all = Json::array();
    for (const auto& loss : losses) all.push_back({{"kind", llm::lossWord(loss.kind)}, {"path", loss.path}, {"reason", loss.reason}});
    return all;
}

Json usageJson(const llm::Usage& usage) {
    if (!usage.known) return nullptr;
    return {{"input", usage.inputTokens},
            {"output", usage.outputTokens},
            {"cachedRead", usage.cachedTokens},
            {"cacheWrite", usage.cacheWriteTokens},
            {"cacheWriteHour", usage.cacheWriteHourTokens},
            {"reasoning", usage.reasoningTokens},
            {"audioInput", usage.audioInputTokens},
            {"audioOutput", usage.audioOutputTokens}};
}

/// One line, whatever the text holds that is no UTF-8.
void printJson(const Json& json) { print(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"); }

/// A body is JSON but for a same-dialect stream of bytes that are none.
Json bodyJson(const std::string& body) {
    auto json = Json::parse(body, nullptr, false);
    return json.is_discarded() ? Json(body) : json;
}

int convertRequest(const ConvertArguments& given) {
    const auto out = llm::translateRequest(*given.from, *given.to, readInput(), {given.model, given.stream});
    if (!out) return failWith(out.error());
    if (!given.json) {
        print(out->body + "\n");
        tell(out->losses);
        return kExitFine;
    }
    printJson({{"body", bodyJson(out->body)},
               {"model", out->facts.model},
               {"stream", out->facts.stream},
               {"losses", lossesJson(out->losses)},
               {"usage", nullptr},
               {"faults", Json::array()}});
    return kExitFine;
}

int convertError(const ConvertArguments& given) {
    const auto error = llm::readError(*given.from, given.status, readInput());
    const auto body = llm::writeError(*given.to, error);
    if (!given.json) {
        print(body + "\n");
        return kExitFine;
    }
    printJson({{"body", bodyJson(body)},
               {"error",
                {{"status", error.status}, {"type", error.type}, {"code", error.code}, {"message", error.message}, {"param", error.param}}},
               {"losses", Json::array()},
               {"usage", nullptr},
               {"faults", Json::array()}});
    return kExitFine;
}

int convertResponse(const ConvertArguments& given) {
    if (given.status < 200 || given.status > 299) return convertError(given);
    const auto out = llm::translateAnswer(*given.from, *given.to, readInput(), given.model);
    if (!out) return failWith(out.error());
    if (!given.json) {
        print(out->body + "\n");
        tell(out->losses);
        return kExitFine;
    }
    printJson({{"body", bodyJson(out->body)},
               {"model", out->facts.model.empty() ? given.model : out->facts.model},
               {"stream", false},
               {"losses", lossesJson(out->losses)},
               {"usage", usageJson(out->usage)},
               {"faults", Json::array()}});
    return kExitFine;
}

/// As the bytes come: the verb is a filter for a running stream too.
int convertStream(const ConvertArguments& given) {
    if (!llm::canTranslateStream(*given.from, *given.to))
        return failWith({"unsupported", fmt::format("A stream of {} is not translated to {}.", llm::nameOf(*given.from), llm::nameOf(*given.to))});
    llm::StreamTranslator translator(*given.from, *given.to, given.model, given.usage);
    std::string all;
    const auto hand = [&](std::string& out) {
        if (given.json) all += out;
        else print(out);
        if (!given.json) std::fflush(stdout);
        out.clear();
    };
    std::array<char, 64 * 1024> chunk;
    std::string out;
    // Not fread: it waits until its buffer is full.
    for (ssize_t n; (n = ::read(STDIN_FILENO, chunk.data(), chunk.size())) > 0;) {
        translator.feed({chunk.data(), static_cast<std::size_t>(n)}, out);
        hand(out);
    }
    const bool whole = translator.finish(out);
    hand(out);
    if (given.json) {
        printJson({{"body", all},
                   {"model", translator.facts().model.empty() ? given.model : translator.facts().model},
                   {"stream", true},
                   {"whole", whole},
                   {"losses", lossesJson(translator.losses())},
                   {"usage", usageJson(translator.usage())},
                   {"faults", translator.faults()}});
    } else {
        tell(translator.losses(), translator.faults());
    }
    if (!whole) return failWith({"cut", "The stream did not reach its end."});
    return kExitFine;
}

}  // namespace

int runConvert(const Arguments& arguments) {
    const auto given = convertArguments(arguments);
    if (!given) return failWith(given.error());
    if (given->direction == "request") return convertRequest(*given);
    if (given->direction == "response") return convertResponse(*given);
    return convertStream(*given);
}

}  // namespace gatehouse::app
