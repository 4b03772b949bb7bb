#include "lab/demo.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace gatehouse::lab {

namespace {
constexpr int kStablePods = 5;
constexpr int kCanaryPods = 3;
}  // namespace

struct Demo::Impl {
    std::filesystem::path directory;
    bool temporary = false;
    std::unique_ptr<ModelServers> servers;
    std::unique_ptr<TrafficSource> traffic;

    ~Impl() {
        traffic.reset();
        servers.reset();
        std::error_code ignored;
        if (temporary) std::filesystem::remove_all(directory, ignored);
    }
};

Demo::Demo(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Demo::~Demo() = default;

Result<std::unique_ptr<Demo>> Demo::prepare(std::filesystem::path directory) {
    auto impl = std::make_unique<Impl>();
    std::vector<Profile> profiles;
    const auto stable = findProfile("demo-stable"), canary = findProfile("demo-canary");
    if (!stable) return tl::unexpected(stable.error());
    if (!canary) return tl::unexpected(canary.error());
    profiles.insert(profiles.end(), kStablePods, *stable);
    profiles.insert(profiles.end(), kCanaryPods, *canary);
    auto servers = ModelServers::start(profiles, 0, "vllm-");
    if (!servers) return tl::unexpected(servers.error());
    impl->servers = std::move(*servers);

    if (directory.empty()) {
        std::error_code error;
        std::string pattern = (std::filesystem::temp_directory_path(error) / "gatehouse-demo-XXXXXX").string();
        if (error || !mkdtemp(pattern.data()))
            return fail("write-failed", fmt::format("Cannot create a temporary folder: {}.", std::strerror(errno)));
        directory = pattern;
        impl->temporary = true;
    }
    impl->directory = std::move(directory);
    if (auto written = writeDemoWorkspace(impl->directory, *impl->servers); !written)
        return tl::unexpected(written.error());
    return std::unique_ptr<Demo>(new Demo(std::move(impl)));
}

const std::filesystem::path& Demo::directory() const { return impl_->directory; }
ModelServers& Demo::servers() { return *impl_->servers; }

Result<void> Demo::startTraffic(const std::string& address) {
    TrafficSource::Options options;
    options.address = address;
    auto traffic = TrafficSource::start(options);
    if (!traffic) return tl::unexpected(traffic.error());
    impl_->traffic = std::move(*traffic);
    return {};
}

}  // namespace gatehouse::lab
