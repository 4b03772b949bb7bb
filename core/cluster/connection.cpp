#include "cluster/connection.h"

#include "filter/encoding.h"
#include "http/characters.h"
#include "net/tls.h"

#include <fmt/format.h>

namespace gatehouse::cluster {
namespace {

std::string escapedKey(std::string_view key) {
    std::string out;
    for (const char c : key) out += http::isTokenChar(c) && c != '%' ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return out;
}

/// The server's name and verified name are those of the URL, so the URL takes that name and is dialled where the server is.
void dialAs(CURL* easy, const Target& target, std::string& url, ConnectTo& connectTo, HeaderList& headers) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), &curl_url_cleanup);
    if (curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return;
    const auto part = [&](CURLUPart which, unsigned flags) {
        char* text = nullptr;
        const bool got = curl_url_get(parts.get(), which, &text, flags) == CURLUE_OK;
        std::string out = got ? text : "";
        curl_free(text);
        return out;
    };
    const auto host = part(CURLUPART_HOST, 0), port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
    connectTo.reset(curl_slist_append(nullptr, fmt::format("::{}:{}", host, port).c_str()));
    curl_easy_setopt(easy, CURLOPT_CONNECT_TO, connectTo.get());
    headers.add(fmt::format("Host: {}:{}", host, port));
    curl_url_set(parts.get(), CURLUPART_HOST, target.tlsServerName.c_str(), 0);
    url = part(CURLUPART_URL, 0);
}

void setTls(CURL* easy, const Target& target, const Credential& shown) {
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    trust(easy, target.authorityPem);
    if (target.insecure) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (shown.certificate.empty()) return;
    setBlob(easy, CURLOPT_SSLCERT_BLOB, shown.certificate.reveal());
    setBlob(easy, CURLOPT_SSLKEY_BLOB, shown.key.reveal());
    curl_easy_setopt(easy, CURLOPT_KEYPASSWD, "");  // A key with a pass phrase fails; nobody is asked on a terminal.
}

std::string proxyOf(const std::string& url) { return url.starts_with("socks5://") ? "socks5h://" + url.substr(9) : url; }

}  // namespace

std::vector<std::string> identityLines(const Credential& shown, const Impersonation& as) {
    std::vector<std::string> lines;
    if (!shown.bearer.empty()) {
        lines.push_back(fmt::format("Authorization: Bearer {}", shown.bearer.reveal()));
    } else if (!shown.username.empty()) {
        std::string pair = shown.username + ":" + std::string(shown.password.reveal());
        lines.push_back("Authorization: Basic " + filter::toBase64(pair));
        net::cleanse(pair);
    }
    if (!as.any()) return lines;
    lines.push_back("Impersonate-User: " + as.user);
    if (!as.uid.empty()) lines.push_back("Impersonate-Uid: " + as.uid);
    for (const auto& group : as.groups) lines.push_back("Impersonate-Group: " + group);
    for (const auto& [key, values] : as.extra)
        for (const auto& value : values) lines.push_back(fmt::format("Impersonate-Extra-{}: {}", escapedKey(key), value));
    return lines;
}

void setConnection(CURL* easy, const Target& target, const Credential& shown, const std::string& path, ConnectTo& connectTo, HeaderList& headers) {
    auto url = target.server + path;
    if (!target.tlsServerName.empty() && target.server.starts_with("https://")) dialAs(easy, target, url, connectTo, headers);
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    if (!target.proxyUrl.empty()) curl_easy_setopt(easy, CURLOPT_PROXY, proxyOf(target.proxyUrl).c_str());
    setTls(easy, target, shown);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, 20L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, 10L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
}

}  // namespace gatehouse::cluster
