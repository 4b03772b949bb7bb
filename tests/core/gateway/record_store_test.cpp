#include "gateway/record_store.h"

#include <gtest/gtest.h>

namespace gatehouse::gateway {
namespace {

telemetry::RequestRecord numbered(std::uint64_t sequence) {
    telemetry::RequestRecord record;
    record.sequence = sequence;
    return record;
}

TEST(RecordStore, KeepsTheLastOnesNewestFirst) {
    RecordStore store(3);
    for (std::uint64_t i = 1; i <= 5; ++i) store.add(numbered(i));
    const auto recent = store.recent(2);
    ASSERT_EQ(recent.size(), 2U);
    EXPECT_EQ(recent[0].sequence, 5U);
    EXPECT_EQ(recent[1].sequence, 4U);
    EXPECT_EQ(store.recent(10).size(), 3U);
}

TEST(RecordStore, KeepsNothingWithoutCapacity) {
    RecordStore none(0);
    none.add(numbered(1));
    EXPECT_TRUE(none.recent(10).empty());
    std::vector<telemetry::RequestRecord> out;
    EXPECT_EQ(none.drain(10, out), 0U);
}

TEST(RecordStore, CountsWhatTheConsumerMissed) {
    RecordStore store(3);
    std::vector<telemetry::RequestRecord> out;
    EXPECT_EQ(store.drain(10, out), 0U);  // From here on there is a consumer.
    for (std::uint64_t i = 1; i <= 5; ++i) store.add(numbered(i));
    EXPECT_EQ(store.drain(10, out), 3U);
    EXPECT_EQ(out.front().sequence, 3U);
    EXPECT_EQ(store.dropped(), 2U);
}

}  // namespace
}  // namespace gatehouse::gateway
