#include "models/limit_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace gatehouse::ui {
namespace {

/// The texts of http/limit_table.cpp, for the catalogues: translations look for them in the sources of the console alone.
constexpr std::array kTexts = {
    QT_TRANSLATE_NOOP("Limits", "connections of clients at a time"),
    QT_TRANSLATE_NOOP("Limits", "closed at once"),
    QT_TRANSLATE_NOOP("Limits", "file descriptors that are kept free of clients"),
    QT_TRANSLATE_NOOP("Limits", "keep-alive connection without a request"),
    QT_TRANSLATE_NOOP("Limits", "closed"),
    QT_TRANSLATE_NOOP("Limits", "requests of a connection"),
    QT_TRANSLATE_NOOP("Limits", "closed after the last"),
    QT_TRANSLATE_NOOP("Limits", "time to a whole head, from its first byte"),
    QT_TRANSLATE_NOOP("Limits", "head"),
    QT_TRANSLATE_NOOP("Limits", "fields of a head"),
    QT_TRANSLATE_NOOP("Limits", "request target"),
    QT_TRANSLATE_NOOP("Limits", "request body"),
    QT_TRANSLATE_NOOP("Limits", "request body on LLM routes"),
    QT_TRANSLATE_NOOP("Limits", "gap between two reads of a request body"),
    QT_TRANSLATE_NOOP("Limits", "rate of a request body, after the time of one gap in all"),
    QT_TRANSLATE_NOOP("Limits", "copy of a request body, kept for further tries and mirrors"),
    QT_TRANSLATE_NOOP("Limits", "sent once, to no mirror"),
    QT_TRANSLATE_NOOP("Limits", "mirrored copies under way, per worker"),
    QT_TRANSLATE_NOOP("Limits", "further ones dropped"),
    QT_TRANSLATE_NOOP("Limits", "mirrored copy, its answer included"),
    QT_TRANSLATE_NOOP("Limits", "dropped"),
    QT_TRANSLATE_NOOP("Limits", "answer of an authorization service"),
    QT_TRANSLATE_NOOP("Limits", "body of an authorization service's answer"),
    QT_TRANSLATE_NOOP("Limits", "403 without it"),
    QT_TRANSLATE_NOOP("Limits", "answer of a guard's service"),
    QT_TRANSLATE_NOOP("Limits", "503, or passes where it fails open"),
    QT_TRANSLATE_NOOP("Limits", "body of a guard's answer"),
    QT_TRANSLATE_NOOP("Limits", "streamed text without a sentence's end, held for a guard's service"),
    QT_TRANSLATE_NOOP("Limits", "judged as it is"),
    QT_TRANSLATE_NOOP("Limits", "client that takes no byte"),
    QT_TRANSLATE_NOOP("Limits", "cut"),
    QT_TRANSLATE_NOOP("Limits", "WebSocket or tunnel without a byte either way"),
    QT_TRANSLATE_NOOP("Limits", "connect to an endpoint, and waiting for a free connection"),
    QT_TRANSLATE_NOOP("Limits", "upstream's head, where the route has no timeout"),
    QT_TRANSLATE_NOOP("Limits", "gap between two reads of an answer; an LLM's head"),
    QT_TRANSLATE_NOOP("Limits", "504, or cut"),
    QT_TRANSLATE_NOOP("Limits", "connections to an endpoint, per worker; or those of the backend's policy"),
    QT_TRANSLATE_NOOP("Limits", "waits, then 503"),
    QT_TRANSLATE_NOOP("Limits", "requests that wait for a connection to an endpoint, per worker; or those of the policy"),
    QT_TRANSLATE_NOOP("Limits", "requests at a time to a backend, by its policy"),
    QT_TRANSLATE_NOOP("Limits", "pooled upstream connection"),
    QT_TRANSLATE_NOOP("Limits", "pooled connections per worker and endpoint"),
    QT_TRANSLATE_NOOP("Limits", "oldest closed"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: requests of a connection at a time"),
    QT_TRANSLATE_NOOP("Limits", "stream refused; GOAWAY after our settings were acknowledged"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: head"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: fields of a head"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: request target"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: time to a whole head"),
    QT_TRANSLATE_NOOP("Limits", "GOAWAY"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: frames of one head"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: resets by the client at once; 20 more per second"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: closed streams after which half reset at once is too many"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: streams that the client's mistakes made us reset"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: PING, SETTINGS and unknown frames at once; 100 more per second"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: PRIORITY frames per stream"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: WINDOW_UPDATE frames per DATA frame that was sent"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: frames without a byte in a row"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: frames that wait to be sent"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: time to the preface and to the answer to our settings"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: connection without a request"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: client that takes no byte"),
    QT_TRANSLATE_NOOP("Limits", "HTTP/2: upstream that answers no PING, looked at after"),
    QT_TRANSLATE_NOOP("Limits", "none"),
};

}  // namespace

bool knowsLimitWords(const std::string& text) {
    const bool number = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= '0' && c <= '9'; });
    return number || std::any_of(kTexts.begin(), kTexts.end(), [&](const char* known) { return text == known; });
}

QString limitWords(const std::string& text) {
    constexpr std::string_view kRate = " bytes/s";
    if (text.ends_with(kRate)) return QCoreApplication::translate("Limits", "%1 bytes/s").arg(QString::fromStdString(text.substr(0, text.size() - kRate.size())));
    return QCoreApplication::translate("Limits", text.c_str());
}

}  // namespace gatehouse::ui
