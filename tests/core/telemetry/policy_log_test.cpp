// Lines of access logs that ListenerPolicies ask for.
#include "config/log_format.h"
#include "telemetry/policy_log.h"

#include <gtest/gtest.h>

namespace gatehouse::telemetry {
namespace {

RequestRecord sample() {
    RequestRecord record;
    record.requestId = "id-1";
    record.client = "192.0.2.7:4711";
    record.protocol = "HTTP/1.1";
    record.method = "GET";
    record.host = "a.test";
    record.path = "/x?y=1";
    record.status = 200;
    record.requestBytes = 10;
    record.responseBytes = 20;
    record.totalMicros = 12'345;
    record.endpoint = "10.0.0.1:80";
    auto head = std::make_shared<RecordedHead>();
    head->text = "/x?y=1\nUser-Agent: curl\n";
    record.head = head;
    return record;
}

std::string line(const std::string& format, const RequestRecord& record = sample()) {
    config::AccessLogSpec log;
    log.fileSink = true;
    log.format = format;
    return policyLine(log, record);
}

TEST(PolicyLog, FillsOperatorsIn) {
    EXPECT_EQ(line("[%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%] %RESPONSE_CODE% %DURATION%ms %UPSTREAM_HOST%\n"),
              "[GET /x?y=1 HTTP/1.1] 200 12ms 10.0.0.1:80");
    EXPECT_EQ(line("%REQ(USER-AGENT)% %REQ(X-REQUEST-ID)% %REQ(:AUTHORITY)%"), "curl id-1 a.test");
    EXPECT_EQ(line("%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% %BYTES_RECEIVED%/%BYTES_SENT%"), "192.0.2.7 10/20");
    EXPECT_EQ(line("%REQ(:PATH):2% 100%%"), "/x 100%");
}

TEST(PolicyLog, WritesADashForWhatIsNotKnown) {
    EXPECT_EQ(line("%REQ(X-NONE)% %UPSTREAM_CLUSTER% %FOO%"), "- - -");
    auto record = sample();
    record.client = "[2001:db8::1]:443";
    EXPECT_EQ(line("%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%", record), "2001:db8::1");
}

TEST(PolicyLog, WritesJsonWithNumbersAsNumbers) {
    config::AccessLogSpec log;
    log.fileSink = log.json = true;
    log.fields = {{"status", "%RESPONSE_CODE%"}, {"http.path", "%REQ(:PATH)%"}, {"http.text", "s %RESPONSE_CODE%"}, {"plain", "x"}};
    EXPECT_EQ(policyLine(log, sample()), R"({"status":200,"http":{"path":"/x?y=1","text":"s 200"},"plain":"x"})");
}

TEST(PolicyLog, HasAValueForEveryOperatorThatChecksKnow) {
    auto record = sample();
    record.upstreamProtocol = record.error = record.backend = record.tlsSni = record.tlsVersion = record.tlsClientSubject = record.rule = "v";
    record.grpcStatus = 0;
    record.firstByteMicros = 1000;
    for (const auto op : config::logOperators()) {
        if (op == "REQ" || op == "RESPONSE_FLAGS") continue;
        EXPECT_NE(line("%" + std::string(op) + "%", record), "-") << op;
    }
}

TEST(PolicyLog, RefusesWhatIsNotClosed) {
    EXPECT_FALSE(config::parseLogFormat("a %b").has_value());
    EXPECT_FALSE(config::parseLogFormat("%REQ(x%").has_value());
    EXPECT_TRUE(config::isLogFile("/dev/stdout"));
    EXPECT_FALSE(config::isLogFile("/etc/passwd"));
}

}  // namespace
}  // namespace gatehouse::telemetry
