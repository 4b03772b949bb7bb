// The filter language of the tail: what matches, and where an error is.
#include "models/request_filter.h"

#include "ui/charts/live_fixture.h"

#include <gtest/gtest.h>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

telemetry::RequestRecord sample() {
    auto record = makeRecord(7, 503);
    record.pod = "default/llm-17";
    record.firstByteMicros = 2'400'000;
    record.totalMicros = 5'000'000;
    return record;
}

struct Case {
    const char* text;
    bool matches;
};

class FilterMatches : public testing::TestWithParam<Case> {};

TEST_P(FilterMatches, AsWritten) {
    const auto parsed = RequestFilter::parse(QString::fromUtf8(GetParam().text));
    ASSERT_TRUE(parsed.valid()) << parsed.error.toStdString();
    EXPECT_EQ(parsed.filter.matches(sample()), GetParam().matches) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(All, FilterMatches,
                         testing::Values(Case{"", true}, Case{"route=chat", true}, Case{"route=default/chat", true}, Case{"route=cha", false},
                                         Case{"route~cha", true}, Case{"ROUTE=CHAT", true}, Case{"status=503", true}, Case{"status=5xx", true},
                                         Case{"status=404,503", true}, Case{"status!=5xx", false}, Case{"status>=500", true}, Case{"status<500", false},
                                         Case{"ttft>2s", true}, Case{"ttft>2400ms", false}, Case{"ttft>=2400ms", true}, Case{"ttft>2.5s", false},
                                         Case{"total<=5s", true}, Case{"pod~llm-*", true}, Case{"pod~llm-1?", true}, Case{"pod~llm-2*", false},
                                         Case{"pod=llm-17", true}, Case{"pod!=llm-17", false}, Case{"model=llama-3.1-8b-instruct", true}, Case{"model!~gpt", true},
                                         Case{"in=120", true}, Case{"out>0.2k", true}, Case{"bytes<1k", true}, Case{"is:error", true}, Case{"!is:error", false},
                                         Case{"is:llm is:stream", false}, Case{"is:marked", false}, Case{"completions", true}, Case{"!completions", false},
                                         Case{"\"chat/comp\"", true}, Case{"req-7", true}, Case{"arm=chat-stable status=5xx pod~17", true},
                                         Case{"arm=chat-stable status=2xx", false}, Case{"error=upstream-connect", true}, Case{"error=", false},
                                         Case{"path=\"/v1/chat/completions\"", true}, Case{"\"a=b\"", false}));

TEST(RequestFilter, KnowsMarksOnlyFromOutside) {
    const auto parsed = RequestFilter::parse(QStringLiteral("is:marked"));
    EXPECT_TRUE(parsed.filter.matches(sample(), true));
    EXPECT_FALSE(parsed.filter.matches(sample(), false));
}

TEST(RequestFilter, AMissingFirstByteIsNeitherFastNorSlow) {
    auto record = sample();
    record.firstByteMicros = -1;
    for (const char* text : {"ttft>1ms", "ttft<10s", "ttft=0"})
        EXPECT_FALSE(RequestFilter::parse(QString::fromLatin1(text)).filter.matches(record)) << text;
}

struct Bad {
    const char* text;
    int position;
    int length;
    const char* says;
};

class FilterErrors : public testing::TestWithParam<Bad> {};

TEST_P(FilterErrors, NameTheirPlace) {
    const auto parsed = RequestFilter::parse(QString::fromUtf8(GetParam().text));
    EXPECT_FALSE(parsed.valid());
    EXPECT_EQ(parsed.errorPosition, GetParam().position);
    EXPECT_EQ(parsed.errorLength, GetParam().length);
    EXPECT_TRUE(parsed.error.contains(QString::fromUtf8(GetParam().says))) << parsed.error.toStdString();
    EXPECT_TRUE(parsed.filter.matches(sample())) << "an invalid filter hides nothing";
}

INSTANTIATE_TEST_SUITE_P(All, FilterErrors,
                         testing::Values(Bad{"colour=red", 0, 10, "colour"}, Bad{"route=chat foo>1", 11, 5, "foo"}, Bad{"ttft>soon", 0, 9, "350ms"},
                                         Bad{"status=abc", 0, 10, "5xx"}, Bad{"status>=", 0, 8, "missing"}, Bad{"pod~", 0, 4, "missing"},
                                         Bad{"route>chat", 0, 10, "text"}, Bad{"\"open", 0, 5, "quote"}, Bad{"is:fast", 0, 7, "is:fast"},
                                         Bad{"ttft>2k", 0, 7, "350ms"}, Bad{"in>3ms", 0, 6, "number"}));

}  // namespace
