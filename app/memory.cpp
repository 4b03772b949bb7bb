#include "app/memory.h"

#include <malloc.h>
#ifdef GATEHOUSE_MIMALLOC
#include <mimalloc.h>
#endif
#include <sys/mman.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>

namespace gatehouse::app {

namespace {

struct Mapping {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    bool clean = false;  ///< Of a file, never writable by us.
};

/// "7f12a0-7f12b0 r-xp 00000000 08:01 123   /usr/lib/libx.so"
bool readMapping(const std::string& line, Mapping& out) {
    unsigned long begin = 0, end = 0, offset = 0, inode = 0;
    char rights[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s %lx %*s %lu", &begin, &end, rights, &offset, &inode) != 5) return false;
    out = {begin, end, inode != 0 && rights[1] == '-' && rights[3] == 'p'};
    return true;
}

}  // namespace

void giveBackStartUpMemory() {
#ifdef GATEHOUSE_MIMALLOC
    mi_collect(true);
#else
    malloc_trim(0);
#endif
    std::ifstream maps("/proc/self/smaps");
    Mapping current;
    for (std::string line; std::getline(maps, line);) {
        if (readMapping(line, current)) continue;
        unsigned long kib = 0;
        // No page of ours among them (relocated constants were written once, before they became read-only): what is dropped
        // here is in the file.
        if (!current.clean || std::sscanf(line.c_str(), "Anonymous: %lu", &kib) != 1 || kib != 0) continue;
        madvise(reinterpret_cast<void*>(current.begin), current.end - current.begin, MADV_DONTNEED);
    }
}

}  // namespace gatehouse::app
