// The names of Boost.Asio that the data plane uses: one executor type, no type erasure on the hot path. Heavy; included by
// net/, upstream/ and the data plane's own sources only, never by a header that other folders read.
#pragma once

#include "base/clock.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace gatehouse::net {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Timer = asio::basic_waitable_timer<base::MonoClock, asio::wait_traits<base::MonoClock>, Executor>;
using ErrorCode = boost::system::error_code;

/// A coroutine of the data plane. Runs on its worker's thread only; starts when awaited or spawned.
template <class T = void>
using Task = asio::awaitable<T, Executor>;

inline constexpr asio::use_awaitable_t<Executor> kAwait{};

}  // namespace gatehouse::net
