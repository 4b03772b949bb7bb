// The forms of texts that fields ask for, after the patterns of the published schemas. Thread: pure functions.
#pragma once

#include "config/schema.h"

#include <string>
#include <string_view>

namespace gatehouse::config {

bool isDnsLabel(std::string_view text);
bool isDnsSubdomain(std::string_view text);
bool isHostname(std::string_view text, bool wildcardAllowed);
bool isHeaderName(std::string_view text);
bool isHeaderValue(std::string_view text);
bool isKindName(std::string_view text);
bool isIpAddress(std::string_view text);
bool isBase64(std::string_view text);
bool isQuantity(std::string_view text);

/// Empty when `text` has the form; else what is wrong with it, as the rest of a sentence that starts with the value
/// ("is not a lower-case DNS name"). Path values and regular expressions are judged elsewhere.
std::string formatProblem(FieldFormat format, std::string_view text);

/// Why `text` cannot be the value of a path match of type Exact or PathPrefix, in the same shape.
std::string pathProblem(std::string_view text);

/// The candidate that `word` was most likely meant to be; empty when none is near.
template <class Range>
std::string nearest(std::string_view word, const Range& candidates);
std::size_t editDistance(std::string_view a, std::string_view b);

template <class Range>
std::string nearest(std::string_view word, const Range& candidates) {
    std::string best;
    std::size_t bestDistance = word.size() <= 4 ? 2 : 3;  // One below is the farthest that counts.
    for (const auto& candidate : candidates) {
        const auto distance = editDistance(word, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

}  // namespace gatehouse::config
