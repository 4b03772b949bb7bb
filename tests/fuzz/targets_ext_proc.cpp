// What another gateway sends to the picker: gRPC's messages, and the calls of external processing in them, with a pool to pick of.
#include "fuzz/targets.h"

#include "gateway/ext_proc.h"
#include "gateway/grpc_frames.h"
#include "gateway/picker_call.h"
#include "inference/scheduler.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace gatehouse::fuzz {
namespace {

using namespace gateway;

constexpr std::size_t kMost = 64 * 1024;

void require(bool promise, const char* sentence) {
    if (!promise) throw std::logic_error(sentence);
}

/// The messages of a stream that comes in steps.
std::vector<std::string> messagesOf(std::string_view bytes, std::size_t step, GrpcStatus& error) {
    GrpcFrames frames(kMost);
    std::vector<std::string> messages;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        frames.add(bytes.substr(at, step));
        while (const auto message = frames.next()) messages.emplace_back(*message);
    }
    error = frames.error();
    return messages;
}

bool lies(std::string_view inner, std::string_view outer) {
    return inner.empty() || (inner.data() >= outer.data() && inner.data() + inner.size() <= outer.data() + outer.size());
}

/// A pool of two pods, kept from run to run.
struct Stage {
    Stage() {
        for (std::uint16_t port = 8000; port < 8002; ++port)
            pods.push_back(known.get("pool", "ns/pod", registry.get("pool", "10.0.0.1", port, "ns/pod"), "10.0.0.1", port));
        auto made = std::make_shared<route::Snapshot>();
        auto& served = made->served.emplace_back();
        served.backend.kind = route::BackendKind::InferencePool;
        served.backend.pool = std::make_shared<inference::Pool>("pool", "ns/pool", pods, inference::PickerOptions{}, scheduler);
        snapshot = std::move(made);
    }
    upstream::EndpointRegistry registry;
    inference::PodRegistry known;
    std::vector<std::shared_ptr<inference::Pod>> pods;
    std::shared_ptr<inference::Scheduler> scheduler = std::make_shared<inference::Scheduler>(base::Millis(1'000));
    std::shared_ptr<const route::Snapshot> snapshot;
};

}  // namespace

void extProc(std::string_view input) {
    const std::size_t step = input.empty() ? 1 : 1 + static_cast<unsigned char>(input.front());
    input.remove_prefix(std::min<std::size_t>(1, input.size()));
    GrpcStatus whole{}, piecewise{};
    const auto messages = messagesOf(input, input.size() + 1, whole);
    require(messages == messagesOf(input, step, piecewise) && whole == piecewise, "a stream holds the same messages at any split");

    static Stage stage;
    int records = 0;
    bool began = false;
    {
        PickerCall call(stage.snapshot, stage.snapshot->served.front(), kMost, base::MonoClock::now(), [&](ExchangeRecord) { ++records; });
        PickerCall::Answers answers;
        for (const auto& message : messages) {
            const auto read = ext_proc::readRequest(message);
            if (!read) break;
            require(lies(read->body, message) && lies(read->served, message), "what is read lies in its message");
            for (const auto& [name, value] : read->headers) require(lies(name, message) && lies(value, message), "headers too");
            answers.clear();
            call.take(*read, base::MonoClock::now(), answers);
            if (call.wantsPick()) call.pick(base::MonoClock::now(), 0, answers);
            require(!call.wantsPick(), "a pick is made once");
            began = began || (read->part == ext_proc::Part::RequestHeaders && !read->observing && call.fault() == nullptr);
            if (call.over() || call.fault() != nullptr) break;
        }
    }
    require(records == (began ? 1 : 0), "a request leaves one record");
    require(stage.scheduler->reservations() == 0, "what was reserved is given back");
    for (const auto& pod : stage.pods) require(pod->endpoint->inFlight.load() == 0, "and counted out");
}

}  // namespace gatehouse::fuzz
