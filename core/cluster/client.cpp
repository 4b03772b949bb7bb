#include "cluster/client.h"

#include "cluster/resource_json.h"
#include "filter/encoding.h"
#include "net/tls.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace gatehouse::cluster {
namespace {

constexpr int kTries = 3;
constexpr std::chrono::seconds kLongestWait{10};

Error problemOf(const HttpAnswer& answer, std::string_view what) { return readStatus(answer.status, answer.body, answer.retryAfter).error(what); }

bool isGood(const HttpAnswer& answer) { return answer.status >= 200 && answer.status < 300; }

std::string listPath(const ResourceType& type, const std::string& ns, const ListOptions& options, const std::string& token, bool paged) {
    auto path = type.path(ns) + "?";
    if (paged) path += fmt::format("limit={}", options.pageSize);
    if (!token.empty()) path += "&continue=" + escapedQuery(token);
    if (!options.labelSelector.empty()) path += "&labelSelector=" + escapedQuery(options.labelSelector);
    if (!options.fieldSelector.empty()) path += "&fieldSelector=" + escapedQuery(options.fieldSelector);
    return path;
}

}  // namespace

std::string acceptFor(const ResourceType& type, bool list) {
    if (!type.isSecret()) return "application/json";
    return fmt::format("application/json;as=PartialObjectMetadata{};g=meta.k8s.io;v=v1", list ? "List" : "");
}

Client::Client(Target target, ClientOptions options)
    : transport_(std::make_shared<Credentials>(std::move(target), std::move(options.consent), options.exec)) {}

Result<HttpAnswer> Client::read(const std::string& path, const std::string& accept) {
    HttpRequest request;
    request.path = path;
    request.accept = accept;
    for (int tried = 1;; ++tried) {
        auto answer = transport_.ask(request);
        const bool busy = answer && (answer->status == 429 || answer->status == 503) && answer->retryAfter.count() > 0;
        if (!busy || tried == kTries) return answer;
        std::this_thread::sleep_for(std::min(answer->retryAfter, kLongestWait));
    }
}

Result<ObjectList> Client::list(const ResourceType& type, const std::string& ns, const ListOptions& options) {
    const auto what = fmt::format("{} cannot be listed", type.plural);
    ObjectList out;
    std::string token;
    bool paged = options.pageSize > 0;
    while (true) {
        const auto answer = read(listPath(type, ns, options, token, paged), acceptFor(type, true));
        if (!answer) return tl::unexpected(answer.error());
        if (answer->status == 410 && !token.empty()) {
            // The token that comes along would go on in another moment; the whole is asked for at once instead.
            out = {};
            token.clear();
            paged = false;
            continue;
        }
        if (!isGood(*answer)) return tl::unexpected(problemOf(*answer, what));
        auto json = parseJson(answer->body);
        if (!json || !memberOf(*json, "metadata").is_object()) return fail("cluster-error", fmt::format("{}: the answer is no list.", what));
        const auto& metadata = memberOf(*json, "metadata");
        out.resourceVersion = textOf(metadata, "resourceVersion");
        token = textOf(metadata, "continue");
        if (auto items = json->find("items"); items != json->end() && items->is_array()) {
            for (auto& item : *items) {
                auto object = liveObjectOf(std::move(item), type);
                if (!object) return tl::unexpected(object.error());
                out.objects.push_back(std::move(*object));
            }
        }
        if (out.objects.size() > options.mostObjects) return fail("cluster-too-large", fmt::format("{}: there are more than {}.", what, options.mostObjects));
        if (token.empty()) return out;
    }
}

Result<LiveObject> Client::get(const ResourceType& type, const std::string& ns, const std::string& name) {
    const auto answer = read(type.path(ns, name), acceptFor(type, false));
    if (!answer) return tl::unexpected(answer.error());
    if (!isGood(*answer)) return tl::unexpected(problemOf(*answer, fmt::format("{} {} cannot be read", type.kind, name)));
    return readLiveObject(answer->body, type);
}

Result<std::map<std::string, secret::SecretValue>> Client::readSecret(const std::string& ns, const std::string& name) {
    const ResourceType type{"", "v1", "secrets", "Secret", true, {}};
    auto answer = read(type.path(ns, name));
    if (!answer) return tl::unexpected(answer.error());
    std::map<std::string, secret::SecretValue> out;
    if (!isGood(*answer)) return tl::unexpected(problemOf(*answer, fmt::format("Secret {}/{} cannot be read", ns, name)));
    const auto json = parseJson(answer->body);
    net::cleanse(answer->body);
    if (!json) return fail("cluster-error", fmt::format("Secret {}/{} cannot be read: the answer is no JSON.", ns, name));
    for (const auto& [key, value] : memberOf(*json, "data").items()) {
        auto decoded = value.is_string() ? filter::fromBase64(value.get_ref<const std::string&>()) : std::nullopt;
        if (!decoded) return fail("cluster-error", fmt::format("Secret {}/{}: the value of {} is no base64.", ns, name, key));
        out.emplace(key, secret::SecretValue(std::move(*decoded)));
    }
    return out;
}

Result<Access> Client::mayI(const AccessQuestion& question) {
    Json attributes = {{"verb", question.verb}, {"group", question.group}, {"resource", question.resource}};
    if (!question.subresource.empty()) attributes["subresource"] = question.subresource;
    if (!question.ns.empty()) attributes["namespace"] = question.ns;
    if (!question.name.empty()) attributes["name"] = question.name;
    const Json review = {{"apiVersion", "authorization.k8s.io/v1"}, {"kind", "SelfSubjectAccessReview"}, {"spec", {{"resourceAttributes", attributes}}}};
    HttpRequest request;
    request.method = "POST";
    request.path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    request.contentType = "application/json";
    request.body = writeJson(review);
    const auto answer = transport_.ask(std::move(request));
    if (!answer) return tl::unexpected(answer.error());
    if (!isGood(*answer)) return tl::unexpected(problemOf(*answer, "What is allowed cannot be asked"));
    const auto json = parseJson(answer->body);
    if (!json) return fail("cluster-error", "What is allowed cannot be asked: the answer is no JSON.");
    const auto& status = memberOf(*json, "status");
    return Access{flagOf(status, "allowed"), textOf(status, "reason")};
}

Result<HttpAnswer> Client::podProxy(const std::string& ns, const std::string& pod, unsigned port, const std::string& path, bool tls) {
    const ResourceType type{"", "v1", "pods", "Pod", true, {}};
    auto name = (tls ? "https:" : "") + pod;
    if (port != 0 || tls) name += port != 0 ? fmt::format(":{}", port) : ":";
    const auto answer = read(fmt::format("{}/{}/proxy{}{}", type.path(ns), name, path.starts_with('/') ? "" : "/", path), "*/*");
    if (answer && !isGood(*answer)) return tl::unexpected(problemOf(*answer, fmt::format("Pod {}/{} cannot be asked through the cluster", ns, pod)));
    return answer;
}

Result<HttpAnswer> Client::change(HttpRequest request, std::string_view what) {
    if (locked_.load()) return fail("locked", fmt::format("{}: context \"{}\" is read-only until it is unlocked.", what, target().context));
    return transport_.ask(std::move(request));
}

Result<ApplyAnswer> Client::apply(const ResourceType& type, const std::string& ns, const std::string& name, const std::string& json, const ApplyOptions& options) {
    const auto what = fmt::format("{} {} cannot be applied", type.kind, name);
    ApplyAnswer out;
    if (auto before = get(type, ns, name)) out.before = std::move(*before);
    else if (before.error().code != "cluster-not-found" && before.error().code != "cluster-forbidden") return tl::unexpected(before.error());
    HttpRequest request;
    request.method = "PATCH";
    request.path = fmt::format("{}?fieldManager={}&fieldValidation=Strict", type.path(ns, name), kFieldManager);
    if (options.force) request.path += "&force=true";
    if (options.dryRun) request.path += "&dryRun=All";
    request.contentType = "application/apply-patch+yaml";
    request.body = json;
    const auto answer = options.dryRun ? transport_.ask(std::move(request)) : change(std::move(request), what);
    if (!answer) return tl::unexpected(answer.error());
    out.warnings = answer->warnings;
    if (!isGood(*answer)) {
        out.status = readStatus(answer->status, answer->body, answer->retryAfter);
        if (answer->status == 401) return tl::unexpected(out.status.error(what));
        out.conflicts = conflictsOf(out.status);
        out.outcome = out.conflicts.empty() ? ApplyOutcome::Refused : ApplyOutcome::Conflict;
        return out;
    }
    auto after = readLiveObject(answer->body, type);
    if (!after) return tl::unexpected(after.error());
    out.after = std::move(*after);
    const bool same = out.before && sameContent(*out.before, *out.after);
    out.outcome = answer->status == 201 ? ApplyOutcome::Created : same ? ApplyOutcome::Unchanged : ApplyOutcome::Changed;
    return out;
}

Result<void> Client::remove(const ResourceType& type, const std::string& ns, const std::string& name) {
    const auto what = fmt::format("{} {} cannot be deleted", type.kind, name);
    HttpRequest request;
    request.method = "DELETE";
    request.path = type.path(ns, name);
    const auto answer = change(std::move(request), what);
    if (!answer) return tl::unexpected(answer.error());
    if (!isGood(*answer)) return tl::unexpected(problemOf(*answer, what));
    return {};
}

}  // namespace gatehouse::cluster
