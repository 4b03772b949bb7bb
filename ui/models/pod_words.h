// What is said of a pod in words: its state with those that a scrape cannot tell (draining, gone), both memories with source and age, its LoRA
// adapters. Thread: any. Pure functions.
#pragma once

#include "gateway/gateway.h"
#include "theme/theme.h"

#include <QString>

namespace gatehouse::ui {

/// Draining: it is on its way out, gets no further requests, and may still serve some. Gone: the pool has it no more.
enum class PodPresence { Here, Draining, Gone };

QString podPresenceText(const gateway::PodState& pod, PodPresence presence);
QString podPresenceSentence(const gateway::PodState& pod, PodPresence presence);
QString podPresenceIcon(const gateway::PodState& pod, PodPresence presence);
Token podPresenceToken(const gateway::PodState& pod, PodPresence presence);

/// "72.1 / 7.9" GiB; "–" without a GPU exporter.
QString deviceMemoryText(const gateway::PodState& pod);
/// "72.1 GiB used, 7.9 GiB free. From its own page, 0.4 s old."
QString deviceMemorySentence(const gateway::PodState& pod);
/// "41,280 of 65,536 tokens free. From vllm:kv_cache_usage_perc, 0.2 s old." or what the engine does not tell.
QString usableKvSentence(const gateway::PodState& pod);
/// "sql, chat"; "–" where there are none.
QString adapterNames(const gateway::PodState& pod);
QString adapterSentence(const gateway::PodState& pod);
/// The same for a narrow column: figure, source and age on lines of their own, so that no line breaks anew when a digit changes.
QString deviceMemoryLines(const gateway::PodState& pod);
QString usableKvLines(const gateway::PodState& pod);

}  // namespace gatehouse::ui
