// FaultDrill: what becomes of a request to a rule of an edited configuration when its first provider fails in each of the ways in which
// providers fail. Run in a Rehearsal: nothing real is asked. Thread: any; it blocks, some tenths of a second per fault.
#pragma once

#include "gateway/rehearsal.h"

#include <functional>
#include <string>
#include <vector>

namespace gatehouse::gateway {

enum class DrillOutcome : std::uint8_t {
    AnotherAnswered,  ///< The client got a whole answer of another provider, or pod.
    BeganAnew,        ///< The client's stream began anew at another provider, marked.
    ClientTold,       ///< A stream ended with an error event, never as a success.
    ErrorAnswered,    ///< The client got an error of its own dialect.
    CutShort,         ///< The client's connection ended without a word.
    Unharmed,         ///< The client got an answer of the faulty provider all the same.
    NotHit,           ///< The faulty provider was not asked.
};
std::string_view drillOutcomeName(DrillOutcome outcome);  ///< "another-answered", ... for scripts.

struct DrillLine {
    const lab::FaultCase* fault = nullptr;
    DrillOutcome outcome = DrillOutcome::NotHit;
    int status = 0;          ///< That the client got.
    std::string answeredBy;  ///< Name of the provider or pod; empty: none answered well.
    std::string detail;      ///< The gateway's own words: what it tried, and why it ended so.
    std::int64_t micros = 0;
    bool leftOut = false;    ///< The faulty provider is left alone afterwards.
    std::uint64_t asked = 0; ///< How often the faulty one was asked.
};

struct Drill {
    std::string ruleId;
    std::size_t backend = 0;                       ///< Position in the rule.
    std::chrono::milliseconds patience{1'000};     ///< For silence: what is configured may be minutes.
    std::vector<lab::ProviderFault> faults;        ///< Empty: all.
    std::function<void(const DrillLine&)> told;    ///< Each line as it is known.
    std::function<bool()> stopped;
};

struct DrillReport {
    std::vector<std::string> targets;  ///< Who can be asked; the first one fails.
    std::vector<DrillLine> lines;
};
/// Errors as Rehearsal::start().
Result<DrillReport> runDrill(const config::ObjectSet& objects, const Drill& drill);

}  // namespace gatehouse::gateway
