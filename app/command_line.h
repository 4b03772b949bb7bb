// The command line as a value: which verb, which options, which operands. One table of verbs drives parsing, usage errors
// and help. Thread: pure functions. Exit codes are the ones of README.md: 0 fine, 1 findings or failure, 2 usage.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::app {

inline constexpr int kExitFine = 0;
inline constexpr int kExitFindings = 1;
inline constexpr int kExitUsage = 2;

struct OptionSpec {
    std::string name;        ///< "--listen"
    char letter = 0;         ///< 'X' for -X; 0 = none.
    std::string value;       ///< "LOGICAL=BIND"; empty for a switch.
    std::string help;
    bool repeatable = false;
};

struct VerbSpec {
    std::string name;         ///< Empty for the console, which has no verb.
    std::string operands;     ///< "PATH…", as shown in the usage line.
    std::size_t leastOperands = 0;
    std::size_t mostOperands = SIZE_MAX;
    std::string summary;      ///< One line.
    std::string description;  ///< A paragraph for `gatehouse VERB --help`.
    std::vector<OptionSpec> options;
};

/// Every verb in the order of the help; the console comes first.
const std::vector<VerbSpec>& verbs();

/// A command line that fits its verb.
struct Arguments {
    const VerbSpec* verb = nullptr;
    std::vector<std::string> operands;
    std::map<std::string, std::vector<std::string>> options;  ///< By long name; a switch has one empty value.
    bool help = false;
    bool version = false;

    bool has(const std::string& option) const { return options.contains(option); }
    std::string value(const std::string& option) const;  ///< Last one given; empty when absent.
    std::vector<std::string> values(const std::string& option) const;
};

/// `words` without the program's name. Error "usage": one sentence that names the word at fault.
Result<Arguments> parseArguments(const std::vector<std::string>& words);

/// The page of `gatehouse --help`, and of `gatehouse VERB --help`.
std::string generalHelp();
std::string verbHelp(const VerbSpec& verb);

// Values of options. Each error is "usage" and names the option.
Result<std::uint64_t> parseNumber(const std::string& option, const std::string& text, std::uint64_t least,
                                  std::uint64_t most);
/// Bytes: "33554432", "32M", "512K", "1G" (powers of 1024). At least `least`.
Result<std::uint64_t> parseSize(const std::string& option, const std::string& text, std::uint64_t least);
/// "80=127.0.0.1:18080" or "80=18080" (loopback), repeated.
Result<std::map<std::uint16_t, std::string>> parseListen(const std::vector<std::string>& values);
/// "127.0.0.1:15000", "[::1]:15000", or "15000" for loopback.
Result<std::string> parseBind(const std::string& option, const std::string& text);

}  // namespace gatehouse::app
