#include "requests/xray.h"

#include "llm/guard_chain.h"
#include "models/format.h"
#include "requests/message_model.h"

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

}  // namespace

QString pathOfPointer(const QString& pointer) {
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

QSet<QString> counterpartsOf(const XrayLinks& links, XrayPlace at, const QString& pointer, XrayPlace in) {
    QSet<QString> found;
    if (at == in || pointer.isEmpty()) return found;
    const bool request = at == XrayPlace::ClientRequest || at == XrayPlace::ProviderRequest;
    const bool same = request == (in == XrayPlace::ClientRequest || in == XrayPlace::ProviderRequest);
    if (!same) return found;
    const auto& half = request ? links.request : links.answer;
    const bool forward = at == XrayPlace::ClientRequest || at == XrayPlace::ProviderAnswer;
    const auto wanted = pointer.toStdString();
    for (const auto& link : half.links) {
        const auto& here = forward ? link.from : link.to;
        const auto& there = forward ? link.to : link.from;
        if (llm::pointerHolds(wanted, here) || llm::pointerHolds(here, wanted)) found.insert(toQt(there));
    }
    return found;
}

}  // namespace gatehouse::ui
