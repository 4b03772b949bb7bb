#include "llm/prompt_caching.h"

#include "text/json_body.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

namespace gatehouse::llm {
namespace {

namespace json = text::json;
using json::Kind;
using json::Span;

constexpr std::string_view kControl = R"("cache_control":{"type":"ephemeral"})";
constexpr std::string_view kPoint = R"({"cachePoint":{"type":"default"}})";

struct Block {
    Span span;
    bool marked = false;
    bool markable = true;        ///< Reasoning and empty texts take no marker.
    Span kind;                   ///< The value of its type, between the quotes.
    std::optional<Span> control; ///< The value of a cache_control that is null.
};
/// A list of blocks, or one text in its place.
struct Blocks {
    Kind kind = Kind::Null;
    Span span;
    std::vector<Block> items;
    bool marked() const { return !items.empty() && items.back().marked; }
};
struct Layout {
    Blocks tools, system;
    std::vector<Blocks> messages;
    std::vector<Span> messageSpans;
    int markers = 0;
};

class Reader {
  public:
    explicit Reader(Layout& out) : out_(out) {}

    Result<void> top(std::string_view key, json::Value& value) {
        if (key == "tools") return blocks(value, out_.tools);
        if (key == "system") return blocks(value, out_.system);
        if (key == "toolConfig" && value.kind() == Kind::Object) {
            auto span = value.eachMember([&](std::string_view inner, json::Value& list) -> Result<void> {
                return inner == "tools" ? blocks(list, out_.tools) : Result<void>{};
            });
            if (!span) return tl::unexpected(span.error());
            return {};
        }
        if (key != "messages" || value.kind() != Kind::Array) return {};
        auto span = value.eachItem([&](json::Value& item) { return message(item); });
        if (!span) return tl::unexpected(span.error());
        return {};
    }

  private:
    Result<void> message(json::Value& item) {
        Blocks content;
        Result<Span> span = item.kind() != Kind::Object ? item.skip() : item.eachMember([&](std::string_view key, json::Value& value) -> Result<void> {
            return key == "content" ? blocks(value, content) : Result<void>{};
        });
        if (!span) return tl::unexpected(span.error());
        out_.messageSpans.push_back(*span);
        out_.messages.push_back(std::move(content));
        return {};
    }

    Result<void> blocks(json::Value& value, Blocks& into) {
        into = {};
        into.kind = value.kind();
        auto span = value.kind() != Kind::Array ? value.skip() : value.eachItem([&](json::Value& item) -> Result<void> {
            Block block;
            auto read = item.kind() == Kind::Object ? item.eachMember([&](std::string_view key, json::Value& member) { return this->member(key, member, block); })
                                                    : item.skip();
            if (!read) return tl::unexpected(read.error());
            block.span = *read;
            into.items.push_back(block);
            return {};
        });
        if (!span) return tl::unexpected(span.error());
        into.span = *span;
        return {};
    }

    Result<void> member(std::string_view key, json::Value& value, Block& block) {
        if (key == "cache_control" && value.kind() == Kind::Null) {
            auto span = value.skip();
            if (!span) return tl::unexpected(span.error());
            block.control = *span;
        } else if (key == "cache_control" || key == "cachePoint") {
            block.marked = true;
            ++out_.markers;
        } else if (key == "type" && value.kind() == Kind::String) {
            auto span = value.string();
            if (!span) return tl::unexpected(span.error());
            block.kind = *span;
        } else if (key == "reasoningContent") {
            block.markable = false;
        } else if (key == "text" && value.kind() == Kind::String) {
            auto span = value.string();
            if (!span) return tl::unexpected(span.error());
            if (span->size() == 0) block.markable = false;
        } else if (key == "content" && value.kind() == Kind::Array) {
            Blocks inside;  // Of a tool's result: its markers count.
            return blocks(value, inside);
        }
        return {};
    }

    Layout& out_;
};

/// Words times 1.3, JSON's signs between them.
std::uint64_t tokensIn(std::string_view text) {
    std::uint64_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool between = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '"' || c == ',' || c == ':' || c == '{' || c == '}' || c == '[' ||
                             c == ']' || c == '\\';
        if (!between && !inside) ++words;
        inside = !between;
    }
    return words * 13 / 10;
}

bool bedrockKeeps(std::string_view model) {
    const auto has = [&](std::string_view part) { return model.find(part) != std::string_view::npos; };
    if (has("claude")) return !has("claude-v2") && !has("claude-instant");
    return has("nova");
}

class Marker {
  public:
    Marker(base::Buffer& body, const Layout& layout, const PromptCaching& caching, bool points)
        : body_(body), layout_(layout), caching_(caching), points_(points), left_(PromptCaching::kMostMarkers - layout.markers) {}

    CacheMarks run() {
        CacheMarks out;
        out.present = layout_.markers;
        std::uint64_t before = tokensOf(layout_.tools.span);
        if (caching_.tools) mark(layout_.tools, before, "tools");
        before += tokensOf(layout_.system.span);
        if (caching_.system) mark(layout_.system, before, "system");
        if (caching_.messages && layout_.messages.size() >= 2) {
            const auto last = layout_.messages.size() - 2;
            const auto at = last - std::min<std::uint64_t>(last, caching_.messageOffset);
            for (std::size_t i = 0; i <= at; ++i) before += tokensOf(layout_.messageSpans[i]);
            mark(layout_.messages[at], before, fmt::format("message {}", at + 1));
        }
        splices_.apply(body_);
        out.added = added_;
        if (added_ > 0) out.detail = told_ + " marked";
        else if (left_ <= 0) out.detail = "the client's own markers are as many as there may be";
        else if (short_) out.detail = fmt::format("what could be kept is shorter than {} tokens", caching_.minTokens);
        else out.detail = "there is nothing to mark";
        return out;
    }

  private:
    std::uint64_t tokensOf(Span span) const { return tokensIn(body_.view().substr(span.begin, span.size())); }

    void mark(const Blocks& blocks, std::uint64_t tokens, std::string_view name) {
        const bool text = blocks.kind == Kind::String && blocks.span.size() > 2;
        const bool list = blocks.kind == Kind::Array && !blocks.items.empty();
        if (!text && !list) return;
        if (tokens < caching_.minTokens) {
            short_ = true;
            return;
        }
        if (left_ <= 0) return;
        if (!(points_ ? addPoint(blocks) : addControl(blocks))) return;
        --left_;
        ++added_;
        told_ += fmt::format("{}{}", told_.empty() ? "" : " and ", name);
    }

    bool addPoint(const Blocks& blocks) {
        if (blocks.kind != Kind::Array || blocks.marked()) return false;
        splices_.insert(blocks.span.end - 1, fmt::format(",{}", kPoint));
        return true;
    }

    bool addControl(const Blocks& blocks) {
        if (blocks.kind == Kind::String) {
            splices_.insert(blocks.span.begin, R"([{"type":"text","text":)");
            splices_.insert(blocks.span.end, fmt::format(",{}}}]", kControl));
            return true;
        }
        for (auto block = blocks.items.rbegin(); block != blocks.items.rend(); ++block) {
            if (block->marked) return false;
            if (!block->markable || thinks(*block) || block->span.size() <= 2) continue;
            if (block->control) splices_.replace(*block->control, R"({"type":"ephemeral"})");
            else splices_.insert(block->span.end - 1, fmt::format(",{}", kControl));
            return true;
        }
        return false;
    }

    /// Blocks of thinking take no marker of their own.
    bool thinks(const Block& block) const {
        const auto kind = body_.view().substr(block.kind.begin, block.kind.size());
        return kind == "thinking" || kind == "redacted_thinking";
    }

    base::Buffer& body_;
    const Layout& layout_;
    const PromptCaching& caching_;
    const bool points_;
    int left_;
    int added_ = 0;
    bool short_ = false;
    std::string told_;
    json::Splices splices_;
};

}  // namespace

Result<CacheMarks> markCaches(base::Buffer& body, std::string_view dialect, std::string_view model, const PromptCaching& caching) {
    const bool points = dialect == "bedrock-converse";
    if (!points && dialect != "anthropic-messages" && dialect != "vertex-anthropic") return CacheMarks{0, 0, "the provider keeps prompts by itself, or not at all"};
    if (points && !bedrockKeeps(model)) return CacheMarks{0, 0, fmt::format("{} keeps no prompts", model)};
    Layout layout;
    Reader reader(layout);
    auto read = json::readObject(body, [&](std::string_view key, json::Value& value) { return reader.top(key, value); });
    if (!read) return tl::unexpected(read.error());
    return Marker(body, layout, caching, points).run();
}

}  // namespace gatehouse::llm
