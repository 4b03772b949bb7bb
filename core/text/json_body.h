// Reading fields of a JSON body without building a tree (over the tokens that simdjson finds), with byte spans into the original text, and
// edits as splices of that text, so that what nobody touches stays byte for byte.
// A walk validates everything it passes, also what it skips: two readers can never see two different bodies.
// Thread: one at a time per body. Lifetime: a Value lives only inside the callback that got it; spans outlive the walk.
#pragma once

#include "base/buffer.h"
#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gatehouse::text::json {

/// Nesting allowed in a body. Beyond it no honest tool schema goes, and the walk is recursive.
inline constexpr int kMaxDepth = 200;

/// Bytes [begin, end) of the body.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t size() const { return end - begin; }
};

enum class Kind { Object, Array, String, Number, Boolean, Null };

/// Calls a callable that outlives the call, without owning or allocating.
template <class Signature>
class FunctionRef;
template <class R, class... Args>
class FunctionRef<R(Args...)> {
  public:
    template <class F, class = std::enable_if_t<!std::is_same_v<std::remove_cvref_t<F>, FunctionRef>>>
    FunctionRef(F&& function)
        : object_(const_cast<void*>(static_cast<const void*>(std::addressof(function)))),
          call_([](void* object, Args... args) -> R {
              return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<Args>(args)...);
          }) {}
    R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

  private:
    void* object_;
    R (*call_)(void*, Args...);
};

/// One value met on the walk. At most one of the reading functions may be called; a value that the callback leaves alone is
/// skipped (and validated) for it. Errors: "invalid-json" (malformed) and "invalid-field" (another type than asked for).
class Value {
  public:
    Kind kind() const { return kind_; }

    using OnMember = FunctionRef<Result<void>(std::string_view key, Value& value)>;
    using OnItem = FunctionRef<Result<void>(Value& value)>;
    /// Members in order, keys decoded. "duplicate-key" where a key comes twice (found at the end of the object).
    Result<Span> eachMember(OnMember onMember);
    Result<Span> eachItem(OnItem onItem);
    /// The bytes between the quotes, still escaped: see decode().
    Result<Span> string();
    Result<bool> boolean();
    Result<std::uint64_t> unsignedInteger();
    /// Passes over the value, answers the bytes it takes.
    Result<Span> skip();

    struct Walk;
    Value(Walk& walk, Kind kind) : walk_(&walk), kind_(kind) {}
    bool consumed() const { return consumed_; }

  private:
    Walk* walk_;
    Kind kind_;
    bool consumed_ = false;
};

/// Walks a body that must be one JSON object and nothing after it, in valid UTF-8. Answers the object's span.
Result<Span> readObject(const base::Buffer& body, Value::OnMember onMember);

/// The decoded text of an escaped string: `raw` itself where it holds no escape, else `scratch`. A lone surrogate, which
/// JSON allows and UTF-8 does not, reads as U+FFFD. Error "invalid-json" for an escape that JSON does not have.
Result<std::string_view> decode(std::string_view raw, std::string& scratch);

/// Spans in decode(raw) -> spans in raw. `spans` must be sorted and not overlap.
std::vector<Span> rawSpans(std::string_view raw, const std::vector<Span>& spans);

/// The text as it stands between the quotes of a JSON string.
std::string encode(std::string_view text);
/// The same, appended to `out`.
void encode(std::string_view text, std::string& out);

/// Edits of one body, collected in any order and applied at once. Spans must not overlap; inserts at one place keep the
/// order in which they were added.
class Splices {
  public:
    void replace(Span span, std::string text) { edits_.push_back({span, std::move(text)}); }
    void insert(std::size_t at, std::string text) { edits_.push_back({{at, at}, std::move(text)}); }
    bool empty() const { return edits_.empty(); }
    void apply(base::Buffer& body);

  private:
    struct Edit {
        Span span;
        std::string text;
    };
    std::vector<Edit> edits_;
};

}  // namespace gatehouse::text::json
