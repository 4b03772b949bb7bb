// Capture: what was said on both sides of the gateway for one request: the client's request, each request to a provider with its
// reply, and the reply to the client; of streams every chunk with its time. Made by the data plane where somebody asked for it,
// within a budget: what was pushed out of it by newer ones is gone, also for those who hold the Capture.
// Thread: any. Lifetime: shared by the records that name it; who holds data() keeps its bytes.
#pragma once

#include "llm/translate.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::llm {

/// Bytes of a body that came at one moment.
struct CapturedChunk {
    std::uint64_t end = 0;     ///< Bytes of the body that had come by then.
    std::int64_t micros = 0;   ///< Since the first byte of the client's request.
};

/// One of the four panes: a head and a body.
struct CapturedMessage {
    std::string head;          ///< "POST /v1/x" or "200", then "name: value", each with a line feed; values of secret fields hidden.
    std::string body;          ///< As far as it is kept.
    std::uint64_t size = 0;    ///< That the body really had, as far as it was read.
    std::vector<CapturedChunk> chunks;
    bool present = false;      ///< It was sent, or came.
    bool read = true;          ///< False: the body passed without being kept, or was left unread.
    bool hidden = false;       ///< The value of a Secret, or of a secret field, stood in it and was replaced by asterisks.

    bool cut() const { return size > body.size(); }
};

/// One provider that was asked, with what it was told and what came back.
struct CapturedTry {
    std::string provider;      ///< Its name in configuration; empty: a model server of ours.
    std::string endpoint;
    std::string dialect;       ///< Of its bodies; empty: they were not read.
    int status = 0;            ///< 0: no answer came.
    bool passedOn = false;     ///< Another try followed, and the client saw nothing of this one.
    CapturedMessage request, answer;
    Losses losses;             ///< Of the request, on its way from the client's dialect.
};

struct CaptureData {
    std::string clientDialect;  ///< Empty: the body was not read.
    std::string model;          ///< That the provider was asked for last.
    CapturedMessage clientRequest, clientAnswer;
    std::vector<CapturedTry> tries;
    bool masked = false;        ///< A guard masked texts of the request: later panes hold the masked text alone.
    bool answerMasked = false;  ///< The same of the answer, between the provider's reply and the client's.
    bool crowded = false;       ///< The budget was full while it was made, so something is cut below its own limit.
};

struct Capture {
  public:
    Capture(CaptureData data, std::size_t bytes) : data_(std::make_shared<const CaptureData>(std::move(data))), bytes_(bytes) {}

    /// Null: pushed out by newer ones.
    std::shared_ptr<const CaptureData> data() const {
        const std::lock_guard lock(mutex_);
        return data_;
    }
    std::size_t bytes() const { return bytes_; }  ///< Of memory, while it is kept.
    void drop() {
        std::shared_ptr<const CaptureData> last;  // Freed after the lock.
        const std::lock_guard lock(mutex_);
        last.swap(data_);
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const CaptureData> data_;
    const std::size_t bytes_;
};

}  // namespace gatehouse::llm
