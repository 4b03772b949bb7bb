// Conditions of what is neither Gateway nor route: GatewayClass, Backend, TrafficPolicy, DirectResponse, InferencePool.
// Private to config/. Thread: pure function.
#pragma once

#include "config/status.h"

namespace gatehouse::config {

/// Accepted: `problem` says why not; empty: it is.
void addValidity(const std::string& problem, ObjectStatus& status);

void gatewayClassStatus(const ObjectSet& set, const Object& object, ObjectStatus& status);

void backendConfigPolicyStatus(const ObjectSet& set, const Object& object, ObjectStatus& status);

/// Of either kind.
void listenerPolicyStatus(const ObjectSet& set, const Object& object, ObjectStatus& status);

void agentgatewayBackendStatus(const Object& object, ObjectStatus& status);
void agentgatewayPolicyStatus(const ObjectSet& set, const Object& object, ObjectStatus& status);

/// InferencePool, InferenceObjective, InferenceModelRewrite, InferenceModel; false for others.
bool inferenceStatus(const ObjectSet& set, const Object& object, ObjectStatus& status);

/// False for kinds that carry no conditions.
bool policyStatus(const ObjectSet& set, const Object& object, ObjectStatus& status);

}  // namespace gatehouse::config
