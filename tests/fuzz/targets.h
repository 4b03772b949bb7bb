// What is fuzzed: each target takes any bytes and throws std::logic_error where a promise of the code is broken. libFuzzer
// drives them in the fuzz build; corpus_test.cpp replays the corpus in every build. Thread: one.
#pragma once

#include <string_view>

namespace gatehouse::fuzz {

/// Reading, rewriting and one-field edits of YAML: what is written reads back, and an edit touches one field only.
void yaml(std::string_view input);
/// An HTTP/1 head: the same verdict at any split, and a path that is already normal where it is accepted.
void httpHead(std::string_view input);
/// An HTTP/1 answer with its body: one verdict, one length and the same bytes at any split.
void httpResponse(std::string_view input);
/// A configuration, written or made by choices, and requests: the indexes find what walking finds, and explain tells the same.
void router(std::string_view input);
/// An HTTP/2 connection to a server: it ends, forgets no stream, and delivers nothing that HTTP/1 would refuse.
void http2(std::string_view input);
/// An SSE answer: the same bytes and the same usage at any split.
void sse(std::string_view input);
/// A chat request: what the guard, the enrichment and the model override write is still a chat request.
void json(std::string_view input);
/// The first bytes of a TLS connection: one verdict at any split, and only proper names.
void clientHello(std::string_view input);
/// The first bytes behind a balancer: one verdict at any split, and nothing read past its end.
void proxyProtocol(std::string_view input);
/// An LLM request, answer or stream in one dialect, for another: what is written is read again, and a stream is the same at any split.
void dialects(std::string_view input);
/// An expression and what it is asked about: it ends, says the same twice, and its errors name their place.
void cel(std::string_view input);

/// A gRPC stream of external processing: the same messages at any split, and what is read of them stays within them.
void extProc(std::string_view input);

}  // namespace gatehouse::fuzz
