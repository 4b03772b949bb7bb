#include "filter/jwks_source.h"

#include "base/log.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <thread>

namespace gatehouse::filter {
namespace {

constexpr std::chrono::milliseconds kLongestRetry{60'000};
constexpr std::size_t kMostBytes = 1024 * 1024;
constexpr long kFetchMillis = 5'000;

struct Curl {
    CURL* handle = curl_easy_init();
    curl_slist* connectTo = nullptr;
    ~Curl() {
        curl_slist_free_all(connectTo);
        curl_easy_cleanup(handle);
    }
};

std::size_t append(char* data, std::size_t size, std::size_t count, void* out) {
    auto& text = *static_cast<std::string*>(out);
    if (text.size() + size * count > kMostBytes) return 0;
    text.append(data, size * count);
    return size * count;
}

int stopAsked(void* flag, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return static_cast<const std::stop_token*>(flag)->stop_requested() ? 1 : 0; }

Result<std::shared_ptr<const KeySet>> fetch(const JwksOptions& options, std::stop_token stop) {
    Curl curl;
    std::string text;
    auto* handle = curl.handle;
    curl_easy_setopt(handle, CURLOPT_URL, options.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, kFetchMillis);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &text);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, stopAsked);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &stop);
    if (!options.connectTo.empty()) {
        curl.connectTo = curl_slist_append(nullptr, ("::" + options.connectTo).c_str());
        curl_easy_setopt(handle, CURLOPT_CONNECT_TO, curl.connectTo);
        curl_easy_setopt(handle, CURLOPT_PROXY, "");
    }
    const auto done = curl_easy_perform(handle);
    if (done != CURLE_OK) return fail("jwks-fetch", curl_easy_strerror(done));
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return fail("jwks-fetch", fmt::format("It answered {}.", status));
    return readKeySet(text);
}

}  // namespace

std::shared_ptr<const KeySet> JwksSource::keys() const {
    const std::lock_guard lock(mutex_);
    return keys_;
}

std::string JwksSource::problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
}

bool JwksSource::wantKeys(const std::shared_ptr<const KeySet>& known) {
    std::function<void()> wake;
    {
        const std::lock_guard lock(mutex_);
        if (keys_ && keys_ != known) return true;
        if (!served_) return false;
        if (fetching_ || wanted_) return true;
        const auto now = base::MonoClock::now();
        // Where there are none the thread tries by itself; a failure just now is no reason to wait for the next.
        if (!keys_) return problem_.empty();
        if (now < unknownAllowedAt_) return false;
        unknownAllowedAt_ = now + kUnknownKeyPause;
        wanted_ = true;
        wake = wake_;
    }
    if (wake) wake();
    return true;
}

base::MonoTime JwksSource::dueAt() const {
    const std::lock_guard lock(mutex_);
    return wanted_ ? base::MonoTime{} : nextAt_;
}

void JwksSource::arrived(Result<std::shared_ptr<const KeySet>> keys, base::MonoTime now) {
    const std::lock_guard lock(mutex_);
    fetches_.fetch_add(1, std::memory_order_relaxed);
    wanted_ = fetching_ = false;
    if (keys) {
        keys_ = std::move(*keys);
        problem_.clear();
        retry_ = std::chrono::milliseconds(0);
        nextAt_ = now + options_.cacheFor;
        return;
    }
    // Those that are there stay: an issuer that is down has not withdrawn them.
    problem_ = keys.error().message;
    retry_ = std::min(retry_.count() == 0 ? options_.firstRetry : retry_ * 2, kLongestRetry);
    nextAt_ = now + retry_;
}

struct JwksRegistry::State {
    mutable std::mutex mutex;
    std::condition_variable_any changed;
    std::vector<std::shared_ptr<JwksSource>> sources;
    bool woken = false;
    std::jthread thread;

    void wake() {
        const std::lock_guard lock(mutex);
        woken = true;
        changed.notify_all();
    }

    void serve(JwksSource& source) {
        const std::lock_guard lock(source.mutex_);
        source.served_ = true;
        source.wake_ = [this] { wake(); };
    }

    base::MonoTime nextDue() const {
        auto next = base::MonoTime::max();
        for (const auto& source : sources) next = std::min(next, source->dueAt());
        return next;
    }

    void run(std::stop_token stop) {
        while (!stop.stop_requested()) {
            std::vector<std::shared_ptr<JwksSource>> due;
            {
                std::unique_lock lock(mutex);
                // Whatever makes a source due earlier wakes it; an idle gateway sleeps.
                if (sources.empty()) changed.wait(lock, stop, [&] { return woken; });
                else changed.wait_until(lock, stop, nextDue(), [&] { return woken; });
                woken = false;
                const auto now = base::MonoClock::now();
                for (const auto& source : sources)
                    if (source->dueAt() <= now) due.push_back(source);
            }
            for (const auto& source : due) {
                if (stop.stop_requested()) return;
                {
                    const std::lock_guard lock(source->mutex_);
                    source->fetching_ = true;
                }
                auto keys = fetch(source->options(), stop);
                if (!keys && source->problem().empty())
                    base::logWarning("jwks", "{} brought no keys: {}", source->options().url, keys.error().message);
                source->arrived(std::move(keys), base::MonoClock::now());
            }
        }
    }
};

JwksRegistry::JwksRegistry() : state_(std::make_unique<State>()) {}
JwksRegistry::~JwksRegistry() { stop(); }

std::shared_ptr<JwksSource> JwksRegistry::source(const JwksOptions& options) {
    std::shared_ptr<JwksSource> made;
    {
        const std::lock_guard lock(state_->mutex);
        for (const auto& known : state_->sources)
            if (known->options() == options) return known;
        made = std::make_shared<JwksSource>(options);
        state_->sources.push_back(made);
    }
    if (state_->thread.joinable()) {
        state_->serve(*made);
        state_->wake();
    }
    return made;
}

void JwksRegistry::start() {
    if (state_->thread.joinable()) return;
    for (const auto& source : state_->sources) state_->serve(*source);
    state_->thread = std::jthread([state = state_.get()](std::stop_token stop) { state->run(std::move(stop)); });
}

void JwksRegistry::stop() {
    if (!state_->thread.joinable()) return;
    state_->thread.request_stop();
    state_->thread.join();
    const std::lock_guard lock(state_->mutex);
    for (const auto& source : state_->sources) {
        const std::lock_guard inner(source->mutex_);
        source->served_ = false;
        source->wake_ = nullptr;
    }
}

void JwksRegistry::prune() {
    const std::lock_guard lock(state_->mutex);
    std::erase_if(state_->sources, [](const auto& source) { return source.use_count() == 1; });
}

std::size_t JwksRegistry::size() const {
    const std::lock_guard lock(state_->mutex);
    return state_->sources.size();
}

}  // namespace gatehouse::filter
