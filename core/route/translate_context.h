// What the parts of one translation share: the objects behind fast look-ups, the runtime registries, and the one place
// where findings are added. Thread: control thread, one translate() call.
#pragma once

#include "config/gateway_api.h"
#include "config/object.h"
#include "route/snapshot.h"
#include "route/translate.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gatehouse::route {

class TranslateContext {
  public:
    /// `findings` holds those of validation; translation's own are appended. Where a place has a finding already, the
    /// graver of the two stands.
    TranslateContext(const config::ObjectSet& objects, Runtime& runtime, std::vector<config::Diagnostic>& findings);

    const config::ObjectSet& objects;
    Runtime& runtime;

    const config::Object* find(std::string_view kind, std::string_view ns, std::string_view name) const;
    const std::vector<const config::Object*>& ofKind(const std::string& kind) const;
    const std::vector<config::EndpointSliceSpec>& slicesOf(std::string_view ns, std::string_view service) const;

    struct PodEntry {
        config::PodSpec spec;
        const config::Object* object = nullptr;
    };
    const std::vector<PodEntry>& podsIn(std::string_view ns) const;

    void report(config::Severity severity, const char* code, const config::Object& object, const config::FieldPath& path,
                std::string message);
    /// An error with what follows from it. Where `path` has an error within that says what is wrong already, no second one is
    /// made: that one is told what follows. A warning that the field is not run becomes the error.
    void reportBroken(const char* code, const config::Object& object, const config::FieldPath& path,
                      const std::string& reason, const std::string& consequence);
    /// The first error that was found inside `path` of an object, e.g. in one rule, but not below `except`; null for none.
    const config::Diagnostic* errorWithin(const config::ObjectKey& object, const std::string& path,
                                          std::string_view except = {}) const;

  private:
    static std::string nameKey(std::string_view a, std::string_view b, std::string_view c = {});

    std::vector<config::Diagnostic>& findings_;
    std::unordered_map<std::string, const config::Object*> byName_;
    std::unordered_map<std::string, std::vector<const config::Object*>> byKind_;
    std::unordered_map<std::string, std::vector<config::EndpointSliceSpec>> slices_;
    std::unordered_map<std::string, std::vector<PodEntry>> pods_;
    /// Errors that validation made, by object id; and every place that has a finding, to say a thing once.
    std::unordered_map<std::string, std::vector<std::size_t>> errors_;
    std::map<std::pair<std::string, std::string>, std::size_t> told_;  ///< Position of the gravest finding there.
};

/// True when `path` is `prefix` or lies below it ("spec.rules[1]" holds "spec.rules[1].filters", not "spec.rules[12]").
bool pathWithin(std::string_view path, std::string_view prefix);

/// "spec.rules[3]" and the like.
std::string rulePath(std::size_t index);

}  // namespace gatehouse::route
