// Rules of agentgateway's kinds beyond their tables: which members exclude each other, which need each other. Private to config/.
// Thread: one owner.
#pragma once

#include "config/agentgateway.h"
#include "config/fields.h"
#include "config/findings.h"

#include <initializer_list>
#include <string_view>

namespace gatehouse::config::agentgateway {

/// Says what is wrong with one object's members, in few sentences.
class Rules {
  public:
    Rules(Findings& findings, const Object& object) : findings_(findings), object_(object) {}

    Findings& findings() { return findings_; }
    const Object& object() const { return object_; }
    const Node* node(const FieldPath& at) const { return object_.root->at(at); }

    void error(const FieldPath& at, std::string message) { findings_.error(codes::kAgentgateway, object_, at, std::move(message)); }
    /// Of the members of the mapping at `at`.
    void atMostOne(const FieldPath& at, std::initializer_list<const char*> members);
    void atLeastOne(const FieldPath& at, std::initializer_list<const char*> members);
    /// `member` cannot stand where `other` does.
    void exclude(const FieldPath& at, const char* member, const char* other);
    /// `member` needs `other` beside it.
    void needs(const FieldPath& at, const char* member, const char* other);
    void atLeast(const FieldPath& at, const std::optional<Millis>& value, Millis least);
    /// The Secret is there, and has the keys.
    void secret(const SecretRef& ref, std::initializer_list<std::string_view> keys);

  private:
    Findings& findings_;
    const Object& object_;
};

void checkConnection(Rules& rules, const ConnectionPolicy& policy);
void checkAi(Rules& rules, const AiPolicy& ai);

}  // namespace gatehouse::config::agentgateway
