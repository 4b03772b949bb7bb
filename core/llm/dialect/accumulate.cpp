#include "llm/dialect/stream.h"

#include <algorithm>

namespace gatehouse::llm {
namespace {

void append(Json& logprobs, const Json& more) {
    if (more.is_null()) return;
    if (logprobs.is_null()) {
        logprobs = more;
        return;
    }
    for (auto list = more.begin(); list != more.end(); ++list) {
        if (!list->is_array()) continue;
        auto& into = logprobs[list.key()];
        if (!into.is_array()) into = Json::array();
        for (const auto& item : *list) into.push_back(item);
    }
}

}  // namespace

Choice& Accumulator::choiceOf(int index) {
    for (auto& choice : answer_.choices)
        if (choice.index == index) return choice;
    auto at = std::find_if(answer_.choices.begin(), answer_.choices.end(), [&](const Choice& choice) { return choice.index > index; });
    at = answer_.choices.insert(at, Choice{});
    at->index = index;
    return *at;
}

void Accumulator::add(const StreamEvent& event) {
    using Kind = StreamEvent::Kind;
    switch (event.kind) {
    case Kind::Start:
        answer_.id = event.id;
        answer_.model = event.model;
        answer_.created = event.created;
        answer_.serviceTier = event.serviceTier;
        answer_.systemFingerprint = event.systemFingerprint;
        return;
    case Kind::PartStart: choiceOf(event.choice).parts.push_back(event.content); return;
    case Kind::PartDelta: {
        auto& choice = choiceOf(event.choice);
        append(choice.logprobs, event.logprobs);
        if (choice.parts.empty()) return;
        auto& part = choice.parts.back();
        part.text += event.content.text;
        part.data += event.content.data;
        if (!event.content.fileId.empty()) part.fileId = event.content.fileId;
        if (event.content.signature) part.signature = event.content.signature;
        part.citations.insert(part.citations.end(), event.content.citations.begin(), event.content.citations.end());
        return;
    }
    case Kind::PartStop: return;
    case Kind::Finish: {
        auto& choice = choiceOf(event.choice);
        choice.finish = event.finish;
        choice.rawFinish = event.rawFinish;
        choice.stopSequence = event.stopSequence;
        return;
    }
    case Kind::Usage:
        answer_.usage = event.usage;
        if (!event.serviceTier.empty()) answer_.serviceTier = event.serviceTier;
        return;
    case Kind::End: ended_ = true; return;
    case Kind::Error: failed_ = true; return;
    case Kind::Ping: return;
    }
}

ChatAnswer Accumulator::take() {
    for (auto& choice : answer_.choices)
        for (auto& part : choice.parts) {
            if (part.kind != Part::Kind::ToolCall) continue;
            bool wellFormed = true;
            part.arguments = parseArguments(part.text, wellFormed);
            part.argumentsMalformed = !wellFormed;
            if (wellFormed) part.text.clear();
        }
    return std::move(answer_);
}

}  // namespace gatehouse::llm
