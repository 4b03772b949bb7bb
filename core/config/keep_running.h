// What goes on running when text can no longer be read: a brace too many while somebody edits a file must not take its routes
// away from live traffic. Of a workspace this is no part: its text says what it says.
// Thread: pure function.
#pragma once

#include "config/object.h"

#include <memory>

namespace gatehouse::config {

/// `now`, and of each file or folder in it that cannot be read (GH1001, GH1015) the objects that `before` had from there and
/// that nothing in `now` replaces. One GH1017 per place tells of it. `before` may be null. Answers `now` itself where nothing is kept.
std::shared_ptr<const ObjectSet> keepRunning(std::shared_ptr<const ObjectSet> now,
                                             const std::shared_ptr<const ObjectSet>& before);

}  // namespace gatehouse::config
