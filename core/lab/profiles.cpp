// Presets of simulated model servers, and faults read from text (model_server.h).
//
// Where the numbers come from:
// - llama-8b, one H100: decode from measured throughput of 8B on H100 (inference-sim #1123: 155 tok/s at concurrency 1, 7,296 at
//   64, 15,964 at 256, so 6.45 ms and about 37 us per further sequence). Prefill: 2 FLOP per parameter and token at 989 TFLOPS
//   and MFU 0.4. KV: 32 layers x 8 heads x 128 x 2 x 2 B = 128 KiB per token in what 0.9 of 80 GB leaves.
// - qwen-32b, two H100: prefill is llm-d's measured peak of 15,928 tok/s; decode is bound by reading 65 GB of weights over two
//   times 3.35 TB/s plus overhead. KV: 64 x 8 x 128 x 2 x 2 B = 256 KiB per token.
// - llama-70b, eight H100: inter-token latency of 25 ms and a factor of 3 under load from llm-d-inference-sim's profile.
// - demo-stable, demo-canary: a 32B model's pace with batch and cache cut down, so that a desktop's load fills them and queue and
//   memory move. The canary steps faster, and has less memory.
#include "lab/model_server.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace gatehouse::lab {

namespace {

using std::chrono::microseconds;

const std::vector<Profile>& profiles() {
    static const std::vector<Profile> kProfiles = {
        {"llama-8b", "llama-3.1-8b-instruct", 24'600, microseconds{6'450}, microseconds{37}, 256, 26'000, 16, 256,
         81'559, 18'000},
        {"qwen-32b", "qwen3-32b", 15'928, microseconds{14'000}, microseconds{60}, 256, 18'800, 16, 256, 163'118,
         68'000},
        {"llama-70b", "llama-3.1-70b-instruct", 20'000, microseconds{25'000}, microseconds{195}, 256, 82'000, 16, 256,
         652'472, 148'000},
        {"demo-stable", "chat-large", 5'000, microseconds{26'000}, microseconds{1'000}, 6, 256, 16, 64, 81'559,
         36'000},
        {"demo-canary", "chat-large", 4'000, microseconds{21'000}, microseconds{2'200}, 4, 144, 16, 64, 49'140,
         21'000},
    };
    return kProfiles;
}

bool readNumber(std::string_view text, double& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

Result<Profile> findProfile(const std::string& name) {
    std::string known;
    for (const Profile& profile : profiles()) {
        if (profile.name == name) return profile;
        known += (known.empty() ? "" : ", ") + profile.name;
    }
    return fail("unknown-profile", fmt::format("There is no profile \"{}\"; known are {}.", name, known));
}

std::vector<std::string> profileNames() {
    std::vector<std::string> names;
    for (const Profile& profile : profiles()) names.push_back(profile.name);
    return names;
}

Result<Fault> parseFault(const std::string& text) {
    Fault fault;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        if (word == "crash") {
            fault.crashed = true;
        } else if (word == "no-metrics") {
            fault.metricsGone = true;
        } else if (word.starts_with("slow=") && readNumber(word.substr(5), fault.slowFactor) &&
                   fault.slowFactor >= 0.01 && fault.slowFactor <= 1000) {
            continue;
        } else if (word.starts_with("error=") && readNumber(word.substr(6), fault.errorRate) &&
                   fault.errorRate >= 0 && fault.errorRate <= 1) {
            continue;
        } else if (word != "none") {
            return fail("bad-fault", fmt::format("\"{}\" is no fault; use slow=FACTOR (0.01 to 1000), error=SHARE (0 to "
                                                 "1), crash or no-metrics, joined by commas.", word));
        }
    }
    return fault;
}

}  // namespace gatehouse::lab
