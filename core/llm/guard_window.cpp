#include "llm/guard_window.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

namespace gatehouse::llm {
namespace {

/// Arguments of a tool have no sentences: they are judged whole, up to this many windows.
constexpr std::size_t kToolWindows = 16;

bool isBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

/// Bytes of a sentence's end that begins at `at`; 0: none. `needsBlank`: only before one.
std::size_t enderAt(std::string_view text, std::size_t at, bool& needsBlank) {
    needsBlank = true;
    if (text[at] == '.' || text[at] == '!' || text[at] == '?') return 1;
    const auto three = text.substr(at, 3);
    if (three == "\u2026") return 3;
    needsBlank = false;
    if (three == "\u3002" || three == "\uFF01" || three == "\uFF1F") return 3;
    return 0;
}

/// Closing quotes and brackets.
std::size_t closerAt(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    if (text[at] == '"' || text[at] == '\'' || text[at] == ')' || text[at] == ']') return 1;
    const auto three = text.substr(at, 3);
    if (three == "\u201D" || three == "\u2019" || three == "\u300D") return 3;
    return text.substr(at, 2) == "\u00BB" ? 2 : 0;
}

struct Segment {
    std::size_t left = 0;    ///< Bytes of what was asked about.
    std::string text;        ///< In their place.
    bool same = true;        ///< It is what was asked about.
    std::size_t at = 0;
};

/// What was judged of one text and has not gone out yet.
struct Approved {
    std::deque<Segment> segments;
    std::size_t need = 0;  ///< Bytes that were pushed and not answered for.

    void drain(std::string& out) {
        while (need > 0 && !segments.empty()) {
            auto& front = segments.front();
            const auto bytes = std::min(need, front.left);
            if (front.same) out.append(front.text, front.at, bytes);
            else if (front.at == 0) out += front.text;
            front.at += bytes;
            front.left -= bytes;
            need -= bytes;
            if (front.left == 0) segments.pop_front();
        }
    }
};

/// Gives out what was judged in place of what comes. What was not, never.
class Replacer final : public TextFilter {
  public:
    explicit Replacer(Approved& approved) : approved_(approved) {}
    void push(std::string_view text, std::string& out) override {
        approved_.need += text.size();
        approved_.drain(out);
    }
    void flush(std::string& out) override {
        approved_.drain(out);
        approved_.need = 0;
    }

  private:
    Approved& approved_;
};

}  // namespace

std::size_t sentenceEnd(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n') {
            end = at + 1;
            continue;
        }
        bool needsBlank = true;
        const auto ender = enderAt(text, at, needsBlank);
        if (ender == 0) continue;
        auto next = at + ender;
        while (const auto closer = closerAt(text, next)) next += closer;
        if (!needsBlank) end = next;
        else if (next < text.size() && isBlank(text[next])) end = next + 1;
    }
    return end;
}

struct GuardWindow::State {
    State(const Guard& which, StreamGuard::Framing framing, std::size_t bytes)
        : guard(which), window(bytes),
          collector([this](std::string_view key, TextScope scope, bool) { return collect(key, scope); }, framing, [this](std::string& out) { arrived(out); }),
          replacer([this](std::string_view key, TextScope scope, bool) { return replace(key, scope); }, framing) {}

    /// A text that comes in pieces.
    struct Channel {
        TextScope scope = TextScope::Messages;
        std::string pending;   ///< Moved on to be judged, and not judged yet.
        std::uint64_t judged = 0, released = 0;
        Approved approved;
    };
    struct Unit {
        std::string key;
        TextScope scope;
        std::string text;
    };
    struct Entry {
        std::string bytes;
        std::vector<Unit> units;
        std::vector<std::string> ends;  ///< Texts that end with it.
    };
    /// One text of due(): `key` empty: one that came whole.
    struct Asked {
        std::string key;
        std::size_t bytes;
    };

    class Collector final : public TextFilter {
      public:
        Collector(State& state, std::string key, TextScope scope) : state_(state), key_(std::move(key)), scope_(scope) {}
        void push(std::string_view text, std::string& out) override {
            if (!text.empty()) state_.making.units.push_back({key_, scope_, std::string(text)});
            out += text;
        }
        void flush(std::string&) override {
            if (!key_.empty()) state_.making.ends.push_back(key_);
        }

      private:
        State& state_;
        std::string key_;
        TextScope scope_;
    };

    std::unique_ptr<TextFilter> collect(std::string_view key, TextScope scope) {
        if (!guard.scopes.looksAt(key, scope)) return std::make_unique<PassOn>();
        return std::make_unique<Collector>(*this, std::string(key), scope);
    }
    std::unique_ptr<TextFilter> replace(std::string_view key, TextScope scope) {
        if (!guard.scopes.looksAt(key, scope)) return std::make_unique<PassOn>();
        return std::make_unique<Replacer>(channels[std::string(key)].approved);
    }
    void arrived(std::string& out) {
        making.bytes = std::move(out);
        out.clear();
        incoming.push_back(std::exchange(making, {}));
    }

    /// Moves one event on; true: what waits must be judged whole now.
    bool moveOn() {
        auto entry = std::move(incoming.front());
        incoming.pop_front();
        bool now = false;
        for (const auto& unit : entry.units) {
            auto& channel = channels[unit.key];
            channel.scope = unit.scope;
            if (unit.key.empty()) {
                wholes.push_back(unit);
                now = true;
            } else {
                channel.pending += unit.text;
            }
        }
        for (const auto& key : entry.ends) now = now || !channels[key].pending.empty();
        queue.push_back(std::move(entry));
        return now;
    }

    std::size_t cutOf(const Channel& channel) const {
        const auto& text = channel.pending;
        const bool tool = channel.scope == TextScope::ToolInput;
        if (!tool)
            if (const auto end = sentenceEnd(text); end > 0) return end;
        if (text.size() <= window * (tool ? kToolWindows : 1)) return 0;
        auto at = tool ? std::string::npos : text.find_last_of(" \t");
        if (at != std::string::npos && at > 0) return at + 1;
        at = text.size() - 1;
        while (at > 0 && continues(text[at])) --at;
        return at;
    }

    void ask(const std::string& key, TextScope scope, std::string text) {
        asked.push_back({key, text.size()});
        texts.push_back({"assistant", std::move(text), scope, texts.size()});
    }

    void gather(bool all) {
        for (auto& [key, channel] : channels) {
            if (key.empty()) continue;
            const auto cut = all ? channel.pending.size() : cutOf(channel);
            if (cut == 0) continue;
            ask(key, channel.scope, channel.pending.substr(0, cut));
            channel.pending.erase(0, cut);
        }
        for (auto& whole : wholes) ask({}, whole.scope, std::move(whole.text));
        wholes.clear();
    }

    bool releasable(const Entry& entry) {
        std::map<std::string, std::uint64_t> before;
        for (const auto& unit : entry.units) {
            const auto& channel = channels[unit.key];
            auto& ahead = before[unit.key];
            if (channel.released + ahead >= channel.judged) return false;
            ahead += unit.text.size();
        }
        return true;
    }

    void release() {
        while (!queue.empty() && releasable(queue.front())) {
            const auto& entry = queue.front();
            for (const auto& unit : entry.units) channels[unit.key].released += unit.text.size();
            replacer.feed(entry.bytes, ready);
            queue.pop_front();
        }
        if (!finished || over || !queue.empty() || !incoming.empty()) return;
        over = true;
        replacer.finish(ready);
    }

    const Guard& guard;
    const std::size_t window;
    std::map<std::string, Channel> channels;
    Entry making;
    std::deque<Entry> incoming, queue;
    std::vector<Unit> wholes;
    std::vector<Asked> asked;
    std::vector<GuardText> texts;
    std::string ready;
    bool finished = false, over = false;
    StreamGuard collector, replacer;
};

GuardWindow::GuardWindow(const Guard& guard, StreamGuard::Framing framing, std::size_t window)
    : state_(std::make_unique<State>(guard, framing, window)) {}
GuardWindow::~GuardWindow() = default;

void GuardWindow::feed(std::string_view bytes) {
    std::string rest;
    state_->collector.feed(bytes, rest);
}

void GuardWindow::finish() {
    auto& s = *state_;
    std::string rest;
    s.collector.finish(rest);
    s.finished = true;
    // What is behind the last event, and texts that nothing has ended.
    if (!rest.empty() || !s.making.units.empty() || !s.making.ends.empty()) s.arrived(rest);
}

const std::vector<GuardText>& GuardWindow::due() {
    auto& s = *state_;
    if (!s.texts.empty()) return s.texts;
    while (s.texts.empty() && !s.incoming.empty())
        if (s.moveOn()) s.gather(true);
    if (s.texts.empty()) s.gather(s.finished && s.incoming.empty());
    if (s.texts.empty()) s.release();
    return s.texts;
}

void GuardWindow::settle(const std::vector<std::string>& with) {
    auto& s = *state_;
    for (std::size_t i = 0; i < s.asked.size(); ++i) {
        auto& channel = s.channels[s.asked[i].key];
        const bool same = i >= with.size() || with[i] == s.texts[i].content;
        channel.approved.segments.push_back({s.asked[i].bytes, same ? std::move(s.texts[i].content) : with[i], same, 0});
        channel.judged += s.asked[i].bytes;
    }
    s.asked.clear();
    s.texts.clear();
    s.release();
}

void GuardWindow::take(std::string& out) {
    out += state_->ready;
    state_->ready.clear();
}

bool GuardWindow::failed() const { return state_->collector.failed() || state_->replacer.failed(); }

std::size_t GuardWindow::held() const {
    std::size_t bytes = 0;
    for (const auto& [key, channel] : state_->channels) bytes += channel.pending.size();
    for (const auto& text : state_->texts) bytes += text.content.size();
    for (const auto& whole : state_->wholes) bytes += whole.text.size();
    return bytes;
}

}  // namespace gatehouse::llm
