// TlsEngine: one TLS session without a socket. Ciphertext goes in and out through buffers that net::Stream reads into and
// writes from, so that a request costs the system calls it would cost in plain text. Internal to net/.
// Thread: its stream's. Lifetime: its stream's; keeps the context alive.
#pragma once

#include "net/openssl.h"
#include "net/tls.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::net {

class Gather;

class TlsEngine {
  public:
    explicit TlsEngine(std::shared_ptr<const TlsServerContext> context);
    explicit TlsEngine(std::shared_ptr<const TlsClientContext> context);
    ~TlsEngine();
    TlsEngine(const TlsEngine&) = delete;
    TlsEngine& operator=(const TlsEngine&) = delete;

    enum class Step { Done, NeedInput, Failed };

    // ---- Ciphertext in: read into space(), then arrived().
    static constexpr std::size_t kFirstInput = 4 * 1024;
    /// A whole record (RFC 8446 section 5.2: 5 + 2^14 + 256), and the begin of the next.
    static constexpr std::size_t kFullInput = 17 * 1024;
    std::span<char> space();
    void arrived(std::size_t bytes) {
        inEnd_ += bytes;
        // A read that fills the buffer is a sign of a bulk transfer.
        if (inEnd_ == inCapacity_) inWanted_ = std::max(inWanted_, kFullInput);
    }
    bool hasInput() const { return inBegin_ != inEnd_; }
    /// What was read before TLS began.
    void feed(std::string_view ciphertext);

    // ---- Ciphertext out: write output(), then sent(). While a write waits the buffer stays where it is.
    bool hasOutput() const { return outBegin_ != outEnd_; }
    std::string_view output() const { return {out_.get() + outBegin_, outEnd_ - outBegin_}; }
    void pin() { pinned_ = true; }
    bool pinned() const { return pinned_; }
    void sent(std::size_t bytes);
    void unpin();
    /// A write ended before all of the output was sent.
    void cut(bool is) { cut_ = is; }
    bool isCut() const { return cut_; }
    /// The stream reads from the socket at this moment.
    void reading(bool is) { reading_ = is; }
    bool reading() const { return reading_; }

    // ---- The session.
    Step handshake();
    bool established() const { return established_; }
    /// Plaintext into `out`, as much as the input holds and fits. 0: ended() or failed(), else more input is needed.
    std::size_t read(char* out, std::size_t size);
    /// Decrypted bytes wait inside OpenSSL.
    bool pending() const { return ssl_ && SSL_pending(ssl_.get()) > 0; }
    /// True when read() has something to say with the input at hand: bytes, the end or an error.
    bool readable();
    /// Takes up to kBatch bytes of `out`, in records of up to 16 KiB. False: failed().
    bool encrypt(Gather& out);
    static constexpr std::size_t kBatch = 64 * 1024;
    /// The peer said close_notify.
    bool ended() const { return ended_; }
    bool failed() const { return failed_; }
    /// Puts close_notify into the output, once.
    void sendClose();
    bool maySendClose() const { return !pinned_ && !cut_; }

    /// Nothing of the session is in the buffers: lets them go.
    void shrink();
    const TlsFacts& facts() const { return facts_; }
    /// One sentence, empty while all is well.
    const std::string& error() const { return error_; }
    void fail(std::string sentence);
    bool isServer() const { return server_ != nullptr; }
    std::string_view peerName() const { return server_ ? "client" : "server"; }

  private:
    friend int openssl::onVerify(int, X509_STORE_CTX*);
    friend int openssl::onClientHello(SSL*, int*, void*);
    friend int openssl::onNewSession(SSL*, SSL_SESSION*);
    /// Messages after the handshake, key updates above all, without a byte of data between them: more are a flood.
    static constexpr unsigned kMostMessages = 32;
    static constexpr std::size_t kRecord = 16 * 1024;

    static BIO_METHOD* bioMethod();
    static int bioRead(BIO* bio, char* data, int size);
    static int bioWrite(BIO* bio, const char* data, int size);
    static long bioControl(BIO* bio, int command, long number, void* pointer);
    static void onInfo(const SSL* ssl, int where, int result);

    void begin(SSL_CTX* context);
    bool conclude();
    bool usable() const { return established_ && !failed_; }
    /// Result of an SSL call below 1: true when the session goes on with more input.
    bool goesOn(int result);
    bool flooded();
    std::string explain(int sslError);

    std::shared_ptr<const TlsServerContext> server_;
    std::shared_ptr<const TlsClientContext> client_;
    openssl::Connection ssl_;

    std::unique_ptr<char[]> in_;
    std::size_t inCapacity_ = 0;
    std::size_t inWanted_ = kFirstInput;
    std::size_t inBegin_ = 0;
    std::size_t inEnd_ = 0;

    std::unique_ptr<char[]> out_;
    std::size_t outCapacity_ = 0;
    std::size_t outBegin_ = 0;
    std::size_t outEnd_ = 0;
    std::vector<std::unique_ptr<char[]>> retired_;  ///< Outgrown while pinned.

    bool established_ = false;
    bool ended_ = false;
    bool failed_ = false;
    bool closeSent_ = false;
    bool pinned_ = false;
    bool cut_ = false;
    bool reading_ = false;
    unsigned messages_ = 0;
    std::string helloName_;  ///< The SNI of this very ClientHello; a resumed session remembers another's.
    std::string refused_;    ///< Whose certificate did not hold.
    int refusedWhy_ = 0;     ///< X509_V_ERR_...
    TlsFacts facts_;
    std::string error_;
};

}  // namespace gatehouse::net
