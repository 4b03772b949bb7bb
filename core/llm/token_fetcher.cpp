#include "llm/token_fetcher.h"

#include "base/log.h"
#include "llm/token_recipes.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace gatehouse::llm {
namespace {

using Clock = base::MonoClock;
constexpr std::size_t kLongestAnswer = 256 * 1024;

struct Fetch {
    std::weak_ptr<TokenSource> known;     ///< Whoever shows it keeps it.
    std::shared_ptr<TokenSource> source;  ///< Set while a fetch is under way.
    CURL* easy = nullptr;  ///< Null: none is under way.
    curl_slist* headers = nullptr;
    TokenRequest request;
    std::string answer;
    bool failing = false;
    bool gone = false;

    void end() {
        source.reset();
        if (easy != nullptr) curl_easy_cleanup(easy);
        curl_slist_free_all(headers);
        easy = nullptr;
        headers = nullptr;
        request = {};
        OPENSSL_cleanse(answer.data(), answer.size());
        answer.clear();
    }
    ~Fetch() { end(); }
};

std::size_t onBody(char* data, std::size_t, std::size_t size, void* user) {
    auto& fetch = *static_cast<Fetch*>(user);
    if (fetch.answer.size() + size > kLongestAnswer) return 0;
    fetch.answer.append(data, size);
    return size;
}

}  // namespace

struct TokenFetcher::State {
    CURLM* multi = nullptr;
    std::chrono::milliseconds patience;
    std::atomic<bool> stopping{false};
    std::mutex mutex;
    std::optional<std::vector<std::shared_ptr<TokenSource>>> incoming;  ///< Guarded by mutex.
    std::vector<std::unique_ptr<Fetch>> fetches;                        ///< Own thread.
    std::thread thread;

    void takeSources() {
        std::optional<std::vector<std::shared_ptr<TokenSource>>> sources;
        {
            const std::lock_guard lock(mutex);
            sources.swap(incoming);
        }
        if (!sources) return;
        for (auto& fetch : fetches) {
            const auto known = fetch->known.lock();
            fetch->gone = std::find(sources->begin(), sources->end(), known) == sources->end();
        }
        for (auto& source : *sources) {
            const bool known = std::any_of(fetches.begin(), fetches.end(), [&](const auto& fetch) { return fetch->known.lock() == source; });
            if (known) continue;
            fetches.push_back(std::make_unique<Fetch>());
            fetches.back()->known = source;
        }
        dropGone();
    }

    void dropGone() {
        std::erase_if(fetches, [](const auto& fetch) { return fetch->easy == nullptr && (fetch->gone || fetch->known.expired()); });
    }

    void begin(Fetch& fetch, const std::shared_ptr<TokenSource>& source) {
        const auto& recipe = source->recipe();
        const auto wall = std::chrono::system_clock::now();
        if (recipe.local) return conclude(fetch, *source, recipe.local(wall));
        auto request = recipe.request(wall);
        if (!request) return conclude(fetch, *source, tl::unexpected(request.error()));
        send(fetch, source, std::move(*request));
    }

    void send(Fetch& fetch, const std::shared_ptr<TokenSource>& source, TokenRequest request) {
        fetch.source = source;
        fetch.request = std::move(request);
        auto* easy = fetch.easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_URL, fetch.request.url.c_str());
        const bool near = fetch.request.ownMachine || isLoopback(fetch.request.url);
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, near ? "http,https" : "https");
        if (near) curl_easy_setopt(easy, CURLOPT_PROXY, "");
        for (const auto& line : fetch.request.headers) fetch.headers = curl_slist_append(fetch.headers, line.c_str());
        fetch.headers = curl_slist_append(fetch.headers, "Expect:");
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fetch.headers);
        const auto body = fetch.request.body.reveal();
        if (!body.empty()) {
            curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.data());
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        }
        if (!fetch.request.method.empty()) curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, fetch.request.method.c_str());
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &fetch);
        curl_easy_setopt(easy, CURLOPT_PRIVATE, &fetch);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "gatehouse");
        curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // A name that nobody answers for must not keep the gateway from ending.
        curl_multi_add_handle(multi, easy);
    }

    /// Failures are told once, and once that it works again.
    void conclude(Fetch& fetch, TokenSource& source, Result<Token> token) {
        const auto now = Clock::now();
        if (!token) {
            source.fail(token.error().message, now);
            if (!fetch.failing)
                base::logError("credentials", "The token of the {} cannot be had: {}", source.title(), token.error().message);
            fetch.failing = true;
            return;
        }
        source.succeed(std::move(*token), now, std::chrono::system_clock::now());
        if (fetch.failing) base::logInfo("credentials", "The token of the {} is there again.", source.title());
        fetch.failing = false;
    }

    void finish(Fetch& fetch, CURLcode code) {
        const auto& recipe = fetch.source->recipe();
        long status = 0;
        curl_easy_getinfo(fetch.easy, CURLINFO_RESPONSE_CODE, &status);
        if (code == CURLE_OK && recipe.next) {
            auto more = recipe.next(static_cast<int>(status), fetch.answer, std::chrono::system_clock::now());
            if (more && *more) {
                const auto source = fetch.source;
                fetch.end();
                return send(fetch, source, std::move(**more));
            }
            if (!more) {
                conclude(fetch, *fetch.source, tl::unexpected(more.error()));
                return fetch.end();
            }
        }
        if (code == CURLE_OK) {
            conclude(fetch, *fetch.source, recipe.read(static_cast<int>(status), fetch.answer, std::chrono::system_clock::now()));
        } else {
            const auto why = code == CURLE_OPERATION_TIMEDOUT ? fmt::format("no answer within {} s", patience.count() / 1000)
                                                              : std::string(curl_easy_strerror(code));
            conclude(fetch, *fetch.source, fail("token", fmt::format("{} cannot be reached: {}.", recipe.issuer, why)));
        }
        fetch.end();
    }

    void collect() {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            char* user = nullptr;
            const auto code = message->data.result;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &user);
            curl_multi_remove_handle(multi, message->easy_handle);
            finish(*reinterpret_cast<Fetch*>(user), code);
        }
        dropGone();
    }

    void run() {
        while (!stopping.load(std::memory_order_relaxed)) {
            takeSources();
            const auto now = Clock::now();
            for (auto& fetch : fetches) {
                const auto source = fetch->easy == nullptr ? fetch->known.lock() : nullptr;
                if (source && source->due() <= now) begin(*fetch, source);
            }
            int running = 0;
            curl_multi_perform(multi, &running);
            collect();
            // After what is over already: it may be due again soon.
            auto next = now + std::chrono::hours(1);
            for (const auto& fetch : fetches)
                if (const auto source = fetch->easy == nullptr ? fetch->known.lock() : nullptr) next = std::min(next, source->due());
            const auto wait = std::chrono::ceil<base::Millis>(next - Clock::now()).count();
            curl_multi_poll(multi, nullptr, 0, static_cast<int>(std::clamp<long>(wait, 1, 60'000)), nullptr);
        }
        for (auto& fetch : fetches)
            if (fetch->easy != nullptr) curl_multi_remove_handle(multi, fetch->easy);
        fetches.clear();
    }
};

TokenFetcher::TokenFetcher(std::chrono::milliseconds patience) : state_(std::make_unique<State>()) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    state_->patience = patience;
    state_->multi = curl_multi_init();
    state_->thread = std::thread([state = state_.get()] { state->run(); });
}

TokenFetcher::~TokenFetcher() {
    stop();
    curl_multi_cleanup(state_->multi);
    curl_global_cleanup();
}

void TokenFetcher::setSources(std::vector<std::shared_ptr<TokenSource>> sources) {
    {
        const std::lock_guard lock(state_->mutex);
        state_->incoming = std::move(sources);
    }
    curl_multi_wakeup(state_->multi);
}

void TokenFetcher::stop() {
    state_->stopping.store(true, std::memory_order_relaxed);
    curl_multi_wakeup(state_->multi);
    if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace gatehouse::llm
