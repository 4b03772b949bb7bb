#include "gateway/capture_ring.h"

#include "http/message.h"
#include "telemetry/recorded_head.h"
#include "text/json_body.h"

#include <algorithm>
#include <utility>

namespace gatehouse::gateway {
namespace {

/// What a capture, a pane set and a chunk's time take beside their bytes.
constexpr std::size_t kOverhead = sizeof(llm::CaptureData) + sizeof(llm::Capture) + 256;
constexpr std::size_t kTryOverhead = sizeof(llm::CapturedTry) + 256;
constexpr std::size_t kFirstBlock = 1024;
/// Streams of more chunks keep their bytes, but the times of these alone.
constexpr std::size_t kMostChunks = 20'000;
/// Shorter values are words that stand anywhere by chance.
constexpr std::size_t kShortestSecret = 8;

bool starWhole(std::string& text, std::string_view value) {
    bool found = false;
    for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + value.size())) {
        std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at), value.size(), '*');
        found = true;
    }
    return found;
}

/// The longest beginning of `value` that `text` ends with.
bool starEnd(std::string& text, std::string_view value) {
    constexpr std::size_t kTelling = 4;
    for (auto size = std::min(value.size() - 1, text.size()); size >= kTelling; --size) {
        if (!std::string_view(text).ends_with(value.substr(0, size))) continue;
        std::fill_n(text.end() - static_cast<std::ptrdiff_t>(size), size, '*');
        return true;
    }
    return false;
}

/// "Bearer abc" -> "abc": a key is a secret without the word before it too.
std::string_view bareCredential(std::string_view value) {
    const auto space = value.find(' ');
    if (space == std::string_view::npos || value.find(' ', space + 1) != std::string_view::npos) return value;
    return value.substr(space + 1);
}

}  // namespace

bool starOut(std::string& text, std::string_view value, bool cut) {
    if (value.empty()) return false;
    bool found = starWhole(text, value);
    if (cut) found = starEnd(text, value) || found;
    const auto escaped = text::json::encode(value);
    if (escaped == value) return found;
    found = starWhole(text, escaped) || found;
    if (cut) found = starEnd(text, escaped) || found;
    return found;
}

std::size_t CaptureRing::perRequest() const { return std::clamp(budget_.load() / 8, kLeastPerRequest, kMostPerRequest); }

void CaptureRing::setBudget(std::size_t bytes) {
    std::vector<std::shared_ptr<llm::Capture>> gone;
    {
        const std::lock_guard lock(mutex_);
        budget_.store(bytes == 0 ? 0 : std::max(bytes, kSmallestBudget));
        pushOut(0, gone);
    }
    for (const auto& capture : gone) capture->drop();
}

CaptureRing::Use CaptureRing::use() const {
    const std::lock_guard lock(mutex_);
    return {budget_.load(), used_, kept_.size(), pushedOut_};
}

void CaptureRing::setSecrets(std::shared_ptr<const gitops::SecretScan> secrets) {
    const std::lock_guard lock(mutex_);
    secrets_.swap(secrets);
}

std::shared_ptr<const gitops::SecretScan> CaptureRing::secrets() const {
    const std::lock_guard lock(mutex_);
    return secrets_;
}

void CaptureRing::pushOut(std::size_t wanted, std::vector<std::shared_ptr<llm::Capture>>& out) {
    const auto budget = budget_.load();
    while (!kept_.empty() && (used_ + wanted > budget || budget == 0)) {
        used_ -= kept_.front()->bytes();
        out.push_back(std::move(kept_.front()));
        kept_.pop_front();
        if (budget > 0) ++pushedOut_;
    }
}

bool CaptureRing::take(std::size_t bytes) {
    std::vector<std::shared_ptr<llm::Capture>> gone;
    bool fits = false;
    {
        const std::lock_guard lock(mutex_);
        if (bytes <= budget_.load()) pushOut(bytes, gone);
        fits = used_ + bytes <= budget_.load();
        if (fits) used_ += bytes;
    }
    for (const auto& capture : gone) capture->drop();
    return fits;
}

void CaptureRing::give(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    used_ -= std::min(bytes, used_);
}

std::shared_ptr<llm::Capture> CaptureRing::keep(llm::CaptureData data, std::size_t bytes) {
    auto capture = std::make_shared<llm::Capture>(std::move(data), bytes);
    const std::lock_guard lock(mutex_);
    if (budget_.load() == 0) {
        used_ -= std::min(bytes, used_);
        return nullptr;
    }
    kept_.push_back(capture);
    return capture;
}

bool CaptureDraft::reserve(std::size_t bytes) {
    if (bytes > left_) return false;
    if (!ring_.take(bytes)) {
        data.crowded = true;
        left_ = 0;  // Once cut it stays cut: bytes after a gap would lie.
        return false;
    }
    left_ -= bytes;
    taken_ += bytes;
    return true;
}

void CaptureDraft::hide(std::string_view value) {
    value = bareCredential(value);
    if (value.size() < kShortestSecret || value == telemetry::kHiddenValue) return;
    for (const auto& known : values_)
        if (known.reveal() == value) return;
    values_.emplace_back(std::string(value));
}

void CaptureDraft::head(llm::CapturedMessage& message, std::string_view line, const http::Headers& fields) {
    std::string text = telemetry::hideParameters(line);
    text += '\n';
    for (const auto& field : fields.fields()) {
        const bool secret = telemetry::isSecretName(field.name);
        if (secret) hide(field.value);
        text.append(field.name).append(": ").append(secret ? telemetry::kHiddenValue : field.value).append("\n");
    }
    head(message, std::move(text));
}

void CaptureDraft::head(llm::CapturedMessage& message, std::string text) {
    message.present = true;
    if (reserve(text.size() + (taken_ == 0 ? kOverhead : 0))) message.head = std::move(text);
}

void CaptureDraft::add(llm::CapturedMessage& message, std::string_view bytes, std::int64_t micros) {
    if (bytes.empty()) return;
    const bool whole = !message.cut();
    message.present = true;
    message.size += bytes.size();
    if (!whole) return;
    auto& body = message.body;
    if (body.size() + bytes.size() > body.capacity()) {
        // Small messages are sized as they are, growing ones double: what is asked for is what they take.
        const auto wanted = std::max({body.size() + bytes.size(), body.capacity() * 2, kFirstBlock});
        const auto grown = std::min(wanted, body.capacity() + left_);
        if (grown > body.capacity() && reserve(grown - body.capacity())) {
            std::string room;  // A string that grows by itself takes what it likes.
            room.reserve(grown);
            room.append(body);
            body.swap(room);
        }
        bytes = bytes.substr(0, body.capacity() - body.size());
    }
    body.append(bytes);
    if (!message.chunks.empty() && message.chunks.back().micros == micros) {
        message.chunks.back().end = body.size();
    } else if (message.chunks.size() < kMostChunks && reserve(sizeof(llm::CapturedChunk))) {
        message.chunks.push_back({body.size(), micros});
    }
}

llm::CapturedTry& CaptureDraft::beginTry() {
    if (!data.tries.empty()) data.tries.back().passedOn = true;
    constexpr std::size_t kMostTries = 16;
    // Beyond it the last one is written over: a rule may retry for as long as it likes.
    if (data.tries.size() >= kMostTries || !reserve(kTryOverhead)) {
        if (!data.tries.empty()) data.tries.pop_back();
    }
    return data.tries.emplace_back();
}

void CaptureDraft::scrub(llm::CapturedMessage& message, const gitops::SecretScan* secrets) const {
    const auto each = [&](std::string& text, bool cut) {
        for (const auto& value : values_)
            if (starOut(text, value.reveal(), cut)) message.hidden = true;
        if (secrets == nullptr) return;
        secrets->eachValue([&](std::string_view value) {
            if (starOut(text, value, cut)) message.hidden = true;
        });
    };
    each(message.head, false);
    each(message.body, message.cut());
}

std::shared_ptr<llm::Capture> CaptureDraft::finish() {
    const auto secrets = ring_.secrets();
    const auto settle = [&](llm::CapturedMessage& message) {
        scrub(message, secrets.get());
        const auto before = message.body.capacity();
        message.body.shrink_to_fit();
        const auto freed = before - std::min(before, message.body.capacity());
        const auto back = std::min(freed, taken_);
        ring_.give(back);
        taken_ -= back;
    };
    settle(data.clientRequest);
    settle(data.clientAnswer);
    for (auto& entry : data.tries) {
        settle(entry.request);
        settle(entry.answer);
    }
    return ring_.keep(std::move(data), std::exchange(taken_, 0));
}

}  // namespace gatehouse::gateway
