// The table of every metric that Gatehouse exposes. The gen_ai names are the Prometheus twins of the OpenTelemetry GenAI
// conventions (dots become underscores, the unit is appended where it is one). Thread: constants.
#pragma once

#include "telemetry/exposition.h"

namespace gatehouse::telemetry::metric {

inline constexpr MetricName kBuildInfo{"gatehouse_build_info", MetricType::Gauge, "Version of this process, always 1."};
inline constexpr MetricName kGeneration{"gatehouse_config_generation", MetricType::Gauge,
                                        "Number of the configuration that is served; rises with every change."};
inline constexpr MetricName kApplySeconds{"gatehouse_config_apply_seconds", MetricType::Gauge,
                                          "Time that the last change took until every worker had it."};
inline constexpr MetricName kFindings{"gatehouse_config_findings", MetricType::Gauge,
                                      "Findings in the configuration by severity."};
inline constexpr MetricName kListenerUp{"gatehouse_listener_up", MetricType::Gauge, "1 when the logical port is bound."};

inline constexpr MetricName kRequests{"gatehouse_requests_total", MetricType::Counter, "Requests received."};
inline constexpr MetricName kResponses{"gatehouse_responses_total", MetricType::Counter,
                                       "Responses by class; class 0 is a client that left before an answer."};
inline constexpr MetricName kReceivedBytes{"gatehouse_received_bytes_total", MetricType::Counter, "Bytes read from clients."};
inline constexpr MetricName kSentBytes{"gatehouse_sent_bytes_total", MetricType::Counter, "Bytes written to clients."};
inline constexpr MetricName kInFlight{"gatehouse_requests_in_flight", MetricType::Gauge, "Requests being served."};
inline constexpr MetricName kConnections{"gatehouse_connections", MetricType::Gauge, "Open client connections."};
inline constexpr MetricName kDuration{"gatehouse_request_duration_seconds", MetricType::Histogram,
                                      "From the first byte of a request to the last of its response."};
inline constexpr MetricName kUpstreamConnects{"gatehouse_upstream_connects_total", MetricType::Counter,
                                              "Connections opened to endpoints."};
inline constexpr MetricName kUpstreamReuses{"gatehouse_upstream_reuses_total", MetricType::Counter,
                                            "Requests sent on a pooled connection."};
inline constexpr MetricName kRecordsDropped{"gatehouse_request_records_dropped_total", MetricType::Counter,
                                            "Request records lost because a buffer was full; requests are not affected."};
inline constexpr MetricName kAccessLinesLost{"gatehouse_access_log_lines_lost_total", MetricType::Counter,
                                             "Lines of the access log lost because it could not be written for long."};

inline constexpr MetricName kRuleRequests{"gatehouse_rule_requests_total", MetricType::Counter, "Requests by rule."};
inline constexpr MetricName kRuleErrors{"gatehouse_rule_errors_total", MetricType::Counter, "Answers of 500 and more by rule."};
inline constexpr MetricName kRuleBroken{"gatehouse_rule_broken", MetricType::Gauge,
                                        "1 for a rule that answers 500 because its configuration is broken."};
inline constexpr MetricName kBackendRequests{"gatehouse_backend_requests_total", MetricType::Counter,
                                             "Requests by backend of a rule."};
inline constexpr MetricName kBackendErrors{"gatehouse_backend_errors_total", MetricType::Counter,
                                           "Answers of 500 and more by backend of a rule."};
inline constexpr MetricName kMirrorCopies{"gatehouse_mirror_copies_total", MetricType::Counter,
                                          "Copies of requests sent to a rule's mirror."};
inline constexpr MetricName kMirrorErrors{"gatehouse_mirror_errors_total", MetricType::Counter,
                                          "Copies that were dropped, failed, or were answered with 5xx."};
inline constexpr MetricName kBackendTokens{"gatehouse_backend_tokens_total", MetricType::Counter,
                                           "Tokens by backend of a rule, as the upstream bills them."};

inline constexpr MetricName kPodUp{"gatehouse_pod_metrics_fresh", MetricType::Gauge,
                                   "1 when the pod's own metrics are fresh enough to pick by."};
inline constexpr MetricName kPodAge{"gatehouse_pod_metrics_age_seconds", MetricType::Gauge, "Age of the pod's last good scrape."};
inline constexpr MetricName kPodWaiting{"gatehouse_pod_waiting_requests", MetricType::Gauge, "Queue depth of the pod's engine."};
inline constexpr MetricName kPodRunning{"gatehouse_pod_running_requests", MetricType::Gauge, "Batch size of the pod's engine."};
inline constexpr MetricName kPodKv{"gatehouse_pod_kv_cache_use_ratio", MetricType::Gauge, "Share of KV-cache blocks in use."};
inline constexpr MetricName kPodKvUsable{"gatehouse_pod_kv_cache_usable_tokens", MetricType::Gauge, "Tokens of KV cache that further requests can use."};
inline constexpr MetricName kPodGpuAge{"gatehouse_pod_gpu_memory_age_seconds", MetricType::Gauge, "Age of the device memory figures."};
inline constexpr MetricName kPodGpuUsed{"gatehouse_pod_gpu_memory_used_bytes", MetricType::Gauge, "Framebuffer in use."};
inline constexpr MetricName kPodGpuFree{"gatehouse_pod_gpu_memory_free_bytes", MetricType::Gauge, "Framebuffer free."};
inline constexpr MetricName kPodInFlight{"gatehouse_pod_requests_in_flight", MetricType::Gauge, "Own requests at the pod."};
inline constexpr MetricName kPodPicks{"gatehouse_pod_picks_total", MetricType::Counter, "Times the pod was picked."};
inline constexpr MetricName kPodFailures{"gatehouse_pod_failures_total", MetricType::Counter,
                                         "Connect errors, resets and 5xx at the pod."};

inline constexpr MetricName kPoolQueue{"gatehouse_pool_queue_requests", MetricType::Gauge,
                                       "Requests that wait in the pool's own queue because every pod is full, by priority."};
inline constexpr MetricName kPoolWaits{"gatehouse_pool_queue_waits_total", MetricType::Counter, "Waits in the pool's queue that are over, however they ended."};
inline constexpr MetricName kPoolWaitSeconds{"gatehouse_pool_queue_wait_seconds_total", MetricType::Counter, "Time that they took together."};
inline constexpr MetricName kPoolShed{"gatehouse_pool_shed_total", MetricType::Counter,
                                      "Requests that the full pool did not take: of negative priority, pushed out by a higher one, or beyond its queue."};
inline constexpr MetricName kPickerCalls{"gatehouse_picker_calls_total", MetricType::Counter,
                                         "Calls of other gateways that asked for an endpoint, by what came of it."};
inline constexpr MetricName kPickerOpen{"gatehouse_picker_calls_in_flight", MetricType::Gauge, "Calls of other gateways that are under way."};

inline constexpr MetricName kEndpointUp{"gatehouse_endpoint_in", MetricType::Gauge,
                                        "1 while the endpoint takes requests, 0 while it is out for failing."};
inline constexpr MetricName kEndpointShare{"gatehouse_endpoint_turn_share_ratio", MetricType::Gauge,
                                           "Share of its turns that the endpoint takes; below 1 in its slow start."};
inline constexpr MetricName kEndpointInFlight{"gatehouse_endpoint_requests_in_flight", MetricType::Gauge,
                                              "Own requests at the endpoint."};
inline constexpr MetricName kEndpointConnections{"gatehouse_endpoint_connections", MetricType::Gauge,
                                                 "Open connections to the endpoint."};
inline constexpr MetricName kEndpointRequests{"gatehouse_endpoint_requests_total", MetricType::Counter,
                                              "Requests sent to the endpoint, further tries included."};
inline constexpr MetricName kEndpointFailures{"gatehouse_endpoint_failures_total", MetricType::Counter,
                                              "Connect errors, resets, broken answers, timeouts and 5xx of the endpoint."};
inline constexpr MetricName kEndpointEjections{"gatehouse_endpoint_ejections_total", MetricType::Counter,
                                               "Times the endpoint was taken out for failing."};
inline constexpr MetricName kEndpointLatency{"gatehouse_endpoint_latency_seconds", MetricType::Gauge,
                                             "Moving mean of the time to the answer's head."};
inline constexpr MetricName kClusterPanic{"gatehouse_backend_panic", MetricType::Gauge,
                                          "1 while so many endpoints are out that all are used."};
inline constexpr MetricName kClusterPending{"gatehouse_backend_pending_requests", MetricType::Gauge,
                                            "Requests that wait for a connection to the backend."};
inline constexpr MetricName kClusterOverflows{"gatehouse_backend_overflows_total", MetricType::Counter,
                                              "Requests answered 503 because the backend had as many as it may."};
inline constexpr MetricName kProviderIn{"gatehouse_provider_in", MetricType::Gauge,
                                        "1 while the LLM provider is asked, 0 while it is left alone after a failure."};
inline constexpr MetricName kProviderFailureRatio{"gatehouse_provider_failure_ratio", MetricType::Gauge,
                                                  "Moving share of the LLM provider's calls that failed."};
inline constexpr MetricName kProviderKeyReady{"gatehouse_provider_key_ready", MetricType::Gauge,
                                              "1 while the key can be shown, 0 while it cools down or has no token."};
inline constexpr MetricName kProviderKeyRefusals{"gatehouse_provider_key_refusals_total", MetricType::Counter,
                                                 "Answers of 401, 402, 403 and 429 to the key."};
inline constexpr MetricName kProviderTokenLeft{"gatehouse_provider_token_left_seconds", MetricType::Gauge,
                                               "Until the token that the key stands for ends."};
inline constexpr MetricName kLimitHits{"gatehouse_limit_hits_total", MetricType::Counter, "Times a limit was enforced."};

/// gen_ai.client.token.usage, unit {token}.
inline constexpr MetricName kTokenUsage{"gen_ai_client_token_usage", MetricType::Histogram,
                                        "Tokens per request, input and output, as billed."};
/// gen_ai.client.operation.duration, unit s.
inline constexpr MetricName kOperationDuration{"gen_ai_client_operation_duration_seconds", MetricType::Histogram,
                                               "Duration of model requests."};
/// gen_ai.client.operation.time_to_first_chunk, unit s.
inline constexpr MetricName kTimeToFirstChunk{"gen_ai_client_operation_time_to_first_chunk_seconds", MetricType::Histogram,
                                              "Until the first chunk of streamed answers."};
/// gen_ai.server.time_to_first_token, unit s.
inline constexpr MetricName kTimeToFirstToken{"gen_ai_server_time_to_first_token_seconds", MetricType::Histogram,
                                              "From the request sent to the first token of streamed answers."};
/// gen_ai.server.time_per_output_token, unit s.
inline constexpr MetricName kTimePerOutputToken{"gen_ai_server_time_per_output_token_seconds", MetricType::Histogram,
                                                "Per output token of streamed answers, after the first."};
inline constexpr MetricName kCost{"gatehouse_llm_cost_total", MetricType::Counter,
                                  "What model requests cost by the price books, in units of the currency."};
inline constexpr MetricName kGuardOutcomes{"gatehouse_guard_outcomes_total", MetricType::Counter,
                                           "Requests by guard, direction and what came of it."};
inline constexpr MetricName kGuardUnscanned{"gatehouse_guard_unscanned_bytes_total", MetricType::Counter,
                                            "Bytes of text that passed a guard unscanned because it may fail open."};
inline constexpr MetricName kGuardCalls{"gatehouse_guard_service_calls_total", MetricType::Counter, "Questions to a guard's service."};
inline constexpr MetricName kGuardSeconds{"gatehouse_guard_service_seconds_total", MetricType::Counter,
                                          "Time that they took together."};
inline constexpr MetricName kUnpriced{"gatehouse_llm_unpriced_requests_total", MetricType::Counter,
                                      "Model requests without an amount: no price book knows the model, or no usage was said."};
inline constexpr MetricName kCallerRequests{"gatehouse_caller_requests_total", MetricType::Counter,
                                            "Requests of rules that ask who calls or count; key is empty where none was shown."};
inline constexpr MetricName kCallerRefused{"gatehouse_caller_refused_total", MetricType::Counter, "Of those, refused ones by reason."};
inline constexpr MetricName kKeyTokens{"gatehouse_key_tokens_total", MetricType::Counter, "Tokens that API keys used."};
inline constexpr MetricName kKeyCost{"gatehouse_key_cost_total", MetricType::Counter, "What API keys spent by the price books, in units of the currency."};
inline constexpr MetricName kRateLimitLeft{"gatehouse_rate_limit_left", MetricType::Gauge, "What a rate limit has left now; below 0 where more was used."};
inline constexpr MetricName kCacheHits{"gatehouse_response_cache_hits_total", MetricType::Counter, "Requests to models that were answered from an answer kept before."};
inline constexpr MetricName kCacheMisses{"gatehouse_response_cache_misses_total", MetricType::Counter, "Requests that were looked for among kept answers in vain."};
inline constexpr MetricName kCacheEntries{"gatehouse_response_cache_entries", MetricType::Gauge, "Answers that are kept."};
inline constexpr MetricName kCacheBytes{"gatehouse_response_cache_bytes", MetricType::Gauge, "Memory of the answers that are kept."};
inline constexpr MetricName kOtlpDropped{"gatehouse_otlp_dropped_total", MetricType::Counter,
                                         "Spans that were not exported because the collector was away or slow."};
inline constexpr MetricName kOtlpFailures{"gatehouse_otlp_failures_total", MetricType::Counter, "Exports that the collector did not take."};

}  // namespace gatehouse::telemetry::metric
