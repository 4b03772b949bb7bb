// Fields of two bodies laid beside each other.
#include "llm/field_links.h"

#include "llm/dialect/dialect.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace gatehouse::llm {
namespace {

using Pointer = Json::json_pointer;

std::string escaped(std::string_view key) {
    std::string out;
    for (const char c : key) {
        if (c == '~') out += "~0";
        else if (c == '/') out += "~1";
        else out += c;
    }
    return out;
}

std::string parentOf(const std::string& pointer) { return pointer.substr(0, pointer.rfind('/')); }

bool isLeaf(const Json& value) { return !value.is_structured() || value.empty(); }

void eachLeaf(const Json& value, const std::string& pointer, std::vector<std::string>& out) {
    if (isLeaf(value)) {
        if (!pointer.empty()) out.push_back(pointer);
    } else if (value.is_object()) {
        for (auto member = value.begin(); member != value.end(); ++member) eachLeaf(member.value(), pointer + '/' + escaped(member.key()), out);
    } else {
        for (std::size_t i = 0; i < value.size(); ++i) eachLeaf(value[i], pointer + '/' + std::to_string(i), out);
    }
}

const Json* at(const Json& body, const std::string& pointer) {
    const Pointer path(pointer);
    return body.contains(path) ? &body.at(path) : nullptr;
}

/// Pointers into `a` whose values are others in `b`, or gone. Where nothing of an object is left, the object alone.
void differences(const Json& a, const Json& b, const std::string& pointer, std::set<std::string>& out) {
    if (a == b) return;
    if (a.is_object() && b.is_object()) {
        bool common = a.empty();
        for (auto member = a.begin(); member != a.end(); ++member) common = common || b.contains(member.key());
        if (!common) {
            out.insert(pointer);
            return;
        }
        for (auto member = a.begin(); member != a.end(); ++member) {
            const auto inner = pointer + '/' + escaped(member.key());
            const auto other = b.find(member.key());
            if (other == b.end()) out.insert(inner);
            else differences(member.value(), *other, inner, out);
        }
        return;
    }
    if (a.is_array() && b.is_array() && a.size() == b.size()) {
        for (std::size_t i = 0; i < a.size(); ++i) differences(a[i], b[i], pointer + '/' + std::to_string(i), out);
        return;
    }
    out.insert(pointer);
}

/// 0..1: how much two values look alike.
double likeness(const Json& a, const Json& b) {
    if (a == b) return 1;
    if (a.type() != b.type()) return 0;
    if (a.is_string()) {
        const auto& left = a.get_ref<const std::string&>();
        const auto& right = b.get_ref<const std::string&>();
        const auto shorter = std::min(left.size(), right.size());
        std::size_t begin = 0, end = 0;
        while (begin < shorter && left[begin] == right[begin]) ++begin;
        while (end < shorter - begin && left[left.size() - 1 - end] == right[right.size() - 1 - end]) ++end;
        const auto longer = std::max(left.size(), right.size());
        return longer == 0 ? 0 : 0.9 * static_cast<double>(begin + end) / static_cast<double>(longer);
    }
    if (a.is_object()) {
        double sum = 0;
        for (auto member = a.begin(); member != a.end(); ++member)
            if (const auto other = b.find(member.key()); other != b.end()) sum += 0.1 + 0.9 * likeness(member.value(), *other);
        const auto longer = std::max(a.size(), b.size());
        return longer == 0 ? 0 : 0.95 * sum / static_cast<double>(longer);
    }
    if (a.is_array()) {
        double sum = 0;
        const auto shorter = std::min(a.size(), b.size());
        for (std::size_t i = 0; i < shorter; ++i) sum += likeness(a[i], b[i]);
        const auto longer = std::max(a.size(), b.size());
        return longer == 0 ? 0 : 0.95 * sum / static_cast<double>(longer);
    }
    return 0.2;  // Numbers and booleans with other values: the same kind of thing, at least.
}

/// Pairs of elements, in order, that look most alike all together.
std::vector<std::pair<std::size_t, std::size_t>> pairsOf(const Json& a, const Json& b) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    constexpr std::size_t kMost = 200;  // Beyond it only elements at the same place are compared.
    if (a.size() == b.size() || a.size() > kMost || b.size() > kMost) {
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) pairs.emplace_back(i, i);
        return pairs;
    }
    const auto width = b.size() + 1;
    std::vector<double> best((a.size() + 1) * width, 0), like(a.size() * b.size(), 0);
    for (std::size_t i = a.size(); i-- > 0;)
        for (std::size_t j = b.size(); j-- > 0;) {
            like[i * b.size() + j] = likeness(a[i], b[j]);
            const auto paired = like[i * b.size() + j] + best[(i + 1) * width + j + 1];
            best[i * width + j] = std::max({paired, best[(i + 1) * width + j], best[i * width + j + 1]});
        }
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        const auto alike = like[i * b.size() + j];
        if (alike > 0 && best[i * width + j] == alike + best[(i + 1) * width + j + 1]) pairs.emplace_back(i++, j++);
        else if (best[i * width + j] == best[(i + 1) * width + j]) ++i;
        else ++j;
    }
    return pairs;
}

/// Where each field of the translation stands in what was really sent.
using Placement = std::map<std::string, std::string>;
void place(const Json& a, const Json& b, const std::string& inA, const std::string& inB, Placement& out) {
    out[inA] = inB;
    if (a.is_object() && b.is_object()) {
        for (auto member = a.begin(); member != a.end(); ++member)
            if (const auto other = b.find(member.key()); other != b.end())
                place(member.value(), *other, inA + '/' + escaped(member.key()), inB + '/' + escaped(member.key()), out);
    } else if (a.is_array() && b.is_array()) {
        for (const auto& [i, j] : pairsOf(a, b)) place(a[i], b[j], inA + '/' + std::to_string(i), inB + '/' + std::to_string(j), out);
    }
}

/// One translation, of the direction that is asked for.
struct Translation {
    const Dialect& from;
    const Dialect& to;
    const FieldLinkOptions& options;

    Result<Json> of(const Json& body, Losses* losses = nullptr) const {
        Result<std::string> text = run(dump(body), losses);
        if (!text) return tl::unexpected(text.error());
        return parseObject(*text);
    }
    Result<std::string> run(const std::string& body, Losses* losses) const {
        if (options.answer) {
            auto made = translateAnswer(from, to, body, options.given.model, options.given.encoding);
            if (!made) return tl::unexpected(made.error());
            if (losses != nullptr) *losses = std::move(made->losses);
            return std::move(made->body);
        }
        auto made = translateRequest(from, to, body, options.given);
        if (!made) return tl::unexpected(made.error());
        if (losses != nullptr) *losses = std::move(made->losses);
        return std::move(made->body);
    }
};

/// The same value, a little different; false: there is no such thing.
bool change(Json& value) {
    if (value.is_string()) value = value.get<std::string>() + "\xE2\x90\x9F";  // A mark that no text ends with.
    else if (value.is_boolean()) value = !value.get<bool>();
    else if (value.is_number_unsigned()) value = value.get<std::uint64_t>() + 1;
    else if (value.is_number_integer()) value = value.get<std::int64_t>() - 1;
    else if (value.is_number_float()) value = value.get<double>() * 0.5 + 0.015625;
    else return false;
    return true;
}

/// The body without the member; false where it is no member of an object.
bool takeOut(Json& body, const std::string& pointer) {
    auto* parent = &body.at(Pointer(parentOf(pointer)));
    if (!parent->is_object()) return false;
    parent->erase(Pointer(pointer).back());
    return true;
}

class Tracer {
  public:
    Tracer(const Translation& translation, const Json& from, const Json& translated) : translation_(translation), from_(from), translated_(translated) {
        noteVolatile();
    }

    /// What of the translation comes of the field; nothing where it cannot be told.
    std::optional<std::set<std::string>> trace(const std::string& pointer) const {
        Json changed = from_;
        if (change(changed.at(Pointer(pointer))))
            if (auto found = compare(changed); found && !found->empty()) return found;
        changed = from_;
        if (!takeOut(changed, pointer)) return std::nullopt;
        return compare(changed);
    }

  private:
    std::optional<std::set<std::string>> compare(const Json& changed) const {
        const auto made = translation_.of(changed);
        if (!made) return std::nullopt;
        std::set<std::string> found;
        differences(translated_, *made, {}, found);
        for (const auto& pointer : volatile_) found.erase(pointer);
        found.erase("");
        return found;
    }
    /// Ids and times that are made anew each time.
    void noteVolatile() {
        for (int i = 0; i < 2; ++i)
            if (const auto again = translation_.of(from_)) differences(translated_, *again, {}, volatile_);
        if (translated_.is_object() && translated_.contains("created")) volatile_.insert("/created");
        if (translated_.is_object() && translated_.contains("created_at")) volatile_.insert("/created_at");
    }

    const Translation& translation_;
    const Json& from_;
    const Json& translated_;
    std::set<std::string> volatile_;
};

using Traced = std::map<std::string, std::set<std::string>>;

/// A field that could not be changed: its value again, near to where a neighbour's is known to have gone.
std::string besideNeighbour(const Json& from, const Json& translated, const std::string& pointer, const Traced& traced) {
    const auto& value = from.at(Pointer(pointer));
    const auto parent = parentOf(pointer);
    const auto key = pointer.substr(parent.size());
    for (auto entry = traced.lower_bound(parent + '/'); entry != traced.end() && entry->first.starts_with(parent + '/'); ++entry)
        for (auto holder : entry->second)
            while (!holder.empty()) {
                holder = parentOf(holder);
                if (holder.empty()) break;
                const auto* object = at(translated, holder);
                if (object == nullptr || !object->is_object()) continue;
                if (const auto* same = at(translated, holder + key); same != nullptr && isLeaf(*same)) return holder + key;
                for (auto member = object->begin(); member != object->end(); ++member)
                    if (member.value() == value) return holder + '/' + escaped(member.key());
            }
    return {};
}

bool toldDropped(const Losses& losses, const std::string& pointer) {
    return std::any_of(losses.begin(), losses.end(), [&](const Loss& loss) {
        return loss.kind == Loss::Kind::Dropped && !loss.path.empty() && pointerHolds(pointerOf(loss.path), pointer);
    });
}

/// What of `to` no link leads to, as the outermost fields.
void noteAdded(const Json& value, const std::string& pointer, const std::set<std::string>& reached, std::vector<std::string>& out) {
    if (reached.contains(pointer)) return;
    const auto inside = reached.lower_bound(pointer + '/');
    const bool partly = inside != reached.end() && inside->starts_with(pointer + '/');
    if (!partly && !pointer.empty()) {
        out.push_back(pointer);
        return;
    }
    if (value.is_object()) {
        for (auto member = value.begin(); member != value.end(); ++member) noteAdded(member.value(), pointer + '/' + escaped(member.key()), reached, out);
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) noteAdded(value[i], pointer + '/' + std::to_string(i), reached, out);
    }
}

FieldLinks link(const Translation& translation, const Json& from, std::string_view sent, const FieldLinkOptions& options) {
    FieldLinks out;
    const bool same = &translation.from == &translation.to;
    const auto made = same ? Result<Json>(from) : translation.of(from, &out.losses);
    if (!made) {
        out.problem = made.error().message;
        return out;
    }
    const Json& translated = *made;
    out.translated = dump(translated);
    Json to = translated;
    if (!sent.empty()) {
        auto parsed = parseObject(sent);
        if (!parsed) {
            out.problem = parsed.error().message;
            return out;
        }
        to = std::move(*parsed);
    }
    std::vector<std::string> leaves;
    eachLeaf(from, {}, leaves);
    Traced traced;
    std::vector<std::string> open;
    if (same) {
        for (const auto& leaf : leaves) traced[leaf] = {leaf};
    } else {
        const Tracer tracer(translation, from, translated);
        std::size_t count = 0;
        for (const auto& leaf : leaves) {
            if (++count > options.mostFields) open.push_back(leaf);
            else if (auto found = tracer.trace(leaf)) traced[leaf] = std::move(*found);
            else open.push_back(leaf);
        }
        for (const auto& leaf : open)
            if (auto beside = besideNeighbour(from, translated, leaf, traced); !beside.empty()) traced[leaf] = {std::move(beside)};
    }
    Placement placement;
    place(translated, to, {}, {}, placement);
    std::set<std::string> reached;
    for (const auto& leaf : leaves) {
        const auto found = traced.find(leaf);
        const bool gone = found == traced.end() || found->second.empty();
        if (gone) {
            if (!toldDropped(out.losses, leaf)) out.unknown.push_back(leaf);
            continue;
        }
        const auto& value = from.at(Pointer(leaf));
        for (const auto& target : found->second) {
            const auto there = placement.find(target);
            if (there == placement.end()) continue;
            const auto* now = at(to, there->second);
            out.links.push_back({leaf, there->second, now != nullptr && *now == value});
            reached.insert(there->second);
        }
    }
    noteAdded(to, {}, reached, out.added);
    return out;
}

}  // namespace

FieldLinks linkFields(const Dialect& fromDialect, const Dialect& toDialect, std::string_view from, std::string_view to, const FieldLinkOptions& options) {
    FieldLinks out;
    const auto body = parseObject(from);
    if (!body) {
        out.problem = body.error().message;
        return out;
    }
    try {
        return link({fromDialect, toDialect, options}, *body, to, options);
    } catch (const Json::exception&) {
        out.problem = "The body holds a field that cannot be followed.";
        return out;
    }
}

std::string pointerOf(std::string_view path) {
    std::string out;
    std::string key;
    const auto end = [&] {
        if (!key.empty()) out += '/' + escaped(key);
        key.clear();
    };
    for (const char c : path) {
        if (c == '.' || c == '[' || c == ']') end();
        else key += c;
    }
    end();
    return out;
}

bool pointerHolds(std::string_view pointer, std::string_view inner) {
    return inner.starts_with(pointer) && (inner.size() == pointer.size() || pointer.empty() || inner[pointer.size()] == '/');
}

}  // namespace gatehouse::llm
