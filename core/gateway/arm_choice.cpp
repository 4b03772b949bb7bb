#include "gateway/arm_choice.h"

#include <fmt/format.h>

#include <charconv>
#include <random>

namespace gatehouse::gateway {
namespace {

constexpr std::size_t kTokenWords = 4;  ///< 128 bits.
constexpr int kMostBackends = 10'000;

/// Takes the same time wherever they differ.
bool same(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return difference == 0;
}

}  // namespace

ArmChoice::ArmChoice() {
    std::random_device random;  // The system's, not a generator of ours.
    for (std::size_t i = 0; i < kTokenWords; ++i) token_ += fmt::format("{:08x}", random());
}

std::pair<std::string, std::string> ArmChoice::fieldFor(std::size_t backend) {
    on_.store(true, std::memory_order_relaxed);
    return {std::string(kField), fmt::format("{}:{}", token_, backend)};
}

int ArmChoice::take(http::Headers& headers, bool sameMachine) const {
    const auto value = headers.get(kField);
    if (!value) return kNone;
    int chosen = kNone;
    const auto colon = value->find(':');
    if (sameMachine && headers.count(kField) == 1 && colon != std::string_view::npos && same(value->substr(0, colon), token_)) {
        const auto number = value->substr(colon + 1);
        const auto [end, status] = std::from_chars(number.data(), number.data() + number.size(), chosen);
        if (status != std::errc{} || end != number.data() + number.size() || chosen < 0 || chosen > kMostBackends) chosen = kNone;
    }
    headers.remove(kField);
    return chosen;
}

}  // namespace gatehouse::gateway
