<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ConditionRows</name>
    <message numerus="yes">
        <source>%n listener set(s) attached.</source>
        <translation>
            <numerusform>%n listener set attached.</numerusform>
            <numerusform>%n listener sets attached.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n route(s) attached.</source>
        <translation>
            <numerusform>%n route attached.</numerusform>
            <numerusform>%n routes attached.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DecisionPane</name>
    <message numerus="yes">
        <source>%n left out</source>
        <comment>pods</comment>
        <translation>
            <numerusform>%n left out</numerusform>
            <numerusform>%n left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n compared</source>
        <comment>pods</comment>
        <translation>
            <numerusform>%n compared</numerusform>
            <numerusform>%n compared</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the record keeps %n of them</source>
        <comment>pods</comment>
        <translation>
            <numerusform>the record keeps %n of them</numerusform>
            <numerusform>the record keeps %n of them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s): %1.</source>
        <translation>
            <numerusform>%n pod: %1.</numerusform>
            <numerusform>%n pods: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n too old to rely on.</source>
        <comment>pods</comment>
        <translation>
            <numerusform>%n too old to rely on.</numerusform>
            <numerusform>%n too old to rely on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without any.</source>
        <comment>pods</comment>
        <translation>
            <numerusform>%n without any.</numerusform>
            <numerusform>%n without any.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndpointTableModel</name>
    <message numerus="yes">
        <source>%n failed connect(s) in a row</source>
        <translation>
            <numerusform>%n failed connect</numerusform>
            <numerusform>%n failed connects in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reset(s) in a row</source>
        <translation>
            <numerusform>%n reset</numerusform>
            <numerusform>%n resets in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broken answer(s) in a row</source>
        <translation>
            <numerusform>%n broken answer</numerusform>
            <numerusform>%n broken answers in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed TLS handshake(s) in a row</source>
        <translation>
            <numerusform>%n failed TLS handshake</numerusform>
            <numerusform>%n failed TLS handshakes in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n timeout(s) in a row</source>
        <translation>
            <numerusform>%n timeout</numerusform>
            <numerusform>%n timeouts in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of 5xx in a row</source>
        <translation>
            <numerusform>%n answer of 5xx</numerusform>
            <numerusform>%n answers of 5xx in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failure(s) in a row</source>
        <translation>
            <numerusform>%n failure</numerusform>
            <numerusform>%n failures in a row</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExplainRows</name>
    <message numerus="yes">
        <source> or another of %n</source>
        <comment>endpoints of a backend</comment>
        <translation>
            <numerusform> or another of %n</numerusform>
            <numerusform> or another of %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PoliciesView</name>
    <message numerus="yes">
        <source>%n rule(s)</source>
        <translation>
            <numerusform>%n rule</numerusform>
            <numerusform>%n rules</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyRows</name>
    <message numerus="yes">
        <source>%n own pattern(s)</source>
        <translation>
            <numerusform>%n own pattern</numerusform>
            <numerusform>%n own patterns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>adds %n message(s)</source>
        <translation>
            <numerusform>adds %n message</numerusform>
            <numerusform>adds %n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>by %n selector(s)</source>
        <translation>
            <numerusform>by %n selector</numerusform>
            <numerusform>by %n selectors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RatioNote</name>
    <message numerus="yes">
        <source>%n request(s) since the last change: too few to compare the shares.</source>
        <translation>
            <numerusform>%n request since the last change: too few to compare the shares.</numerusform>
            <numerusform>%n requests since the last change: too few to compare the shares.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoutesTree</name>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <comment>state of a route</comment>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <comment>count in a branch</comment>
        <translation>
            <numerusform>%n object</numerusform>
            <numerusform>%n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n route(s)</source>
        <comment>count in a branch</comment>
        <translation>
            <numerusform>%n route</numerusform>
            <numerusform>%n routes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s)</source>
        <comment>count in a branch</comment>
        <translation>
            <numerusform>%n text</numerusform>
            <numerusform>%n texts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::BenchPanel</name>
    <message numerus="yes">
        <source>%n more line(s) are left out.</source>
        <translation>
            <numerusform>%n more line is left out.</numerusform>
            <numerusform>%n more lines are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s)</source>
        <translation>
            <numerusform>%n text</numerusform>
            <numerusform>%n texts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with hits</source>
        <translation>
            <numerusform>%n with hits</numerusform>
            <numerusform>%n with hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n as expected</source>
        <translation>
            <numerusform>%n as expected</numerusform>
            <numerusform>%n as expected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missed</source>
        <translation>
            <numerusform>%n missed</numerusform>
            <numerusform>%n missed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n false positive(s)</source>
        <translation>
            <numerusform>%n false positive</numerusform>
            <numerusform>%n false positives</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with another action</source>
        <translation>
            <numerusform>%n with another action</numerusform>
            <numerusform>%n with another action</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::DashboardPage</name>
    <message numerus="yes">
        <source>%n min</source>
        <comment>time range of a plot, short</comment>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n pod</numerusform>
            <numerusform>%n pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n limit(s)</source>
        <translation>
            <numerusform>%n limit</numerusform>
            <numerusform>%n limits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n enforced since the start</source>
        <translation>
            <numerusform>%n enforced since the start</numerusform>
            <numerusform>%n enforced since the start</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n endpoint(s)</source>
        <translation>
            <numerusform>%n endpoint</numerusform>
            <numerusform>%n endpoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n out</source>
        <comment>how many endpoints take no requests</comment>
        <translation>
            <numerusform>%n out</numerusform>
            <numerusform>%n out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::DecisionPane</name>
    <message numerus="yes">
        <source>%n decision(s) of this pool</source>
        <translation>
            <numerusform>%n decision of this pool</numerusform>
            <numerusform>%n decisions of this pool</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would have found no pod.</source>
        <comment>decisions</comment>
        <translation>
            <numerusform>%n would have found no pod.</numerusform>
            <numerusform>%n would have found no pod.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n the record keeps only the best pods; one that is not in it cannot win.</source>
        <comment>decisions</comment>
        <translation>
            <numerusform>Of %n the record keeps only the best pods; one that is not in it cannot win.</numerusform>
            <numerusform>Of %n the record keeps only the best pods; one that is not in it cannot win.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n went by something else than their scores, so they stay.</source>
        <comment>decisions</comment>
        <translation>
            <numerusform>%n went by something else than their scores, so they stay.</numerusform>
            <numerusform>%n went by something else than their scores, so they stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::EndpointTableModel</name>
    <message numerus="yes">
        <source>Taken out %n time(s) since the start.</source>
        <translation>
            <numerusform>Taken out %n time since the start.</numerusform>
            <numerusform>Taken out %n times since the start.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n open connection(s)</source>
        <comment>%1 a protocol</comment>
        <translation>
            <numerusform>%1, %n open connection</numerusform>
            <numerusform>%1, %n open connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ExportPage</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) for %1</source>
        <translation>
            <numerusform>%n file for %1</numerusform>
            <numerusform>%n files for %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) in %1 will be replaced or removed.</source>
        <translation>
            <numerusform>%n file in %1 will be replaced or removed.</numerusform>
            <numerusform>%n files in %1 will be replaced or removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are in %1.</source>
        <translation>
            <numerusform>%n file is in %1.</numerusform>
            <numerusform>%n files are in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refused for %n reason(s): nothing can be written</source>
        <translation>
            <numerusform>Refused for %n reason: nothing can be written</numerusform>
            <numerusform>Refused for %n reasons: nothing can be written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::HeatStrip</name>
    <message numerus="yes">
        <source>%n pod(s).</source>
        <translation>
            <numerusform>%n pod.</numerusform>
            <numerusform>%n pods.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a value.</source>
        <translation>
            <numerusform>%n without a value.</numerusform>
            <numerusform>%n without a value.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::LinePlot</name>
    <message numerus="yes">
        <source>%n line(s).</source>
        <translation>
            <numerusform>%n line.</numerusform>
            <numerusform>%n lines.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a value.</source>
        <translation>
            <numerusform>%n without a value.</numerusform>
            <numerusform>%n without a value.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::MessageModel</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <comment>of a JSON list</comment>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <comment>of a JSON object</comment>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <comment>of a stream</comment>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::NativeDialogs</name>
    <message numerus="yes">
        <source>Close without the edits of %n file(s)?</source>
        <translation>
            <numerusform>Close without the edits of %n file?</numerusform>
            <numerusform>Close without the edits of %n files?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save the edits of %n file(s) before closing?</source>
        <translation>
            <numerusform>Save the edits of %n file before closing?</numerusform>
            <numerusform>Save the edits of %n files before closing?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::NoticeBars</name>
    <message numerus="yes">
        <source>%n file(s) with unsaved edits changed on disk: %1. Your edits are kept until you choose.</source>
        <translation>
            <numerusform>%n file with unsaved edits changed on disk: %1. Your edits are kept until you choose.</numerusform>
            <numerusform>%n files with unsaved edits changed on disk: %1. Your edits are kept until you choose.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) changed on disk and were read again: %1.</source>
        <translation>
            <numerusform>%n file changed on disk and was read again: %1.</numerusform>
            <numerusform>%n files changed on disk and were read again: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are gone from disk: %1.</source>
        <translation>
            <numerusform>%n file is gone from disk: %1.</numerusform>
            <numerusform>%n files are gone from disk: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::PodRowsCard</name>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n pod</numerusform>
            <numerusform>%n pods</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::PodTableCard</name>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n pod</numerusform>
            <numerusform>%n pods</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::PolicyPlot</name>
    <message numerus="yes">
        <source>%n policies.</source>
        <translation>
            <numerusform>%n policy.</numerusform>
            <numerusform>%n policies.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::PoolsPage</name>
    <message numerus="yes">
        <source>%n min</source>
        <comment>time range of a plot, short</comment>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the worst %1 of %n pod(s)</source>
        <comment>caption of a chart</comment>
        <translation>
            <numerusform>the worst %1 of %n pod</numerusform>
            <numerusform>the worst %1 of %n pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n pod</numerusform>
            <numerusform>%n pods</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::PromptPanel</name>
    <message numerus="yes">
        <source>%n hit(s) masked</source>
        <translation>
            <numerusform>%n hit masked</numerusform>
            <numerusform>%n hits masked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ReachList</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <comment>rules that a policy reaches</comment>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ReceiptTableModel</name>
    <message numerus="yes">
        <source>%n broke off before the end; what was used until then counts.</source>
        <comment>requests</comment>
        <translation>
            <numerusform>%n broke off before the end; what was used until then counts.</numerusform>
            <numerusform>%n broke off before the end; what was used until then counts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n the provider never said its tokens, and they are estimated.</source>
        <comment>requests</comment>
        <translation>
            <numerusform>Of %n the provider never said its tokens, and they are estimated.</numerusform>
            <numerusform>Of %n the provider never said its tokens, and they are estimated.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ReceiptsPane</name>
    <message numerus="yes">
        <source>%n without a price</source>
        <comment>requests</comment>
        <translation>
            <numerusform>%n without a price</numerusform>
            <numerusform>%n without a price</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RecoveredSheet</name>
    <message numerus="yes">
        <source>%n unsaved text(s) will be gone.</source>
        <translation>
            <numerusform>%n unsaved text will be gone.</numerusform>
            <numerusform>%n unsaved texts will be gone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ReplayDecisionsModel</name>
    <message numerus="yes">
        <source>It stays: it ties with the best, %n in all.</source>
        <translation>
            <numerusform>It stays: it ties with the best, %n in all.</numerusform>
            <numerusform>It stays: it ties with the best, %n in all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ReplayPane</name>
    <message numerus="yes">
        <source>The last %n of this console</source>
        <comment>recorded decisions</comment>
        <translation>
            <numerusform>The last one of this console</numerusform>
            <numerusform>The last %n of this console</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n decision(s)</source>
        <comment>%1 a file</comment>
        <translation>
            <numerusform>%1: %n decision</numerusform>
            <numerusform>%1: %n decisions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RequestsPage</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n marked</source>
        <translation>
            <numerusform>%n marked</numerusform>
            <numerusform>%n marked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n newer</source>
        <comment>button</comment>
        <translation>
            <numerusform>Show %n newer</numerusform>
            <numerusform>Show %n newer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dropped</source>
        <comment>request records that were lost</comment>
        <translation>
            <numerusform>%n dropped</numerusform>
            <numerusform>%n dropped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) saved to %1.</source>
        <translation>
            <numerusform>%n request saved to %1.</numerusform>
            <numerusform>%n requests saved to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n older one(s) were dropped from the list meanwhile.</source>
        <translation>
            <numerusform>%n older one was dropped from the list meanwhile.</numerusform>
            <numerusform>%n older ones were dropped from the list meanwhile.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ResultsPane</name>
    <message numerus="yes">
        <source>%n server(s)</source>
        <translation>
            <numerusform>%n server</numerusform>
            <numerusform>%n servers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n seed</numerusform>
            <numerusform>%n seeds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ScenarioForm</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <comment>of policies with seeds</comment>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ScoreBars</name>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>candidates of a pick</comment>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ShiftBars</name>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>pods of a chart</comment>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::StackedShareBars</name>
    <message numerus="yes">
        <source>%n pod(s), no picks yet.</source>
        <translation>
            <numerusform>%n pod, no picks yet.</numerusform>
            <numerusform>%n pods, no picks yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s).</source>
        <translation>
            <numerusform>%n pod.</numerusform>
            <numerusform>%n pods.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::StatusRow</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) unsaved</source>
        <translation>
            <numerusform>%n file unsaved</numerusform>
            <numerusform>%n files unsaved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) not applied</source>
        <translation>
            <numerusform>%n text not applied</numerusform>
            <numerusform>%n texts not applied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::StreamMicroscope</name>
    <message numerus="yes">
        <source>%1: %n event(s), longest gap %2</source>
        <comment>%1 whose stream, %2 a time</comment>
        <translation>
            <numerusform>%1: %n event, longest gap %2</numerusform>
            <numerusform>%1: %n events, longest gap %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) of grammar</source>
        <translation>
            <numerusform>%n fault of grammar</numerusform>
            <numerusform>%n faults of grammar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stall(s)</source>
        <comment>silences in a stream</comment>
        <translation>
            <numerusform>%n stall</numerusform>
            <numerusform>%n stalls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) without a counterpart</source>
        <comment>of a provider&apos;s stream</comment>
        <translation>
            <numerusform>%n event without a counterpart</numerusform>
            <numerusform>%n events without a counterpart</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::StreamPlot</name>
    <message numerus="yes">
        <source>%1: %n event(s), longest gap %2, %3.</source>
        <comment>accessible description of a stream</comment>
        <translation>
            <numerusform>%1: %n event, longest gap %2, %3.</numerusform>
            <numerusform>%1: %n events, longest gap %2, %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s)</source>
        <comment>against a grammar</comment>
        <translation>
            <numerusform>%n fault</numerusform>
            <numerusform>%n faults</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TopBar</name>
    <message numerus="yes">
        <source>%n edit(s) live</source>
        <translation>
            <numerusform>%n edit live</numerusform>
            <numerusform>%n edits live</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drop(s)</source>
        <translation>
            <numerusform>%n drop</numerusform>
            <numerusform>%n drops</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>all %n namespaces</source>
        <translation>
            <numerusform>%n namespace</numerusform>
            <numerusform>all %n namespaces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::XrayPane</name>
    <message numerus="yes">
        <source>Select a field to see its counterparts. Of %n field(s) it is not known what became of them.</source>
        <translation>
            <numerusform>Select a field to see its counterparts. Of %n field it is not known what became of it.</numerusform>
            <numerusform>Select a field to see its counterparts. Of %n fields it is not known what became of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
