#include "models/request_filter.h"

#include "models/format.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

namespace gatehouse::ui {
namespace {

using telemetry::RequestRecord;
using Op = RequestFilter::Op;
using Term = RequestFilter::Term;

struct Filter {
    Q_DECLARE_TR_FUNCTIONS(RequestFilter)
};

enum class Kind { Text, Count, Millis, Status };

struct Field {
    const char* name;
    Kind kind;
    const char* help;
    std::string_view (*text)(const RequestRecord&) = nullptr;
    double (*number)(const RequestRecord&) = nullptr;  ///< NaN = has none: no comparison holds.
};

double micros(std::int64_t value) { return value < 0 ? std::nan("") : static_cast<double>(value) / 1000.0; }
double tokens(const RequestRecord& record, std::uint64_t value) {
    return record.usage.known ? static_cast<double>(value) : std::nan("");
}

// clang-format off
const Field kFields[] = {
    {"route",   Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Name of the HTTPRoute"), [](const RequestRecord& r) -> std::string_view { return r.route; }},
    {"rule",    Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Rule of the route"), [](const RequestRecord& r) -> std::string_view { return r.rule; }},
    {"listener", Kind::Text,  QT_TRANSLATE_NOOP("RequestFilter", "Listener that took the request"), [](const RequestRecord& r) -> std::string_view { return r.listener; }},
    {"backend", Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Backend that served it"), [](const RequestRecord& r) -> std::string_view { return r.backend; }},
    {"arm",     Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Drawn arm of a weighted split"), [](const RequestRecord& r) -> std::string_view { return r.arm; }},
    {"pod",     Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Pod that was picked"), [](const RequestRecord& r) -> std::string_view { return r.pod; }},
    {"endpoint", Kind::Text,  QT_TRANSLATE_NOOP("RequestFilter", "Address that was called"), [](const RequestRecord& r) -> std::string_view { return r.endpoint; }},
    {"model",   Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Model asked for"), [](const RequestRecord& r) -> std::string_view { return r.model; }},
    {"method",  Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "HTTP method"), [](const RequestRecord& r) -> std::string_view { return r.method; }},
    {"host",    Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Host asked for"), [](const RequestRecord& r) -> std::string_view { return r.host; }},
    {"path",    Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Path and query"), [](const RequestRecord& r) -> std::string_view { return r.path; }},
    {"client",  Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Client's address"), [](const RequestRecord& r) -> std::string_view { return r.client; }},
    {"id",      Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Request id"), [](const RequestRecord& r) -> std::string_view { return r.requestId; }},
    {"error",   Kind::Text,   QT_TRANSLATE_NOOP("RequestFilter", "Error code, such as no-route or timeout"), [](const RequestRecord& r) -> std::string_view { return r.error; }},
    {"status",  Kind::Status, QT_TRANSLATE_NOOP("RequestFilter", "Status code, or a class such as 5xx"), nullptr, [](const RequestRecord& r) { return double(r.status); }},
    {"ttft",    Kind::Millis, QT_TRANSLATE_NOOP("RequestFilter", "Time to the first byte of the answer: 2s, 350ms"), nullptr, [](const RequestRecord& r) { return micros(r.firstByteMicros); }},
    {"total",   Kind::Millis, QT_TRANSLATE_NOOP("RequestFilter", "Whole time of the request"), nullptr, [](const RequestRecord& r) { return micros(r.totalMicros); }},
    {"upstream", Kind::Millis, QT_TRANSLATE_NOOP("RequestFilter", "Time spent waiting on the upstream"), nullptr, [](const RequestRecord& r) { return micros(r.upstreamMicros); }},
    {"in",      Kind::Count,  QT_TRANSLATE_NOOP("RequestFilter", "Input tokens"), nullptr, [](const RequestRecord& r) { return tokens(r, r.usage.inputTokens); }},
    {"out",     Kind::Count,  QT_TRANSLATE_NOOP("RequestFilter", "Output tokens"), nullptr, [](const RequestRecord& r) { return tokens(r, r.usage.outputTokens); }},
    {"bytes",   Kind::Count,  QT_TRANSLATE_NOOP("RequestFilter", "Bytes of the answer: 4k, 2M"), nullptr, [](const RequestRecord& r) { return double(r.responseBytes); }},
    {"attempts", Kind::Count, QT_TRANSLATE_NOOP("RequestFilter", "Upstream attempts"), nullptr, [](const RequestRecord& r) { return double(r.attempts); }},
};
// clang-format on

struct Flag {
    const char* name;
    bool (*holds)(const RequestRecord&, bool marked);
};
const Flag kFlags[] = {
    {"error", [](const RequestRecord& r, bool) { return r.status >= 400 || (r.status == 0 && !isPassedOn(r)) || !r.error.empty(); }},
    {"llm", [](const RequestRecord& r, bool) { return r.llm; }},
    {"stream", [](const RequestRecord& r, bool) { return r.streamed; }},
    {"masked", [](const RequestRecord& r, bool) { return r.guard.masked; }},
    {"rejected", [](const RequestRecord& r, bool) { return r.guard.rejected; }},
    {"retried", [](const RequestRecord& r, bool) { return r.attempts > 1; }},
    {"marked", [](const RequestRecord&, bool marked) { return marked; }},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equalText(std::string_view text, std::string_view lowered) {
    if (text.size() != lowered.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (lower(text[i]) != lowered[i]) return false;
    return true;
}

bool containsText(std::string_view text, std::string_view lowered) {
    if (lowered.size() > text.size()) return false;
    for (std::size_t at = 0; at + lowered.size() <= text.size(); ++at)
        if (equalText(text.substr(at, lowered.size()), lowered)) return true;
    return false;
}

/// `*` and `?` over the whole text; linear, backtracking only to the last star.
bool globText(std::string_view text, std::string_view pattern) {
    std::size_t t = 0, p = 0, star = std::string_view::npos, mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == lower(text[t]))) {
            ++t, ++p;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

/// The name within "HTTPRoute default/chat": what people type.
std::string_view lastName(std::string_view text) {
    const auto at = text.find_last_of("/ ");
    return at == std::string_view::npos ? text : text.substr(at + 1);
}

bool equalName(std::string_view text, std::string_view lowered) {
    if (equalText(text, lowered) || equalText(lastName(text), lowered)) return true;
    const auto space = text.find_last_of(' ');
    return space != std::string_view::npos && equalText(text.substr(space + 1), lowered);
}

bool matchText(std::string_view text, std::string_view lowered) {
    if (lowered.find_first_of("*?") == std::string_view::npos) return containsText(text, lowered);
    return globText(text, lowered) || globText(lastName(text), lowered);
}

bool anyOf(const std::vector<std::string>& values, std::string_view text, bool (*test)(std::string_view, std::string_view)) {
    for (const auto& value : values)
        if (test(text, value)) return true;
    return false;
}

bool holds(const Term& term, const RequestRecord& record, bool marked) {
    if (term.field == -2) return kFlags[term.flag].holds(record, marked);
    if (term.field == -1) {
        for (const std::string_view text : {std::string_view(record.path), std::string_view(record.route), std::string_view(record.model),
                                            std::string_view(record.pod), std::string_view(record.requestId), std::string_view(record.error),
                                            std::string_view(record.host), std::string_view(record.backend), std::string_view(record.method)})
            if (anyOf(term.texts, text, matchText)) return true;
        return false;
    }
    const auto& field = kFields[term.field];
    if (field.text) {
        const auto text = field.text(record);
        switch (term.op) {
            case Op::Equal: return anyOf(term.texts, text, equalName);
            case Op::NotEqual: return !anyOf(term.texts, text, equalName);
            case Op::Match: return anyOf(term.texts, text, matchText);
            default: return !anyOf(term.texts, text, matchText);
        }
    }
    const double value = field.number(record);
    if (std::isnan(value)) return false;
    const auto within = [&] {
        for (const auto& [low, high] : term.ranges)
            if (value >= low && value <= high) return true;
        return false;
    };
    switch (term.op) {
        case Op::Equal:
        case Op::Match: return within();
        case Op::NotEqual:
        case Op::NotMatch: return !within();
        case Op::Less: return value < term.number;
        case Op::LessEqual: return value <= term.number;
        case Op::Greater: return value > term.number;
        case Op::GreaterEqual: return value >= term.number;
    }
    return false;
}

struct Token {
    int begin = 0;
    int end = 0;
    QString text;        ///< Without quotes.
    int quotedFrom = -1; ///< Position in `text` where a quoted part begins; operators after it do not count.
};

/// Splits at spaces outside of double quotes; answers the position of an open quote, or -1.
int tokenize(const QString& text, std::vector<Token>& tokens) {
    int at = 0;
    const int size = static_cast<int>(text.size());
    while (at < size) {
        while (at < size && text[at].isSpace()) ++at;
        if (at == size) break;
        Token token;
        token.begin = at;
        while (at < size && !text[at].isSpace()) {
            if (text[at] == QLatin1Char('"')) {
                const auto close = text.indexOf(QLatin1Char('"'), at + 1);
                if (close < 0) return at;
                if (token.quotedFrom < 0) token.quotedFrom = static_cast<int>(token.text.size());
                token.text += text.mid(at + 1, close - at - 1);
                at = static_cast<int>(close) + 1;
            } else {
                token.text += text[at++];
            }
        }
        token.end = at;
        tokens.push_back(std::move(token));
    }
    return -1;
}

struct OpText {
    const char* text;
    Op op;
};
const OpText kOps[] = {{">=", Op::GreaterEqual}, {"<=", Op::LessEqual}, {"!=", Op::NotEqual}, {"!~", Op::NotMatch}, {"=", Op::Equal},
                       {"~", Op::Match},         {">", Op::Greater},    {"<", Op::Less}};

int findField(const QString& name) {
    for (int i = 0; i < static_cast<int>(std::size(kFields)); ++i)
        if (name.compare(QLatin1String(kFields[i].name), Qt::CaseInsensitive) == 0) return i;
    return -1;
}

struct Unit {
    const char* name;
    double factor;
};
const Unit kTimeUnits[] = {{"us", 0.001}, {"µs", 0.001}, {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"min", 60'000}};
const Unit kCountUnits[] = {{"k", 1e3}, {"K", 1e3}, {"M", 1e6}, {"G", 1e9}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}};

std::optional<double> readNumber(const QString& text, Kind kind) {
    qsizetype split = 0;
    while (split < text.size() && (text[split].isDigit() || text[split] == QLatin1Char('.'))) ++split;
    bool ok = false;
    const double value = text.left(split).toDouble(&ok);
    if (!ok) return std::nullopt;
    const auto unit = text.mid(split);
    if (unit.isEmpty()) return value;
    if (kind == Kind::Millis) {
        for (const auto& known : kTimeUnits)
            if (unit == QString::fromUtf8(known.name)) return value * known.factor;
    } else if (kind == Kind::Count) {
        for (const auto& known : kCountUnits)
            if (unit == QString::fromUtf8(known.name)) return value * known.factor;
    }
    return std::nullopt;
}

/// One value of a comma list as a range; "5xx" is the class.
std::optional<std::pair<double, double>> readRange(const QString& text, Kind kind) {
    if (kind == Kind::Status && text.size() == 3 && text[0].isDigit() && text.mid(1).compare(QLatin1String("xx"), Qt::CaseInsensitive) == 0) {
        const double low = text[0].digitValue() * 100;
        return std::pair(low, low + 99);
    }
    const auto value = readNumber(text, kind);
    if (!value) return std::nullopt;
    return std::pair(*value, *value);
}

QString numberExpected(const Field& field, const QString& text) {
    const auto name = QLatin1String(field.name);
    switch (field.kind) {
        case Kind::Millis: return Filter::tr("“%1” is not a time; write %2 such as 350ms or 2s.").arg(text, name);
        case Kind::Status: return Filter::tr("“%1” is not a status; write %2 such as 503 or 5xx.").arg(text, name);
        default: return Filter::tr("“%1” is not a number for %2.").arg(text, name);
    }
}

/// Reads one token into `term`; an error sentence otherwise.
QString readTerm(Token token, Term& term) {
    auto text = token.text;
    if (text.startsWith(QLatin1Char('!')) && token.quotedFrom != 0 && text.size() > 1) {
        term.negated = true;
        text.remove(0, 1);
        if (token.quotedFrom > 0) --token.quotedFrom;
    }
    const auto searchable = token.quotedFrom >= 0 ? text.left(token.quotedFrom) : text;
    if (searchable.startsWith(QLatin1String("is:"))) {
        const auto name = text.mid(3);
        QStringList known;
        for (int i = 0; i < static_cast<int>(std::size(kFlags)); ++i) {
            if (name == QLatin1String(kFlags[i].name)) {
                term.field = -2;
                term.flag = i;
                return {};
            }
            known << QLatin1String(kFlags[i].name);
        }
        return Filter::tr("“is:%1” is not known; there is %2.").arg(name, known.join(QStringLiteral(", ")));
    }
    qsizetype opAt = -1;
    const OpText* op = nullptr;
    for (qsizetype at = 0; at < searchable.size() && !op; ++at)
        for (const auto& candidate : kOps)
            if (QStringView(searchable).mid(at).startsWith(QLatin1String(candidate.text))) {
                op = &candidate;
                opAt = at;
                break;
            }
    if (!op) {
        term.field = -1;
        term.texts.push_back(text.toLower().toStdString());
        return {};
    }
    const auto name = text.left(opAt);
    const auto value = text.mid(opAt + qsizetype(qstrlen(op->text)));
    term.op = op->op;
    term.field = findField(name);
    if (term.field < 0) return Filter::tr("There is no field “%1”. Put quotes around text that holds %2.").arg(name, QLatin1String(op->text));
    const auto& field = kFields[term.field];
    if (value.isEmpty() && (field.kind != Kind::Text || op->op == Op::Match || op->op == Op::NotMatch))
        return Filter::tr("A value is missing after “%1%2”.").arg(name, QLatin1String(op->text));
    if (field.kind == Kind::Text) {
        if (op->op == Op::Less || op->op == Op::LessEqual || op->op == Op::Greater || op->op == Op::GreaterEqual)
            return Filter::tr("“%1” is text: compare it with =, !=, ~ or !~.").arg(name);
        for (const auto& part : value.split(QLatin1Char(','))) term.texts.push_back(part.toLower().toStdString());
        return {};
    }
    if (op->op == Op::Equal || op->op == Op::NotEqual || op->op == Op::Match || op->op == Op::NotMatch) {
        for (const auto& part : value.split(QLatin1Char(','))) {
            const auto range = readRange(part, field.kind);
            if (!range) return numberExpected(field, part);
            term.ranges.push_back(*range);
        }
        return {};
    }
    const auto number = readNumber(value, field.kind);
    if (!number) return numberExpected(field, value);
    term.number = *number;
    return {};
}

}  // namespace

RequestFilter::Parsed RequestFilter::parse(const QString& text) {
    Parsed parsed;
    std::vector<Token> tokens;
    if (const int open = tokenize(text, tokens); open >= 0) {
        parsed.error = Filter::tr("A quote is not closed.");
        parsed.errorPosition = open;
        parsed.errorLength = static_cast<int>(text.size()) - open;
        return parsed;
    }
    for (const auto& token : tokens) {
        Term term;
        const auto error = readTerm(token, term);
        if (!error.isEmpty()) {
            parsed.error = error;
            parsed.errorPosition = token.begin;
            parsed.errorLength = token.end - token.begin;
            parsed.filter = {};
            return parsed;
        }
        parsed.filter.terms_.push_back(std::move(term));
    }
    return parsed;
}

bool RequestFilter::matches(const telemetry::RequestRecord& record, bool marked) const {
    for (const auto& term : terms_)
        if (holds(term, record, marked) == term.negated) return false;
    return true;
}

std::vector<RequestFilter::FieldHelp> RequestFilter::fields() {
    std::vector<FieldHelp> out;
    for (const auto& field : kFields) out.push_back({QLatin1String(field.name), Filter::tr(field.help)});
    return out;
}

}  // namespace gatehouse::ui
