// Session: one connection to a simulated model server: requests in turn, answers buffered or as server-sent events.
// Internal to lab. Thread: the io_context's. Lifetime: shared_ptr of its own handlers and of its server.
#pragma once

#include "lab/openai_answers.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::lab {

class Server;

class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(Server& server, boost::asio::ip::tcp::socket socket);

    void start() { read(); }
    /// A token of the running job was made.
    void onToken(std::uint32_t index, bool last);
    /// Cuts the connection; the server forgets it.
    void close();

  private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

    void read();
    void onRequest();
    void respond(int status, std::string_view contentType, std::string_view body);
    void generate(bool chat, const std::string& body);
    void beginStream();
    void send(std::string_view bytes);
    void sendChunk(std::string_view bytes);
    void flush();
    void watchClient();

    Server& server_;
    boost::asio::ip::tcp::socket socket_;
    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    bool keepAlive_ = true;
    bool chunked_ = true;       ///< HTTP/1.1; a 1.0 stream ends with the connection.
    bool answered_ = false;     ///< The answer is complete in outbox_.
    bool watching_ = false;
    bool closed_ = false;
    std::string outbox_, writing_;

    // The completion under way.
    std::uint64_t job_ = 0;
    CompletionRequest request_;
    std::string id_;
    std::int64_t created_ = 0;
};

}  // namespace gatehouse::lab
