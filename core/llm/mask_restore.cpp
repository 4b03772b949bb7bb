#include "llm/mask_restore.h"

#include "base/ids.h"
#include "llm/policy.h"
#include "text/json_body.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

/// Four letters and digits: what another request's tags have, and what a client would not guess.
std::string makeSalt() {
    constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string out;
    for (int i = 0; i < 4; ++i) out += kLetters[base::randomBelow(kLetters.size())];
    return out;
}

bool looksLikeJson(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

class Restoring final : public TextFilter {
  public:
    Restoring(const MaskRestore& restore, bool json) : restore_(restore), json_(json) {}
    void push(std::string_view text, std::string& out) override {
        held_ += text;
        const auto hold = restore_.holdFrom(held_);
        out += restore_.restored(std::string_view(held_).substr(0, hold), json_);
        held_.erase(0, hold);
    }
    void flush(std::string& out) override {
        out += restore_.restored(held_, json_);
        held_.clear();
    }

  private:
    const MaskRestore& restore_;
    const bool json_;
    std::string held_;
};

}  // namespace

MaskRestore::MaskRestore() : salt_(makeSalt()) {}

const std::string& MaskRestore::tagOf(std::string_view tag, std::string_view text) {
    auto id = fmt::format("{}\n{}", tag, text);
    if (const auto known = byText_.find(id); known != byText_.end()) return tags_[known->second].tag;
    const auto kind = tag.size() > 2 && tag.front() == '<' && tag.back() == '>' ? tag.substr(1, tag.size() - 2) : std::string_view("MASKED");
    byText_.emplace(std::move(id), tags_.size());
    tags_.push_back({fmt::format("<{}_{}_{}>", kind, tags_.size() + 1, salt_), std::string(text)});
    longest_ = std::max(longest_, tags_.back().tag.size());
    return tags_.back().tag;
}

std::string MaskRestore::restored(std::string_view text, bool json) const {
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto open = text.find('<', at);
        out += text.substr(at, open - at);
        if (open == std::string_view::npos) break;
        const auto found = std::find_if(tags_.begin(), tags_.end(), [&](const Tag& tag) { return text.substr(open).starts_with(tag.tag); });
        if (found == tags_.end()) {
            out += '<';
            at = open + 1;
            continue;
        }
        out += json ? text::json::encode(found->text) : found->text;
        at = open + found->tag.size();
    }
    return out;
}

std::size_t MaskRestore::holdFrom(std::string_view text) const {
    const auto from = text.size() >= longest_ ? text.size() - longest_ + 1 : 0;
    for (auto open = text.find('<', from); open != std::string_view::npos; open = text.find('<', open + 1)) {
        const auto rest = text.substr(open);
        if (std::any_of(tags_.begin(), tags_.end(), [&](const Tag& tag) { return rest.size() < tag.tag.size() && tag.tag.starts_with(rest); })) return open;
    }
    return text.size();
}

Result<void> MaskRestore::restoreAnswer(std::string& answer) const {
    base::Buffer body(answer);
    const auto all = answerTexts(body);
    if (!all) return tl::unexpected(all.error());
    auto texts = readTexts(body, *all);
    std::size_t at = 0;
    bool changed = false;
    for (const auto& text : all->texts) {
        if (text.form != BodyText::Form::String) continue;
        auto& content = texts[at++];
        auto put = restored(content, text.scope == TextScope::ToolInput && looksLikeJson(content));
        changed = changed || put != content;
        content = std::move(put);
    }
    if (!changed) return {};
    replaceTexts(body, *all, texts);
    answer = body.view();
    return {};
}

TextFilters MaskRestore::filters() const {
    return [this](std::string_view, TextScope, bool jsonText) { return std::make_unique<Restoring>(*this, jsonText); };
}

Result<bool> maskForRestore(base::Buffer& body, const Guard& guard, MaskRestore& restore, GuardReport& report) {
    const auto all = requestTexts(body);
    if (!all) return tl::unexpected(all.error());
    const auto scoped = textsInScope(*all, guard.scopes);
    const auto& patterns = *guard.regex;
    std::vector<GuardHit> found;
    auto texts = readTexts(body, scoped);
    std::size_t at = 0;
    for (const auto& text : scoped.texts) {
        if (text.form != BodyText::Form::String) continue;
        auto& content = texts[at++];
        auto hits = patterns.find(content);
        std::string put;
        std::size_t from = 0;
        for (auto& hit : hits) {
            if (hit.begin < from) continue;
            hit.replacement = restore.tagOf(hit.replacement, std::string_view(content).substr(hit.begin, hit.end - hit.begin));
            put.append(content, from, hit.begin - from).append(hit.replacement);
            from = hit.end;
            hit.messageIndex = text.message;
            hit.scope = text.scope;
            found.push_back(hit);
        }
        if (from > 0) content = put.append(content, from);
    }
    if (!found.empty()) replaceTexts(body, scoped, texts);
    // Numbers and names of fields in a tool's payload have no tags that could be put back.
    const auto passed = runRegexGuard(body, guard, false, report);
    if (!passed || found.empty()) return passed;
    noteMasked(report.of(guard, false), std::move(found));
    return passed;
}

}  // namespace gatehouse::llm
