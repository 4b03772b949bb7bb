#include "llm/answer_faults.h"

#include "http/message.h"
#include "text/find.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gatehouse::llm {
namespace {

using Json = nlohmann::json;
/// A first event longer than this is taken for good unread.
constexpr std::size_t kMostRead = 64 * 1024;
constexpr std::string_view kEvents = "text/event-stream";

struct Event {
    std::string name, data;
    bool hasData = false;
};

void readLine(std::string_view line, Event& event) {
    const auto colon = std::min(line.find(':'), line.size());
    const auto field = line.substr(0, colon);
    auto value = line.substr(std::min(colon + 1, line.size()));
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (field == "event") event.name = value;
    if (field != "data") return;
    event.data += event.hasData ? "\n" : "";
    event.data += value;
    event.hasData = true;
}

FirstEvent judge(const Event& event) {
    using Verdict = FirstEvent::Verdict;
    if (event.data == "[DONE]") return {Verdict::Good, {}};
    const auto json = Json::parse(event.data, nullptr, false);
    if (json.is_discarded()) return {Verdict::Failed, "The provider's stream began with something that is no JSON."};
    if (!json.is_object()) return {Verdict::Good, {}};
    const auto type = json.contains("type") && json["type"].is_string() ? json["type"].get<std::string>() : std::string();
    if (event.name == "ping" || type == "ping") return {Verdict::None, {}};
    const bool named = event.name == "error" || type == "error" || type == "response.failed";
    const bool holds = json.contains("error") && !json["error"].is_null() && json["error"] != "" && json["error"] != false;
    if (!named && !holds) return {Verdict::Good, {}};
    std::string message;
    const auto& error = holds ? json["error"] : json;
    if (error.is_string()) message = error.get<std::string>();
    else if (error.is_object() && error.contains("message") && error["message"].is_string()) message = error["message"].get<std::string>();
    return {Verdict::Failed, message.empty() ? std::string("The provider's stream began with an error.")
                                             : fmt::format("The provider's stream began with an error: {}", message)};
}

}  // namespace

FirstEvent judgeFirstEvent(std::string_view bytes, std::string_view contentType) {
    using Verdict = FirstEvent::Verdict;
    if (bytes.empty()) return {};
    if (!http::equalsIgnoreCase(contentType.substr(0, kEvents.size()), kEvents) || bytes.size() > kMostRead) return {Verdict::Good, {}};
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    Event event;
    while (!bytes.empty()) {
        const auto end = text::findLineEnd(bytes);
        if (end == std::string_view::npos) return {};
        const auto line = bytes.substr(0, end);
        const bool pair = bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n';
        bytes.remove_prefix(end + (pair ? 2 : 1));
        if (!line.empty()) {
            readLine(line, event);
            continue;
        }
        if (event.hasData)
            if (auto found = judge(event); found.verdict != Verdict::None) return found;
        event = {};
    }
    return {};
}

}  // namespace gatehouse::llm
