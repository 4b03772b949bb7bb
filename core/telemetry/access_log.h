// AccessLog: one line of JSON per finished request, buffered, to a file or standard output. A full disk loses lines, counts
// them and says so once; traffic goes on. Thread: one owner (the telemetry thread). Lifetime: flushes on destruction.
#pragma once

#include "base/result.h"
#include "telemetry/request_record.h"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

namespace gatehouse::telemetry {

/// The line itself, without its end: toJson() less the steps, phases and candidates.
std::string accessLine(const RequestRecord& record);

class AccessLog {
  public:
    /// Appends to `path`; "-" is standard output. Error "access-log" names the file and the reason.
    static Result<std::unique_ptr<AccessLog>> open(const std::string& path);
    ~AccessLog();
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;

    void write(const RequestRecord& record);
    void flush();
    std::uint64_t lost() const { return lost_; }

  private:
    AccessLog(std::FILE* file, std::string path, bool owned) : file_(file), path_(std::move(path)), owned_(owned) {}
    void failed();

    std::FILE* file_;
    std::string path_;
    bool owned_;
    bool told_ = false;
    std::uint64_t lost_ = 0;
};

}  // namespace gatehouse::telemetry
