// Memory that the process has but does not use. Thread: pure functions on the whole process.
#pragma once

namespace gatehouse::app {

/// Gives back what only the start needed: free heap, and the pages of libraries' code and constants, which come back from the
/// page cache where they are used again. The binary holds the console as well, so that a headless process maps Qt and all it
/// stands on; without this their start-up code would stay resident for good.
void giveBackStartUpMemory();

}  // namespace gatehouse::app
