// The listeners of a Gateway as they are after all: its own and those of its ListenerSets, merged in the order of
// precedence (Gateway API v1.6.1: the Gateway, then the oldest ListenerSet, then by namespace/name) and judged. Status,
// attachment, validation and translation ask here.
// Thread: pure functions on an immutable set. Lifetime: values.
#pragma once

#include "config/gateway_api.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::config {

/// One listener, judged among all of its Gateway.
struct ListenerState {
    bool accepted = true;
    std::string reason = "Accepted";  ///< Else UnsupportedProtocol, UnsupportedValue, NoValidCACertificate, Invalid, NotAllowed
    std::string message = "The listener is valid.";
    bool conflicted = false;     ///< Not accepted for sharing its place with another one.
    std::string conflictReason;  ///< HostnameConflict, ProtocolConflict
    std::string conflictMessage;
    std::size_t conflictWith = 0;  ///< Position of the other one.
    /// Else InvalidCertificateRef, RefNotPermitted, InvalidRouteKinds, InvalidCACertificateRef, InvalidCACertificateKind
    std::string refReason = "ResolvedRefs";
    std::string refMessage;
    FieldPath refAt;  ///< The reference at fault, in the object that `refInGateway` tells.
    bool refInGateway = false;  ///< Of spec.tls.frontend of the Gateway rather than of the listener itself.
    std::vector<std::string> warnings;  ///< Sentences about certificates that are used in spite of them (expired).
    std::vector<std::string> supportedKinds;
    std::vector<std::string> overlaps;  ///< Listeners of the port whose hostnames cover some of the same server names.
    std::vector<std::string> sharers;   ///< Listeners of the port, one's certificate being good for the other's hostname.
    std::vector<std::string> certificateNames;  ///< dNSNames of the certificates that can be used.
    bool terminates = false;            ///< TLS ends here.
    std::size_t certificates = 0;       ///< That can be used.
    bool lacksCertificate() const { return terminates && certificates == 0; }
    bool programmed() const { return accepted && !lacksCertificate() && !supportedKinds.empty(); }
};

struct MergedListener {
    ObjectKey gateway;
    ObjectKey owner;  ///< The Gateway or ListenerSet that it stands in.
    ListenerSpec spec;
    ListenerState state;
    /// How certificates of clients are checked, by the Gateway's spec.tls.frontend for this port. Its caRefs are those that
    /// can be used.
    std::optional<ClientValidation> clients;
};

struct MergedListenerSet {
    ObjectKey key;
    bool allowed = false;  ///< By allowedListeners of the Gateway.
    std::vector<std::size_t> listeners;  ///< In GatewayListeners::listeners; empty unless allowed.
};

struct GatewayListeners {
    GatewaySpec spec;
    std::string refusal;  ///< Why the Gateway as a whole is not accepted: InvalidParameters, UnsupportedAddress; else empty.
    std::string refusalMessage;
    std::vector<MergedListenerSet> sets;    ///< All that name it as parent, in the order of precedence.
    std::vector<MergedListener> listeners;  ///< Its own first, in their order, then those of the sets.
    std::size_t own = 0;                    ///< How many are its own.
};

/// Of every Gateway that can be read, in the set's order; of two objects with one name the first.
std::vector<GatewayListeners> mergeListeners(const ObjectSet& set);

/// Older first by creationTimestamp (an object without one is younger), then by namespace/name.
bool olderObject(const Object& a, const Object& b);

/// Does the listener take routes of this kind, and if not, is it for its protocol alone?
enum class KindAdmission { Admitted, NotListed, WrongProtocol };
KindAdmission admitsKind(const ListenerSpec& listener, std::string_view group, std::string_view kind);

}  // namespace gatehouse::config
