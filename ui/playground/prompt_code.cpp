#include "playground/prompt_code.h"

#include "models/format.h"
#include "models/shell_quote.h"
#include "telemetry/recorded_head.h"

#include <nlohmann/json.hpp>

#include <utility>
#include <vector>

namespace gatehouse::ui {
namespace {

using Json = nlohmann::ordered_json;

/// A text literal that Python and JavaScript both read: JSON's own, in ASCII.
QString literal(const std::string& text) { return toQt(Json(text).dump(-1, ' ', true, Json::error_handler_t::replace)); }

std::vector<std::pair<std::string, std::string>> fieldsOf(const lab::PromptTarget& target) {
    std::vector<std::pair<std::string, std::string>> fields{{"Content-Type", "application/json"}};
    if (!target.host.empty()) fields.emplace_back("Host", target.host);
    for (const auto& [name, value] : target.headers) fields.emplace_back(name, telemetry::isSecretName(name) ? "YOUR-" + name : value);
    return fields;
}

QString curl(const std::string& url, const lab::PromptRequest& request, const lab::PromptTarget& target, bool stream) {
    QStringList words{QStringLiteral("curl"), QStringLiteral("-sS")};
    // Where the name leads is known here alone; whom to trust is for the person to say.
    if (target.tls) words << QStringLiteral("--connect-to") << shellQuoted(toQt("::" + target.address)) << QStringLiteral("--cacert") << QStringLiteral("YOUR-CA.pem");
    if (!target.identityPem.empty()) words << QStringLiteral("--cert") << QStringLiteral("YOUR-CERTIFICATE.pem");
    if (stream) words << QStringLiteral("-N");
    words << shellQuoted(toQt(url));
    for (const auto& [name, value] : fieldsOf(target)) words << QStringLiteral("-H") << shellQuoted(toQt(name + ": " + value));
    words << QStringLiteral("-d") << shellQuoted(toQt(request.body));
    return words.join(QLatin1Char(' '));
}

QString headerTable(const lab::PromptTarget& target, bool host) {
    QStringList rows;
    for (const auto& [name, value] : fieldsOf(target))
        if (host || name != "Host") rows << QStringLiteral("    %1: %2,").arg(literal(name), literal(value));
    return rows.join(QLatin1Char('\n'));
}

QString python(const std::string& url, const lab::PromptRequest& request, const lab::PromptTarget& target, bool stream) {
    auto text = QStringLiteral("import json\nimport requests\n\nbody = json.loads(%1)\nheaders = {\n%2\n}\n").arg(literal(request.body), headerTable(target, true));
    text += QStringLiteral("answer = requests.post(%1, json=body, headers=headers, stream=%2%3)\nanswer.raise_for_status()\n")
                .arg(literal(url), stream ? QStringLiteral("True") : QStringLiteral("False"), target.tls ? QStringLiteral(", verify=\"YOUR-CA.pem\"") + (target.identityPem.empty() ? QString() : QStringLiteral(", cert=\"YOUR-CERTIFICATE.pem\"")) : QString());
    text += stream ? QStringLiteral("for line in answer.iter_lines(decode_unicode=True):\n    if line:\n        print(line)\n") : QStringLiteral("print(json.dumps(answer.json(), indent=2))\n");
    return text;
}

QString javaScript(const std::string& url, const lab::PromptRequest& request, const lab::PromptTarget& target, bool stream) {
    // fetch() sets Host by the address alone.
    auto text = target.host.empty() ? QString() : QStringLiteral("// fetch() cannot ask for another host than the address; this one is for %1.\n").arg(toQt(target.host));
    if (target.tls) text += QStringLiteral("// Start Node with NODE_EXTRA_CA_CERTS=YOUR-CA.pem; the name in the address must lead to the gateway.\n");
    if (!target.identityPem.empty()) text += QStringLiteral("// fetch() shows a certificate of its own only by a dispatcher of the package undici.\n");
    text += QStringLiteral("const answer = await fetch(%1, {\n  method: \"POST\",\n  headers: {\n%2\n  },\n  body: %3,\n});\n").arg(literal(url), headerTable(target, false), literal(request.body));
    text += QStringLiteral("if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);\n");
    text += stream ? QStringLiteral("for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) process.stdout.write(chunk);\n")
                   : QStringLiteral("console.log(JSON.stringify(await answer.json(), null, 2));\n");
    return text;
}

}  // namespace

QString promptCode(CodeLanguage language, const lab::PromptRequest& request, const lab::PromptTarget& target, bool stream) {
    const auto url = lab::promptUrl(target) + request.target;
    switch (language) {
        case CodeLanguage::Curl: return curl(url, request, target, stream);
        case CodeLanguage::Python: return python(url, request, target, stream);
        case CodeLanguage::JavaScript: return javaScript(url, request, target, stream);
    }
    return {};
}

}  // namespace gatehouse::ui
