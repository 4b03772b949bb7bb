#include "telemetry/access_log.h"

#include "base/log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace gatehouse::telemetry {
namespace {

constexpr std::size_t kWriteAt = 64 * 1024;

int openForAppend(const std::string& path) {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

}  // namespace

Result<std::unique_ptr<AccessLog>> AccessLog::open(const std::string& path) {
    const bool standardOutput = path == "-";
    const int file = standardOutput ? STDOUT_FILENO : openForAppend(path);
    if (file < 0) return fail("access-log", fmt::format("The access log {} cannot be opened: {}.", path, std::strerror(errno)));
    return std::unique_ptr<AccessLog>(new AccessLog(file, path, !standardOutput));
}

AccessLog::~AccessLog() {
    flush();
    if (owned_) ::close(file_);
}

void AccessLog::write(const RequestRecord& record) {
    if (reopen_.load(std::memory_order_relaxed)) flush();  // What comes after the rotation belongs into the new file.
    const auto line = accessLine(record);
    if (pending_.size() + line.size() + 1 > kMostWaiting) {
        lost_.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    pending_ += line;
    pending_ += '\n';
    // A file that has just refused is asked again by flush(), not by every line.
    if (pending_.size() >= kWriteAt && !failing_) flush();
}

void AccessLog::flush() {
    if (reopen_.exchange(false, std::memory_order_relaxed)) openAnew();
    while (!pending_.empty())
        if (!writeSome()) return;
}

bool AccessLog::writeSome() {
    const auto written = ::write(file_, pending_.data(), pending_.size());
    if (written < 0 && errno == EINTR) return true;
    if (written < 0) {
        if (!failing_)
            base::logError("access-log", "{} cannot be written: {}. Its lines wait in memory.", path_, std::strerror(errno));
        failing_ = true;
        return false;
    }
    pending_.erase(0, static_cast<std::size_t>(written));
    if (failing_ && pending_.empty()) {
        base::logInfo("access-log", "{} is written again; {} lines were lost.", path_, lost());
        failing_ = false;
    }
    return true;
}

void AccessLog::openAnew() {
    if (!owned_) return;
    const int file = openForAppend(path_);
    if (file < 0) {
        base::logError("access-log", "{} cannot be opened anew: {}. The old file is written on.", path_, std::strerror(errno));
        return;
    }
    // The rest of the old file's lines belongs into it.
    while (!pending_.empty())
        if (!writeSome()) break;
    ::close(file_);
    file_ = file;
}

}  // namespace gatehouse::telemetry
