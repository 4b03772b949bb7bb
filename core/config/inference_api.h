// Typed view of the Gateway API Inference Extension and of llm-d's kinds. InferencePool v1 and the older v1alpha2 read alike; so do
// InferenceObjective and InferenceModelRewrite of both groups. InferenceModel is read as what replaced it. Thread: values.
#pragma once

#include "config/gateway_api.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::config {

inline constexpr char kInferenceGroup[] = "inference.networking.k8s.io";
inline constexpr char kOlderInferenceGroup[] = "inference.networking.x-k8s.io";
inline constexpr char kLlmdGroup[] = "llm-d.ai";

struct InferencePoolSpec {
    ObjectKey key;
    std::vector<std::pair<std::string, std::string>> selector;
    std::vector<std::uint16_t> targetPorts;
    std::string appProtocol = "http";
    bool failOpen = false;  ///< endpointPickerRef.failureMode.
    struct Picker {
        std::string group, kind, name;
        std::uint16_t port = 0;  ///< 0: not said.
    };
    std::optional<Picker> picker;
    const char* pickerField = "endpointPickerRef";  ///< Or v1alpha2's extensionRef.
};

/// What an objective, a rewrite or a model is for: a pool of its own namespace.
struct PoolRef {
    std::string group, kind, name;
};

struct InferenceObjectiveSpec {
    ObjectKey key;
    PoolRef pool;
    int priority = 0;
};

struct InferenceModelRewriteSpec {
    struct Target {
        std::string model;
        std::uint32_t weight = 0;  ///< 0: not said.
    };
    struct Rule {
        std::vector<std::string> models;  ///< Exact; empty: all requests.
        std::vector<Target> targets;
        FieldPath at;
    };
    ObjectKey key;
    PoolRef pool;
    std::vector<Rule> rules;
};

struct InferenceModelSpec {
    ObjectKey key;
    PoolRef pool;
    std::string model;
    std::string criticality;
    int priority = 0;                  ///< That the criticality stands for.
    InferenceModelRewriteSpec rewrite; ///< That the target models stand for; without rules where there are none.
};

/// Of either group?
bool isInferencePool(std::string_view group, std::string_view kind);
bool isInferencePool(const ObjectKey& key);
/// The pool that a reference of `from` leads to; null: there is none. A reference of one group finds the pool of the other where only
/// that exists, as objects written for one release meet pools of another.
const Object* findPool(const ObjectSet& set, const std::string& ns, const PoolRef& ref);

Result<InferencePoolSpec> decodeInferencePool(const Object& object);
Result<InferenceObjectiveSpec> decodeInferenceObjective(const Object& object);
Result<InferenceModelRewriteSpec> decodeInferenceModelRewrite(const Object& object);
Result<InferenceModelSpec> decodeInferenceModel(const Object& object);

/// The InferenceModel that serves this model of its pool: the oldest. Null: its pool does not exist.
const Object* modelNameOwner(const ObjectSet& set, const InferenceModelSpec& spec);

/// Those of kind `kind` that lead to `pool`, oldest first: what was created earlier, or was not said when; then by name.
std::vector<const Object*> objectsOfPool(const ObjectSet& set, const Object& pool, const char* kind);

}  // namespace gatehouse::config
