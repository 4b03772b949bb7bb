// Server: one simulated model server: a listening socket, its sessions and its batch engine, on the io_context of ModelServers.
// Internal to lab (it includes Asio). Thread: the io_context's one thread, but for fault() and load().
#pragma once

#include "lab/batch_engine.h"
#include "lab/model_server.h"
#include "lab/openai_answers.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::lab {

class Session;

class Server {
  public:
    Server(boost::asio::io_context& io, Profile profile, std::string name);
    ~Server();

    /// Binds 127.0.0.1:port (0 = free) and listens. Before the thread runs.
    Result<std::uint16_t> listen(std::uint16_t port);
    void accept();
    /// Cuts everything. io thread, or after it ended.
    void close();

    Fault fault() const;                 ///< Any thread.
    void setFault(Fault fault);          ///< io thread.
    ModelServers::Load load() const;     ///< Any thread.

    const Profile& profile() const { return profile_; }
    const std::string& name() const { return name_; }
    const BatchEngine& engine() const { return engine_; }
    std::uint16_t port() const { return port_; }

    // For sessions, io thread.
    /// Draws whether this request fails by the error fault.
    bool drawError();
    BatchEngine::Admission submit(std::uint64_t job, const CompletionRequest& request, Session& session);
    void cancel(std::uint64_t job);
    void join(std::shared_ptr<Session> session);
    void leave(const std::shared_ptr<Session>& session);
    std::uint64_t nextJob() { return ++lastJob_; }

  private:
    void kick();
    void onStep();
    void publish();
    void reopen();

    boost::asio::io_context& io_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer stepTimer_;
    boost::asio::steady_timer reopenTimer_;
    Profile profile_;
    std::string name_;
    std::uint16_t port_ = 0;
    BatchEngine engine_;
    bool stepping_ = false;
    std::uint64_t lastJob_ = 0;
    std::vector<BatchEngine::Token> tokens_;
    std::unordered_map<std::uint64_t, Session*> jobs_;
    std::set<std::shared_ptr<Session>> sessions_;

    mutable std::mutex faultMutex_;
    Fault fault_;  ///< Guarded by faultMutex_.
    std::atomic<std::uint32_t> running_{0}, waiting_{0};
    std::atomic<double> kvUse_{0};
    std::atomic<std::uint64_t> served_{0}, waitedMicros_{0};
    std::atomic<std::uint32_t> mostWaiting_{0};
};

}  // namespace gatehouse::lab
