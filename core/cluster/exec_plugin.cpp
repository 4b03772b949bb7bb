#include "cluster/exec_plugin.h"

#include "cluster/json.h"
#include "config/disk.h"
#include "filter/encoding.h"
#include "net/tls.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace gatehouse::cluster {
namespace {

using Clock = base::MonoClock;
constexpr std::size_t kMostOutput = 1 << 20;
constexpr std::size_t kMostComplaint = 4096;

class Pipe {
  public:
    Pipe() {
        if (::pipe2(ends_, O_CLOEXEC) != 0) ends_[0] = ends_[1] = -1;
    }
    ~Pipe() {
        for (int i = 0; i < 2; ++i) shut(i);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    bool ok() const { return ends_[0] >= 0; }
    int reading() const { return ends_[0]; }
    int writing() const { return ends_[1]; }
    void shut(int end) {
        if (ends_[end] >= 0) ::close(ends_[end]);
        ends_[end] = -1;
    }

  private:
    int ends_[2];
};

struct FileActions {
    posix_spawn_file_actions_t value;
    FileActions() { posix_spawn_file_actions_init(&value); }
    ~FileActions() { posix_spawn_file_actions_destroy(&value); }
};

struct SpawnAttributes {
    posix_spawnattr_t value;
    SpawnAttributes() {
        posix_spawnattr_init(&value);
        // Our threads block signals and ignore SIGPIPE; the program must not.
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&value, &none);
        posix_spawnattr_setsigdefault(&value, &all);
        posix_spawnattr_setflags(&value, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnAttributes() { posix_spawnattr_destroy(&value); }
};

std::string execInfo(const ExecSpec& spec, const Target& target, bool interactive) {
    Json info = {{"apiVersion", spec.apiVersion}, {"kind", "ExecCredential"}, {"spec", {{"interactive", interactive}}}};
    if (spec.provideClusterInfo) {
        Json cluster = {{"server", target.server}};
        if (!target.tlsServerName.empty()) cluster["tls-server-name"] = target.tlsServerName;
        if (target.insecure) cluster["insecure-skip-tls-verify"] = true;
        if (!target.authorityPem.empty()) cluster["certificate-authority-data"] = filter::toBase64(target.authorityPem);
        if (!target.proxyUrl.empty()) cluster["proxy-url"] = target.proxyUrl;
        if (!target.compress) cluster["disable-compression"] = true;
        if (auto config = parseJson(spec.clusterConfig); config) cluster["config"] = std::move(*config);
        info["spec"]["cluster"] = std::move(cluster);
    }
    return writeJson(info);
}

std::vector<std::string> environmentFor(const ExecSpec& spec, std::string info) {
    std::vector<std::string> out;
    const auto replaced = [&](std::string_view line) {
        const auto name = line.substr(0, line.find('='));
        return name == "KUBERNETES_EXEC_INFO" || std::any_of(spec.env.begin(), spec.env.end(), [&](const auto& pair) { return pair.first == name; });
    };
    for (char** each = environ; *each != nullptr; ++each)
        if (!replaced(*each)) out.emplace_back(*each);
    for (const auto& [name, value] : spec.env) out.push_back(name + "=" + value);
    out.push_back("KUBERNETES_EXEC_INFO=" + std::move(info));
    return out;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> out;
    for (auto& word : words) out.push_back(word.data());
    out.push_back(nullptr);
    return out;
}

struct Outcome {
    std::string output, complaint;
    int status = 0;
    bool late = false, tooLong = false;
};

/// Reads what is there; false at the end.
bool drain(int from, std::string& into, std::size_t most, bool& over) {
    char chunk[4096];
    const auto count = ::read(from, chunk, sizeof chunk);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    if (count <= 0) return false;
    const auto room = most - std::min(most, into.size());
    over = over || static_cast<std::size_t>(count) > room;
    into.append(chunk, std::min(room, static_cast<std::size_t>(count)));
    std::memset(chunk, 0, sizeof chunk);
    return true;
}

void collect(pid_t child, Pipe& output, Pipe& complaint, const ExecOptions& options, Outcome& out) {
    const auto deadline = Clock::now() + options.patience;
    pollfd ends[2] = {{output.reading(), POLLIN, 0}, {complaint.reading(), POLLIN, 0}};
    bool ignored = false;
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        out.late = left <= 0 || (options.stopped != nullptr && options.stopped->load());
        if (out.late || out.tooLong) break;
        if (::poll(ends, 2, static_cast<int>(std::min<long>(left, 200))) <= 0) continue;
        if (ends[0].revents != 0 && !drain(ends[0].fd, out.output, kMostOutput, out.tooLong)) ends[0].fd = -1;
        if (ends[1].revents != 0 && !drain(ends[1].fd, out.complaint, kMostComplaint, ignored)) ends[1].fd = -1;
        // A child of its own may hold standard error open; the answer is what counts.
        if (ends[0].fd < 0 && ::waitpid(child, &out.status, WNOHANG) == child) return;
    }
    if (out.late || out.tooLong) ::kill(child, SIGKILL);
    while (::waitpid(child, &out.status, 0) < 0 && errno == EINTR) {
    }
}

Result<Outcome> start(const ExecSpec& spec, const Target& target, const ExecOptions& options, bool interactive) {
    Pipe output, complaint;
    if (!output.ok() || !complaint.ok()) return fail("exec-plugin", fmt::format("{} cannot be started: {}.", spec.command, std::strerror(errno)));
    FileActions actions;
    SpawnAttributes attributes;
    if (!interactive) posix_spawn_file_actions_addopen(&actions.value, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions.value, output.writing(), 1);
    if (!interactive) posix_spawn_file_actions_adddup2(&actions.value, complaint.writing(), 2);
    std::vector<std::string> words{spec.command};
    words.insert(words.end(), spec.args.begin(), spec.args.end());
    auto variables = environmentFor(spec, execInfo(spec, target, interactive));
    pid_t child = 0;
    const int error = posix_spawnp(&child, spec.command.c_str(), &actions.value, &attributes.value, pointers(words).data(), pointers(variables).data());
    output.shut(1);
    complaint.shut(1);
    if (error != 0)
        return fail("exec-plugin", fmt::format("{} cannot be started: {}.{}{}", spec.command, std::strerror(error), spec.installHint.empty() ? "" : " ", spec.installHint));
    Outcome out;
    collect(child, output, complaint, options, out);
    return out;
}

std::string quoted(const std::string& word) {
    const bool plain = !word.empty() && word.find_first_of(" \t\n\"'\\$`") == std::string::npos;
    if (plain) return word;
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

/// Of everything that decides what runs. Values of variables count, but cannot be read from it.
std::string digestOf(const ExecSpec& spec) {
    std::string all = spec.file + '\0' + spec.user + '\0' + spec.command;
    for (const auto& arg : spec.args) all += '\0' + arg;
    all += '\1';
    for (const auto& [name, value] : spec.env) all += name + '\0' + value + '\0';
    std::string out;
    for (const auto byte : filter::sha256(all)) out += fmt::format("{:02x}", byte);
    return out;
}

}  // namespace

std::string shownCommand(const ExecSpec& spec) {
    std::string out;
    for (const auto& [name, value] : spec.env) out += name + "=… ";
    out += quoted(spec.command);
    for (const auto& arg : spec.args) out += " " + quoted(arg);
    return out;
}

std::filesystem::path ExecAgreements::usualFile() {
    std::filesystem::path base;
    if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/') base = state;
    else if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') base = std::filesystem::path(home) / ".local" / "state";
    return base.empty() ? base : base / "gatehouse" / "agreed-programs";
}

bool ExecAgreements::has(const ExecSpec& spec) const {
    if (file_.empty()) return false;
    std::ifstream file(file_);
    const auto wanted = digestOf(spec);
    for (std::string line; std::getline(file, line);)
        if (line.substr(0, line.find(' ')) == wanted) return true;
    return false;
}

Result<void> ExecAgreements::remember(const ExecSpec& spec) const {
    if (file_.empty() || has(spec)) return {};
    std::string text;
    if (std::ifstream before(file_, std::ios::binary); before) text.assign(std::istreambuf_iterator<char>(before), {});
    if (!text.empty() && text.back() != '\n') text += '\n';
    auto comment = spec.file;
    std::erase(comment, '\n');
    text += digestOf(spec) + " " + comment + "\n";
    return config::disk::writeAtomically(file_, text);
}

std::optional<base::WallTime> parseRfc3339(std::string_view text) {
    std::tm parts{};
    const std::string copy(text);
    const char* rest = ::strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
    if (rest == nullptr) return std::nullopt;
    if (*rest == '.')
        for (++rest; *rest >= '0' && *rest <= '9';) ++rest;
    long offset = 0;
    if (*rest == '+' || *rest == '-') {
        int hours = 0, minutes = 0;
        if (std::sscanf(rest + 1, "%2d:%2d", &hours, &minutes) != 2) return std::nullopt;
        offset = (*rest == '-' ? -60L : 60L) * (hours * 60L + minutes);
    } else if (*rest != 'Z' && *rest != 'z') {
        return std::nullopt;
    }
    return std::chrono::system_clock::from_time_t(::timegm(&parts) - offset);
}

Result<Credential> readExecCredential(const ExecSpec& spec, std::string_view output) {
    const auto bad = [&](std::string_view what) { return fail("exec-plugin", fmt::format("{} answered {}.", spec.command, what)); };
    const auto json = parseJson(output);
    if (!json || !json->is_object() || textOf(*json, "kind") != "ExecCredential") return bad("with no ExecCredential");
    if (textOf(*json, "apiVersion") != spec.apiVersion)
        return bad(fmt::format("in {}, and the kubeconfig says {}", textOf(*json, "apiVersion").empty() ? "no version" : textOf(*json, "apiVersion"), spec.apiVersion));
    const auto& status = memberOf(*json, "status");
    Credential out;
    out.bearer = secret::SecretValue(textOf(status, "token"));
    out.certificate = secret::SecretValue(textOf(status, "clientCertificateData"));
    out.key = secret::SecretValue(textOf(status, "clientKeyData"));
    if (out.certificate.empty() != out.key.empty()) return bad("with a certificate without its key, or a key without its certificate");
    if (out.bearer.empty() && out.certificate.empty()) return bad("with neither a token nor a certificate");
    if (out.bearer.reveal().find_first_of("\r\n") != std::string_view::npos) return bad("with a token of several lines");
    if (const auto expires = textOf(status, "expirationTimestamp"); !expires.empty()) {
        const auto time = parseRfc3339(expires);
        if (!time) return bad("with an expirationTimestamp that is no time");
        out.expires = *time;
    }
    return out;
}

Result<Credential> runExecPlugin(const ExecSpec& spec, const Target& target, const ExecOptions& options) {
    const bool interactive = options.terminal && spec.interactive != Interactive::Never;
    if (spec.interactive == Interactive::Always && !options.terminal)
        return fail("exec-plugin", fmt::format("{} needs a terminal to ask on, and there is none.", spec.command));
    auto outcome = start(spec, target, options, interactive);
    if (!outcome) return tl::unexpected(outcome.error());
    auto complaint = std::move(outcome->complaint);
    while (!complaint.empty() && (complaint.back() == '\n' || complaint.back() == '\r' || complaint.back() == ' ')) complaint.pop_back();
    const auto said = complaint.empty() ? std::string() : fmt::format(" It said: {}", complaint);
    Result<Credential> result = tl::unexpected(Error{});
    if (outcome->late) result = fail("exec-plugin", fmt::format("{} did not end within {} s and was stopped.{}", spec.command, options.patience.count() / 1000, said));
    else if (outcome->tooLong) result = fail("exec-plugin", fmt::format("{} wrote more than 1 MiB and was stopped.", spec.command));
    else if (WIFSIGNALED(outcome->status)) result = fail("exec-plugin", fmt::format("{} ended on signal {}.{}", spec.command, WTERMSIG(outcome->status), said));
    else if (WEXITSTATUS(outcome->status) != 0) result = fail("exec-plugin", fmt::format("{} ended with exit code {}.{}", spec.command, WEXITSTATUS(outcome->status), said));
    else result = readExecCredential(spec, outcome->output);
    net::cleanse(outcome->output);
    return result;
}

}  // namespace gatehouse::cluster
