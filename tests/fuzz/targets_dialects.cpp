// Translation between dialects, as a fuzz target.
#include "fuzz/targets.h"

#include "llm/translate.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace gatehouse::fuzz {
namespace {

void require(bool promise, const char* sentence) {
    if (!promise) throw std::logic_error(sentence);
}

const std::vector<const llm::Dialect*>& chats() {
    static const auto found = [] {
        std::vector<const llm::Dialect*> all;
        for (const auto name : llm::dialectNames())
            if (const auto* dialect = llm::findDialect(name); llm::operationOf(*dialect) == llm::Operation::Chat) all.push_back(dialect);
        return all;
    }();
    return found;
}

void request(const llm::Dialect& from, const llm::Dialect& to, std::string_view body) {
    const auto out = llm::translateRequest(from, to, body, {"model", true});
    if (!out) return require(!out.error().message.empty(), "an error has a sentence");
    const auto back = llm::translateRequest(to, from, out->body, out->facts);
    require(back.has_value(), "what is written for a dialect is read as that dialect");
    require(back->facts.model == out->facts.model, "the model stays the same");
    for (const auto& loss : out->losses) require(!loss.reason.empty(), "a loss has a reason");
}

struct Streamed {
    std::string out;
    bool whole = false;
    std::size_t faults = 0;
};

Streamed stream(const llm::Dialect& from, const llm::Dialect& to, std::string_view bytes, std::size_t step) {
    Streamed streamed;
    llm::StreamTranslator translator(from, to, "model", true);
    for (; !bytes.empty(); bytes.remove_prefix(std::min(step, bytes.size()))) translator.feed(bytes.substr(0, step), streamed.out);
    streamed.whole = translator.finish(streamed.out);
    streamed.faults = translator.faults().size();
    return streamed;
}

}  // namespace

void dialects(std::string_view input) {
    if (input.empty()) return;
    const auto choice = static_cast<unsigned char>(input.front());
    input.remove_prefix(1);
    const auto count = chats().size();
    const auto& from = *chats()[choice % count];
    const auto& to = *chats()[choice / count % count];
    if (choice / count / count % 2 == 0) {
        request(from, to, input);
        if (const auto answer = llm::translateAnswer(from, to, input, "model"); answer && &from != &to)
            require(llm::translateAnswer(to, from, answer->body, "model").has_value(), "an answer that is written for a dialect is read as that dialect");
        require(!llm::readError(from, 500, input).message.empty(), "every error has a message");
    }
    if (!llm::canTranslateStream(from, to)) return;
    const auto once = stream(from, to, input, input.size());
    const auto split = stream(from, to, input, 1 + choice % 7);
    // What a failed stream still said is read as far as its last piece reached.
    require(once.whole == split.whole && (!once.whole || once.faults == split.faults), "a stream ends alike at any split");
    // Some dialects say the time of day, which may pass in between.
    require(once.out.size() == split.out.size(), "a stream gives the same bytes at any split");
    if (&from == &to) return;
    require(stream(to, from, once.out, once.out.size() + 1).whole == once.whole, "a stream that was cut does not end properly, and a whole one does");
}

}  // namespace gatehouse::fuzz
