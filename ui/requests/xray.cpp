#include "requests/xray.h"

#include "llm/guard_chain.h"
#include "models/format.h"
#include "requests/message_model.h"
#include "requests/stream_parts.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace gatehouse::ui {
namespace {

using Json = nlohmann::ordered_json;
using Kind = XrayRemark::Kind;

constexpr std::size_t kMostRemarks = 500;

bool isJsonBody(const llm::CapturedMessage& message) {
    const auto type = contentTypeOf(message.head);
    return !message.body.empty() && !message.cut() && type.find("stream") == std::string::npos && type.find("ndjson") == std::string::npos;
}

void addRemark(XrayLinks& links, Kind kind, XrayPlace place, const std::string& pointer, const std::string& path, const std::string& reason) {
    if (links.remarks.size() >= kMostRemarks) return;
    links.remarks.push_back({kind, place, toQt(pointer), path.empty() ? pathOfPointer(toQt(pointer)) : toQt(path), reason});
}

void addLosses(XrayLinks& links, const llm::Losses& losses, XrayPlace from, XrayPlace to) {
    for (const auto& loss : losses) {
        const bool defaulted = loss.kind == llm::Loss::Kind::Defaulted;
        const auto kind = defaulted ? Kind::Defaulted : loss.kind == llm::Loss::Kind::Coerced ? Kind::Coerced : Kind::Dropped;
        addRemark(links, kind, defaulted ? to : from, llm::pointerOf(loss.path), loss.path, loss.reason);
    }
}

/// What stands in the result with nothing behind it, but for what a loss tells already.
void addAdded(XrayLinks& links, const llm::FieldLinks& half, XrayPlace place) {
    for (const auto& pointer : half.added) {
        const bool told = std::any_of(links.remarks.begin(), links.remarks.end(), [&](const XrayRemark& remark) {
            return remark.kind == Kind::Defaulted && remark.place == place && remark.pointer == toQt(pointer);
        });
        if (!told) addRemark(links, Kind::Added, place, pointer, {}, {});
    }
}

llm::FieldLinks linked(const llm::Dialect& from, const llm::Dialect& to, const std::string& before, const std::string& after, bool answer, const std::string& model) {
    llm::FieldLinkOptions options;
    options.answer = answer;
    options.given.model = model;
    return llm::linkFields(from, to, before, after, options);
}

/// The message that a hit's number counts, in the words of the body's dialect.
std::string messagePointer(const std::string& body, std::size_t index) {
    const auto json = Json::parse(body, nullptr, false);
    if (!json.is_object()) return {};
    for (const char* list : {"messages", "contents", "input"})
        if (const auto found = json.find(list); found != json.end() && found->is_array() && index < found->size()) return "/" + std::string(list) + "/" + std::to_string(index);
    return {};
}

void addHits(XrayLinks& links, const std::vector<llm::GuardHit>& hits, const std::string& body, XrayPlace place) {
    for (const auto& hit : hits) {
        auto pointer = hit.scope == llm::TextScope::SystemPrompt ? std::string() : messagePointer(body, hit.messageIndex);
        addRemark(links, Kind::Guard, place, pointer, pointer.empty() ? hit.rule : std::string(), hit.rule);
    }
}

/// A chat of OpenAI's whose client wants to read what it used.
bool asksUsage(const llm::CapturedMessage& request) {
    const auto json = Json::parse(request.body, nullptr, false);
    if (!json.is_object() || !json.contains("stream_options") || !json["stream_options"].is_object()) return false;
    const auto& options = json["stream_options"];
    return options.contains("include_usage") && options["include_usage"] == true;
}

/// Does an event of this kind say something that a client would miss?
bool tells(const llm::StreamPart& part) {
    using Part = llm::StreamPart::Kind;
    return !part.text.empty() || part.kind == Part::Finish || part.kind == Part::Usage || part.kind == Part::Error;
}

void linkStream(XrayLinks& links, const llm::CaptureData& data, const llm::CapturedTry& asked) {
    links.providerParts = streamGrammarOf(asked.answer, asked.dialect)->parts();
    links.clientParts = streamGrammarOf(data.clientAnswer, data.clientDialect)->parts();
    const llm::LinkedStream provider{llm::findDialect(asked.dialect), asked.answer.body, &links.providerParts, contentTypeOf(asked.answer.head)};
    const llm::LinkedStream client{llm::findDialect(data.clientDialect), data.clientAnswer.body, &links.clientParts, contentTypeOf(data.clientAnswer.head)};
    links.stream = llm::linkStreams(provider, client, {data.model, asksUsage(data.clientRequest), !asked.answer.cut()});
    if (!links.stream.known()) return;
    // Of what is kept in part alone nobody knows what became of the rest.
    const bool whole = !asked.answer.cut() && !data.clientAnswer.cut();
    const auto last = [&](const std::vector<llm::StreamLinks::Event>& events) {
        std::size_t end = events.size();
        while (!whole && end > 0 && events[end - 1].others.empty()) --end;
        return end;
    };
    const auto providerEnd = last(links.stream.provider), clientEnd = last(links.stream.client);
    for (std::size_t i = 0; i < links.stream.provider.size(); ++i) {
        const auto& event = links.stream.provider[i];
        const auto pointer = "#" + std::to_string(i);
        for (const auto& loss : event.losses)
            addRemark(links, loss.kind == llm::Loss::Kind::Coerced ? Kind::Coerced : Kind::Dropped, XrayPlace::ProviderAnswer, pointer, {}, loss.reason);
        if (event.others.empty() && event.losses.empty() && i < providerEnd && tells(links.providerParts[i]))
            addRemark(links, Kind::Dropped, XrayPlace::ProviderAnswer, pointer, {}, llm::kNothingCame);
    }
    for (std::size_t i = 0; i < clientEnd; ++i)
        if (links.stream.client[i].others.empty()) addRemark(links, Kind::Added, XrayPlace::ClientAnswer, "#" + std::to_string(i), {}, {});
}

}  // namespace

int eventOf(const QString& pointer) {
    if (!pointer.startsWith(QLatin1Char('#'))) return -1;
    const auto slash = pointer.indexOf(QLatin1Char('/'));
    bool number = false;
    const auto event = pointer.mid(1, slash < 0 ? -1 : slash - 1).toInt(&number);
    return number ? event : -1;
}

QString pathOfPointer(const QString& pointer) {
    if (const auto event = eventOf(pointer); event >= 0) {
        const auto slash = pointer.indexOf(QLatin1Char('/'));
        const auto field = slash < 0 ? QString() : pathOfPointer(pointer.mid(slash));
        return QStringLiteral("#%1").arg(event + 1) + (field.isEmpty() ? QString() : QLatin1Char(' ') + field);
    }
    QString out;
    for (auto part : pointer.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        bool number = false;
        part.toUInt(&number);
        part.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
        if (number) out += QLatin1Char('[') + part + QLatin1Char(']');
        else out += (out.isEmpty() ? QString() : QStringLiteral(".")) + part;
    }
    return out;
}

XrayLinks xrayOf(const llm::CaptureData& data, std::size_t number, const telemetry::RequestRecord& record) {
    XrayLinks links;
    const auto* client = llm::findDialect(data.clientDialect);
    const bool has = number < data.tries.size();
    if (has) {
        const auto& asked = data.tries[number];
        const auto* provider = llm::findDialect(asked.dialect);
        addLosses(links, asked.losses, XrayPlace::ClientRequest, XrayPlace::ProviderRequest);
        if (client != nullptr && provider != nullptr && isJsonBody(data.clientRequest) && isJsonBody(asked.request)) {
            links.request = linked(*client, *provider, data.clientRequest.body, asked.request.body, false, data.model);
            links.requestLinked = links.request.problem.empty();
            addAdded(links, links.request, XrayPlace::ProviderRequest);
        } else if (data.clientRequest.cut() || asked.request.cut()) {
            links.cut = true;
        }
        if (!asked.passedOn) {
            llm::Losses losses(record.losses.begin() + static_cast<std::ptrdiff_t>(std::min(asked.losses.size(), record.losses.size())), record.losses.end());
            addLosses(links, losses, XrayPlace::ProviderAnswer, XrayPlace::ClientAnswer);
            const bool good = asked.status >= 200 && asked.status < 300;
            if (client != nullptr && provider != nullptr && good && isJsonBody(asked.answer) && isJsonBody(data.clientAnswer)) {
                links.answer = linked(*provider, *client, asked.answer.body, data.clientAnswer.body, true, data.model);
                links.answerLinked = links.answer.problem.empty();
                addAdded(links, links.answer, XrayPlace::ClientAnswer);
            } else if (good && isStream(asked.answer) && isStream(data.clientAnswer)) {
                linkStream(links, data, asked);
            } else if (asked.answer.cut() || data.clientAnswer.cut()) {
                links.cut = true;
            }
        }
    }
    addHits(links, record.guard.hits, data.clientRequest.body, XrayPlace::ClientRequest);
    addHits(links, record.answerGuard.hits, {}, XrayPlace::ProviderAnswer);
    if (record.guardReport)
        for (const auto& finding : record.guardReport->findings)
            addHits(links, finding.hits, finding.answer ? std::string() : data.clientRequest.body, finding.answer ? XrayPlace::ProviderAnswer : XrayPlace::ClientRequest);
    return links;
}

XrayLinks xrayOfBody(const llm::Dialect& from, const llm::Dialect& to, const std::string& body, bool answer) {
    XrayLinks links;
    links.request = linked(from, to, body, {}, answer, {});
    links.requestLinked = links.request.problem.empty();
    addLosses(links, links.request.losses, XrayPlace::ClientRequest, XrayPlace::ProviderRequest);
    addAdded(links, links.request, XrayPlace::ProviderRequest);
    return links;
}

namespace {

QSet<QString> eventCounterparts(const XrayLinks& links, bool forward, const QString& pointer) {
    QSet<QString> found;
    const auto event = static_cast<std::size_t>(eventOf(pointer));
    const auto& side = forward ? links.stream.provider : links.stream.client;
    if (event >= side.size()) return found;
    const auto slash = pointer.indexOf(QLatin1Char('/'));
    const auto field = slash < 0 ? std::string() : pointer.mid(slash).toStdString();
    const auto& here = (forward ? links.providerParts : links.clientParts)[event];
    for (const auto other : side[event].others) {
        const auto base = QStringLiteral("#%1").arg(other);
        bool any = false;
        if (!field.empty())
            for (const auto& link : llm::linkValues(here.data, (forward ? links.clientParts : links.providerParts)[other].data))
                if (llm::pointerHolds(field, link.from)) {
                    found.insert(base + toQt(link.to));
                    any = true;
                }
        if (!any) found.insert(base);
    }
    return found;
}

}  // namespace

QSet<QString> counterpartsOf(const XrayLinks& links, XrayPlace at, const QString& pointer, XrayPlace in) {
    QSet<QString> found;
    if (at == in || pointer.isEmpty()) return found;
    const bool request = at == XrayPlace::ClientRequest || at == XrayPlace::ProviderRequest;
    const bool same = request == (in == XrayPlace::ClientRequest || in == XrayPlace::ProviderRequest);
    if (!same) return found;
    const auto& half = request ? links.request : links.answer;
    const bool forward = at == XrayPlace::ClientRequest || at == XrayPlace::ProviderAnswer;
    if (eventOf(pointer) >= 0) return request ? found : eventCounterparts(links, forward, pointer);
    const auto wanted = pointer.toStdString();
    for (const auto& link : half.links) {
        const auto& here = forward ? link.from : link.to;
        const auto& there = forward ? link.to : link.from;
        if (llm::pointerHolds(wanted, here) || llm::pointerHolds(here, wanted)) found.insert(toQt(there));
    }
    return found;
}

}  // namespace gatehouse::ui
