// Log facade: one line per message on stderr, off the hot path only. Thread: any. Secrets never go here.
#pragma once

#include <fmt/core.h>

#include <string_view>
#include <utility>

namespace gatehouse::base {

enum class LogLevel { Debug, Info, Warning, Error };

void setLogLevel(LogLevel level);
void logLine(LogLevel level, std::string_view component, std::string_view message);

template <class... Args>
void logInfo(std::string_view component, fmt::format_string<Args...> format, Args&&... args) {
    logLine(LogLevel::Info, component, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void logWarning(std::string_view component, fmt::format_string<Args...> format, Args&&... args) {
    logLine(LogLevel::Warning, component, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void logError(std::string_view component, fmt::format_string<Args...> format, Args&&... args) {
    logLine(LogLevel::Error, component, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace gatehouse::base
