#include "fuzz/targets.h"

#include "http/h1.h"
#include "http/uri.h"
#include "llm/guard.h"
#include "llm/plan.h"
#include "llm/usage.h"
#include "text/yaml.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace gatehouse::fuzz {

namespace {

void require(bool promise, const char* sentence) {
    if (!promise) throw std::logic_error(sentence);
}

/// The first byte of an input steers its test, the rest is the input proper.
std::pair<unsigned, std::string_view> steer(std::string_view input) {
    if (input.empty()) return {0, input};
    return {static_cast<unsigned char>(input.front()), input.substr(1)};
}

// ---- YAML

using text::yaml::Node;
using text::yaml::NodeKind;
using text::yaml::Path;

/// Of one type and one meaning: ~ and null are the same, 0x1F and 31 too.
bool sameScalar(const Node& a, const Node& b) {
    if (a.type() != b.type()) return false;
    switch (a.type()) {
        case text::yaml::Type::Null: return true;
        case text::yaml::Type::Boolean: return a.asBool() == b.asBool();
        default: return a.value == b.value || (a.asInt() && a.asInt() == b.asInt());
    }
}

bool sameData(const Node& a, const Node& b) {
    if (a.kind != b.kind || a.entries.size() != b.entries.size() || a.items.size() != b.items.size()) return false;
    if (a.kind == NodeKind::Scalar && !sameScalar(a, b)) return false;
    for (std::size_t i = 0; i < a.entries.size(); ++i) {
        if (!sameData(a.entries[i].key, b.entries[i].key) || !sameData(a.entries[i].value, b.entries[i].value)) return false;
    }
    for (std::size_t i = 0; i < a.items.size(); ++i) {
        if (!sameData(a.items[i], b.items[i])) return false;
    }
    return true;
}

/// No tags or aliases, and nothing but words as keys: what Kubernetes objects are made of.
bool isPlainData(const Node& node) {
    if (node.kind == NodeKind::Alias || !node.tag.empty()) return false;
    for (const auto& entry : node.entries) {
        if (entry.key.kind != NodeKind::Scalar || entry.key.isNull() || !isPlainData(entry.key) || !isPlainData(entry.value)) return false;
    }
    for (const auto& item : node.items) {
        if (!isPlainData(item)) return false;
    }
    return true;
}

bool hasDuplicates(const Node& node) {
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
        for (std::size_t j = i + 1; j < node.entries.size(); ++j) {
            if (node.entries[i].key.value == node.entries[j].key.value) return true;
        }
        if (hasDuplicates(node.entries[i].value)) return true;
    }
    for (const auto& item : node.items) {
        if (hasDuplicates(item)) return true;
    }
    return false;
}

/// The path of the `which`-th scalar below `node`, depth first.
bool findScalar(const Node& node, unsigned& which, const Path& at, Path& found) {
    if (node.kind == NodeKind::Scalar) {
        if (which-- != 0) return false;
        found = at;
        return true;
    }
    for (const auto& entry : node.entries) {
        if (findScalar(entry.value, which, at.key(entry.key.value), found)) return true;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (findScalar(node.items[i], which, at.index(i), found)) return true;
    }
    return false;
}

// ---- Chat requests

struct ChatSetting {
    llm::LlmPolicy policy;
    llm::Provider provider;
};

const ChatSetting& chatSetting() {
    static const ChatSetting setting = [] {
        ChatSetting made;
        auto guard = llm::RegexGuard::compile({{"", "", "CREDIT_CARD"}, {"", "", "EMAIL"}, {"word", "secret[0-9]+", ""}},
                                              llm::RegexGuard::Action::Mask);
        require(guard.has_value(), "the guard's patterns compile");
        made.policy.requestGuard = *guard;
        made.policy.enrichment.prepend = {{"system", "Say \"yes\".\n"}};
        made.policy.enrichment.append = {{"user", "now"}};
        made.provider.name = "openai";
        made.provider.modelOverride = "gpt-\"quoted\"";
        return made;
    }();
    return setting;
}

}  // namespace

void yaml(std::string_view input) {
    const auto [choice, text] = steer(input);
    const auto documents = text::yaml::parse(text);
    if (!documents) return;
    for (std::size_t index = 0; index < documents->size(); ++index) {
        const Node& root = (*documents)[index].root;
        if (root.kind != NodeKind::Mapping || !isPlainData(root) || hasDuplicates(root)) continue;
        const std::string written = text::yaml::writeNode(root);
        const auto again = text::yaml::parse(written);
        require(again.has_value() && again->size() == 1, "what is written reads back");
        require(sameData(root, again->front().root), "what is written reads back as the same data");

        unsigned which = choice;
        Path path;
        if (!findScalar(root, which, Path{}, path) || path.empty()) continue;
        const auto edited = text::yaml::setScalar(text, index, path, "new: value", text::yaml::Type::String);
        if (!edited) continue;  // Refused, and said so.
        const auto after = text::yaml::parse(*edited);
        require(after.has_value() && after->size() == documents->size(), "an edited text still reads");
        const Node* node = (*after)[index].root.at(path);
        require(node && node->value == "new: value", "an edit is read back");
        for (std::size_t other = 0; other < documents->size(); ++other) {
            if (other == index || !isPlainData((*documents)[other].root)) continue;
            require(sameData((*documents)[other].root, (*after)[other].root), "an edit leaves other documents alone");
        }
        const Node* before = root.at(path);
        require(text.substr(0, before->begin.offset) == edited->substr(0, before->begin.offset),
                "an edit leaves what stands before it");
    }
}

void httpHead(std::string_view input) {
    const auto [choice, bytes] = steer(input);
    const http::Limits limits;
    http::RequestHead whole;
    http::RequestParser wholeParser(limits);
    const auto verdict = wholeParser.parse(bytes, whole);

    http::RequestHead piecewise;
    http::RequestParser pieceParser(limits);
    auto pieceVerdict = http::ParseState::NeedMore;
    const std::size_t step = 1 + choice % 7;
    for (std::size_t end = std::min(step, bytes.size());; end = std::min(end + step, bytes.size())) {
        pieceVerdict = pieceParser.parse(bytes.substr(0, end), piecewise);
        if (pieceVerdict != http::ParseState::NeedMore || end == bytes.size()) break;
    }
    require(verdict == pieceVerdict, "a head has one verdict at any split");
    if (verdict != http::ParseState::Done) return;
    require(wholeParser.consumed() == pieceParser.consumed(), "a head has one length at any split");
    require(whole.path == piecewise.path && whole.host == piecewise.host && whole.method == piecewise.method,
            "a head reads the same at any split");
    require(wholeParser.framing().body == pieceParser.framing().body &&
                wholeParser.framing().length == pieceParser.framing().length,
            "a body has one length at any split");
    require(whole.headers.count("content-length") == 0 || whole.headers.count("transfer-encoding") == 0,
            "no request has two lengths");
    if (whole.path.starts_with("/")) {
        http::Arena arena;
        std::string_view normal;
        require(http::normalizePath(whole.path, arena, normal) == http::PathVerdict::Ok && normal == whole.path,
                "an accepted path is normal");
    }
    for (const auto& header : whole.headers.fields()) {
        require(header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos, "no value ends a line");
    }
}

void sse(std::string_view input) {
    const auto [choice, bytes] = steer(input);
    llm::StreamUsage through(false);
    std::string untouched;
    through.feed(bytes, untouched);
    through.finish(untouched);
    require(untouched == bytes, "without dropping, every byte passes");

    llm::StreamUsage whole(true);
    std::string once;
    whole.feed(bytes, once);
    whole.finish(once);
    llm::StreamUsage split(true);
    std::string pieces;
    const std::size_t step = 1 + choice % 11;
    for (std::size_t begin = 0; begin < bytes.size(); begin += step) split.feed(bytes.substr(begin, step), pieces);
    split.finish(pieces);
    require(once == pieces, "the same bytes pass at any split");
    require(whole.usage().inputTokens == split.usage().inputTokens && whole.usage().outputTokens == split.usage().outputTokens &&
                whole.usage().known == split.usage().known && through.usage().known == whole.usage().known,
            "the same usage is read at any split");
    require(whole.sawDone() == split.sawDone(), "the end is seen at any split");
}

void json(std::string_view input) {
    const auto [choice, bytes] = steer(input);
    base::Buffer body{bytes};
    const auto& setting = chatSetting();
    const auto read = llm::readChat(body);
    const auto prepared = llm::prepareChat(body, choice & 1 ? &setting.policy : nullptr,
                                           choice & 2 ? &setting.provider : nullptr, choice & 4);
    if (!prepared) return;
    require(read.has_value(), "what can be prepared can be read");
    if (prepared->guard.rejected) return;
    const auto again = llm::readChat(body);
    require(again.has_value(), "a prepared body is still a chat request");
    if (choice & 2) require(again->model == setting.provider.modelOverride, "the model is overwritten");
    const std::size_t added = prepared->enriched ? 2 : 0;
    require(again->messages == read->messages + added, "no message is lost, and enrichment adds its own");
    require(!prepared->enriched || (choice & 1), "nothing is added without a policy");
    require(again->stream == read->stream, "streaming stays as asked");
    if (choice == 0) require(body.view() == bytes, "without a policy no byte changes");
}

}  // namespace gatehouse::fuzz
