#include "lab/model_server.h"

#include "lab/server.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <fmt/core.h>

#include <future>
#include <thread>

namespace gatehouse::lab {

namespace asio = boost::asio;

struct ModelServers::Impl {
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(io);
    std::vector<std::unique_ptr<Server>> servers;
    std::vector<ServerInfo> infos;
    std::thread thread;

    ~Impl() {
        guard.reset();
        io.stop();
        if (thread.joinable()) thread.join();
        for (auto& server : servers) server->close();
        // Aborted handlers hold sessions; they run (and find themselves closed) while the servers still stand.
        io.restart();
        io.poll();
    }
};

ModelServers::ModelServers(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ModelServers::~ModelServers() = default;

Result<std::unique_ptr<ModelServers>> ModelServers::start(const std::vector<Profile>& profiles, std::uint16_t portBase,
                                                          const std::string& namePrefix) {
    if (portBase != 0 && portBase + profiles.size() > 65'536)
        return fail("bad-port", fmt::format("{} servers from port {} pass port 65535.", profiles.size(), portBase));
    auto impl = std::make_unique<Impl>();
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        auto server = std::make_unique<Server>(impl->io, profiles[i], fmt::format("{}{}", namePrefix, i));
        const auto port = portBase == 0 ? std::uint16_t{0} : static_cast<std::uint16_t>(portBase + i);
        auto bound = server->listen(port);
        if (!bound) return tl::unexpected(bound.error());
        server->accept();
        impl->infos.push_back({server->name(), *bound, profiles[i].model});
        impl->servers.push_back(std::move(server));
    }
    impl->thread = std::thread([raw = impl.get()] { raw->io.run(); });
    return std::unique_ptr<ModelServers>(new ModelServers(std::move(impl)));
}

const std::vector<ServerInfo>& ModelServers::servers() const { return impl_->infos; }

void ModelServers::setFault(std::size_t server, Fault fault) {
    if (server >= impl_->servers.size()) return;
    // Waits, so that a caller who crashed a server finds its port closed.
    std::promise<void> done;
    asio::post(impl_->io, [&] {
        impl_->servers[server]->setFault(fault);
        done.set_value();
    });
    done.get_future().wait();
}

Fault ModelServers::fault(std::size_t server) const {
    return server < impl_->servers.size() ? impl_->servers[server]->fault() : Fault{};
}

ModelServers::Load ModelServers::load(std::size_t server) const {
    return server < impl_->servers.size() ? impl_->servers[server]->load() : Load{};
}

}  // namespace gatehouse::lab
