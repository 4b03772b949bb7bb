// Durations and timestamps: RFC 3339, Go's durations; zones are UTC or fixed offsets.
#include "text/cel_ast.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace gatehouse::text::cel {
namespace {

using Form = Function::Form;
constexpr std::int64_t kSecond = 1'000'000'000;

tl::unexpected<Error> noTime() { return fail("cel-range", "This is no timestamp."); }
tl::unexpected<Error> noDuration() { return fail("cel-range", "This is no duration."); }

bool digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
    if (at + count > text.size()) return false;
    out = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        out = out * 10 + (text[i] - '0');
    }
    return true;
}

/// "+02:00", "-0730" is none. Seconds east of UTC.
bool offsetOf(std::string_view zone, int& seconds) {
    int hours = 0, minutes = 0;
    if (zone.size() == 5) return offsetOf("+" + std::string(zone), seconds);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || !digits(zone, 1, 2, hours) || !digits(zone, 4, 2, minutes)) return false;
    if (hours > 23 || minutes > 59) return false;
    seconds = (hours * 3600 + minutes * 60) * (zone[0] == '-' ? -1 : 1);
    return true;
}

struct Calendar {
    std::chrono::year_month_day day;
    int weekday = 0, dayOfYear = 0, hours = 0, minutes = 0, seconds = 0;
};

Calendar calendarOf(std::int64_t seconds) {
    using namespace std::chrono;
    const auto days = floor<std::chrono::days>(sys_seconds(std::chrono::seconds(seconds)));
    const auto rest = static_cast<int>(seconds - duration_cast<std::chrono::seconds>(days.time_since_epoch()).count());
    const year_month_day day(days);
    const sys_days newYear = day.year() / January / 1;
    return {day, static_cast<int>(weekday(days).c_encoding()), static_cast<int>((days - newYear).count()), rest / 3600, rest / 60 % 60, rest % 60};
}

Result<Value> timestamp(Arguments arguments, Budget&) {
    if (arguments[0].asTimestamp() != nullptr) return arguments[0];
    if (const auto* seconds = arguments[0].asInt()) {
        const Timestamp at{*seconds, 0};
        if (!inRange(at)) return noTime();
        return Value::timestamp(at);
    }
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("timestamp()");
    const auto at = parseTimestamp(*text);
    if (!at) return tl::unexpected(at.error());
    return Value::timestamp(*at);
}

Result<Value> duration(Arguments arguments, Budget&) {
    if (arguments[0].asDuration() != nullptr) return arguments[0];
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("duration()");
    const auto nanos = parseDuration(*text);
    if (!nanos) return tl::unexpected(nanos.error());
    return Value::duration(*nanos);
}

enum class Part { Year, Month, DayOfYear, DayOfMonth, Date, DayOfWeek, Hours, Minutes, Seconds, Millis };

template <Part part>
Result<Value> get(Arguments arguments, Budget&) {
    if (const auto* span = arguments[0].asDuration(); span != nullptr && part >= Part::Hours && arguments.size() == 1) {
        switch (part) {
            case Part::Hours: return Value::integer(span->nanos / (3600 * kSecond));
            case Part::Minutes: return Value::integer(span->nanos / (60 * kSecond));
            case Part::Seconds: return Value::integer(span->nanos / kSecond);
            default: return Value::integer(span->nanos % kSecond / 1'000'000);
        }
    }
    const auto* at = arguments[0].asTimestamp();
    if (at == nullptr) return noOverload("The function");
    int offset = 0;
    if (arguments.size() == 2) {
        const auto* zone = arguments[1].asString();
        if (zone == nullptr) return noOverload("The function");
        if (*zone != "UTC" && *zone != "Z" && !offsetOf(*zone, offset)) return fail("cel-range", "Zones are UTC or offsets like +02:00.");
    }
    const auto day = calendarOf(at->seconds + offset);
    switch (part) {
        case Part::Year: return Value::integer(static_cast<int>(day.day.year()));
        case Part::Month: return Value::integer(static_cast<unsigned>(day.day.month()) - 1);
        case Part::DayOfYear: return Value::integer(day.dayOfYear);
        case Part::DayOfMonth: return Value::integer(static_cast<unsigned>(day.day.day()) - 1);
        case Part::Date: return Value::integer(static_cast<unsigned>(day.day.day()));
        case Part::DayOfWeek: return Value::integer(day.weekday);
        case Part::Hours: return Value::integer(day.hours);
        case Part::Minutes: return Value::integer(day.minutes);
        case Part::Seconds: return Value::integer(day.seconds);
        default: return Value::integer(at->nanos / 1'000'000);
    }
}

constexpr Function kFunctions[] = {
    {"timestamp", Form::Global, 1, 1, timestamp},
    {"duration", Form::Global, 1, 1, duration},
    {"getFullYear", Form::Method, 1, 2, get<Part::Year>},
    {"getMonth", Form::Method, 1, 2, get<Part::Month>},
    {"getDayOfYear", Form::Method, 1, 2, get<Part::DayOfYear>},
    {"getDayOfMonth", Form::Method, 1, 2, get<Part::DayOfMonth>},
    {"getDate", Form::Method, 1, 2, get<Part::Date>},
    {"getDayOfWeek", Form::Method, 1, 2, get<Part::DayOfWeek>},
    {"getHours", Form::Method, 1, 2, get<Part::Hours>},
    {"getMinutes", Form::Method, 1, 2, get<Part::Minutes>},
    {"getSeconds", Form::Method, 1, 2, get<Part::Seconds>},
    {"getMilliseconds", Form::Method, 1, 2, get<Part::Millis>},
};

struct Unit {
    std::string_view name;
    std::int64_t nanos;
};
constexpr Unit kUnits[] = {{"ns", 1}, {"us", 1000}, {"µs", 1000}, {"ms", 1'000'000}, {"s", kSecond}, {"m", 60 * kSecond}, {"h", 3600 * kSecond}};

/// ".25"; nothing of a whole second.
std::string fractionOf(std::int32_t nanos) {
    if (nanos == 0) return {};
    auto digits = fmt::format(".{:09}", nanos);
    while (digits.back() == '0') digits.pop_back();
    return digits;
}

}  // namespace

std::span<const Function> timeFunctions() { return kFunctions; }

bool inRange(Timestamp at) { return at.seconds >= -62'135'596'800 && at.seconds <= 253'402'300'799; }

/// "1h15m30.5s", "-1.5h", "0".
Result<std::int64_t> parseDuration(std::string_view text) {
    bool negative = false;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    if (text == "0") return 0;
    if (text.empty()) return noDuration();
    std::int64_t total = 0;
    while (!text.empty()) {
        const auto end = text.find_first_not_of("0123456789.");
        if (end == 0 || end == std::string_view::npos) return noDuration();
        const auto number = text.substr(0, end);
        text.remove_prefix(end);
        const auto unitEnd = std::min(text.find_first_of("0123456789."), text.size());
        const Unit* unit = nullptr;
        for (const auto& known : kUnits)
            if (known.name == text.substr(0, unitEnd)) unit = &known;
        if (unit == nullptr) return noDuration();
        text.remove_prefix(unitEnd);
        const auto dot = number.find('.');
        std::int64_t whole = 0, part = 0;
        const auto before = number.substr(0, dot), after = dot == std::string_view::npos ? std::string_view{} : number.substr(dot + 1);
        if ((before.empty() && after.empty()) || after.find('.') != std::string_view::npos) return noDuration();
        if (!before.empty() && std::from_chars(before.data(), before.data() + before.size(), whole).ec != std::errc()) return noDuration();
        std::int64_t scale = unit->nanos;
        for (const char digit : after) {
            // Exact as long as the unit can still be divided by ten; what is below a nanosecond is cut.
            if (scale % 10 != 0 && scale < 10) break;
            scale /= 10;
            part += scale * (digit - '0');
        }
        std::int64_t nanos = 0;
        if (__builtin_mul_overflow(whole, unit->nanos, &nanos) || __builtin_add_overflow(nanos, part, &nanos) || __builtin_add_overflow(total, nanos, &total))
            return noDuration();
    }
    return negative ? -total : total;
}

Result<Timestamp> parseTimestamp(std::string_view text) {
    int year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0;
    const bool shaped = digits(text, 0, 4, year) && digits(text, 5, 2, month) && digits(text, 8, 2, day) && digits(text, 11, 2, hours) &&
                        digits(text, 14, 2, minutes) && digits(text, 17, 2, seconds) && text[4] == '-' && text[7] == '-' &&
                        (text[10] == 'T' || text[10] == 't') && text[13] == ':' && text[16] == ':';
    if (!shaped || hours > 23 || minutes > 59 || seconds > 59) return noTime();
    std::size_t at = 19;
    std::int32_t nanos = 0;
    if (at < text.size() && text[at] == '.') {
        const std::size_t begin = ++at;
        std::int32_t scale = 100'000'000;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) nanos += (text[at] - '0') * scale;
        if (at == begin) return noTime();
    }
    int offset = 0;
    const auto zone = text.substr(std::min(at, text.size()));
    if (zone != "Z" && zone != "z" && (zone.size() != 6 || !offsetOf(zone, offset))) return noTime();
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return noTime();
    const auto days = sys_days(date).time_since_epoch().count();
    const Timestamp out{static_cast<std::int64_t>(days) * 86'400 + hours * 3600 + minutes * 60 + seconds - offset, nanos};
    if (!inRange(out)) return noTime();
    return out;
}

std::string formatDuration(std::int64_t nanos) {
    const bool negative = nanos < 0;
    const std::uint64_t size = negative ? ~static_cast<std::uint64_t>(nanos) + 1 : static_cast<std::uint64_t>(nanos);
    const auto out = fmt::format("{}{}", negative ? "-" : "", size / kSecond);
    return out + fractionOf(static_cast<std::int32_t>(size % kSecond)) + 's';
}

std::string formatTimestamp(Timestamp at) {
    const auto day = calendarOf(at.seconds);
    const auto out = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(day.day.year()), static_cast<unsigned>(day.day.month()),
                           static_cast<unsigned>(day.day.day()), day.hours, day.minutes, day.seconds);
    return out + fractionOf(at.nanos) + 'Z';
}

}  // namespace gatehouse::text::cel
