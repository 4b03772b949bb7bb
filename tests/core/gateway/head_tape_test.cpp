#include "gateway/head_tape.h"

#include "gateway/record_store.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gatehouse::gateway {
namespace {

using telemetry::RecordedHead;

void fill(http::RequestHead& head, const std::string& target, const std::vector<std::pair<std::string, std::string>>& fields) {
    head.clear();
    head.method = "GET";
    head.target = head.arena.copy(target);
    for (const auto& [name, value] : fields) head.headers.add(name, value);
}

TEST(HeadTape, KeepsTheHeadWithoutItsSecrets) {
    HeadTape tape;
    http::RequestHead head;
    fill(head, "/v1/x?api_key=sk-1&page=2",
         {{"Host", "h"}, {"Authorization", "Bearer sk-2"}, {"cookie", "sid=sk-3"}, {"X-API-Key", "sk-4"}, {"Proxy-Authorization", "sk-5"}, {"X-Team", "blue"}});
    const auto piece = tape.keep(head);
    EXPECT_EQ(piece.text(),
              "/v1/x?api_key=(hidden)&page=2\nHost: h\nAuthorization: (hidden)\ncookie: (hidden)\nX-API-Key: (hidden)\n"
              "Proxy-Authorization: (hidden)\nX-Team: blue\n");
    EXPECT_FALSE(piece.cut);
    // Nothing of a value is anywhere in what the record holds.
    const std::string_view chunk(piece.chunk.get(), piece.begin + piece.size);
    EXPECT_EQ(chunk.find("sk-"), std::string_view::npos);
}

TEST(HeadTape, CutsWhatIsTooLong) {
    HeadTape tape;
    http::RequestHead head;
    fill(head, "/", {{"x-long", std::string(3000, 'a')}, {"x-short", "b"}});
    auto piece = tape.keep(head);
    EXPECT_TRUE(piece.cut);
    EXPECT_EQ(piece.text().size(), std::string("/\nx-long: \nx-short: b\n").size() + RecordedHead::kMostValue);
    EXPECT_TRUE(piece.text().ends_with("x-short: b\n")) << "one long value does not push out the rest";

    std::vector<std::pair<std::string, std::string>> many;
    for (int i = 0; i < 99; ++i) many.emplace_back("x-field-" + std::to_string(i), std::string(100, 'v'));
    fill(head, "/", many);
    piece = tape.keep(head);
    EXPECT_TRUE(piece.cut);
    EXPECT_LE(piece.text().size(), RecordedHead::kMost);
    EXPECT_GT(piece.text().size(), RecordedHead::kMost - 200);
    EXPECT_TRUE(piece.text().ends_with("v\n"));

    fill(head, "/" + std::string(9000, 't') + "?token=" + std::string(9000, 's'), {{"a", "b"}});
    piece = tape.keep(head);
    EXPECT_TRUE(piece.cut);
    EXPECT_EQ(piece.text().size(), RecordedHead::kMost);
    EXPECT_EQ(piece.text().find("sss"), std::string_view::npos);
}

TEST(HeadTape, LeavesEarlierPiecesAlone) {
    HeadTape tape;
    http::RequestHead head;
    std::vector<HeadTape::Piece> pieces;
    for (int i = 0; i < 2000; ++i) {
        fill(head, "/" + std::to_string(i), {{"x-number", std::string(static_cast<std::size_t>(i % 90), 'n')}});
        pieces.push_back(tape.keep(head));
    }
    for (int i = 0; i < 2000; ++i) {
        const auto want = "/" + std::to_string(i) + "\nx-number: " + std::string(static_cast<std::size_t>(i % 90), 'n') + "\n";
        ASSERT_EQ(pieces[static_cast<std::size_t>(i)].text(), want);
    }
    EXPECT_NE(pieces.front().chunk, pieces.back().chunk);
    EXPECT_EQ(pieces[0].chunk, pieces[1].chunk) << "neighbours share their chunk";
}

TEST(HeadTape, HeadsOfManyRecordsAreBounded) {
    RecordStore store(20'000);
    telemetry::RequestRecord record;
    record.head = std::make_shared<telemetry::RecordedHead>(RecordedHead{std::string(4096, 'h'), false});
    constexpr std::size_t kKept = 16 * 1024 * 1024 / 4096;
    for (std::uint64_t i = 1; i <= kKept + 100; ++i) {
        record.sequence = i;
        store.add(record);
    }
    const auto recent = store.recent(20'000);
    ASSERT_EQ(recent.size(), kKept + 100);
    EXPECT_TRUE(recent.front().head);
    EXPECT_TRUE(recent[kKept - 1].head);
    EXPECT_FALSE(recent[kKept].head) << "the oldest give theirs away first";
    EXPECT_FALSE(recent.back().head);
}

}  // namespace
}  // namespace gatehouse::gateway
