// tests/cluster/api_server.py as a cluster for these tests: started for one of them, ended with it. Thread: one.
#pragma once

#include "cluster/client.h"
#include "core/cluster/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace gatehouse::testing {

/// False where it did not come to be in time.
inline bool until(const std::function<bool()>& done, std::chrono::milliseconds patience = std::chrono::milliseconds(20'000)) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

class TestCluster {
  public:
    using Json = nlohmann::json;

    TestCluster() {
        int in[2], out[2];
        if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) return;
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in[0], 0);
        posix_spawn_file_actions_adddup2(&actions, out[1], 1);
        std::string script = GATEHOUSE_SOURCE "/tests/cluster/api_server.py", where = folder_.path().string();
        char python[] = "python3", quiet[] = "-B", option[] = "--dir";
        char* words[] = {python, quiet, script.data(), option, where.data(), nullptr};
        if (posix_spawnp(&child_, "python3", &actions, nullptr, words, environ) != 0) child_ = 0;
        posix_spawn_file_actions_destroy(&actions);
        ::close(in[0]);
        ::close(out[1]);
        stdin_ = in[1];
        std::string line;
        for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) line += c;
        ::close(out[0]);
        info_ = Json::parse(line, nullptr, false);
    }
    ~TestCluster() {
        control_.reset();
        ::close(stdin_);
        if (child_ > 0) ::waitpid(child_, nullptr, 0);
    }
    TestCluster(const TestCluster&) = delete;
    TestCluster& operator=(const TestCluster&) = delete;

    bool runs() const { return info_.is_object(); }
    int port() const { return info_.value("port", 0); }
    int proxyPort() const { return info_.value("proxyPort", 0); }
    std::string server() const { return "https://localhost:" + std::to_string(port()); }
    std::string authorityPem() const { return folder_.read("ca.crt"); }
    const TemporaryFolder& folder() const { return folder_; }

    /// Of the kubeconfig that the server wrote: "admin", "reader", "nobody".
    cluster::Target target(const std::string& context = {}) const {
        auto config = cluster::Kubeconfig::load(info_.value("kubeconfig", ""));
        if (!config) throw std::runtime_error(config.error().message);
        auto target = config->target(context);
        if (!target) throw std::runtime_error(target.error().message);
        return *target;
    }
    /// Nothing of a user yet.
    cluster::Target anonymous() const {
        cluster::Target target;
        target.context = target.cluster = "test";
        target.server = server();
        target.authorityPem = authorityPem();
        return target;
    }

    /// What Control of the server may do; its result.
    Json order(Json what) {
        if (!control_) control_ = std::make_unique<cluster::Transport>(std::make_shared<cluster::Credentials>(anonymous(), nullptr, cluster::ExecOptions{}));
        cluster::HttpRequest request;
        request.method = "POST";
        request.path = "/_control?key=" + info_.value("control", "");
        request.contentType = "application/json";
        request.body = what.dump();
        const auto answer = control_->ask(request);
        if (!answer || answer->status != 200) throw std::runtime_error(what.dump() + ": " + (answer ? answer->body : answer.error().message));
        return Json::parse(answer->body);
    }
    Json op(const std::string& name, Json more = Json::object()) {
        more["op"] = name;
        return order(std::move(more))["result"];
    }
    void put(const Json& object) { op("put", {{"object", object}}); }
    /// Requests of everybody whose path holds `part`, since the last clear.
    int asked(const std::string& part) {
        int count = 0;
        for (const auto& each : op("requests")) count += each["path"].get<std::string>().find(part) != std::string::npos;
        return count;
    }

  private:
    TemporaryFolder folder_;
    pid_t child_ = 0;
    int stdin_ = -1;
    Json info_;
    std::unique_ptr<cluster::Transport> control_;
};

/// A test with a cluster of its own; skipped where Python or openssl is not there.
class ClusterTest : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!server.runs()) GTEST_SKIP() << "python3 or openssl is not installed";
    }
    std::unique_ptr<cluster::Client> client(const std::string& context = {}) { return std::make_unique<cluster::Client>(server.target(context), cluster::ClientOptions{}); }

    TestCluster server;
};

inline nlohmann::json configMap(const std::string& name, const std::string& value, const std::string& ns = "default") {
    return {{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", {{"name", name}, {"namespace", ns}}}, {"data", {{"key", value}}}};
}

inline const cluster::ResourceType kConfigMaps{"", "v1", "configmaps", "ConfigMap", true, {}};

}  // namespace gatehouse::testing
