#include "requests/curl.h"

#include "models/format.h"
#include "models/shell_quote.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace gatehouse::ui {

QString toCurl(const telemetry::RequestRecord& record, const QString& address) {
    QStringList words{QStringLiteral("curl"), QStringLiteral("-sS")};
    const bool hasBody = record.method == "POST" || record.method == "PUT" || record.method == "PATCH";
    if (record.method != "GET" && !(record.method == "POST" && record.llm)) words << QStringLiteral("-X") << toQt(record.method);
    if (record.streamed) words << QStringLiteral("-N");
    words << shellQuoted(QStringLiteral("http://%1%2").arg(address, toQt(record.path)));
    if (!record.host.empty() && toQt(record.host) != address) words << QStringLiteral("-H") << shellQuoted(QStringLiteral("Host: %1").arg(toQt(record.host)));
    if (record.llm && hasBody) {
        QJsonObject body{{QStringLiteral("model"), toQt(record.model)}};
        if (record.path.find("chat") != std::string::npos)
            body[QStringLiteral("messages")] = QJsonArray{QJsonObject{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), QStringLiteral("Hello")}}};
        else
            body[QStringLiteral("prompt")] = QStringLiteral("Hello");
        if (record.streamed) body[QStringLiteral("stream")] = true;
        words << QStringLiteral("-H") << shellQuoted(QStringLiteral("Content-Type: application/json")) << QStringLiteral("-d")
              << shellQuoted(QString::fromUtf8(QJsonDocument(body).toJson(QJsonDocument::Compact)));
    }
    return words.join(QLatin1Char(' '));
}

}  // namespace gatehouse::ui
