// GuardRun: the guards of a rule's answers over one stream: each is a stage, and what leaves one goes into the next. The stages hold
// back; exchange_guard_chain.cpp asks the services. Thread: its worker's. Lifetime: one answer.
#pragma once

#include "llm/guard_chain.h"
#include "llm/guard_window.h"
#include "llm/stream_guard.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::gateway {

class GuardRun {
  public:
    struct Stage {
        const llm::Guard* guard = nullptr;          ///< Null: the rule's own regex guard of answers.
        std::unique_ptr<llm::StreamGuard> masker;   ///< Regex.
        std::unique_ptr<llm::GuardWindow> window;   ///< A service.
        bool restores = false;                      ///< Puts masks of the request back; no guard.
        std::uint64_t passedBy = 0;                 ///< Of a guard that lets streams pass: bytes that it did not look at.
        std::uint64_t bytes = 0;
    };

    /// `last` (may be null) looks after the chain.
    /// `chain` may be null, too. `restore` (null: nothing) puts masks back after all of them.
    GuardRun(const llm::GuardChain* chain, const llm::RegexGuard* last, llm::TextFilters restore, llm::StreamGuard::Framing framing, std::size_t window);

    std::vector<Stage>& stages() { return stages_; }
    /// `bytes` of the stream through a stage that asks nobody. False: its guard refuses.
    static bool pass(Stage& stage, std::string& bytes, bool last);
    bool failed() const;
    bool told = false;  ///< What the regex guards found stands in the report.

  private:
    std::vector<Stage> stages_;
};

}  // namespace gatehouse::gateway
