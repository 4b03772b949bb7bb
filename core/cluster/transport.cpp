#include "cluster/transport.h"

#include "base/clock.h"
#include "cluster/connection.h"
#include "http/characters.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <thread>

namespace gatehouse::cluster {
namespace {

using Clock = base::MonoClock;

struct Transfer {
    Transport::Id id = 0;
    HttpRequest request;
    Transport::Done done;
    Transport::Chunk chunk;
    std::function<void()> begun;
    std::shared_ptr<const Credential> shown;
    bool again = false;  ///< Its credential was refused once.
    Easy easy;
    std::unique_ptr<HeaderList> headers;
    ConnectTo connectTo{nullptr, &curl_slist_free_all};
    HttpAnswer answer;
    bool tooLarge = false, enough = false;
    char error[CURL_ERROR_SIZE] = {};

    bool isGood() {
        long status = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
        return status >= 200 && status < 300;
    }
};

std::size_t onBody(char* data, std::size_t, std::size_t size, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (transfer.chunk && transfer.isGood()) {
        transfer.enough = !transfer.chunk({data, size});
        return transfer.enough ? 0 : size;
    }
    transfer.tooLarge = transfer.answer.body.size() + size > transfer.request.mostBytes;
    if (transfer.tooLarge) return 0;
    transfer.answer.body.append(data, size);
    return size;
}

/// The text of `299 - "text"`; the line as it is where it has no quotes.
std::string warningText(std::string_view value) {
    const auto first = value.find('"'), last = value.rfind('"');
    return std::string(first == std::string_view::npos || last <= first ? value : value.substr(first + 1, last - first - 1));
}

std::size_t onHeader(char* data, std::size_t, std::size_t size, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    auto& answer = transfer.answer;
    const std::string_view line(data, size);
    if (line == "\r\n" && transfer.begun && transfer.isGood()) transfer.begun();
    if (line.starts_with("HTTP/")) answer.warnings.clear();  // Of a proxy before.
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return size;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    auto value = line.substr(colon + 1);
    while (!value.empty() && (value.back() == '\r' || value.back() == '\n')) value.remove_suffix(1);
    value = http::trimOws(value);
    if (name == "content-type") answer.contentType = value;
    if (name == "retry-after") answer.retryAfter = std::chrono::seconds(std::clamp(std::atol(std::string(value).c_str()), 0L, 3600L));
    if (name == "warning" && answer.warnings.size() < 20) answer.warnings.push_back(warningText(value));
    return size;
}

void configure(Transfer& transfer, const Target& target) {
    const auto& request = transfer.request;
    transfer.easy.reset(curl_easy_init());
    transfer.headers = std::make_unique<HeaderList>();
    transfer.answer = {};
    auto* easy = transfer.easy.get();
    setConnection(easy, target, *transfer.shown, request.path, transfer.connectTo, *transfer.headers);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.error);
    transfer.headers->add("Accept: " + request.accept);
    transfer.headers->add("Expect:");
    if (!request.contentType.empty()) transfer.headers->add("Content-Type: " + request.contentType);
    for (auto& line : identityLines(*transfer.shown, target.as)) transfer.headers->add(std::move(line));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers->get());
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // Tokens are not for proxies.
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "gatehouse/" GATEHOUSE_VERSION);
    if (!request.body.empty()) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    if (request.method != "GET") curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (target.compress && !transfer.chunk) curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // A proxy's are none of the answer.
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

tl::unexpected<Error> explainFailure(CURLcode code, const Transfer& transfer, const Target& target) {
    const std::string detail = transfer.error[0] != '\0' ? transfer.error : curl_easy_strerror(code);
    const auto at = fmt::format("Cluster \"{}\" ({})", target.cluster, target.server);
    if (transfer.tooLarge) return fail("cluster-too-large", fmt::format("{} answered more than {} MiB.", at, transfer.request.mostBytes >> 20));
    switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION: return fail("cluster-tls", fmt::format("{} shows a certificate that is not trusted: {}.", at, detail));
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE: return fail("cluster-tls", fmt::format("{} cannot be spoken to by TLS: {}.", at, detail));
        case CURLE_OPERATION_TIMEDOUT:
            return fail("cluster-timeout", fmt::format("{} did not answer within {} s.", at, transfer.request.timeout.count() / 1000));
        default: return fail("cluster-unreachable", fmt::format("{} cannot be reached: {}.", at, detail));
    }
}

}  // namespace

struct Transport::State {
    std::shared_ptr<Credentials> credentials;
    CURLM* multi = nullptr;
    std::atomic<bool> stopping{false};
    std::thread thread, fetcher;

    std::mutex mutex;
    std::deque<std::function<void()>> posted;  ///< Guarded by mutex.
    bool closed = false;                       ///< Guarded by mutex: nothing posted runs any more.
    std::atomic<Id> next{1};

    // The thread's own.
    std::map<Id, std::unique_ptr<Transfer>> transfers;
    std::vector<Id> waiting;  ///< For a credential.
    bool fetching = false;
    std::multimap<Clock::time_point, std::pair<Id, std::function<void()>>> timers;

    bool post(std::function<void()> run) {
        {
            const std::lock_guard lock(mutex);
            if (closed) return false;
            posted.push_back(std::move(run));
        }
        curl_multi_wakeup(multi);
        return true;
    }

    /// `fresh`: was fetched for it just now; shown even where it does not last.
    void begin(Id id, std::shared_ptr<const Credential> fresh = {}) {
        const auto found = transfers.find(id);
        if (found == transfers.end()) return;
        auto& transfer = *found->second;
        transfer.shown = fresh ? std::move(fresh) : credentials->ready();
        if (!transfer.shown) {
            waiting.push_back(id);
            return fetchCredential();
        }
        configure(transfer, credentials->target());
        curl_multi_add_handle(multi, transfer.easy.get());
    }

    void fetchCredential() {
        if (fetching) return;
        fetching = true;
        if (fetcher.joinable()) fetcher.join();
        fetcher = std::thread([this] {
            auto got = credentials->get();
            post([this, got = std::move(got)] { credentialCame(got); });
        });
    }

    void credentialCame(const Result<std::shared_ptr<const Credential>>& got) {
        fetching = false;
        const auto ids = std::exchange(waiting, {});
        for (const auto id : ids) {
            if (got) begin(id, *got);
            else finish(id, tl::unexpected(got.error()));
        }
    }

    void finish(Id id, Result<HttpAnswer> answer) {
        auto node = transfers.extract(id);
        if (node.empty()) return;
        if (node.mapped()->done) node.mapped()->done(std::move(answer));
    }

    void drop(Id id) {
        if (auto node = transfers.extract(id); !node.empty() && node.mapped()->easy) curl_multi_remove_handle(multi, node.mapped()->easy.get());
        std::erase_if(timers, [id](const auto& timer) { return timer.second.first == id; });
    }

    void ended(Transfer& transfer, CURLcode code) {
        curl_multi_remove_handle(multi, transfer.easy.get());
        long status = 0;
        curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
        const auto id = transfer.id;
        if (status == 401 && !transfer.again && credentials->refused(transfer.shown)) {
            transfer.again = true;
            return begin(id);
        }
        if (code != CURLE_OK && !transfer.enough) return finish(id, explainFailure(code, transfer, credentials->target()));
        transfer.answer.status = static_cast<int>(status);
        finish(id, std::move(transfer.answer));
    }

    void collect() {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            char* user = nullptr;
            const auto code = message->data.result;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &user);
            ended(*reinterpret_cast<Transfer*>(user), code);
        }
    }

    void runPosted() {
        std::deque<std::function<void()>> batch;
        {
            const std::lock_guard lock(mutex);
            batch.swap(posted);
        }
        for (auto& run : batch) run();
    }

    void runTimers() {
        while (!timers.empty() && timers.begin()->first <= Clock::now()) {
            auto node = timers.extract(timers.begin());
            node.mapped().second();
        }
    }

    int pause() const {
        if (timers.empty()) return 60'000;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(timers.begin()->first - Clock::now()).count();
        return static_cast<int>(std::clamp<long>(left, 0, 60'000));
    }

    void run() {
        while (!stopping.load()) {
            runPosted();
            runTimers();
            int running = 0;
            curl_multi_perform(multi, &running);
            collect();
            curl_multi_poll(multi, nullptr, 0, pause(), nullptr);
        }
        std::deque<std::function<void()>> rest;
        {
            const std::lock_guard lock(mutex);
            closed = true;
            rest.swap(posted);
        }
        for (auto& [id, transfer] : transfers)
            if (transfer->easy) curl_multi_remove_handle(multi, transfer->easy.get());
        transfers.clear();
        timers.clear();
    }
};

Transport::Transport(std::shared_ptr<Credentials> credentials) : state_(std::make_unique<State>()) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    state_->credentials = std::move(credentials);
    state_->multi = curl_multi_init();
    state_->thread = std::thread([state = state_.get()] { state->run(); });
}

Transport::~Transport() {
    stop();
    curl_multi_cleanup(state_->multi);
    curl_global_cleanup();
}

Transport::Id Transport::send(HttpRequest request, Done done, Chunk chunk, std::function<void()> begun) {
    const auto id = state_->next.fetch_add(1);
    auto transfer = std::make_shared<std::unique_ptr<Transfer>>(std::make_unique<Transfer>());
    (*transfer)->id = id;
    (*transfer)->request = std::move(request);
    (*transfer)->done = std::move(done);
    (*transfer)->chunk = std::move(chunk);
    (*transfer)->begun = std::move(begun);
    state_->post([state = state_.get(), id, transfer] {
        state->transfers.emplace(id, std::move(*transfer));
        state->begin(id);
    });
    return id;
}

void Transport::cancel(Id id) {
    state_->post([state = state_.get(), id] { state->drop(id); });
}

Transport::Id Transport::after(std::chrono::milliseconds pause, std::function<void()> run) {
    const auto id = state_->next.fetch_add(1);
    state_->post([state = state_.get(), id, due = Clock::now() + pause, run = std::move(run)] { state->timers.emplace(due, std::pair(id, run)); });
    return id;
}

void Transport::runNow(const std::function<void()>& run) {
    if (std::this_thread::get_id() == state_->thread.get_id()) return run();
    // The promise is broken, and the wait over, when the transport stops before it runs.
    auto ran = std::make_shared<std::promise<void>>();
    auto over = ran->get_future();
    if (!state_->post([run, ran] { run(); ran->set_value(); })) return run();
    ran.reset();
    over.wait();
}

Result<HttpAnswer> Transport::ask(HttpRequest request) {
    auto answered = std::make_shared<std::promise<Result<HttpAnswer>>>();
    auto answer = answered->get_future();
    send(std::move(request), [answered](Result<HttpAnswer> result) { answered->set_value(std::move(result)); });
    answered.reset();
    try {
        return answer.get();
    } catch (const std::future_error&) {
        return fail("cluster-unreachable", "The connection to the cluster was closed.");
    }
}

void Transport::stop() {
    state_->stopping.store(true);
    state_->credentials->stop();
    curl_multi_wakeup(state_->multi);
    if (state_->thread.joinable()) state_->thread.join();
    if (state_->fetcher.joinable()) state_->fetcher.join();
}

const Target& Transport::target() const { return state_->credentials->target(); }
const std::shared_ptr<Credentials>& Transport::credentials() const { return state_->credentials; }

}  // namespace gatehouse::cluster
