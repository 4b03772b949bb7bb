#include "cluster/resource.h"

#include "cluster/resource_json.h"
#include "http/characters.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::cluster {
namespace {

struct CodeName {
    int code;
    const char* name;
};
constexpr CodeName kCodes[] = {{401, "cluster-unauthorized"}, {403, "cluster-forbidden"}, {404, "cluster-not-found"}, {409, "cluster-conflict"},
                               {410, "cluster-expired"},      {400, "cluster-invalid"},   {422, "cluster-invalid"},   {429, "cluster-busy"},
                               {503, "cluster-busy"},         {504, "cluster-busy"}};

std::string endingWithDot(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    if (!text.empty() && text.back() != '.') text += '.';
    return text;
}

}  // namespace

bool ResourceType::can(std::string_view verb) const { return std::find(verbs.begin(), verbs.end(), verb) != verbs.end(); }

std::string ResourceType::path(std::string_view ns, std::string_view name) const {
    auto out = group.empty() ? "/api/" + version : fmt::format("/apis/{}/{}", group, version);
    if (namespaced && !ns.empty()) out += fmt::format("/namespaces/{}", escapedQuery(ns));
    out += "/" + plural;
    if (!name.empty()) out += "/" + escapedQuery(name);
    return out;
}

Error ApiStatus::error(std::string_view what) const {
    const auto found = std::find_if(std::begin(kCodes), std::end(kCodes), [&](const CodeName& each) { return each.code == code; });
    const std::string name = found == std::end(kCodes) ? "cluster-error" : found->name;
    if (code == 401) return {name, fmt::format("{}: the cluster does not accept the credentials (401); they may have expired.", what)};
    return {name, fmt::format("{}: {}", what, message.empty() ? fmt::format("the cluster answered {}.", code) : endingWithDot(message))};
}

std::vector<FieldConflict> conflictsOf(const ApiStatus& status) {
    std::vector<FieldConflict> out;
    for (const auto& cause : status.causes) {
        if (cause.reason != "FieldManagerConflict") continue;
        const auto first = cause.message.find('"');
        const auto last = first == std::string::npos ? first : cause.message.find('"', first + 1);
        out.push_back({cause.field, last == std::string::npos ? std::string() : cause.message.substr(first + 1, last - first - 1)});
    }
    return out;
}

ApiStatus readStatus(int code, std::string_view body, std::chrono::seconds retryAfter) {
    const auto json = parseJson(body);
    if (json && textOf(*json, "kind") == "Status") return statusOf(*json, code, retryAfter);
    ApiStatus out;
    out.code = code;
    out.retryAfter = retryAfter;
    // Proxies and webhooks answer in words of their own; the first line is enough.
    std::string line(body.substr(0, std::min<std::size_t>(body.find('\n'), 200)));
    if (!line.empty() && line.front() != '<' && line.front() != '{') out.message = fmt::format("the cluster answered {}: {}", code, line);
    return out;
}

ApiStatus statusOf(const Json& json, int code, std::chrono::seconds retryAfter) {
    ApiStatus out;
    const auto& number = memberOf(json, "code");
    out.code = number.is_number_integer() ? number.get<int>() : code;
    out.reason = textOf(json, "reason");
    out.message = textOf(json, "message");
    out.retryAfter = retryAfter;
    const auto& details = memberOf(json, "details");
    if (const auto& seconds = memberOf(details, "retryAfterSeconds"); seconds.is_number_integer() && retryAfter.count() == 0)
        out.retryAfter = std::chrono::seconds(std::clamp<std::int64_t>(seconds.get<std::int64_t>(), 0, 3600));
    for (const auto& cause : memberOf(details, "causes"))
        out.causes.push_back({textOf(cause, "reason"), textOf(cause, "field"), textOf(cause, "message")});
    return out;
}

Result<LiveObject> liveObjectOf(Json json, const ResourceType& type) {
    if (!json.is_object() || !memberOf(json, "metadata").is_object()) return fail("json", "The cluster sent something that is no object.");
    LiveObject out;
    // Metadata alone comes as another kind.
    if (textOf(json, "kind").empty() || textOf(json, "kind") == "PartialObjectMetadata") {
        json["kind"] = type.kind;
        json["apiVersion"] = type.apiVersion();
    }
    auto& metadata = json["metadata"];
    metadata.erase("managedFields");
    if (type.isSecret()) {
        // Even where a server should send them though it was not asked to.
        json.erase("data");
        json.erase("stringData");
        if (auto& annotations = metadata["annotations"]; annotations.is_object()) annotations.erase("kubectl.kubernetes.io/last-applied-configuration");
        else metadata.erase("annotations");
    }
    out.apiVersion = textOf(json, "apiVersion");
    out.key = {type.group, textOf(json, "kind"), textOf(metadata, "namespace"), textOf(metadata, "name")};
    out.uid = textOf(metadata, "uid");
    out.resourceVersion = textOf(metadata, "resourceVersion");
    if (out.key.name.empty()) return fail("json", "The cluster sent an object without a name.");
    // apiVersion and kind first, as everybody writes them.
    Json ordered = {{"apiVersion", out.apiVersion}, {"kind", out.key.kind}};
    for (auto& [name, value] : json.items())
        if (name != "apiVersion" && name != "kind") ordered[name] = std::move(value);
    out.json = std::make_shared<const std::string>(writeJson(ordered));
    return out;
}

Result<LiveObject> readLiveObject(std::string_view text, const ResourceType& type) {
    auto json = parseJson(text);
    if (!json) return tl::unexpected(json.error());
    return liveObjectOf(std::move(*json), type);
}

std::string yamlText(const std::vector<LiveObject>& objects) {
    std::string out;
    for (const auto& object : objects) {
        const auto json = parseJson(*object.json);
        if (!json) continue;
        if (!out.empty()) out += "---\n";
        out += text::yaml::writeNode(yamlOf(*json));
    }
    return out;
}

bool sameContent(const LiveObject& left, const LiveObject& right) {
    const auto content = [](const LiveObject& object) {
        auto json = parseJson(*object.json);
        if (!json) return Json();
        json->erase("status");  // Controllers write it at any time.
        for (const char* name : {"resourceVersion", "generation", "managedFields", "uid", "creationTimestamp"}) (*json)["metadata"].erase(name);
        return *json;
    };
    // Compared without the order of keys, which is the server's affair.
    return nlohmann::json(content(left)) == nlohmann::json(content(right));
}

std::string escapedQuery(std::string_view text) {
    std::string out;
    for (const char c : text) out += http::hasClass(c, http::kUnreserved) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return out;
}

}  // namespace gatehouse::cluster
