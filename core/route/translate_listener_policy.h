// ListenerPolicies: which of them hold for a listener, merged setting by setting (kgateway: those of a listener before those
// of the whole Gateway, then by weight, age, name; settings of the listener's port instead of the default ones), and what
// they make of it. Thread: control thread, one translate() call.
#pragma once

#include "config/listener_policy.h"
#include "config/listeners.h"
#include "route/listener_settings.h"
#include "route/policy_attachment.h"

#include <memory>
#include <optional>
#include <vector>

namespace gatehouse::route {

class ListenerPolicies {
  public:
    explicit ListenerPolicies(TranslateContext& context);

    struct Effect {
        std::shared_ptr<ListenerSettings> settings;  ///< Null: no policy reaches the listener.
        std::optional<std::uint8_t> trustedHops;     ///< Instead of the Gateway's annotation.
        std::optional<bool> proxyProtocol;           ///< The same.
        bool withoutProxyHeader = false;
        std::optional<config::ClientValidation> clients;  ///< Where the Gateway itself says nothing.
    };
    Effect effectOn(const config::Object& gateway, const config::MergedListener& listener);
    /// What holds for the connections of a port whose listeners are complete; reports where they differ.
    void finish(Port& port);

  private:
    struct Entry {
        const config::Object* object = nullptr;
        config::ListenerPolicySpec spec;
    };
    /// A policy as it reaches one listener.
    struct Reach {
        Attached attached;
        const config::ListenerBlock* block = nullptr;  ///< The one that counts; null: none.
        const config::ListenerBlock* other = nullptr;  ///< The default one, where the port's counts.
        const Entry* entry = nullptr;
    };
    std::vector<Reach> reaching(const config::Object& gateway, const config::MergedListener& listener) const;
    config::FieldPath placeOf(const Provenance& entry, std::uint16_t port) const;
    void noteAnnotations(const config::Object& gateway, Effect& effect) const;

    TranslateContext& context_;
    std::vector<Entry> policies_;
};

}  // namespace gatehouse::route
