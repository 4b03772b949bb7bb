// What differs in meaning between two sets of objects, per object and field: server-set fields, defaults, order of keys and of lists
// that go by name make no difference. Values of Secrets are compared and never told.
// Thread: pure functions.
#pragma once

#include "config/object.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::gitops {

struct FieldChange {
    std::string path;                          ///< "spec.rules[0].backendRefs[1].weight"; of lists that go by name "spec.listeners[http].port".
    std::optional<std::string> before, after;  ///< Absent: it is not there. Trees as JSON on one line.
};

struct ObjectChange {
    enum class Kind { OnlyBefore, OnlyAfter, Changed };
    Kind kind = Kind::Changed;
    config::ObjectKey object;
    std::vector<FieldChange> fields;  ///< Of Changed.
};

/// What stands for one object when it is compared. Error as clean().
Result<text::yaml::Node> comparable(const config::Object& object);

std::vector<FieldChange> diffFields(const config::Object& before, const config::Object& after);

/// Sorted by object. An object that cannot be compared is told as changed, with the reason as its only field.
std::vector<ObjectChange> diffObjects(const config::ObjectSet& before, const config::ObjectSet& after);

}  // namespace gatehouse::gitops
