// PickerCall: one request of another gateway, as its external processing tells of it: the picker of an InferencePool reads headers and body,
// says where the request goes, and follows the answer to learn from it. Knows nothing of the connection (gateway/picker_server.h).
//
// In full duplex, as the endpoint-picker protocol wants it, headers are answered when the body is whole, and the body is given back in
// pieces. A proxy that sends bodies buffered waits for an answer to the headers first: it is told of the pod with the body. Without a
// body, or where the proxy streams it or keeps it, the pod is picked by the headers alone.
// Thread: one at a time. Lifetime: of one gRPC stream; what it reserved is given back, and its record is made, when it goes.
#pragma once

#include "base/buffer.h"
#include "base/clock.h"
#include "gateway/exchange_record.h"
#include "gateway/ext_proc.h"
#include "inference/pool.h"
#include "inference/prompt.h"
#include "llm/usage.h"
#include "route/snapshot.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gateway {

class PickerCall {
  public:
    using Answers = std::vector<ext_proc::Answer>;
    using Records = std::function<void(ExchangeRecord)>;

    /// `served` is the pool of `snapshot` that this request is for; `bodyBytes`: the most of a request's body.
    PickerCall(std::shared_ptr<const route::Snapshot> snapshot, const route::ServedPool& served, std::size_t bodyBytes, base::MonoTime now, Records records);
    ~PickerCall();
    PickerCall(const PickerCall&) = delete;
    PickerCall& operator=(const PickerCall&) = delete;

    /// Appends the answers to one message. Where wantsPick() holds then, pick() or refuse() comes before the next one.
    void take(const ext_proc::Request& message, base::MonoTime now, Answers& answers);
    bool wantsPick() const { return trigger_ != Trigger::None; }
    inference::Pool& pool() { return *served_.backend.pool; }
    /// It is work for a pod, and its pool has a queue.
    bool mayWait() const { return method_ == "POST" && served_.backend.pool->scheduler() != nullptr; }
    int priority() const;
    std::size_t heldBytes() const { return body_.size(); }
    /// Those that may be picked, sorted; null: all.
    const std::vector<const inference::Pod*>* among() const { return subset_ ? &among_ : nullptr; }
    /// `waitedSeconds`: for room.
    void pick(base::MonoTime now, double waitedSeconds, Answers& answers);
    /// `reason` and `sentence` are constants.
    void refuse(int status, const char* reason, const char* sentence, Answers& answers);
    /// Nobody knows any more what became of the request.
    void lose(const char* reason, const char* sentence);

    /// The request was refused: the stream ends after the answers.
    bool over() const { return over_; }
    /// The proxy broke the protocol; null: it did not.
    const char* fault() const { return fault_; }
    int status() const { return record_.status; }  ///< Of the answer, or of the refusal; 0: not known yet.
    bool picked() const { return picked_; }
    ExchangeRecord& record() { return record_; }

  private:
    /// What came last before the pick, and so what its answer answers.
    enum class Trigger : std::uint8_t { None, Headers, Body, Duplex };

    void takeHeaders(const ext_proc::Request& message, base::MonoTime now, Answers& answers);
    void takeBody(const ext_proc::Request& message, base::MonoTime now, Answers& answers);
    void takeTrailers(base::MonoTime now, Answers& answers);
    void takeAnswerHeaders(const ext_proc::Request& message, base::MonoTime now, Answers& answers);
    void takeAnswerBody(const ext_proc::Request& message, base::MonoTime now, Answers& answers);
    void noteHeaders(const ext_proc::Request& message);
    bool waitsForBody() const;
    /// All that is to be known before the pick is: false where the request was refused.
    bool prepare(Trigger trigger, base::MonoTime now, Answers& answers);
    bool readBody(Answers& answers);
    bool renameModel(llm::ClientCall& call, Answers& answers);
    void noteRunnerUp(const inference::Decision& decision);
    void tell(Answers& answers);
    void refuseWith(int status, const char* reason, std::string sentence, Answers& answers);
    // ---- The answer: picker_call_answer.cpp.
    void moveTo(std::string_view served, base::MonoTime now);
    void learn(std::string_view bytes, base::MonoTime now);
    void finish(base::MonoTime now, bool whole);
    std::int64_t since(base::MonoTime now) const;

    const route::ServedPool& served_;  ///< Of record_.snapshot.
    const std::size_t bodyBytes_;
    Records records_;
    ExchangeRecord record_;

    ext_proc::BodyMode requestMode_ = ext_proc::BodyMode::FullDuplex;
    ext_proc::BodyMode responseMode_ = ext_proc::BodyMode::FullDuplex;
    std::string method_, path_, contentType_, objective_, forcedModel_, clientModel_;
    inference::Prompt prompt_;
    std::optional<std::vector<std::string>> subset_;
    std::vector<const inference::Pod*> among_;
    base::Buffer body_;
    Trigger trigger_ = Trigger::None;
    bool hasHeaders_ = false, bodyEnded_ = false, bodyWhole_ = false, trailers_ = false, rewritten_ = false, picked_ = false, over_ = false;
    const char* fault_ = nullptr;

    std::string endpoints_;  ///< "10.0.0.1:8000[,10.0.0.2:8000]", best first.
    std::shared_ptr<inference::Pod> pod_;  ///< While it is reserved.
    inference::Booking booking_;
    bool moved_ = false;     ///< Another pod served than was picked: its times teach nothing.
    bool firstByte_ = false;
    llm::StreamUsage usage_{false};
    std::string answer_;     ///< What came of one that is no stream.
    bool answerTooLong_ = false;
};

}  // namespace gatehouse::gateway
