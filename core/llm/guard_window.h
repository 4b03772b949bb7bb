// GuardWindow: a stream that a service judges on its way to the client. Texts are held back until they were judged, sentence by sentence
// where they have sentences, a tool's arguments whole; everything else passes in its order. No byte of a text goes out unjudged, and
// none is held longer than until its sentence, its part or the stream ends, or the window is full. Asks nobody itself: due() says what
// is to be judged now, settle() takes the judgement. Thread: one exchange. Lifetime: not beyond the guard's.
#pragma once

#include "llm/guard_chain.h"
#include "llm/stream_guard.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

/// Where the last whole sentence of a text ends (the blank behind it included); 0: nowhere. Ends are . ! ? … with closing quotes and
/// brackets, before a blank; their twins in Chinese and Japanese; and ends of lines.
std::size_t sentenceEnd(std::string_view text);

class GuardWindow {
  public:
    /// `window`: bytes of a text without a sentence's end after which it is judged all the same, at a blank if there is one.
    GuardWindow(const Guard& guard, StreamGuard::Framing framing, std::size_t window);
    ~GuardWindow();
    GuardWindow(const GuardWindow&) = delete;
    GuardWindow& operator=(const GuardWindow&) = delete;

    void feed(std::string_view bytes);
    void finish();  ///< The stream ended.
    /// What must be judged before more may go out; empty: nothing now. Until settle() was called, the same again.
    const std::vector<GuardText>& due();
    /// `with`: one text for each of due(); empty: they pass as they are.
    void settle(const std::vector<std::string>& with);
    /// What may go to the client now.
    void take(std::string& out);

    bool failed() const;          ///< See StreamGuard::failed().
    std::size_t held() const;     ///< Bytes of text that wait to be judged.

    struct State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::llm
