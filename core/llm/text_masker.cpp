#include "llm/text_masker.h"

#include "http/characters.h"
#include "text/json_body.h"

#include <algorithm>

namespace gatehouse::llm {
namespace {

constexpr std::uint8_t kQuote = 0x80;
constexpr std::size_t kMostHits = 100;
/// Text that stays before what is looked at, for assertions that look back; the rest goes in one piece now and then.
constexpr std::size_t kContext = 8;
constexpr std::size_t kTrimAt = 1024;


}  // namespace

TextMasker::TextMasker(const RegexGuard& guard, bool jsonText, std::size_t window, bool percent)
    : guard_(guard), json_(jsonText), percent_(percent), window_(window), decided_(guard.patterns(), 0) {}

void TextMasker::startAfter(std::string_view context, bool inString) {
    inString_ = openAt_ = inString;
    text_ = context;
    if (mapped()) {
        raw_ = context;
        rawBytes_.assign(context.size(), 1);
        rawAt_ = raw_.size();
    }
    emitted_ = covered_ = text_.size();
    std::fill(decided_.begin(), decided_.end(), text_.size());
}

void TextMasker::push(std::string_view text, std::string& out) {
    if (text.empty()) return;
    if (json_) {
        for (const char byte : text) takeJson(byte);
    } else if (percent_) {
        raw_.append(text);
        for (const char byte : text) take(byte, false, 1);
    } else {
        text_.append(text);
        sawPercent_ = sawPercent_ || text.find('%') != std::string_view::npos;
    }
    work(false, out);
}

void TextMasker::flush(std::string& out) {
    for (const char byte : std::string(escape_)) take(byte, false, 1);
    raw_ += escape_;
    escape_.clear();
    giveUpPercent();
    work(true, out);
    trimmed_ += text_.size();
    text_.clear();
    raw_.clear();
    rawBytes_.clear();
    found_.clear();
    emitted_ = covered_ = rawAt_ = 0;
    inString_ = openAt_ = false;
    std::fill(decided_.begin(), decided_.end(), 0);
}

void TextMasker::take(char byte, bool structural, std::size_t rawBytes) {
    if (percent_ && !structural) return takePercent(byte, rawBytes);
    giveUpPercent();
    text_ += byte;
    sawPercent_ = sawPercent_ || byte == '%';
    if (mapped()) rawBytes_.push_back(static_cast<std::uint8_t>(rawBytes | (structural ? kQuote : 0U)));
}

void TextMasker::takePercent(char byte, std::size_t rawBytes) {
    const bool begins = byte == '%';
    if (begins || (!percents_.empty() && http::hexValue(byte) < 0)) giveUpPercent();
    if (!begins && percents_.empty()) {
        text_ += byte;
        rawBytes_.push_back(static_cast<std::uint8_t>(rawBytes));
        return;
    }
    percents_.emplace_back(byte, rawBytes);
    if (percents_.size() < 3) return;
    text_ += static_cast<char>(http::hexValue(percents_[1].first) * 16 + http::hexValue(percents_[2].first));
    rawBytes_.push_back(static_cast<std::uint8_t>(percents_[0].second + percents_[1].second + percents_[2].second));
    percents_.clear();
}

/// What looked like an escape is none.
void TextMasker::giveUpPercent() {
    for (const auto& [byte, rawBytes] : percents_) {
        text_ += byte;
        rawBytes_.push_back(static_cast<std::uint8_t>(rawBytes));
    }
    percents_.clear();
}

void TextMasker::takeJson(char byte) {
    if (!escape_.empty()) {
        escape_ += byte;
        takeEscape();
        return;
    }
    if (byte == '\\' && inString_) {
        escape_ = byte;
        return;
    }
    if (byte == '"') inString_ = !inString_;
    raw_ += byte;
    take(byte, byte == '"', 1);
}

/// Decides whether the escape under way is whole; a pair of surrogates is one.
void TextMasker::takeEscape() {
    if (escape_[1] == 'u') {
        if (escape_.size() < 6) return;
        const bool leads = (escape_[2] == 'd' || escape_[2] == 'D') && std::string_view("89abAB").find(escape_[3]) != std::string_view::npos;
        const bool pairs = leads && (escape_.size() == 6 || escape_[6] == '\\') && (escape_.size() <= 7 || escape_[7] == 'u');
        if (pairs && escape_.size() < 12) return;
    }
    // What turned out to be no second half is read again behind the first.
    std::string whole = escape_, again;
    if (whole[1] == 'u' && whole.size() > 6 && whole.size() < 12) {
        again = whole.substr(6);
        whole.resize(6);
    }
    escape_.clear();
    std::string scratch;
    const auto decoded = text::json::decode(whole, scratch);
    raw_ += whole;
    const std::string_view says = decoded ? *decoded : std::string_view(whole);
    for (std::size_t i = 0; i < says.size(); ++i) take(says[i], false, i == 0 ? whole.size() : 0);
    for (const char byte : again) takeJson(byte);
}

void TextMasker::work(bool last, std::string& out) {
    const std::size_t size = text_.size();
    const std::size_t first = decided_.empty() ? size : *std::min_element(decided_.begin(), decided_.end());
    const bool mayGrow = !last && guard_.holdFrom(text_, first) < size;
    std::size_t until = size;
    for (std::size_t i = 0; i < decided_.size(); ++i) {
        decide(i, last, mayGrow ? guard_.holdFrom(i, text_, decided_[i], window_) : size);
        if (size - std::min(decided_[i], size) > window_) {
            ++overruns_;
            std::size_t at = size - window_;
            while (at < size && continues(text_[at])) ++at;
            decided_[i] = std::max(decided_[i], at);
        }
        until = std::min(until, decided_[i]);
    }
    emit(until, out);
    trim();
}

/// All hits of one pattern that no further text can change.
void TextMasker::decide(std::size_t pattern, bool last, std::size_t hold) {
    auto& from = decided_[pattern];
    std::size_t begin = 0, end = 0;
    while (from < text_.size()) {
        if (from > hold) hold = last ? text_.size() : guard_.holdFrom(pattern, text_, from, window_);
        if (!guard_.findOne(pattern, text_, from, begin, end) || begin >= hold) {
            from = std::max(from, hold);
            return;
        }
        if (begin == end) {
            from = end + 1;
        } else if (!guard_.passes(pattern, std::string_view(text_).substr(begin, end - begin))) {
            from = begin + 1;
        } else {
            found_.push_back({begin, end, pattern});
            from = end;
        }
    }
    from = std::min(from, text_.size());
}

void TextMasker::emit(std::size_t until, std::string& out) {
    std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end != b.end ? a.end > b.end : a.pattern < b.pattern;
    });
    std::size_t used = 0;
    for (; used < found_.size() && found_[used].begin < until; ++used) {
        const Found& found = found_[used];
        if (found.begin >= covered_) {
            copy(covered_, false, out);
            copy(found.begin, true, out);
            tag(found, out);
            covered_ = found.end;
        } else if (found.end > covered_) {
            covered_ = found.end;
            if (hits_.size() < kMostHits) hits_.back().end = trimmed_ + covered_;
        }
    }
    found_.erase(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(used));
    copy(std::min(covered_, until), false, out);
    copy(until, true, out);
}

/// Moves emitted_ on.
void TextMasker::copy(std::size_t until, bool visible, std::string& out) {
    if (until <= emitted_) return;
    if (!mapped()) {
        if (visible) out.append(text_, emitted_, until - emitted_);
        emitted_ = until;
        return;
    }
    std::size_t bytes = 0;
    for (; emitted_ < until; ++emitted_) {
        bytes += rawBytes_[emitted_] & ~kQuote;
        if ((rawBytes_[emitted_] & kQuote) != 0) openAt_ = !openAt_;
    }
    if (visible) out.append(raw_, rawAt_, bytes);
    rawAt_ += bytes;
}

void TextMasker::tag(const Found& found, std::string& out) {
    const auto& name = guard_.tagOf(found.pattern);
    if (!json_) {
        out += name;
    } else {
        bool inside = openAt_;
        for (std::size_t i = found.begin; i < found.end; ++i)
            if ((rawBytes_[i] & kQuote) != 0) inside = !inside;
        if (!openAt_) out += '"';
        out += text::json::encode(name);
        if (!inside) out += '"';
    }
    if (hits_.size() >= kMostHits) return;
    GuardHit hit;
    hit.rule = guard_.nameOf(found.pattern);
    hit.begin = trimmed_ + found.begin;
    hit.end = trimmed_ + found.end;
    hit.replacement = name;
    hits_.push_back(std::move(hit));
}

void TextMasker::trim() {
    std::size_t keep = emitted_;
    for (const auto at : decided_) keep = std::min(keep, at);
    if (keep < kTrimAt) return;
    keep -= kContext;
    while (keep > 0 && continues(text_[keep])) --keep;
    text_.erase(0, keep);
    if (mapped()) {
        raw_.erase(0, rawAt_);
        rawAt_ = 0;
        rawBytes_.erase(rawBytes_.begin(), rawBytes_.begin() + static_cast<std::ptrdiff_t>(keep));
    }
    trimmed_ += keep;
    emitted_ -= keep;
    covered_ = covered_ > keep ? covered_ - keep : 0;
    for (auto& at : decided_) at -= keep;
    for (auto& found : found_) {
        found.begin -= keep;
        found.end -= keep;
    }
}

DeepMasker::DeepMasker(const RegexGuard& guard, bool jsonText) : guard_(guard), json_(jsonText), plain_(guard, jsonText) {}

void DeepMasker::deeper(std::string_view shown, bool inString, std::string& out) {
    if (!percent_ && plain_.sawPercent()) {
        percent_ = std::make_unique<TextMasker>(guard_, json_, TextMasker::kWindow, true);
        percent_->startAfter(context_, inString);
    }
    if (percent_) return percent_->push(shown, out);
    out += shown;
    if (json_) return;
    context_ += shown;
    if (context_.size() <= 2 * kContext) return;
    std::size_t from = context_.size() - kContext;
    while (from > 0 && continues(context_[from])) --from;
    context_.erase(0, from);
}

void DeepMasker::push(std::string_view text, std::string& out) {
    std::string shown;
    const bool inString = plain_.openAt();
    plain_.push(text, shown);
    deeper(shown, inString, out);
}

void DeepMasker::flush(std::string& out) {
    std::string shown;
    const bool inString = plain_.openAt();
    plain_.flush(shown);
    deeper(shown, inString, out);
    if (percent_) percent_->flush(out);
}

const std::vector<GuardHit>& DeepMasker::hits() const {
    if (!percent_) return plain_.hits();
    hits_ = plain_.hits();
    hits_.insert(hits_.end(), percent_->hits().begin(), percent_->hits().end());
    return hits_;
}

std::size_t DeepMasker::overruns() const { return plain_.overruns() + (percent_ ? percent_->overruns() : 0); }

}  // namespace gatehouse::llm
