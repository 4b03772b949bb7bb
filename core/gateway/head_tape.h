// HeadTape: where a worker writes the heads of its requests for their records: one after the other into chunks that the records
// share, so that keeping a head costs a copy and no allocation. What lets somebody in is left out while it is written.
// Thread: keep() by the worker; a piece by whoever holds it, for its bytes are never written again. Lifetime: a chunk lives as
// long as a record that stands in it.
#pragma once

#include "http/message.h"
#include "telemetry/recorded_head.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace gatehouse::gateway {

class HeadTape {
  public:
    struct Piece {
        std::shared_ptr<const char[]> chunk;
        std::uint32_t begin = 0;
        std::uint16_t size = 0;
        bool cut = false;
        std::string_view text() const { return chunk ? std::string_view(chunk.get() + begin, size) : std::string_view{}; }
    };

    /// The head as it stands; layout as telemetry::RecordedHead.
    Piece keep(const http::RequestHead& head);
    telemetry::SecretNames& secretNames() { return secrets_; }

  private:
    static constexpr std::size_t kChunk = 64 * 1024;

    std::shared_ptr<char[]> chunk_;
    std::size_t used_ = kChunk;
    telemetry::SecretNames secrets_;
};

}  // namespace gatehouse::gateway
