#include "http/body.h"

namespace gatehouse::http {

BodyPieces takePieces(BodyReader& body, std::string_view input) {
    BodyPieces taken;
    const auto before = input.size();
    auto state = BodyReader::State::NeedMore;
    while (taken.count < BodyPieces::kMax &&
           (state = body.next(input, taken.pieces[taken.count])) == BodyReader::State::Data) {
        taken.total += taken.pieces[taken.count++].size();
        if (body.done()) break;
    }
    taken.consumed = before - input.size();
    taken.failed = state == BodyReader::State::Failed;
    return taken;
}

void BodyFramer::frame(net::Gather& out, const BodyPieces& body, bool chunked, bool last, const Headers* trailers) {
    if (chunked && body.total > 0) {
        chunk_.emplace(body.total);
        out.add(chunk_->view());
    }
    for (std::size_t i = 0; i < body.count; ++i) out.add(body.pieces[i]);
    if (!chunked) return;
    if (last && trailers != nullptr && trailers->size() > 0) {
        if (body.total > 0) out.add(kChunkEnd);
        trailers_.clear();
        trailers_.text("0\r\n");
        trailers_.forwardable(*trailers);
        trailers_.crlf();
        out.add(trailers_.view());
    } else if (last) {
        out.add(body.total > 0 ? kChunkEndAndLast : kLastChunk);
    } else if (body.total > 0) {
        out.add(kChunkEnd);
    }
}

}  // namespace gatehouse::http
