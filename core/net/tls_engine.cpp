#include "net/tls_engine.h"

#include "net/client_hello.h"
#include "net/stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include <openssl/err.h>

namespace gatehouse::net {
namespace {

/// Output buffers that no session needs at the moment, one stack per worker: a session that idles holds none.
class SpareBuffers {
  public:
    static constexpr std::size_t kSize = TlsEngine::kBatch + 4 * 1024;  ///< The records' own bytes included.
    static constexpr std::size_t kMost = 8;

    std::unique_ptr<char[]> take() {
        if (spare_.empty()) return std::make_unique_for_overwrite<char[]>(kSize);
        auto buffer = std::move(spare_.back());
        spare_.pop_back();
        return buffer;
    }
    void give(std::unique_ptr<char[]> buffer) {
        if (spare_.size() < kMost) spare_.push_back(std::move(buffer));
    }

  private:
    std::vector<std::unique_ptr<char[]>> spare_;
};

thread_local SpareBuffers spareBuffers;

}  // namespace

TlsEngine::TlsEngine(std::shared_ptr<const TlsServerContext> context) : server_(std::move(context)) {
    begin(server_->native());
    if (ssl_) SSL_set_accept_state(ssl_.get());
}

TlsEngine::TlsEngine(std::shared_ptr<const TlsClientContext> context) : client_(std::move(context)) {
    begin(client_->native());
    if (!ssl_) return;
    SSL_set_connect_state(ssl_.get());
    auto& impl = client_->impl();
    if (impl.sniIsName) SSL_set_tlsext_host_name(ssl_.get(), impl.options.sni.c_str());
    if (!impl.options.resume) return;
    const auto session = impl.take();
    if (session) SSL_set_session(ssl_.get(), session.get());
}

TlsEngine::~TlsEngine() {
    // Otherwise OpenSSL takes a session whose connection just ended for a bad one, and it could not be resumed.
    if (ssl_ && established_ && !failed_) SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    if (out_ && outCapacity_ == SpareBuffers::kSize && !pinned_) spareBuffers.give(std::move(out_));
}

void TlsEngine::begin(SSL_CTX* context) {
    ERR_clear_error();
    ssl_.reset(SSL_new(context));
    BIO* bio = ssl_ ? BIO_new(bioMethod()) : nullptr;
    if (bio == nullptr) {
        ssl_.reset();
        fail(fmt::format("No TLS session can be made ({}).", openssl::lastError()));
        return;
    }
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_app_data(ssl_.get(), this);
    SSL_set_info_callback(ssl_.get(), onInfo);
}

// ---- The BIO: memory on both sides

BIO_METHOD* TlsEngine::bioMethod() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "stream");
        BIO_meth_set_read(made, bioRead);
        BIO_meth_set_write(made, bioWrite);
        BIO_meth_set_ctrl(made, bioControl);
        return made;
    }();
    return method;
}

int TlsEngine::bioRead(BIO* bio, char* data, int size) {
    auto& engine = *static_cast<TlsEngine*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    const std::size_t step = std::min(engine.inEnd_ - engine.inBegin_, static_cast<std::size_t>(std::max(size, 0)));
    if (step == 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    std::memcpy(data, engine.in_.get() + engine.inBegin_, step);
    engine.inBegin_ += step;
    if (engine.inBegin_ == engine.inEnd_) engine.inBegin_ = engine.inEnd_ = 0;
    return static_cast<int>(step);
}

int TlsEngine::bioWrite(BIO* bio, const char* data, int size) {
    auto& engine = *static_cast<TlsEngine*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    if (size <= 0) return 0;
    const auto bytes = static_cast<std::size_t>(size);
    if (!engine.out_) {
        engine.out_ = spareBuffers.take();
        engine.outCapacity_ = SpareBuffers::kSize;
    }
    if (engine.outEnd_ + bytes > engine.outCapacity_) {
        const std::size_t grown = std::max(engine.outCapacity_ * 2, engine.outEnd_ + bytes);
        auto larger = std::make_unique_for_overwrite<char[]>(grown);
        std::memcpy(larger.get(), engine.out_.get(), engine.outEnd_);
        std::swap(engine.out_, larger);
        engine.outCapacity_ = grown;
        if (engine.pinned_) engine.retired_.push_back(std::move(larger));
    }
    std::memcpy(engine.out_.get() + engine.outEnd_, data, bytes);
    engine.outEnd_ += bytes;
    return size;
}

long TlsEngine::bioControl(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

std::span<char> TlsEngine::space() {
    if (inBegin_ > 0) {
        std::memmove(in_.get(), in_.get() + inBegin_, inEnd_ - inBegin_);
        inEnd_ -= inBegin_;
        inBegin_ = 0;
    }
    if (inCapacity_ < inWanted_ || inEnd_ == inCapacity_) {
        const std::size_t grown = std::max(inWanted_, inEnd_ == inCapacity_ ? inCapacity_ * 2 : 0);
        auto larger = std::make_unique_for_overwrite<char[]>(grown);
        if (inEnd_ > 0) std::memcpy(larger.get(), in_.get(), inEnd_);
        in_ = std::move(larger);
        inCapacity_ = grown;
    }
    return {in_.get() + inEnd_, inCapacity_ - inEnd_};
}

void TlsEngine::feed(std::string_view ciphertext) {
    while (!ciphertext.empty()) {
        const auto room = space();
        const auto step = std::min(room.size(), ciphertext.size());
        std::memcpy(room.data(), ciphertext.data(), step);
        arrived(step);
        ciphertext.remove_prefix(step);
    }
}

void TlsEngine::sent(std::size_t bytes) {
    outBegin_ += bytes;
    if (outBegin_ != outEnd_) return;
    outBegin_ = outEnd_ = 0;
    // Kept while pinned only; a session that has said everything holds no buffer.
    if (outCapacity_ == SpareBuffers::kSize) spareBuffers.give(std::move(out_));
    out_.reset();
    outCapacity_ = 0;
}

void TlsEngine::unpin() {
    pinned_ = false;
    retired_.clear();
}

void TlsEngine::shrink() {
    inWanted_ = kFirstInput;
    if (hasInput() || inCapacity_ <= kFirstInput) return;
    in_.reset();
    inCapacity_ = inBegin_ = inEnd_ = 0;
}

// ---- The session

TlsEngine::Step TlsEngine::handshake() {
    if (failed_) return Step::Failed;
    if (established_) return Step::Done;
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_.get());
    if (result == 1) return conclude() ? Step::Done : Step::Failed;
    return goesOn(result) ? Step::NeedInput : Step::Failed;
}

bool TlsEngine::conclude() {
    SSL* ssl = ssl_.get();
    facts_.resumed = SSL_session_reused(ssl) == 1;
    if (server_) {
        facts_.sni = helloName_;
        // RFC 6066 section 3: no resumption under another name. OpenSSL leaves this to us in TLS 1.2.
        const char* before = SSL_SESSION_get0_hostname(SSL_get0_session(ssl));
        if (facts_.resumed && SSL_version(ssl) < TLS1_3_VERSION) {
            std::string name(before == nullptr ? "" : before);
            std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
            if (name.ends_with('.')) name.pop_back();
            if (name != helloName_) {
                fail("The client resumed a session of another host name.");
                return false;
            }
        }
    } else if (client_->impl().sniIsName) {
        facts_.sni = client_->impl().options.sni;
    }
    const unsigned char* alpn = nullptr;
    unsigned alpnSize = 0;
    SSL_get0_alpn_selected(ssl, &alpn, &alpnSize);
    facts_.alpn.assign(reinterpret_cast<const char*>(alpn), alpnSize);
    facts_.version = SSL_get_version(ssl);
    facts_.cipher = SSL_get_cipher_name(ssl);
    const X509* peer = SSL_get0_peer_certificate(ssl);
    const bool checked = (SSL_get_verify_mode(ssl) & SSL_VERIFY_PEER) != 0;
    if (peer != nullptr) {
        facts_.peerSubject = openssl::nameText(X509_get_subject_name(peer));
        const long verdict = SSL_get_verify_result(ssl);
        facts_.peerVerified = checked && verdict == X509_V_OK;
        if (checked && verdict != X509_V_OK)
            facts_.peerVerifyError =
                fmt::format("{} ({})", X509_verify_cert_error_string(verdict), refused_.empty() ? openssl::shortName(peer) : refused_);
        else if (!checked) facts_.peerVerifyError = "not checked";
    }
    established_ = true;
    return true;
}

std::size_t TlsEngine::read(char* out, std::size_t size) {
    if (!usable() || ended_) return 0;
    std::size_t total = 0;
    while (total < size) {
        ERR_clear_error();
        const int step = SSL_read(ssl_.get(), out + total, static_cast<int>(std::min<std::size_t>(size - total, 1U << 30)));
        if (step <= 0) {
            goesOn(step);
            break;
        }
        if (flooded()) break;
        messages_ = 0;
        total += static_cast<std::size_t>(step);
        if (!hasInput() && SSL_pending(ssl_.get()) == 0) break;
    }
    return total;
}

bool TlsEngine::readable() {
    if (!usable() || ended_) return true;
    char byte = 0;
    ERR_clear_error();
    const int result = SSL_peek(ssl_.get(), &byte, 1);
    return result > 0 || !goesOn(result);
}

bool TlsEngine::encrypt(Gather& out) {
    static thread_local char scratch[kRecord];
    std::size_t taken = 0;
    while (!out.empty() && taken < kBatch) {
        if (!usable() || closeSent_) return false;
        const auto parts = out.buffers();
        const char* data = static_cast<const char*>(parts.front().data());
        std::size_t size = std::min(parts.front().size(), kRecord);
        // Small parts share a record: a head and its body cost one.
        if (size < kRecord && parts.size() > 1) {
            size = 0;
            for (const auto& part : parts) {
                const std::size_t step = std::min(part.size(), kRecord - size);
                std::memcpy(scratch + size, part.data(), step);
                size += step;
                if (size == kRecord) break;
            }
            data = scratch;
        }
        ERR_clear_error();
        const int written = SSL_write(ssl_.get(), data, static_cast<int>(size));
        if (written <= 0) {
            if (goesOn(written)) fail("The TLS session cannot take data.");
            return false;
        }
        out.advance(static_cast<std::size_t>(written));
        taken += static_cast<std::size_t>(written);
    }
    return true;
}

void TlsEngine::sendClose() {
    if (!usable() || closeSent_) return;
    closeSent_ = true;
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
    ERR_clear_error();
}

// ---- What goes wrong

void TlsEngine::fail(std::string sentence) {
    if (failed_) return;
    failed_ = true;
    error_ = std::move(sentence);
}

bool TlsEngine::flooded() {
    if (messages_ <= kMostMessages) return false;
    fail(fmt::format("The {} floods the session with handshake messages.", peerName()));
    return true;
}

bool TlsEngine::goesOn(int result) {
    const int why = SSL_get_error(ssl_.get(), result);
    if (flooded()) return false;
    if (why == SSL_ERROR_WANT_READ) return true;
    if (why == SSL_ERROR_ZERO_RETURN) {
        ended_ = true;
        return false;
    }
    if (!failed_) fail(explain(why));
    ERR_clear_error();
    return false;
}

std::string TlsEngine::explain(int sslError) {
    const unsigned long code = ERR_peek_error();
    const int reason = ERR_GET_REASON(code);
    if (sslError != SSL_ERROR_SSL || ERR_GET_LIB(code) != ERR_LIB_SSL)
        return fmt::format("The TLS session with the {} failed ({}).", peerName(), openssl::lastError());
    // Alerts that the peer sent are numbered from 1000 on.
    if (reason == SSL_AD_REASON_OFFSET + SSL_AD_CERTIFICATE_REQUIRED)
        return fmt::format("The {} ended the TLS session: certificate required.", peerName());
    if (reason >= SSL_AD_REASON_OFFSET)
        return fmt::format("The {} ended the TLS session: {}.", peerName(),
                           SSL_alert_desc_string_long(reason - SSL_AD_REASON_OFFSET));
    switch (reason) {
        case SSL_R_CERTIFICATE_VERIFY_FAILED:
            if (client_ && refusedWhy_ == X509_V_ERR_HOSTNAME_MISMATCH && client_->impl().options.subjectAltNames.empty())
                return fmt::format("The server's certificate was refused: it does not carry the name \"{}\" ({}).",
                                   client_->impl().options.verifyName, refused_);
            if (refusedWhy_ == X509_V_ERR_HOSTNAME_MISMATCH)
                return fmt::format("The server's certificate was refused: it carries none of the accepted names ({}).", refused_);
            return fmt::format("The {}'s certificate was refused: {} ({}).", peerName(),
                               X509_verify_cert_error_string(refusedWhy_), refused_);
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: return "The client sent no certificate.";
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_VERSION_TOO_LOW:
        case SSL_R_WRONG_SSL_VERSION: return fmt::format("The {}'s TLS version is too old.", peerName());
        case SSL_R_NO_SHARED_CIPHER: return "The client offers no cipher that is accepted here.";
        case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM: return "The client can verify none of the certificates here.";
        case SSL_R_NO_APPLICATION_PROTOCOL: return "The client offers no protocol (ALPN) that is accepted here.";
        case SSL_R_HTTP_REQUEST: return "The client spoke plain HTTP where TLS is expected.";
        case SSL_R_WRONG_VERSION_NUMBER:
        case SSL_R_PACKET_LENGTH_TOO_LONG: return fmt::format("The {} does not speak TLS.", peerName());
        default: break;
    }
    return fmt::format("The TLS session with the {} failed ({}).", peerName(), openssl::lastError());
}

void TlsEngine::onInfo(const SSL* ssl, int where, int) {
    if ((where & SSL_CB_LOOP) == 0) return;
    auto* engine = static_cast<TlsEngine*>(SSL_get_app_data(ssl));
    if (!engine->established_) return;
    const auto state = SSL_get_state(ssl);
    if (state == TLS_ST_SR_KEY_UPDATE || state == TLS_ST_CR_KEY_UPDATE || state == TLS_ST_CR_SESSION_TICKET ||
        state == TLS_ST_SR_CLNT_HELLO || state == TLS_ST_CR_HELLO_REQ)
        ++engine->messages_;
}

namespace openssl {

int onVerify(int ok, X509_STORE_CTX* store) {
    const auto* ssl = static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto& engine = *static_cast<TlsEngine*>(SSL_get_app_data(ssl));
    const X509* certificate = X509_STORE_CTX_get_current_cert(store);
    if (ok == 1 && engine.client_ && X509_STORE_CTX_get_error_depth(store) == 0) {
        const auto& names = engine.client_->impl().options.subjectAltNames;
        const bool carries = names.empty() || std::any_of(names.begin(), names.end(), [&](const TlsSubjectAltName& name) {
            return name.type == TlsSubjectAltName::Type::Uri ? carriesUri(certificate, name.value)
                                                             : carriesDnsName(certificate, name.value);
        });
        if (!carries) {
            X509_STORE_CTX_set_error(store, X509_V_ERR_HOSTNAME_MISMATCH);
            ok = 0;
        }
    }
    if (ok == 1) return 1;
    if (engine.refused_.empty()) {
        engine.refused_ = certificate != nullptr ? shortName(certificate) : "no name";
        engine.refusedWhy_ = X509_STORE_CTX_get_error(store);
    }
    return engine.server_ && engine.server_->impl().clientCertificates == ClientCertificates::OptionalInsecure ? 1 : 0;
}

int onClientHello(SSL* ssl, int* alert, void*) {
    auto& engine = *static_cast<TlsEngine*>(SSL_get_app_data(ssl));
    engine.helloName_.clear();
    const unsigned char* extension = nullptr;
    std::size_t size = 0;
    if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &extension, &size) != 1) return SSL_CLIENT_HELLO_SUCCESS;
    if (readServerName({reinterpret_cast<const char*>(extension), size}, engine.helloName_)) return SSL_CLIENT_HELLO_SUCCESS;
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    engine.fail("The client's server name (SNI) is malformed.");
    return SSL_CLIENT_HELLO_ERROR;
}

int onNewSession(SSL* ssl, SSL_SESSION* session) {
    auto& engine = *static_cast<TlsEngine*>(SSL_get_app_data(ssl));
    if (!engine.client_ || SSL_SESSION_is_resumable(session) != 1) return 0;
    engine.client_->impl().keep(session);  // Owned by the cache from now on.
    return 1;
}

}  // namespace openssl

}  // namespace gatehouse::net
