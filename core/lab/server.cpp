#include "lab/server.h"

#include "base/ids.h"
#include "lab/session.h"

#include <boost/asio/ip/address_v4.hpp>
#include <fmt/core.h>

namespace gatehouse::lab {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {
constexpr std::chrono::milliseconds kReopenRetry{200};
}

Server::Server(asio::io_context& io, Profile profile, std::string name)
    : io_(io),
      acceptor_(io),
      stepTimer_(io),
      reopenTimer_(io),
      profile_(std::move(profile)),
      name_(std::move(name)),
      engine_(profile_) {}

Server::~Server() { close(); }

Result<std::uint16_t> Server::listen(std::uint16_t port) {
    const asio::ip::tcp::endpoint where(asio::ip::address_v4::loopback(), port);
    error_code error;
    acceptor_.open(where.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(where, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        error_code ignored;
        acceptor_.close(ignored);
        return fail(error == asio::error::address_in_use ? "port-in-use" : "listen-failed",
                    fmt::format("The simulated server {} cannot listen on 127.0.0.1:{}: {}.", name_, port,
                                error.message()));
    }
    return port_ = acceptor_.local_endpoint(error).port();
}

void Server::accept() {
    acceptor_.async_accept([this](error_code error, asio::ip::tcp::socket socket) {
        if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
        if (!error) {
            auto session = std::make_shared<Session>(*this, std::move(socket));
            join(session);
            session->start();
        }
        accept();
    });
}

void Server::close() {
    error_code ignored;
    acceptor_.close(ignored);
    stepTimer_.cancel();
    reopenTimer_.cancel();
    stepping_ = false;
    jobs_.clear();
    engine_.clear();
    const auto sessions = std::move(sessions_);
    sessions_.clear();
    for (const auto& session : sessions) session->close();
    publish();
}

void Server::reopen() {
    if (acceptor_.is_open() || fault().crashed) return;
    if (listen(port_)) return accept();
    reopenTimer_.expires_after(kReopenRetry);
    reopenTimer_.async_wait([this](error_code error) {
        if (!error) reopen();
    });
}

Fault Server::fault() const {
    std::lock_guard lock(faultMutex_);
    return fault_;
}

void Server::setFault(Fault fault) {
    {
        std::lock_guard lock(faultMutex_);
        fault_ = fault;
    }
    if (fault.crashed) {
        close();
    } else {
        reopen();
    }
}

bool Server::drawError() {
    const double rate = fault().errorRate;
    return rate > 0 && static_cast<double>(base::randomBelow(1'000'000)) < rate * 1e6;
}

void Server::join(std::shared_ptr<Session> session) { sessions_.insert(std::move(session)); }
void Server::leave(const std::shared_ptr<Session>& session) { sessions_.erase(session); }

BatchEngine::Admission Server::submit(std::uint64_t job, const CompletionRequest& request, Session& session) {
    const auto admission = engine_.submit({job, request.promptTokens, request.outputTokens});
    if (admission != BatchEngine::Admission::Accepted) return admission;
    jobs_[job] = &session;
    publish();
    kick();
    return admission;
}

void Server::cancel(std::uint64_t job) {
    jobs_.erase(job);
    engine_.cancel(job);
    publish();
}

void Server::kick() {
    if (stepping_) return;
    const auto step = engine_.beginStep();
    if (step.count() == 0) return;
    stepping_ = true;
    publish();
    stepTimer_.expires_after(std::chrono::duration_cast<std::chrono::microseconds>(step * fault().slowFactor));
    stepTimer_.async_wait([this](error_code error) {
        if (!error && stepping_) onStep();
    });
}

void Server::onStep() {
    stepping_ = false;
    tokens_.clear();
    engine_.finishStep(tokens_);
    served_.store(engine_.counters().finished, std::memory_order_relaxed);
    publish();
    for (const auto& token : tokens_) {
        const auto found = jobs_.find(token.job);
        if (found == jobs_.end()) continue;
        Session& session = *found->second;
        if (token.last) jobs_.erase(found);
        session.onToken(token.index, token.last);
    }
    kick();
}

void Server::publish() {
    running_.store(engine_.running(), std::memory_order_relaxed);
    waiting_.store(engine_.waiting(), std::memory_order_relaxed);
    kvUse_.store(engine_.kvUse(), std::memory_order_relaxed);
    waitedMicros_.store(engine_.counters().waitedMicros, std::memory_order_relaxed);
    mostWaiting_.store(engine_.counters().mostWaiting, std::memory_order_relaxed);
}

ModelServers::Load Server::load() const {
    return {running_.load(std::memory_order_relaxed), waiting_.load(std::memory_order_relaxed),
            kvUse_.load(std::memory_order_relaxed), served_.load(std::memory_order_relaxed), waitedMicros_.load(std::memory_order_relaxed),
            mostWaiting_.load(std::memory_order_relaxed)};
}

}  // namespace gatehouse::lab
