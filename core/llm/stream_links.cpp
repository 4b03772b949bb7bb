#include "llm/stream_links.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

namespace gatehouse::llm {
namespace {

using Json = nlohmann::ordered_json;
using Kind = StreamPart::Kind;

/// Beyond it the table of common events would not fit: what is longer is laid beside greedily.
constexpr std::size_t kMostCells = 4'000'000;
/// No scalar of an event is looked for in more of them than that.
constexpr std::size_t kMostScalars = 400;

/// An event that the translation made again, and the provider's event that it came from.
struct Made {
    StreamPart part;
    std::size_t from = 0;
};

bool saysText(const StreamPart& part) { return part.kind == Kind::Text || part.kind == Kind::Thinking || part.kind == Kind::ToolCall; }

/// Identifiers and times are made anew by a translation; what an event is and what it adds is not.
bool alike(const StreamPart& made, const StreamPart& got) {
    if (made.data == got.data && made.name == got.name) return true;
    return made.kind == got.kind && made.name == got.name && made.text == got.text;
}

class Runner {
  public:
    Runner(const LinkedStream& provider, const LinkedStream& client, const StreamLinkOptions& options, StreamLinks& links)
        : provider_(provider), links_(links), translator_(*provider.dialect, *client.dialect, options.model, options.includeUsage),
          grammar_(client.dialect, StreamGrammar::framingOf(translator_.contentType(), client.dialect)), whole_(options.whole) {}

    std::vector<Made> run() {
        const auto& parts = *provider_.parts;
        std::uint64_t at = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const auto end = std::min<std::uint64_t>(parts[i].end, provider_.body.size());
            std::string out;
            translator_.feed(provider_.body.substr(at, end - at), out);
            at = end;
            take(out, i);
        }
        std::string out;
        // A stream that is not kept whole has no end here, and nothing is made of that.
        if (whole_ || translator_.ended()) {
            translator_.finish(out);
            take(out, parts.size() - 1);
        }
        return std::move(made_);
    }

  private:
    void take(const std::string& out, std::size_t from) {
        grammar_.feed(out, 0);
        for (; made_.size() < grammar_.parts().size();) made_.push_back({grammar_.parts()[made_.size()], from});
        const auto& losses = translator_.losses();
        auto& own = links_.provider[from].losses;
        own.insert(own.end(), losses.begin() + static_cast<std::ptrdiff_t>(told_), losses.end());
        told_ = losses.size();
    }

    const LinkedStream& provider_;
    StreamLinks& links_;
    StreamTranslator translator_;
    StreamGrammar grammar_;
    const bool whole_;
    std::vector<Made> made_;
    std::size_t told_ = 0;
};

/// What was made beside what the client got: pairs of positions that are alike, rising on both sides.
std::vector<std::pair<std::size_t, std::size_t>> pairsOf(const std::vector<Made>& made, const std::vector<StreamPart>& got) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::size_t first = 0;
    const auto shorter = std::min(made.size(), got.size());
    while (first < shorter && alike(made[first].part, got[first])) {
        pairs.emplace_back(first, first);
        ++first;
    }
    const auto rows = made.size() - first, columns = got.size() - first;
    if (rows == 0 || columns == 0) return pairs;
    if (rows * columns > kMostCells) {
        for (std::size_t i = first, j = first; i < made.size() && j < got.size(); ++i)
            if (alike(made[i].part, got[j])) pairs.emplace_back(i, j++);
        return pairs;
    }
    // The longest common run of events, from the end.
    std::vector<std::uint32_t> best((rows + 1) * (columns + 1), 0);
    const auto cell = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return best[i * (columns + 1) + j]; };
    for (std::size_t i = rows; i-- > 0;)
        for (std::size_t j = columns; j-- > 0;)
            cell(i, j) = alike(made[first + i].part, got[first + j]) ? cell(i + 1, j + 1) + 1 : std::max(cell(i + 1, j), cell(i, j + 1));
    for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
        if (alike(made[first + i].part, got[first + j])) pairs.emplace_back(first + i++, first + j++);
        else if (cell(i + 1, j) >= cell(i, j + 1)) ++i;
        else ++j;
    }
    return pairs;
}

class Linker {
  public:
    Linker(const std::vector<Made>& made, const std::vector<StreamPart>& got, StreamLinks& links) : made_(made), got_(got), links_(links) {}

    void link() {
        std::size_t i = 0, j = 0;
        for (const auto& [made, got] : pairsOf(made_, got_)) {
            fillGap(i, made, j, got);
            join(made, got, false);
            i = made + 1;
            j = got + 1;
        }
        fillGap(i, made_.size(), j, got_.size());
        for (auto* side : {&links_.provider, &links_.client})
            for (auto& event : *side) {
                std::sort(event.others.begin(), event.others.end());
                event.others.erase(std::unique(event.others.begin(), event.others.end()), event.others.end());
            }
    }

  private:
    void join(std::size_t made, std::size_t got, bool changed) {
        const auto from = made_[made].from;
        links_.provider[from].others.push_back(got);
        links_.client[got].others.push_back(from);
        links_.provider[from].changed = links_.provider[from].changed || changed;
        links_.client[got].changed = links_.client[got].changed || changed;
    }

    /// Between two events that are alike texts may stand in other pieces (a guard's window), or be another one (its mask).
    void fillGap(std::size_t madeBegin, std::size_t madeEnd, std::size_t gotBegin, std::size_t gotEnd) {
        for (const auto kind : {Kind::Text, Kind::Thinking, Kind::ToolCall}) {
            std::vector<std::size_t> made, got;
            std::string madeText, gotText;
            for (auto i = madeBegin; i < madeEnd; ++i)
                if (made_[i].part.kind == kind) made.push_back(i), madeText += made_[i].part.text;
            for (auto j = gotBegin; j < gotEnd; ++j)
                if (got_[j].kind == kind) got.push_back(j), gotText += got_[j].text;
            if (made.empty() || got.empty()) continue;
            joinTexts(made, got, madeText, gotText);
        }
        joinOthers(madeBegin, madeEnd, gotBegin, gotEnd);
    }

    /// By the places of their texts; what stands between the common beginning and the common end of two that differ belongs together.
    void joinTexts(const std::vector<std::size_t>& made, const std::vector<std::size_t>& got, const std::string& before, const std::string& after) {
        const auto shorter = std::min(before.size(), after.size());
        std::size_t head = 0, tail = 0;
        while (head < shorter && before[head] == after[head]) ++head;
        while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
        const bool same = before == after;
        // Both sides' places on one scale: the beginning as it is, the end counted from the end, the middle as one place.
        const auto place = [&](std::size_t at, std::size_t size) -> std::pair<int, std::size_t> {
            if (same || at < head) return {0, at};
            return at >= size - tail ? std::pair(2, at - (size - tail)) : std::pair(1, std::size_t(0));
        };
        std::size_t gotFirst = 0, gotAt = 0;
        std::size_t madeAt = 0;
        for (const auto i : made) {
            const auto size = made_[i].part.text.size();
            const auto begin = place(madeAt, before.size()), last = place(madeAt + (size > 0 ? size - 1 : 0), before.size());
            madeAt += size;
            if (size == 0) continue;
            std::size_t at = gotAt;
            for (auto k = gotFirst; k < got.size(); ++k) {
                const auto length = got_[got[k]].text.size();
                const auto from = place(at, after.size()), to = place(at + (length > 0 ? length - 1 : 0), after.size());
                at += length;
                if (length == 0) continue;
                if (to < begin) {
                    gotFirst = k + 1;
                    gotAt = at;
                    continue;
                }
                if (last < from) break;
                const bool middle = !same && (touches(begin, last) && touches(from, to));
                join(i, got[k], middle);
            }
        }
    }
    static bool touches(const std::pair<int, std::size_t>& begin, const std::pair<int, std::size_t>& last) { return begin.first <= 1 && last.first >= 1; }

    /// What says no text, by what it is: the first of a kind to the first of that kind.
    void joinOthers(std::size_t madeBegin, std::size_t madeEnd, std::size_t gotBegin, std::size_t gotEnd) {
        auto next = gotBegin;
        for (auto i = madeBegin; i < madeEnd; ++i) {
            if (saysText(made_[i].part)) continue;
            for (auto j = next; j < gotEnd; ++j) {
                if (got_[j].kind != made_[i].part.kind || got_[j].name != made_[i].part.name) continue;
                join(i, j, true);
                next = j + 1;
                break;
            }
        }
    }

    const std::vector<Made>& made_;
    const std::vector<StreamPart>& got_;
    StreamLinks& links_;
};

/// Every scalar of a body with its pointer.
void collect(const Json& value, const std::string& pointer, std::vector<std::pair<std::string, std::string>>& out) {
    if (out.size() >= kMostScalars) return;
    if (value.is_object()) {
        for (auto member = value.begin(); member != value.end(); ++member) {
            std::string key;
            for (const char c : member.key()) key += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
            collect(member.value(), pointer + "/" + key, out);
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) collect(value[i], pointer + "/" + std::to_string(i), out);
    } else if (!value.is_null() && !(value.is_string() && value.get_ref<const std::string&>().empty())) {
        out.emplace_back(pointer, value.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
}

}  // namespace

std::vector<std::size_t> StreamLinks::dropped() const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < provider.size(); ++i)
        if (provider[i].others.empty()) out.push_back(i);
    return out;
}

std::vector<std::size_t> StreamLinks::own() const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < client.size(); ++i)
        if (client[i].others.empty()) out.push_back(i);
    return out;
}

StreamLinks linkStreams(const LinkedStream& provider, const LinkedStream& client, const StreamLinkOptions& options) {
    StreamLinks links;
    if (provider.parts == nullptr || client.parts == nullptr || provider.parts->empty() || client.parts->empty()) return links;
    if (provider.dialect == nullptr || client.dialect == nullptr) {
        links.problem = "The streams were read by no dialect, so their events are not linked.";
        return links;
    }
    const bool same = provider.dialect == client.dialect;
    if (!same && !canTranslateStream(*provider.dialect, *client.dialect)) {
        links.problem = "There is no translation between these two streams, so their events are not linked.";
        return links;
    }
    links.provider.resize(provider.parts->size());
    links.client.resize(client.parts->size());
    std::vector<Made> made;
    if (same)
        for (std::size_t i = 0; i < provider.parts->size(); ++i) made.push_back({(*provider.parts)[i], i});
    else made = Runner(provider, client, options, links).run();
    Linker(made, *client.parts, links).link();
    return links;
}

std::vector<ValueLink> linkValues(const std::string& from, const std::string& to) {
    std::vector<std::pair<std::string, std::string>> left, right;
    collect(Json::parse(from, nullptr, false), "", left);
    collect(Json::parse(to, nullptr, false), "", right);
    std::vector<ValueLink> out;
    std::map<std::string, std::vector<std::string>> leftByValue, rightByValue;
    std::map<std::string, std::string> rightByPointer(right.begin(), right.end());
    std::vector<std::string> taken;
    for (const auto& [pointer, value] : left) {
        const auto there = rightByPointer.find(pointer);
        if (there == rightByPointer.end() || there->second != value) {
            leftByValue[value].push_back(pointer);
            continue;
        }
        out.push_back({pointer, pointer});
        taken.push_back(pointer);
    }
    for (const auto& [pointer, value] : right)
        if (std::find(taken.begin(), taken.end(), pointer) == taken.end()) rightByValue[value].push_back(pointer);
    // Small numbers and yes or no are equal by chance; texts are not.
    for (const auto& [value, pointers] : leftByValue) {
        const auto there = rightByValue.find(value);
        if (value.front() != '"' || pointers.size() != 1 || there == rightByValue.end() || there->second.size() != 1) continue;
        out.push_back({pointers.front(), there->second.front()});
    }
    return out;
}

}  // namespace gatehouse::llm
