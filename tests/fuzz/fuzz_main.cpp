// libFuzzer's entry; GATEHOUSE_FUZZ_TARGET is a function of targets.h.

#include "fuzz/targets.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    gatehouse::fuzz::GATEHOUSE_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
    return 0;
}
