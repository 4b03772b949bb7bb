#include "filter/passwords.h"

#include <crypt.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>

namespace gatehouse::filter {
namespace {

constexpr std::string_view kSha1 = "{SHA}";
constexpr std::string_view kSlow[] = {"$2y$", "$2b$", "$2a$", "$1$", "$5$", "$6$", "$y$", "$7$"};

void wipe(std::string& text) { OPENSSL_cleanse(text.data(), text.size()); }

bool sha1Fits(std::string_view password, std::string_view hash) {
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(password.data()), password.size(), digest);
    return sameBytes(toBase64({reinterpret_cast<const char*>(digest), sizeof digest}), hash.substr(kSha1.size()));
}

}  // namespace

PasswordHash kindOfHash(std::string_view hash) {
    if (hash.starts_with(kSha1)) return PasswordHash::Sha1;
    return std::any_of(std::begin(kSlow), std::end(kSlow), [&](std::string_view begin) { return hash.starts_with(begin); }) ? PasswordHash::Slow
                                                                                                                           : PasswordHash::Unknown;
}

bool passwordFits(std::string_view password, std::string_view hash) {
    switch (kindOfHash(hash)) {
        case PasswordHash::Sha1: return sha1Fits(password, hash);
        case PasswordHash::Unknown: return false;
        case PasswordHash::Slow: break;
    }
    const auto work = std::make_unique<crypt_data>();
    std::string key(password);
    const std::string setting(hash);
    const char* made = key.find('\0') == std::string::npos ? crypt_r(key.c_str(), setting.c_str(), work.get()) : nullptr;
    const bool fits = made != nullptr && sameBytes(made, hash);
    wipe(key);
    OPENSSL_cleanse(work.get(), sizeof *work);
    return fits;
}

PasswordDesk::~PasswordDesk() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
}

PasswordDesk::Verdict PasswordDesk::check(std::string_view password, std::string_view hash) {
    if (kindOfHash(hash) != PasswordHash::Slow) return passwordFits(password, hash) ? Verdict::Right : Verdict::Wrong;
    std::string both(hash);
    both += '\0';
    both += password;
    const auto id = sha256(both);
    wipe(both);
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(id); found != known_.end()) return found->second ? Verdict::Right : Verdict::Wrong;
    if (waiting_.contains(id)) return Verdict::Pending;
    if (jobs_.size() >= kMostWaiting) return Verdict::Busy;
    if (!thread_.joinable()) thread_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
    waiting_.insert(id);
    jobs_.push_back({id, std::string(password), std::string(hash)});
    wake_.notify_one();
    return Verdict::Pending;
}

void PasswordDesk::run(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [&] { return !jobs_.empty(); })) {
        auto job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        const bool fits = passwordFits(job.password, job.hash);
        wipe(job.password);
        lock.lock();
        // Guesses must not grow the table for ever; what is right is asked again soon enough.
        if (known_.size() >= kMostKept) known_.clear();
        known_[job.id] = fits;
        waiting_.erase(job.id);
        if (stop.stop_requested()) return;
    }
}

}  // namespace gatehouse::filter
