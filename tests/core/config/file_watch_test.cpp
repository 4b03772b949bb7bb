// The clock is the test's own; only what the kernel tells is waited for.
#include "config/file_watch.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace gatehouse::config {
namespace {

namespace fs = std::filesystem;
using Clock = FileWatch::Clock;

class FileWatchTest : public ::testing::Test {
  protected:
    FileWatchTest() {
        char name[] = "/tmp/gatehouse-watch-XXXXXX";
        folder_ = fs::canonical(mkdtemp(name));
    }
    ~FileWatchTest() override { fs::remove_all(folder_); }

    fs::path at(const std::string& name) const { return folder_ / name; }
    void write(const std::string& name, const std::string& text = "a: 1\n") const { std::ofstream(at(name)) << text; }

    /// What the kernel has told. Events are queued within the calls that cause them, so none is still on its way.
    static std::optional<Clock::time_point> told(FileWatch& watch, Clock::time_point now) {
        pollfd ready{watch.descriptor(), POLLIN, 0};
        EXPECT_GE(poll(&ready, 1, 0), 0);
        watch.take(now);
        return watch.due();
    }

    fs::path folder_;
    const Clock::time_point start_ = Clock::now();
};

TEST_F(FileWatchTest, AFileMovedIntoPlaceCountsAtOnce) {
    write("web.yaml");
    FileWatch watch({folder_});
    EXPECT_EQ(told(watch, start_), std::nullopt);
    write("web.new");
    EXPECT_EQ(told(watch, start_), std::nullopt) << "a file of another name is not looked at";
    fs::rename(at("web.new"), at("web.yaml"));
    EXPECT_EQ(told(watch, start_), start_ + FileWatch::kSettle);
    watch.looked();
    EXPECT_EQ(watch.due(), std::nullopt);
}

TEST_F(FileWatchTest, AFileThatIsBeingWrittenIsWaitedFor) {
    FileWatch watch({folder_});
    std::ofstream half(at("web.yaml"));
    half << "kind: HTTP" << std::flush;
    const auto due = told(watch, start_);
    EXPECT_TRUE(watch.beingWritten());
    EXPECT_EQ(due, start_ + FileWatch::kWritingPause);
    const auto later = start_ + FileWatch::Millis(100);
    half << "Route\n" << std::flush;
    EXPECT_EQ(told(watch, later), later + FileWatch::kWritingPause) << "each write moves it on";
    half.close();
    EXPECT_EQ(told(watch, later), later + FileWatch::kSettle);
    EXPECT_FALSE(watch.beingWritten());
}

TEST_F(FileWatchTest, AFileThatIsNeverClosedCountsAfterAPause) {
    FileWatch watch({folder_});
    std::ofstream open(at("web.yaml"));
    open << "a: 1\n" << std::flush;
    (void)told(watch, start_);
    const auto later = start_ + FileWatch::kWritingPause;
    EXPECT_EQ(told(watch, later), later + FileWatch::kSettle);
    EXPECT_FALSE(watch.beingWritten());
}

TEST_F(FileWatchTest, AFileThatIsWrittenForEverCountsInTheEnd) {
    FileWatch watch({folder_});
    std::ofstream open(at("web.yaml"));
    auto now = start_;
    for (; now < start_ + FileWatch::kLongestWriting; now += FileWatch::Millis(100)) {
        open << "# more\n" << std::flush;
        (void)told(watch, now);
        ASSERT_TRUE(watch.beingWritten());
    }
    (void)told(watch, now);
    EXPECT_FALSE(watch.beingWritten());
    EXPECT_NE(watch.due(), std::nullopt);
}

TEST_F(FileWatchTest, ABurstOfFilesIsOneChangeButNotPutOffForEver) {
    FileWatch watch({folder_});
    auto now = start_;
    write("0.yaml");
    (void)told(watch, now);
    for (int i = 1; i < 30; ++i) {
        now += FileWatch::Millis(1);
        write(std::to_string(i) + ".yaml");
        (void)told(watch, now);
    }
    EXPECT_EQ(watch.due(), start_ + FileWatch::kLongestSettle);
}

TEST_F(FileWatchTest, NewFoldersAreWatched) {
    FileWatch watch({folder_});
    fs::create_directory(at("more"));
    EXPECT_NE(told(watch, start_), std::nullopt);
    watch.looked();
    write("more/web.yaml");
    EXPECT_EQ(told(watch, start_), start_ + FileWatch::kSettle);
}

TEST_F(FileWatchTest, RemovalCounts) {
    write("web.yaml");
    FileWatch watch({folder_});
    fs::remove(at("web.yaml"));
    EXPECT_NE(told(watch, start_), std::nullopt);
}

TEST_F(FileWatchTest, TheSwapOfAConfigMapVolumeCounts) {
    // As kubelet lays it out: web.yaml -> ..data/web.yaml, ..data -> ..1
    fs::create_directory(at("..1"));
    write("..1/web.yaml");
    fs::create_symlink("..1", at("..data"));
    fs::create_symlink("..data/web.yaml", at("web.yaml"));
    FileWatch watch({folder_});
    for (int turn = 2; turn < 5; ++turn) {
        const auto next = ".." + std::to_string(turn);
        fs::create_directory(at(next));
        write(next + "/web.yaml");
        fs::create_symlink(next, at("..data_tmp"));
        fs::rename(at("..data_tmp"), at("..data"));
        fs::remove_all(at(".." + std::to_string(turn - 1)));
        EXPECT_NE(told(watch, start_), std::nullopt) << turn;
        watch.looked();
        EXPECT_EQ(told(watch, start_), std::nullopt) << turn;
    }
}

TEST_F(FileWatchTest, WhatALinkLeadsToIsWatched) {
    fs::create_directory(at("open"));
    fs::create_directory(at("elsewhere"));
    write("elsewhere/real.yaml");
    fs::create_symlink(at("elsewhere/real.yaml"), at("open/web.yaml"));
    FileWatch watch({at("open")});
    write("elsewhere/other.yaml");
    EXPECT_EQ(told(watch, start_), std::nullopt);
    write("elsewhere/real.yaml", "a: 2\n");
    EXPECT_EQ(told(watch, start_), start_ + FileWatch::kSettle);
}

TEST_F(FileWatchTest, OfANamedFileOnlyItCounts) {
    write("routes.conf");
    FileWatch watch({at("routes.conf")});
    write("other.yaml");
    EXPECT_EQ(told(watch, start_), std::nullopt);
    write("routes.conf", "a: 2\n");
    EXPECT_EQ(told(watch, start_), start_ + FileWatch::kSettle);
    write("routes.new");
    fs::rename(at("routes.new"), at("routes.conf"));
    EXPECT_EQ(told(watch, start_), start_ + FileWatch::kSettle);
}

TEST_F(FileWatchTest, AFolderThatIsReplacedIsWatchedAgain) {
    fs::create_directory(at("open"));
    FileWatch watch({at("open")});
    fs::rename(at("open"), at("old"));
    EXPECT_NE(told(watch, start_), std::nullopt);
    watch.looked();
    EXPECT_FALSE(watch.complete());
    EXPECT_EQ(watch.lookEvery({}), FileWatch::Millis(200)) << "nothing can tell when it comes back";
    fs::create_directory(at("open"));
    EXPECT_NE(told(watch, start_), std::nullopt);
    watch.looked();
    EXPECT_TRUE(watch.complete());
    write("open/web.yaml");
    EXPECT_EQ(told(watch, start_), start_ + FileWatch::kSettle);
}

TEST_F(FileWatchTest, LookingNeverBecomesWorkInItself) {
    FileWatch watch({folder_});
    ASSERT_TRUE(watch.complete());
    EXPECT_EQ(watch.lookEvery(FileWatch::Millis(1)), FileWatch::Millis(2000));
    EXPECT_EQ(watch.lookEvery(FileWatch::Millis(50)), FileWatch::Millis(10'000));
}

}  // namespace
}  // namespace gatehouse::config
