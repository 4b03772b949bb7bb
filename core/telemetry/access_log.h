// AccessLog: one line of JSON per finished request, buffered, to a file or standard output. While the disk is full, lines
// wait in memory up to a bound; what is beyond is lost, counted and said. Traffic goes on.
// Thread: one owner (the telemetry thread), but lost() and askReopen() from any. Lifetime: flushes on destruction.
#pragma once

#include "base/result.h"
#include "telemetry/request_record.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::telemetry {

/// The line itself, without its end: toJson() less the steps, phases and candidates.
std::string accessLine(const RequestRecord& record);

class AccessLog {
  public:
    /// Bytes that wait while nothing can be written.
    static constexpr std::size_t kMostWaiting = 8 * 1024 * 1024;

    /// Appends to `path`; "-" is standard output. Error "access-log" names the file and the reason.
    static Result<std::unique_ptr<AccessLog>> open(const std::string& path);
    ~AccessLog();
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;

    void write(const RequestRecord& record);
    /// Writes what waits, all that the file takes.
    void flush();
    /// The next flush() opens the path anew: the file was moved away by a log rotation.
    void askReopen() { reopen_.store(true, std::memory_order_relaxed); }
    std::uint64_t lost() const { return lost_.load(std::memory_order_relaxed); }
    bool waiting() const { return !pending_.empty() || reopen_.load(std::memory_order_relaxed); }

  private:
    AccessLog(int file, std::string path, bool owned) : file_(file), path_(std::move(path)), owned_(owned) {}
    bool writeSome();
    void openAnew();

    int file_;
    std::string path_;
    bool owned_;
    std::string pending_;    ///< Whole lines, but for the first, whose beginning may be in the file.
    bool failing_ = false;
    std::atomic<std::uint64_t> lost_{0};
    std::atomic<bool> reopen_{false};
};

}  // namespace gatehouse::telemetry
