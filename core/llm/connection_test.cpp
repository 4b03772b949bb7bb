#include "llm/connection_test.h"

#include "llm/provider_request.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

namespace gatehouse::llm {
namespace {

using Name = ConnectionStep::Name;
using Outcome = ConnectionStep::Outcome;
using Steps = std::vector<ConnectionStep>;
constexpr std::size_t kMostAnswer = 256 * 1024;

struct Transfer {
    std::string answer;
    const std::function<bool()>* stopped = nullptr;
};

std::size_t onBody(char* data, std::size_t, std::size_t size, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (transfer.answer.size() < kMostAnswer) transfer.answer.append(data, std::min(size, kMostAnswer - transfer.answer.size()));
    return size;
}

int onProgress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& stopped = *static_cast<Transfer*>(user)->stopped;
    return stopped && stopped() ? 1 : 0;
}

/// What is sent: a chat of one token where the model is known, else the list of models.
struct Question {
    ClientCall call;
    ProviderRequest request;
    base::Buffer body;
    http::RequestHead head;
    std::string model;  ///< Empty: the list is asked for.
};

Result<void> ask(const Provider& provider, Question& out) {
    out.model = provider.modelOverride.empty() ? provider.parts.deployment : provider.modelOverride;
    out.head.method = out.model.empty() ? "GET" : "POST";
    out.call = clientCallOf(out.head.method, out.model.empty() ? "/v1/models" : "/v1/chat/completions", {});
    Result<ProviderRequest> made = tl::unexpected(Error{});
    if (out.model.empty()) {
        made = makeUnreadRequest(provider, out.call);
    } else {
        out.body.assign(R"({"model":"any","max_tokens":1,"messages":[{"role":"user","content":"Hi"}]})");
        std::optional<ChatRequestInfo> asked;
        made = makeProviderRequest(provider, out.call, asked, out.body);
    }
    if (!made) return tl::unexpected(made.error());
    out.request = std::move(*made);
    writeProviderHead(provider, out.call, out.request, out.head);
    return {};
}

/// Shows the first key that can be shown. The error's sentence says why there is none.
Result<std::string> showKey(const Provider& provider, Question& question) {
    const auto wall = std::chrono::system_clock::now();
    if (provider.auth == UpstreamAuth::Passthrough) return fail("passthrough", "The provider is shown the client's own key; there is none here to try.");
    if (!provider.credentials) {
        signProviderRequest(provider, question.head, question.body.view(), wall);
        return std::string();
    }
    const auto index = provider.credentials->choose(base::MonoClock::now(), wall, 0, true);
    const auto& name = provider.credentials->at(*index).name;
    const auto shown = stampKey(provider, question.request.choice.api, *index, question.head, question.body.view(), wall);
    if (shown.standing != TokenSource::Standing::Ready)
        return fail("no-credentials", fmt::format("{}: {}", name, shown.error.empty() ? "its token has not come yet." : shown.error));
    return name;
}

void set(Steps& steps, Name name, Outcome outcome, base::Micros took, std::string detail) {
    steps[static_cast<std::size_t>(name)] = {name, outcome, took, std::move(detail)};
}

/// Which of the first three steps a transfer got to, by libcurl's times.
Name reached(CURLcode code, bool tls, curl_off_t lookedUp, bool connected) {
    if (code == CURLE_COULDNT_RESOLVE_HOST || lookedUp == 0) return Name::Dns;
    if (code == CURLE_COULDNT_CONNECT || !connected) return Name::Tcp;
    return tls ? Name::Tls : Name::Auth;
}

std::string plainCause(CURLcode code, const ConnectionTarget& target, std::chrono::milliseconds patience) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST: return fmt::format("The name {} is not known.", target.host);
        case CURLE_COULDNT_CONNECT: return fmt::format("Nobody answers at port {}: the connection was refused or failed.", target.port);
        case CURLE_OPERATION_TIMEDOUT: return fmt::format("No answer within {} s.", patience.count() / 1000);
        case CURLE_PEER_FAILED_VERIFICATION: return "The certificate is not trusted, or is for another name.";
        case CURLE_SSL_CONNECT_ERROR: return "The other side does not speak TLS, or no version of it in common.";
        case CURLE_GOT_NOTHING:
        case CURLE_RECV_ERROR: return "The connection was closed without an answer.";
        case CURLE_ABORTED_BY_CALLBACK: return "The test was stopped.";
        default: return fmt::format("It failed: {}.", curl_easy_strerror(code));
    }
}

void noteConnection(CURL* easy, CURLcode code, const ConnectionTarget& target, std::chrono::milliseconds patience, Steps& steps) {
    curl_off_t lookedUp = 0, connected = 0, secured = 0, total = 0;
    curl_easy_getinfo(easy, CURLINFO_NAMELOOKUP_TIME_T, &lookedUp);
    curl_easy_getinfo(easy, CURLINFO_CONNECT_TIME_T, &connected);
    curl_easy_getinfo(easy, CURLINFO_APPCONNECT_TIME_T, &secured);
    curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &total);
    const char* address = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
    // libcurl tells the time of the connection only after a handshake that went well; a port of our own is there before.
    long localPort = 0;
    curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &localPort);
    const bool joined = connected > 0 || localPort > 0;
    const auto failedAt = code == CURLE_OK || (secured > 0 || (!target.tls && joined)) ? Name::Auth : reached(code, target.tls, lookedUp, joined);
    const auto cause = code == CURLE_OK ? std::string() : plainCause(code, target, patience);
    const std::string to = address != nullptr && *address != '\0' ? address : target.host;
    if (failedAt == Name::Dns) return set(steps, Name::Dns, Outcome::Failed, base::Micros(total), cause);
    set(steps, Name::Dns, Outcome::Passed, base::Micros(lookedUp), fmt::format("{} is {}.", target.host, to));
    if (failedAt == Name::Tcp) return set(steps, Name::Tcp, Outcome::Failed, base::Micros(std::max<curl_off_t>(0, total - lookedUp)), cause);
    set(steps, Name::Tcp, Outcome::Passed, base::Micros(connected > 0 ? std::max<curl_off_t>(0, connected - lookedUp) : -1), fmt::format("Connected to port {}.", target.port));
    if (!target.tls) set(steps, Name::Tls, Outcome::NotRun, base::Micros(-1), "Plain HTTP: TLS is used on port 443 alone.");
    else if (failedAt == Name::Tls) return set(steps, Name::Tls, Outcome::Failed, base::Micros(std::max<curl_off_t>(0, total - std::max(connected, lookedUp))), cause);
    else set(steps, Name::Tls, Outcome::Passed, base::Micros(std::max<curl_off_t>(0, secured - connected)), "The certificate is trusted and for this name.");
    if (code != CURLE_OK) set(steps, Name::Auth, Outcome::Failed, base::Micros(std::max<curl_off_t>(0, total - std::max(connected, secured))), cause);
}

std::string quoted(const Question& question, int status, const std::string& answer) {
    const auto* dialect = question.request.choice.provider != nullptr ? question.request.choice.provider : findDialect("openai-chat");
    auto message = readError(*dialect, status, answer).message;
    constexpr std::size_t kMost = 300;
    if (message.size() > kMost) message.resize(kMost);
    return message;
}

/// What the status says of the key, and what of the model.
void judge(int status, base::Micros took, const Question& question, const std::string& keyName, const std::string& answer, Steps& steps) {
    const auto shown = keyName.empty() ? std::string("No key is shown, and none was asked for.") : fmt::format("{} was taken.", keyName);
    const auto message = status >= 400 ? quoted(question, status, answer) : std::string();
    if (status == 401 || status == 403 || status == 402)
        return set(steps, Name::Auth, Outcome::Failed, took,
                   fmt::format("{} was refused with {}: {}", keyName.empty() ? std::string("A request without a key") : keyName, status, message));
    if (status >= 500 || status == 408)
        return set(steps, Name::Auth, Outcome::Failed, took, fmt::format("The provider answered {}: {}", status, message));
    set(steps, Name::Auth, Outcome::Passed, took, shown);
    if (question.model.empty()) {
        const bool listed = status == 200;
        set(steps, Name::Model, Outcome::NotRun, base::Micros(-1),
            listed ? std::string("Clients name the model; the list of models was answered.") : std::string("Clients name the model; there is no list of models."));
        return;
    }
    if (status == 429) return set(steps, Name::Model, Outcome::Failed, took, fmt::format("The key is known and limited: {}", message));
    if (status >= 300) return set(steps, Name::Model, Outcome::Failed, took, fmt::format("{} was refused with {}: {}", question.model, status, message));
    set(steps, Name::Model, Outcome::Passed, took, fmt::format("{} answered.", question.model));
}

std::string urlOf(const ConnectionTarget& target, const http::RequestHead& head) {
    const bool bareV6 = target.host.find(':') != std::string::npos && target.host.front() != '[';
    return fmt::format("{}://{}{}{}:{}{}{}{}", target.tls ? "https" : "http", bareV6 ? "[" : "", target.host, bareV6 ? "]" : "", target.port, head.path,
                       head.hasQuery ? "?" : "", head.hasQuery ? head.query : std::string_view{});
}

}  // namespace

std::string_view stepName(Name name) {
    constexpr std::array<std::string_view, 5> kNames{"DNS", "TCP", "TLS", "key", "model"};
    return kNames[static_cast<std::size_t>(name)];
}

std::vector<ConnectionStep> testConnection(const ConnectionTarget& target, std::chrono::milliseconds patience, const std::function<bool()>& stopped) {
    Steps steps;
    for (const auto name : {Name::Dns, Name::Tcp, Name::Tls, Name::Auth, Name::Model}) steps.push_back({name, Outcome::NotRun, base::Micros(-1), "Not tried."});
    const auto& provider = *target.provider;
    Question question;
    if (auto asked = ask(provider, question); !asked) {
        steps[static_cast<std::size_t>(Name::Auth)].detail = asked.error().message;
        question.head.path = "/";
    }
    const auto keyName = showKey(provider, question);
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), &curl_easy_cleanup);
    curl_slist* lines = nullptr;
    for (const auto& field : question.head.headers.fields()) lines = curl_slist_append(lines, fmt::format("{}: {}", field.name, field.value).c_str());
    lines = curl_slist_append(lines, "Expect:");
    Transfer transfer;
    transfer.stopped = &stopped;
    auto* handle = easy.get();
    const auto url = urlOf(target, question.head);
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, lines);
    // Without a key to show there is nothing to ask; the way there is tried all the same.
    if (!keyName) curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L);
    else if (question.body.size() > 0) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, question.body.view().data());
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(question.body.size()));
    }
    if (!target.caFile.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, target.caFile.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_PROXY, "");  // The data plane goes there by itself, too.
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, onProgress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "gatehouse");
    curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);  // Whoever stops it does not wait for a name.
    const auto code = curl_easy_perform(handle);
    curl_slist_free_all(lines);
    noteConnection(handle, code, target, patience, steps);
    if (code != CURLE_OK) return steps;
    if (!keyName) {
        const bool fine = keyName.error().code == "passthrough";
        set(steps, Name::Auth, fine ? Outcome::NotRun : Outcome::Failed, base::Micros(-1), keyName.error().message);
        return steps;
    }
    long status = 0;
    curl_off_t started = 0, total = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &started);
    curl_easy_getinfo(handle, CURLINFO_TOTAL_TIME_T, &total);
    judge(static_cast<int>(status), base::Micros(std::max<curl_off_t>(0, total - started)), question, *keyName, transfer.answer, steps);
    return steps;
}

}  // namespace gatehouse::llm
