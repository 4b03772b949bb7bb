// What both directions of a body share: taking what has arrived, and framing it anew for the other side.
#include "gateway/exchange.h"

namespace gatehouse::gateway {

BodyPieces takeBody(http::BodyReader& body, std::string_view input) {
    BodyPieces taken;
    const auto before = input.size();
    auto state = http::BodyReader::State::NeedMore;
    while (taken.count < taken.pieces.size() &&
           (state = body.next(input, taken.pieces[taken.count])) == http::BodyReader::State::Data) {
        taken.total += taken.pieces[taken.count++].size();
        if (body.done()) break;
    }
    taken.consumed = before - input.size();
    taken.failed = state == http::BodyReader::State::Failed;
    return taken;
}

void Exchange::frameBody(net::Gather& out, const BodyPieces& body, bool chunked, bool done) {
    if (chunked && body.total > 0) {
        chunkHead_.emplace(body.total);
        out.add(chunkHead_->view());
    }
    for (std::size_t i = 0; i < body.count; ++i) out.add(body.pieces[i]);
    if (chunked && done) out.add(body.total > 0 ? http::kChunkEndAndLast : http::kLastChunk);
    else if (chunked && body.total > 0) out.add(http::kChunkEnd);
}

}  // namespace gatehouse::gateway
