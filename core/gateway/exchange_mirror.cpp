#include "gateway/exchange_mirror.h"

#include "base/ids.h"
#include "base/log.h"
#include "gateway/exchange.h"
#include "gateway/side_call.h"
#include "http/fields.h"
#include "http/limit_table.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <exception>

namespace gatehouse::gateway {
namespace {

constexpr std::size_t kMostDrained = 1024 * 1024;  ///< Of an answer that nobody reads, to keep its connection.

net::Task<bool> deliverTo(Worker& worker, const MirrorCopy& copy) {
    const auto now = base::MonoClock::now();
    SideEndpoint endpoint(worker, copy.mirror->backend, now);
    if (endpoint.get() == nullptr) co_return false;
    const std::string_view body = copy.bytes ? std::string_view(*copy.bytes) : std::string_view{};
    upstream::RequestOut out;
    out.head = &copy.head;
    out.body = copy.body;
    out.length = body.size();
    const http::Wait wait{now + worker.limits().mirrorTime, &worker.life(), net::Waiter::Watch::PeerLeaves};
    http::ResponseHead answer;
    auto asked = co_await askAside(worker, *endpoint.get(), out, body, answer, wait);
    if (!asked.call) {
        if (asked.end == net::IoEnd::Timeout) worker.limitBit(limit::kMirrorTime);
        co_return false;
    }
    co_await finishAside(worker, std::move(asked.call), kMostDrained, nullptr, wait);
    co_return answer.status < 500;
}

net::Task<void> run(Worker& worker, std::shared_ptr<MirrorCopy> copy) {
    bool well = false;
    try {
        well = co_await deliverTo(worker, *copy);
    } catch (const std::exception& error) {
        base::logError("mirror", "a copy was dropped: {}", error.what());
    }
    const auto& counters = copy->mirror->backend.counters;
    if (counters && !well) counters->errors.fetch_add(1, std::memory_order_relaxed);
    worker.backgroundEnded();
}

}  // namespace

std::shared_ptr<MirrorCopy> copyForMirror(const http::RequestHead& request) {
    auto copy = std::make_shared<MirrorCopy>();
    auto& head = copy->head;
    head.method = head.arena.copy(request.method);
    head.path = head.arena.copy(request.path);
    head.query = head.arena.copy(request.query);
    head.hasQuery = request.hasQuery;
    head.target = head.hasQuery ? head.arena.concat({head.path, "?", head.query}) : head.path;
    head.scheme = head.arena.copy(request.scheme);
    head.authority = head.arena.copy(request.authority);
    head.host = head.arena.copy(request.host);
    for (const auto& field : request.headers.fields()) {
        const auto id = http::classify(field.name);
        if (http::isHopByHop(id) || id == http::FieldId::ContentLength || id == http::FieldId::Expect) continue;
        head.headers.add(field.name, field.value);
    }
    return copy;
}

void deliver(Worker& worker, std::shared_ptr<MirrorCopy> copy) {
    worker.backgroundBegan();
    const auto& counters = copy->mirror->backend.counters;
    if (counters) counters->requests.fetch_add(1, std::memory_order_relaxed);
    net::asio::co_spawn(worker.executor(), run(worker, std::move(copy)), net::asio::detached);
}

// ---- The exchange's part.

void Exchange::drawMirror(std::uint8_t index) {
    const auto& mirror = rule().mirrors[index];
    auto& notes = extra().mirrors;
    notes.push_back({index, "not drawn"});
    if (mirror.numerator < mirror.denominator && base::randomBelow(mirror.denominator) >= mirror.numerator) return;
    if (upgrading_) {
        notes.back().outcome = "not sent: the request changes the protocol";
        return;
    }
    notes.back().outcome = "not sent: the request itself was not sent whole";
    const auto& framing = downstream_.framing();
    auto copy = copyForMirror(request_);
    copy->body = framing.body == http::BodyKind::None ? http::BodyKind::None : http::BodyKind::Length;
    copy->snapshot = record_.snapshot;
    copy->mirror = &mirror;
    copy->note = static_cast<std::uint8_t>(notes.size() - 1);
    mirrors_.push_back(std::move(copy));
}

/// The request was sent whole: its copies follow.
void Exchange::startMirrors() {
    std::shared_ptr<const std::string> bytes;
    if (!body_.empty()) bytes = std::make_shared<const std::string>(body_.view());
    for (auto& copy : mirrors_) {
        auto& note = extra().mirrors[copy->note];
        if (worker_.background() >= limits().mirrors) {
            worker_.limitBit(limit::kMirrors);
            const auto& counters = copy->mirror->backend.counters;
            if (counters) counters->errors.fetch_add(1, std::memory_order_relaxed);
            note.outcome = "dropped: too many copies are under way";
            continue;
        }
        note.outcome = "sent";
        copy->bytes = bytes;
        deliver(worker_, std::move(copy));
    }
    mirrors_.clear();
}

void Exchange::dropMirrors(const char* why) {
    for (const auto& copy : mirrors_) extra().mirrors[copy->note].outcome = why;
    mirrors_.clear();
}

}  // namespace gatehouse::gateway
