#include "telemetry/access_log.h"

#include "base/log.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace gatehouse::telemetry {
namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;

}  // namespace

Result<std::unique_ptr<AccessLog>> AccessLog::open(const std::string& path) {
    const bool standardOutput = path == "-";
    std::FILE* file = standardOutput ? stdout : std::fopen(path.c_str(), "ae");
    if (!file) return fail("access-log", fmt::format("The access log {} cannot be opened: {}.", path, std::strerror(errno)));
    if (!standardOutput) std::setvbuf(file, nullptr, _IOFBF, kBufferBytes);
    return std::unique_ptr<AccessLog>(new AccessLog(file, path, !standardOutput));
}

AccessLog::~AccessLog() {
    flush();
    if (owned_) std::fclose(file_);
}

void AccessLog::write(const RequestRecord& record) {
    auto line = accessLine(record);
    line += '\n';
    if (std::fwrite(line.data(), 1, line.size(), file_) != line.size()) failed();
}

void AccessLog::flush() {
    if (std::fflush(file_) != 0) failed();
}

void AccessLog::failed() {
    ++lost_;
    if (!told_) base::logError("access-log", "Lines are lost, {} cannot be written: {}.", path_, std::strerror(errno));
    told_ = true;
    std::clearerr(file_);
}

}  // namespace gatehouse::telemetry
