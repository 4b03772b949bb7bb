// TrafficPolicy: csrf and faultInjection.
#include "config/schema_build.h"

namespace gatehouse::config::table {
namespace {

FieldSpec percentage(std::string name, std::string help) { return byDefault("100", measured("%", integer(std::move(name), std::move(help), 0, 100))); }

}  // namespace

FieldSpec csrfField() {
    return object(
        "csrf", "Refuses requests that change something and come from another site's pages.",
        {percentage("percentageEnabled", "Share of requests that are checked."),
         measured("%", integer("percentageShadowed", "In its place: the share that is checked for the record alone.", 0, 100)),
         list("additionalOrigins", "Further hosts whose pages may call; the host that is called may always.",
              oneOf({"exact", "prefix", "suffix", "contains", "safeRegex"}, object("", "One host, with its port where it has one.",
                     {text("exact", "The whole host."), text("prefix", "Its beginning."), text("suffix", "Its end."), text("contains", "What stands in it."),
                      as(FieldFormat::Regex, text("safeRegex", "Regular expression (RE2) of the whole.")),
                      byDefault("false", flag("ignoreCase", "Does case not matter? Not of safeRegex."))})),
              0, 16)});
}

FieldSpec faultInjectionField() {
    return object(
        "faultInjection", "Faults on purpose, to see what clients make of them.",
        {open(object("disable", "Takes away what a less specific policy asks for.", {})),
         object("delay", "Waits before anything else is done.",
                {required(duration("fixedDelay", "How long.")), percentage("percentage", "Share of requests.")}),
         oneOf({"httpStatus", "grpcStatus"},
               object("abort", "An error in place of an answer.",
                      {integer("httpStatus", "Its status.", 200, 599), integer("grpcStatus", "Its status, of gRPC.", 0, 16),
                       percentage("percentage", "Share of requests.")})),
         object("responseRateLimit", "Answers come slowly.",
                {required(measured("kbit/s", integer("kbitsPerSecond", "How fast they come.", 1, 1'000'000'000))), percentage("percentage", "Share of requests.")}),
         integer("maxActiveFaults", "So many requests at a time; further ones pass without a fault.", 0, 2147483647)});
}

}  // namespace gatehouse::config::table
