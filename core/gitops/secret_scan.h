// The last look before anything is written: no exported text may hold the value of a Secret of the workspace, wherever it was
// copied to. Thread: pure; holds the values in memory only, as SecretValue.
#pragma once

#include "config/object.h"
#include "secret/secret.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gitops {

class SecretScan {
  public:
    explicit SecretScan(const config::ObjectSet& objects);
    /// "Secret default/openai", whose value stands in `text`; empty when none does.
    std::string find(std::string_view text) const;
    /// Each value that is looked for, once; not to be kept.
    template <class Visit>
    void eachValue(Visit&& visit) const {
        for (const auto& known : known_) visit(known.value.reveal());
    }

  private:
    struct Known {
        std::string owner;
        secret::SecretValue value;
    };
    void learn(const std::string& owner, std::string_view value);
    std::vector<Known> known_;
};

}  // namespace gatehouse::gitops
