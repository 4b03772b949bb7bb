<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ConditionRows</name>
    <message numerus="yes">
        <source>%n listener set(s) attached.</source>
        <translation>
            <numerusform>%n Listener-Satz angehängt.</numerusform>
            <numerusform>%n Listener-Sätze angehängt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Supported features: %1</source>
        <translation>Unterstützte Funktionen: %1</translation>
    </message>
    <message>
        <source>Listener %1</source>
        <comment>scope of a condition</comment>
        <translation>Listener %1</translation>
    </message>
    <message numerus="yes">
        <source>%n route(s) attached.</source>
        <translation>
            <numerusform>%n Route angehängt.</numerusform>
            <numerusform>%n Routen angehängt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Takes %1.</source>
        <comment>%1 kinds of routes</comment>
        <translation>Nimmt %1.</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>GPU memory %</source>
        <comment>title of a chart</comment>
        <translation>GPU-Speicher %</translation>
    </message>
    <message>
        <source>Queue depth</source>
        <comment>title of a chart: requests waiting per pod</comment>
        <translation>Länge der Warteschlange</translation>
    </message>
    <message>
        <source>Share of picks %</source>
        <comment>title of a chart: which pods were picked</comment>
        <translation>Anteil der Wahlen %</translation>
    </message>
    <message>
        <source>GPU memory %</source>
        <translation>GPU-Speicher %</translation>
    </message>
    <message>
        <source>limit %1</source>
        <comment>name of a dashed line</comment>
        <translation>Grenze %1</translation>
    </message>
    <message>
        <source>Queue depth</source>
        <translation>Länge der Warteschlange</translation>
    </message>
    <message>
        <source>Gone</source>
        <comment>a pod that is no longer in its pool</comment>
        <translation>Verschwunden</translation>
    </message>
    <message>
        <source>No GPU metrics</source>
        <comment>note at a pod's plot</comment>
        <translation>Keine GPU-Metriken</translation>
    </message>
    <message>
        <source>Share of picks %</source>
        <translation>Anteil der Wahlen %</translation>
    </message>
</context>
<context>
    <name>ExplainRows</name>
    <message>
        <source>Listener</source>
        <translation>Listener</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Guard</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>Enrich</source>
        <translation>Anreichern</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Wahl</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>Zeitlimit</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>Angewandt</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>Übergangen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Arms</source>
        <translation>Zweige</translation>
    </message>
    <message>
        <source>Split of this rule</source>
        <translation>Aufteilung dieser Regel</translation>
    </message>
    <message>
        <source>%1 % of requests</source>
        <translation>%1 % der Anfragen</translation>
    </message>
    <message>
        <source>score %1 · queue %2 · KV %3 % · in flight %4</source>
        <translation>Wertung %1 · Warteschlange %2 · KV %3 % · laufend %4</translation>
    </message>
    <message>
        <source>left out: %1</source>
        <translation>ausgelassen: %1</translation>
    </message>
    <message>
        <source>Sent on</source>
        <translation>Weitergeleitet</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Would be forwarded to %1</source>
        <translation>Ginge weiter an %1</translation>
    </message>
    <message>
        <source>one of the arms</source>
        <translation>einer der Zweige</translation>
    </message>
    <message>
        <source>The gateway redirects with %1</source>
        <translation>Das Gateway leitet um mit %1</translation>
    </message>
    <message>
        <source>The gateway answers %1 itself</source>
        <translation>Das Gateway antwortet selbst mit %1</translation>
    </message>
    <message>
        <source>Type a URL such as http://example.com/.</source>
        <translation>Geben Sie eine URL wie http://example.com/ ein.</translation>
    </message>
    <message>
        <source>Header line %1 needs the form name: value.</source>
        <translation>Kopfzeile %1 braucht die Form Name: Wert.</translation>
    </message>
    <message>
        <source>CORS</source>
        <translation>CORS</translation>
    </message>
    <message>
        <source>Authorization</source>
        <translation>Berechtigung</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegel</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>Where the settings of this rule come from</source>
        <translation>Woher die Einstellungen dieser Regel kommen</translation>
    </message>
    <message>
        <source>Headers of the answer</source>
        <translation>Header der Antwort</translation>
    </message>
    <message>
        <source>No TLS session comes about, so there is no answer</source>
        <translation>Es kommt keine TLS-Sitzung zustande, also gibt es keine Antwort</translation>
    </message>
</context>
<context>
    <name>FormEdits</name>
    <message>
        <source>Set %1 of %2 to %3</source>
        <translation>%1 von %2 auf %3 setzen</translation>
    </message>
    <message>
        <source>Remove %1 of %2</source>
        <translation>%1 von %2 entfernen</translation>
    </message>
    <message>
        <source>Add %1 to %2</source>
        <translation>%1 zu %2 hinzufügen</translation>
    </message>
    <message>
        <source>Add an item to %1 of %2</source>
        <translation>Eintrag zu %1 von %2 hinzufügen</translation>
    </message>
    <message>
        <source>Duplicate %1 of %2</source>
        <translation>%1 von %2 verdoppeln</translation>
    </message>
    <message>
        <source>Move %1 of %2</source>
        <translation>%1 von %2 verschieben</translation>
    </message>
    <message>
        <source>Set %1 of %2</source>
        <translation>%1 von %2 setzen</translation>
    </message>
    <message>
        <source>Rename %1 of %2 to %3</source>
        <translation>%1 von %2 in %3 umbenennen</translation>
    </message>
    <message>
        <source>Use %1 instead of %2 in %3</source>
        <translation>%1 statt %2 in %3 verwenden</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 µs</source>
        <comment>duration in microseconds</comment>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <comment>duration in milliseconds</comment>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>duration in seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>never</source>
        <comment>age of a value that was never read</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>duration in minutes</comment>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>duration in hours</comment>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>percentage</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>No answer</source>
        <comment>HTTP status</comment>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>Client Left</source>
        <comment>HTTP status 499: the client went away before an answer</comment>
        <translation>Client hat abgebrochen</translation>
    </message>
    <message>
        <source>Ejected</source>
        <comment>pod taken out after failures</comment>
        <translation>Ausgeschlossen</translation>
    </message>
    <message>
        <source>Fresh</source>
        <comment>metrics of a pod are up to date</comment>
        <translation>Aktuell</translation>
    </message>
    <message>
        <source>Stale %1</source>
        <comment>metrics of a pod are old; %1 is their age</comment>
        <translation>Veraltet %1</translation>
    </message>
    <message>
        <source>Metrics unreachable</source>
        <comment>state of a pod</comment>
        <translation>Metriken nicht erreichbar</translation>
    </message>
    <message>
        <source>No metrics yet</source>
        <comment>state of a pod</comment>
        <translation>Noch keine Metriken</translation>
    </message>
    <message>
        <source>Left out of picks for a while, because requests to it failed in a row.</source>
        <translation>Wird eine Weile nicht gewählt, weil Anfragen an ihn in Folge fehlschlugen.</translation>
    </message>
    <message>
        <source>Metrics were read %1 ago.</source>
        <translation>Die Metriken wurden vor %1 gelesen.</translation>
    </message>
    <message>
        <source>Metrics are %1 old, so the pick does not rely on them.</source>
        <translation>Die Metriken sind %1 alt, deshalb stützt sich die Wahl nicht auf sie.</translation>
    </message>
    <message>
        <source>Metrics cannot be read.</source>
        <translation>Metriken sind nicht lesbar.</translation>
    </message>
    <message>
        <source>Metrics cannot be read: %1</source>
        <translation>Metriken sind nicht lesbar: %1</translation>
    </message>
    <message>
        <source>No metrics have been read from this pod yet.</source>
        <translation>Von diesem Pod wurden noch keine Metriken gelesen.</translation>
    </message>
</context>
<context>
    <name>Limits</name>
    <message>
        <source>connections of clients at a time</source>
        <translation>gleichzeitige Verbindungen von Clients</translation>
    </message>
    <message>
        <source>closed at once</source>
        <translation>sofort geschlossen</translation>
    </message>
    <message>
        <source>file descriptors that are kept free of clients</source>
        <translation>Dateideskriptoren, die für Clients gesperrt sind</translation>
    </message>
    <message>
        <source>keep-alive connection without a request</source>
        <translation>offene Verbindung ohne Anfrage</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>requests of a connection</source>
        <translation>Anfragen einer Verbindung</translation>
    </message>
    <message>
        <source>closed after the last</source>
        <translation>nach der letzten geschlossen</translation>
    </message>
    <message>
        <source>time to a whole head, from its first byte</source>
        <translation>Zeit bis zum ganzen Kopf, ab seinem ersten Byte</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>fields of a head</source>
        <translation>Felder eines Kopfes</translation>
    </message>
    <message>
        <source>request target</source>
        <translation>Ziel der Anfrage</translation>
    </message>
    <message>
        <source>request body</source>
        <translation>Rumpf der Anfrage</translation>
    </message>
    <message>
        <source>request body on LLM routes</source>
        <translation>Rumpf der Anfrage auf LLM-Routen</translation>
    </message>
    <message>
        <source>gap between two reads of a request body</source>
        <translation>Pause zwischen zwei Stücken eines Anfragerumpfs</translation>
    </message>
    <message>
        <source>rate of a request body, after the time of one gap in all</source>
        <translation>Tempo eines Anfragerumpfs, nach der Zeit einer Pause insgesamt</translation>
    </message>
    <message>
        <source>copy of a request body, kept for further tries and mirrors</source>
        <translation>Kopie eines Anfragerumpfs für weitere Versuche und Spiegel</translation>
    </message>
    <message>
        <source>sent once, to no mirror</source>
        <translation>einmal gesendet, an keinen Spiegel</translation>
    </message>
    <message>
        <source>mirrored copies under way, per worker</source>
        <translation>laufende gespiegelte Kopien je Arbeitsfaden</translation>
    </message>
    <message>
        <source>further ones dropped</source>
        <translation>weitere verworfen</translation>
    </message>
    <message>
        <source>mirrored copy, its answer included</source>
        <translation>gespiegelte Kopie samt Antwort</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>answer of an authorization service</source>
        <translation>Antwort eines Berechtigungsdienstes</translation>
    </message>
    <message>
        <source>body of an authorization service's answer</source>
        <translation>Rumpf der Antwort eines Berechtigungsdienstes</translation>
    </message>
    <message>
        <source>403 without it</source>
        <translation>403 ohne sie</translation>
    </message>
    <message>
        <source>client that takes no byte</source>
        <translation>Client, der kein Byte abnimmt</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <source>WebSocket or tunnel without a byte either way</source>
        <translation>WebSocket oder Tunnel ohne ein Byte in beide Richtungen</translation>
    </message>
    <message>
        <source>connect to an endpoint, and waiting for a free connection</source>
        <translation>Verbinden mit einem Endpunkt und Warten auf eine freie Verbindung</translation>
    </message>
    <message>
        <source>upstream's head, where the route has no timeout</source>
        <translation>Kopf vom Upstream, wo die Route keine Frist hat</translation>
    </message>
    <message>
        <source>gap between two reads of an answer; an LLM's head</source>
        <translation>Pause zwischen zwei Stücken einer Antwort; Kopf eines LLM</translation>
    </message>
    <message>
        <source>504, or cut</source>
        <translation>504 oder abgeschnitten</translation>
    </message>
    <message>
        <source>connections to an endpoint, per worker; or those of the backend's policy</source>
        <translation>Verbindungen zu einem Endpunkt je Arbeitsfaden; oder die der Backend-Richtlinie</translation>
    </message>
    <message>
        <source>waits, then 503</source>
        <translation>wartet, dann 503</translation>
    </message>
    <message>
        <source>requests that wait for a connection to an endpoint, per worker; or those of the policy</source>
        <translation>Anfragen, die auf eine Verbindung zu einem Endpunkt warten, je Arbeitsfaden; oder die der Richtlinie</translation>
    </message>
    <message>
        <source>requests at a time to a backend, by its policy</source>
        <translation>gleichzeitige Anfragen an ein Backend, nach seiner Richtlinie</translation>
    </message>
    <message>
        <source>pooled upstream connection</source>
        <translation>bereitgehaltene Upstream-Verbindung</translation>
    </message>
    <message>
        <source>pooled connections per worker and endpoint</source>
        <translation>bereitgehaltene Verbindungen je Arbeitsfaden und Endpunkt</translation>
    </message>
    <message>
        <source>oldest closed</source>
        <translation>älteste geschlossen</translation>
    </message>
    <message>
        <source>HTTP/2: requests of a connection at a time</source>
        <translation>HTTP/2: gleichzeitige Anfragen einer Verbindung</translation>
    </message>
    <message>
        <source>stream refused</source>
        <translation>Stream abgelehnt</translation>
    </message>
    <message>
        <source>HTTP/2: head</source>
        <translation>HTTP/2: Kopf</translation>
    </message>
    <message>
        <source>HTTP/2: fields of a head</source>
        <translation>HTTP/2: Felder eines Kopfes</translation>
    </message>
    <message>
        <source>HTTP/2: request target</source>
        <translation>HTTP/2: Ziel der Anfrage</translation>
    </message>
    <message>
        <source>HTTP/2: time to a whole head</source>
        <translation>HTTP/2: Zeit bis zum ganzen Kopf</translation>
    </message>
    <message>
        <source>GOAWAY</source>
        <translation>GOAWAY</translation>
    </message>
    <message>
        <source>HTTP/2: frames of one head</source>
        <translation>HTTP/2: Frames eines Kopfes</translation>
    </message>
    <message>
        <source>HTTP/2: resets by the client at once; 20 more per second</source>
        <translation>HTTP/2: Abbrüche des Clients auf einmal; 20 weitere je Sekunde</translation>
    </message>
    <message>
        <source>HTTP/2: closed streams after which half reset at once is too many</source>
        <translation>HTTP/2: geschlossene Streams, ab denen zur Hälfte sofort abgebrochene zu viele sind</translation>
    </message>
    <message>
        <source>HTTP/2: streams that the client's mistakes made us reset</source>
        <translation>HTTP/2: Streams, die wegen Fehlern des Clients abgebrochen wurden</translation>
    </message>
    <message>
        <source>HTTP/2: PING, SETTINGS and unknown frames at once; 100 more per second</source>
        <translation>HTTP/2: PING, SETTINGS und unbekannte Frames auf einmal; 100 weitere je Sekunde</translation>
    </message>
    <message>
        <source>HTTP/2: PRIORITY frames per stream</source>
        <translation>HTTP/2: PRIORITY-Frames je Stream</translation>
    </message>
    <message>
        <source>HTTP/2: WINDOW_UPDATE frames per DATA frame that was sent</source>
        <translation>HTTP/2: WINDOW_UPDATE-Frames je gesendetem DATA-Frame</translation>
    </message>
    <message>
        <source>HTTP/2: frames without a byte in a row</source>
        <translation>HTTP/2: Frames ohne ein Byte hintereinander</translation>
    </message>
    <message>
        <source>HTTP/2: frames that wait to be sent</source>
        <translation>HTTP/2: Frames, die auf das Senden warten</translation>
    </message>
    <message>
        <source>HTTP/2: time to the preface and to the answer to our settings</source>
        <translation>HTTP/2: Zeit bis zum Vorspann und zur Antwort auf unsere Einstellungen</translation>
    </message>
    <message>
        <source>HTTP/2: connection without a request</source>
        <translation>HTTP/2: Verbindung ohne Anfrage</translation>
    </message>
    <message>
        <source>HTTP/2: client that takes no byte</source>
        <translation>HTTP/2: Client, der kein Byte abnimmt</translation>
    </message>
    <message>
        <source>HTTP/2: upstream that answers no PING, looked at after</source>
        <translation>HTTP/2: Upstream, der kein PING beantwortet, geprüft nach</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>ObjectEdits</name>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Add listener %1 to %2</source>
        <translation>Listener %1 zu %2 hinzufügen</translation>
    </message>
    <message>
        <source>Add a rule to %1</source>
        <translation>Regel zu %1 hinzufügen</translation>
    </message>
    <message>
        <source>Send rule %1 of %2 to %3 too</source>
        <translation>Regel %1 von %2 auch an %3 senden</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>%1 verdoppeln</translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>%1 in %2 umbenennen</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
</context>
<context>
    <name>Phase</name>
    <message>
        <source>receive</source>
        <translation>empfangen</translation>
    </message>
    <message>
        <source>guard</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>pick</source>
        <translation>Wahl</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>verbinden</translation>
    </message>
    <message>
        <source>send</source>
        <translation>senden</translation>
    </message>
    <message>
        <source>stream</source>
        <translation>streamen</translation>
    </message>
    <message>
        <source>upstream wait</source>
        <translation>Warten auf Upstream</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>body</source>
        <translation>Inhalt</translation>
    </message>
</context>
<context>
    <name>PoliciesView</name>
    <message>
        <source>Policies</source>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>Add policy</source>
        <translation>Richtlinie hinzufügen</translation>
    </message>
    <message>
        <source>Where it applies</source>
        <translation>Wo sie gilt</translation>
    </message>
    <message>
        <source>Where the policy applies, and where not</source>
        <translation>Wo die Richtlinie gilt und wo nicht</translation>
    </message>
    <message>
        <source>Form shown</source>
        <translation>Gezeigtes Formular</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>All fields</source>
        <translation>Alle Felder</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>Filter policies</source>
        <translation>Richtlinien filtern</translation>
    </message>
    <message>
        <source>Policy</source>
        <comment>column</comment>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>What it does</source>
        <comment>column</comment>
        <translation>Was sie tut</translation>
    </message>
    <message>
        <source>No policy yet: prompts pass unchecked and unchanged.</source>
        <translation>Noch keine Richtlinie: Prompts gehen ungeprüft und unverändert durch.</translation>
    </message>
    <message>
        <source>Add a guard</source>
        <translation>Prüfung hinzufügen</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>nirgends</translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s)</source>
        <translation>
            <numerusform>%n Regel</numerusform>
            <numerusform>%n Regeln</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: applies</source>
        <translation>%1: gilt</translation>
    </message>
    <message>
        <source>%1: does not apply</source>
        <translation>%1: gilt nicht</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>%1: answers 500</source>
        <translation>%1: antwortet mit 500</translation>
    </message>
</context>
<context>
    <name>PolicyEdits</name>
    <message>
        <source>%1 in %2</source>
        <comment>a change, and the policy it is made in</comment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Guard against %1</source>
        <translation>Vor %1 schützen</translation>
    </message>
    <message>
        <source>Stop guarding against %1</source>
        <translation>Nicht mehr vor %1 schützen</translation>
    </message>
    <message>
        <source>Reject what is found</source>
        <translation>Fundstellen ablehnen</translation>
    </message>
    <message>
        <source>Mask what is found</source>
        <translation>Fundstellen maskieren</translation>
    </message>
    <message>
        <source>Add a pattern</source>
        <translation>Muster hinzufügen</translation>
    </message>
    <message>
        <source>Change pattern %1</source>
        <translation>Muster %1 ändern</translation>
    </message>
    <message>
        <source>Remove pattern %1</source>
        <translation>Muster %1 entfernen</translation>
    </message>
    <message>
        <source>Set the rejection's text</source>
        <translation>Text der Ablehnung setzen</translation>
    </message>
    <message>
        <source>Set the rejection's status to %1</source>
        <translation>Status der Ablehnung auf %1 setzen</translation>
    </message>
    <message>
        <source>Add a message before the prompt</source>
        <translation>Nachricht vor dem Prompt hinzufügen</translation>
    </message>
    <message>
        <source>Add a message after the prompt</source>
        <translation>Nachricht nach dem Prompt hinzufügen</translation>
    </message>
    <message>
        <source>Change message %1</source>
        <translation>Nachricht %1 ändern</translation>
    </message>
    <message>
        <source>Remove message %1</source>
        <translation>Nachricht %1 entfernen</translation>
    </message>
</context>
<context>
    <name>PolicyForm</name>
    <message>
        <source>Credit card numbers</source>
        <translation>Kreditkartennummern</translation>
    </message>
    <message>
        <source>E-mail addresses</source>
        <translation>E-Mail-Adressen</translation>
    </message>
    <message>
        <source>Phone numbers</source>
        <translation>Telefonnummern</translation>
    </message>
    <message>
        <source>US social security numbers</source>
        <translation>US-Sozialversicherungsnummern</translation>
    </message>
</context>
<context>
    <name>PolicyRows</name>
    <message>
        <source>%1 does not exist. Create it, or correct the name in targetRefs.</source>
        <translation>%1 gibt es nicht. Legen Sie es an oder berichtigen Sie den Namen in targetRefs.</translation>
    </message>
    <message>
        <source>%1 has no listener named %2.</source>
        <translation>%1 hat keinen Listener namens %2.</translation>
    </message>
    <message>
        <source>%1 has no rule named %2.</source>
        <translation>%1 hat keine Regel namens %2.</translation>
    </message>
    <message>
        <source>The route is attached to no listener, so no request reaches it.</source>
        <translation>Die Route hängt an keinem Listener, also erreicht sie keine Anfrage.</translation>
    </message>
    <message>
        <source>None of its rules sends requests to a model, so there is nothing to guard.</source>
        <translation>Keine ihrer Regeln sendet Anfragen an ein Modell, also gibt es nichts zu prüfen.</translation>
    </message>
    <message>
        <source>No route below it sends requests to a model, so there is nothing to guard.</source>
        <translation>Keine Route darunter sendet Anfragen an ein Modell, also gibt es nichts zu prüfen.</translation>
    </message>
    <message numerus="yes">
        <source>%n own pattern(s)</source>
        <translation>
            <numerusform>%n eigenes Muster</numerusform>
            <numerusform>%n eigene Muster</numerusform>
        </translation>
    </message>
    <message>
        <source>masks %1</source>
        <translation>maskiert %1</translation>
    </message>
    <message>
        <source>rejects %1</source>
        <translation>lehnt %1 ab</translation>
    </message>
    <message numerus="yes">
        <source>adds %n message(s)</source>
        <translation>
            <numerusform>fügt %n Nachricht hinzu</numerusform>
            <numerusform>fügt %n Nachrichten hinzu</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (not run)</source>
        <translation>%1 (läuft nicht)</translation>
    </message>
    <message>
        <source>does nothing yet</source>
        <translation>tut noch nichts</translation>
    </message>
    <message>
        <source>no target</source>
        <translation>kein Ziel</translation>
    </message>
    <message>
        <source>The policy sets nothing yet.</source>
        <translation>Die Richtlinie setzt noch nichts.</translation>
    </message>
    <message>
        <source>No target</source>
        <translation>Kein Ziel</translation>
    </message>
    <message>
        <source>Name a route or gateway in targetRefs, or refer to the policy from a rule's ExtensionRef filter.</source>
        <translation>Nennen Sie eine Route oder ein Gateway in targetRefs, oder verweisen Sie im ExtensionRef-Filter einer Regel auf die Richtlinie.</translation>
    </message>
</context>
<context>
    <name>ProviderDraft</name>
    <message>
        <source>Give the provider a name.</source>
        <translation>Geben Sie dem Anbieter einen Namen.</translation>
    </message>
    <message>
        <source>Use lower-case letters, digits, - and . for the name.</source>
        <translation>Verwenden Sie Kleinbuchstaben, Ziffern, - und . für den Namen.</translation>
    </message>
    <message>
        <source>A Backend of this name exists already.</source>
        <translation>Ein Backend dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>Type the base URL, such as https://api.openai.com/v1.</source>
        <translation>Geben Sie die Basis-URL ein, etwa https://api.openai.com/v1.</translation>
    </message>
    <message>
        <source>Use https:// on port 443, or http:// on another port, without query.</source>
        <translation>Verwenden Sie https:// mit Port 443 oder http:// mit einem anderen Port, ohne Abfrage.</translation>
    </message>
    <message>
        <source>Use lower-case letters, digits, - and . for the Secret.</source>
        <translation>Verwenden Sie Kleinbuchstaben, Ziffern, - und . für das Secret.</translation>
    </message>
    <message>
        <source>This Secret does not exist yet: name the environment variable that holds the key.</source>
        <translation>Dieses Secret gibt es noch nicht: Nennen Sie die Umgebungsvariable mit dem Schlüssel.</translation>
    </message>
    <message>
        <source>This is the name of a variable, such as OPENAI_API_KEY, not the key itself.</source>
        <translation>Das ist der Name einer Variablen wie OPENAI_API_KEY, nicht der Schlüssel selbst.</translation>
    </message>
</context>
<context>
    <name>ProviderRows</name>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>written in the file</source>
        <translation>steht in der Datei</translation>
    </message>
    <message>
        <source>Secret %1</source>
        <translation>Secret %1</translation>
    </message>
    <message>
        <source>from the client</source>
        <translation>vom Client</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>LLM: %1</source>
        <comment>kind of provider</comment>
        <translation>LLM: %1</translation>
    </message>
    <message>
        <source>default host</source>
        <translation>Standardhost</translation>
    </message>
</context>
<context>
    <name>ProvidersView</name>
    <message>
        <source>Providers</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Add provider</source>
        <translation>Anbieter hinzufügen</translation>
    </message>
    <message>
        <source>Filter providers</source>
        <translation>Anbieter filtern</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Verwendet von</translation>
    </message>
    <message>
        <source>Nothing to send requests to yet: the workspace has no Backend, Service or InferencePool.</source>
        <translation>Noch kein Ziel für Anfragen: Der Arbeitsbereich hat kein Backend, keinen Service und keinen InferencePool.</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>no route yet</source>
        <translation>noch keine Route</translation>
    </message>
</context>
<context>
    <name>RatioNote</name>
    <message>
        <source>No requests since the last change.</source>
        <translation>Keine Anfragen seit der letzten Änderung.</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) since the last change: too few to compare the shares.</source>
        <translation>
            <numerusform>%n Anfrage seit der letzten Änderung: zu wenig, um die Anteile zu vergleichen.</numerusform>
            <numerusform>%n Anfragen seit der letzten Änderung: zu wenige, um die Anteile zu vergleichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The split holds: %1 got %2 of %3 requests, configured %4; chance alone moves that by up to %5 points.</source>
        <comment>%1 arm, %2 and %4 percentages</comment>
        <translation>Die Aufteilung stimmt: %1 bekam %2 von %3 Anfragen, eingestellt sind %4; der Zufall allein verschiebt das um bis zu %5 Punkte.</translation>
    </message>
    <message>
        <source>The split is off: %1 got %2 of %3 requests, configured %4, and chance alone explains only %5 points. Look for an arm without ready pods.</source>
        <comment>%1 arm, %2 and %4 percentages</comment>
        <translation>Die Aufteilung stimmt nicht: %1 bekam %2 von %3 Anfragen, eingestellt sind %4, und der Zufall allein erklärt nur %5 Punkte. Suchen Sie einen Zweig ohne bereite Pods.</translation>
    </message>
</context>
<context>
    <name>RequestFilter</name>
    <message>
        <source>Name of the HTTPRoute</source>
        <translation>Name der HTTPRoute</translation>
    </message>
    <message>
        <source>Rule of the route</source>
        <translation>Regel der Route</translation>
    </message>
    <message>
        <source>Listener that took the request</source>
        <translation>Listener, der die Anfrage annahm</translation>
    </message>
    <message>
        <source>Backend that served it</source>
        <translation>Backend, das geantwortet hat</translation>
    </message>
    <message>
        <source>Drawn arm of a weighted split</source>
        <translation>Gezogener Arm einer gewichteten Aufteilung</translation>
    </message>
    <message>
        <source>Pod that was picked</source>
        <translation>Gewählter Pod</translation>
    </message>
    <message>
        <source>Address that was called</source>
        <translation>Aufgerufene Adresse</translation>
    </message>
    <message>
        <source>Model asked for</source>
        <translation>Angefragtes Modell</translation>
    </message>
    <message>
        <source>HTTP method</source>
        <translation>HTTP-Methode</translation>
    </message>
    <message>
        <source>Host asked for</source>
        <translation>Angefragter Host</translation>
    </message>
    <message>
        <source>Path and query</source>
        <translation>Pfad und Abfrage</translation>
    </message>
    <message>
        <source>Client's address</source>
        <translation>Adresse des Clients</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>Anfrage-ID</translation>
    </message>
    <message>
        <source>Error code, such as no-route or timeout</source>
        <translation>Fehlercode, etwa no-route oder timeout</translation>
    </message>
    <message>
        <source>Status code, or a class such as 5xx</source>
        <translation>Statuscode oder eine Klasse wie 5xx</translation>
    </message>
    <message>
        <source>Time to the first byte of the answer: 2s, 350ms</source>
        <translation>Zeit bis zum ersten Byte der Antwort: 2s, 350ms</translation>
    </message>
    <message>
        <source>Whole time of the request</source>
        <translation>Gesamtzeit der Anfrage</translation>
    </message>
    <message>
        <source>Time spent waiting on the upstream</source>
        <translation>Zeit, in der auf den Upstream gewartet wurde</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>Eingabe-Token</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Ausgabe-Token</translation>
    </message>
    <message>
        <source>Bytes of the answer: 4k, 2M</source>
        <translation>Bytes der Antwort: 4k, 2M</translation>
    </message>
    <message>
        <source>Upstream attempts</source>
        <translation>Versuche am Upstream</translation>
    </message>
    <message>
        <source>“%1” is not a time; write %2 such as 350ms or 2s.</source>
        <translation>„%1“ ist keine Zeit; schreiben Sie %2 wie 350ms oder 2s.</translation>
    </message>
    <message>
        <source>“%1” is not a status; write %2 such as 503 or 5xx.</source>
        <translation>„%1“ ist kein Status; schreiben Sie %2 wie 503 oder 5xx.</translation>
    </message>
    <message>
        <source>“%1” is not a number for %2.</source>
        <translation>„%1“ ist keine Zahl für %2.</translation>
    </message>
    <message>
        <source>“is:%1” is not known; there is %2.</source>
        <translation>„is:%1“ ist unbekannt; es gibt %2.</translation>
    </message>
    <message>
        <source>There is no field “%1”. Put quotes around text that holds %2.</source>
        <translation>Es gibt kein Feld „%1“. Setzen Sie Text, der %2 enthält, in Anführungszeichen.</translation>
    </message>
    <message>
        <source>A value is missing after “%1%2”.</source>
        <translation>Nach „%1%2“ fehlt ein Wert.</translation>
    </message>
    <message>
        <source>“%1” is text: compare it with =, !=, ~ or !~.</source>
        <translation>„%1“ ist Text: Vergleichen Sie mit =, !=, ~ oder !~.</translation>
    </message>
    <message>
        <source>A quote is not closed.</source>
        <translation>Ein Anführungszeichen ist nicht geschlossen.</translation>
    </message>
</context>
<context>
    <name>RoutesTree</name>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <comment>state of a route</comment>
        <translation>
            <numerusform>%n Warnung</numerusform>
            <numerusform>%n Warnungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <comment>count in a branch</comment>
        <translation>
            <numerusform>%n Objekt</numerusform>
            <numerusform>%n Objekte</numerusform>
        </translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Programmed</source>
        <translation>In Betrieb</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Not bound</source>
        <translation>Nicht gebunden</translation>
    </message>
    <message>
        <source>Attached</source>
        <translation>Angehängt</translation>
    </message>
    <message>
        <source>Not attached</source>
        <translation>Nicht angehängt</translation>
    </message>
    <message>
        <source>any host</source>
        <translation>jeder Host</translation>
    </message>
    <message>
        <source>Rule %1</source>
        <translation>Regel %1</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>In Ordnung</translation>
    </message>
    <message>
        <source>The route names no parent in spec.parentRefs, so no request reaches it.</source>
        <translation>Die Route nennt in spec.parentRefs kein Gateway, also erreicht sie keine Anfrage.</translation>
    </message>
    <message numerus="yes">
        <source>%n route(s)</source>
        <comment>count in a branch</comment>
        <translation>
            <numerusform>%n Route</numerusform>
            <numerusform>%n Routen</numerusform>
        </translation>
    </message>
    <message>
        <source>Other objects</source>
        <translation>Andere Objekte</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>On %1</source>
        <comment>where a listener is served instead</comment>
        <translation>Auf %1</translation>
    </message>
    <message>
        <source>Left out</source>
        <comment>branch: texts that are no part of the configuration</comment>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <comment>state of an object</comment>
        <translation>Doppelt</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <comment>state of a file</comment>
        <translation>Unlesbar</translation>
    </message>
    <message>
        <source>Malformed</source>
        <comment>state of a file</comment>
        <translation>Fehlerhaft</translation>
    </message>
    <message>
        <source>No object</source>
        <comment>state of a text</comment>
        <translation>Kein Objekt</translation>
    </message>
    <message numerus="yes">
        <source>%n text(s)</source>
        <comment>count in a branch</comment>
        <translation>
            <numerusform>%n Text</numerusform>
            <numerusform>%n Texte</numerusform>
        </translation>
    </message>
    <message>
        <source>listener set in %1</source>
        <comment>%1 namespace</comment>
        <translation>Listener-Satz in %1</translation>
    </message>
    <message>
        <source>%1 is not in this workspace; name a Gateway in spec.parentRef.</source>
        <translation>%1 ist nicht in diesem Arbeitsbereich; in spec.parentRef ein Gateway nennen.</translation>
    </message>
    <message>
        <source>Missing</source>
        <comment>state of a certificate</comment>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>%1 is not in this workspace; add it, or name another certificate.</source>
        <translation>%1 ist nicht in diesem Arbeitsbereich; hinzufügen oder ein anderes Zertifikat nennen.</translation>
    </message>
    <message>
        <source>Unusable</source>
        <comment>state of a certificate</comment>
        <translation>Unbrauchbar</translation>
    </message>
    <message>
        <source>%1 certificate for %2, issued by %3, valid from %4 until %5.</source>
        <comment>%1 type of key</comment>
        <translation>%1-Zertifikat für %2, ausgestellt von %3, gültig von %4 bis %5.</translation>
    </message>
    <message>
        <source>Expired %1</source>
        <comment>state of a certificate; %1 a day</comment>
        <translation>Abgelaufen %1</translation>
    </message>
    <message>
        <source>From %1</source>
        <comment>state of a certificate that is not valid yet; %1 a day</comment>
        <translation>Ab %1</translation>
    </message>
    <message>
        <source>Until %1</source>
        <comment>state of a certificate; %1 a day</comment>
        <translation>Bis %1</translation>
    </message>
    <message>
        <source>passed through</source>
        <comment>of TLS: not ended here</comment>
        <translation>durchgereicht</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>Gewicht %1</translation>
    </message>
    <message>
        <source>TLS to %1</source>
        <comment>%1 server name</comment>
        <translation>TLS zu %1</translation>
    </message>
    <message>
        <source>port %1</source>
        <comment>%1 name of a port</comment>
        <translation>Port %1</translation>
    </message>
    <message>
        <source>Accepted</source>
        <comment>state of a policy</comment>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>listener set</source>
        <translation>Listener-Satz</translation>
    </message>
</context>
<context>
    <name>ViewTable</name>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>Canary</source>
        <translation>Canary</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Dashboard</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::AddProviderPanel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>Basis-URL</translation>
    </message>
    <message>
        <source>Model (empty keeps the client's)</source>
        <translation>Modell (leer behält das des Clients)</translation>
    </message>
    <message>
        <source>Secret with the key (empty passes the client's key on)</source>
        <translation>Secret mit dem Schlüssel (leer reicht den des Clients weiter)</translation>
    </message>
    <message>
        <source>Environment variable, for a new Secret</source>
        <translation>Umgebungsvariable, für ein neues Secret</translation>
    </message>
    <message>
        <source>New LLM provider</source>
        <translation>Neuer LLM-Anbieter</translation>
    </message>
    <message>
        <source>Any server that speaks the OpenAI API. The key is never asked for: a Secret refers to it.</source>
        <translation>Jeder Server, der die OpenAI-API spricht. Nach dem Schlüssel wird nie gefragt: ein Secret verweist auf ihn.</translation>
    </message>
    <message>
        <source>Add provider</source>
        <translation>Anbieter hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ArmTableModel</name>
    <message>
        <source>Share of the requests since the weights were last changed</source>
        <translation>Anteil der Anfragen seit der letzten Änderung der Gewichte</translation>
    </message>
    <message>
        <source>Share of the requests of the last minute</source>
        <translation>Anteil der Anfragen der letzten Minute</translation>
    </message>
    <message>
        <source>Requests since the weights were last changed</source>
        <translation>Anfragen seit der letzten Änderung der Gewichte</translation>
    </message>
    <message>
        <source>Answers of 500 and above, since the weights were last changed</source>
        <translation>Antworten ab 500 seit der letzten Änderung der Gewichte</translation>
    </message>
    <message>
        <source>Half of the answers began within this time</source>
        <translation>Die Hälfte der Antworten begann innerhalb dieser Zeit</translation>
    </message>
    <message>
        <source>95 of 100 answers began within this time</source>
        <translation>95 von 100 Antworten begannen innerhalb dieser Zeit</translation>
    </message>
    <message>
        <source>Arm</source>
        <comment>column: one side of a split</comment>
        <translation>Zweig</translation>
    </message>
    <message>
        <source>Configured %</source>
        <comment>column</comment>
        <translation>Eingestellt %</translation>
    </message>
    <message>
        <source>Observed %</source>
        <comment>column: since the last change</comment>
        <translation>Beobachtet %</translation>
    </message>
    <message>
        <source>Last min %</source>
        <comment>column: observed share of the last minute</comment>
        <translation>Letzte Min %</translation>
    </message>
    <message>
        <source>Requests</source>
        <comment>column</comment>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Errors %</source>
        <comment>column</comment>
        <translation>Fehler %</translation>
    </message>
    <message>
        <source>TTFT p50 ms</source>
        <comment>column: median time to first token</comment>
        <translation>TTFT p50 ms</translation>
    </message>
    <message>
        <source>TTFT p95 ms</source>
        <comment>column: time to first token, 95th percentile</comment>
        <translation>TTFT p95 ms</translation>
    </message>
    <message>
        <source>In tok</source>
        <comment>column: input tokens, short</comment>
        <translation>Tok ein</translation>
    </message>
    <message>
        <source>Out tok</source>
        <comment>column: output tokens, short</comment>
        <translation>Tok aus</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::BottomDrawer</name>
    <message>
        <source>Shown in the drawer</source>
        <translation>Gezeigt in der Schublade</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Edit history</source>
        <translation>Änderungsverlauf</translation>
    </message>
    <message>
        <source>As opened</source>
        <translation>Wie geöffnet</translation>
    </message>
    <message>
        <source>Close the drawer (Esc)</source>
        <translation>Schublade schließen (Esc)</translation>
    </message>
    <message>
        <source>Close the drawer</source>
        <translation>Schublade schließen</translation>
    </message>
    <message>
        <source>No problems: every object was read, checked and translated.</source>
        <translation>Keine Probleme: Jedes Objekt wurde gelesen, geprüft und übersetzt.</translation>
    </message>
    <message>
        <source>Fix: %1</source>
        <translation>Beheben: %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::CanaryPage</name>
    <message>
        <source>Applied</source>
        <comment>event in a plot</comment>
        <translation>Angewandt</translation>
    </message>
    <message>
        <source>Canary</source>
        <comment>title of the view</comment>
        <translation>Canary</translation>
    </message>
    <message>
        <source>Rules that split their traffic</source>
        <translation>Regeln, die ihren Verkehr aufteilen</translation>
    </message>
    <message>
        <source>Roll back</source>
        <comment>button: all traffic to the first arm</comment>
        <translation>Zurückrollen</translation>
    </message>
    <message>
        <source>Discard</source>
        <comment>button: forget the staged split</comment>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Apply</source>
        <comment>button: make the staged split live</comment>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Split</source>
        <comment>title of a card</comment>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>What the arms did</source>
        <comment>title of a card</comment>
        <translation>Was die Zweige taten</translation>
    </message>
    <message>
        <source>What the arms did</source>
        <translation>Was die Zweige taten</translation>
    </message>
    <message>
        <source>Observed share %</source>
        <comment>title of a chart</comment>
        <translation>Beobachteter Anteil %</translation>
    </message>
    <message>
        <source>over 30 s</source>
        <comment>caption: window of a share</comment>
        <translation>über 30 s</translation>
    </message>
    <message>
        <source>Observed share %</source>
        <translation>Beobachteter Anteil %</translation>
    </message>
    <message>
        <source>no weight</source>
        <comment>all weights of a split are 0</comment>
        <translation>kein Gewicht</translation>
    </message>
    <message>
        <source>No rule splits its traffic. A split is a route's rule with two or more backends.</source>
        <translation>Keine Regel teilt ihren Verkehr auf. Eine Aufteilung ist die Regel einer Route mit zwei oder mehr Backends.</translation>
    </message>
    <message>
        <source>No workspace is open.</source>
        <translation>Kein Arbeitsbereich ist offen.</translation>
    </message>
    <message>
        <source>Open Routes</source>
        <translation>Routen öffnen</translation>
    </message>
    <message>
        <source>This workspace is open for reading only.</source>
        <translation>Dieser Arbeitsbereich ist nur zum Lesen geöffnet.</translation>
    </message>
    <message>
        <source>Writes the weights into the route, as one step that can be undone.</source>
        <translation>Schreibt die Gewichte in die Route, als ein Schritt, der sich zurücknehmen lässt.</translation>
    </message>
    <message>
        <source>Nothing is staged: move the divider or change a share.</source>
        <translation>Nichts ist vorgemerkt: Verschieben Sie den Teiler oder ändern Sie einen Anteil.</translation>
    </message>
    <message>
        <source>Back to the configured split</source>
        <translation>Zurück zur eingestellten Aufteilung</translation>
    </message>
    <message>
        <source>Nothing is staged.</source>
        <translation>Nichts ist vorgemerkt.</translation>
    </message>
    <message>
        <source>All traffic goes to %1 already.</source>
        <translation>Aller Verkehr geht schon an %1.</translation>
    </message>
    <message>
        <source>Sends all traffic to %1 at once; can be undone.</source>
        <translation>Sendet sofort allen Verkehr an %1; lässt sich zurücknehmen.</translation>
    </message>
    <message>
        <source>All weights are 0, so this rule answers 500.</source>
        <translation>Alle Gewichte sind 0, also antwortet diese Regel mit 500.</translation>
    </message>
    <message>
        <source>Staged: %1 becomes %2.</source>
        <comment>%1 and %2 are splits such as 90 / 10</comment>
        <translation>Vorgemerkt: %1 wird %2.</translation>
    </message>
    <message>
        <source>The weights in the file are %1.</source>
        <translation>Die Gewichte in der Datei sind %1.</translation>
    </message>
    <message>
        <source>since the start</source>
        <comment>caption: window of counts</comment>
        <translation>seit dem Start</translation>
    </message>
    <message>
        <source>since the last change at %1</source>
        <comment>caption: window of counts; %1 is a time of day</comment>
        <translation>seit der letzten Änderung um %1</translation>
    </message>
    <message>
        <source>As configured</source>
        <comment>the observed split fits</comment>
        <translation>Wie eingestellt</translation>
    </message>
    <message>
        <source>Not as configured</source>
        <comment>the observed split does not fit</comment>
        <translation>Nicht wie eingestellt</translation>
    </message>
    <message>
        <source>Collecting</source>
        <comment>too few requests to compare</comment>
        <translation>Wird gesammelt</translation>
    </message>
    <message>
        <source>The split was not changed: %1</source>
        <translation>Die Aufteilung wurde nicht geändert: %1</translation>
    </message>
    <message>
        <source>Set split of %1 to %2</source>
        <comment>undo step; %1 rule, %2 split such as 90 / 10</comment>
        <translation>Aufteilung von %1 auf %2 setzen</translation>
    </message>
    <message>
        <source>Roll back %1 to %2</source>
        <comment>undo step; %1 rule, %2 arm</comment>
        <translation>%1 auf %2 zurückrollen</translation>
    </message>
    <message>
        <source>Splits</source>
        <comment>title of a list: rules that split their traffic</comment>
        <translation>Aufteilungen</translation>
    </message>
    <message>
        <source>Rule</source>
        <comment>column</comment>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Split %</source>
        <comment>column: shares such as 90 / 10</comment>
        <translation>Aufteilung %</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::CanarySplitEditor</name>
    <message>
        <source>Share of %1 in percent</source>
        <translation>Anteil von %1 in Prozent</translation>
    </message>
    <message>
        <source>Give %1</source>
        <comment>label before buttons 1 % 5 % 10 %; %1 is an arm of a split</comment>
        <translation>%1 erhält</translation>
    </message>
    <message>
        <source>Give %1 %2</source>
        <comment>%1 arm, %2 percentage</comment>
        <translation>%1 erhält %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ChartFrame</name>
    <message>
        <source>The table was not saved to %1: %2</source>
        <translation>Die Tabelle wurde nicht in %1 gespeichert: %2</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>%1, as a table</source>
        <comment>%1 is the name of a chart</comment>
        <translation>%1, als Tabelle</translation>
    </message>
    <message>
        <source>Menu of %1</source>
        <comment>%1 is the name of a chart</comment>
        <translation>Menü von %1</translation>
    </message>
    <message>
        <source>Show as &amp;table</source>
        <comment>menu of a chart</comment>
        <translation>Als &amp;Tabelle zeigen</translation>
    </message>
    <message>
        <source>Save &amp;picture…</source>
        <comment>menu of a chart</comment>
        <translation>&amp;Bild speichern…</translation>
    </message>
    <message>
        <source>Save &amp;CSV…</source>
        <comment>menu of a chart</comment>
        <translation>&amp;CSV speichern…</translation>
    </message>
    <message>
        <source>C&amp;opy as CSV</source>
        <comment>menu of a chart</comment>
        <translation>Als CSV k&amp;opieren</translation>
    </message>
    <message>
        <source>Save %1</source>
        <comment>%1 is the name of a chart</comment>
        <translation>%1 speichern</translation>
    </message>
    <message>
        <source>The picture was not saved to %1: %2</source>
        <translation>Das Bild wurde nicht in %1 gespeichert: %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::CheatSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Everything else is in the palette: Ctrl+K.</source>
        <translation>Alles andere steht in der Palette: Strg+K.</translation>
    </message>
    <message>
        <source>In lists and tables</source>
        <translation>In Listen und Tabellen</translation>
    </message>
    <message>
        <source>Move; type to jump to a name</source>
        <translation>Bewegen; Tippen springt zum Namen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Open what is selected</source>
        <translation>Gewähltes öffnen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Leave the filter, the drawer, the sheet</source>
        <translation>Filter, Schublade oder Blatt verlassen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::CommandPalette</name>
    <message>
        <source>Find an action, view, object or pod</source>
        <translation>Aktion, Ansicht, Objekt oder Pod suchen</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Nothing has these letters in this order.</source>
        <translation>Nichts enthält diese Buchstaben in dieser Reihenfolge.</translation>
    </message>
    <message>
        <source>not possible now</source>
        <translation>jetzt nicht möglich</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ConditionList</name>
    <message>
        <source>Condition</source>
        <comment>column</comment>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>Of</source>
        <comment>column: what the condition is about</comment>
        <translation>Von</translation>
    </message>
    <message>
        <source>Reason</source>
        <comment>column</comment>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Message</source>
        <comment>column</comment>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Status conditions</source>
        <translation>Statusbedingungen</translation>
    </message>
    <message>
        <source>Status</source>
        <comment>column of a condition: True or False</comment>
        <translation>Status</translation>
    </message>
    <message>
        <source>Gen.</source>
        <comment>column, short: generation of the object that was looked at</comment>
        <translation>Gen.</translation>
    </message>
    <message>
        <source>Fact</source>
        <comment>row beside the conditions</comment>
        <translation>Angabe</translation>
    </message>
    <message>
        <source>the object</source>
        <comment>what a condition is about</comment>
        <translation>das Objekt</translation>
    </message>
    <message>
        <source>As wished</source>
        <translation>Wie gewünscht</translation>
    </message>
    <message>
        <source>Not as wished</source>
        <translation>Nicht wie gewünscht</translation>
    </message>
    <message>
        <source>Generation of the object that this was computed for</source>
        <translation>Generation des Objekts, für die das berechnet wurde</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::DashboardPage</name>
    <message>
        <source>Applied revision %1</source>
        <comment>event in a plot</comment>
        <translation>Stand %1 angewendet</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <comment>title of the view</comment>
        <translation>Dashboard</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Dashboard</translation>
    </message>
    <message>
        <source>Pause or resume the dashboard</source>
        <translation>Dashboard anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>All pools</source>
        <translation>Alle Pools</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>Zeitraum</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <comment>time range of a plot, short</comment>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>Gezeigt als</translation>
    </message>
    <message>
        <source>Charts</source>
        <comment>choice: draw charts</comment>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Back to live</source>
        <comment>button: undo zooming into a plot</comment>
        <translation>Zurück zu live</translation>
    </message>
    <message>
        <source>Shows the newest data again; a double click in a plot does the same.</source>
        <translation>Zeigt wieder die neuesten Daten; ein Doppelklick ins Diagramm tut dasselbe.</translation>
    </message>
    <message>
        <source>Resume</source>
        <comment>button</comment>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <comment>button: stop the display</comment>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stops the display; data is still collected (%1)</source>
        <translation>Hält die Anzeige an; Daten werden weiter gesammelt (%1)</translation>
    </message>
    <message>
        <source>Paused at %1</source>
        <comment>%1 is a time of day</comment>
        <translation>Angehalten um %1</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n Pod</numerusform>
            <numerusform>%n Pods</numerusform>
        </translation>
    </message>
    <message>
        <source>requests waiting</source>
        <comment>caption: unit of queue depth</comment>
        <translation>wartende Anfragen</translation>
    </message>
    <message>
        <source>over 10 s</source>
        <comment>caption: window of a share</comment>
        <translation>über 10 s</translation>
    </message>
    <message>
        <source>The gateway is not running, so there is nothing to draw.</source>
        <translation>Das Gateway läuft nicht, also gibt es nichts zu zeichnen.</translation>
    </message>
    <message>
        <source>This workspace has no InferencePool. The dashboard draws the pods of such pools.</source>
        <translation>Dieser Arbeitsbereich hat keinen InferencePool. Das Dashboard zeichnet die Pods solcher Pools.</translation>
    </message>
    <message>
        <source>Open Routes</source>
        <translation>Routen öffnen</translation>
    </message>
    <message>
        <source>The pools of this workspace select no pods.</source>
        <translation>Die Pools dieses Arbeitsbereichs wählen keine Pods aus.</translation>
    </message>
    <message>
        <source>%1, dashed: limit %2</source>
        <comment>caption of a chart; %1 how many pods, %2 a number</comment>
        <translation>%1, gestrichelt: Grenze %2</translation>
    </message>
    <message>
        <source>%1, busiest first</source>
        <comment>caption of a chart; %1 how many pods</comment>
        <translation>%1, die am stärksten belasteten zuerst</translation>
    </message>
    <message>
        <source>Pods</source>
        <comment>choice: show the table of pods</comment>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <comment>choice: show the table of endpoints</comment>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>Limits</source>
        <comment>choice: show the table of limits</comment>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <comment>title of a table</comment>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>Filter endpoints</source>
        <translation>Endpunkte filtern</translation>
    </message>
    <message>
        <source>No backend that runs has an endpoint.</source>
        <translation>Kein laufendes Backend hat einen Endpunkt.</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <comment>button</comment>
        <translation>CSV speichern…</translation>
    </message>
    <message>
        <source>Limits</source>
        <comment>title of a table</comment>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Filter limits</source>
        <translation>Grenzen filtern</translation>
    </message>
    <message>
        <source>The gateway is not running, so no limit holds.</source>
        <translation>Das Gateway läuft nicht, also gilt keine Grenze.</translation>
    </message>
    <message numerus="yes">
        <source>%n limit(s)</source>
        <translation>
            <numerusform>%n Grenze</numerusform>
            <numerusform>%n Grenzen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n enforced since the start</source>
        <translation>
            <numerusform>%n seit dem Start durchgesetzt</numerusform>
            <numerusform>%n seit dem Start durchgesetzt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n endpoint(s)</source>
        <translation>
            <numerusform>%n Endpunkt</numerusform>
            <numerusform>%n Endpunkte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n out</source>
        <comment>how many endpoints take no requests</comment>
        <translation>
            <numerusform>%n ausgenommen</numerusform>
            <numerusform>%n ausgenommen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::DiagnosticList</name>
    <message>
        <source>Problems of this object</source>
        <translation>Probleme dieses Objekts</translation>
    </message>
    <message>
        <source>No problems in this object.</source>
        <translation>Keine Probleme in diesem Objekt.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>%1, %2:%3</source>
        <translation>%1, %2:%3</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::DiffPane</name>
    <message>
        <source>Text of the file</source>
        <translation>Text der Datei</translation>
    </message>
    <message>
        <source>In the folder now</source>
        <translation>Jetzt im Ordner</translation>
    </message>
    <message>
        <source>To be written</source>
        <translation>Wird geschrieben</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::EndpointTableModel</name>
    <message>
        <source>Out, used all the same</source>
        <comment>state of an endpoint: too few others are left</comment>
        <translation>Ausgenommen, trotzdem benutzt</translation>
    </message>
    <message>
        <source>Out for %1</source>
        <comment>state of an endpoint; %1 a span of time</comment>
        <translation>Ausgenommen für %1</translation>
    </message>
    <message>
        <source>Warming up, %1</source>
        <comment>state of an endpoint; %1 its share of its turns</comment>
        <translation>Läuft warm, %1</translation>
    </message>
    <message>
        <source>In</source>
        <comment>state of an endpoint: it takes requests</comment>
        <translation>Dabei</translation>
    </message>
    <message>
        <source>It takes requests.</source>
        <translation>Er nimmt Anfragen an.</translation>
    </message>
    <message>
        <source>So many endpoints of the backend are out that all of them are used.</source>
        <translation>So viele Endpunkte des Backends sind ausgenommen, dass alle benutzt werden.</translation>
    </message>
    <message numerus="yes">
        <source>Taken out %n time(s) since the start.</source>
        <translation>
            <numerusform>Seit dem Start %n Mal ausgenommen.</numerusform>
            <numerusform>Seit dem Start %n Mal ausgenommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Last failure: %1, %2 ago.</source>
        <comment>%1 kind of failure, %2 a span of time</comment>
        <translation>Letzter Fehlschlag: %1, vor %2.</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 um %2</translation>
    </message>
    <message>
        <source>Addresses in turn: %1</source>
        <translation>Adressen der Reihe nach: %1</translation>
    </message>
    <message>
        <source>Balanced by %1</source>
        <comment>%1 a method</comment>
        <translation>Verteilt nach %1</translation>
    </message>
    <message>
        <source>By %1</source>
        <comment>%1 a policy</comment>
        <translation>Durch %1</translation>
    </message>
    <message>
        <source>%1 connections, %2 requests waiting, %3 refused by a limit</source>
        <translation>%1 Verbindungen, %2 wartende Anfragen, %3 durch eine Grenze abgelehnt</translation>
    </message>
    <message>
        <source>Whether it takes requests, and until when not</source>
        <translation>Ob er Anfragen annimmt, und bis wann nicht</translation>
    </message>
    <message>
        <source>Requests that this gateway has open to the endpoint</source>
        <translation>Anfragen, die dieses Gateway beim Endpunkt offen hat</translation>
    </message>
    <message>
        <source>Open connections to the endpoint, of all workers</source>
        <translation>Offene Verbindungen zum Endpunkt, aller Arbeitsfäden</translation>
    </message>
    <message>
        <source>Failed connects, resets and broken answers since the start</source>
        <translation>Gescheiterte Verbindungen, Abbrüche und fehlerhafte Antworten seit dem Start</translation>
    </message>
    <message>
        <source>Moving mean of the time to the head of an answer</source>
        <translation>Gleitendes Mittel der Zeit bis zum Kopf einer Antwort</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <comment>column</comment>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Backend</source>
        <comment>column</comment>
        <translation>Backend</translation>
    </message>
    <message>
        <source>State</source>
        <comment>column</comment>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>In flight</source>
        <comment>column: open requests</comment>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Conn.</source>
        <comment>column, short: open connections</comment>
        <translation>Verb.</translation>
    </message>
    <message>
        <source>Requests</source>
        <comment>column: number of requests</comment>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Failures</source>
        <comment>column: number of failures</comment>
        <translation>Fehlschläge</translation>
    </message>
    <message>
        <source>Latency ms</source>
        <comment>column: latency in milliseconds</comment>
        <translation>Latenz ms</translation>
    </message>
    <message>
        <source>Protocol</source>
        <comment>column</comment>
        <translation>Protokoll</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::EngineBridge</name>
    <message>
        <source>The gateway is not running.</source>
        <translation>Das Gateway läuft nicht.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ExportPage</name>
    <message>
        <source>Shown as</source>
        <translation>Gezeigt als</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n Hinweis</numerusform>
            <numerusform>%n Hinweise</numerusform>
        </translation>
    </message>
    <message>
        <source>Export</source>
        <comment>title of the view</comment>
        <translation>Export</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <comment>button</comment>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Write to folder</source>
        <comment>button</comment>
        <translation>In Ordner schreiben</translation>
    </message>
    <message>
        <source>Files</source>
        <comment>title of a list</comment>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Files of the export</source>
        <translation>Dateien des Exports</translation>
    </message>
    <message>
        <source>Text</source>
        <comment>choice: the file's text</comment>
        <translation>Text</translation>
    </message>
    <message>
        <source>Diff</source>
        <comment>choice: unified diff</comment>
        <translation>Diff</translation>
    </message>
    <message>
        <source>Side by side</source>
        <comment>choice: two columns</comment>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Notes</source>
        <comment>title of a list: what was left out of an export</comment>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>What was left out, changed or refused</source>
        <translation>Was ausgelassen, geändert oder abgelehnt wurde</translation>
    </message>
    <message>
        <source>File</source>
        <comment>column</comment>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Change</source>
        <comment>column: added, changed, removed</comment>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>What</source>
        <comment>column: left out, refused, changed</comment>
        <translation>Was</translation>
    </message>
    <message>
        <source>Object</source>
        <comment>column</comment>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Field</source>
        <comment>column: field path</comment>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>column: reason</comment>
        <translation>Warum</translation>
    </message>
    <message>
        <source>The workspace has no objects to export.</source>
        <translation>Der Arbeitsbereich hat keine Objekte zum Exportieren.</translation>
    </message>
    <message>
        <source>No workspace is open, so there is nothing to export.</source>
        <translation>Kein Arbeitsbereich ist offen, also gibt es nichts zu exportieren.</translation>
    </message>
    <message>
        <source>Open Routes</source>
        <translation>Routen öffnen</translation>
    </message>
    <message>
        <source>The export failed: %1</source>
        <translation>Der Export ist fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>Added</source>
        <comment>state of a file</comment>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Changed</source>
        <comment>state of a file</comment>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Removed</source>
        <comment>state of a file</comment>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Same</source>
        <comment>state of a file</comment>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Choose a folder to compare with.</source>
        <translation>Wählen Sie einen Ordner zum Vergleichen.</translation>
    </message>
    <message>
        <source>Refused</source>
        <comment>export note</comment>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Changed</source>
        <comment>export note</comment>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Left out</source>
        <comment>export note</comment>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Kept</source>
        <comment>export note: written as it is, with something to know</comment>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>No folder chosen</source>
        <translation>Kein Ordner gewählt</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) for %1</source>
        <translation>
            <numerusform>%n Datei für %1</numerusform>
            <numerusform>%n Dateien für %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder is up to date</source>
        <translation>Der Ordner ist aktuell</translation>
    </message>
    <message>
        <source>%1 added, %2 changed, %3 removed</source>
        <comment>files of an export</comment>
        <translation>%1 neu, %2 geändert, %3 entfernt</translation>
    </message>
    <message>
        <source>The target lacks fields that are in use; the notes say which.</source>
        <translation>Dem Ziel fehlen Felder, die benutzt werden; die Hinweise nennen sie.</translation>
    </message>
    <message>
        <source>The folder holds exactly this already.</source>
        <translation>Der Ordner enthält genau das schon.</translation>
    </message>
    <message>
        <source>Writes every file, all or none.</source>
        <translation>Schreibt jede Datei, alle oder keine.</translation>
    </message>
    <message>
        <source>Folder for the export</source>
        <translation>Ordner für den Export</translation>
    </message>
    <message>
        <source>Write the export</source>
        <translation>Export schreiben</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) in %1 will be replaced or removed.</source>
        <translation>
            <numerusform>%n Datei in %1 wird ersetzt oder entfernt.</numerusform>
            <numerusform>%n Dateien in %1 werden ersetzt oder entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Write</source>
        <comment>button</comment>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Nothing was written: %1</source>
        <translation>Nichts wurde geschrieben: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are in %1.</source>
        <translation>
            <numerusform>%n Datei liegt in %1.</numerusform>
            <numerusform>%n Dateien liegen in %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open folder</source>
        <comment>button</comment>
        <translation>Ordner öffnen</translation>
    </message>
    <message numerus="yes">
        <source>Refused for %n reason(s): nothing can be written</source>
        <translation>
            <numerusform>Aus %n Grund abgelehnt: nichts kann geschrieben werden</numerusform>
            <numerusform>Aus %n Gründen abgelehnt: nichts kann geschrieben werden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::FieldControl</name>
    <message>
        <source>required</source>
        <translation>erforderlich</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>%1 by default</source>
        <translation>%1 als Vorgabe</translation>
    </message>
    <message>
        <source>default</source>
        <translation>Vorgabe</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::FilterEdit</name>
    <message>
        <source>%1 (press / to come here)</source>
        <translation>%1 (Taste / führt hierher)</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::FilteredTableCard</name>
    <message>
        <source>No row matches the filter.</source>
        <translation>Keine Zeile passt zum Filter.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::FormRow</name>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::HeatLegend</name>
    <message>
        <source>Colours from 0 to %1, on a logarithmic scale; hatched: no data</source>
        <translation>Farben von 0 bis %1, logarithmisch; schraffiert: keine Daten</translation>
    </message>
    <message>
        <source>Colours from 0 to %1; hatched: no data</source>
        <translation>Farben von 0 bis %1; schraffiert: keine Daten</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::HeatStrip</name>
    <message>
        <source>%1: no data</source>
        <comment>%1 is a pod</comment>
        <translation>%1: keine Daten</translation>
    </message>
    <message>
        <source>No pods yet.</source>
        <translation>Noch keine Pods.</translation>
    </message>
    <message>
        <source>%1 of %2: %3 %4.</source>
        <comment>%1 pod, %2 pool, %3 value, %4 unit</comment>
        <translation>%1 aus %2: %3 %4.</translation>
    </message>
    <message>
        <source>%1 of %2: no data.</source>
        <comment>%1 pod, %2 pool</comment>
        <translation>%1 aus %2: keine Daten.</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s).</source>
        <translation>
            <numerusform>%n Pod.</numerusform>
            <numerusform>%n Pods.</numerusform>
        </translation>
    </message>
    <message>
        <source>Highest: %1 with %2 %3.</source>
        <comment>%1 pod, %2 value, %3 unit</comment>
        <translation>Am höchsten: %1 mit %2 %3.</translation>
    </message>
    <message numerus="yes">
        <source>%n without a value.</source>
        <translation>
            <numerusform>%n ohne Wert.</numerusform>
            <numerusform>%n ohne Wert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pod</source>
        <comment>column</comment>
        <translation>Pod</translation>
    </message>
    <message>
        <source>Pool</source>
        <comment>column: inference pool</comment>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Now</source>
        <comment>column: newest value</comment>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Mean</source>
        <comment>column</comment>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Highest</source>
        <comment>column</comment>
        <translation>Höchstwert</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::InspectorPanel</name>
    <message>
        <source>Close details</source>
        <translation>Details schließen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::LastPickCard</name>
    <message>
        <source>Why</source>
        <comment>title of a card: why the last request went to its pod</comment>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Open the request in Requests</source>
        <translation>Anfrage unter Anfragen öffnen</translation>
    </message>
    <message>
        <source>last pick %1, pool %2</source>
        <comment>%1 is a time of day</comment>
        <translation>letzte Wahl %1, Pool %2</translation>
    </message>
    <message>
        <source>No request has been routed to a pool yet. Send one to the gateway and the reason for its pod appears here.</source>
        <translation>Noch keine Anfrage ging an einen Pool. Senden Sie eine an das Gateway, und der Grund für ihren Pod erscheint hier.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::LimitTableModel</name>
    <message>
        <source>a reason to refuse connections, not a limit</source>
        <translation>ein Grund, Verbindungen abzulehnen, keine Grenze</translation>
    </message>
    <message>
        <source>never</source>
        <comment>when a limit was enforced last</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <comment>%1 a span of time</comment>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>%1, enforced</source>
        <comment>%1 name of a limit</comment>
        <translation>%1, durchgesetzt</translation>
    </message>
    <message>
        <source>From: %1</source>
        <comment>%1 where a value is taken from</comment>
        <translation>Aus: %1</translation>
    </message>
    <message>
        <source>How often the limit was enforced since the gateway started</source>
        <translation>Wie oft die Grenze seit dem Start des Gateways durchgesetzt wurde</translation>
    </message>
    <message>
        <source>A status, or what happens to the connection</source>
        <translation>Ein Status, oder was mit der Verbindung geschieht</translation>
    </message>
    <message>
        <source>Limit</source>
        <comment>column</comment>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>What it limits</source>
        <comment>column</comment>
        <translation>Was sie begrenzt</translation>
    </message>
    <message>
        <source>Value</source>
        <comment>column</comment>
        <translation>Wert</translation>
    </message>
    <message>
        <source>What the client gets</source>
        <comment>column</comment>
        <translation>Was der Client bekommt</translation>
    </message>
    <message>
        <source>Times</source>
        <comment>column: how often a limit was enforced</comment>
        <translation>Mal</translation>
    </message>
    <message>
        <source>Last</source>
        <comment>column: when a limit was enforced last</comment>
        <translation>Zuletzt</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::LinePlot</name>
    <message>
        <source>No lines yet.</source>
        <translation>Noch keine Linien.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s).</source>
        <translation>
            <numerusform>%n Linie.</numerusform>
            <numerusform>%n Linien.</numerusform>
        </translation>
    </message>
    <message>
        <source>Highest %1: %2 with %3 %4.</source>
        <comment>%1 time, %2 line, %3 value, %4 unit</comment>
        <translation>Höchster Wert %1: %2 mit %3 %4.</translation>
    </message>
    <message numerus="yes">
        <source>%n without a value.</source>
        <translation>
            <numerusform>%n ohne Wert.</numerusform>
            <numerusform>%n ohne Wert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Time</source>
        <comment>column</comment>
        <translation>Zeit</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::MainWindow</name>
    <message>
        <source>nothing before this</source>
        <translation>davor war nichts</translation>
    </message>
    <message>
        <source>nothing after this</source>
        <translation>danach kommt nichts</translation>
    </message>
    <message>
        <source>Open a folder of YAML files</source>
        <translation>Ordner mit YAML-Dateien öffnen</translation>
    </message>
    <message>
        <source>no workspace is open</source>
        <translation>kein Arbeitsbereich ist offen</translation>
    </message>
    <message>
        <source>nothing to save</source>
        <translation>nichts zu speichern</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Search actions and objects</source>
        <translation>Aktionen und Objekte suchen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>To the filter of the view</source>
        <translation>Zum Filter der Ansicht</translation>
    </message>
    <message>
        <source>To the next pane</source>
        <translation>Zum nächsten Bereich</translation>
    </message>
    <message>
        <source>To the previous pane</source>
        <translation>Zum vorigen Bereich</translation>
    </message>
    <message>
        <source>Show problems</source>
        <translation>Probleme zeigen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>Wiederholen: %1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>nothing to undo</source>
        <translation>nichts rückgängig zu machen</translation>
    </message>
    <message>
        <source>nothing to redo</source>
        <translation>nichts zu wiederholen</translation>
    </message>
    <message>
        <source>Show the edit history</source>
        <translation>Änderungsverlauf zeigen</translation>
    </message>
    <message>
        <source>Save all files</source>
        <translation>Alle Dateien speichern</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>Demo öffnen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Restart the gateway</source>
        <translation>Gateway neu starten</translation>
    </message>
    <message>
        <source>Theme: %1</source>
        <translation>Farben: %1</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Collapse or expand the rail</source>
        <translation>Leiste ein- oder ausklappen</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>Sprache: %1</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Text &amp;size</source>
        <translation>Schrift&amp;größe</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>text size</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>Opened before</source>
        <translation>Früher geöffnet</translation>
    </message>
    <message>
        <source>Live pod</source>
        <translation>Laufender Pod</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>Alle Namespaces</translation>
    </message>
    <message>
        <source>Namespace %1</source>
        <translation>Namespace %1</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Show limits</source>
        <translation>Grenzen zeigen</translation>
    </message>
    <message>
        <source>Show endpoints</source>
        <translation>Endpunkte zeigen</translation>
    </message>
    <message>
        <source>L&amp;imits</source>
        <translation>&amp;Grenzen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::MessageBar</name>
    <message>
        <source>Dismiss this message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::NativeDialogs</name>
    <message>
        <source>Unsaved edits</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message numerus="yes">
        <source>Close without the edits of %n file(s)?</source>
        <translation>
            <numerusform>Ohne die Änderungen an %n Datei schließen?</numerusform>
            <numerusform>Ohne die Änderungen an %n Dateien schließen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Discard edits</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message numerus="yes">
        <source>Save the edits of %n file(s) before closing?</source>
        <translation>
            <numerusform>Änderungen an %n Datei vor dem Schließen speichern?</numerusform>
            <numerusform>Änderungen an %n Dateien vor dem Schließen speichern?</numerusform>
        </translation>
    </message>
    <message>
        <source>The gateway runs them already; the files on disk do not have them yet.</source>
        <translation>Das Gateway führt sie schon aus; in den Dateien auf der Platte stehen sie noch nicht.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::NoticeBars</name>
    <message>
        <source>The gateway could not start: %1 You can go on editing.</source>
        <translation>Das Gateway konnte nicht starten: %1 Bearbeiten können Sie weiterhin.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Use free ports</source>
        <translation>Freie Ports nehmen</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) with unsaved edits changed on disk: %1. Your edits are kept until you choose.</source>
        <translation>
            <numerusform>%n Datei mit ungespeicherten Änderungen wurde auf der Platte geändert: %1. Ihre Änderungen bleiben, bis Sie wählen.</numerusform>
            <numerusform>%n Dateien mit ungespeicherten Änderungen wurden auf der Platte geändert: %1. Ihre Änderungen bleiben, bis Sie wählen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep my edits</source>
        <translation>Meine Änderungen behalten</translation>
    </message>
    <message>
        <source>Take the files from disk</source>
        <translation>Dateien von der Platte nehmen</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) changed on disk and were read again: %1.</source>
        <translation>
            <numerusform>%n Datei wurde auf der Platte geändert und neu gelesen: %1.</numerusform>
            <numerusform>%n Dateien wurden auf der Platte geändert und neu gelesen: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are gone from disk: %1.</source>
        <translation>
            <numerusform>%n Datei ist von der Platte verschwunden: %1.</numerusform>
            <numerusform>%n Dateien sind von der Platte verschwunden: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not everything could be saved: %1</source>
        <translation>Nicht alles konnte gespeichert werden: %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ObjectCommands</name>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Rename, duplicate, delete</source>
        <translation>Umbenennen, duplizieren, löschen</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>New name; what refers to it follows</source>
        <translation>Neuer Name; Verweise darauf folgen</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>%1 ist gelöscht.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ObjectEditor</name>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>%1, line %2: Gatehouse keeps this kind as it is written</source>
        <translation>%1, Zeile %2: Gatehouse behält diese Art, wie sie geschrieben ist</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Choose a field to see what it does. Every change is live at once and can be undone.</source>
        <translation>Wählen Sie ein Feld, um zu sehen, was es bewirkt. Jede Änderung wirkt sofort und lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Formular</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>integer</source>
        <translation>Ganzzahl</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>wahr oder falsch</translation>
    </message>
    <message>
        <source>duration such as 500ms or 1m30s</source>
        <translation>Dauer wie 500ms oder 1m30s</translation>
    </message>
    <message>
        <source>quantity such as 512Mi</source>
        <translation>Menge wie 512Mi</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>required</source>
        <translation>erforderlich</translation>
    </message>
    <message>
        <source>%1 by default</source>
        <translation>%1 als Vorgabe</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ObjectTextPane</name>
    <message>
        <source>This text is no object: it needs apiVersion, kind and metadata.name.</source>
        <translation>Dieser Text ist kein Objekt: Er braucht apiVersion, kind und metadata.name.</translation>
    </message>
    <message>
        <source>Edit the text of %1</source>
        <translation>Text von %1 bearbeiten</translation>
    </message>
    <message>
        <source>Line %1: %2 The text is kept here; nothing is applied until it can be read.</source>
        <translation>Zeile %1: %2 Der Text bleibt hier stehen; nichts wird angewendet, bis er lesbar ist.</translation>
    </message>
    <message>
        <source>Go to line</source>
        <translation>Zur Zeile</translation>
    </message>
    <message>
        <source>Discard my text</source>
        <translation>Meinen Text verwerfen</translation>
    </message>
    <message>
        <source>%1 The text is kept here; nothing is applied.</source>
        <translation>%1 Der Text bleibt hier stehen; nichts wird angewendet.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::PodTableCard</name>
    <message>
        <source>Pods</source>
        <comment>title of a table</comment>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <comment>button</comment>
        <translation>CSV speichern…</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n Pod</numerusform>
            <numerusform>%n Pods</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the table of pods</source>
        <translation>Tabelle der Pods speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::PodTableModel</name>
    <message>
        <source>%1 at %2</source>
        <translation>%1 um %2</translation>
    </message>
    <message>
        <source>GPU memory in use, of all GPUs of the pod</source>
        <translation>Belegter GPU-Speicher, über alle GPUs des Pods</translation>
    </message>
    <message>
        <source>Requests waiting in the model server</source>
        <translation>Anfragen, die im Modellserver warten</translation>
    </message>
    <message>
        <source>Requests in the model server's batch</source>
        <translation>Anfragen im Batch des Modellservers</translation>
    </message>
    <message>
        <source>KV cache in use; this is not GPU memory</source>
        <translation>Belegter KV-Cache; das ist nicht der GPU-Speicher</translation>
    </message>
    <message>
        <source>Requests that this gateway has open to the pod</source>
        <translation>Anfragen, die dieses Gateway zum Pod offen hat</translation>
    </message>
    <message>
        <source>Times this pod was picked since the start</source>
        <translation>So oft wurde dieser Pod seit dem Start gewählt</translation>
    </message>
    <message>
        <source>Share of all picks over the last ten seconds</source>
        <translation>Anteil an allen Wahlen der letzten zehn Sekunden</translation>
    </message>
    <message>
        <source>Time since the pod's metrics were read</source>
        <translation>Zeit, seit die Metriken des Pods gelesen wurden</translation>
    </message>
    <message>
        <source>Pod</source>
        <comment>column</comment>
        <translation>Pod</translation>
    </message>
    <message>
        <source>Pool</source>
        <comment>column: inference pool</comment>
        <translation>Pool</translation>
    </message>
    <message>
        <source>GPU mem %</source>
        <comment>column: GPU memory in percent</comment>
        <translation>GPU-Sp. %</translation>
    </message>
    <message>
        <source>Queue</source>
        <comment>column: requests waiting</comment>
        <translation>Warteschl.</translation>
    </message>
    <message>
        <source>Running</source>
        <comment>column: requests running</comment>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>KV %</source>
        <comment>column: KV cache use in percent</comment>
        <translation>KV %</translation>
    </message>
    <message>
        <source>In flight</source>
        <comment>column: open requests</comment>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Picks</source>
        <comment>column: times picked</comment>
        <translation>Wahlen</translation>
    </message>
    <message>
        <source>Share 10 s %</source>
        <comment>column: share of picks over ten seconds in percent</comment>
        <translation>Anteil 10 s %</translation>
    </message>
    <message>
        <source>Age s</source>
        <comment>column: age of the metrics in seconds</comment>
        <translation>Alter s</translation>
    </message>
    <message>
        <source>State</source>
        <comment>column</comment>
        <translation>Zustand</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::PolicyForm</name>
    <message>
        <source>Guards and enrichment</source>
        <translation>Prüfung und Anreicherung</translation>
    </message>
    <message>
        <source>Enrich prompts</source>
        <translation>Prompts anreichern</translation>
    </message>
    <message>
        <source>Guard prompts</source>
        <translation>Prompts prüfen</translation>
    </message>
    <message>
        <source>What happens to a hit</source>
        <translation>Was mit einer Fundstelle geschieht</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maskieren</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Own patterns (RE2; case does not matter)</source>
        <translation>Eigene Muster (RE2; Groß und klein gilt gleich)</translation>
    </message>
    <message>
        <source>Add pattern</source>
        <translation>Muster hinzufügen</translation>
    </message>
    <message>
        <source>Name of pattern %1</source>
        <translation>Name von Muster %1</translation>
    </message>
    <message>
        <source>Pattern %1</source>
        <translation>Muster %1</translation>
    </message>
    <message>
        <source>name</source>
        <comment>placeholder: name of a pattern</comment>
        <translation>Name</translation>
    </message>
    <message>
        <source>Remove pattern %1</source>
        <translation>Muster %1 entfernen</translation>
    </message>
    <message>
        <source>The pattern compiles.</source>
        <translation>Das Muster lässt sich übersetzen.</translation>
    </message>
    <message>
        <source>What a rejected client reads</source>
        <translation>Was ein abgelehnter Client liest</translation>
    </message>
    <message>
        <source>Status of the rejection</source>
        <translation>Status der Ablehnung</translation>
    </message>
    <message>
        <source>Text of the rejection</source>
        <translation>Text der Ablehnung</translation>
    </message>
    <message>
        <source>Before the client's messages</source>
        <translation>Vor den Nachrichten des Clients</translation>
    </message>
    <message>
        <source>After the client's messages</source>
        <translation>Nach den Nachrichten des Clients</translation>
    </message>
    <message>
        <source>Add message</source>
        <translation>Nachricht hinzufügen</translation>
    </message>
    <message>
        <source>Add a message before the client's messages</source>
        <translation>Nachricht vor denen des Clients hinzufügen</translation>
    </message>
    <message>
        <source>Add a message after the client's messages</source>
        <translation>Nachricht nach denen des Clients hinzufügen</translation>
    </message>
    <message>
        <source>Role of message %1</source>
        <translation>Rolle von Nachricht %1</translation>
    </message>
    <message>
        <source>Text of message %1</source>
        <translation>Text von Nachricht %1</translation>
    </message>
    <message>
        <source>Remove message %1</source>
        <translation>Nachricht %1 entfernen</translation>
    </message>
    <message>
        <source>Targets and every other field stand in the whole form.</source>
        <translation>Ziele und alle weiteren Felder stehen im ganzen Formular.</translation>
    </message>
    <message>
        <source>Also set, kept and exported, but not run here: %1</source>
        <translation>Ebenfalls gesetzt, behalten und exportiert, aber hier nicht ausgeführt: %1</translation>
    </message>
    <message>
        <source>All fields</source>
        <translation>Alle Felder</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProblemsModel</name>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Object and field</source>
        <translation>Objekt und Feld</translation>
    </message>
    <message>
        <source>File and line</source>
        <translation>Datei und Zeile</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::PromptPanel</name>
    <message>
        <source>My card is 4111 1111 1111 1111, write to ann@example.com.</source>
        <translation>Meine Karte ist 4111 1111 1111 1111, schreiben Sie an ann@example.com.</translation>
    </message>
    <message>
        <source>Try a prompt</source>
        <translation>Prompt ausprobieren</translation>
    </message>
    <message>
        <source>nothing is sent</source>
        <translation>nichts wird gesendet</translation>
    </message>
    <message>
        <source>Prompt to try</source>
        <translation>Prompt zum Ausprobieren</translation>
    </message>
    <message>
        <source>Type what a client would send.</source>
        <translation>Geben Sie ein, was ein Client senden würde.</translation>
    </message>
    <message>
        <source>No policy for prompts</source>
        <translation>Keine Richtlinie für Prompts</translation>
    </message>
    <message>
        <source>The chosen policy has no guard and adds no message.</source>
        <translation>Die gewählte Richtlinie prüft nichts und fügt keine Nachricht hinzu.</translation>
    </message>
    <message>
        <source>Answers 500</source>
        <translation>Antwortet mit 500</translation>
    </message>
    <message>
        <source>Rejected with %1</source>
        <comment>HTTP status</comment>
        <translation>Abgelehnt mit %1</translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s) masked</source>
        <translation>
            <numerusform>%n Fundstelle maskiert</numerusform>
            <numerusform>%n Fundstellen maskiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>The client reads</source>
        <translation>Der Client liest</translation>
    </message>
    <message>
        <source>Goes upstream</source>
        <translation>Geht weiter</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProvidersModel</name>
    <message>
        <source>%1 / %2</source>
        <comment>endpoints that are up, and all</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>column of providers</comment>
        <translation>Name</translation>
    </message>
    <message>
        <source>Type</source>
        <comment>column of providers</comment>
        <translation>Art</translation>
    </message>
    <message>
        <source>Host</source>
        <comment>column of providers</comment>
        <translation>Host</translation>
    </message>
    <message>
        <source>Model</source>
        <comment>column of providers</comment>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Key</source>
        <comment>column of providers: which secret, never its value</comment>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Up</source>
        <comment>column of providers: endpoints that are up, of all</comment>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Requests</source>
        <comment>column of providers</comment>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Errors</source>
        <comment>column of providers</comment>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Tokens</source>
        <comment>column of providers</comment>
        <translation>Token</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::Rail</name>
    <message>
        <source>Show the names of the views</source>
        <translation>Namen der Ansichten zeigen</translation>
    </message>
    <message>
        <source>Show only the icons of the views</source>
        <translation>Nur die Symbole der Ansichten zeigen</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RecoveredSheet</name>
    <message>
        <source>Throw the edits away?</source>
        <translation>Änderungen wegwerfen?</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>Wegwerfen</translation>
    </message>
    <message>
        <source>Edits from an earlier run were never saved</source>
        <translation>Änderungen aus einem früheren Lauf wurden nie gespeichert</translation>
    </message>
    <message>
        <source>Throw away…</source>
        <translation>Wegwerfen…</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Files with unsaved edits</source>
        <translation>Dateien mit ungespeicherten Änderungen</translation>
    </message>
    <message>
        <source>Difference to the file on disk</source>
        <translation>Unterschied zur Datei auf der Platte</translation>
    </message>
    <message numerus="yes">
        <source>%n unsaved text(s) will be gone.</source>
        <translation>
            <numerusform>%n ungespeicherter Text geht verloren.</numerusform>
            <numerusform>%n ungespeicherte Texte gehen verloren.</numerusform>
        </translation>
    </message>
    <message>
        <source>Gatehouse ended before these edits were written to disk. Taking them over makes each file an edit that you can undo; a text that cannot be read yet goes back to its editor.</source>
        <translation>Gatehouse endete, bevor diese Änderungen auf der Platte waren. Übernehmen macht aus jeder Datei eine Änderung, die sich rückgängig machen lässt; ein Text, der noch nicht lesbar ist, kommt zurück in seinen Editor.</translation>
    </message>
    <message>
        <source>%1 (cannot be read yet)</source>
        <translation>%1 (noch nicht lesbar)</translation>
    </message>
    <message>
        <source>%1 is not in this workspace any more. Its text is kept and offered again at the next start.</source>
        <translation>%1 ist nicht mehr in diesem Arbeitsbereich. Der Text bleibt erhalten und wird beim nächsten Start wieder angeboten.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RequestCsv</name>
    <message>
        <source>Finished</source>
        <comment>column</comment>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Request id</source>
        <comment>column</comment>
        <translation>Anfrage-ID</translation>
    </message>
    <message>
        <source>Method</source>
        <comment>column: HTTP method</comment>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Path</source>
        <comment>column: URL path</comment>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Route</source>
        <comment>column: name of the HTTPRoute</comment>
        <translation>Route</translation>
    </message>
    <message>
        <source>Status</source>
        <comment>column: HTTP status</comment>
        <translation>Status</translation>
    </message>
    <message>
        <source>Model</source>
        <comment>column: LLM model</comment>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Backend</source>
        <comment>column: backend or canary arm</comment>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Pod</source>
        <comment>column</comment>
        <translation>Pod</translation>
    </message>
    <message>
        <source>TTFT ms</source>
        <comment>column: time to first token in milliseconds</comment>
        <translation>TTFT ms</translation>
    </message>
    <message>
        <source>Total ms</source>
        <comment>column: whole time in milliseconds</comment>
        <translation>Gesamt ms</translation>
    </message>
    <message>
        <source>In tok</source>
        <comment>column: input tokens, short</comment>
        <translation>Tok ein</translation>
    </message>
    <message>
        <source>Out tok</source>
        <comment>column: output tokens, short</comment>
        <translation>Tok aus</translation>
    </message>
    <message>
        <source>Reason</source>
        <comment>column: why a request failed</comment>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RequestInspector</name>
    <message>
        <source>Request details</source>
        <translation>Einzelheiten der Anfrage</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <comment>button</comment>
        <translation>Als curl kopieren</translation>
    </message>
    <message>
        <source>Copy id</source>
        <comment>button: copy the request id</comment>
        <translation>ID kopieren</translation>
    </message>
    <message>
        <source>Logarithmic axis</source>
        <translation>Logarithmische Achse</translation>
    </message>
    <message>
        <source>Timeline</source>
        <comment>section</comment>
        <translation>Zeitverlauf</translation>
    </message>
    <message>
        <source>Timeline of the request</source>
        <translation>Zeitverlauf der Anfrage</translation>
    </message>
    <message>
        <source>Why it went there</source>
        <comment>section</comment>
        <translation>Warum sie dorthin ging</translation>
    </message>
    <message>
        <source>Pick of the pod</source>
        <comment>section</comment>
        <translation>Wahl des Pods</translation>
    </message>
    <message>
        <source>Scores of the candidates</source>
        <translation>Punkte der Kandidaten</translation>
    </message>
    <message>
        <source>Prompt guard</source>
        <comment>section</comment>
        <translation>Prompt-Schutz</translation>
    </message>
    <message>
        <source>The guard rejected the request.</source>
        <translation>Der Schutz hat die Anfrage abgewiesen.</translation>
    </message>
    <message>
        <source>The guard masked parts of the prompt.</source>
        <translation>Der Schutz hat Teile des Prompts verdeckt.</translation>
    </message>
    <message>
        <source>message %1, characters %2 to %3, replaced by %4</source>
        <translation>Nachricht %1, Zeichen %2 bis %3, ersetzt durch %4</translation>
    </message>
    <message>
        <source>Summary</source>
        <comment>section</comment>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>Anfrage-ID</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Listener</source>
        <translation>Listener</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Arm</source>
        <comment>drawn backend of a split</comment>
        <translation>Arm</translation>
    </message>
    <message>
        <source>Pod</source>
        <translation>Pod</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Answer</source>
        <comment>how the answer came</comment>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>streamed</source>
        <translation>gestreamt</translation>
    </message>
    <message>
        <source>in one piece</source>
        <translation>am Stück</translation>
    </message>
    <message>
        <source>%1 in, %2 out</source>
        <comment>token counts</comment>
        <translation>%1 ein, %2 aus</translation>
    </message>
    <message>
        <source>%1 (%2 cached)</source>
        <comment>token counts</comment>
        <translation>%1 (%2 im Cache)</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>%1 in, %2 out</source>
        <comment>byte counts</comment>
        <translation>%1 ein, %2 aus</translation>
    </message>
    <message>
        <source>First byte after</source>
        <translation>Erstes Byte nach</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Gesamt</translation>
    </message>
    <message>
        <source>Upstream</source>
        <translation>Upstream</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>generation %1</source>
        <translation>Generation %1</translation>
    </message>
    <message>
        <source>Explain this request</source>
        <comment>button: show why it went where it went</comment>
        <translation>Diese Anfrage erklären</translation>
    </message>
    <message>
        <source>Opens Try a request with this one: every decision, without calling the upstream. Headers and body are not recorded.</source>
        <translation>Öffnet „Anfrage versuchen“ mit dieser: jede Entscheidung, ohne den Upstream aufzurufen. Header und Rumpf werden nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <comment>%1 version of TLS, %2 server name</comment>
        <translation>%1 für %2</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>%1 (not verified)</source>
        <comment>%1 a name</comment>
        <translation>%1 (nicht geprüft)</translation>
    </message>
    <message>
        <source>Upstream protocol</source>
        <translation>Upstream-Protokoll</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RequestTableModel</name>
    <message>
        <source>Total %1, of it upstream %2</source>
        <translation>Gesamt %1, davon Upstream %2</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 um %2</translation>
    </message>
    <message>
        <source>Time to the first byte of the answer, in milliseconds</source>
        <translation>Zeit bis zum ersten Byte der Antwort, in Millisekunden</translation>
    </message>
    <message>
        <source>Whole time of the request, in milliseconds</source>
        <translation>Gesamtzeit der Anfrage, in Millisekunden</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>Eingabe-Token</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Ausgabe-Token</translation>
    </message>
    <message>
        <source>Where the time went: gateway, upstream, unaccounted</source>
        <translation>Wohin die Zeit ging: Gateway, Upstream, nicht zugeordnet</translation>
    </message>
    <message>
        <source>Time</source>
        <comment>column: time of day of a request</comment>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Method</source>
        <comment>column: HTTP method</comment>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Path</source>
        <comment>column: URL path</comment>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Route</source>
        <comment>column: name of the HTTPRoute</comment>
        <translation>Route</translation>
    </message>
    <message>
        <source>Status</source>
        <comment>column: HTTP status</comment>
        <translation>Status</translation>
    </message>
    <message>
        <source>Model</source>
        <comment>column: LLM model</comment>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Backend</source>
        <comment>column: backend or canary arm</comment>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Pod</source>
        <comment>column</comment>
        <translation>Pod</translation>
    </message>
    <message>
        <source>TTFT ms</source>
        <comment>column: time to first token in milliseconds</comment>
        <translation>TTFT ms</translation>
    </message>
    <message>
        <source>Total ms</source>
        <comment>column: whole time in milliseconds</comment>
        <translation>Gesamt ms</translation>
    </message>
    <message>
        <source>In tok</source>
        <comment>column: input tokens, short</comment>
        <translation>Tok. ein</translation>
    </message>
    <message>
        <source>Out tok</source>
        <comment>column: output tokens, short</comment>
        <translation>Tok. aus</translation>
    </message>
    <message>
        <source>Phases</source>
        <comment>column: small bar of the request's phases</comment>
        <translation>Phasen</translation>
    </message>
    <message>
        <source>Started %1, request %2</source>
        <translation>Begonnen %1, Anfrage %2</translation>
    </message>
    <message>
        <source>When the request was finished</source>
        <translation>Wann die Anfrage beendet war</translation>
    </message>
    <message>
        <source>%1 cut off</source>
        <comment>%1 is the HTTP status of an answer that broke off</comment>
        <translation>%1 abgebrochen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RequestsPage</name>
    <message>
        <source>Requests</source>
        <comment>title of the view</comment>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Pause or resume the tail</source>
        <translation>Mitlauf anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Follow the newest request</source>
        <translation>Der neuesten Anfrage folgen</translation>
    </message>
    <message>
        <source>Mark or unmark the selected request</source>
        <translation>Gewählte Anfrage markieren oder Markierung lösen</translation>
    </message>
    <message>
        <source>Filter: route=chat status&gt;=500 ttft&gt;2s pod~llm-* or any text</source>
        <translation>Filter: route=chat status&gt;=500 ttft&gt;2s pod~llm-* oder beliebiger Text</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>%1 field, %2 what it is</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Terms joined by spaces must all hold. = equals, ~ contains or matches * and ?, ! turns round, is:error, is:marked.</source>
        <translation>Durch Leerzeichen verbundene Bedingungen müssen alle gelten. = gleich, ~ enthält oder passt zu * und ?, ! kehrt um, is:error, is:marked.</translation>
    </message>
    <message>
        <source>Follow</source>
        <comment>button: keep the newest request in sight</comment>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Keeps the newest request in sight (%1)</source>
        <translation>Behält die neueste Anfrage im Blick (%1)</translation>
    </message>
    <message>
        <source>Resume</source>
        <comment>button</comment>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <comment>button: stop the display</comment>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stops the display; requests are still collected (%1)</source>
        <translation>Hält die Anzeige an; Anfragen werden weiter gesammelt (%1)</translation>
    </message>
    <message>
        <source>Mark</source>
        <comment>button: put a mark on a request</comment>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>Marks the selected request (M); the filter is:marked shows the marked ones</source>
        <translation>Markiert die gewählte Anfrage (M); der Filter is:marked zeigt die markierten</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <comment>button</comment>
        <translation>CSV speichern…</translation>
    </message>
    <message>
        <source>Paused at %1</source>
        <comment>%1 is a time of day</comment>
        <translation>Angehalten um %1</translation>
    </message>
    <message>
        <source>Request %1 is no longer kept; only the newest %2 are.</source>
        <translation>Anfrage %1 wird nicht mehr gehalten; nur die neuesten %2.</translation>
    </message>
    <message>
        <source>The filter was cleared, because it hid this request.</source>
        <translation>Der Filter wurde geleert, weil er diese Anfrage verbarg.</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n Anfrage</numerusform>
            <numerusform>%n Anfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>filtered count of requests</comment>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%n marked</source>
        <translation>
            <numerusform>%n markiert</numerusform>
            <numerusform>%n markiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n newer</source>
        <comment>button</comment>
        <translation>
            <numerusform>%n neuere zeigen</numerusform>
            <numerusform>%n neuere zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Requests that came while the tail is paused</source>
        <translation>Anfragen, die kamen, während der Mitlauf angehalten ist</translation>
    </message>
    <message>
        <source>Requests that came while the tail is sorted</source>
        <translation>Anfragen, die kamen, während der Mitlauf sortiert ist</translation>
    </message>
    <message numerus="yes">
        <source>%n dropped</source>
        <comment>request records that were lost</comment>
        <translation>
            <numerusform>%n verloren</numerusform>
            <numerusform>%n verloren</numerusform>
        </translation>
    </message>
    <message>
        <source>Requests that were served, but whose records were lost because the console did not read them in time.</source>
        <translation>Beantwortete Anfragen, deren Aufzeichnung verloren ging, weil die Konsole sie nicht rechtzeitig las.</translation>
    </message>
    <message>
        <source>No request matches the filter.</source>
        <translation>Keine Anfrage passt zum Filter.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>No listener is open, so no request can arrive.</source>
        <translation>Kein Listener ist offen, also kann keine Anfrage ankommen.</translation>
    </message>
    <message>
        <source>Open Routes</source>
        <translation>Routen öffnen</translation>
    </message>
    <message>
        <source>No request has reached %1 yet.</source>
        <translation>Noch keine Anfrage hat %1 erreicht.</translation>
    </message>
    <message>
        <source>Copy a curl command</source>
        <translation>curl-Befehl kopieren</translation>
    </message>
    <message>
        <source>Remove the &amp;mark</source>
        <translation>&amp;Markierung lösen</translation>
    </message>
    <message>
        <source>&amp;Mark</source>
        <translation>&amp;Markieren</translation>
    </message>
    <message>
        <source>Only %1</source>
        <comment>menu: filter by this term</comment>
        <translation>Nur %1</translation>
    </message>
    <message>
        <source>Copy as c&amp;url</source>
        <translation>Als c&amp;url kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;id</source>
        <translation>&amp;ID kopieren</translation>
    </message>
    <message>
        <source>Save the requests</source>
        <translation>Anfragen speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Saving…</source>
        <comment>button while a file is written</comment>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>The requests were not saved to %1: %2</source>
        <translation>Die Anfragen wurden nicht in %1 gespeichert: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) saved to %1.</source>
        <translation>
            <numerusform>%n Anfrage in %1 gespeichert.</numerusform>
            <numerusform>%n Anfragen in %1 gespeichert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n older one(s) were dropped from the list meanwhile.</source>
        <translation>
            <numerusform>%n ältere ist inzwischen aus der Liste gefallen.</numerusform>
            <numerusform>%n ältere sind inzwischen aus der Liste gefallen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Explain this request</source>
        <translation>Diese Anfrage erklären</translation>
    </message>
    <message>
        <source>Choose a request first.</source>
        <translation>Zuerst eine Anfrage wählen.</translation>
    </message>
    <message>
        <source>&amp;Explain this request</source>
        <translation>Diese Anfrage &amp;erklären</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RouteCommands</name>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Add gateway</source>
        <translation>Gateway hinzufügen</translation>
    </message>
    <message>
        <source>Add route</source>
        <translation>Route hinzufügen</translation>
    </message>
    <message>
        <source>Add rule to this route</source>
        <translation>Regel zu dieser Route hinzufügen</translation>
    </message>
    <message>
        <source>Add listener to this gateway</source>
        <translation>Listener zu diesem Gateway hinzufügen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Choose the gateway that should get the listener.</source>
        <translation>Wählen Sie das Gateway, das den Listener bekommen soll.</translation>
    </message>
    <message>
        <source>Choose the route that should get the rule.</source>
        <translation>Wählen Sie die Route, die die Regel bekommen soll.</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Listener</source>
        <translation>Listener</translation>
    </message>
    <message>
        <source>Choose a gateway first.</source>
        <translation>Wählen Sie zuerst ein Gateway.</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Rule in this route</source>
        <translation>Regel in dieser Route</translation>
    </message>
    <message>
        <source>Choose a route first.</source>
        <translation>Wählen Sie zuerst eine Route.</translation>
    </message>
    <message>
        <source>Backend of this rule</source>
        <translation>Backend dieser Regel</translation>
    </message>
    <message>
        <source>The workspace has no Service, InferencePool or Backend</source>
        <translation>Der Arbeitsbereich hat keinen Service, keinen InferencePool und kein Backend</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>New name; what refers to it follows</source>
        <translation>Neuer Name; Verweise darauf folgen</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>%1 ist gelöscht.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Add HTTPS listener to this gateway</source>
        <translation>HTTPS-Listener zu diesem Gateway hinzufügen</translation>
    </message>
    <message>
        <source>Add TLS passthrough listener to this gateway</source>
        <translation>Listener für durchgereichtes TLS zu diesem Gateway hinzufügen</translation>
    </message>
    <message>
        <source>Add listener set to this gateway</source>
        <translation>Listener-Satz zu diesem Gateway hinzufügen</translation>
    </message>
    <message>
        <source>Add gRPC route</source>
        <translation>gRPC-Route hinzufügen</translation>
    </message>
    <message>
        <source>Add TLS route</source>
        <translation>TLS-Route hinzufügen</translation>
    </message>
    <message>
        <source>Encrypt connections to this Service</source>
        <translation>Verbindungen zu diesem Service verschlüsseln</translation>
    </message>
    <message>
        <source>Go to this backend</source>
        <translation>Zu diesem Backend</translation>
    </message>
    <message>
        <source>Show its endpoints</source>
        <translation>Seine Endpunkte zeigen</translation>
    </message>
    <message>
        <source>Choose a Service, or a rule's reference to one.</source>
        <translation>Einen Service wählen, oder den Verweis einer Regel auf einen.</translation>
    </message>
    <message>
        <source>Listener set</source>
        <translation>Listener-Satz</translation>
    </message>
    <message>
        <source>HTTPS listener</source>
        <translation>HTTPS-Listener</translation>
    </message>
    <message>
        <source>TLS passthrough listener</source>
        <translation>Listener für durchgereichtes TLS</translation>
    </message>
    <message>
        <source>gRPC route</source>
        <translation>gRPC-Route</translation>
    </message>
    <message>
        <source>TLS route</source>
        <translation>TLS-Route</translation>
    </message>
    <message>
        <source>TLS to this Service</source>
        <translation>TLS zu diesem Service</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RouteDetails</name>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Show why</source>
        <translation>Grund zeigen</translation>
    </message>
    <message>
        <source>Shown below the editor</source>
        <translation>Unter dem Editor gezeigt</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Try a request</source>
        <translation>Anfrage versuchen</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>kind of an object in its namespace</comment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <comment>number of findings</comment>
        <translation>Probleme (%1)</translation>
    </message>
    <message>
        <source>Status (%1)</source>
        <comment>number of conditions that are not as wished</comment>
        <translation>Status (%1)</translation>
    </message>
    <message>
        <source>No controller writes conditions for a %1.</source>
        <comment>%1 kind</comment>
        <translation>Kein Controller schreibt Bedingungen für ein Objekt der Art %1.</translation>
    </message>
    <message>
        <source>Choose an object to see its status.</source>
        <translation>Ein Objekt wählen, um seinen Status zu sehen.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RoutesModel</name>
    <message>
        <source>Answers 500: %1</source>
        <translation>Antwortet mit 500: %1</translation>
    </message>
    <message>
        <source>Answers 500</source>
        <translation>Antwortet mit 500</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>column of the routes tree</comment>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <comment>column of the routes tree</comment>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Requests</source>
        <comment>column of the routes tree: number of requests</comment>
        <translation>Anfragen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::RoutesView</name>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Gateways, listeners, routes and rules</source>
        <translation>Gateways, Listener, Routen und Regeln</translation>
    </message>
    <message>
        <source>Try a request</source>
        <translation>Anfrage versuchen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a gateway, route, rule or backend</source>
        <translation>Gateway, Route, Regel oder Backend hinzufügen</translation>
    </message>
    <message>
        <source>Rename, duplicate, delete</source>
        <translation>Umbenennen, duplizieren, löschen</translation>
    </message>
    <message>
        <source>Filter routes</source>
        <translation>Routen filtern</translation>
    </message>
    <message>
        <source>No gateway yet: nothing listens, so no request can come in.</source>
        <translation>Noch kein Gateway: nichts lauscht, also kann keine Anfrage ankommen.</translation>
    </message>
    <message>
        <source>Add a gateway</source>
        <translation>Gateway hinzufügen</translation>
    </message>
    <message>
        <source>Gateway stopped</source>
        <translation>Gateway angehalten</translation>
    </message>
    <message>
        <source>Edits are checked here; no gateway runs them.</source>
        <translation>Änderungen werden hier geprüft; kein Gateway führt sie aus.</translation>
    </message>
    <message>
        <source>Applying…</source>
        <translation>Wird angewendet…</translation>
    </message>
    <message>
        <source>Live in %1 ms</source>
        <comment>time from the edit to the running gateway</comment>
        <translation>Live nach %1 ms</translation>
    </message>
    <message>
        <source>Generation %1 runs on every worker.</source>
        <translation>Generation %1 läuft auf jedem Worker.</translation>
    </message>
    <message>
        <source>%1 is not in this workspace.</source>
        <translation>%1 ist nicht in diesem Arbeitsbereich.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::SchemaForm</name>
    <message>
        <source>Form</source>
        <translation>Formular</translation>
    </message>
    <message>
        <source>Kept as written</source>
        <translation>Behalten, wie geschrieben</translation>
    </message>
    <message>
        <source>edit as text</source>
        <translation>als Text bearbeiten</translation>
    </message>
    <message>
        <source>%1 (edit as text)</source>
        <translation>%1 (als Text bearbeiten)</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Key of %1</source>
        <translation>Schlüssel von %1</translation>
    </message>
    <message>
        <source>Value of %1</source>
        <translation>Wert von %1</translation>
    </message>
    <message>
        <source>Add field</source>
        <translation>Feld hinzufügen</translation>
    </message>
    <message>
        <source>Add field to %1</source>
        <translation>Feld zu %1 hinzufügen</translation>
    </message>
    <message>
        <source>Add to %1</source>
        <comment>%1 label of a list</comment>
        <translation>Zu %1 hinzufügen</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <comment>names of fields</comment>
        <translation>%1 statt %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ScoreBars</name>
    <message>
        <source>Scores of the candidates</source>
        <translation>Punkte der Kandidaten</translation>
    </message>
    <message>
        <source>queue</source>
        <comment>part of a pod's score: few waiting requests</comment>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>KV cache</source>
        <comment>part of a pod's score: free KV cache</comment>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>load</source>
        <comment>part of a pod's score: few open requests</comment>
        <translation>Last</translation>
    </message>
    <message>
        <source>%1: queue %2, running %3, KV cache %4, in flight %5.</source>
        <translation>%1: Warteschlange %2, laufend %3, KV-Cache %4, unterwegs %5.</translation>
    </message>
    <message>
        <source>No metrics.</source>
        <translation>Keine Metriken.</translation>
    </message>
    <message>
        <source>Metrics were %1 old.</source>
        <translation>Die Metriken waren %1 alt.</translation>
    </message>
    <message>
        <source>Left out: %1.</source>
        <translation>Ausgelassen: %1.</translation>
    </message>
    <message>
        <source>Score %1 = queue %2 + KV cache %3 + load %4.</source>
        <translation>Punkte %1 = Warteschlange %2 + KV-Cache %3 + Last %4.</translation>
    </message>
    <message>
        <source>No pick yet.</source>
        <translation>Noch keine Wahl.</translation>
    </message>
    <message>
        <source>score</source>
        <comment>column: total score of a candidate</comment>
        <translation>Punkte</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>candidates of a pick</comment>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Pod</source>
        <comment>column</comment>
        <translation>Pod</translation>
    </message>
    <message>
        <source>Picked</source>
        <comment>column: the pod that was chosen</comment>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Score</source>
        <comment>column</comment>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Queue part</source>
        <comment>column: part of the score</comment>
        <translation>Warteschl.-Anteil</translation>
    </message>
    <message>
        <source>KV part</source>
        <comment>column: part of the score</comment>
        <translation>KV-Anteil</translation>
    </message>
    <message>
        <source>Load part</source>
        <comment>column: part of the score</comment>
        <translation>Last-Anteil</translation>
    </message>
    <message>
        <source>Queue</source>
        <comment>column: requests waiting</comment>
        <translation>Warteschl.</translation>
    </message>
    <message>
        <source>Running</source>
        <comment>column: requests running</comment>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>KV %</source>
        <comment>column: KV cache use in percent</comment>
        <translation>KV %</translation>
    </message>
    <message>
        <source>GPU mem %</source>
        <comment>column: GPU memory in percent</comment>
        <translation>GPU-Sp. %</translation>
    </message>
    <message>
        <source>In flight</source>
        <comment>column: open requests</comment>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Age ms</source>
        <comment>column: age of the metrics in milliseconds</comment>
        <translation>Alter ms</translation>
    </message>
    <message>
        <source>Left out because</source>
        <comment>column</comment>
        <translation>Ausgelassen, weil</translation>
    </message>
    <message>
        <source>yes</source>
        <comment>this pod was picked</comment>
        <translation>ja</translation>
    </message>
    <message>
        <source>queue</source>
        <comment>column: requests waiting, short</comment>
        <translation>Schlange</translation>
    </message>
    <message>
        <source>KV %</source>
        <comment>column: KV cache use, short</comment>
        <translation>KV %</translation>
    </message>
    <message>
        <source>in flight</source>
        <comment>column: open requests, short</comment>
        <translation>laufend</translation>
    </message>
    <message>
        <source>age</source>
        <comment>column: age of the metrics, short</comment>
        <translation>Alter</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::Session</name>
    <message>
        <source>The demo could not start: %1</source>
        <translation>Die Demo konnte nicht starten: %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::Sheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::SplitBar</name>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::StackedShareBars</name>
    <message>
        <source>No pods yet.</source>
        <translation>Noch keine Pods.</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s), no picks yet.</source>
        <translation>
            <numerusform>%n Pod, noch keine Wahl.</numerusform>
            <numerusform>%n Pods, noch keine Wahl.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s).</source>
        <translation>
            <numerusform>%n Pod.</numerusform>
            <numerusform>%n Pods.</numerusform>
        </translation>
    </message>
    <message>
        <source>Most picks: %1 with %2.</source>
        <comment>%1 pod, %2 share</comment>
        <translation>Meiste Wahlen: %1 mit %2.</translation>
    </message>
    <message>
        <source>Until</source>
        <comment>column: end of a time step</comment>
        <translation>Bis</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::StartPage</name>
    <message>
        <source>Welcome to Gatehouse</source>
        <translation>Willkommen bei Gatehouse</translation>
    </message>
    <message>
        <source>Edit Gateway API routes, LLM providers and canaries, and watch the gateway inside this window run them at once.</source>
        <translation>Gateway-API-Routen, LLM-Anbieter und Canarys bearbeiten und zusehen, wie das Gateway in diesem Fenster sie sofort ausführt.</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Demo ausprobieren</translation>
    </message>
    <message>
        <source>Eight simulated model servers in two pools, a workspace that routes to them, and gentle traffic. Nothing to install, nothing to break.</source>
        <translation>Acht simulierte Modellserver in zwei Pools, ein Arbeitsbereich, der zu ihnen leitet, und sanfter Verkehr. Nichts zu installieren, nichts kaputtzumachen.</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>Demo starten</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>A folder of Kubernetes YAML. Comments, order and unknown fields survive every edit.</source>
        <translation>Ein Ordner mit Kubernetes-YAML. Kommentare, Reihenfolge und unbekannte Felder überstehen jede Änderung.</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Connect to a cluster (read-only)</source>
        <translation>Mit einem Cluster verbinden (nur lesend)</translation>
    </message>
    <message>
        <source>Browse the live objects of a Kubernetes context, and copy them into a workspace.</source>
        <translation>Die Objekte eines Kubernetes-Kontexts ansehen und in einen Arbeitsbereich übernehmen.</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>Verbinden…</translation>
    </message>
    <message>
        <source>Comes with a later version.</source>
        <translation>Kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>Opened before</source>
        <translation>Früher geöffnet</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::StatusRow</name>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Dashboard</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>no problems</source>
        <translation>keine Probleme</translation>
    </message>
    <message>
        <source>no errors</source>
        <translation>keine Fehler</translation>
    </message>
    <message>
        <source>Show problems</source>
        <translation>Probleme zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n Fehler</numerusform>
            <numerusform>%n Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n Warnung</numerusform>
            <numerusform>%n Warnungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) unsaved</source>
        <translation>
            <numerusform>%n Datei ungespeichert</numerusform>
            <numerusform>%n Dateien ungespeichert</numerusform>
        </translation>
    </message>
    <message>
        <source>The demo's folder is thrown away when Gatehouse closes. Click to save into it.</source>
        <translation>Der Ordner der Demo wird beim Schließen von Gatehouse gelöscht. Ein Klick speichert hinein.</translation>
    </message>
    <message>
        <source>The gateway runs these edits already. Click to write them to disk.</source>
        <translation>Das Gateway führt diese Änderungen schon aus. Ein Klick schreibt sie auf die Platte.</translation>
    </message>
    <message>
        <source>no live data</source>
        <translation>keine Live-Daten</translation>
    </message>
    <message>
        <source>The gateway is not running.</source>
        <translation>Das Gateway läuft nicht.</translation>
    </message>
    <message>
        <source>data %1 s old</source>
        <translation>Daten %1 s alt</translation>
    </message>
    <message>
        <source>Age of the numbers on the screen</source>
        <translation>Alter der Zahlen auf dem Bildschirm</translation>
    </message>
    <message>
        <source>Go to the text</source>
        <translation>Zum Text gehen</translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) not applied</source>
        <translation>
            <numerusform>%n Text nicht übernommen</numerusform>
            <numerusform>%n Texte nicht übernommen</numerusform>
        </translation>
    </message>
    <message>
        <source>What was typed cannot be read yet, so the gateway does not run it. It is kept, also when Gatehouse ends. Click to go there.</source>
        <translation>Das Getippte ist noch nicht lesbar, darum läuft es nicht im Gateway. Es bleibt erhalten, auch wenn Gatehouse endet. Klicken führt dorthin.</translation>
    </message>
    <message>
        <source>Theme, language, text size and limits</source>
        <translation>Farbschema, Sprache, Textgröße und Grenzen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::StepList</name>
    <message>
        <source>Listener</source>
        <translation>Listener</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Guard</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>Enrich</source>
        <translation>Anreichern</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Wahl</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>Zeitlimit</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Chosen</source>
        <comment>outcome of a step</comment>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Passed over</source>
        <comment>outcome of a step</comment>
        <translation>Übergangen</translation>
    </message>
    <message>
        <source>Applied</source>
        <comment>outcome of a step</comment>
        <translation>Angewendet</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>outcome of a step</comment>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Note</source>
        <comment>outcome of a step</comment>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Why it went there</source>
        <translation>Warum sie dorthin ging</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TimelineBar</name>
    <message>
        <source>Timeline of the request</source>
        <translation>Zeitverlauf der Anfrage</translation>
    </message>
    <message>
        <source>unaccounted</source>
        <comment>time of a request that no phase covers</comment>
        <translation>nicht zugeordnet</translation>
    </message>
    <message>
        <source>%1 in all, of it upstream %2, unaccounted %3.</source>
        <translation>%1 insgesamt, davon Upstream %2, nicht zugeordnet %3.</translation>
    </message>
    <message>
        <source>%1: %2 of the gateway's own time, from %3.</source>
        <translation>%1: %2 eigene Zeit des Gateways, ab %3.</translation>
    </message>
    <message>
        <source>%1: %2 of the upstream's time, from %3.</source>
        <translation>%1: %2 Zeit des Upstreams, ab %3.</translation>
    </message>
    <message>
        <source>%1 are in no phase.</source>
        <translation>%1 liegen in keiner Phase.</translation>
    </message>
    <message>
        <source>gateway</source>
        <comment>legend: the gateway's own time</comment>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>upstream</source>
        <comment>legend: time of the upstream</comment>
        <translation>Upstream</translation>
    </message>
    <message>
        <source>first byte %1</source>
        <comment>legend: time to first byte</comment>
        <translation>erstes Byte %1</translation>
    </message>
    <message>
        <source>Phase</source>
        <comment>column</comment>
        <translation>Phase</translation>
    </message>
    <message>
        <source>Whose</source>
        <comment>column: gateway's or upstream's time</comment>
        <translation>Wessen</translation>
    </message>
    <message>
        <source>Start ms</source>
        <comment>column</comment>
        <translation>Beginn ms</translation>
    </message>
    <message>
        <source>Duration ms</source>
        <comment>column</comment>
        <translation>Dauer ms</translation>
    </message>
    <message>
        <source>gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>upstream</source>
        <translation>Upstream</translation>
    </message>
    <message>
        <source>nobody's</source>
        <comment>unaccounted time</comment>
        <translation>niemandes</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TopBar</name>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Edit history</source>
        <translation>Änderungsverlauf</translation>
    </message>
    <message>
        <source>Show requests</source>
        <translation>Anfragen zeigen</translation>
    </message>
    <message>
        <source>Search actions and objects</source>
        <translation>Aktionen und Objekte suchen</translation>
    </message>
    <message>
        <source>Search actions, views and objects</source>
        <translation>Aktionen, Ansichten und Objekte suchen</translation>
    </message>
    <message>
        <source>No workspace</source>
        <translation>Kein Arbeitsbereich</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesend</translation>
    </message>
    <message>
        <source>Workspace %1</source>
        <translation>Arbeitsbereich %1</translation>
    </message>
    <message>
        <source>Open a folder or the demo</source>
        <translation>Ordner oder Demo öffnen</translation>
    </message>
    <message>
        <source>gateway stopped</source>
        <translation>Gateway angehalten</translation>
    </message>
    <message>
        <source>port %1: %2</source>
        <translation>Port %1: %2</translation>
    </message>
    <message>
        <source>port %1 listens at %2</source>
        <translation>Port %1 lauscht an %2</translation>
    </message>
    <message>
        <source>admin at %1</source>
        <translation>Admin unter %1</translation>
    </message>
    <message>
        <source>gateway: a port is taken</source>
        <translation>Gateway: ein Port ist belegt</translation>
    </message>
    <message>
        <source>gateway running, no listener</source>
        <translation>Gateway läuft, kein Listener</translation>
    </message>
    <message>
        <source>gateway running %1</source>
        <translation>Gateway läuft %1</translation>
    </message>
    <message>
        <source>The last change was live after %1 ms.</source>
        <translation>Die letzte Änderung war nach %1 ms live.</translation>
    </message>
    <message>
        <source>applying…</source>
        <translation>wird angewendet…</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) live</source>
        <translation>
            <numerusform>%n Änderung live</numerusform>
            <numerusform>%n Änderungen live</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 req/s</source>
        <translation>%1 Anfr./s</translation>
    </message>
    <message>
        <source>Requests that the gateway finished per second, over the last three seconds</source>
        <translation>Anfragen, die das Gateway je Sekunde beendete, über die letzten drei Sekunden</translation>
    </message>
    <message numerus="yes">
        <source>%n drop(s)</source>
        <translation>
            <numerusform>%n verloren</numerusform>
            <numerusform>%n verloren</numerusform>
        </translation>
    </message>
    <message>
        <source>Finished requests that were served, but came too fast to be listed here</source>
        <translation>Beantwortete Anfragen, die zu schnell kamen, um hier aufgeführt zu werden</translation>
    </message>
    <message numerus="yes">
        <source>all %n namespaces</source>
        <translation>
            <numerusform>%n Namespace</numerusform>
            <numerusform>alle %n Namespaces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TryRequestPanel</name>
    <message>
        <source>Steps of the decision</source>
        <translation>Schritte der Entscheidung</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>Shows the way this request would take. Nothing is sent.</source>
        <translation>Zeigt den Weg, den diese Anfrage nähme. Nichts wird gesendet.</translation>
    </message>
    <message>
        <source>Headers, one per line</source>
        <translation>Kopfzeilen, eine je Zeile</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Stage</source>
        <comment>column of the explanation</comment>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Explain shows every decision about this request without sending it.</source>
        <translation>Erklären zeigt jede Entscheidung über diese Anfrage, ohne sie zu senden.</translation>
    </message>
    <message>
        <source>What was decided, and why</source>
        <comment>column of the explanation</comment>
        <translation>Was entschieden wurde, und warum</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what was decided about, and why</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Server name of the TLS session (SNI)</source>
        <translation>Servername der TLS-Sitzung (SNI)</translation>
    </message>
    <message>
        <source>the URL's host</source>
        <comment>in an empty field: what holds then</comment>
        <translation>der Host der URL</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::WorkspaceDocument</name>
    <message>
        <source>No workspace is open.</source>
        <translation>Kein Arbeitsbereich ist offen.</translation>
    </message>
    <message>
        <source>This workspace is open for reading only.</source>
        <translation>Dieser Arbeitsbereich ist nur zum Lesen geöffnet.</translation>
    </message>
    <message>
        <source>Discard edits</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Recover edits of %1</source>
        <translation>Änderungen von %1 wiederherstellen</translation>
    </message>
    <message>
        <source>The object is not in this workspace.</source>
        <translation>Das Objekt ist nicht in diesem Arbeitsbereich.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::YamlEditor</name>
    <message>
        <source>YAML text</source>
        <translation>YAML-Text</translation>
    </message>
    <message>
        <source>Control and Enter takes the text over, Control and Space completes, F6 leaves.</source>
        <translation>Strg und Eingabe übernimmt den Text, Strg und Leertaste ergänzt, F6 verlässt das Feld.</translation>
    </message>
</context>
</TS>
