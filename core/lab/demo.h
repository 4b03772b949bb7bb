// The demo: eight simulated model servers in two pools, a workspace that routes to them, and a gentle traffic source that
// goes through the data plane like any client. Thread: one owner. Lifetime: stops on destruction.
#pragma once

#include "lab/model_server.h"

#include <filesystem>
#include <memory>
#include <string>

namespace gatehouse::lab {

/// Writes the demo workspace (Gateway, HTTPRoutes, pools, pods, policies, Secret reference) into `directory`, with the
/// ports of `servers`. Existing files of the same names are replaced.
Result<void> writeDemoWorkspace(const std::filesystem::path& directory, const ModelServers& servers);

/// Logical port of the demo's listener.
inline constexpr std::uint16_t kDemoPort = 8080;

class TrafficSource {
  public:
    struct Options {
        std::string address;         ///< "127.0.0.1:8080"
        double requestsPerSecond = 12;
        std::uint64_t seed = 1;
    };
    static Result<std::unique_ptr<TrafficSource>> start(Options options);
    ~TrafficSource();
    std::uint64_t sent() const;
    std::uint64_t failed() const;

  private:
    struct Impl;
    explicit TrafficSource(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// The whole demo in one value: model servers in a workspace folder, ready for a Workspace and a Gateway.
class Demo {
  public:
    /// `directory` empty: a temporary folder that is removed on destruction.
    static Result<std::unique_ptr<Demo>> prepare(std::filesystem::path directory);
    ~Demo();
    const std::filesystem::path& directory() const;
    ModelServers& servers();
    /// Begins the traffic once the gateway listens at `address`.
    Result<void> startTraffic(const std::string& address);

  private:
    struct Impl;
    explicit Demo(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::lab
