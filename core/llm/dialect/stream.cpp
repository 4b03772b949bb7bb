#include "llm/dialect/stream.h"

#include "text/find.h"

#include <algorithm>
#include <utility>

namespace gatehouse::llm {

PartTracker::Open& PartTracker::of(int choice) {
    for (auto& entry : open_)
        if (entry.choice == choice) return entry;
    open_.push_back({});
    open_.back().choice = choice;
    return open_.back();
}

void PartTracker::Call::scan(std::string_view arguments) {
    for (const char c : arguments) {
        if (inText) {
            if (escaped) escaped = false;
            else if (c == '\\') escaped = true;
            else if (c == '"') inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            ++depth;
            begun = true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
}

void PartTracker::begin(Open& entry, StreamEvent start, std::vector<StreamEvent>& out) {
    entry.part = entry.next++;
    entry.kind = start.content.kind;
    start.kind = StreamEvent::Kind::PartStart;
    start.choice = entry.choice;
    start.part = entry.part;
    out.push_back(std::move(start));
}

void PartTracker::emit(Open& entry, StreamEvent delta, std::vector<StreamEvent>& out) {
    if (delta.content.text.empty() && delta.content.data.empty() && delta.content.fileId.empty() && !delta.content.signature && delta.content.citations.empty() &&
        delta.logprobs.is_null())
        return;
    delta.kind = StreamEvent::Kind::PartDelta;
    delta.choice = entry.choice;
    delta.part = entry.part;
    delta.content.kind = entry.kind;
    out.push_back(std::move(delta));
}

void PartTracker::stop(Open& entry, std::vector<StreamEvent>& out) {
    if (entry.part < 0) return;
    StreamEvent event;
    event.kind = StreamEvent::Kind::PartStop;
    event.choice = entry.choice;
    event.part = entry.part;
    entry.part = -1;
    out.push_back(std::move(event));
}

/// The next call that waits, if any, takes the place of the first.
void PartTracker::advance(Open& entry, std::vector<StreamEvent>& out) {
    stop(entry, out);
    entry.closed.push_back(entry.calls.front().key);
    entry.calls.erase(entry.calls.begin());
    if (entry.calls.empty()) return;
    auto& call = entry.calls.front();
    begin(entry, std::move(call.start), out);
    emit(entry, std::move(call.held), out);
    call.held = {};
}

void PartTracker::add(int choice, Part::Kind kind, StreamEvent delta, std::vector<StreamEvent>& out) {
    auto& entry = of(choice);
    if (entry.part < 0 || entry.kind != kind || !entry.calls.empty()) {
        close(choice, out);
        StreamEvent start;
        start.content.kind = kind;
        begin(entry, std::move(start), out);
    }
    emit(entry, std::move(delta), out);
}

void PartTracker::addCall(int choice, int key, std::string id, std::string name, StreamEvent delta, std::vector<StreamEvent>& out) {
    auto& entry = of(choice);
    const auto found = std::find_if(entry.calls.begin(), entry.calls.end(), [&](const Call& call) { return call.key == key; });
    auto* call = found == entry.calls.end() ? nullptr : &*found;
    // More of a call that was whole: space, at most.
    if (call == nullptr && id.empty() && name.empty() && std::find(entry.closed.begin(), entry.closed.end(), key) != entry.closed.end()) return;
    if (call == nullptr) {
        Call made;
        made.key = key;
        made.start.content.kind = Part::Kind::ToolCall;
        made.start.content.callId = std::move(id);
        made.start.content.name = std::move(name);
        if (entry.calls.empty()) {
            stop(entry, out);
            begin(entry, std::move(made.start), out);
            entry.calls.push_back(std::move(made));
        } else {
            entry.calls.push_back(std::move(made));
            while (entry.calls.size() > 1 && entry.calls.front().complete()) advance(entry, out);
        }
        call = &entry.calls.back();
    }
    call->scan(delta.content.text);
    if (call == &entry.calls.front()) {
        emit(entry, std::move(delta), out);
        while (entry.calls.size() > 1 && entry.calls.front().complete()) advance(entry, out);
    } else {
        call->held.content.text += delta.content.text;
        if (delta.content.signature) call->held.content.signature = std::move(delta.content.signature);
    }
}

void PartTracker::addWhole(int choice, Part content, std::vector<StreamEvent>& out) {
    close(choice, out);
    auto& entry = of(choice);
    StreamEvent start;
    StreamEvent delta;
    delta.content.text = std::move(content.text);
    content.text.clear();
    start.content = std::move(content);
    begin(entry, std::move(start), out);
    emit(entry, std::move(delta), out);
    stop(entry, out);
}

void PartTracker::close(int choice, std::vector<StreamEvent>& out) {
    auto& entry = of(choice);
    while (!entry.calls.empty()) advance(entry, out);
    stop(entry, out);
}

void PartTracker::closeAll(std::vector<StreamEvent>& out) {
    for (std::size_t i = 0; i < open_.size(); ++i) close(open_[i].choice, out);
}

void SseParser::endLine() {
    if (!begun_) {
        begun_ = true;
        if (line_.starts_with("\xEF\xBB\xBF")) line_.erase(0, 3);
    }
    if (line_.empty()) {
        if (hasData_) onEvent_(event_, data_);
        event_.clear();
        data_.clear();
        hasData_ = false;
        return;
    }
    const std::string_view line = line_;
    const auto colon = line.find(':');
    const auto field = line.substr(0, colon);
    auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (field == "data") {
        if (hasData_) data_ += '\n';
        data_ += value;
        hasData_ = true;
    } else if (field == "event") {
        event_ = value;
    }
    line_.clear();
}

void SseParser::feed(std::string_view bytes) {
    if (overflowed_) return;
    while (!bytes.empty()) {
        if (afterReturn_) {
            afterReturn_ = false;
            if (bytes.front() == '\n') {
                bytes.remove_prefix(1);
                continue;
            }
        }
        const auto end = text::findLineEnd(bytes);
        line_.append(bytes.substr(0, end));
        if (line_.size() + data_.size() > kMaxEvent) {
            overflowed_ = true;
            line_.clear();
            data_.clear();
            return;
        }
        if (end == std::string_view::npos) return;
        afterReturn_ = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        endLine();
        line_.clear();
    }
}

void JsonListFraming::feed(std::string_view events, std::string& out) {
    if (over_) return;
    out_ = &out;
    sse_.feed(events);
}

void JsonListFraming::finish(std::string& out) {
    if (std::exchange(over_, true)) return;
    out.append(begun_ ? "]" : "[]");
}

void writeSse(std::string& out, std::string_view event, std::string_view data) {
    if (!event.empty()) out.append("event: ").append(event).append("\n");
    // JSON has no line ends of its own; any other text is split as the specification asks.
    while (true) {
        const auto end = data.find('\n');
        out.append("data: ").append(data.substr(0, end)).append("\n");
        if (end == std::string_view::npos) break;
        data.remove_prefix(end + 1);
    }
    out.append("\n");
}

}  // namespace gatehouse::llm
