#include "http/h2_session.h"

#include "http/h2_core.h"

namespace gatehouse::http {

H2Session::H2Session(net::Stream& stream, const Limits& limits, H2Role role, H2Handler& handler, net::Executor executor,
                     net::Sweeper& sweeper)
    : core_(std::make_shared<H2Core>(stream, limits, role, handler, executor, sweeper)) {}

H2Session::~H2Session() = default;

H2Session::Preface H2Session::looksLikePreface(std::string_view bytes) {
    static constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    if (bytes.size() >= kPreface.size()) return bytes.starts_with(kPreface) ? Preface::Yes : Preface::No;
    return kPreface.starts_with(bytes) ? Preface::NeedMore : Preface::No;
}

net::Task<void> H2Session::run() { return H2Core::run(core_); }
std::shared_ptr<H2Stream> H2Session::open() { return core_->open(); }
bool H2Session::accepting() const { return core_->accepting(); }
std::size_t H2Session::active() const { return core_->active(); }
std::size_t H2Session::maxStreams() const { return core_->maxStreams(); }
bool H2Session::extendedConnect() const { return core_->extendedConnect(); }
bool H2Session::settingsKnown() const { return core_->settingsKnown(); }
void H2Session::shutdown() { core_->shutdown(); }
void H2Session::close(std::uint32_t code) { core_->close(code); }
bool H2Session::over() const { return core_->over(); }
std::string_view H2Session::endCode() const { return core_->endCode(); }
std::string_view H2Session::endReason() const { return core_->endReason(); }

}  // namespace gatehouse::http
