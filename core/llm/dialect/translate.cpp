#include "llm/translate.h"

#include "llm/dialect/count_tokens.h"

#include <fmt/format.h>

#include <optional>

namespace gatehouse::llm {
namespace {

tl::unexpected<Error> unsupported(const Dialect& from, const Dialect& to) {
    if (from.operation == to.operation) return fail("unsupported", fmt::format("{} is not translated to {}.", from.name, to.name));
    return fail("unsupported", fmt::format("{} and {} are for different operations: there is nothing to translate.", from.name, to.name));
}

/// The members that tell model and streaming, of a body that passes as it is.
RequestFacts factsOf(const Json& body, const RequestFacts& given) {
    auto facts = given;
    if (const auto model = body.find("model"); model != body.end() && model->is_string()) facts.model = model->get<std::string>();
    if (auto encoding = textOf(body, "encoding_format"); !encoding.empty()) facts.encoding = std::move(encoding);
    if (const auto stream = body.find("stream"); stream != body.end() && stream->is_boolean()) facts.stream = stream->get<bool>();
    return facts;
}

AnswerFacts factsOf(const ChatAnswer& answer) {
    AnswerFacts facts{answer.id, answer.model, {}, answer.serviceTier};
    for (const auto& choice : answer.choices) facts.finishReasons.push_back(choice.rawFinish);
    return facts;
}

Result<TranslatedRequest> sameDialect(const Dialect& dialect, std::string_view body, const RequestFacts& given, std::string_view forceModel) {
    auto json = parseObject(body);
    if (!json) return tl::unexpected(json.error());
    TranslatedRequest out{std::string(body), factsOf(*json, given), {}};
    // Ollama streams unless it is told not to.
    if (dialect.family == Family::Ollama && !json->contains("stream")) out.facts.stream = true;
    if (!forceModel.empty() && forceModel != out.facts.model) {
        out.facts.model = forceModel;
        if (!dialect.modelInTarget) {
            (*json)["model"] = forceModel;
            out.body = dump(*json);
        }
    }
    return out;
}

/// Fields of a body that no writer took.
void reportExtras(const Extras& extras, std::string_view target, Losses& losses) {
    if (extras.taken) return;
    for (auto member = extras.members.begin(); member != extras.members.end(); ++member)
        dropped(losses, member.key(), fmt::format("{} has no such field.", target));
}

Result<TranslatedRequest> translateChat(const Dialect& from, const Dialect& to, const Json& json, const RequestFacts& given,
                                        std::string_view forceModel) {
    auto request = from.readRequest(json);
    if (!request) return tl::unexpected(request.error());
    return writeChatRequest(*request, to, [](const Dialect& by, ChatRequest& read, Losses& losses) { return by.writeRequest(read, losses); }, given, forceModel);
}

Result<TranslatedRequest> translateEmbeddings(const Dialect& from, const Dialect& to, const Json& json, const RequestFacts& given,
                                              std::string_view forceModel) {
    auto request = from.readEmbeddings(json);
    if (!request) return tl::unexpected(request.error());
    if (!request->model && !given.model.empty()) request->model.set(given.model, "model");
    if (!forceModel.empty()) request->model.set(std::string(forceModel), request->model.path);
    TranslatedRequest out;
    if (request->model) out.facts.model = *request->model;
    if (request->encoding) out.facts.encoding = *request->encoding;
    const auto written = to.writeEmbeddings(*request, out.losses);
    if (!written) return tl::unexpected(written.error());
    out.body = dump(*written);
    const auto report = [&](const auto& field) {
        if (field && !field.taken) dropped(out.losses, field.path, fmt::format("{} has no such setting.", to.name));
    };
    report(request->dimensions), report(request->encoding), report(request->embeddingTypes), report(request->purpose);
    report(request->truncate), report(request->normalize), report(request->user);
    reportExtras(request->extras, to.name, out.losses);
    return out;
}

Result<TranslatedRequest> translateRerank(const Dialect& from, const Dialect& to, const Json& json, const RequestFacts& given, std::string_view forceModel) {
    auto request = from.readRerank(json);
    if (!request) return tl::unexpected(request.error());
    if (!request->model && !given.model.empty()) request->model.set(given.model, "model");
    if (!forceModel.empty()) request->model.set(std::string(forceModel), request->model.path);
    TranslatedRequest out;
    if (request->model) out.facts.model = *request->model;
    out.body = dump(to.writeRerank(*request, out.losses));
    for (const auto* field : {&request->topN, &request->tokensPerDocument})
        if (*field && !field->taken) dropped(out.losses, field->path, fmt::format("{} has no such setting.", to.name));
    reportExtras(request->extras, to.name, out.losses);
    return out;
}

/// No exception of the JSON library leaves this folder; that one is met at all is a mistake of a reader or writer.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const Json::exception&) {
        return fail("invalid-field", "The body holds a field of a type that cannot be translated.");
    }
}

}  // namespace

TranslatedRequest writeChatRequest(ChatRequest& request, const Dialect& to, Json (*write)(const Dialect& to, ChatRequest& request, Losses& losses),
                                   const RequestFacts& given, std::string_view forceModel) {
    if (!request.model && !given.model.empty()) request.model.set(given.model, "model");
    if (!request.stream && given.stream) request.stream.set(true, "stream");
    if (!forceModel.empty()) request.model.set(std::string(forceModel), request.model.path);
    nameToolResults(request);
    TranslatedRequest out;
    // Readers leave empty texts out, so a message may be left with nothing to say.
    std::erase_if(request.messages, [&](const ChatMessage& message) {
        if (message.parts.empty()) dropped(out.losses, message.path, "A message without content says nothing.");
        return message.parts.empty();
    });
    if (request.model) out.facts.model = *request.model;
    out.facts.stream = request.stream && *request.stream;
    if (to.modelInTarget) {
        request.model.take();
        request.stream.take();
    } else if (!request.model) {
        defaulted(out.losses, "model", "The request names no model; the provider's own default is used, if it has one.");
    }
    out.body = dump(write(to, request, out.losses));
    reportUntaken(request, to.name, out.losses);
    return out;
}

std::string_view lossWord(Loss::Kind kind) {
    switch (kind) {
    case Loss::Kind::Dropped: return "dropped";
    case Loss::Kind::Defaulted: return "defaulted";
    case Loss::Kind::Coerced: return "coerced";
    }
    return "dropped";
}

Result<TranslatedRequest> translateRequest(const Dialect& from, const Dialect& to, std::string_view body, const RequestFacts& given,
                                           std::string_view forceModel) {
    if (&from == &to) return sameDialect(from, body, given, forceModel);
    if (from.operation != to.operation) return unsupported(from, to);
    const auto json = parseObject(body);
    if (!json) return tl::unexpected(json.error());
    return guarded([&]() -> Result<TranslatedRequest> {
        if (from.readRequest != nullptr && to.writeRequest != nullptr) return translateChat(from, to, *json, given, forceModel);
        if (from.readEmbeddings != nullptr && to.writeEmbeddings != nullptr) return translateEmbeddings(from, to, *json, given, forceModel);
        if (from.readRerank != nullptr && to.writeRerank != nullptr) return translateRerank(from, to, *json, given, forceModel);
        if (from.count != nullptr && to.count != nullptr) return translateCount(from, to, *json, given, forceModel);
        return unsupported(from, to);
    });
}

namespace {

Result<TranslatedAnswer> translateParsed(const Dialect& from, const Dialect& to, const Json& json, std::string_view body, std::string_view model,
                                        std::string_view encoding) {
    TranslatedAnswer out;
    if (from.readAnswer != nullptr) {
        auto answer = from.readAnswer(json);
        if (!answer) return tl::unexpected(answer.error());
        out.usage = answer->usage;
        out.facts = factsOf(*answer);
        if (&from != &to && to.writeAnswer != nullptr) {
            if (answer->model.empty()) answer->model = model;
            out.body = dump(to.writeAnswer(*answer, out.losses));
            reportUntaken(*answer, to.name, out.losses);
            return out;
        }
    } else if (&from != &to && from.readRanks != nullptr && to.writeRanks != nullptr) {
        auto answer = from.readRanks(json);
        if (!answer) return tl::unexpected(answer.error());
        out.usage = answer->usage;
        out.facts = {answer->id, answer->model.empty() ? std::string(model) : answer->model, {}};
        out.body = dump(to.writeRanks(*answer, out.losses));
        reportExtras(answer->extras, to.name, out.losses);
        return out;
    } else if (&from != &to && from.readCount != nullptr && to.writeCount != nullptr) {
        auto answer = from.readCount(json);
        if (!answer) return tl::unexpected(answer.error());
        out.facts.model = model;
        out.body = dump(to.writeCount(*answer, out.losses));
        reportExtras(answer->extras, to.name, out.losses);
        return out;
    } else if (from.readVectors != nullptr) {
        auto answer = from.readVectors(json);
        if (!answer) return tl::unexpected(answer.error());
        out.usage = answer->usage;
        out.facts = {answer->id, answer->model, {}};
        if (&from != &to && to.writeVectors != nullptr) {
            if (answer->model.empty()) answer->model = model;
            answer->wantsBase64 = encoding == "base64";
            out.body = dump(to.writeVectors(*answer, out.losses));
            reportExtras(answer->extras, to.name, out.losses);
            return out;
        }
    }
    if (&from != &to) return unsupported(from, to);
    out.body = body;
    return out;
}

}  // namespace

Result<TranslatedAnswer> translateAnswer(const Dialect& from, const Dialect& to, std::string_view body, std::string_view model, std::string_view encoding) {
    if (from.operation != to.operation) return unsupported(from, to);
    const auto json = parseObject(body);
    if (!json) return tl::unexpected(json.error());
    return guarded([&] { return translateParsed(from, to, *json, body, model, encoding); });
}

ApiError readError(const Dialect& from, int status, std::string_view body) {
    if (const auto json = parseObject(body)) {
        auto error = from.readError(status, *json);
        if (error.status == 0) error.status = status;
        if (!error.message.empty()) return error;
    }
    ApiError error;
    error.status = status;
    const auto begin = body.find_first_not_of(" \t\r\n");
    const bool html = begin != std::string_view::npos && body[begin] == '<';
    error.message = html           ? fmt::format("The provider answered {} with a page of HTML, not with its API.", status)
                    : body.empty() ? fmt::format("The provider answered {} without a body.", status)
                                   : fmt::format("The provider answered {} with a body that is not its API's.", status);
    return error;
}

std::string writeError(const Dialect& to, const ApiError& error) { return dump(to.writeError(error)); }

std::string_view errorType(const Dialect& to, int status) { return to.errorType(status); }

bool canTranslateStream(const Dialect& from, const Dialect& to) {
    if (&from == &to) return from.operation == Operation::Chat;
    return from.operation == to.operation && from.streamReader != nullptr && to.streamWriter != nullptr;
}

struct StreamTranslator::State {
    std::unique_ptr<StreamReader> reader;
    std::unique_ptr<StreamWriter> writer;
    std::vector<StreamEvent> events;
    Losses losses;
    Usage usage;
    AnswerFacts facts;
    bool pass = false;   ///< Same dialect: the bytes go through, the reader only looks.
    bool ended = false;
    bool failed = false;
    bool closed = false; ///< With an error of ours: nothing may follow.
    std::string contentType;
    std::optional<JsonListFraming> list;

    /// Calls `write` with the client's bytes, or with what becomes a list of them.
    template <class Write>
    void framed(std::string& out, bool last, Write write) {
        if (!list) return write(out);
        std::string events;
        write(events);
        list->feed(events, out);
        if (last) list->finish(out);
    }

    void handle(std::string& out) {
        for (auto& event : events) {
            if (failed) break;
            if (event.kind == StreamEvent::Kind::Usage) usage = event.usage;
            if (event.kind == StreamEvent::Kind::End) ended = true;
            if (event.kind == StreamEvent::Kind::Start) facts.id = event.id, facts.model = event.model, facts.serviceTier = event.serviceTier;
            if (event.kind == StreamEvent::Kind::Finish) facts.finishReasons.push_back(event.rawFinish);
            if (event.kind == StreamEvent::Kind::Error) {
                failed = true;
                if (!pass) writer->fail(event.error, out);
                break;
            }
            if (!pass) writer->write(event, out);
        }
        events.clear();
    }
};

StreamTranslator::StreamTranslator(const Dialect& from, const Dialect& to, std::string_view model, bool includeUsage)
    : state_(std::make_unique<State>()) {
    if (from.streamReader != nullptr) state_->reader = from.streamReader();
    if (to.streamWriter != nullptr) state_->writer = to.streamWriter(model, includeUsage);
    state_->pass = &from == &to;
    state_->contentType = state_->writer ? state_->writer->contentType() : std::string_view("text/event-stream");
}

StreamTranslator::~StreamTranslator() = default;

void StreamTranslator::asList() {
    state_->list.emplace();
    state_->contentType = "application/json";
}

void StreamTranslator::feed(std::string_view bytes, std::string& out) {
    auto& s = *state_;
    s.framed(out, false, [&](std::string& to) {
        // What passes is the provider's to answer for, its own error and whatever it says after it too.
        if (s.pass && !s.closed) to.append(bytes);
        if (!s.reader || s.failed) return;
        try {
            s.reader->feed(bytes, s.events);
            s.handle(to);
        } catch (const Json::exception&) {
            s.events.clear();
            s.failed = true;
            if (s.writer) s.writer->fail({502, "", "", "The provider sent an event with a field of a type that it should not have.", ""}, to);
        }
    });
    if (s.list && s.failed) s.list->finish(out);
}

bool StreamTranslator::finish(std::string& out) {
    auto& s = *state_;
    bool whole = s.reader == nullptr;
    s.framed(out, true, [&](std::string& to) {
        if (!s.reader || s.failed) return;
        s.reader->finish(s.events);
        s.handle(to);
        whole = s.ended;
        if (s.ended || s.failed) return;
        s.failed = true;
        if (s.writer)
            s.writer->fail({502, "", "upstream_cut", "The provider's stream broke off before its end; the answer is incomplete.", ""}, to);
    });
    return whole;
}

void StreamTranslator::fail(const ApiError& error, std::string& out) {
    auto& s = *state_;
    if (s.closed || s.ended || (s.failed && !s.pass)) return;
    s.failed = s.closed = true;
    s.framed(out, true, [&](std::string& to) {
        if (s.writer) s.writer->fail(error, to);
    });
}

bool StreamTranslator::ended() const { return state_->ended; }
const Usage& StreamTranslator::usage() const { return state_->usage; }
const AnswerFacts& StreamTranslator::facts() const { return state_->facts; }

const Losses& StreamTranslator::losses() const {
    auto& s = *state_;
    s.losses.clear();
    if (s.reader && !s.pass) s.losses = s.reader->losses;
    if (s.writer && !s.pass) s.losses.insert(s.losses.end(), s.writer->losses.begin(), s.writer->losses.end());
    return s.losses;
}

const std::vector<std::string>& StreamTranslator::faults() const {
    static const std::vector<std::string> kNone;
    return state_->reader ? state_->reader->faults : kNone;
}

std::uint64_t StreamTranslator::events() const { return state_->reader ? state_->reader->events : 0; }
std::string_view StreamTranslator::contentType() const { return state_->contentType; }

}  // namespace gatehouse::llm
