#include "lab/prompt_client.h"

#include "base/clock.h"
#include "http/characters.h"
#include "http/message.h"
#include "llm/client_api.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace gatehouse::lab {
namespace {

using Json = nlohmann::ordered_json;
using State = PromptAnswer::State;

constexpr std::size_t kMostAnswer = 16 * 1024 * 1024;
constexpr long kConnectSeconds = 5;

std::string written(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string textOf(const Json& object, const char* key) {
    if (!object.is_object()) return {};
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Json chatBody(const Prompt& prompt) {
    Json body;
    body["model"] = prompt.model;
    auto& messages = body["messages"] = Json::array();
    if (!prompt.system.empty()) messages.push_back({{"role", "system"}, {"content", prompt.system}});
    messages.push_back({{"role", "user"}, {"content", prompt.user}});
    if (prompt.temperature) body["temperature"] = *prompt.temperature;
    if (prompt.maxTokens) body["max_tokens"] = *prompt.maxTokens;
    if (prompt.stream) {
        body["stream"] = true;
        body["stream_options"] = {{"include_usage", true}};
    }
    return body;
}

/// "{model}" in a path is the model's place.
std::string filledIn(std::string path, const Prompt& prompt) {
    constexpr std::string_view kModel = "{model}";
    if (const auto at = path.find(kModel); at != std::string::npos) {
        char* model = curl_easy_escape(nullptr, prompt.model.data(), static_cast<int>(prompt.model.size()));
        path.replace(at, kModel.size(), model != nullptr ? model : "");
        curl_free(model);
    }
    return path;
}

/// What one event of an answer in OpenAI's words adds.
void addChunk(PromptAnswer& answer, const Json& chunk, std::int64_t micros) {
    if (!chunk.is_object()) return;
    if (auto model = textOf(chunk, "model"); !model.empty()) answer.model = std::move(model);
    if (const auto error = chunk.find("error"); error != chunk.end() && error->is_object()) {
        answer.error = textOf(*error, "message");
        answer.state = State::Failed;
    }
    const auto choices = chunk.find("choices");
    if (choices == chunk.end() || !choices->is_array() || choices->empty() || !choices->front().is_object()) return;
    const auto& choice = choices->front();
    if (auto finish = textOf(choice, "finish_reason"); !finish.empty()) answer.finish = std::move(finish);
    const auto delta = choice.contains("delta") ? choice.find("delta") : choice.find("message");
    if (delta == choice.end() || !delta->is_object()) return;
    const auto text = textOf(*delta, "content") + textOf(*delta, "refusal");
    const auto thought = textOf(*delta, "reasoning_content");
    std::string calls;
    if (const auto list = delta->find("tool_calls"); list != delta->end() && list->is_array())
        for (const auto& call : *list) {
            if (!call.is_object() || !call.contains("function")) continue;
            const auto name = textOf(call["function"], "name");
            if (!name.empty()) calls += fmt::format("{}{} ", answer.toolCalls.empty() ? "" : "\n", name);
            calls += textOf(call["function"], "arguments");
        }
    if (text.empty() && thought.empty() && calls.empty()) return;
    answer.text += text;
    answer.thinking += thought;
    answer.toolCalls += calls;
    if (answer.firstTokenMicros < 0) answer.firstTokenMicros = micros;
    answer.lastTokenMicros = micros;
    ++answer.pieces;
}

}  // namespace

double PromptAnswer::tokensPerSecond() const {
    const auto count = usage.known && usage.outputTokens > 0 ? usage.outputTokens : pieces;
    const auto span = lastTokenMicros - firstTokenMicros;
    if (firstTokenMicros < 0 || count < 2 || span <= 0) return 0;
    return static_cast<double>(count - 1) * 1e6 / static_cast<double>(span);
}

Result<PromptRequest> writePrompt(const Prompt& prompt, const PromptTarget& target) {
    PromptRequest out;
    out.target = filledIn(target.path, prompt);
    const auto mark = out.target.find('?');
    const auto query = mark == std::string::npos ? std::string_view() : std::string_view(out.target).substr(mark + 1);
    const auto call = llm::clientCallOf("POST", std::string_view(out.target).substr(0, mark), query);
    const auto& chat = *llm::findDialect("openai-chat");
    out.dialect = call.dialect != nullptr ? call.dialect : &chat;
    if (llm::operationOf(*out.dialect) != llm::Operation::Chat) return fail("unsupported", "The path is of an API that has no chats.");
    auto made = llm::translateRequest(chat, *out.dialect, written(chatBody(prompt)));
    if (!made) return tl::unexpected(made.error());
    out.body = std::move(made->body);
    out.losses = std::move(made->losses);
    if (call.api == llm::ClientApi::Generate && prompt.stream && query.find("alt=sse") == std::string_view::npos)
        out.target += mark == std::string::npos ? "?alt=sse" : "&alt=sse";
    return out;
}

std::string promptUrl(const PromptTarget& target) {
    if (!target.tls) return "http://" + target.address;
    const auto colon = target.address.rfind(':');
    const auto named = target.host.find(':') == std::string::npos ? target.host : target.host.substr(0, target.host.find(':'));
    return "https://" + (named.empty() ? target.address.substr(0, colon) : named) + (colon == std::string::npos ? "" : target.address.substr(colon));
}

struct PromptClient::Impl {
    /// One request under way, or over. Guarded by the mutex, but for what only the thread touches.
    struct Call {
        PromptAnswer answer;
        bool cancelled = false;

        // The thread's alone, once it was handed over.
        std::string url, host, body;
        std::string connectTo, caPem, identityPem;  ///< Of TLS.
        std::vector<std::pair<std::string, std::string>> headers;
        const llm::Dialect* dialect = nullptr;
        Impl* owner = nullptr;
        CURL* easy = nullptr;
        curl_slist* list = nullptr;
        curl_slist* places = nullptr;
        base::MonoTime began{};
        std::string contentType;
        std::string bytes;    ///< Of an answer in one piece.
        std::string pending;  ///< Of an event in OpenAI's words.
        std::unique_ptr<llm::StreamTranslator> stream;
        char problem[CURL_ERROR_SIZE] = "";
    };

    mutable std::mutex mutex;
    std::map<std::uint64_t, std::shared_ptr<Call>> calls;
    std::deque<std::shared_ptr<Call>> waiting;  ///< Handed over, not begun.
    std::uint64_t numbers = 0;
    bool stopping = false;

    CURLM* multi = nullptr;
    std::vector<std::shared_ptr<Call>> open;  ///< The thread's.
    std::thread thread;

    void run();
    void begin(const std::shared_ptr<Call>& call);
    void takeBytes(Call& call, std::string_view bytes);
    void readEvents(Call& call);
    void end(const std::shared_ptr<Call>& call, CURLcode code);
    void readWhole(Call& call);
    void collect();
    void dropCancelled();

    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* user);
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* user);
};

namespace {
std::int64_t since(base::MonoTime began) { return std::chrono::duration_cast<base::Micros>(base::MonoClock::now() - began).count(); }
}  // namespace

void PromptClient::Impl::begin(const std::shared_ptr<Call>& call) {
    call->easy = curl_easy_init();
    auto* easy = call->easy;
    curl_easy_setopt(easy, CURLOPT_URL, call->url.c_str());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    if (!call->connectTo.empty()) {
        call->places = curl_slist_append(nullptr, call->connectTo.c_str());
        curl_easy_setopt(easy, CURLOPT_CONNECT_TO, call->places);
        // This listener and no other: what the machine trusts besides says nothing here.
        curl_blob anchors{call->caPem.data(), call->caPem.size(), CURL_BLOB_NOCOPY};
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &anchors);
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
        if (!call->identityPem.empty()) {
            curl_blob identity{call->identityPem.data(), call->identityPem.size(), CURL_BLOB_NOCOPY};
            curl_easy_setopt(easy, CURLOPT_SSLCERT_BLOB, &identity);
            curl_easy_setopt(easy, CURLOPT_SSLKEY_BLOB, &identity);
        }
    }
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "gatehouse-playground");
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->problem);
    const auto add = [&](const std::string& line) { call->list = curl_slist_append(call->list, line.c_str()); };
    add("Content-Type: application/json");
    add("Expect:");
    if (!call->host.empty()) add("Host: " + call->host);
    for (const auto& [name, value] : call->headers) add(name + ": " + value);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, call->list);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call->body.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call->body.size()));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeader);
    // Both callbacks run within perform(), on this thread; the call outlives its handle.
    call->owner = this;
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, call.get());
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, call.get());
    {
        const std::lock_guard lock(mutex);
        call->began = base::MonoClock::now();
    }
    curl_multi_add_handle(multi, easy);
    open.push_back(call);
}

std::size_t PromptClient::Impl::onHeader(char* data, std::size_t size, std::size_t count, void* user) {
    auto& call = *static_cast<Call*>(user);
    auto line = http::trimOws(std::string_view(data, size * count));
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    const std::lock_guard lock(call.owner->mutex);
    if (line.starts_with("HTTP/")) {
        long status = 0;
        curl_easy_getinfo(call.easy, CURLINFO_RESPONSE_CODE, &status);
        call.answer.status = static_cast<int>(status);
        return size * count;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return size * count;
    const auto value = http::trimOws(line.substr(colon + 1));
    if (http::equalsIgnoreCase(line.substr(0, colon), "x-request-id")) call.answer.requestId = value;
    if (http::equalsIgnoreCase(line.substr(0, colon), "content-type")) call.contentType = value;
    return size * count;
}

std::size_t PromptClient::Impl::onBody(char* data, std::size_t size, std::size_t count, void* user) {
    auto& call = *static_cast<Call*>(user);
    if (call.bytes.size() + size * count > kMostAnswer) return 0;
    call.owner->takeBytes(call, {data, size * count});
    return size * count;
}

void PromptClient::Impl::takeBytes(Call& call, std::string_view bytes) {
    const bool streams = call.contentType.find("stream") != std::string::npos || call.contentType.find("ndjson") != std::string::npos;
    if (!streams || call.answer.status >= 400) {
        call.bytes.append(bytes);
        return;
    }
    const auto& chat = *llm::findDialect("openai-chat");
    if (!call.stream && llm::canTranslateStream(*call.dialect, chat)) call.stream = std::make_unique<llm::StreamTranslator>(*call.dialect, chat, "", true);
    if (!call.stream) {
        call.bytes.append(bytes);
        return;
    }
    call.stream->feed(bytes, call.pending);
    readEvents(call);
}

/// Whole events in OpenAI's words, which end with an empty line.
void PromptClient::Impl::readEvents(Call& call) {
    const auto micros = since(call.began);
    const std::lock_guard lock(mutex);
    auto& answer = call.answer;
    if (answer.state == State::Waiting) answer.state = State::Streaming;
    auto left = std::string_view(call.pending);
    for (std::size_t end = 0; (end = left.find('\n')) != std::string_view::npos; left.remove_prefix(end + 1)) {
        auto line = left.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        constexpr std::string_view kData = "data:";
        if (!line.starts_with(kData)) continue;
        const auto chunk = Json::parse(http::trimOws(line.substr(kData.size())), nullptr, false);
        addChunk(answer, chunk, micros);
    }
    call.pending.erase(0, call.pending.size() - left.size());
    if (call.stream->usage().known) answer.usage = call.stream->usage();
    answer.totalMicros = micros;
}

/// An answer, or an error, that came in one piece.
void PromptClient::Impl::readWhole(Call& call) {
    auto& answer = call.answer;
    if (answer.status >= 400) {
        const auto error = llm::readError(*call.dialect, answer.status, call.bytes);
        answer.state = State::Failed;
        answer.error = error.message;
        return;
    }
    const auto& chat = *llm::findDialect("openai-chat");
    auto made = llm::translateAnswer(*call.dialect, chat, call.bytes);
    if (!made) {
        answer.state = State::Failed;
        answer.error = made.error().message;
        return;
    }
    answer.usage = made->usage;
    // The same dialect passes as it is.
    addChunk(answer, Json::parse(made->body, nullptr, false), since(call.began));
    if (answer.state != State::Failed) answer.state = State::Done;
}

void PromptClient::Impl::end(const std::shared_ptr<Call>& call, CURLcode code) {
    bool whole = true;
    if (call->stream) {
        whole = call->stream->finish(call->pending);
        readEvents(*call);
    }
    const std::lock_guard lock(mutex);
    auto& answer = call->answer;
    answer.totalMicros = since(call->began);
    if (call->cancelled) {
        answer.state = State::Cancelled;
    } else if (code != CURLE_OK && (!call->stream || answer.state != State::Failed)) {
        answer.state = State::Failed;
        answer.error = call->problem[0] != '\0' ? call->problem : curl_easy_strerror(code);
    } else if (call->stream) {
        if (answer.state != State::Failed) answer.state = whole ? State::Done : State::Failed;
        if (!whole && answer.error.empty()) answer.error = "The stream broke off before its end.";
    } else {
        readWhole(*call);
    }
    curl_multi_remove_handle(multi, call->easy);
    curl_easy_cleanup(call->easy);
    curl_slist_free_all(call->list);
    curl_slist_free_all(call->places);
    call->easy = nullptr;
    call->list = call->places = nullptr;
    call->stream.reset();
    call->bytes = {};
    call->body = {};
    call->headers.clear();
}

void PromptClient::Impl::collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const auto code = message->data.result;
        const auto found = std::find_if(open.begin(), open.end(), [&](const auto& call) { return call->easy == message->easy_handle; });
        if (found == open.end()) continue;
        const auto call = *found;
        open.erase(found);
        end(call, code);
    }
}

void PromptClient::Impl::dropCancelled() {
    std::vector<std::shared_ptr<Call>> gone;
    {
        const std::lock_guard lock(mutex);
        for (const auto& call : open)
            if (call->cancelled) gone.push_back(call);
    }
    for (const auto& call : gone) {
        std::erase(open, call);
        end(call, CURLE_ABORTED_BY_CALLBACK);
    }
}

void PromptClient::Impl::run() {
    while (true) {
        std::deque<std::shared_ptr<Call>> fresh;
        {
            const std::lock_guard lock(mutex);
            if (stopping) break;
            fresh.swap(waiting);
        }
        for (const auto& call : fresh) begin(call);
        int running = 0;
        curl_multi_perform(multi, &running);
        collect();
        dropCancelled();
        constexpr int kIdleMillis = 10'000;  // wakeup() ends it.
        curl_multi_poll(multi, nullptr, 0, kIdleMillis, nullptr);
    }
    for (const auto& call : open) {
        call->cancelled = true;
        end(call, CURLE_ABORTED_BY_CALLBACK);
    }
}

PromptClient::PromptClient() : impl_(std::make_unique<Impl>()) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    impl_->multi = curl_multi_init();
    impl_->thread = std::thread([raw = impl_.get()] { raw->run(); });
}

PromptClient::~PromptClient() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    curl_multi_wakeup(impl_->multi);
    impl_->thread.join();
    curl_multi_cleanup(impl_->multi);
    curl_global_cleanup();
}

Result<std::uint64_t> PromptClient::send(const Prompt& prompt, const PromptTarget& target) {
    auto request = writePrompt(prompt, target);
    if (!request) return tl::unexpected(request.error());
    auto call = std::make_shared<Impl::Call>();
    call->url = promptUrl(target) + request->target;
    if (target.tls) {
        call->connectTo = "::" + target.address;
        call->caPem = target.caPem;
        call->identityPem = target.identityPem;
    }
    call->host = target.host;
    call->body = std::move(request->body);
    call->headers = target.headers;
    call->dialect = request->dialect;
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(impl_->mutex);
        number = ++impl_->numbers;
        impl_->calls.emplace(number, call);
        impl_->waiting.push_back(std::move(call));
    }
    curl_multi_wakeup(impl_->multi);
    return number;
}

std::optional<PromptAnswer> PromptClient::look(std::uint64_t number) const {
    const std::lock_guard lock(impl_->mutex);
    const auto found = impl_->calls.find(number);
    if (found == impl_->calls.end()) return std::nullopt;
    auto answer = found->second->answer;
    if (!answer.over() && found->second->began != base::MonoTime{}) answer.totalMicros = since(found->second->began);
    return answer;
}

void PromptClient::cancel(std::uint64_t number) {
    {
        const std::lock_guard lock(impl_->mutex);
        const auto found = impl_->calls.find(number);
        if (found == impl_->calls.end() || found->second->answer.over()) return;
        found->second->cancelled = true;
        // One that waits for the thread never begins.
        if (std::erase(impl_->waiting, found->second) > 0) found->second->answer.state = State::Cancelled;
    }
    curl_multi_wakeup(impl_->multi);
}

void PromptClient::forget(std::uint64_t number) {
    cancel(number);
    const std::lock_guard lock(impl_->mutex);
    impl_->calls.erase(number);
}

}  // namespace gatehouse::lab
