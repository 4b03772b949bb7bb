<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CanaryVerdict</name>
    <message>
        <source>Error rate</source>
        <comment>metric</comment>
        <translation>Fehlerrate</translation>
    </message>
    <message>
        <source>Guard blocks</source>
        <comment>metric: requests that a guard refused</comment>
        <translation>Vom Wächter geblockt</translation>
    </message>
    <message>
        <source>TTFT</source>
        <comment>metric: time to first token</comment>
        <translation>TTFT</translation>
    </message>
    <message>
        <source>TPOT</source>
        <comment>metric: time per output token</comment>
        <translation>TPOT</translation>
    </message>
    <message>
        <source>End-to-end</source>
        <comment>metric: whole time of a request</comment>
        <translation>Gesamtzeit</translation>
    </message>
    <message>
        <source>Cost per request</source>
        <comment>metric</comment>
        <translation>Kosten je Anfrage</translation>
    </message>
    <message>
        <source>Tokens per request</source>
        <comment>metric</comment>
        <translation>Token je Anfrage</translation>
    </message>
    <message>
        <source>Answer length</source>
        <comment>metric: output tokens</comment>
        <translation>Antwortlänge</translation>
    </message>
    <message>
        <source>No harm at margin</source>
        <comment>verdict</comment>
        <translation>Kein Schaden an der Marge</translation>
    </message>
    <message>
        <source>Worse</source>
        <comment>verdict</comment>
        <translation>Schlechter</translation>
    </message>
    <message>
        <source>Keep collecting</source>
        <comment>verdict</comment>
        <translation>Weiter sammeln</translation>
    </message>
    <message>
        <source>Inconclusive</source>
        <comment>verdict</comment>
        <translation>Nicht entscheidbar</translation>
    </message>
    <message>
        <source>%1 of the excess sits at pod %2, which has %3 of the canary&apos;s requests.</source>
        <translation>%1 des Überschusses sitzt bei Pod %2, der %3 der Anfragen des Canary hat.</translation>
    </message>
    <message>
        <source>%1 of the excess sits at prompts of %2 tokens, which are %3 of the canary&apos;s requests.</source>
        <comment>%2 such as &quot;256 to 1k&quot;</comment>
        <translation>%1 des Überschusses sitzt bei Prompts mit %2 Token, das sind %3 der Anfragen des Canary.</translation>
    </message>
    <message>
        <source>%1 of the excess sits at answers of %2 tokens, which are %3 of the canary&apos;s requests.</source>
        <comment>%2 such as &quot;256 to 1k&quot;</comment>
        <translation>%1 des Überschusses sitzt bei Antworten mit %2 Token, das sind %3 der Anfragen des Canary.</translation>
    </message>
    <message>
        <source>%1%2 pp</source>
        <comment>%1 sign, %2 number; percentage points</comment>
        <translation>%1%2 PP</translation>
    </message>
</context>
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
    <message>
        <source>Addresses: %1</source>
        <translation>Adressen: %1</translation>
    </message>
    <message>
        <source>Written by controller %1.</source>
        <comment>%1 a name such as kgateway.dev/kgateway</comment>
        <translation>Geschrieben vom Controller %1.</translation>
    </message>
</context>
<context>
    <name>CoreSentence</name>
    <message>
        <source>Parents of kind {} are not run by this version; name a Gateway or a ListenerSet.</source>
        <translation>Eltern der Art {} führt diese Version nicht aus; nennen Sie ein Gateway oder ein ListenerSet.</translation>
    </message>
    <message>
        <source>{} does not exist in this workspace; create it or correct the reference.</source>
        <translation>{} gibt es in diesem Arbeitsbereich nicht; legen Sie es an oder berichtigen Sie den Verweis.</translation>
    </message>
    <message>
        <source>{} belongs to no Gateway that can be read; correct its parentRef.</source>
        <translation>{} gehört zu keinem lesbaren Gateway; berichtigen Sie seine parentRef.</translation>
    </message>
    <message>
        <source>{} does not admit {}; widen its allowedListeners.</source>
        <translation>{} lässt {} nicht zu; erweitern Sie dort allowedListeners.</translation>
    </message>
    <message>
        <source>named {}</source>
        <translation>namens {}</translation>
    </message>
    <message>
        <source>on port {}</source>
        <translation>auf Port {}</translation>
    </message>
    <message>
        <source>{} has no listener{}; correct sectionName or port.</source>
        <translation>{1} hat keinen Listener{2}; berichtigen Sie sectionName oder port.</translation>
    </message>
    <message>
        <source>Listener {} ({}) does not take {}s; allow the kind in its allowedRoutes.kinds.</source>
        <translation>Listener {1} ({2}) nimmt keine Routen der Art {3}; erlauben Sie die Art in seinen allowedRoutes.kinds.</translation>
    </message>
    <message>
        <source>Listener {} speaks {}, which does not carry {}s; name a listener of another protocol.</source>
        <translation>Listener {1} spricht {2}, und das trägt keine Routen der Art {3}; nennen Sie einen Listener mit anderem Protokoll.</translation>
    </message>
    <message>
        <source>Listener {} does not take routes from namespace {}; widen its allowedRoutes.namespaces.</source>
        <translation>Listener {} nimmt keine Routen aus dem Namespace {}; erweitern Sie seine allowedRoutes.namespaces.</translation>
    </message>
    <message>
        <source>Listener {} is not in use: {}</source>
        <translation>Listener {} ist nicht in Betrieb: {}</translation>
    </message>
    <message>
        <source>No hostname of the route fits {} of listener {}; change one of them.</source>
        <translation>Kein Hostname der Route passt zu {} von Listener {}; ändern Sie einen davon.</translation>
    </message>
    <message>
        <source>Attached to listener {}.</source>
        <translation>An Listener {} angehängt.</translation>
    </message>
    <message>
        <source>{} has a hostname in common on listener {} and comes first; give them different hostnames.</source>
        <translation>{} hat auf Listener {} einen Hostnamen gemeinsam und kommt zuerst; geben Sie beiden verschiedene Hostnamen.</translation>
    </message>
    <message>
        <source>A {} cannot be the target of a BackendTLSPolicy; name a Service.</source>
        <translation>Ein Objekt der Art {} kann nicht Ziel einer BackendTLSPolicy sein; nennen Sie einen Service.</translation>
    </message>
    <message>
        <source>{} does not exist; create it or correct targetRefs.</source>
        <translation>{} gibt es nicht; legen Sie es an oder berichtigen Sie targetRefs.</translation>
    </message>
    <message>
        <source>{} has no port named {}; correct sectionName.</source>
        <translation>{} hat keinen Port namens {}; berichtigen Sie sectionName.</translation>
    </message>
    <message>
        <source>wellKnownCACertificates cannot be {}; set it to System, or name caCertificateRefs.</source>
        <translation>wellKnownCACertificates kann nicht {} sein; setzen Sie es auf System, oder nennen Sie caCertificateRefs.</translation>
    </message>
    <message>
        <source>The policy needs either caCertificateRefs or wellKnownCACertificates; set exactly one of them.</source>
        <translation>Die Richtlinie braucht entweder caCertificateRefs oder wellKnownCACertificates; setzen Sie genau eines davon.</translation>
    </message>
    <message>
        <source>None of caCertificateRefs can be used, so connections to the target fail; correct them.</source>
        <translation>Keine der caCertificateRefs ist brauchbar, also scheitern Verbindungen zum Ziel; berichtigen Sie sie.</translation>
    </message>
    <message>
        <source>port {}</source>
        <translation>Port {}</translation>
    </message>
    <message>
        <source>{}{} is named twice; remove one of the references.</source>
        <translation>{}{} ist zweimal genannt; entfernen Sie einen der Verweise.</translation>
    </message>
    <message>
        <source>{} governs {}{} already, for it is older or comes first by name; change one of them.</source>
        <translation>{1} gilt schon für {2}{3}, denn es ist älter oder steht dem Namen nach davor; ändern Sie eines von beiden.</translation>
    </message>
    <message>
        <source>targets {}</source>
        <translation>Ziel ist {}</translation>
    </message>
    <message>
        <source>targets port {} of {}</source>
        <translation>Ziel ist Port {} von {}</translation>
    </message>
    <message>
        <source>but is passed over: {}</source>
        <translation>wird aber übergangen: {}</translation>
    </message>
    <message>
        <source>but {} wins: it names the port</source>
        <translation>aber {} gewinnt: es nennt den Port</translation>
    </message>
    <message>
        <source>The policy is valid.</source>
        <translation>Die Richtlinie ist gültig.</translation>
    </message>
    <message>
        <source>All references resolve.</source>
        <translation>Alle Verweise lassen sich auflösen.</translation>
    </message>
    <message>
        <source>{} has no key {}; add it.</source>
        <translation>{} hat keinen Schlüssel {}; fügen Sie ihn hinzu.</translation>
    </message>
    <message>
        <source>Key {} of {} cannot be read: {}</source>
        <translation>Schlüssel {} von {} ist nicht lesbar: {}</translation>
    </message>
    <message>
        <source>{} does not exist; create it or correct the reference.</source>
        <translation>{} gibt es nicht; legen Sie es an oder berichtigen Sie den Verweis.</translation>
    </message>
    <message>
        <source>A {} cannot hold authorities; name a ConfigMap or a Secret of the core group.</source>
        <translation>Ein Objekt der Art {} kann keine Zertifizierungsstellen enthalten; nennen Sie eine ConfigMap oder ein Secret der Gruppe core.</translation>
    </message>
    <message>
        <source>a mapping</source>
        <translation>eine Zuordnung</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>an alias</source>
        <translation>ein Alias</translation>
    </message>
    <message>
        <source>a boolean</source>
        <translation>ein Wahrheitswert</translation>
    </message>
    <message>
        <source>the boolean {}</source>
        <translation>der Wahrheitswert {}</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>the number {}</source>
        <translation>die Zahl {}</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>{} must be {}, but is {}.</source>
        <translation>{1} muss {2w} sein, ist aber {3w}.</translation>
    </message>
    <message>
        <source>Put it in quotes</source>
        <translation>In Anführungszeichen setzen</translation>
    </message>
    <message>
        <source>Put {} in quotes</source>
        <translation>{} in Anführungszeichen setzen</translation>
    </message>
    <message>
        <source>The object</source>
        <translation>Das Objekt</translation>
    </message>
    <message>
        <source>{} is missing{}.</source>
        <translation>{1} fehlt{2}.</translation>
    </message>
    <message>
        <source>in {}</source>
        <translation>in {}</translation>
    </message>
    <message>
        <source>There is no field {} here</source>
        <translation>Das Feld {} gibt es hier nicht</translation>
    </message>
    <message>
        <source>it is kept but has no effect.</source>
        <translation>es bleibt stehen, hat aber keine Wirkung.</translation>
    </message>
    <message>
        <source>did you mean {}?</source>
        <translation>meinten Sie {}?</translation>
    </message>
    <message>
        <source>Rename to {}</source>
        <translation>In {} umbenennen</translation>
    </message>
    <message>
        <source>type is {}, so {} must be set.</source>
        <translation>type ist {}, also muss {} gesetzt sein.</translation>
    </message>
    <message>
        <source>type is {}, so {} cannot be set.</source>
        <translation>type ist {}, also darf {} nicht gesetzt sein.</translation>
    </message>
    <message>
        <source>Remove {}</source>
        <translation>{} entfernen</translation>
    </message>
    <message>
        <source>Exactly one of {} must be set, but {}.</source>
        <translation>Von {1} muss genau eines gesetzt sein; gesetzt ist {2}.</translation>
    </message>
    <message>
        <source>none is</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>{} are</source>
        <translation>mehr als eines ({})</translation>
    </message>
    <message>
        <source>item</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>{} is empty.</source>
        <translation>{} ist leer.</translation>
    </message>
    <message>
        <source>{} needs at least {} {}{}.</source>
        <translation>Zu wenige Einträge in {1}: mindestens {2} müssen es sein.</translation>
    </message>
    <message>
        <source>{} takes at most {} {}s, but has {}.</source>
        <translation>Zu viele Einträge in {1}: höchstens {2} dürfen es sein, vorhanden sind {4}.</translation>
    </message>
    <message>
        <source>a mapping of texts</source>
        <translation>eine Zuordnung von Texten</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a whole number or text</source>
        <translation>eine ganze Zahl oder Text</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is not a quantity such as 500m or 2Gi.</source>
        <translation>„{}“ ist keine Größe wie 500m oder 2Gi.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is not a duration such as 500ms, 10s or 1h30m.</source>
        <translation>„{}“ ist keine Dauer wie 500ms, 10s oder 1h30m.</translation>
    </message>
    <message>
        <source>Remove the quotes</source>
        <translation>Anführungszeichen entfernen</translation>
    </message>
    <message>
        <source>{} cannot be {}; it takes {}.</source>
        <translation>{} kann nicht {} sein; möglich: {}.</translation>
    </message>
    <message>
        <source>between {} and {}</source>
        <translation>zwischen {} und {}</translation>
    </message>
    <message>
        <source>at least {}</source>
        <translation>mindestens {}</translation>
    </message>
    <message>
        <source>at most {}</source>
        <translation>höchstens {}</translation>
    </message>
    <message>
        <source>{} cannot be &apos;{}&apos;; it takes {}.</source>
        <translation>{} kann nicht „{}“ sein; möglich: {}.</translation>
    </message>
    <message>
        <source>Change to {}</source>
        <translation>In {} ändern</translation>
    </message>
    <message>
        <source>{} must not be empty.</source>
        <translation>{} darf nicht leer sein.</translation>
    </message>
    <message>
        <source>{} needs at least {} characters.</source>
        <translation>Zu kurz für {1}: mindestens {2} Zeichen müssen es sein.</translation>
    </message>
    <message>
        <source>{} takes at most {} characters, but has {}.</source>
        <translation>Zu lang für {1}: höchstens {2} Zeichen dürfen es sein, vorhanden sind {3}.</translation>
    </message>
    <message>
        <source>port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>{} needs a status between 200 and 599.</source>
        <translation>{} braucht einen Status zwischen 200 und 599.</translation>
    </message>
    <message>
        <source>listener</source>
        <translation>Listener</translation>
    </message>
    <message>
        <source>method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>retry</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>The text is not YAML or JSON; nothing of this document is used.</source>
        <translation>Der Text ist weder YAML noch JSON; nichts aus diesem Dokument wird verwendet.</translation>
    </message>
    <message>
        <source>A key stands twice in one mapping; the last one counts here, and a cluster may refuse the object.</source>
        <translation>Ein Schlüssel steht zweimal in derselben Zuordnung; hier zählt der letzte, und ein Cluster kann das Objekt ablehnen.</translation>
    </message>
    <message>
        <source>Two objects have the same kind, namespace and name; the first one counts.</source>
        <translation>Zwei Objekte haben dieselbe Art, denselben Namespace und denselben Namen; das erste zählt.</translation>
    </message>
    <message>
        <source>The document is no Kubernetes object: apiVersion or kind is missing.</source>
        <translation>Das Dokument ist kein Kubernetes-Objekt: apiVersion oder kind fehlt.</translation>
    </message>
    <message>
        <source>The object has no metadata.name and cannot be used.</source>
        <translation>Das Objekt hat kein metadata.name und ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>Gatehouse does not know this kind; it is kept as written and left alone.</source>
        <translation>Gatehouse kennt diese Art nicht; sie bleibt unberührt, wie geschrieben.</translation>
    </message>
    <message>
        <source>The kind has no such field; it is kept as written and has no effect.</source>
        <translation>Die Art hat kein solches Feld; es bleibt stehen, wie geschrieben, und hat keine Wirkung.</translation>
    </message>
    <message>
        <source>The value is of another type than the field takes.</source>
        <translation>Der Wert ist von anderem Typ, als das Feld annimmt.</translation>
    </message>
    <message>
        <source>The value is not one of those that the field takes.</source>
        <translation>Der Wert ist keiner von denen, die das Feld annimmt.</translation>
    </message>
    <message>
        <source>The value is too small, too large, too short or too long, or the list has too few or too many items.</source>
        <translation>Der Wert ist zu klein, zu groß, zu kurz oder zu lang, oder die Liste hat zu wenige oder zu viele Einträge.</translation>
    </message>
    <message>
        <source>The text does not have the form that the field asks for.</source>
        <translation>Der Text hat nicht die Form, die das Feld verlangt.</translation>
    </message>
    <message>
        <source>A field that must be there is missing.</source>
        <translation>Ein nötiges Feld fehlt.</translation>
    </message>
    <message>
        <source>Of several fields exactly one must be set, the one that `type` names.</source>
        <translation>Von mehreren Feldern muss genau eines gesetzt sein: das, welches `type` nennt.</translation>
    </message>
    <message>
        <source>Gatehouse does not know this version of the kind and reads it as the one it knows.</source>
        <translation>Gatehouse kennt diese Version der Art nicht und liest sie wie die Version, die es kennt.</translation>
    </message>
    <message>
        <source>The file or folder could not be read.</source>
        <translation>Die Datei oder der Ordner ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>An alias has no anchor, refers to itself, or expands to too much text.</source>
        <translation>Ein Alias hat keinen Anker, verweist auf sich selbst oder ergibt zu viel Text.</translation>
    </message>
    <message>
        <source>Objects of a file that cannot be read any more run on as they were read last.</source>
        <translation>Objekte einer nicht mehr lesbaren Datei laufen weiter, wie sie zuletzt gelesen wurden.</translation>
    </message>
    <message>
        <source>Two listeners of a Gateway or ListenerSet have the same name.</source>
        <translation>Zwei Listener eines Gateways oder ListenerSets haben denselben Namen.</translation>
    </message>
    <message>
        <source>Two listeners of a Gateway ask for the same port, protocol and hostname.</source>
        <translation>Zwei Listener eines Gateways verlangen denselben Port, dasselbe Protokoll und denselben Hostnamen.</translation>
    </message>
    <message>
        <source>The TLS settings of a listener do not fit its protocol.</source>
        <translation>Die TLS-Einstellungen eines Listeners passen nicht zu seinem Protokoll.</translation>
    </message>
    <message>
        <source>A TCP or UDP listener cannot have a hostname.</source>
        <translation>Ein TCP- oder UDP-Listener kann keinen Hostnamen haben.</translation>
    </message>
    <message>
        <source>An address of a Gateway is listed twice or is not of its type.</source>
        <translation>Eine Adresse eines Gateways steht zweimal da oder passt nicht zu ihrem Typ.</translation>
    </message>
    <message>
        <source>A label selector is missing or has a condition that makes no sense; it selects nothing.</source>
        <translation>Eine Label-Auswahl fehlt oder hat eine sinnlose Bedingung; sie wählt nichts aus.</translation>
    </message>
    <message>
        <source>A parametersRef names a kind that Gatehouse does not know; the object is not accepted.</source>
        <translation>Eine parametersRef nennt eine Art, die Gatehouse nicht kennt; das Objekt wird nicht angenommen.</translation>
    </message>
    <message>
        <source>The key of a label or annotation does not have the form of one.</source>
        <translation>Der Schlüssel eines Labels oder einer Annotation hat nicht die nötige Form.</translation>
    </message>
    <message>
        <source>Settings for one port are listed twice.</source>
        <translation>Einstellungen für einen Port stehen zweimal da.</translation>
    </message>
    <message>
        <source>A route has more than 128 matches in all its rules.</source>
        <translation>Eine Route hat in all ihren Regeln zusammen mehr als 128 Treffer.</translation>
    </message>
    <message>
        <source>A filter stands twice in a rule though it may stand there only once.</source>
        <translation>Ein Filter steht zweimal in einer Regel, obwohl er nur einmal darin stehen darf.</translation>
    </message>
    <message>
        <source>A redirect cannot stand beside backends or a rewrite.</source>
        <translation>Eine Umleitung kann nicht neben Backends oder einer Umschreibung stehen.</translation>
    </message>
    <message>
        <source>Replacing the matched prefix needs exactly one match, of type PathPrefix.</source>
        <translation>Das Ersetzen des getroffenen Präfixes braucht genau einen Treffer, vom Typ PathPrefix.</translation>
    </message>
    <message>
        <source>A reference to a Service needs a port.</source>
        <translation>Ein Verweis auf einen Service braucht einen Port.</translation>
    </message>
    <message>
        <source>A path is not absolute, not normal, or holds characters that a path cannot have.</source>
        <translation>Ein Pfad ist nicht absolut, nicht normal oder enthält Zeichen, die ein Pfad nicht haben kann.</translation>
    </message>
    <message>
        <source>A regular expression cannot be read (RE2 syntax).</source>
        <translation>Ein regulärer Ausdruck ist nicht lesbar (RE2-Syntax).</translation>
    </message>
    <message>
        <source>A route names the same parent twice without telling the listeners apart.</source>
        <translation>Eine Route nennt dasselbe Elternobjekt zweimal, ohne die Listener zu unterscheiden.</translation>
    </message>
    <message>
        <source>Two rules of a route have the same name.</source>
        <translation>Zwei Regeln einer Route haben denselben Namen.</translation>
    </message>
    <message>
        <source>The time limit of one try is longer than that of the whole request.</source>
        <translation>Die Frist eines Versuchs ist länger als die der ganzen Anfrage.</translation>
    </message>
    <message>
        <source>A header or query parameter is listed twice; only the first one counts.</source>
        <translation>Ein Header oder Abfrageparameter steht zweimal da; nur der erste zählt.</translation>
    </message>
    <message>
        <source>A mirror takes either a percentage or a fraction of at most one.</source>
        <translation>Ein Spiegel nimmt entweder einen Prozentsatz oder einen Bruch von höchstens eins.</translation>
    </message>
    <message>
        <source>A * in a CORS list must stand alone.</source>
        <translation>Ein * in einer CORS-Liste muss allein stehen.</translation>
    </message>
    <message>
        <source>A rule has no backend and no filter that answers: its requests are answered with 500.</source>
        <translation>Eine Regel hat weder ein Backend noch einen Filter, der antwortet: Ihre Anfragen werden mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>A gRPC method match names neither service nor method, or no name that gRPC knows.</source>
        <translation>Ein gRPC-Methodentreffer nennt weder Service noch Methode, oder keinen Namen, den gRPC kennt.</translation>
    </message>
    <message>
        <source>A retry lists a status code twice.</source>
        <translation>Eine Wiederholung nennt einen Statuscode zweimal.</translation>
    </message>
    <message>
        <source>The settings of a session do not fit together.</source>
        <translation>Die Einstellungen einer Sitzung passen nicht zusammen.</translation>
    </message>
    <message>
        <source>A CORS list holds what is no origin or no method.</source>
        <translation>In einer CORS-Liste steht etwas, das keine Herkunft oder Methode ist.</translation>
    </message>
    <message>
        <source>Of host and port of a provider either both must be set or none.</source>
        <translation>Von host und port eines Anbieters müssen entweder beide gesetzt sein oder keines.</translation>
    </message>
    <message>
        <source>A provider&apos;s key is not given in the way that its kind says.</source>
        <translation>Der Schlüssel eines Anbieters ist nicht so angegeben, wie es seine Art verlangt.</translation>
    </message>
    <message>
        <source>A provider&apos;s key stands in the file; keep it in a Secret.</source>
        <translation>Der Schlüssel eines Anbieters steht in der Datei; legen Sie ihn in ein Secret.</translation>
    </message>
    <message>
        <source>Two providers of a group have the same name.</source>
        <translation>Zwei Anbieter einer Gruppe haben denselben Namen.</translation>
    </message>
    <message>
        <source>A regex guard has no pattern and checks nothing.</source>
        <translation>Ein Regex-Schutz hat kein Muster und prüft nichts.</translation>
    </message>
    <message>
        <source>A prompt message has a role that chat APIs do not know.</source>
        <translation>Eine Prompt-Nachricht hat eine Rolle, die Chat-APIs nicht kennen.</translation>
    </message>
    <message>
        <source>Settings of a BackendConfigPolicy exclude each other, or one lacks another.</source>
        <translation>Einstellungen einer BackendConfigPolicy schließen einander aus, oder einer fehlt eine andere.</translation>
    </message>
    <message>
        <source>Settings of a ListenerPolicy exclude each other, or one is not of the form that it needs.</source>
        <translation>Einstellungen einer ListenerPolicy schließen einander aus, oder eine hat nicht die nötige Form.</translation>
    </message>
    <message>
        <source>A pool lists a port twice.</source>
        <translation>Ein Pool nennt einen Port zweimal.</translation>
    </message>
    <message>
        <source>A pool&apos;s picker is a Service and needs a port.</source>
        <translation>Der Picker eines Pools ist ein Service und braucht einen Port.</translation>
    </message>
    <message>
        <source>A Service lists a port or a port&apos;s name twice, or leaves one of several without a name.</source>
        <translation>Ein Service nennt einen Port oder dessen Namen zweimal, oder einer von mehreren Ports hat keinen Namen.</translation>
    </message>
    <message>
        <source>A pod&apos;s port annotation is no port number.</source>
        <translation>Die Port-Annotation eines Pods ist keine Portnummer.</translation>
    </message>
    <message>
        <source>A value in a Secret&apos;s data is not base64.</source>
        <translation>Ein Wert in data eines Secrets ist kein base64.</translation>
    </message>
    <message>
        <source>A BackendTLSPolicy needs exactly one source of trust: caCertificateRefs or wellKnownCACertificates.</source>
        <translation>Eine BackendTLSPolicy braucht genau eine Quelle des Vertrauens: caCertificateRefs oder wellKnownCACertificates.</translation>
    </message>
    <message>
        <source>A BackendTLSPolicy names a target twice without telling its ports apart.</source>
        <translation>Eine BackendTLSPolicy nennt ein Ziel zweimal, ohne seine Ports zu unterscheiden.</translation>
    </message>
    <message>
        <source>A subject alternative name of type URI must be an absolute URI.</source>
        <translation>Ein alternativer Name vom Typ URI muss eine absolute URI sein.</translation>
    </message>
    <message>
        <source>The field is valid, but this version does not run it; the message says what happens instead.</source>
        <translation>Das Feld ist gültig, aber diese Version führt es nicht aus; die Meldung sagt, was stattdessen geschieht.</translation>
    </message>
    <message>
        <source>A route names a parent that does not exist.</source>
        <translation>Eine Route nennt ein Elternobjekt, das es nicht gibt.</translation>
    </message>
    <message>
        <source>A route names a listener or port that its parent does not have, or one that cannot carry its kind.</source>
        <translation>Eine Route nennt einen Listener oder Port, den ihr Elternobjekt nicht hat, oder einen, der ihre Art nicht tragen kann.</translation>
    </message>
    <message>
        <source>The listener does not admit routes of this namespace or kind.</source>
        <translation>Der Listener lässt Routen dieses Namespace oder dieser Art nicht zu.</translation>
    </message>
    <message>
        <source>The hostnames of a route and of the listener have nothing in common.</source>
        <translation>Die Hostnamen einer Route und des Listeners haben nichts gemeinsam.</translation>
    </message>
    <message>
        <source>A route names no parent and gets no requests.</source>
        <translation>Eine Route nennt kein Elternobjekt und bekommt keine Anfragen.</translation>
    </message>
    <message>
        <source>The Gateway does not admit this ListenerSet; its listeners are not served.</source>
        <translation>Das Gateway lässt dieses ListenerSet nicht zu; seine Listener werden nicht bedient.</translation>
    </message>
    <message>
        <source>An HTTPRoute and a GRPCRoute have a hostname in common on one listener; the older one gets it.</source>
        <translation>Eine HTTPRoute und eine GRPCRoute haben auf einem Listener einen Hostnamen gemeinsam; die ältere bekommt ihn.</translation>
    </message>
    <message>
        <source>A backend does not exist: its share of requests is answered with 500.</source>
        <translation>Ein Backend gibt es nicht: Sein Anteil der Anfragen wird mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>A backend is of a kind that routes cannot use: its share of requests is answered with 500.</source>
        <translation>Ein Backend ist von einer Art, die Routen nicht verwenden können: Sein Anteil der Anfragen wird mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>A reference into another namespace needs a ReferenceGrant there.</source>
        <translation>Ein Verweis in einen anderen Namespace braucht dort einen ReferenceGrant.</translation>
    </message>
    <message>
        <source>A Service has no such port: its share of requests is answered with 500.</source>
        <translation>Ein Service hat keinen solchen Port: Sein Anteil der Anfragen wird mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>A backend speaks a protocol that this version does not: its share of requests is answered with 500.</source>
        <translation>Ein Backend spricht ein Protokoll, das diese Version nicht spricht: Sein Anteil der Anfragen wird mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>A Service has no ready endpoint: its share of requests is answered with 503.</source>
        <translation>Ein Service hat keinen bereiten Endpunkt: Sein Anteil der Anfragen wird mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>A pool&apos;s selector matches no pod: its requests are answered with 503.</source>
        <translation>Die Auswahl eines Pools trifft auf keinen Pod zu: Seine Anfragen werden mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>An ExtensionRef names an object that does not exist: its rule answers 500.</source>
        <translation>Eine ExtensionRef nennt ein Objekt, das es nicht gibt: Ihre Regel antwortet mit 500.</translation>
    </message>
    <message>
        <source>An ExtensionRef names a kind that is no filter: its rule answers 500.</source>
        <translation>Eine ExtensionRef nennt eine Art, die kein Filter ist: Ihre Regel antwortet mit 500.</translation>
    </message>
    <message>
        <source>A policy names a target that does not exist.</source>
        <translation>Eine Richtlinie nennt ein Ziel, das es nicht gibt.</translation>
    </message>
    <message>
        <source>A policy names a listener or rule that its target does not have.</source>
        <translation>Eine Richtlinie nennt einen Listener oder eine Regel, die ihr Ziel nicht hat.</translation>
    </message>
    <message>
        <source>A policy names a target of a kind that it cannot attach to.</source>
        <translation>Eine Richtlinie nennt ein Ziel einer Art, an die sie sich nicht hängen kann.</translation>
    </message>
    <message>
        <source>A policy or answer is used by nothing.</source>
        <translation>Eine Richtlinie oder Antwort wird von nichts verwendet.</translation>
    </message>
    <message>
        <source>Another policy governs the target already; this one has no effect there.</source>
        <translation>Für das Ziel gilt schon eine andere Richtlinie; diese hat dort keine Wirkung.</translation>
    </message>
    <message>
        <source>A Secret does not exist.</source>
        <translation>Ein Secret gibt es nicht.</translation>
    </message>
    <message>
        <source>A Secret lacks the key that is read from it.</source>
        <translation>Einem Secret fehlt der Schlüssel, der daraus gelesen wird.</translation>
    </message>
    <message>
        <source>A listener&apos;s certificate cannot be used.</source>
        <translation>Das Zertifikat eines Listeners ist nicht brauchbar.</translation>
    </message>
    <message>
        <source>Authorities that certificates are checked against cannot be used.</source>
        <translation>Die Zertifizierungsstellen, gegen die Zertifikate geprüft werden, sind nicht brauchbar.</translation>
    </message>
    <message>
        <source>A certificate has expired or is not valid yet; it is used all the same.</source>
        <translation>Ein Zertifikat ist abgelaufen oder noch nicht gültig; es wird trotzdem verwendet.</translation>
    </message>
    <message>
        <source>The certificate that a Gateway shows to backends cannot be used.</source>
        <translation>Das Zertifikat, das ein Gateway den Backends zeigt, ist nicht brauchbar.</translation>
    </message>
    <message>
        <source>A listener&apos;s protocol is not served by this version.</source>
        <translation>Das Protokoll eines Listeners bedient diese Version nicht.</translation>
    </message>
    <message>
        <source>Two Gateways ask for the same port and hostname; the older one gets it.</source>
        <translation>Zwei Gateways verlangen denselben Port und Hostnamen; das ältere bekommt sie.</translation>
    </message>
    <message>
        <source>A port could not be bound.</source>
        <translation>Ein Port ließ sich nicht binden.</translation>
    </message>
    <message>
        <source>A filter that this version does not run must not be skipped: its rule answers 500.</source>
        <translation>Ein Filter, den diese Version nicht ausführt, darf nicht übersprungen werden: Seine Regel antwortet mit 500.</translation>
    </message>
    <message>
        <source>A filter lacks the settings that its type names: its rule answers 500.</source>
        <translation>Einem Filter fehlen die Einstellungen, die sein Typ nennt: Seine Regel antwortet mit 500.</translation>
    </message>
    <message>
        <source>An ExtensionRef could not be resolved: its rule answers 500.</source>
        <translation>Eine ExtensionRef ließ sich nicht auflösen: Ihre Regel antwortet mit 500.</translation>
    </message>
    <message>
        <source>A direct response stands beside backends or a redirect: the rule answers 500.</source>
        <translation>Eine direkte Antwort steht neben Backends oder einer Umleitung: Die Regel antwortet mit 500.</translation>
    </message>
    <message>
        <source>A regular expression could not be compiled: its rule answers 500.</source>
        <translation>Ein regulärer Ausdruck ließ sich nicht übersetzen: Seine Regel antwortet mit 500.</translation>
    </message>
    <message>
        <source>A rule has an error and answers 500; the other rules serve on.</source>
        <translation>Eine Regel hat einen Fehler und antwortet mit 500; die anderen Regeln laufen weiter.</translation>
    </message>
    <message>
        <source>A backend could not be resolved: its share of requests is answered with 500.</source>
        <translation>Ein Backend ließ sich nicht auflösen: Sein Anteil der Anfragen wird mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>A backend has no endpoint: its share of requests is answered with 503.</source>
        <translation>Ein Backend hat keinen Endpunkt: Sein Anteil der Anfragen wird mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>A backend&apos;s type or filter is not run by this version.</source>
        <translation>Den Typ oder Filter eines Backends führt diese Version nicht aus.</translation>
    </message>
    <message>
        <source>A provider&apos;s key could not be resolved.</source>
        <translation>Der Schlüssel eines Anbieters ließ sich nicht auflösen.</translation>
    </message>
    <message>
        <source>A rule has no backend: it answers 500.</source>
        <translation>Eine Regel hat kein Backend: Sie antwortet mit 500.</translation>
    </message>
    <message>
        <source>A policy field is not run by this version.</source>
        <translation>Ein Feld einer Richtlinie führt diese Version nicht aus.</translation>
    </message>
    <message>
        <source>A policy&apos;s target does not exist or is not run.</source>
        <translation>Das Ziel einer Richtlinie gibt es nicht, oder es läuft nicht.</translation>
    </message>
    <message>
        <source>A policy has an error; its rules answer 500, for a guard fails closed.</source>
        <translation>Eine Richtlinie hat einen Fehler; ihre Regeln antworten mit 500, denn ein Schutz fällt geschlossen aus.</translation>
    </message>
    <message>
        <source>A policy&apos;s merge mode is not run by this version.</source>
        <translation>Die Mischart einer Richtlinie führt diese Version nicht aus.</translation>
    </message>
    <message>
        <source>Listeners of one port differ in a setting of connections; the first one&apos;s holds.</source>
        <translation>Listener eines Ports unterscheiden sich in einer Einstellung für Verbindungen; es gilt die des ersten.</translation>
    </message>
    <message>
        <source>Two policies of the same level set one field; the message says which one holds, and why.</source>
        <translation>Zwei Richtlinien derselben Ebene setzen dasselbe Feld; die Meldung sagt, welche gilt und warum.</translation>
    </message>
    <message>
        <source>The folder cannot be read: {}.</source>
        <translation>Der Ordner ist nicht lesbar: {}.</translation>
    </message>
    <message>
        <source>The folder cannot be read to its end: {}.</source>
        <translation>Der Ordner ist nicht bis zum Ende lesbar: {}.</translation>
    </message>
    <message>
        <source>The file cannot be looked at: {}.</source>
        <translation>Die Datei lässt sich nicht ansehen: {}.</translation>
    </message>
    <message>
        <source>This is no regular file.</source>
        <translation>Das ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>The file cannot be read: {}.</source>
        <translation>Die Datei ist nicht lesbar: {}.</translation>
    </message>
    <message>
        <source>The file is larger than 64 MiB.</source>
        <translation>Die Datei ist größer als 64 MiB.</translation>
    </message>
    <message>
        <source>{} is a link that leads nowhere.</source>
        <translation>{} ist eine Verknüpfung, die nirgends hinführt.</translation>
    </message>
    <message>
        <source>The folder {} cannot be made: {}.</source>
        <translation>Der Ordner {} lässt sich nicht anlegen: {}.</translation>
    </message>
    <message>
        <source>{} cannot be written: {}.</source>
        <translation>{} lässt sich nicht schreiben: {}.</translation>
    </message>
    <message>
        <source>{} cannot be written: {}. The file on disk is as it was.</source>
        <translation>{} lässt sich nicht schreiben: {}. Die Datei auf der Platte ist, wie sie war.</translation>
    </message>
    <message>
        <source>It cannot be opened: {}.</source>
        <translation>Öffnen nicht möglich: {}.</translation>
    </message>
    <message>
        <source>There is no such file or folder.</source>
        <translation>Eine solche Datei oder einen solchen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>{} has no spec.</source>
        <translation>{} hat kein spec.</translation>
    </message>
    <message>
        <source>is not a DNS label: use a-z, 0-9 and -, at most 63 characters</source>
        <translation>ist kein DNS-Label: Erlaubt sind a-z, 0-9 und -, höchstens 63 Zeichen</translation>
    </message>
    <message>
        <source>is not a DNS name: use a-z, 0-9, - and dots</source>
        <translation>ist kein DNS-Name: Erlaubt sind a-z, 0-9, - und Punkte</translation>
    </message>
    <message>
        <source>is an IP address; a host name is needed</source>
        <translation>ist eine IP-Adresse; ein Hostname ist nötig</translation>
    </message>
    <message>
        <source>is not a lower-case host name; only the first label may be *</source>
        <translation>ist kein Hostname in Kleinbuchstaben; nur das erste Label darf * sein</translation>
    </message>
    <message>
        <source>has a wildcard, which cannot stand here</source>
        <translation>hat einen Platzhalter, der hier nicht stehen kann</translation>
    </message>
    <message>
        <source>is not a lower-case host name</source>
        <translation>ist kein Hostname in Kleinbuchstaben</translation>
    </message>
    <message>
        <source>is not a header name</source>
        <translation>ist kein Name eines Headers</translation>
    </message>
    <message>
        <source>is not a header value: only visible ASCII, with single blanks inside</source>
        <translation>ist kein Wert eines Headers: nur sichtbares ASCII mit einzelnen Leerzeichen darin</translation>
    </message>
    <message>
        <source>is not the name of a kind</source>
        <translation>ist kein Name einer Art</translation>
    </message>
    <message>
        <source>is not a label&apos;s value</source>
        <translation>ist kein Wert eines Labels</translation>
    </message>
    <message>
        <source>is not an IP address</source>
        <translation>ist keine IP-Adresse</translation>
    </message>
    <message>
        <source>is not base64</source>
        <translation>ist kein base64</translation>
    </message>
    <message>
        <source>must start with /</source>
        <translation>muss mit / beginnen</translation>
    </message>
    <message>
        <source>must not contain {}</source>
        <translation>darf {} nicht enthalten</translation>
    </message>
    <message>
        <source>must not end with /.</source>
        <translation>darf nicht auf /. enden</translation>
    </message>
    <message>
        <source>must not end with /..</source>
        <translation>darf nicht auf /.. enden</translation>
    </message>
    <message>
        <source>has a % that is no percent escape</source>
        <translation>hat ein %, das keine Prozentkodierung ist</translation>
    </message>
    <message>
        <source>holds &apos;{}&apos;, which must be percent-encoded in a path</source>
        <translation>enthält „{}“, das in einem Pfad als Prozentzeichen kodiert sein muss</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>{} cannot be made, unsaved edits would not survive a crash: {}</source>
        <translation>{} lässt sich nicht anlegen, ungespeicherte Änderungen würden einen Absturz nicht überstehen: {}</translation>
    </message>
    <message>
        <source>the unsaved text of {} could not be kept</source>
        <translation>der ungespeicherte Text von {} ließ sich nicht aufbewahren</translation>
    </message>
    <message>
        <source>the unsaved text of {} could not be kept: {}</source>
        <translation>der ungespeicherte Text von {} ließ sich nicht aufbewahren: {}</translation>
    </message>
    <message>
        <source>{} runs on as it was read last, until this can be read.</source>
        <translation>{} läuft weiter, wie es zuletzt gelesen wurde, bis dies lesbar ist.</translation>
    </message>
    <message>
        <source>{} and {} more run on as they were read last, until this can be read.</source>
        <translation>{} und {} weitere laufen weiter, wie sie zuletzt gelesen wurden, bis dies lesbar ist.</translation>
    </message>
    <message>
        <source>Protocol {} is not served by this version; use HTTP, HTTPS or TLS.</source>
        <translation>Das Protokoll {} bedient diese Version nicht; verwenden Sie HTTP, HTTPS oder TLS.</translation>
    </message>
    <message>
        <source>An HTTPS listener must terminate TLS; set tls.mode to Terminate, or protocol to TLS.</source>
        <translation>Ein HTTPS-Listener muss TLS beenden; setzen Sie tls.mode auf Terminate oder protocol auf TLS.</translation>
    </message>
    <message>
        <source>A TLS listener needs tls.mode; set it to Passthrough or Terminate.</source>
        <translation>Ein TLS-Listener braucht tls.mode; setzen Sie es auf Passthrough oder Terminate.</translation>
    </message>
    <message>
        <source>The listener names no certificate; add tls.certificateRefs.</source>
        <translation>Der Listener nennt kein Zertifikat; fügen Sie tls.certificateRefs hinzu.</translation>
    </message>
    <message>
        <source>A {} cannot hold a certificate; name a Secret of the core group.</source>
        <translation>Ein Objekt der Art {} kann kein Zertifikat enthalten; nennen Sie ein Secret der Gruppe core.</translation>
    </message>
    <message>
        <source>{} lies in another namespace; add a ReferenceGrant there that permits {} from {}.</source>
        <translation>{} liegt in einem anderen Namespace; fügen Sie dort einen ReferenceGrant hinzu, der {} aus {} erlaubt.</translation>
    </message>
    <message>
        <source>The certificate in {} expired on {}; renew it.</source>
        <translation>Das Zertifikat in {} ist am {} abgelaufen; erneuern Sie es.</translation>
    </message>
    <message>
        <source>The certificate in {} is not valid before {}.</source>
        <translation>Das Zertifikat in {} ist vor dem {} nicht gültig.</translation>
    </message>
    <message>
        <source>A {} cannot hold authorities for clients; name a ConfigMap or a Secret of the core group.</source>
        <translation>Ein Objekt der Art {} kann keine Zertifizierungsstellen für Clients enthalten; nennen Sie eine ConfigMap oder ein Secret der Gruppe core.</translation>
    </message>
    <message>
        <source>{} lies in another namespace; add a ReferenceGrant there that permits Gateway from {}.</source>
        <translation>{} liegt in einem anderen Namespace; fügen Sie dort einen ReferenceGrant hinzu, der Gateway aus {} erlaubt.</translation>
    </message>
    <message>
        <source>Certificates of clients are to be checked, but no authority for that can be used; correct caCertificateRefs.</source>
        <translation>Zertifikate von Clients sollen geprüft werden, aber keine Zertifizierungsstelle dafür ist brauchbar; berichtigen Sie caCertificateRefs.</translation>
    </message>
    <message>
        <source>A listener of protocol {} cannot serve {}; remove it from allowedRoutes.kinds.</source>
        <translation>Ein Listener mit Protokoll {} kann {} nicht bedienen; entfernen Sie es aus allowedRoutes.kinds.</translation>
    </message>
    <message>
        <source>of {}</source>
        <translation>von {}</translation>
    </message>
    <message>
        <source>Port {} speaks {} by listener {}{}; use another port.</source>
        <translation>Port {1} spricht {2} durch Listener {3}{4}; verwenden Sie einen anderen Port.</translation>
    </message>
    <message>
        <source>Listener {}{} has the same port and hostname; change one of them.</source>
        <translation>Listener {}{} hat denselben Port und Hostnamen; ändern Sie einen davon.</translation>
    </message>
    <message>
        <source>Gatehouse knows no parameters of kind {}; remove infrastructure.parametersRef.</source>
        <translation>Gatehouse kennt keine Parameter der Art {}; entfernen Sie infrastructure.parametersRef.</translation>
    </message>
    <message>
        <source>Addresses of type {} are not served; use IPAddress or Hostname, or remove it.</source>
        <translation>Adressen vom Typ {} werden nicht bedient; verwenden Sie IPAddress oder Hostname, oder entfernen Sie die Adresse.</translation>
    </message>
    <message>
        <source>The Gateway is not accepted: {}</source>
        <translation>Das Gateway wird nicht angenommen: {}</translation>
    </message>
    <message>
        <source>The listener is valid.</source>
        <translation>Der Listener ist gültig.</translation>
    </message>
    <message>
        <source>{} stands here a second time; remove one of them.</source>
        <translation>{} steht hier ein zweites Mal; entfernen Sie eines davon.</translation>
    </message>
    <message>
        <source>This is no Kubernetes object: a mapping with apiVersion and kind is needed.</source>
        <translation>Das ist kein Kubernetes-Objekt: Nötig ist eine Zuordnung mit apiVersion und kind.</translation>
    </message>
    <message>
        <source>This is no Kubernetes object: {} is missing.</source>
        <translation>Das ist kein Kubernetes-Objekt: {} fehlt.</translation>
    </message>
    <message>
        <source>This {} has no name; give it one under metadata.</source>
        <translation>Dieses Objekt der Art {} hat keinen Namen; geben Sie ihm unter metadata einen.</translation>
    </message>
    <message>
        <source>{} ({}) is not a kind that Gatehouse runs; it is kept as it is.</source>
        <translation>{} ({}) ist keine Art, die Gatehouse ausführt; sie bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>There is no kind {} in {}; did you mean {}?</source>
        <translation>Die Art {} gibt es in {} nicht; meinten Sie {}?</translation>
    </message>
    <message>
        <source>{} is not of {}; did you mean {}?</source>
        <translation>{} gehört nicht zu {}; meinten Sie {}?</translation>
    </message>
    <message>
        <source>Change apiVersion to {}</source>
        <translation>apiVersion in {} ändern</translation>
    </message>
    <message>
        <source>{} has no version {} here; it is read as {}.</source>
        <translation>{} hat hier keine Version {}; es wird als {} gelesen.</translation>
    </message>
    <message>
        <source>{} is defined in {}:{} already; that one counts. Rename or remove one of them.</source>
        <translation>{} ist schon in {}:{} definiert; das dort zählt. Benennen Sie eines davon um, oder entfernen Sie es.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is no operator of a selector.</source>
        <translation>„{}“ ist kein Operator einer Auswahl.</translation>
    </message>
    <message>
        <source>A condition needs the key of a label.</source>
        <translation>Eine Bedingung braucht den Schlüssel eines Labels.</translation>
    </message>
    <message>
        <source>{} needs values.</source>
        <translation>{} braucht Werte.</translation>
    </message>
    <message>
        <source>{} takes no values.</source>
        <translation>{} nimmt keine Werte.</translation>
    </message>
    <message>
        <source>{} ({}) cannot be used as a filter; name a TrafficPolicy or DirectResponse of {}.</source>
        <translation>{} ({}) ist nicht als Filter verwendbar; nennen Sie eine TrafficPolicy oder DirectResponse von {}.</translation>
    </message>
    <message>
        <source>{} {}/{} does not exist; create it or correct the reference.</source>
        <translation>{} {}/{} gibt es nicht; legen Sie es an oder berichtigen Sie den Verweis.</translation>
    </message>
    <message>
        <source>It exists and may be used.</source>
        <translation>Es ist vorhanden und darf verwendet werden.</translation>
    </message>
    <message>
        <source>The reference to {} needs a port.</source>
        <translation>Der Verweis auf {} braucht einen Port.</translation>
    </message>
    <message>
        <source>{} has no port {}; name one that it has.</source>
        <translation>{} hat keinen Port {}; nennen Sie einen vorhandenen.</translation>
    </message>
    <message>
        <source>{} speaks {} on port {}, which this version does not; use http, kubernetes.io/h2c or kubernetes.io/ws.</source>
        <translation>{} spricht {} auf Port {}, was diese Version nicht spricht; verwenden Sie http, kubernetes.io/h2c oder kubernetes.io/ws.</translation>
    </message>
    <message>
        <source>{} speaks {} on port {}; add a BackendTLSPolicy that says how its certificate is checked.</source>
        <translation>{} spricht {} auf Port {}; fügen Sie eine BackendTLSPolicy hinzu, die sagt, wie sein Zertifikat geprüft wird.</translation>
    </message>
    <message>
        <source>{} ({}) cannot be a backend; use a Service, an InferencePool or a Backend.</source>
        <translation>{} ({}) kann kein Backend sein; verwenden Sie einen Service, einen InferencePool oder ein Backend.</translation>
    </message>
    <message>
        <source>{} cannot take connections of a TLSRoute; use a Service.</source>
        <translation>{} kann keine Verbindungen einer TLSRoute annehmen; verwenden Sie einen Service.</translation>
    </message>
    <message>
        <source>{} lies in another namespace; a ReferenceGrant in {} must permit {} from {}.</source>
        <translation>{1} liegt in einem anderen Namespace; ein ReferenceGrant in {2} muss {3} aus {4} erlauben.</translation>
    </message>
    <message>
        <source>{} speaks {}, which this version does not; use http, kubernetes.io/h2c or kubernetes.io/ws.</source>
        <translation>{} spricht {}, was diese Version nicht spricht; verwenden Sie http, kubernetes.io/h2c oder kubernetes.io/ws.</translation>
    </message>
    <message>
        <source>{} has its ports in itself; remove port from the reference.</source>
        <translation>{} hat seine Ports in sich; entfernen Sie port aus dem Verweis.</translation>
    </message>
    <message>
        <source>A rule that redirects cannot have backends; remove one of them.</source>
        <translation>Eine Regel, die umleitet, kann keine Backends haben; entfernen Sie eines von beiden.</translation>
    </message>
    <message>
        <source>The reference to Service {} needs a port.</source>
        <translation>Der Verweis auf Service {} braucht einen Port.</translation>
    </message>
    <message>
        <source>The regular expression &apos;{}&apos; cannot be read: {}</source>
        <translation>Der reguläre Ausdruck „{}“ ist nicht lesbar: {}</translation>
    </message>
    <message>
        <source>The path &apos;{}&apos; {}.</source>
        <translation>Der Pfad „{}“ {}.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is no name of a gRPC {}.</source>
        <translation>„{1}“ ist für gRPC kein Name ({2w}).</translation>
    </message>
    <message>
        <source>A method match must name a service, a method or both.</source>
        <translation>Ein Methodentreffer muss einen Service, eine Methode oder beides nennen.</translation>
    </message>
    <message>
        <source>{} is listed twice; only the first condition on it counts.</source>
        <translation>{} steht zweimal da; nur die erste Bedingung dazu zählt.</translation>
    </message>
    <message>
        <source>{} may stand in a list of filters only once; remove one of them.</source>
        <translation>{} darf in einer Filterliste nur einmal stehen; entfernen Sie einen davon.</translation>
    </message>
    <message>
        <source>A redirect and a rewrite exclude each other; remove one of them.</source>
        <translation>Eine Umleitung und eine Umschreibung schließen einander aus; entfernen Sie eine davon.</translation>
    </message>
    <message>
        <source>Replacing the matched prefix needs exactly one match in the rule, of type PathPrefix.</source>
        <translation>Das Ersetzen des getroffenen Präfixes braucht genau einen Treffer in der Regel, vom Typ PathPrefix.</translation>
    </message>
    <message>
        <source>A mirror takes a percent or a fraction, not both.</source>
        <translation>Ein Spiegel nimmt percent oder fraction, nicht beides.</translation>
    </message>
    <message>
        <source>A fraction cannot be more than the whole.</source>
        <translation>Ein Bruch kann nicht mehr als das Ganze sein.</translation>
    </message>
    <message>
        <source>{} is no filter of {}s; remove it.</source>
        <translation>{} ist kein Filter für Routen der Art {}; entfernen Sie ihn.</translation>
    </message>
    <message>
        <source>A * must stand alone.</source>
        <translation>Ein * muss allein stehen.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is no origin such as https://app.example.com, and no path may follow.</source>
        <translation>„{}“ ist keine Herkunft wie https://app.example.com, und ein Pfad darf nicht folgen.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is no method; write it in capitals.</source>
        <translation>„{}“ ist keine Methode; schreiben Sie sie in Großbuchstaben.</translation>
    </message>
    <message>
        <source>protocol is {}, so {} cannot be set.</source>
        <translation>protocol ist {}, also darf {} nicht gesetzt sein.</translation>
    </message>
    <message>
        <source>Authorisers that speak gRPC are not asked by this version: the rule answers 500.</source>
        <translation>Berechtigungsdienste, die gRPC sprechen, fragt diese Version nicht: Die Regel antwortet mit 500.</translation>
    </message>
    <message>
        <source>{} is listed twice; only the first entry counts.</source>
        <translation>{} steht zweimal da; nur der erste Eintrag zählt.</translation>
    </message>
    <message>
        <source>One try (backendRequest) cannot take longer than the whole request.</source>
        <translation>Ein Versuch (backendRequest) kann nicht länger dauern als die ganze Anfrage.</translation>
    </message>
    <message>
        <source>{} is listed twice.</source>
        <translation>{} steht zweimal da.</translation>
    </message>
    <message>
        <source>cookieConfig goes with type Cookie alone; remove it.</source>
        <translation>cookieConfig gehört allein zum Typ Cookie; entfernen Sie es.</translation>
    </message>
    <message>
        <source>A cookie of lifetimeType Permanent needs absoluteTimeout.</source>
        <translation>Ein Cookie mit lifetimeType Permanent braucht absoluteTimeout.</translation>
    </message>
    <message>
        <source>This rule has no backend; its requests are answered with 500.</source>
        <translation>Diese Regel hat kein Backend; ihre Anfragen werden mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>Labels that an object must carry, all of them.</source>
        <translation>Labels, die ein Objekt tragen muss, und zwar alle.</translation>
    </message>
    <message>
        <source>Label conditions with an operator; all of them must hold.</source>
        <translation>Bedingungen an Labels mit einem Operator; alle müssen gelten.</translation>
    </message>
    <message>
        <source>One condition.</source>
        <translation>Eine Bedingung.</translation>
    </message>
    <message>
        <source>The label.</source>
        <translation>Das Label.</translation>
    </message>
    <message>
        <source>How the label&apos;s value is compared.</source>
        <translation>Wie der Wert des Labels verglichen wird.</translation>
    </message>
    <message>
        <source>Values for In and NotIn.</source>
        <translation>Werte für In und NotIn.</translation>
    </message>
    <message>
        <source>A value.</source>
        <translation>Ein Wert.</translation>
    </message>
    <message>
        <source>Group and version of the kind.</source>
        <translation>Gruppe und Version der Art.</translation>
    </message>
    <message>
        <source>What this object is.</source>
        <translation>Was dieses Objekt ist.</translation>
    </message>
    <message>
        <source>Name, namespace, labels and annotations.</source>
        <translation>Name, Namespace, Labels und Annotationen.</translation>
    </message>
    <message>
        <source>The object&apos;s name, unique among its kind in its namespace.</source>
        <translation>Der Name des Objekts, einmalig unter seiner Art in seinem Namespace.</translation>
    </message>
    <message>
        <source>The namespace it lives in.</source>
        <translation>Der Namespace, in dem es lebt.</translation>
    </message>
    <message>
        <source>Key and value pairs that selectors look at.</source>
        <translation>Paare aus Schlüssel und Wert, nach denen ausgewählt wird.</translation>
    </message>
    <message>
        <source>Key and value pairs for tools and for settings beyond the specification.</source>
        <translation>Paare aus Schlüssel und Wert für Werkzeuge und für Einstellungen jenseits der Spezifikation.</translation>
    </message>
    <message>
        <source>Prefix of a name that the server completes.</source>
        <translation>Anfang eines Namens, den der Server ergänzt.</translation>
    </message>
    <message>
        <source>Set by the server.</source>
        <translation>Setzt der Server.</translation>
    </message>
    <message>
        <source>Counts changes of the specification; set by the server.</source>
        <translation>Zählt Änderungen der Spezifikation; setzt der Server.</translation>
    </message>
    <message>
        <source>When it was made; older objects win ties.</source>
        <translation>Wann es angelegt wurde; bei Gleichstand gewinnen ältere Objekte.</translation>
    </message>
    <message>
        <source>Set by old servers.</source>
        <translation>Setzten alte Server.</translation>
    </message>
    <message>
        <source>Objects that this one belongs to.</source>
        <translation>Objekte, zu denen dieses gehört.</translation>
    </message>
    <message>
        <source>What must happen before removal.</source>
        <translation>Was vor dem Entfernen geschehen muss.</translation>
    </message>
    <message>
        <source>What a controller reports; Gatehouse computes its own.</source>
        <translation>Was ein Controller meldet; Gatehouse berechnet seinen eigenen Status.</translation>
    </message>
    <message>
        <source>it has no effect here</source>
        <translation>es hat hier keine Wirkung</translation>
    </message>
    <message>
        <source>API group of the target; empty for a Service.</source>
        <translation>API-Gruppe des Ziels; leer für einen Service.</translation>
    </message>
    <message>
        <source>Service or Backend.</source>
        <translation>Service oder Backend.</translation>
    </message>
    <message>
        <source>Name of the target.</source>
        <translation>Name des Ziels.</translation>
    </message>
    <message>
        <source>Labels, all of them.</source>
        <translation>Labels, und zwar alle.</translation>
    </message>
    <message>
        <source>Lets a new endpoint take a growing share of its turns.</source>
        <translation>Gibt einem neuen Endpunkt einen wachsenden Anteil an seinen Zuteilungen.</translation>
    </message>
    <message>
        <source>How long it takes until the endpoint takes all of them.</source>
        <translation>Wie lange es dauert, bis der Endpunkt alle bekommt.</translation>
    </message>
    <message>
        <source>Above 1 grows faster at first; below 1 slower. A number in quotes.</source>
        <translation>Über 1 wächst er anfangs schneller, unter 1 langsamer. Eine Zahl in Anführungszeichen.</translation>
    </message>
    <message>
        <source>Least share, from the start on.</source>
        <translation>Kleinster Anteil, von Anfang an.</translation>
    </message>
    <message>
        <source>How the next endpoint is chosen.</source>
        <translation>Wie der nächste Endpunkt gewählt wird.</translation>
    </message>
    <message>
        <source>The one with the fewest requests in flight among some drawn at random.</source>
        <translation>Der mit den wenigsten laufenden Anfragen unter einigen zufällig gezogenen.</translation>
    </message>
    <message>
        <source>How many are drawn.</source>
        <translation>Wie viele gezogen werden.</translation>
    </message>
    <message>
        <source>Each in turn.</source>
        <translation>Einer nach dem anderen.</translation>
    </message>
    <message>
        <source>the endpoint with the fewest requests is chosen</source>
        <translation>gewählt wird der Endpunkt mit den wenigsten Anfragen</translation>
    </message>
    <message>
        <source>By a hash of the request.</source>
        <translation>Nach einem Hash der Anfrage.</translation>
    </message>
    <message>
        <source>Any.</source>
        <translation>Beliebig.</translation>
    </message>
    <message>
        <source>Fewer endpoints than this share in: those that are out are used all the same.</source>
        <translation>Sind weniger Endpunkte als dieser Anteil im Spiel, werden auch die ausgeschlossenen verwendet.</translation>
    </message>
    <message>
        <source>Waits for further changes of endpoints.</source>
        <translation>Wartet auf weitere Änderungen an Endpunkten.</translation>
    </message>
    <message>
        <source>Weights of zones.</source>
        <translation>Gewichte von Zonen.</translation>
    </message>
    <message>
        <source>Prefers endpoints in the same zone.</source>
        <translation>Zieht Endpunkte in derselben Zone vor.</translation>
    </message>
    <message>
        <source>Drains connections when endpoints change.</source>
        <translation>Lässt Verbindungen auslaufen, wenn sich Endpunkte ändern.</translation>
    </message>
    <message>
        <source>Takes endpoints that fail out for a while.</source>
        <translation>Schließt Endpunkte, die versagen, eine Weile aus.</translation>
    </message>
    <message>
        <source>Answers of 5xx, and failures to answer, in a row; 0 for off.</source>
        <translation>Antworten mit 5xx und ausgebliebene Antworten in Folge; 0 für aus.</translation>
    </message>
    <message>
        <source>Share of the occasions that are acted on.</source>
        <translation>Anteil der Anlässe, bei denen gehandelt wird.</translation>
    </message>
    <message>
        <source>Counts failures to answer apart from answers of 5xx.</source>
        <translation>Zählt ausgebliebene Antworten getrennt von Antworten mit 5xx.</translation>
    </message>
    <message>
        <source>Failures to answer in a row, where they are counted apart.</source>
        <translation>Ausgebliebene Antworten in Folge, wo sie getrennt gezählt werden.</translation>
    </message>
    <message>
        <source>Each one spent in shortens the next time out by one step.</source>
        <translation>Jede im Spiel verbrachte verkürzt den nächsten Ausschluss um einen Schritt.</translation>
    </message>
    <message>
        <source>How long it is out, times the number of ejections before.</source>
        <translation>Dauer des Ausschlusses, mal der Zahl bisheriger Ausschlüsse.</translation>
    </message>
    <message>
        <source>Most endpoints that may be out at a time; one may always be.</source>
        <translation>Wie viele Endpunkte höchstens gleichzeitig ausgeschlossen sind; einer darf es immer sein.</translation>
    </message>
    <message>
        <source>Most that may be under way; further requests are answered 503.</source>
        <translation>Wie viele höchstens unterwegs sind; weitere Anfragen werden mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>Connections to the backend.</source>
        <translation>Verbindungen zum Backend.</translation>
    </message>
    <message>
        <source>Requests that wait for one.</source>
        <translation>Anfragen, die auf eine warten.</translation>
    </message>
    <message>
        <source>Requests at a time.</source>
        <translation>Gleichzeitige Anfragen.</translation>
    </message>
    <message>
        <source>Further tries at a time.</source>
        <translation>Gleichzeitige weitere Versuche.</translation>
    </message>
    <message>
        <source>Shows how much is left in the statistics.</source>
        <translation>Zeigt in der Statistik, wie viel noch frei ist.</translation>
    </message>
    <message>
        <source>Connections to the backend, whatever the version of HTTP.</source>
        <translation>Verbindungen zum Backend, gleich mit welcher HTTP-Version.</translation>
    </message>
    <message>
        <source>Closes a connection without a request after this time; 0s for never.</source>
        <translation>Schließt eine Verbindung ohne Anfrage nach dieser Zeit; 0s für nie.</translation>
    </message>
    <message>
        <source>Longest life of a connection.</source>
        <translation>Längste Lebensdauer einer Verbindung.</translation>
    </message>
    <message>
        <source>Most header fields of an answer.</source>
        <translation>Größte Zahl von Kopffeldern einer Antwort.</translation>
    </message>
    <message>
        <source>Longest life of a request.</source>
        <translation>Längste Lebensdauer einer Anfrage.</translation>
    </message>
    <message>
        <source>Requests after which a connection is closed; 0 for any number.</source>
        <translation>Anfragen, nach denen eine Verbindung geschlossen wird; 0 für beliebig viele.</translation>
    </message>
    <message>
        <source>TLS with the backend. A BackendTLSPolicy of the backend wins over it.</source>
        <translation>TLS mit dem Backend. Eine BackendTLSPolicy des Backends hat Vorrang.</translation>
    </message>
    <message>
        <source>Secret with ca.crt, and with tls.crt and tls.key to be shown to the backend.</source>
        <translation>Secret mit ca.crt, und mit tls.crt und tls.key, die dem Backend gezeigt werden.</translation>
    </message>
    <message>
        <source>Name of a Secret of this namespace.</source>
        <translation>Name eines Secrets dieses Namespace.</translation>
    </message>
    <message>
        <source>requests to the backend answer 503, for TLS must not be left out</source>
        <translation>Anfragen an das Backend werden mit 503 beantwortet, denn TLS darf nicht fehlen</translation>
    </message>
    <message>
        <source>Files on the proxy.</source>
        <translation>Dateien auf dem Proxy.</translation>
    </message>
    <message>
        <source>Certificate.</source>
        <translation>Zertifikat.</translation>
    </message>
    <message>
        <source>Key.</source>
        <translation>Schlüssel.</translation>
    </message>
    <message>
        <source>Authorities.</source>
        <translation>Zertifizierungsstellen.</translation>
    </message>
    <message>
        <source>Believes any certificate.</source>
        <translation>Glaubt jedem Zertifikat.</translation>
    </message>
    <message>
        <source>Checks against the system&apos;s authorities.</source>
        <translation>Prüft gegen die Zertifizierungsstellen des Systems.</translation>
    </message>
    <message>
        <source>Name that is asked for, and that the certificate must carry.</source>
        <translation>Name, nach dem gefragt wird und den das Zertifikat tragen muss.</translation>
    </message>
    <message>
        <source>Names of which the certificate must carry one.</source>
        <translation>Namen, von denen das Zertifikat einen tragen muss.</translation>
    </message>
    <message>
        <source>A name.</source>
        <translation>Ein Name.</translation>
    </message>
    <message>
        <source>Versions and ciphers.</source>
        <translation>Versionen und Chiffren.</translation>
    </message>
    <message>
        <source>Protocols offered.</source>
        <translation>Angebotene Protokolle.</translation>
    </message>
    <message>
        <source>One.</source>
        <translation>Eines davon.</translation>
    </message>
    <message>
        <source>Permits renegotiation, which is never done here.</source>
        <translation>Erlaubt Neuverhandlung, die hier nie geschieht.</translation>
    </message>
    <message>
        <source>Does not show the secret&apos;s certificate to the backend.</source>
        <translation>Zeigt dem Backend das Zertifikat des Secrets nicht.</translation>
    </message>
    <message>
        <source>How a Service&apos;s or Backend&apos;s endpoints are chosen, judged and connected to.</source>
        <translation>Wie die Endpunkte eines Service oder Backends gewählt, beurteilt und verbunden werden.</translation>
    </message>
    <message>
        <source>Where it attaches, and what it sets.</source>
        <translation>Woran es hängt und was es setzt.</translation>
    </message>
    <message>
        <source>What it attaches to.</source>
        <translation>Woran es hängt.</translation>
    </message>
    <message>
        <source>One target of this namespace.</source>
        <translation>Ein Ziel dieses Namespace.</translation>
    </message>
    <message>
        <source>Targets by label.</source>
        <translation>Ziele nach Label.</translation>
    </message>
    <message>
        <source>Objects with these labels.</source>
        <translation>Objekte mit diesen Labels.</translation>
    </message>
    <message>
        <source>For a new connection.</source>
        <translation>Für eine neue Verbindung.</translation>
    </message>
    <message>
        <source>Looking up names of hosts.</source>
        <translation>Nachschlagen von Hostnamen.</translation>
    </message>
    <message>
        <source>How long addresses are kept.</source>
        <translation>Wie lange Adressen gehalten werden.</translation>
    </message>
    <message>
        <source>Up to so much is added, at random.</source>
        <translation>So viel kommt höchstens hinzu, nach Zufall.</translation>
    </message>
    <message>
        <source>the system&apos;s resolver tells no TTL; refreshRate holds</source>
        <translation>die Namensauflösung des Systems nennt keine TTL; es gilt refreshRate</translation>
    </message>
    <message>
        <source>Keeps addresses no longer than DNS says.</source>
        <translation>Hält Adressen nicht länger, als DNS sagt.</translation>
    </message>
    <message>
        <source>Buffer of a connection.</source>
        <translation>Puffer einer Verbindung.</translation>
    </message>
    <message>
        <source>Probes of idle connections by the system.</source>
        <translation>Proben ruhender Verbindungen durch das System.</translation>
    </message>
    <message>
        <source>Probes without an answer after which it is closed.</source>
        <translation>Proben ohne Antwort, nach denen sie geschlossen wird.</translation>
    </message>
    <message>
        <source>Idle time before the first.</source>
        <translation>Ruhezeit vor der ersten.</translation>
    </message>
    <message>
        <source>Time between them.</source>
        <translation>Zeit dazwischen.</translation>
    </message>
    <message>
        <source>Settings of HTTP/1.</source>
        <translation>Einstellungen für HTTP/1.</translation>
    </message>
    <message>
        <source>Settings of HTTP/2.</source>
        <translation>Einstellungen für HTTP/2.</translation>
    </message>
    <message>
        <source>Asks endpoints whether they are well.</source>
        <translation>Fragt Endpunkte, ob es ihnen gut geht.</translation>
    </message>
    <message>
        <source>Tells the backend who the client is.</source>
        <translation>Sagt dem Backend, wer der Client ist.</translation>
    </message>
    <message>
        <source>A room for objects; its labels decide which routes a listener admits.</source>
        <translation>Ein Raum für Objekte; seine Labels entscheiden, welche Routen ein Listener zulässt.</translation>
    </message>
    <message>
        <source>Set by the cluster.</source>
        <translation>Setzt der Cluster.</translation>
    </message>
    <message>
        <source>A name for a set of endpoints.</source>
        <translation>Ein Name für eine Gruppe von Endpunkten.</translation>
    </message>
    <message>
        <source>Ports and endpoints.</source>
        <translation>Ports und Endpunkte.</translation>
    </message>
    <message>
        <source>How a cluster exposes it.</source>
        <translation>Wie ein Cluster ihn zugänglich macht.</translation>
    </message>
    <message>
        <source>Labels of the pods behind it.</source>
        <translation>Labels der Pods dahinter.</translation>
    </message>
    <message>
        <source>Ports that it answers on.</source>
        <translation>Ports, auf denen er antwortet.</translation>
    </message>
    <message>
        <source>One port.</source>
        <translation>Ein Port.</translation>
    </message>
    <message>
        <source>Name; endpoint slices refer to it.</source>
        <translation>Name; EndpointSlices verweisen darauf.</translation>
    </message>
    <message>
        <source>The port that routes name.</source>
        <translation>Der Port, den Routen nennen.</translation>
    </message>
    <message>
        <source>Transport protocol.</source>
        <translation>Transportprotokoll.</translation>
    </message>
    <message>
        <source>Port of the pods, by number or name; absent means the same.</source>
        <translation>Port der Pods, als Nummer oder Name; ohne Angabe derselbe.</translation>
    </message>
    <message>
        <source>What the endpoints speak, such as http or kubernetes.io/h2c.</source>
        <translation>Was die Endpunkte sprechen, etwa http oder kubernetes.io/h2c.</translation>
    </message>
    <message>
        <source>Port on the nodes.</source>
        <translation>Port auf den Knoten.</translation>
    </message>
    <message>
        <source>Address in the cluster; None for headless.</source>
        <translation>Adresse im Cluster; None für headless.</translation>
    </message>
    <message>
        <source>Host that stands for it, for ExternalName.</source>
        <translation>Host, der dafür steht, bei ExternalName.</translation>
    </message>
    <message>
        <source>Addresses behind a Service, named by the label kubernetes.io/service-name.</source>
        <translation>Adressen hinter einem Service, den das Label kubernetes.io/service-name nennt.</translation>
    </message>
    <message>
        <source>What the addresses are.</source>
        <translation>Was die Adressen sind.</translation>
    </message>
    <message>
        <source>The addresses.</source>
        <translation>Die Adressen.</translation>
    </message>
    <message>
        <source>One endpoint.</source>
        <translation>Ein Endpunkt.</translation>
    </message>
    <message>
        <source>Its addresses; the first is used.</source>
        <translation>Seine Adressen; verwendet wird die erste.</translation>
    </message>
    <message>
        <source>An address.</source>
        <translation>Eine Adresse.</translation>
    </message>
    <message>
        <source>Its state.</source>
        <translation>Sein Zustand.</translation>
    </message>
    <message>
        <source>May it get requests? Absent means yes.</source>
        <translation>Darf er Anfragen bekommen? Ohne Angabe ja.</translation>
    </message>
    <message>
        <source>Does it answer?</source>
        <translation>Antwortet er?</translation>
    </message>
    <message>
        <source>Is it going away?</source>
        <translation>Ist er im Gehen?</translation>
    </message>
    <message>
        <source>Its host name.</source>
        <translation>Sein Hostname.</translation>
    </message>
    <message>
        <source>The node it runs on.</source>
        <translation>Der Knoten, auf dem er läuft.</translation>
    </message>
    <message>
        <source>The zone it runs in.</source>
        <translation>Die Zone, in der er läuft.</translation>
    </message>
    <message>
        <source>The pod behind it.</source>
        <translation>Der Pod dahinter.</translation>
    </message>
    <message>
        <source>Usually Pod.</source>
        <translation>Meist Pod.</translation>
    </message>
    <message>
        <source>The pod&apos;s name.</source>
        <translation>Der Name des Pods.</translation>
    </message>
    <message>
        <source>The pod&apos;s namespace.</source>
        <translation>Der Namespace des Pods.</translation>
    </message>
    <message>
        <source>Ports of every endpoint.</source>
        <translation>Ports jedes Endpunkts.</translation>
    </message>
    <message>
        <source>Name of the Service&apos;s port.</source>
        <translation>Name des Ports im Service.</translation>
    </message>
    <message>
        <source>The port&apos;s number.</source>
        <translation>Die Nummer des Ports.</translation>
    </message>
    <message>
        <source>What is spoken.</source>
        <translation>Was gesprochen wird.</translation>
    </message>
    <message>
        <source>A running model server or other program; its labels put it into pools.</source>
        <translation>Ein laufender Modellserver oder ein anderes Programm; seine Labels ordnen ihn Pools zu.</translation>
    </message>
    <message>
        <source>Containers; Gatehouse does not run them.</source>
        <translation>Container; Gatehouse führt sie nicht aus.</translation>
    </message>
    <message>
        <source>Where it runs.</source>
        <translation>Wo er läuft.</translation>
    </message>
    <message>
        <source>Its address.</source>
        <translation>Seine Adresse.</translation>
    </message>
    <message>
        <source>Its conditions; Ready decides whether it gets requests.</source>
        <translation>Seine Bedingungen; Ready entscheidet, ob er Anfragen bekommt.</translation>
    </message>
    <message>
        <source>Its name.</source>
        <translation>Sein Name.</translation>
    </message>
    <message>
        <source>True, False or Unknown.</source>
        <translation>True, False oder Unknown.</translation>
    </message>
    <message>
        <source>A secret value, or where to find it.</source>
        <translation>Ein geheimer Wert, oder wo er zu finden ist.</translation>
    </message>
    <message>
        <source>What the keys mean.</source>
        <translation>Was die Schlüssel bedeuten.</translation>
    </message>
    <message>
        <source>Values in base64.</source>
        <translation>Werte in base64.</translation>
    </message>
    <message>
        <source>Values as text, or env:NAME or file:/path to look them up when they are used.</source>
        <translation>Werte als Text, oder env:NAME oder file:/pfad, um sie bei Gebrauch nachzuschlagen.</translation>
    </message>
    <message>
        <source>May it change?</source>
        <translation>Darf es sich ändern?</translation>
    </message>
    <message>
        <source>Settings or certificates as text.</source>
        <translation>Einstellungen oder Zertifikate als Text.</translation>
    </message>
    <message>
        <source>Values as text.</source>
        <translation>Werte als Text.</translation>
    </message>
    <message>
        <source>API group of the referent; empty for core.</source>
        <translation>API-Gruppe des Objekts, auf das verwiesen wird; leer für core.</translation>
    </message>
    <message>
        <source>Kind of the referent.</source>
        <translation>Art des Objekts, auf das verwiesen wird.</translation>
    </message>
    <message>
        <source>Name of the referent.</source>
        <translation>Name des Objekts, auf das verwiesen wird.</translation>
    </message>
    <message>
        <source>Namespace of the referent; another than the own needs a ReferenceGrant.</source>
        <translation>Namespace des Objekts, auf das verwiesen wird; ein anderer als der eigene braucht einen ReferenceGrant.</translation>
    </message>
    <message>
        <source>API group of the parameters object.</source>
        <translation>API-Gruppe des Parameterobjekts.</translation>
    </message>
    <message>
        <source>Kind of the parameters object.</source>
        <translation>Art des Parameterobjekts.</translation>
    </message>
    <message>
        <source>Name of the parameters object.</source>
        <translation>Name des Parameterobjekts.</translation>
    </message>
    <message>
        <source>Namespace of the parameters object, where it has one.</source>
        <translation>Namespace des Parameterobjekts, wo es einen hat.</translation>
    </message>
    <message>
        <source>Settings of the implementation, in a kind of its own.</source>
        <translation>Einstellungen der Implementierung, in einer eigenen Art.</translation>
    </message>
    <message>
        <source>Objects that hold the trusted authorities.</source>
        <translation>Objekte mit den Zertifizierungsstellen, denen vertraut wird.</translation>
    </message>
    <message>
        <source>One reference.</source>
        <translation>Ein Verweis.</translation>
    </message>
    <message>
        <source>API group.</source>
        <translation>API-Gruppe.</translation>
    </message>
    <message>
        <source>Kind, such as ConfigMap.</source>
        <translation>Art, etwa ConfigMap.</translation>
    </message>
    <message>
        <source>Name.</source>
        <translation>Der Name.</translation>
    </message>
    <message>
        <source>Namespace.</source>
        <translation>Der Namespace.</translation>
    </message>
    <message>
        <source>How client certificates are checked.</source>
        <translation>Wie Zertifikate von Clients geprüft werden.</translation>
    </message>
    <message>
        <source>What happens to a client without a valid certificate.</source>
        <translation>Was mit einem Client ohne gültiges Zertifikat geschieht.</translation>
    </message>
    <message>
        <source>Which routes may attach to this listener.</source>
        <translation>Welche Routen sich an diesen Listener hängen dürfen.</translation>
    </message>
    <message>
        <source>Namespaces whose routes may attach.</source>
        <translation>Namespaces, deren Routen sich anhängen dürfen.</translation>
    </message>
    <message>
        <source>Own namespace, all of them, or those with certain labels.</source>
        <translation>Der eigene Namespace, alle, oder solche mit bestimmten Labels.</translation>
    </message>
    <message>
        <source>Labels of the namespaces, for Selector.</source>
        <translation>Labels der Namespaces, für Selector.</translation>
    </message>
    <message>
        <source>Kinds of routes; empty for all that the protocol allows.</source>
        <translation>Arten von Routen; leer für alle, die das Protokoll erlaubt.</translation>
    </message>
    <message>
        <source>One kind.</source>
        <translation>Eine Art.</translation>
    </message>
    <message>
        <source>API group of the route kind.</source>
        <translation>API-Gruppe der Routenart.</translation>
    </message>
    <message>
        <source>The route kind, such as HTTPRoute.</source>
        <translation>Die Routenart, etwa HTTPRoute.</translation>
    </message>
    <message>
        <source>One port, protocol and hostname that the Gateway answers on.</source>
        <translation>Port, Protokoll und Hostname, auf denen das Gateway antwortet.</translation>
    </message>
    <message>
        <source>Name that routes and policies use as sectionName.</source>
        <translation>Name, den Routen und Richtlinien als sectionName verwenden.</translation>
    </message>
    <message>
        <source>Only requests for this host; may start with *. ; absent means any host.</source>
        <translation>Nur Anfragen für diesen Host; darf mit *. beginnen; ohne Angabe jeder Host.</translation>
    </message>
    <message>
        <source>Port that clients connect to.</source>
        <translation>Port, mit dem sich Clients verbinden.</translation>
    </message>
    <message>
        <source>What clients speak on this port.</source>
        <translation>Was Clients auf diesem Port sprechen.</translation>
    </message>
    <message>
        <source>Certificates, for HTTPS and TLS.</source>
        <translation>Zertifikate, für HTTPS und TLS.</translation>
    </message>
    <message>
        <source>Decrypt here, or pass the encrypted stream on.</source>
        <translation>Hier entschlüsseln, oder den verschlüsselten Strom durchreichen.</translation>
    </message>
    <message>
        <source>Secrets with the certificates.</source>
        <translation>Secrets mit den Zertifikaten.</translation>
    </message>
    <message>
        <source>One Secret of type kubernetes.io/tls.</source>
        <translation>Ein Secret vom Typ kubernetes.io/tls.</translation>
    </message>
    <message>
        <source>the data plane&apos;s own settings apply</source>
        <translation>es gelten die Einstellungen der Datenebene</translation>
    </message>
    <message>
        <source>Settings of the implementation.</source>
        <translation>Einstellungen der Implementierung.</translation>
    </message>
    <message>
        <source>Where traffic enters: a set of listeners.</source>
        <translation>Wo der Verkehr hereinkommt: eine Gruppe von Listenern.</translation>
    </message>
    <message>
        <source>The wished listeners.</source>
        <translation>Die gewünschten Listener.</translation>
    </message>
    <message>
        <source>Which implementation runs it; Gatehouse runs every class.</source>
        <translation>Welche Implementierung es ausführt; Gatehouse führt jede Klasse aus.</translation>
    </message>
    <message>
        <source>Ports, protocols and hostnames.</source>
        <translation>Ports, Protokolle und Hostnamen.</translation>
    </message>
    <message>
        <source>the embedded data plane listens on this machine</source>
        <translation>die eingebettete Datenebene lauscht auf diesem Rechner</translation>
    </message>
    <message>
        <source>Addresses that the Gateway asks for.</source>
        <translation>Adressen, die das Gateway verlangt.</translation>
    </message>
    <message>
        <source>One address.</source>
        <translation>Eine Adresse.</translation>
    </message>
    <message>
        <source>IPAddress, Hostname, NamedAddress or a domain-prefixed type.</source>
        <translation>IPAddress, Hostname, NamedAddress oder ein Typ mit Domain davor.</translation>
    </message>
    <message>
        <source>The address; empty lets the implementation choose.</source>
        <translation>Die Adresse; leer lässt die Implementierung wählen.</translation>
    </message>
    <message>
        <source>Which ListenerSets may add listeners.</source>
        <translation>Welche ListenerSets Listener hinzufügen dürfen.</translation>
    </message>
    <message>
        <source>Namespaces of the ListenerSets.</source>
        <translation>Namespaces der ListenerSets.</translation>
    </message>
    <message>
        <source>Which namespaces.</source>
        <translation>Welche Namespaces.</translation>
    </message>
    <message>
        <source>Marks for what a cluster creates for this Gateway.</source>
        <translation>Merkmale für das, was ein Cluster für dieses Gateway anlegt.</translation>
    </message>
    <message>
        <source>Labels to put on them.</source>
        <translation>Labels, die es bekommt.</translation>
    </message>
    <message>
        <source>Annotations to put on them.</source>
        <translation>Annotationen, die es bekommt.</translation>
    </message>
    <message>
        <source>TLS settings of the whole Gateway.</source>
        <translation>TLS-Einstellungen des ganzen Gateways.</translation>
    </message>
    <message>
        <source>Towards backends.</source>
        <translation>Zu Backends hin.</translation>
    </message>
    <message>
        <source>Certificate that the Gateway shows to backends.</source>
        <translation>Zertifikat, das das Gateway den Backends zeigt.</translation>
    </message>
    <message>
        <source>From clients.</source>
        <translation>Von Clients her.</translation>
    </message>
    <message>
        <source>For all ports without an own entry.</source>
        <translation>Für alle Ports ohne eigenen Eintrag.</translation>
    </message>
    <message>
        <source>For single ports.</source>
        <translation>Für einzelne Ports.</translation>
    </message>
    <message>
        <source>The port.</source>
        <translation>Der Port.</translation>
    </message>
    <message>
        <source>Its settings.</source>
        <translation>Seine Einstellungen.</translation>
    </message>
    <message>
        <source>default gateways are not computed</source>
        <translation>Standard-Gateways werden nicht berechnet</translation>
    </message>
    <message>
        <source>Experimental: routes that use this Gateway by default.</source>
        <translation>Experimentell: Routen, die dieses Gateway von sich aus verwenden.</translation>
    </message>
    <message>
        <source>More listeners for a Gateway, kept by another team.</source>
        <translation>Weitere Listener für ein Gateway, von einem anderen Team gepflegt.</translation>
    </message>
    <message>
        <source>The wished listeners, and whose they are.</source>
        <translation>Die gewünschten Listener, und wem sie gehören.</translation>
    </message>
    <message>
        <source>The Gateway that gets the listeners; it must allow that.</source>
        <translation>Das Gateway, das die Listener bekommt; es muss das erlauben.</translation>
    </message>
    <message>
        <source>API group of the parent.</source>
        <translation>API-Gruppe des Elternobjekts.</translation>
    </message>
    <message>
        <source>Kind of the parent.</source>
        <translation>Art des Elternobjekts.</translation>
    </message>
    <message>
        <source>Name of the Gateway.</source>
        <translation>Name des Gateways.</translation>
    </message>
    <message>
        <source>Namespace of the Gateway; absent means the own.</source>
        <translation>Namespace des Gateways; ohne Angabe der eigene.</translation>
    </message>
    <message>
        <source>An implementation that runs Gateways.</source>
        <translation>Eine Implementierung, die Gateways ausführt.</translation>
    </message>
    <message>
        <source>The implementation.</source>
        <translation>Die Implementierung.</translation>
    </message>
    <message>
        <source>Domain-prefixed name of the controller.</source>
        <translation>Name des Controllers mit Domain davor.</translation>
    </message>
    <message>
        <source>A few words for people.</source>
        <translation>Ein paar Worte für Menschen.</translation>
    </message>
    <message>
        <source>Names, one of which the backend&apos;s certificate must carry instead of the hostname.</source>
        <translation>Namen, von denen das Zertifikat des Backends einen statt des Hostnamens tragen muss.</translation>
    </message>
    <message>
        <source>One name.</source>
        <translation>Ein einzelner Name.</translation>
    </message>
    <message>
        <source>What kind of name it is.</source>
        <translation>Welche Art Name es ist.</translation>
    </message>
    <message>
        <source>A host; may start with *. .</source>
        <translation>Ein Host; darf mit *. beginnen.</translation>
    </message>
    <message>
        <source>An absolute URI, such as a SPIFFE identity.</source>
        <translation>Eine absolute URI, etwa eine SPIFFE-Identität.</translation>
    </message>
    <message>
        <source>How connections to a Service are encrypted and checked.</source>
        <translation>Wie Verbindungen zu einem Service verschlüsselt und geprüft werden.</translation>
    </message>
    <message>
        <source>What it applies to, and what is checked.</source>
        <translation>Wofür es gilt, und was geprüft wird.</translation>
    </message>
    <message>
        <source>Services of this namespace.</source>
        <translation>Services dieses Namespace.</translation>
    </message>
    <message>
        <source>One Service, or one port of it.</source>
        <translation>Ein Service, oder einer seiner Ports.</translation>
    </message>
    <message>
        <source>API group of the target; empty for core.</source>
        <translation>API-Gruppe des Ziels; leer für core.</translation>
    </message>
    <message>
        <source>Kind of the target: Service.</source>
        <translation>Art des Ziels: Service.</translation>
    </message>
    <message>
        <source>Name of a port of the Service; absent means all its ports.</source>
        <translation>Name eines Ports des Service; ohne Angabe alle seine Ports.</translation>
    </message>
    <message>
        <source>How the backend&apos;s certificate is checked.</source>
        <translation>Wie das Zertifikat des Backends geprüft wird.</translation>
    </message>
    <message>
        <source>Objects of this namespace that hold the trusted authorities, as ca.crt.</source>
        <translation>Objekte dieses Namespace mit den vertrauten Zertifizierungsstellen, als ca.crt.</translation>
    </message>
    <message>
        <source>API group; empty for core.</source>
        <translation>API-Gruppe; leer für core.</translation>
    </message>
    <message>
        <source>ConfigMap or Secret.</source>
        <translation>ConfigMap oder Secret.</translation>
    </message>
    <message>
        <source>System: the authorities that this machine trusts.</source>
        <translation>System: die Zertifizierungsstellen, denen dieser Rechner vertraut.</translation>
    </message>
    <message>
        <source>Server name that is asked for, and checked without other names.</source>
        <translation>Servername, nach dem gefragt und gegen den ohne andere Namen geprüft wird.</translation>
    </message>
    <message>
        <source>Lets objects of other namespaces refer to objects of this one.</source>
        <translation>Lässt Objekte anderer Namespaces auf Objekte in diesem verweisen.</translation>
    </message>
    <message>
        <source>Who may refer to what.</source>
        <translation>Wer worauf verweisen darf.</translation>
    </message>
    <message>
        <source>Who may refer.</source>
        <translation>Wer verweisen darf.</translation>
    </message>
    <message>
        <source>One kind in one namespace.</source>
        <translation>Eine Art in einem Namespace.</translation>
    </message>
    <message>
        <source>API group of the referrer.</source>
        <translation>API-Gruppe des verweisenden Objekts.</translation>
    </message>
    <message>
        <source>Kind of the referrer.</source>
        <translation>Art des verweisenden Objekts.</translation>
    </message>
    <message>
        <source>Namespace of the referrer.</source>
        <translation>Namespace des verweisenden Objekts.</translation>
    </message>
    <message>
        <source>What may be referred to.</source>
        <translation>Worauf verwiesen werden darf.</translation>
    </message>
    <message>
        <source>One kind, or one object.</source>
        <translation>Eine Art, oder ein Objekt.</translation>
    </message>
    <message>
        <source>One object; absent means all of the kind.</source>
        <translation>Ein Objekt; ohne Angabe alle der Art.</translation>
    </message>
    <message>
        <source>Model servers that share a base model; each request goes to the best of them.</source>
        <translation>Modellserver mit gemeinsamem Grundmodell; jede Anfrage geht an den besten davon.</translation>
    </message>
    <message>
        <source>Which pods, and who picks among them.</source>
        <translation>Welche Pods, und wer unter ihnen wählt.</translation>
    </message>
    <message>
        <source>Labels of the pods of the pool.</source>
        <translation>Labels der Pods des Pools.</translation>
    </message>
    <message>
        <source>Labels that a pod must carry, all of them.</source>
        <translation>Labels, die ein Pod tragen muss, und zwar alle.</translation>
    </message>
    <message>
        <source>What the model servers speak.</source>
        <translation>Was die Modellserver sprechen.</translation>
    </message>
    <message>
        <source>The picker that a cluster asks; here Gatehouse picks itself.</source>
        <translation>Der Picker, den ein Cluster fragt; hier wählt Gatehouse selbst.</translation>
    </message>
    <message>
        <source>API group of the picker; empty for core.</source>
        <translation>API-Gruppe des Pickers; leer für core.</translation>
    </message>
    <message>
        <source>Kind of the picker.</source>
        <translation>Art des Pickers.</translation>
    </message>
    <message>
        <source>Name of the picker.</source>
        <translation>Name des Pickers.</translation>
    </message>
    <message>
        <source>Port of the picker.</source>
        <translation>Port des Pickers.</translation>
    </message>
    <message>
        <source>What the provider is shown as key.</source>
        <translation>Was dem Anbieter als Schlüssel gezeigt wird.</translation>
    </message>
    <message>
        <source>Written here, taken from a Secret, or passed on from the client.</source>
        <translation>Hier geschrieben, aus einem Secret genommen oder vom Client weitergereicht.</translation>
    </message>
    <message>
        <source>The key itself; prefer a Secret.</source>
        <translation>Der Schlüssel selbst; besser ist ein Secret.</translation>
    </message>
    <message>
        <source>requests to it answer 500</source>
        <translation>Anfragen dorthin werden mit 500 beantwortet</translation>
    </message>
    <message>
        <source>OpenAI, or any server that speaks its API.</source>
        <translation>OpenAI, oder jeder Server, der dessen API spricht.</translation>
    </message>
    <message>
        <source>Model to use in place of the one that the client names.</source>
        <translation>Modell statt des vom Client genannten.</translation>
    </message>
    <message>
        <source>OpenAI models at Azure.</source>
        <translation>OpenAI-Modelle bei Azure.</translation>
    </message>
    <message>
        <source>Host of the Azure resource.</source>
        <translation>Host der Azure-Ressource.</translation>
    </message>
    <message>
        <source>Name of the deployment.</source>
        <translation>Name des Deployments.</translation>
    </message>
    <message>
        <source>Version of the API.</source>
        <translation>Version der API.</translation>
    </message>
    <message>
        <source>Anthropic.</source>
        <translation>Anthropic.</translation>
    </message>
    <message>
        <source>Model to use.</source>
        <translation>Modell, das verwendet wird.</translation>
    </message>
    <message>
        <source>Google Gemini.</source>
        <translation>Google Gemini.</translation>
    </message>
    <message>
        <source>Google Vertex AI.</source>
        <translation>Google Vertex AI.</translation>
    </message>
    <message>
        <source>Project.</source>
        <translation>Projekt.</translation>
    </message>
    <message>
        <source>Region.</source>
        <translation>Region.</translation>
    </message>
    <message>
        <source>Path of the model&apos;s method.</source>
        <translation>Pfad der Methode des Modells.</translation>
    </message>
    <message>
        <source>Publisher of the model.</source>
        <translation>Herausgeber des Modells.</translation>
    </message>
    <message>
        <source>Amazon Bedrock.</source>
        <translation>Amazon Bedrock.</translation>
    </message>
    <message>
        <source>Credentials.</source>
        <translation>Zugangsdaten.</translation>
    </message>
    <message>
        <source>Where they come from.</source>
        <translation>Woher sie kommen.</translation>
    </message>
    <message>
        <source>A guardrail of Bedrock.</source>
        <translation>Eine Guardrail von Bedrock.</translation>
    </message>
    <message>
        <source>Its id.</source>
        <translation>Ihre ID.</translation>
    </message>
    <message>
        <source>Its version.</source>
        <translation>Ihre Version.</translation>
    </message>
    <message>
        <source>Host in place of the provider&apos;s own; needs port.</source>
        <translation>Host statt dem des Anbieters; braucht port.</translation>
    </message>
    <message>
        <source>Port in place of the provider&apos;s own; needs host. TLS is used on 443 alone.</source>
        <translation>Port statt dem des Anbieters; braucht host. TLS wird nur auf 443 verwendet.</translation>
    </message>
    <message>
        <source>Path in place of the provider&apos;s own.</source>
        <translation>Pfad statt dem des Anbieters.</translation>
    </message>
    <message>
        <source>The whole path.</source>
        <translation>Der ganze Pfad.</translation>
    </message>
    <message>
        <source>How the key is sent.</source>
        <translation>Wie der Schlüssel gesendet wird.</translation>
    </message>
    <message>
        <source>What stands before the key, such as Bearer.</source>
        <translation>Was vor dem Schlüssel steht, etwa Bearer.</translation>
    </message>
    <message>
        <source>Header that carries the key.</source>
        <translation>Header, der den Schlüssel trägt.</translation>
    </message>
    <message>
        <source>Name, unique in its group.</source>
        <translation>Name, einmalig in seiner Gruppe.</translation>
    </message>
    <message>
        <source>One provider.</source>
        <translation>Ein Anbieter.</translation>
    </message>
    <message>
        <source>A destination that is no Service: an LLM provider or fixed hosts.</source>
        <translation>Ein Ziel, das kein Service ist: ein LLM-Anbieter oder feste Hosts.</translation>
    </message>
    <message>
        <source>The destination.</source>
        <translation>Das Ziel.</translation>
    </message>
    <message>
        <source>What it is; the member of the same name holds its settings.</source>
        <translation>Was es ist; das Feld gleichen Namens enthält die Einstellungen.</translation>
    </message>
    <message>
        <source>LLM providers.</source>
        <translation>LLM-Anbieter.</translation>
    </message>
    <message>
        <source>Groups of providers; a later group is used when the ones before it fail.</source>
        <translation>Gruppen von Anbietern; eine spätere wird verwendet, wenn die davor versagen.</translation>
    </message>
    <message>
        <source>One group.</source>
        <translation>Eine Gruppe.</translation>
    </message>
    <message>
        <source>Providers of the same rank.</source>
        <translation>Anbieter gleichen Rangs.</translation>
    </message>
    <message>
        <source>Fixed hosts.</source>
        <translation>Feste Hosts.</translation>
    </message>
    <message>
        <source>Addresses, used in turn.</source>
        <translation>Adressen, die reihum verwendet werden.</translation>
    </message>
    <message>
        <source>Host name or IP address.</source>
        <translation>Hostname oder IP-Adresse.</translation>
    </message>
    <message>
        <source>Port.</source>
        <translation>Der Port.</translation>
    </message>
    <message>
        <source>What the hosts speak; absent means HTTP/1.1.</source>
        <translation>Was die Hosts sprechen; ohne Angabe HTTP/1.1.</translation>
    </message>
    <message>
        <source>An AWS Lambda function.</source>
        <translation>Eine Funktion von AWS Lambda.</translation>
    </message>
    <message>
        <source>The host that each request names.</source>
        <translation>Der Host, den jede Anfrage nennt.</translation>
    </message>
    <message>
        <source>Servers of the Model Context Protocol.</source>
        <translation>Server des Model Context Protocol.</translation>
    </message>
    <message>
        <source>A service of Google Cloud.</source>
        <translation>Ein Dienst von Google Cloud.</translation>
    </message>
    <message>
        <source>One message.</source>
        <translation>Eine Nachricht.</translation>
    </message>
    <message>
        <source>system, user or assistant; case does not matter.</source>
        <translation>system, user oder assistant; Groß- und Kleinschreibung ist gleich.</translation>
    </message>
    <message>
        <source>Its text.</source>
        <translation>Ihr Text.</translation>
    </message>
    <message>
        <source>Patterns that are looked for in every message.</source>
        <translation>Muster, nach denen in jeder Nachricht gesucht wird.</translation>
    </message>
    <message>
        <source>Own patterns.</source>
        <translation>Eigene Muster.</translation>
    </message>
    <message>
        <source>One pattern.</source>
        <translation>Ein Muster.</translation>
    </message>
    <message>
        <source>Name for people and for logs.</source>
        <translation>Name für Menschen und Protokolle.</translation>
    </message>
    <message>
        <source>Regular expression (RE2); case does not matter.</source>
        <translation>Regulärer Ausdruck (RE2); Groß- und Kleinschreibung ist gleich.</translation>
    </message>
    <message>
        <source>Ready-made patterns.</source>
        <translation>Fertige Muster.</translation>
    </message>
    <message>
        <source>One of them.</source>
        <translation>Eines davon.</translation>
    </message>
    <message>
        <source>Replace what was found, or refuse the request.</source>
        <translation>Fundstellen ersetzen, oder die Anfrage ablehnen.</translation>
    </message>
    <message>
        <source>Asks a service of your own.</source>
        <translation>Fragt einen eigenen Dienst.</translation>
    </message>
    <message>
        <source>The service.</source>
        <translation>Der Dienst.</translation>
    </message>
    <message>
        <source>Its host.</source>
        <translation>Sein Host.</translation>
    </message>
    <message>
        <source>Its port.</source>
        <translation>Sein Port.</translation>
    </message>
    <message>
        <source>Settings for LLM requests.</source>
        <translation>Einstellungen für LLM-Anfragen.</translation>
    </message>
    <message>
        <source>Are answers streamed? Gatehouse reads it from each request.</source>
        <translation>Werden Antworten gestreamt? Gatehouse liest das aus jeder Anfrage.</translation>
    </message>
    <message>
        <source>One field.</source>
        <translation>Ein Feld.</translation>
    </message>
    <message>
        <source>Value as JSON or plain text.</source>
        <translation>Wert als JSON oder als Text.</translation>
    </message>
    <message>
        <source>Replace what the client sends too?</source>
        <translation>Auch ersetzen, was der Client sendet?</translation>
    </message>
    <message>
        <source>Messages that are added to every request.</source>
        <translation>Nachrichten, die zu jeder Anfrage hinzukommen.</translation>
    </message>
    <message>
        <source>Before the client&apos;s messages.</source>
        <translation>Vor den Nachrichten des Clients.</translation>
    </message>
    <message>
        <source>After the client&apos;s messages.</source>
        <translation>Nach den Nachrichten des Clients.</translation>
    </message>
    <message>
        <source>Checks of prompts and answers.</source>
        <translation>Prüfungen von Prompts und Antworten.</translation>
    </message>
    <message>
        <source>Checks of prompts.</source>
        <translation>Prüfungen von Prompts.</translation>
    </message>
    <message>
        <source>What a refused client reads.</source>
        <translation>Was ein abgelehnter Client liest.</translation>
    </message>
    <message>
        <source>Text of the answer.</source>
        <translation>Text der Antwort.</translation>
    </message>
    <message>
        <source>Status of the answer.</source>
        <translation>Status der Antwort.</translation>
    </message>
    <message>
        <source>requests on its routes answer 500 rather than pass unchecked</source>
        <translation>Anfragen auf ihren Routen werden mit 500 beantwortet, statt ungeprüft durchzugehen</translation>
    </message>
    <message>
        <source>Settings that attach to Gateways, listeners, routes or rules.</source>
        <translation>Einstellungen, die an Gateways, Listenern, Routen oder Regeln hängen.</translation>
    </message>
    <message>
        <source>What it attaches to; absent leaves it to an ExtensionRef filter.</source>
        <translation>Woran es hängt; ohne Angabe bleibt das einem ExtensionRef-Filter überlassen.</translation>
    </message>
    <message>
        <source>API group of the target.</source>
        <translation>API-Gruppe des Ziels.</translation>
    </message>
    <message>
        <source>Gateway or HTTPRoute.</source>
        <translation>Gateway oder HTTPRoute.</translation>
    </message>
    <message>
        <source>A listener of the Gateway, or a named rule of the route.</source>
        <translation>Ein Listener des Gateways, oder eine benannte Regel der Route.</translation>
    </message>
    <message>
        <source>it attaches to nothing here; name the targets instead</source>
        <translation>es hängt hier an nichts; nennen Sie stattdessen die Ziele</translation>
    </message>
    <message>
        <source>Kind.</source>
        <translation>Die Art.</translation>
    </message>
    <message>
        <source>Labels.</source>
        <translation>Die Labels.</translation>
    </message>
    <message>
        <source>Part of the target.</source>
        <translation>Teil des Ziels.</translation>
    </message>
    <message>
        <source>Who may call, by address.</source>
        <translation>Wer aufrufen darf, nach Adresse.</translation>
    </message>
    <message>
        <source>Callers by login.</source>
        <translation>Aufrufer nach Anmeldung.</translation>
    </message>
    <message>
        <source>Asks a service whether a request may pass.</source>
        <translation>Fragt einen Dienst, ob eine Anfrage durchgehen darf.</translation>
    </message>
    <message>
        <source>Sends requests through a service.</source>
        <translation>Schickt Anfragen durch einen Dienst.</translation>
    </message>
    <message>
        <source>Which other origins may call.</source>
        <translation>Welche fremden Herkünfte aufrufen dürfen.</translation>
    </message>
    <message>
        <source>Changes of headers.</source>
        <translation>Änderungen an Headern.</translation>
    </message>
    <message>
        <source>Changes by template.</source>
        <translation>Änderungen nach Vorlage.</translation>
    </message>
    <message>
        <source>Time limits.</source>
        <translation>Fristen.</translation>
    </message>
    <message>
        <source>Further tries after a failure.</source>
        <translation>Weitere Versuche nach einem Fehlschlag.</translation>
    </message>
    <message>
        <source>Limits on buffered bodies.</source>
        <translation>Grenzen für gepufferte Inhalte.</translation>
    </message>
    <message>
        <source>Rewrites the Host header to the endpoint&apos;s.</source>
        <translation>Schreibt den Host-Header auf den des Endpunkts um.</translation>
    </message>
    <message>
        <source>Changes of the path by pattern.</source>
        <translation>Änderungen des Pfads nach Muster.</translation>
    </message>
    <message>
        <source>Compression of bodies.</source>
        <translation>Komprimierung von Inhalten.</translation>
    </message>
    <message>
        <source>Follows redirects here.</source>
        <translation>Folgt Umleitungen hier.</translation>
    </message>
    <message>
        <source>Name in statistics.</source>
        <translation>Name in der Statistik.</translation>
    </message>
    <message>
        <source>Sampling of traces.</source>
        <translation>Stichproben von Traces.</translation>
    </message>
    <message>
        <source>Settings of mirrored requests.</source>
        <translation>Einstellungen gespiegelter Anfragen.</translation>
    </message>
    <message>
        <source>An answer without a backend, used by an ExtensionRef filter.</source>
        <translation>Eine Antwort ohne Backend, verwendet von einem ExtensionRef-Filter.</translation>
    </message>
    <message>
        <source>The answer.</source>
        <translation>Die Antwort.</translation>
    </message>
    <message>
        <source>Status code.</source>
        <translation>Statuscode.</translation>
    </message>
    <message>
        <source>Body of the answer.</source>
        <translation>Inhalt der Antwort.</translation>
    </message>
    <message>
        <source>the body is not made from it</source>
        <translation>der Inhalt wird nicht daraus gemacht</translation>
    </message>
    <message>
        <source>Body made from a template.</source>
        <translation>Inhalt aus einer Vorlage.</translation>
    </message>
    <message>
        <source>Gateway; nothing else is a target.</source>
        <translation>Gateway; nichts anderes ist ein Ziel.</translation>
    </message>
    <message>
        <source>One listener of the Gateway; without it all of them.</source>
        <translation>Ein Listener des Gateways; ohne Angabe alle.</translation>
    </message>
    <message>
        <source>One header.</source>
        <translation>Ein Header.</translation>
    </message>
    <message>
        <source>Its value.</source>
        <translation>Sein Wert.</translation>
    </message>
    <message>
        <source>A line for every request that has ended.</source>
        <translation>Eine Zeile für jede beendete Anfrage.</translation>
    </message>
    <message>
        <source>One log.</source>
        <translation>Ein Protokoll.</translation>
    </message>
    <message>
        <source>Lines in a file of the gateway.</source>
        <translation>Zeilen in einer Datei des Gateways.</translation>
    </message>
    <message>
        <source>The line, with %OPERATORS% of Envoy in it.</source>
        <translation>Die Zeile, mit %OPERATOREN% von Envoy darin.</translation>
    </message>
    <message>
        <source>A JSON object whose values hold %OPERATORS% of Envoy.</source>
        <translation>Ein JSON-Objekt, dessen Werte %OPERATOREN% von Envoy enthalten.</translation>
    </message>
    <message>
        <source>requests are logged without being sifted</source>
        <translation>Anfragen werden ungesiebt protokolliert</translation>
    </message>
    <message>
        <source>Which requests are logged.</source>
        <translation>Welche Anfragen protokolliert werden.</translation>
    </message>
    <message>
        <source>nothing is sent; use fileSink</source>
        <translation>nichts wird gesendet; verwenden Sie fileSink</translation>
    </message>
    <message>
        <source>A service that is sent each line.</source>
        <translation>Ein Dienst, der jede Zeile bekommt.</translation>
    </message>
    <message>
        <source>An OpenTelemetry collector that is sent each line.</source>
        <translation>Ein OpenTelemetry-Sammler, der jede Zeile bekommt.</translation>
    </message>
    <message>
        <source>Whether the peer is the client, or a proxy whose X-Forwarded-For is believed and not added to.</source>
        <translation>Ob die Gegenstelle der Client ist, oder ein Proxy, dessen X-Forwarded-For geglaubt und nicht ergänzt wird.</translation>
    </message>
    <message>
        <source>How many proxies in front are believed in X-Forwarded-For.</source>
        <translation>Wie vielen Proxys davor in X-Forwarded-For geglaubt wird.</translation>
    </message>
    <message>
        <source>Proxies that are believed in X-Forwarded-For, as networks; only where useRemoteAddress is false.</source>
        <translation>Proxys, denen in X-Forwarded-For geglaubt wird, als Netze; nur wo useRemoteAddress false ist.</translation>
    </message>
    <message>
        <source>A network such as 10.0.0.0/8.</source>
        <translation>Ein Netz wie 10.0.0.0/8.</translation>
    </message>
    <message>
        <source>Does not add the peer to X-Forwarded-For.</source>
        <translation>Ergänzt X-Forwarded-For nicht um die Gegenstelle.</translation>
    </message>
    <message>
        <source>Ends a request on which nothing moves for this time; 0s for never.</source>
        <translation>Beendet eine Anfrage, bei der sich so lange nichts bewegt; 0s für nie.</translation>
    </message>
    <message>
        <source>Largest head of a request; 431 beyond.</source>
        <translation>Größter Kopf einer Anfrage; darüber 431.</translation>
    </message>
    <message>
        <source>Most fields of a request&apos;s head; 431 beyond.</source>
        <translation>Größte Zahl von Feldern im Kopf einer Anfrage; darüber 431.</translation>
    </message>
    <message>
        <source>Requests of a connection at a time.</source>
        <translation>Gleichzeitige Anfragen einer Verbindung.</translation>
    </message>
    <message>
        <source>Bytes of a request&apos;s body that may wait to be read.</source>
        <translation>Bytes vom Rumpf einer Anfrage, die auf das Lesen warten dürfen.</translation>
    </message>
    <message>
        <source>The same of all requests of a connection.</source>
        <translation>Dasselbe für alle Anfragen einer Verbindung.</translation>
    </message>
    <message>
        <source>CONNECT over HTTP/2 is as without it</source>
        <translation>CONNECT über HTTP/2 ist wie ohne diese Angabe</translation>
    </message>
    <message>
        <source>Permits CONNECT.</source>
        <translation>Erlaubt CONNECT.</translation>
    </message>
    <message>
        <source>What becomes of the Server header of answers.</source>
        <translation>Was aus dem Server-Header von Antworten wird.</translation>
    </message>
    <message>
        <source>The name in the Server header; gatehouse where it is not said.</source>
        <translation>Der Name im Server-Header; ohne Angabe gatehouse.</translation>
    </message>
    <message>
        <source>A path that the gateway itself answers.</source>
        <translation>Ein Pfad, den das Gateway selbst beantwortet.</translation>
    </message>
    <message>
        <source>Answered 200 without a route.</source>
        <translation>Wird ohne Route mit 200 beantwortet.</translation>
    </message>
    <message>
        <source>Keeps the case of HTTP/1 header names; it is always kept here.</source>
        <translation>Behält die Schreibweise von Header-Namen in HTTP/1; sie bleibt hier immer erhalten.</translation>
    </message>
    <message>
        <source>Takes HTTP/1.0 requests; where it is false they are answered 426.</source>
        <translation>Nimmt Anfragen mit HTTP/1.0; bei false werden sie mit 426 beantwortet.</translation>
    </message>
    <message>
        <source>The host of HTTP/1.0 requests that name none.</source>
        <translation>Der Host von HTTP/1.0-Anfragen, die keinen nennen.</translation>
    </message>
    <message>
        <source>Changes request headers before a route is looked for.</source>
        <translation>Ändert Header der Anfrage, bevor eine Route gesucht wird.</translation>
    </message>
    <message>
        <source>Replaced or added.</source>
        <translation>Ersetzt oder hinzugefügt.</translation>
    </message>
    <message>
        <source>Added.</source>
        <translation>Hinzugefügt.</translation>
    </message>
    <message>
        <source>Taken away.</source>
        <translation>Weggenommen.</translation>
    </message>
    <message>
        <source>A header&apos;s name.</source>
        <translation>Der Name eines Headers.</translation>
    </message>
    <message>
        <source>Takes the port out of the Host header.</source>
        <translation>Nimmt den Port aus dem Host-Header.</translation>
    </message>
    <message>
        <source>Gives requests without x-request-id one.</source>
        <translation>Gibt Anfragen ohne x-request-id eine.</translation>
    </message>
    <message>
        <source>Keeps the client&apos;s x-request-id.</source>
        <translation>Behält die x-request-id des Clients.</translation>
    </message>
    <message>
        <source>there is no tracing that it could steer</source>
        <translation>es gibt kein Tracing, das es lenken könnte</translation>
    </message>
    <message>
        <source>What the request id says to tracing.</source>
        <translation>Was die Anfrage-ID dem Tracing sagt.</translation>
    </message>
    <message>
        <source>Notes in the id why the request is traced.</source>
        <translation>Vermerkt in der ID, warum die Anfrage verfolgt wird.</translation>
    </message>
    <message>
        <source>Samples by the id.</source>
        <translation>Zieht Stichproben nach der ID.</translation>
    </message>
    <message>
        <source>no spans are sent</source>
        <translation>es werden keine Spans gesendet</translation>
    </message>
    <message>
        <source>Spans of requests, for OpenTelemetry.</source>
        <translation>Spans von Anfragen, für OpenTelemetry.</translation>
    </message>
    <message>
        <source>Protocols that requests may change to.</source>
        <translation>Protokolle, in die Anfragen wechseln dürfen.</translation>
    </message>
    <message>
        <source>WebSocket is always served.</source>
        <translation>WebSocket wird immer bedient.</translation>
    </message>
    <message>
        <source>A protocol, such as websocket.</source>
        <translation>Ein Protokoll, etwa websocket.</translation>
    </message>
    <message>
        <source>What upstreams are told of the client&apos;s certificate.</source>
        <translation>Was Upstreams über das Zertifikat des Clients erfahren.</translation>
    </message>
    <message>
        <source>Sanitize: nothing, and what clients say is dropped. That is what is done.</source>
        <translation>Sanitize: nichts, und was Clients behaupten, wird verworfen. So geschieht es.</translation>
    </message>
    <message>
        <source>nothing of the certificate is told</source>
        <translation>vom Zertifikat wird nichts mitgeteilt</translation>
    </message>
    <message>
        <source>Parts of the certificate that are told.</source>
        <translation>Teile des Zertifikats, die mitgeteilt werden.</translation>
    </message>
    <message>
        <source>local answers keep their form</source>
        <translation>eigene Antworten behalten ihre Form</translation>
    </message>
    <message>
        <source>Changes what the gateway answers by itself.</source>
        <translation>Ändert, was das Gateway selbst antwortet.</translation>
    </message>
    <message>
        <source>Connections begin with a PROXY header, which tells the client&apos;s address.</source>
        <translation>Verbindungen beginnen mit einem PROXY-Header, der die Adresse des Clients nennt.</translation>
    </message>
    <message>
        <source>Serves connections without one, too.</source>
        <translation>Bedient auch Verbindungen ohne ihn.</translation>
    </message>
    <message>
        <source>Copy of a request&apos;s body that is kept for further tries.</source>
        <translation>Kopie vom Rumpf einer Anfrage, die für weitere Versuche aufbewahrt wird.</translation>
    </message>
    <message>
        <source>For the TLS handshake.</source>
        <translation>Für den TLS-Handshake.</translation>
    </message>
    <message>
        <source>How HTTP is spoken.</source>
        <translation>Wie HTTP gesprochen wird.</translation>
    </message>
    <message>
        <source>Certificates of clients on HTTPS listeners.</source>
        <translation>Zertifikate von Clients auf HTTPS-Listenern.</translation>
    </message>
    <message>
        <source>Whether a client must show one; one that is shown must hold.</source>
        <translation>Ob ein Client eines zeigen muss; ein gezeigtes muss gelten.</translation>
    </message>
    <message>
        <source>Authorities that it is checked against.</source>
        <translation>Zertifizierungsstellen, gegen die es geprüft wird.</translation>
    </message>
    <message>
        <source>A ConfigMap or Secret with ca.crt.</source>
        <translation>Eine ConfigMap oder ein Secret mit ca.crt.</translation>
    </message>
    <message>
        <source>API group; empty for a ConfigMap.</source>
        <translation>API-Gruppe; leer für eine ConfigMap.</translation>
    </message>
    <message>
        <source>Its namespace; the Gateway&apos;s where it is not said.</source>
        <translation>Sein Namespace; ohne Angabe der des Gateways.</translation>
    </message>
    <message>
        <source>Gateways that it attaches to.</source>
        <translation>Gateways, an denen es hängt.</translation>
    </message>
    <message>
        <source>One Gateway of this namespace.</source>
        <translation>Ein Gateway dieses Namespace.</translation>
    </message>
    <message>
        <source>Gateways by label.</source>
        <translation>Gateways nach Label.</translation>
    </message>
    <message>
        <source>Gateways with these labels.</source>
        <translation>Gateways mit diesen Labels.</translation>
    </message>
    <message>
        <source>Settings of every listener whose port has none of its own.</source>
        <translation>Einstellungen jedes Listeners, dessen Port keine eigenen hat.</translation>
    </message>
    <message>
        <source>Settings of single ports, instead of the default ones.</source>
        <translation>Einstellungen einzelner Ports, statt der vorgegebenen.</translation>
    </message>
    <message>
        <source>Port of listeners.</source>
        <translation>Port von Listenern.</translation>
    </message>
    <message>
        <source>How a Gateway&apos;s listeners treat connections and requests.</source>
        <translation>Wie die Listener eines Gateways Verbindungen und Anfragen behandeln.</translation>
    </message>
    <message>
        <source>How a Gateway&apos;s listeners speak HTTP: the older form of ListenerPolicy.</source>
        <translation>Wie die Listener eines Gateways HTTP sprechen: die ältere Form der ListenerPolicy.</translation>
    </message>
    <message>
        <source>Header name; case does not matter.</source>
        <translation>Name des Headers; Groß- und Kleinschreibung ist gleich.</translation>
    </message>
    <message>
        <source>Headers to write, in place of any value they had.</source>
        <translation>Header, die geschrieben werden, anstelle jedes bisherigen Werts.</translation>
    </message>
    <message>
        <source>Headers to append, beside any value they have.</source>
        <translation>Header, die angehängt werden, neben jeden bisherigen Wert.</translation>
    </message>
    <message>
        <source>Names of headers to drop.</source>
        <translation>Namen von Headern, die wegfallen.</translation>
    </message>
    <message>
        <source>Header name.</source>
        <translation>Name des Headers.</translation>
    </message>
    <message>
        <source>A new path.</source>
        <translation>Ein neuer Pfad.</translation>
    </message>
    <message>
        <source>Replace the whole path, or only the matched prefix.</source>
        <translation>Den ganzen Pfad ersetzen, oder nur das getroffene Präfix.</translation>
    </message>
    <message>
        <source>The new path.</source>
        <translation>Der neue Pfad.</translation>
    </message>
    <message>
        <source>What stands in place of the matched prefix.</source>
        <translation>Was statt des getroffenen Präfixes dasteht.</translation>
    </message>
    <message>
        <source>Where to send it.</source>
        <translation>Wohin es geht.</translation>
    </message>
    <message>
        <source>API group of the backend; empty for core.</source>
        <translation>API-Gruppe des Backends; leer für core.</translation>
    </message>
    <message>
        <source>Kind of the backend.</source>
        <translation>Art des Backends.</translation>
    </message>
    <message>
        <source>Name of the backend.</source>
        <translation>Name des Backends.</translation>
    </message>
    <message>
        <source>Namespace of the backend; another than the own needs a ReferenceGrant.</source>
        <translation>Namespace des Backends; ein anderer als der eigene braucht einen ReferenceGrant.</translation>
    </message>
    <message>
        <source>Port of the Service.</source>
        <translation>Port des Service.</translation>
    </message>
    <message>
        <source>Header name, or * alone.</source>
        <translation>Name eines Headers, oder * allein.</translation>
    </message>
    <message>
        <source>Which other origins may call, and how.</source>
        <translation>Welche fremden Herkünfte aufrufen dürfen, und wie.</translation>
    </message>
    <message>
        <source>Origins such as https://app.example.com, or * alone.</source>
        <translation>Herkünfte wie https://app.example.com, oder * allein.</translation>
    </message>
    <message>
        <source>An origin.</source>
        <translation>Eine Herkunft.</translation>
    </message>
    <message>
        <source>May browsers send cookies and credentials?</source>
        <translation>Dürfen Browser Cookies und Zugangsdaten senden?</translation>
    </message>
    <message>
        <source>Methods that other origins may use.</source>
        <translation>Methoden, die fremde Herkünfte verwenden dürfen.</translation>
    </message>
    <message>
        <source>A method, or * alone.</source>
        <translation>Eine Methode, oder * allein.</translation>
    </message>
    <message>
        <source>Headers that other origins may send.</source>
        <translation>Header, die fremde Herkünfte senden dürfen.</translation>
    </message>
    <message>
        <source>Headers of the answer that scripts may read.</source>
        <translation>Header der Antwort, die Skripte lesen dürfen.</translation>
    </message>
    <message>
        <source>How long browsers keep the preflight answer.</source>
        <translation>Wie lange Browser die Antwort auf die Voranfrage behalten.</translation>
    </message>
    <message>
        <source>Sends a copy of requests to another backend, whose answers are dropped.</source>
        <translation>Sendet eine Kopie von Anfragen an ein weiteres Backend, dessen Antworten verworfen werden.</translation>
    </message>
    <message>
        <source>Share of requests to copy.</source>
        <translation>Anteil der Anfragen, der kopiert wird.</translation>
    </message>
    <message>
        <source>Share of requests to copy, as a fraction.</source>
        <translation>Anteil der Anfragen, der kopiert wird, als Bruch.</translation>
    </message>
    <message>
        <source>Upper number.</source>
        <translation>Obere Zahl.</translation>
    </message>
    <message>
        <source>Lower number.</source>
        <translation>Untere Zahl.</translation>
    </message>
    <message>
        <source>Experimental: asks a service whether a request may pass; without its yes it does not.</source>
        <translation>Experimentell: Fragt einen Dienst, ob eine Anfrage durchgehen darf; ohne sein Ja darf sie nicht.</translation>
    </message>
    <message>
        <source>What the service speaks.</source>
        <translation>Was der Dienst spricht.</translation>
    </message>
    <message>
        <source>Settings for HTTP.</source>
        <translation>Einstellungen für HTTP.</translation>
    </message>
    <message>
        <source>Put before the path of the request when the service is asked.</source>
        <translation>Steht vor dem Pfad der Anfrage, wenn der Dienst gefragt wird.</translation>
    </message>
    <message>
        <source>Headers of the request that the service sees beside the usual ones.</source>
        <translation>Header der Anfrage, die der Dienst neben den üblichen sieht.</translation>
    </message>
    <message>
        <source>Headers of the service&apos;s answer that go on to the backend.</source>
        <translation>Header der Antwort des Dienstes, die zum Backend weitergehen.</translation>
    </message>
    <message>
        <source>rules with it answer 500</source>
        <translation>Regeln damit antworten mit 500</translation>
    </message>
    <message>
        <source>Settings for GRPC.</source>
        <translation>Einstellungen für GRPC.</translation>
    </message>
    <message>
        <source>Headers of the request that the service sees.</source>
        <translation>Header der Anfrage, die der Dienst sieht.</translation>
    </message>
    <message>
        <source>Lets the service see the body.</source>
        <translation>Lässt den Dienst den Inhalt sehen.</translation>
    </message>
    <message>
        <source>Longest body that is shown to it; 0 shows none.</source>
        <translation>Längster Inhalt, der ihm gezeigt wird; 0 zeigt keinen.</translation>
    </message>
    <message>
        <source>Applies an object of another kind: a TrafficPolicy or a DirectResponse of this namespace.</source>
        <translation>Wendet ein Objekt anderer Art an: eine TrafficPolicy oder DirectResponse dieses Namespace.</translation>
    </message>
    <message>
        <source>API group of the referent.</source>
        <translation>API-Gruppe des Objekts, auf das verwiesen wird.</translation>
    </message>
    <message>
        <source>One step between the match and the backend.</source>
        <translation>Ein Schritt zwischen dem Treffer und dem Backend.</translation>
    </message>
    <message>
        <source>What the step does; the member of the same name holds its settings.</source>
        <translation>Was der Schritt tut; das Feld gleichen Namens enthält seine Einstellungen.</translation>
    </message>
    <message>
        <source>Changes of the request&apos;s headers.</source>
        <translation>Änderungen an den Headern der Anfrage.</translation>
    </message>
    <message>
        <source>Changes of the answer&apos;s headers.</source>
        <translation>Änderungen an den Headern der Antwort.</translation>
    </message>
    <message>
        <source>Answers with a redirect; the request goes to no backend.</source>
        <translation>Antwortet mit einer Umleitung; die Anfrage geht an kein Backend.</translation>
    </message>
    <message>
        <source>Scheme of the new address; absent keeps the request&apos;s.</source>
        <translation>Schema der neuen Adresse; ohne Angabe bleibt das der Anfrage.</translation>
    </message>
    <message>
        <source>Host of the new address; absent keeps the request&apos;s.</source>
        <translation>Host der neuen Adresse; ohne Angabe bleibt der der Anfrage.</translation>
    </message>
    <message>
        <source>Port of the new address; absent follows the scheme or the listener.</source>
        <translation>Port der neuen Adresse; ohne Angabe folgt er dem Schema oder dem Listener.</translation>
    </message>
    <message>
        <source>Changes host or path before the request is forwarded.</source>
        <translation>Ändert Host oder Pfad, bevor die Anfrage weitergeleitet wird.</translation>
    </message>
    <message>
        <source>Host header that the backend sees.</source>
        <translation>Host-Header, den das Backend sieht.</translation>
    </message>
    <message>
        <source>Value to compare with, exact or as a regular expression (RE2).</source>
        <translation>Wert zum Vergleichen, genau oder als regulärer Ausdruck (RE2).</translation>
    </message>
    <message>
        <source>How the value is compared.</source>
        <translation>Wie der Wert verglichen wird.</translation>
    </message>
    <message>
        <source>Parameter name; case matters.</source>
        <translation>Name des Parameters; Groß- und Kleinschreibung zählt.</translation>
    </message>
    <message>
        <source>Conditions that must all hold.</source>
        <translation>Bedingungen, die alle gelten müssen.</translation>
    </message>
    <message>
        <source>Condition on the path.</source>
        <translation>Bedingung an den Pfad.</translation>
    </message>
    <message>
        <source>Whole path, path elements from the start, or a regular expression (RE2).</source>
        <translation>Ganzer Pfad, Pfadteile von vorn, oder ein regulärer Ausdruck (RE2).</translation>
    </message>
    <message>
        <source>Path to compare with.</source>
        <translation>Pfad, mit dem verglichen wird.</translation>
    </message>
    <message>
        <source>Conditions on headers.</source>
        <translation>Bedingungen an Header.</translation>
    </message>
    <message>
        <source>Conditions on query parameters.</source>
        <translation>Bedingungen an Abfrageparameter.</translation>
    </message>
    <message>
        <source>Only this method; absent means any.</source>
        <translation>Nur diese Methode; ohne Angabe jede.</translation>
    </message>
    <message>
        <source>Where requests go, and how many of them.</source>
        <translation>Wohin Anfragen gehen, und wie viele davon.</translation>
    </message>
    <message>
        <source>Service, InferencePool or Backend.</source>
        <translation>Service, InferencePool oder Backend.</translation>
    </message>
    <message>
        <source>Port of the Service; needed for a Service.</source>
        <translation>Port des Service; für einen Service nötig.</translation>
    </message>
    <message>
        <source>Share of requests, relative to its siblings; 0 means none.</source>
        <translation>Anteil der Anfragen im Verhältnis zu den Nachbarn; 0 heißt keine.</translation>
    </message>
    <message>
        <source>Steps for requests that go to this backend alone.</source>
        <translation>Schritte für Anfragen, die allein an dieses Backend gehen.</translation>
    </message>
    <message>
        <source>Gateways and ListenerSets that this route attaches to.</source>
        <translation>Gateways und ListenerSets, an denen diese Route hängt.</translation>
    </message>
    <message>
        <source>One of them, whole or one listener of it.</source>
        <translation>Eines davon, ganz oder nur ein Listener.</translation>
    </message>
    <message>
        <source>Gateway or ListenerSet.</source>
        <translation>Gateway oder ListenerSet.</translation>
    </message>
    <message>
        <source>Namespace of the parent; absent means the own.</source>
        <translation>Namespace des Elternobjekts; ohne Angabe der eigene.</translation>
    </message>
    <message>
        <source>Name of the parent.</source>
        <translation>Name des Elternobjekts.</translation>
    </message>
    <message>
        <source>Only the listener of this name.</source>
        <translation>Nur der Listener dieses Namens.</translation>
    </message>
    <message>
        <source>Only listeners on this port.</source>
        <translation>Nur Listener auf diesem Port.</translation>
    </message>
    <message>
        <source>Experimental: attach to default Gateways.</source>
        <translation>Experimentell: an Standard-Gateways hängen.</translation>
    </message>
    <message>
        <source>Name that policies can point at; unique in the route.</source>
        <translation>Name, auf den Richtlinien zeigen können; einmalig in der Route.</translation>
    </message>
    <message>
        <source>Experimental: keeps a client on one endpoint.</source>
        <translation>Experimentell: hält einen Client bei einem Endpunkt.</translation>
    </message>
    <message>
        <source>Name of the cookie or header.</source>
        <translation>Name des Cookies oder Headers.</translation>
    </message>
    <message>
        <source>Longest life of a session.</source>
        <translation>Längste Lebensdauer einer Sitzung.</translation>
    </message>
    <message>
        <source>What carries the session.</source>
        <translation>Was die Sitzung trägt.</translation>
    </message>
    <message>
        <source>Settings of the cookie.</source>
        <translation>Einstellungen des Cookies.</translation>
    </message>
    <message>
        <source>Does the cookie outlive the browser?</source>
        <translation>Überlebt das Cookie den Browser?</translation>
    </message>
    <message>
        <source>Matches, and what happens to requests that match.</source>
        <translation>Treffer, und was mit getroffenen Anfragen geschieht.</translation>
    </message>
    <message>
        <source>Any of these must hold; absent matches every request.</source>
        <translation>Einer davon muss gelten; ohne Angabe trifft jede Anfrage.</translation>
    </message>
    <message>
        <source>Steps for every request of this rule, in order.</source>
        <translation>Schritte für jede Anfrage dieser Regel, der Reihe nach.</translation>
    </message>
    <message>
        <source>Backends and their shares.</source>
        <translation>Backends und ihre Anteile.</translation>
    </message>
    <message>
        <source>For the whole request, retries included; 0s for none.</source>
        <translation>Für die ganze Anfrage samt Wiederholungen; 0s für keine.</translation>
    </message>
    <message>
        <source>For one try at a backend; 0s for none.</source>
        <translation>Für einen Versuch an einem Backend; 0s für keine.</translation>
    </message>
    <message>
        <source>Experimental: further tries after a failure.</source>
        <translation>Experimentell: weitere Versuche nach einem Fehlschlag.</translation>
    </message>
    <message>
        <source>Status codes to try again on.</source>
        <translation>Statuscodes, nach denen es noch einmal versucht wird.</translation>
    </message>
    <message>
        <source>A status code.</source>
        <translation>Ein Statuscode.</translation>
    </message>
    <message>
        <source>Further tries after the first.</source>
        <translation>Weitere Versuche nach dem ersten.</translation>
    </message>
    <message>
        <source>Least wait between tries.</source>
        <translation>Kürzeste Pause zwischen Versuchen.</translation>
    </message>
    <message>
        <source>Which requests go to which backends.</source>
        <translation>Welche Anfragen an welche Backends gehen.</translation>
    </message>
    <message>
        <source>The wished routing.</source>
        <translation>Die gewünschte Verteilung.</translation>
    </message>
    <message>
        <source>Only requests for these hosts; absent takes the listener&apos;s.</source>
        <translation>Nur Anfragen für diese Hosts; ohne Angabe die des Listeners.</translation>
    </message>
    <message>
        <source>Rules; the most specific match over all routes wins.</source>
        <translation>Regeln; über alle Routen gewinnt der genaueste Treffer.</translation>
    </message>
    <message>
        <source>Condition on the called method; service, method or both.</source>
        <translation>Bedingung an die aufgerufene Methode; Service, Methode oder beides.</translation>
    </message>
    <message>
        <source>How both names are compared, exact or as a regular expression (RE2).</source>
        <translation>Wie beide Namen verglichen werden, genau oder als regulärer Ausdruck (RE2).</translation>
    </message>
    <message>
        <source>Name of the service, with its package.</source>
        <translation>Name des Service samt Paket.</translation>
    </message>
    <message>
        <source>Name of the method.</source>
        <translation>Name der Methode.</translation>
    </message>
    <message>
        <source>Matches, and what happens to calls that match.</source>
        <translation>Treffer, und was mit getroffenen Aufrufen geschieht.</translation>
    </message>
    <message>
        <source>Any of these must hold; absent matches every call.</source>
        <translation>Einer davon muss gelten; ohne Angabe trifft jeder Aufruf.</translation>
    </message>
    <message>
        <source>Steps for every call of this rule, in order.</source>
        <translation>Schritte für jeden Aufruf dieser Regel, der Reihe nach.</translation>
    </message>
    <message>
        <source>Which gRPC calls go to which backends.</source>
        <translation>Welche gRPC-Aufrufe an welche Backends gehen.</translation>
    </message>
    <message>
        <source>Only calls for these hosts; absent takes the listener&apos;s.</source>
        <translation>Nur Aufrufe für diese Hosts; ohne Angabe die des Listeners.</translation>
    </message>
    <message>
        <source>Where the connections go.</source>
        <translation>Wohin die Verbindungen gehen.</translation>
    </message>
    <message>
        <source>Which TLS connections go to which backends, by server name.</source>
        <translation>Welche TLS-Verbindungen an welche Backends gehen, nach Servername.</translation>
    </message>
    <message>
        <source>Server names (SNI) of the connections.</source>
        <translation>Servernamen (SNI) der Verbindungen.</translation>
    </message>
    <message>
        <source>The rule; there is one.</source>
        <translation>Die Regel; es gibt nur eine.</translation>
    </message>
    <message>
        <source>{} has no spec that can be read; see the diagnostics.</source>
        <translation>{} hat kein lesbares spec; siehe die Meldungen.</translation>
    </message>
    <message>
        <source>Dropped Rule {}</source>
        <translation>Ausgelassene Regel {}</translation>
    </message>
    <message>
        <source>The parent has no listener; give it one.</source>
        <translation>Das Elternobjekt hat keinen Listener; geben Sie ihm einen.</translation>
    </message>
    <message>
        <source>Target {} {} does not exist; name one of this namespace.</source>
        <translation>Ziel {} {} gibt es nicht; nennen Sie eines dieses Namespace.</translation>
    </message>
    <message>
        <source>{} is not run by this version.</source>
        <translation>{} führt diese Version nicht aus.</translation>
    </message>
    <message>
        <source>It holds for {} {}.</source>
        <translation>Gilt für {} {}.</translation>
    </message>
    <message>
        <source>It reaches no Service or Backend of its namespace.</source>
        <translation>Trifft auf keinen Service und kein Backend ihres Namespace zu.</translation>
    </message>
    <message>
        <source>Gatehouse knows no parameters of kind {} ({}); remove parametersRef.</source>
        <translation>Gatehouse kennt keine Parameter der Art {} ({}); entfernen Sie parametersRef.</translation>
    </message>
    <message>
        <source>Gatehouse runs Gateways of every class.</source>
        <translation>Gatehouse führt Gateways jeder Klasse aus.</translation>
    </message>
    <message>
        <source>Gateway API v1.6 and the versions before it are understood.</source>
        <translation>Verstanden werden Gateway API v1.6 und die Versionen davor.</translation>
    </message>
    <message>
        <source>The definitions are of Gateway API {}; use one of v1.0 to v1.6.</source>
        <translation>Die Definitionen sind von Gateway API {}; verwenden Sie eine von v1.0 bis v1.6.</translation>
    </message>
    <message>
        <source>{} and {} more</source>
        <translation>{} und {} weitere</translation>
    </message>
    <message>
        <source>No other listener of this Gateway is in its way.</source>
        <translation>Kein anderer Listener dieses Gateways ist ihm im Weg.</translation>
    </message>
    <message>
        <source>The data plane serves it.</source>
        <translation>Die Datenebene bedient es.</translation>
    </message>
    <message>
        <source>It is not served for want of a certificate; see ResolvedRefs.</source>
        <translation>Nicht bedient, weil ein Zertifikat fehlt; siehe ResolvedRefs.</translation>
    </message>
    <message>
        <source>It is not served until the other conditions are met.</source>
        <translation>Nicht bedient, bis die anderen Bedingungen erfüllt sind.</translation>
    </message>
    <message>
        <source>The hostname shares server names with {} on this port, so that one connection may carry requests for both; give them hostnames of their own where their TLS settings differ.</source>
        <translation>Der Hostname teilt sich auf diesem Port Servernamen mit {}, sodass eine Verbindung Anfragen für beide tragen kann; geben Sie beiden eigene Hostnamen, wo sich ihre TLS-Einstellungen unterscheiden.</translation>
    </message>
    <message>
        <source>A {} cannot hold the certificate for backends; name a Secret of the core group.</source>
        <translation>Ein Objekt der Art {} kann das Zertifikat für Backends nicht enthalten; nennen Sie ein Secret der Gruppe core.</translation>
    </message>
    <message>
        <source>A listener refers to what cannot be used; see its conditions.</source>
        <translation>Ein Listener verweist auf etwas Unbrauchbares; siehe seine Bedingungen.</translation>
    </message>
    <message>
        <source>All listeners are valid.</source>
        <translation>Alle Listener sind gültig.</translation>
    </message>
    <message>
        <source>{} of {} listeners are valid; see their conditions.</source>
        <translation>{} von {} Listenern sind gültig; siehe ihre Bedingungen.</translation>
    </message>
    <message>
        <source>No listener can be served; see their conditions.</source>
        <translation>Kein Listener kann bedient werden; siehe ihre Bedingungen.</translation>
    </message>
    <message>
        <source>Clients without a valid certificate are let in; set mode to AllowValidOnly to keep them out.</source>
        <translation>Clients ohne gültiges Zertifikat werden eingelassen; setzen Sie mode auf AllowValidOnly, um sie fernzuhalten.</translation>
    </message>
    <message>
        <source>{} does not exist; create it or correct parentRef.</source>
        <translation>{} gibt es nicht; legen Sie es an oder berichtigen Sie parentRef.</translation>
    </message>
    <message>
        <source>A ListenerSet cannot belong to a {}; name a Gateway.</source>
        <translation>Ein ListenerSet kann nicht zu einem Objekt der Art {} gehören; nennen Sie ein Gateway.</translation>
    </message>
    <message>
        <source>{} does not admit ListenerSets from namespace {}; widen its allowedListeners.</source>
        <translation>{} lässt keine ListenerSets aus dem Namespace {} zu; erweitern Sie dort allowedListeners.</translation>
    </message>
    <message>
        <source>{} is not accepted: {}</source>
        <translation>{} wird nicht angenommen: {}</translation>
    </message>
    <message>
        <source>Target {} {} with a listener {} does not exist; name one of this namespace.</source>
        <translation>Ziel {} {} mit einem Listener {} gibt es nicht; nennen Sie eines dieses Namespace.</translation>
    </message>
    <message>
        <source>It reaches no Gateway of its namespace.</source>
        <translation>Trifft auf kein Gateway ihres Namespace zu.</translation>
    </message>
    <message>
        <source>Backends of type {} are not run by this version.</source>
        <translation>Backends vom Typ {} führt diese Version nicht aus.</translation>
    </message>
    <message>
        <source>spec.static.hosts names no host.</source>
        <translation>spec.static.hosts nennt keinen Host.</translation>
    </message>
    <message>
        <source>spec.ai names no provider.</source>
        <translation>spec.ai nennt keinen Anbieter.</translation>
    </message>
    <message>
        <source>The object is valid.</source>
        <translation>Das Objekt ist gültig.</translation>
    </message>
    <message>
        <source>Target {} {}{}{} does not exist.</source>
        <translation>Ziel {} {}{}{} gibt es nicht.</translation>
    </message>
    <message>
        <source>All its targets exist.</source>
        <translation>Alle ihre Ziele sind vorhanden.</translation>
    </message>
    <message>
        <source>The pool is valid.</source>
        <translation>Der Pool ist gültig.</translation>
    </message>
    <message>
        <source>The pool needs a selector and a target port.</source>
        <translation>Der Pool braucht eine Auswahl und einen Zielport.</translation>
    </message>
    <message>
        <source>The selector matches no pod yet.</source>
        <translation>Die Auswahl trifft noch auf keinen Pod zu.</translation>
    </message>
    <message>
        <source>Gatehouse picks the pods itself; no endpoint picker is asked.</source>
        <translation>Gatehouse wählt die Pods selbst; kein Endpoint-Picker wird gefragt.</translation>
    </message>
    <message>
        <source>{} is not run by this version: {}.</source>
        <translation>{} führt diese Version nicht aus: {}.</translation>
    </message>
    <message>
        <source>A BackendConfigPolicy attaches to a Service or a Backend, not to {}{}{}.</source>
        <translation>Eine BackendConfigPolicy hängt an einem Service oder Backend, nicht an {}{}{}.</translation>
    </message>
    <message>
        <source>{} {}/{} does not exist; the policy has no effect there, and reaches only objects of its own namespace.</source>
        <translation>{} {}/{} gibt es nicht; die Richtlinie hat dort keine Wirkung und erreicht nur Objekte ihres eigenen Namespace.</translation>
    </message>
    <message>
        <source>A backend has settings of HTTP/1 or of HTTP/2, not of both; remove one.</source>
        <translation>Ein Backend hat Einstellungen für HTTP/1 oder für HTTP/2, nicht für beides; entfernen Sie eine davon.</translation>
    </message>
    <message>
        <source>jitter must not be longer than refreshRate.</source>
        <translation>jitter darf nicht länger sein als refreshRate.</translation>
    </message>
    <message>
        <source>Of secretRef, files, insecureSkipVerify and wellKnownCACertificates only one may be set.</source>
        <translation>Von secretRef, files, insecureSkipVerify und wellKnownCACertificates darf nur eines gesetzt sein.</translation>
    </message>
    <message>
        <source>sni is needed where no Secret names the authorities: the certificate is checked against it.</source>
        <translation>sni ist nötig, wo kein Secret die Zertifizierungsstellen nennt: Das Zertifikat wird dagegen geprüft.</translation>
    </message>
    <message>
        <source>Secret {}/{} does not exist; requests to the backend answer 503.</source>
        <translation>Secret {}/{} gibt es nicht; Anfragen an das Backend werden mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>{} {} is named twice; give each reference its own sectionName.</source>
        <translation>{} {} ist zweimal genannt; geben Sie jedem Verweis einen eigenen sectionName.</translation>
    </message>
    <message>
        <source>Set exactly one of caCertificateRefs and wellKnownCACertificates; connections to the target fail until then.</source>
        <translation>Setzen Sie genau eines von caCertificateRefs und wellKnownCACertificates; bis dahin scheitern Verbindungen zum Ziel.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is not known here; use System.</source>
        <translation>„{}“ ist hier nicht bekannt; verwenden Sie System.</translation>
    </message>
    <message>
        <source>Change to System</source>
        <translation>In System ändern</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is not an absolute URI such as spiffe://cluster.local/ns/shop/sa/cart.</source>
        <translation>„{}“ ist keine absolute URI wie spiffe://cluster.local/ns/shop/sa/cart.</translation>
    </message>
    <message>
        <source>Port {} is listed twice.</source>
        <translation>Port {} steht zweimal da.</translation>
    </message>
    <message>
        <source>A picker that is a Service needs port.number.</source>
        <translation>Ein Picker, der ein Service ist, braucht port.number.</translation>
    </message>
    <message>
        <source>The selector matches no Pod of namespace {}; requests to this pool are answered with 503.</source>
        <translation>Die Auswahl trifft auf keinen Pod im Namespace {} zu; Anfragen an diesen Pool werden mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>Each of several ports needs a name.</source>
        <translation>Jeder von mehreren Ports braucht einen Namen.</translation>
    </message>
    <message>
        <source>Another port is named {} already.</source>
        <translation>Ein anderer Port heißt schon {}.</translation>
    </message>
    <message>
        <source>Service {} has no ready endpoint in the files; its share of requests is answered with 503. Add an EndpointSlice with the label kubernetes.io/service-name: {}.</source>
        <translation>Service {} hat in den Dateien keinen bereiten Endpunkt; sein Anteil der Anfragen wird mit 503 beantwortet. Fügen Sie ein EndpointSlice mit dem Label kubernetes.io/service-name: {} hinzu.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is not a port between 1 and 65535.</source>
        <translation>„{}“ ist kein Port zwischen 1 und 65535.</translation>
    </message>
    <message>
        <source>The value of {} is not base64; use stringData for plain text.</source>
        <translation>Der Wert von {} ist kein base64; verwenden Sie stringData für einfachen Text.</translation>
    </message>
    <message>
        <source>A listener of protocol {} cannot have tls; remove it or use HTTPS.</source>
        <translation>Ein Listener mit Protokoll {} kann kein tls haben; entfernen Sie es, oder verwenden Sie HTTPS.</translation>
    </message>
    <message>
        <source>Remove tls</source>
        <translation>tls entfernen</translation>
    </message>
    <message>
        <source>Listener {} speaks HTTPS but has no tls.certificateRefs.</source>
        <translation>Listener {} spricht HTTPS, hat aber keine tls.certificateRefs.</translation>
    </message>
    <message>
        <source>An HTTPS listener must terminate TLS; use protocol TLS to pass it through.</source>
        <translation>Ein HTTPS-Listener muss TLS beenden; verwenden Sie das Protokoll TLS, um es durchzureichen.</translation>
    </message>
    <message>
        <source>A TLS listener must say tls.mode: Terminate or Passthrough.</source>
        <translation>Ein TLS-Listener muss tls.mode angeben: Terminate oder Passthrough.</translation>
    </message>
    <message>
        <source>Terminating TLS needs certificateRefs.</source>
        <translation>TLS zu beenden braucht certificateRefs.</translation>
    </message>
    <message>
        <source>Namespaces are chosen by Selector, but there is none; {}.</source>
        <translation>Namespaces sollen durch Selector ausgewählt werden, aber er fehlt; {}.</translation>
    </message>
    <message>
        <source>Therefore {}.</source>
        <translation>Daher: {}.</translation>
    </message>
    <message>
        <source>Addresses of type {} are not served, so the Gateway is not accepted; use IPAddress or Hostname, or remove it.</source>
        <translation>Adressen vom Typ {} werden nicht bedient, also wird das Gateway nicht angenommen; verwenden Sie IPAddress oder Hostname, oder entfernen Sie die Adresse.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is not an IP address.</source>
        <translation>„{}“ ist keine IP-Adresse.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is not a host name.</source>
        <translation>„{}“ ist kein Hostname.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is no key; it takes a name of up to 63 letters, digits, &apos;-&apos;, &apos;_&apos; and &apos;.&apos;, with a domain and a slash before it if need be.</source>
        <translation>„{}“ ist kein Schlüssel; er besteht aus einem Namen von bis zu 63 Buchstaben, Ziffern, „-“, „_“ und „.“, bei Bedarf mit einer Domain und einem Schrägstrich davor.</translation>
    </message>
    <message>
        <source>A {} listener cannot have a hostname.</source>
        <translation>Ein Listener mit Protokoll {} kann keinen Hostnamen haben.</translation>
    </message>
    <message>
        <source>listener {} admits no route</source>
        <translation>Listener {} lässt keine Route zu</translation>
    </message>
    <message>
        <source>Listener {} is not served: protocol {} is not run by this version.</source>
        <translation>Listener {} wird nicht bedient: Das Protokoll {} führt diese Version nicht aus.</translation>
    </message>
    <message>
        <source>Another listener is named {} already.</source>
        <translation>Ein anderer Listener heißt schon {}.</translation>
    </message>
    <message>
        <source>Listener {} has the same port, protocol and hostname; change one of them.</source>
        <translation>Listener {} hat denselben Port, dasselbe Protokoll und denselben Hostnamen; ändern Sie eines davon.</translation>
    </message>
    <message>
        <source>A {} cannot hold a certificate; name a Secret.</source>
        <translation>Ein Objekt der Art {} kann kein Zertifikat enthalten; nennen Sie ein Secret.</translation>
    </message>
    <message>
        <source>the Gateway admits no ListenerSet</source>
        <translation>das Gateway lässt kein ListenerSet zu</translation>
    </message>
    <message>
        <source>The Gateway is not accepted.</source>
        <translation>Das Gateway wird nicht angenommen.</translation>
    </message>
    <message>
        <source>{} does not exist in this workspace, so these listeners are not served; create it or correct the reference.</source>
        <translation>{} gibt es in diesem Arbeitsbereich nicht, also werden diese Listener nicht bedient; legen Sie es an oder berichtigen Sie den Verweis.</translation>
    </message>
    <message>
        <source>Secret {}/{} does not exist; requests to this provider answer 500.</source>
        <translation>Secret {}/{} gibt es nicht; Anfragen an diesen Anbieter werden mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>host and port belong together; {} is missing.</source>
        <translation>host und port gehören zusammen; {} fehlt.</translation>
    </message>
    <message>
        <source>Either inline or secretRef may be set, not both.</source>
        <translation>Gesetzt sein darf entweder inline oder secretRef, nicht beides.</translation>
    </message>
    <message>
        <source>kind is Inline, so inline must hold the token.</source>
        <translation>kind ist Inline, also muss inline das Token enthalten.</translation>
    </message>
    <message>
        <source>kind is SecretRef, so secretRef must name a Secret.</source>
        <translation>kind ist SecretRef, also muss secretRef ein Secret nennen.</translation>
    </message>
    <message>
        <source>The token stands in the file, for everyone who reads it; keep it in a Secret and use kind SecretRef.</source>
        <translation>Das Token steht in der Datei, für jeden, der sie liest; legen Sie es in ein Secret, und verwenden Sie die Art SecretRef.</translation>
    </message>
    <message>
        <source>A policy cannot attach to {} ({}) here; it has no effect on it.</source>
        <translation>Eine Richtlinie kann sich hier nicht an {} ({}) hängen; sie hat darauf keine Wirkung.</translation>
    </message>
    <message>
        <source>{} {}/{} does not exist; the policy has no effect on it.</source>
        <translation>{} {}/{} gibt es nicht; die Richtlinie hat darauf keine Wirkung.</translation>
    </message>
    <message>
        <source>{} {} has no {} named {}; the policy has no effect on it.</source>
        <translation>{3w} {4} gibt es in {1} {2} nicht; die Richtlinie hat darauf keine Wirkung.</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>This guard has no pattern and checks nothing.</source>
        <translation>Dieser Schutz hat kein Muster und prüft nichts.</translation>
    </message>
    <message>
        <source>This guard&apos;s pattern is empty.</source>
        <translation>Das Muster dieses Schutzes ist leer.</translation>
    </message>
    <message>
        <source>Chat APIs know no role &apos;{}&apos;; use system, user or assistant.</source>
        <translation>Chat-APIs kennen keine Rolle „{}“; verwenden Sie system, user oder assistant.</translation>
    </message>
    <message>
        <source>Another provider of this group is named {} already.</source>
        <translation>Ein anderer Anbieter dieser Gruppe heißt schon {}.</translation>
    </message>
    <message>
        <source>A {} attaches to a Gateway, not to {}{}{}.</source>
        <translation>Ein Objekt der Art {} hängt an einem Gateway, nicht an {}{}{}.</translation>
    </message>
    <message>
        <source>{} has no listener named {}; the policy has no effect there.</source>
        <translation>{} hat keinen Listener namens {}; die Richtlinie hat dort keine Wirkung.</translation>
    </message>
    <message>
        <source>A {} attaches to Gateways, not to objects of kind {}.</source>
        <translation>Ein Objekt der Art {} hängt an Gateways, nicht an Objekten der Art {}.</translation>
    </message>
    <message>
        <source>The policy has no target and does nothing.</source>
        <translation>Die Richtlinie hat kein Ziel und tut nichts.</translation>
    </message>
    <message>
        <source>xffTrustedCIDRs needs useRemoteAddress: false.</source>
        <translation>xffTrustedCIDRs braucht useRemoteAddress: false.</translation>
    </message>
    <message>
        <source>Of xffNumTrustedHops and xffTrustedCIDRs only one may be set.</source>
        <translation>Von xffNumTrustedHops und xffTrustedCIDRs darf nur eines gesetzt sein.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no network such as 10.0.0.0/8; it is left out.</source>
        <translation>„{}“ ist kein Netz wie 10.0.0.0/8; es bleibt außen vor.</translation>
    </message>
    <message>
        <source>The path of the health check must begin with a slash.</source>
        <translation>Der Pfad der Zustandsprüfung muss mit einem Schrägstrich beginnen.</translation>
    </message>
    <message>
        <source>A file needs exactly one of stringFormat and jsonFormat.</source>
        <translation>Eine Datei braucht genau eines von stringFormat und jsonFormat.</translation>
    </message>
    <message>
        <source>Valid, but this version does not change to {}: only to websocket.</source>
        <translation>Gültig, aber diese Version wechselt nicht zu {}: nur zu websocket.</translation>
    </message>
    <message>
        <source>Valid, but not run by this version: upstreams are told nothing of the client&apos;s certificate.</source>
        <translation>Gültig, aber diese Version führt es nicht aus: Upstreams erfahren nichts vom Zertifikat des Clients.</translation>
    </message>
    <message>
        <source>details needs the mode AppendForward or SanitizeSet.</source>
        <translation>details braucht den Modus AppendForward oder SanitizeSet.</translation>
    </message>
    <message>
        <source>keepAliveTime must be at least 1 second.</source>
        <translation>keepAliveTime muss mindestens 1 Sekunde sein.</translation>
    </message>
    <message>
        <source>keepAliveInterval must be at least 1 second.</source>
        <translation>keepAliveInterval muss mindestens 1 Sekunde sein.</translation>
    </message>
    <message>
        <source>{} lies in another namespace; a ReferenceGrant there must permit it. No client is let in by it.</source>
        <translation>{} liegt in einem anderen Namespace; ein ReferenceGrant dort muss es erlauben. Kein Client wird dadurch eingelassen.</translation>
    </message>
    <message>
        <source>No client is let in by it.</source>
        <translation>Kein Client wird dadurch eingelassen.</translation>
    </message>
    <message>
        <source>Port {} is listed twice; the first one counts.</source>
        <translation>Port {} steht zweimal da; der erste zählt.</translation>
    </message>
    <message>
        <source>The rule answers 500.</source>
        <translation>Die Regel antwortet mit 500.</translation>
    </message>
    <message>
        <source>No request is copied to it.</source>
        <translation>Keine Anfrage wird dorthin kopiert.</translation>
    </message>
    <message>
        <source>The rule lets no request pass.</source>
        <translation>Die Regel lässt keine Anfrage durch.</translation>
    </message>
    <message>
        <source>Its share of connections is closed.</source>
        <translation>Sein Anteil der Verbindungen wird geschlossen.</translation>
    </message>
    <message>
        <source>Its share of requests is answered with 500.</source>
        <translation>Sein Anteil der Anfragen wird mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>{} in the filters of a backend is not run by this version; put it on the rule.</source>
        <translation>{} in den Filtern eines Backends führt diese Version nicht aus; setzen Sie ihn in die Regel.</translation>
    </message>
    <message>
        <source>Route {} names no parent, so it gets no requests; add parentRefs.</source>
        <translation>Route {} nennt kein Elternobjekt, also bekommt sie keine Anfragen; fügen Sie parentRefs hinzu.</translation>
    </message>
    <message>
        <source>All weights are 0; connections are closed.</source>
        <translation>Alle Gewichte sind 0; Verbindungen werden geschlossen.</translation>
    </message>
    <message>
        <source>Another rule is named {} already; policies cannot tell them apart.</source>
        <translation>Eine andere Regel heißt schon {}; Richtlinien können sie nicht unterscheiden.</translation>
    </message>
    <message>
        <source>The route has {} matches in all its rules; at most {} are allowed.</source>
        <translation>Die Route hat in all ihren Regeln zusammen {} Treffer; höchstens {} sind erlaubt.</translation>
    </message>
    <message>
        <source>The route gets no requests from it.</source>
        <translation>Die Route bekommt von dort keine Anfragen.</translation>
    </message>
    <message>
        <source>No route refers to {}.</source>
        <translation>Keine Route verweist auf {}.</translation>
    </message>
    <message>
        <source>{} has no targetRefs, and no route refers to it: it has no effect.</source>
        <translation>{} hat keine targetRefs, und keine Route verweist darauf: Es hat keine Wirkung.</translation>
    </message>
    <message>
        <source>Name a folder or a YAML file to open.</source>
        <translation>Nennen Sie einen Ordner oder eine YAML-Datei zum Öffnen.</translation>
    </message>
    <message>
        <source>The workspace has no file {}.</source>
        <translation>Der Arbeitsbereich hat keine Datei {}.</translation>
    </message>
    <message>
        <source>{} is removed.</source>
        <translation>{} ist entfernt.</translation>
    </message>
    <message>
        <source>The workspace is open read-only.</source>
        <translation>Der Arbeitsbereich ist nur zum Lesen geöffnet.</translation>
    </message>
    <message>
        <source>{} cannot be edited: {}</source>
        <translation>{} lässt sich nicht bearbeiten: {}</translation>
    </message>
    <message>
        <source>{} has changed since this edit was prepared.</source>
        <translation>{} hat sich geändert, seit diese Änderung vorbereitet wurde.</translation>
    </message>
    <message>
        <source>{} was changed on disk too; decide first which text to keep.</source>
        <translation>{} wurde auch auf der Platte geändert; entscheiden Sie zuerst, welcher Text bleiben soll.</translation>
    </message>
    <message>
        <source>{} cannot be removed: {}.</source>
        <translation>{} lässt sich nicht entfernen: {}.</translation>
    </message>
    <message>
        <source>{} more files could not be saved.)</source>
        <translation>{} weitere Dateien ließen sich nicht speichern.)</translation>
    </message>
    <message>
        <source>{} has no conflict.</source>
        <translation>{} hat keinen Konflikt.</translation>
    </message>
    <message>
        <source>the object</source>
        <translation>das Objekt</translation>
    </message>
    <message>
        <source>The file has no such document.</source>
        <translation>Die Datei hat kein solches Dokument.</translation>
    </message>
    <message>
        <source>{} is not in the workspace.</source>
        <translation>{} ist nicht im Arbeitsbereich.</translation>
    </message>
    <message>
        <source>Set {} of {}</source>
        <translation>{} von {} setzen</translation>
    </message>
    <message>
        <source>Change {} of {}</source>
        <translation>{} von {} ändern</translation>
    </message>
    <message>
        <source>Remove {} of {}</source>
        <translation>{} von {} entfernen</translation>
    </message>
    <message>
        <source>Move an item of {} of {}</source>
        <translation>Eintrag von {} von {} verschieben</translation>
    </message>
    <message>
        <source>Edit {}</source>
        <translation>{} bearbeiten</translation>
    </message>
    <message>
        <source>Line {}, column {}: {}</source>
        <translation>Zeile {}, Spalte {}: {}</translation>
    </message>
    <message>
        <source>Exactly one object is needed here.</source>
        <translation>Hier ist genau ein Objekt nötig.</translation>
    </message>
    <message>
        <source>The text would run into the documents around it; it cannot hold &quot;---&quot; lines or directives.</source>
        <translation>Der Text liefe in die Dokumente um ihn herum; er darf keine Zeilen „---“ und keine Direktiven enthalten.</translation>
    </message>
    <message>
        <source>There is no object in this text.</source>
        <translation>In diesem Text steht kein Objekt.</translation>
    </message>
    <message>
        <source>A new file must lie inside the workspace&apos;s folder.</source>
        <translation>Eine neue Datei muss im Ordner des Arbeitsbereichs liegen.</translation>
    </message>
    <message>
        <source>{} is JSON, which holds one object; name another file.</source>
        <translation>{} ist JSON, das ein Objekt enthält; nennen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>Add {} {}</source>
        <translation>{} {} hinzufügen</translation>
    </message>
    <message>
        <source>This finding has no ready-made change.</source>
        <translation>Für diese Meldung gibt es keine fertige Änderung.</translation>
    </message>
    <message>
        <source>The field cannot be renamed there.</source>
        <translation>Das Feld lässt sich dort nicht umbenennen.</translation>
    </message>
    <message>
        <source>The field&apos;s name is written in a way that cannot be changed here.</source>
        <translation>Der Name des Feldes ist so geschrieben, dass er hier nicht änderbar ist.</translation>
    </message>
    <message>
        <source>The value is no longer there.</source>
        <translation>Der Wert ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Recover unsaved edits of {}</source>
        <translation>Ungespeicherte Änderungen an {} wiederherstellen</translation>
    </message>
    <message>
        <source>cookie</source>
        <translation>Cookie</translation>
    </message>
    <message>
        <source>port {}: {}</source>
        <translation>Port {}: {}</translation>
    </message>
    <message>
        <source>a connection was dropped: {}</source>
        <translation>eine Verbindung wurde verworfen: {}</translation>
    </message>
    <message>
        <source>{}: no PROXY header where the listener expects one</source>
        <translation>{}: kein PROXY-Header, wo der Listener einen erwartet</translation>
    </message>
    <message>
        <source>{}: TLS on port {}: {} ({})</source>
        <translation>{}: TLS auf Port {}: {} ({})</translation>
    </message>
    <message>
        <source>the client does not speak TLS</source>
        <translation>der Client spricht kein TLS</translation>
    </message>
    <message>
        <source>the handshake did not begin in time</source>
        <translation>der Handshake begann nicht rechtzeitig</translation>
    </message>
    <message>
        <source>no listener covers the name {}</source>
        <translation>kein Listener deckt den Namen {} ab</translation>
    </message>
    <message>
        <source>the handshake did not end in time</source>
        <translation>der Handshake endete nicht rechtzeitig</translation>
    </message>
    <message>
        <source>no TLSRoute takes the name {}</source>
        <translation>keine TLSRoute nimmt den Namen {}</translation>
    </message>
    <message>
        <source>the backend of {} has no endpoint</source>
        <translation>das Backend von {} hat keinen Endpunkt</translation>
    </message>
    <message>
        <source>the endpoint {} has as many connections as it may</source>
        <translation>der Endpunkt {} hat so viele Verbindungen, wie er darf</translation>
    </message>
    <message>
        <source>the endpoint {} could not be connected to. {}</source>
        <translation>zum Endpunkt {} kam keine Verbindung zustande. {}</translation>
    </message>
    <message>
        <source>--listen {}=127.0.0.1:{}</source>
        <translation>--listen {}=127.0.0.1:{}</translation>
    </message>
    <message>
        <source>Port {} is in use by another program at {}; stop that program, or bind elsewhere with {}.</source>
        <translation>Port {} ist durch ein anderes Programm auf {} belegt; beenden Sie es, oder binden Sie anderswo mit {}.</translation>
    </message>
    <message>
        <source>Port {} needs privileges that this process lacks; bind elsewhere with {}.</source>
        <translation>Port {} braucht Rechte, die dieser Prozess nicht hat; binden Sie anderswo mit {}.</translation>
    </message>
    <message>
        <source>Port {} cannot be bound at {}: {}</source>
        <translation>Port {} lässt sich auf {} nicht binden: {}</translation>
    </message>
    <message>
        <source>Port {} could not be bound ({}); it is served at {} instead.</source>
        <translation>Port {} ließ sich nicht binden ({}); er wird stattdessen auf {} bedient.</translation>
    </message>
    <message>
        <source>privileges are lacking</source>
        <translation>Rechte fehlen</translation>
    </message>
    <message>
        <source>it is in use</source>
        <translation>er ist belegt</translation>
    </message>
    <message>
        <source>The data plane cannot start: {}.</source>
        <translation>Die Datenebene kann nicht starten: {}.</translation>
    </message>
    <message>
        <source>The data plane has stopped.</source>
        <translation>Die Datenebene hat angehalten.</translation>
    </message>
    <message>
        <source>server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>The client left while its authorization was asked for.</source>
        <translation>Der Client ging, während nach seiner Berechtigung gefragt wurde.</translation>
    </message>
    <message>
        <source>The request took longer than its timeout.</source>
        <translation>Die Anfrage dauerte länger als ihre Frist.</translation>
    </message>
    <message>
        <source>A CONNECT has no form in which an authorization service could be asked.</source>
        <translation>Ein CONNECT hat keine Form, in der ein Berechtigungsdienst gefragt werden könnte.</translation>
    </message>
    <message>
        <source>The request body is larger than what may be shown for authorization.</source>
        <translation>Der Rumpf der Anfrage ist größer, als zur Berechtigung gezeigt werden darf.</translation>
    </message>
    <message>
        <source>The authorization service has no ready endpoint.</source>
        <translation>Der Berechtigungsdienst hat keinen bereiten Endpunkt.</translation>
    </message>
    <message>
        <source>The authorization service did not answer in time.</source>
        <translation>Der Berechtigungsdienst antwortete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The authorization service could not be asked.</source>
        <translation>Der Berechtigungsdienst ließ sich nicht fragen.</translation>
    </message>
    <message>
        <source>The authorization service refused the request.</source>
        <translation>Der Berechtigungsdienst lehnte die Anfrage ab.</translation>
    </message>
    <message>
        <source>The request body is larger than the limit.</source>
        <translation>Der Rumpf der Anfrage ist größer als die Grenze.</translation>
    </message>
    <message>
        <source>a preflight from an allowed origin, answered here</source>
        <translation>eine Voranfrage von erlaubter Herkunft, hier beantwortet</translation>
    </message>
    <message>
        <source>a preflight from an origin that is not allowed, answered without permission</source>
        <translation>eine Voranfrage von nicht erlaubter Herkunft, ohne Erlaubnis beantwortet</translation>
    </message>
    <message>
        <source>from an allowed origin; the answer says so</source>
        <translation>von erlaubter Herkunft; die Antwort sagt es</translation>
    </message>
    <message>
        <source>from an origin that is not allowed; the answer does not say so</source>
        <translation>von nicht erlaubter Herkunft; die Antwort sagt nichts davon</translation>
    </message>
    <message>
        <source>The body is not a chat request.</source>
        <translation>Der Inhalt ist keine Chat-Anfrage.</translation>
    </message>
    <message>
        <source>The prompt guard refused the request.</source>
        <translation>Der Prompt-Schutz hat die Anfrage abgelehnt.</translation>
    </message>
    <message>
        <source>a copy was dropped: {}</source>
        <translation>eine Kopie wurde verworfen: {}</translation>
    </message>
    <message>
        <source>not drawn</source>
        <translation>nicht gezogen</translation>
    </message>
    <message>
        <source>not sent: the request changes the protocol</source>
        <translation>nicht gesendet: die Anfrage wechselt das Protokoll</translation>
    </message>
    <message>
        <source>not sent: the request itself was not sent whole</source>
        <translation>nicht gesendet: die Anfrage selbst wurde nicht ganz gesendet</translation>
    </message>
    <message>
        <source>dropped: too many copies are under way</source>
        <translation>verworfen: zu viele Kopien sind unterwegs</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>answered {}</source>
        <translation>mit {} beantwortet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>another try after {:.0f} ms</source>
        <translation>weiterer Versuch nach {} ms</translation>
    </message>
    <message>
        <source>no answer, so the request did not pass</source>
        <translation>keine Antwort, also ging die Anfrage nicht durch</translation>
    </message>
    <message>
        <source>answered 200, so the request passed</source>
        <translation>mit 200 beantwortet, also ging die Anfrage durch</translation>
    </message>
    <message>
        <source>answered {}, so the request did not pass</source>
        <translation>mit {} beantwortet, also ging die Anfrage nicht durch</translation>
    </message>
    <message>
        <source>{} ({:.1f} ms)</source>
        <translation>{} ({} ms)</translation>
    </message>
    <message>
        <source>the answer carries it</source>
        <translation>die Antwort trägt sie</translation>
    </message>
    <message>
        <source>header</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>upstream wait</source>
        <translation>Warten auf Upstream</translation>
    </message>
    <message>
        <source>no pattern hit</source>
        <translation>kein Muster gefunden</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>no server name</source>
        <translation>kein Servername</translation>
    </message>
    <message>
        <source>for {}</source>
        <translation>für {}</translation>
    </message>
    <message>
        <source>no ALPN</source>
        <translation>kein ALPN</translation>
    </message>
    <message>
        <source>client certificate {} {}</source>
        <translation>Client-Zertifikat {} {}</translation>
    </message>
    <message>
        <source>is verified</source>
        <translation>ist geprüft</translation>
    </message>
    <message>
        <source>is not verified: {}</source>
        <translation>ist nicht geprüft: {}</translation>
    </message>
    <message>
        <source>any hostname</source>
        <translation>jeder Hostname</translation>
    </message>
    <message>
        <source>hostname {}</source>
        <translation>Hostname {}</translation>
    </message>
    <message>
        <source>{} listener {}</source>
        <translation>{} Listener {}</translation>
    </message>
    <message>
        <source>port {}, {}</source>
        <translation>Port {}, {}</translation>
    </message>
    <message>
        <source>{} rule {}, match {}</source>
        <translation>{} Regel {}, Treffer {}</translation>
    </message>
    <message>
        <source>matches every request</source>
        <translation>trifft jede Anfrage</translation>
    </message>
    <message>
        <source>prompt guard</source>
        <translation>Prompt-Schutz</translation>
    </message>
    <message>
        <source>prompt enrichment</source>
        <translation>Prompt-Anreicherung</translation>
    </message>
    <message>
        <source>{} message{} added</source>
        <translation>hinzugefügte Nachrichten: {1}</translation>
    </message>
    <message>
        <source>usage counting</source>
        <translation>Verbrauchszählung</translation>
    </message>
    <message>
        <source>the upstream was asked to send token usage at the end of the stream</source>
        <translation>der Upstream wurde gebeten, am Ende des Stroms den Token-Verbrauch zu senden</translation>
    </message>
    <message>
        <source>the session&apos;s backend</source>
        <translation>das Backend der Sitzung</translation>
    </message>
    <message>
        <source>the only backend of the rule</source>
        <translation>das einzige Backend der Regel</translation>
    </message>
    <message>
        <source>weight {} of {} ({:.1f} %), drew {}</source>
        <translation>Gewicht {} von {} ({} %), gezogen {}</translation>
    </message>
    <message>
        <source>no connection was made</source>
        <translation>keine Verbindung kam zustande</translation>
    </message>
    <message>
        <source>on a kept connection</source>
        <translation>auf einer gehaltenen Verbindung</translation>
    </message>
    <message>
        <source>on a new connection</source>
        <translation>auf einer neuen Verbindung</translation>
    </message>
    <message>
        <source>attempt {}</source>
        <translation>Versuch {}</translation>
    </message>
    <message>
        <source>TLS for {}</source>
        <translation>TLS für {}</translation>
    </message>
    <message>
        <source>the upstream&apos;s answer</source>
        <translation>die Antwort des Upstreams</translation>
    </message>
    <message>
        <source>answered by the rule itself</source>
        <translation>von der Regel selbst beantwortet</translation>
    </message>
    <message>
        <source>status {}</source>
        <translation>Status {}</translation>
    </message>
    <message>
        <source>The client did not finish the request head in time.</source>
        <translation>Der Client hat den Kopf der Anfrage nicht rechtzeitig beendet.</translation>
    </message>
    <message>
        <source>The client left in the middle of the request head.</source>
        <translation>Der Client ging mitten im Kopf der Anfrage.</translation>
    </message>
    <message>
        <source>No listener serves this port any more.</source>
        <translation>Diesen Port bedient kein Listener mehr.</translation>
    </message>
    <message>
        <source>The port&apos;s protocol has changed since the connection was made.</source>
        <translation>Das Protokoll des Ports hat sich geändert, seit die Verbindung entstand.</translation>
    </message>
    <message>
        <source>The host belongs to another listener than the connection&apos;s TLS session.</source>
        <translation>Der Host gehört zu einem anderen Listener als die TLS-Sitzung der Verbindung.</translation>
    </message>
    <message>
        <source>CONNECT is served only where a rule matches that method.</source>
        <translation>CONNECT wird nur bedient, wo eine Regel diese Methode trifft.</translation>
    </message>
    <message>
        <source>No listener of this port covers the host.</source>
        <translation>Kein Listener dieses Ports deckt den Host ab.</translation>
    </message>
    <message>
        <source>No route matches this request.</source>
        <translation>Keine Route passt zu dieser Anfrage.</translation>
    </message>
    <message>
        <source>The rule is broken.</source>
        <translation>Die Regel ist fehlerhaft.</translation>
    </message>
    <message>
        <source>The client sent its body too slowly, or not at all.</source>
        <translation>Der Client sendete seinen Rumpf zu langsam oder gar nicht.</translation>
    </message>
    <message>
        <source>The client left before it had sent the whole request.</source>
        <translation>Der Client ging, bevor er die ganze Anfrage gesendet hatte.</translation>
    </message>
    <message>
        <source>The request is malformed.</source>
        <translation>Die Anfrage ist fehlerhaft geformt.</translation>
    </message>
    <message>
        <source>The request is not permitted.</source>
        <translation>Die Anfrage ist nicht erlaubt.</translation>
    </message>
    <message>
        <source>The request did not arrive in time.</source>
        <translation>Die Anfrage kam nicht rechtzeitig an.</translation>
    </message>
    <message>
        <source>The request body is too large.</source>
        <translation>Der Rumpf der Anfrage ist zu groß.</translation>
    </message>
    <message>
        <source>The request target is too long.</source>
        <translation>Das Ziel der Anfrage ist zu lang.</translation>
    </message>
    <message>
        <source>The expectation cannot be met.</source>
        <translation>Die Erwartung ist nicht erfüllbar.</translation>
    </message>
    <message>
        <source>The request was sent on a connection that is not for its host.</source>
        <translation>Die Anfrage kam auf einer Verbindung, die nicht für ihren Host ist.</translation>
    </message>
    <message>
        <source>The request head is too large.</source>
        <translation>Der Kopf der Anfrage ist zu groß.</translation>
    </message>
    <message>
        <source>The gateway cannot serve this route.</source>
        <translation>Das Gateway kann diese Route nicht bedienen.</translation>
    </message>
    <message>
        <source>The request uses something that is not served.</source>
        <translation>Die Anfrage verwendet etwas, das nicht bedient wird.</translation>
    </message>
    <message>
        <source>The upstream did not answer properly.</source>
        <translation>Der Upstream hat nicht richtig geantwortet.</translation>
    </message>
    <message>
        <source>No upstream is available.</source>
        <translation>Kein Upstream ist verfügbar.</translation>
    </message>
    <message>
        <source>The upstream did not answer in time.</source>
        <translation>Der Upstream antwortete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The HTTP version is not served.</source>
        <translation>Diese HTTP-Version wird nicht bedient.</translation>
    </message>
    <message>
        <source>The request was refused.</source>
        <translation>Die Anfrage wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The client stopped reading the answer.</source>
        <translation>Der Client hörte auf, die Antwort zu lesen.</translation>
    </message>
    <message>
        <source>The client left before it had the whole answer.</source>
        <translation>Der Client ging, bevor er die ganze Antwort hatte.</translation>
    </message>
    <message>
        <source>The upstream broke off in the middle of its answer.</source>
        <translation>Der Upstream brach mitten in seiner Antwort ab.</translation>
    </message>
    <message>
        <source>not sent: the body is longer than is kept</source>
        <translation>nicht gesendet: der Rumpf ist länger, als aufbewahrt wird</translation>
    </message>
    <message>
        <source>every try was used</source>
        <translation>jeder Versuch ist verbraucht</translation>
    </message>
    <message>
        <source>not tried again: the body is longer than is kept for another try</source>
        <translation>nicht noch einmal versucht: der Rumpf ist länger, als für einen weiteren Versuch aufbewahrt wird</translation>
    </message>
    <message>
        <source>not tried again: the wait before it would outlast the request&apos;s timeout</source>
        <translation>nicht noch einmal versucht: die Pause davor würde die Frist der Anfrage überdauern</translation>
    </message>
    <message>
        <source>The client left between two tries.</source>
        <translation>Der Client ging zwischen zwei Versuchen.</translation>
    </message>
    <message>
        <source>The upstream&apos;s HTTP/2 takes no WebSocket (RFC 8441).</source>
        <translation>Das HTTP/2 des Upstreams nimmt kein WebSocket (RFC 8441).</translation>
    </message>
    <message>
        <source>The upstream&apos;s Sec-WebSocket-Accept does not answer the key.</source>
        <translation>Sec-WebSocket-Accept des Upstreams beantwortet den Schlüssel nicht.</translation>
    </message>
    <message>
        <source>The upstream answered a WebSocket&apos;s handshake without switching to it.</source>
        <translation>Der Upstream beantwortete den Handshake eines WebSockets, ohne dazu zu wechseln.</translation>
    </message>
    <message>
        <source>Neither side said anything for too long.</source>
        <translation>Keine Seite sagte etwas, und das zu lange.</translation>
    </message>
    <message>
        <source>The rule has no backend.</source>
        <translation>Die Regel hat kein Backend.</translation>
    </message>
    <message>
        <source>All backends of the rule have weight 0.</source>
        <translation>Alle Backends der Regel haben das Gewicht 0.</translation>
    </message>
    <message>
        <source>The backend reference is not valid.</source>
        <translation>Der Verweis auf das Backend ist nicht gültig.</translation>
    </message>
    <message>
        <source>TLS with the backend cannot be set up.</source>
        <translation>TLS mit dem Backend lässt sich nicht einrichten.</translation>
    </message>
    <message>
        <source>No endpoint of the backend could be connected to.</source>
        <translation>Zu keinem Endpunkt des Backends kam eine Verbindung zustande.</translation>
    </message>
    <message>
        <source>The backend has no ready endpoint.</source>
        <translation>Das Backend hat keinen bereiten Endpunkt.</translation>
    </message>
    <message>
        <source>The client left while the upstream was being connected to.</source>
        <translation>Der Client ging, während die Verbindung zum Upstream entstand.</translation>
    </message>
    <message>
        <source>TLS with the upstream failed.</source>
        <translation>TLS mit dem Upstream ist gescheitert.</translation>
    </message>
    <message>
        <source>The endpoint could not be connected to.</source>
        <translation>Zum Endpunkt kam keine Verbindung zustande.</translation>
    </message>
    <message>
        <source>The backend has as many connections or requests as it may.</source>
        <translation>Das Backend hat so viele Verbindungen oder Anfragen, wie es darf.</translation>
    </message>
    <message>
        <source>The upstream did not take the request in time.</source>
        <translation>Der Upstream nahm die Anfrage nicht rechtzeitig an.</translation>
    </message>
    <message>
        <source>The client left while its request was being sent.</source>
        <translation>Der Client ging, während seine Anfrage gesendet wurde.</translation>
    </message>
    <message>
        <source>The upstream switched protocols without being asked.</source>
        <translation>Der Upstream wechselte ungefragt das Protokoll.</translation>
    </message>
    <message>
        <source>The client left while it waited for the answer.</source>
        <translation>Der Client ging, während er auf die Antwort wartete.</translation>
    </message>
    <message>
        <source>The upstream closed the connection before it answered.</source>
        <translation>Der Upstream schloss die Verbindung, bevor er antwortete.</translation>
    </message>
    <message>
        <source>No configuration has been applied yet.</source>
        <translation>Noch keine Konfiguration wurde angewendet.</translation>
    </message>
    <message>
        <source>a request was dropped: {}</source>
        <translation>eine Anfrage wurde verworfen: {}</translation>
    </message>
    <message>
        <source>both sides ended it</source>
        <translation>beide Seiten beendeten ihn</translation>
    </message>
    <message>
        <source>the client broke it off</source>
        <translation>der Client brach ihn ab</translation>
    </message>
    <message>
        <source>the upstream broke it off</source>
        <translation>der Upstream brach ihn ab</translation>
    </message>
    <message>
        <source>neither side said anything for too long</source>
        <translation>keine Seite sagte etwas, und das zu lange</translation>
    </message>
    <message>
        <source>The object is too large once its aliases are written out.</source>
        <translation>Das Objekt ist zu groß, wenn seine Aliase ausgeschrieben werden.</translation>
    </message>
    <message>
        <source>The alias *{} has no anchor above it.</source>
        <translation>Der Alias *{} hat keinen Anker davor.</translation>
    </message>
    <message>
        <source>A mapping has a key that is no scalar.</source>
        <translation>Eine Zuordnung hat einen Schlüssel, der kein einfacher Wert ist.</translation>
    </message>
    <message>
        <source>Merge keys (&lt;&lt;) are no part of Kubernetes YAML; write the fields out.</source>
        <translation>Merge-Schlüssel (&lt;&lt;) gehören nicht zum YAML von Kubernetes; schreiben Sie die Felder aus.</translation>
    </message>
    <message>
        <source>The cluster makes each {} itself; it is not part of what is declared.</source>
        <translation>Der Cluster macht jedes Objekt der Art {} selbst; es gehört nicht zu dem, was deklariert wird.</translation>
    </message>
    <message>
        <source>The export writes a kustomization.yaml of its own.</source>
        <translation>Der Export schreibt eine eigene kustomization.yaml.</translation>
    </message>
    <message>
        <source>{} is a kind of {} and {} has nothing like it: what it does will not be done there.</source>
        <translation>{} ist eine Art von {}, und {} hat nichts dergleichen: Was sie tut, geschieht dort nicht.</translation>
    </message>
    <message>
        <source>Secrets are never exported: make it in the cluster before applying, with the key{} {}.</source>
        <translation>Secrets werden nie exportiert: Legen Sie es vor dem Anwenden im Cluster an, mit folgenden Schlüsseln: {2}.</translation>
    </message>
    <message>
        <source>This name is no file name and no Kubernetes name.</source>
        <translation>Dieser Name ist weder ein Dateiname noch ein Name in Kubernetes.</translation>
    </message>
    <message>
        <source>Gatehouse does not know {} {}; it is exported as written.</source>
        <translation>Gatehouse kennt {} {} nicht; es wird exportiert, wie es dasteht.</translation>
    </message>
    <message>
        <source>Gatehouse does not know this field; it is exported as written.</source>
        <translation>Gatehouse kennt dieses Feld nicht; es wird exportiert, wie es dasteht.</translation>
    </message>
    <message>
        <source>It holds the value of {}; refer to the Secret instead.</source>
        <translation>Es enthält den Wert von {}; verweisen Sie stattdessen auf das Secret.</translation>
    </message>
    <message>
        <source>Written as {}, the version that {} serves.</source>
        <translation>Geschrieben als {}, die Version, die {} bedient.</translation>
    </message>
    <message>
        <source>It refers to {} {}, a kind of {} that {} lacks.</source>
        <translation>Es verweist auf {} {}, eine Art von {}, die {} fehlt.</translation>
    </message>
    <message>
        <source>It holds a token in clear; put it into a Secret and use kind SecretRef.</source>
        <translation>Es enthält ein Token im Klartext; legen Sie es in ein Secret, und verwenden Sie die Art SecretRef.</translation>
    </message>
    <message>
        <source>Two objects have this kind, namespace and name.</source>
        <translation>Zwei Objekte haben diese Art, diesen Namespace und diesen Namen.</translation>
    </message>
    <message>
        <source>There is no target {}; there are {}.</source>
        <translation>Das Ziel {} gibt es nicht; es gibt {}.</translation>
    </message>
    <message>
        <source>This field needs the experimental channel of the Gateway API CRDs; the standard channel drops it silently.</source>
        <translation>Dieses Feld braucht den experimentellen Kanal der CRDs der Gateway API; der Standardkanal lässt es stillschweigend weg.</translation>
    </message>
    <message>
        <source>Gateway API 1.6 and InferencePool v1, for any conformant controller</source>
        <translation>Gateway API 1.6 und InferencePool v1, für jeden konformen Controller</translation>
    </message>
    <message>
        <source>kgateway 2.1: the Gateway API with Backend, TrafficPolicy and DirectResponse</source>
        <translation>kgateway 2.1: die Gateway API mit Backend, TrafficPolicy und DirectResponse</translation>
    </message>
    <message>
        <source>In the Gateway API 1.4 of kgateway 2.1 this filter needs the experimental channel.</source>
        <translation>In der Gateway API 1.4 von kgateway 2.1 braucht dieser Filter den experimentellen Kanal.</translation>
    </message>
    <message>
        <source>kgateway 2.1 knows only the experimental XListenerSet; put the listeners into the Gateway.</source>
        <translation>kgateway 2.1 kennt nur das experimentelle XListenerSet; setzen Sie die Listener in das Gateway.</translation>
    </message>
    <message>
        <source>This is the form of kgateway 2.0; in 2.1 the provider stands directly below spec.ai.llm.</source>
        <translation>Das ist die Form von kgateway 2.0; in 2.1 steht der Anbieter direkt unter spec.ai.llm.</translation>
    </message>
    <message>
        <source>This is the form of kgateway 2.0; in 2.1 it is spec.ai.priorityGroups, each provider named.</source>
        <translation>Das ist die Form von kgateway 2.0; in 2.1 ist es spec.ai.priorityGroups, jeder Anbieter mit Namen.</translation>
    </message>
    <message>
        <source>This is the form of kgateway 2.0; in 2.1 it is host and port beside the provider.</source>
        <translation>Das ist die Form von kgateway 2.0; in 2.1 sind es host und port neben dem Anbieter.</translation>
    </message>
    <message>
        <source>{} could not be {}: {}.</source>
        <translation>{1} konnte nicht {2w} werden: {3}.</translation>
    </message>
    <message>
        <source>created</source>
        <translation>angelegt</translation>
    </message>
    <message>
        <source>written</source>
        <translation>geschrieben</translation>
    </message>
    <message>
        <source>Nothing was written, because the target lacks what is refused.</source>
        <translation>Nichts wurde geschrieben, denn dem Ziel fehlt, was abgelehnt ist.</translation>
    </message>
    <message>
        <source>{} is not from an export, so nothing was written over it; choose an empty folder.</source>
        <translation>{} stammt nicht aus einem Export, also wurde nichts darübergeschrieben; wählen Sie einen leeren Ordner.</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>ersetzt</translation>
    </message>
    <message>
        <source>A chunk size is too large.</source>
        <translation>Die Größe eines Stücks ist zu groß.</translation>
    </message>
    <message>
        <source>A chunk size is not hexadecimal.</source>
        <translation>Die Größe eines Stücks ist nicht hexadezimal.</translation>
    </message>
    <message>
        <source>Chunk extensions are too long.</source>
        <translation>Die Erweiterungen eines Stücks sind zu lang.</translation>
    </message>
    <message>
        <source>A chunk extension holds a control character.</source>
        <translation>Die Erweiterung eines Stücks enthält ein Steuerzeichen.</translation>
    </message>
    <message>
        <source>A chunk size line ends with a bare CR.</source>
        <translation>Die Größenzeile eines Stücks endet mit einem bloßen CR.</translation>
    </message>
    <message>
        <source>A chunk is longer than its size.</source>
        <translation>Ein Stück ist länger als seine Größe.</translation>
    </message>
    <message>
        <source>A trailer field is malformed.</source>
        <translation>Ein Trailer-Feld ist fehlerhaft geformt.</translation>
    </message>
    <message>
        <source>The trailers are too long.</source>
        <translation>Die Trailer sind zu lang.</translation>
    </message>
    <message>
        <source>A trailer field holds a control character.</source>
        <translation>Ein Trailer-Feld enthält ein Steuerzeichen.</translation>
    </message>
    <message>
        <source>A trailer line ends with a bare CR.</source>
        <translation>Eine Trailer-Zeile endet mit einem bloßen CR.</translation>
    </message>
    <message>
        <source>The last chunk ends with a bare CR.</source>
        <translation>Das letzte Stück endet mit einem bloßen CR.</translation>
    </message>
    <message>
        <source>The request line is longer than the limit.</source>
        <translation>Die Anfragezeile ist länger als die Grenze.</translation>
    </message>
    <message>
        <source>The head is longer than the limit.</source>
        <translation>Der Kopf ist länger als die Grenze.</translation>
    </message>
    <message>
        <source>A line ends with a bare LF.</source>
        <translation>Eine Zeile endet mit einem bloßen LF.</translation>
    </message>
    <message>
        <source>Empty lines stand before the request line.</source>
        <translation>Vor der Anfragezeile stehen leere Zeilen.</translation>
    </message>
    <message>
        <source>The head has more fields than the limit.</source>
        <translation>Der Kopf hat mehr Felder als die Grenze.</translation>
    </message>
    <message>
        <source>The first byte does not begin an HTTP request.</source>
        <translation>Das erste Byte beginnt keine HTTP-Anfrage.</translation>
    </message>
    <message>
        <source>The request line is malformed.</source>
        <translation>Die Anfragezeile ist fehlerhaft geformt.</translation>
    </message>
    <message>
        <source>The method is not a token.</source>
        <translation>Die Methode ist kein Token.</translation>
    </message>
    <message>
        <source>The HTTP version is malformed.</source>
        <translation>Die HTTP-Version ist fehlerhaft geformt.</translation>
    </message>
    <message>
        <source>The request target is longer than the limit.</source>
        <translation>Das Ziel der Anfrage ist länger als die Grenze.</translation>
    </message>
    <message>
        <source>The request target is malformed.</source>
        <translation>Das Ziel der Anfrage ist fehlerhaft geformt.</translation>
    </message>
    <message>
        <source>The path holds a broken escape, a backslash or a NUL.</source>
        <translation>Der Pfad enthält eine kaputte Kodierung, einen Rückstrich oder NUL.</translation>
    </message>
    <message>
        <source>The path holds an encoded slash or backslash.</source>
        <translation>Der Pfad enthält einen kodierten Schrägstrich oder Rückstrich.</translation>
    </message>
    <message>
        <source>CONNECT&apos;s target is not a host and a port.</source>
        <translation>Das Ziel von CONNECT ist kein Host mit Port.</translation>
    </message>
    <message>
        <source>A header field is malformed.</source>
        <translation>Ein Kopffeld ist fehlerhaft geformt.</translation>
    </message>
    <message>
        <source>Content-Length is not a number.</source>
        <translation>Content-Length ist keine Zahl.</translation>
    </message>
    <message>
        <source>The transfer coding is not served.</source>
        <translation>Die Transferkodierung wird nicht bedient.</translation>
    </message>
    <message>
        <source>Transfer-Encoding is not one final chunked.</source>
        <translation>Transfer-Encoding ist nicht ein abschließendes chunked.</translation>
    </message>
    <message>
        <source>The expectation is not served.</source>
        <translation>Die Erwartung wird nicht bedient.</translation>
    </message>
    <message>
        <source>Transfer-Encoding is given twice.</source>
        <translation>Transfer-Encoding ist zweimal angegeben.</translation>
    </message>
    <message>
        <source>Content-Length is given twice.</source>
        <translation>Content-Length ist zweimal angegeben.</translation>
    </message>
    <message>
        <source>Content-Length and Transfer-Encoding are both given.</source>
        <translation>Content-Length und Transfer-Encoding sind beide angegeben.</translation>
    </message>
    <message>
        <source>CONNECT has a body.</source>
        <translation>CONNECT hat einen Rumpf.</translation>
    </message>
    <message>
        <source>Host is given twice.</source>
        <translation>Host ist zweimal angegeben.</translation>
    </message>
    <message>
        <source>Host is missing.</source>
        <translation>Host fehlt.</translation>
    </message>
    <message>
        <source>Host is not a valid host and port.</source>
        <translation>Host ist kein gültiger Host mit Port.</translation>
    </message>
    <message>
        <source>Host differs from the request target.</source>
        <translation>Host weicht vom Ziel der Anfrage ab.</translation>
    </message>
    <message>
        <source>The target&apos;s authority is not valid.</source>
        <translation>Host und Port im Ziel sind nicht gültig.</translation>
    </message>
    <message>
        <source>The upstream does not answer with HTTP/1.</source>
        <translation>Der Upstream antwortet nicht mit HTTP/1.</translation>
    </message>
    <message>
        <source>The upstream&apos;s head has a bare LF or is too large.</source>
        <translation>Der Kopf des Upstreams hat ein bloßes LF oder ist zu groß.</translation>
    </message>
    <message>
        <source>The upstream&apos;s status line is malformed.</source>
        <translation>Die Statuszeile des Upstreams ist fehlerhaft geformt.</translation>
    </message>
    <message>
        <source>The upstream&apos;s status is not a number.</source>
        <translation>Der Status des Upstreams ist keine Zahl.</translation>
    </message>
    <message>
        <source>The upstream&apos;s status is out of range.</source>
        <translation>Der Status des Upstreams liegt außerhalb des Bereichs.</translation>
    </message>
    <message>
        <source>The upstream&apos;s reason phrase holds controls.</source>
        <translation>Die Begründung des Upstreams enthält Steuerzeichen.</translation>
    </message>
    <message>
        <source>A header field of the upstream is malformed.</source>
        <translation>Ein Kopffeld des Upstreams ist fehlerhaft geformt.</translation>
    </message>
    <message>
        <source>The upstream&apos;s Content-Length is no number.</source>
        <translation>Content-Length des Upstreams ist keine Zahl.</translation>
    </message>
    <message>
        <source>The upstream&apos;s Transfer-Encoding is not one final chunked.</source>
        <translation>Transfer-Encoding des Upstreams ist nicht ein abschließendes chunked.</translation>
    </message>
    <message>
        <source>The upstream&apos;s answer has more than one length.</source>
        <translation>Die Antwort des Upstreams hat mehr als eine Länge.</translation>
    </message>
    <message>
        <source>The upstream sends chunks in HTTP/1.0.</source>
        <translation>Der Upstream sendet Stücke in HTTP/1.0.</translation>
    </message>
    <message>
        <source>A frame broke the protocol.</source>
        <translation>Ein Frame verletzte das Protokoll.</translation>
    </message>
    <message>
        <source>The peer closed the connection.</source>
        <translation>Die Gegenstelle schloss die Verbindung.</translation>
    </message>
    <message>
        <source>The connection was cut.</source>
        <translation>Die Verbindung wurde abgeschnitten.</translation>
    </message>
    <message>
        <source>The first bytes are not those of HTTP/2.</source>
        <translation>Die ersten Bytes sind nicht die von HTTP/2.</translation>
    </message>
    <message>
        <source>More answers to PING or SETTINGS wait than the limit allows.</source>
        <translation>Mehr Antworten auf PING oder SETTINGS warten, als die Grenze erlaubt.</translation>
    </message>
    <message>
        <source>A head came in more frames than the limit allows.</source>
        <translation>Ein Kopf kam in mehr Frames, als die Grenze erlaubt.</translation>
    </message>
    <message>
        <source>The peer went over a limit of the connection.</source>
        <translation>Die Gegenstelle überschritt eine Grenze der Verbindung.</translation>
    </message>
    <message>
        <source>More frames wait to be sent than the limit allows.</source>
        <translation>Mehr Frames warten auf das Senden, als die Grenze erlaubt.</translation>
    </message>
    <message>
        <source>The connection was ended by this side.</source>
        <translation>Die Verbindung wurde von dieser Seite beendet.</translation>
    </message>
    <message>
        <source>The connection was drained.</source>
        <translation>Die Verbindung lief aus.</translation>
    </message>
    <message>
        <source>The peer asked for the end.</source>
        <translation>Die Gegenstelle bat um das Ende.</translation>
    </message>
    <message>
        <source>The peer took no byte for too long.</source>
        <translation>Die Gegenstelle nahm zu lange kein Byte ab.</translation>
    </message>
    <message>
        <source>A head took longer than the limit.</source>
        <translation>Ein Kopf dauerte länger als die Grenze.</translation>
    </message>
    <message>
        <source>The peer&apos;s settings, or its acknowledgement of ours, did not come in time.</source>
        <translation>Die Einstellungen der Gegenstelle oder ihre Bestätigung der unseren kamen nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The connection was idle for too long.</source>
        <translation>Die Verbindung ruhte zu lange.</translation>
    </message>
    <message>
        <source>The peer did not answer a PING in time.</source>
        <translation>Die Gegenstelle beantwortete ein PING nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The peer&apos;s mistakes made us reset too many streams.</source>
        <translation>Wegen Fehlern der Gegenstelle mussten zu viele Streams abgebrochen werden.</translation>
    </message>
    <message>
        <source>A field name has a capital or is no token.</source>
        <translation>Ein Feldname hat einen Großbuchstaben oder ist kein Token.</translation>
    </message>
    <message>
        <source>A field value holds a control character or begins or ends with a space.</source>
        <translation>Ein Feldwert enthält ein Steuerzeichen oder beginnt oder endet mit einem Leerzeichen.</translation>
    </message>
    <message>
        <source>A pseudo-header field is given twice.</source>
        <translation>Ein Pseudofeld des Kopfes ist zweimal angegeben.</translation>
    </message>
    <message>
        <source>The trailers have a pseudo-header field.</source>
        <translation>Die Trailer haben ein Pseudofeld.</translation>
    </message>
    <message>
        <source>A pseudo-header field stands after an ordinary one.</source>
        <translation>Ein Pseudofeld steht nach einem gewöhnlichen.</translation>
    </message>
    <message>
        <source>A pseudo-header field is not one of a response.</source>
        <translation>Ein Pseudofeld gehört nicht in eine Antwort.</translation>
    </message>
    <message>
        <source>A pseudo-header field holds a control character or a space.</source>
        <translation>Ein Pseudofeld enthält ein Steuerzeichen oder ein Leerzeichen.</translation>
    </message>
    <message>
        <source>The scheme is neither http nor https.</source>
        <translation>Das Schema ist weder http noch https.</translation>
    </message>
    <message>
        <source>The protocol is not a token.</source>
        <translation>Das Protokoll ist kein Token.</translation>
    </message>
    <message>
        <source>A pseudo-header field is not one of a request.</source>
        <translation>Ein Pseudofeld gehört nicht in eine Anfrage.</translation>
    </message>
    <message>
        <source>A connection-specific field stands in an HTTP/2 message.</source>
        <translation>Ein Feld der Verbindung steht in einer Nachricht von HTTP/2.</translation>
    </message>
    <message>
        <source>A field stands in the trailers that must not.</source>
        <translation>In den Trailern steht ein Feld, das dort nicht stehen darf.</translation>
    </message>
    <message>
        <source>TE is other than trailers.</source>
        <translation>TE ist anders als trailers.</translation>
    </message>
    <message>
        <source>The trailers do not end the message.</source>
        <translation>Die Trailer beenden die Nachricht nicht.</translation>
    </message>
    <message>
        <source>The method is missing.</source>
        <translation>Die Methode fehlt.</translation>
    </message>
    <message>
        <source>A protocol is named without CONNECT.</source>
        <translation>Ein Protokoll ist ohne CONNECT genannt.</translation>
    </message>
    <message>
        <source>The scheme is missing.</source>
        <translation>Das Schema fehlt.</translation>
    </message>
    <message>
        <source>Content-Length differs from the body.</source>
        <translation>Content-Length weicht vom Rumpf ab.</translation>
    </message>
    <message>
        <source>CONNECT has a path or a scheme.</source>
        <translation>CONNECT hat einen Pfad oder ein Schema.</translation>
    </message>
    <message>
        <source>The protocol of an extended CONNECT is not served.</source>
        <translation>Das Protokoll eines erweiterten CONNECT wird nicht bedient.</translation>
    </message>
    <message>
        <source>The path is missing.</source>
        <translation>Der Pfad fehlt.</translation>
    </message>
    <message>
        <source>The path does not begin with a slash.</source>
        <translation>Der Pfad beginnt nicht mit einem Schrägstrich.</translation>
    </message>
    <message>
        <source>The upstream&apos;s status is missing.</source>
        <translation>Der Status des Upstreams fehlt.</translation>
    </message>
    <message>
        <source>The upstream switched protocols, which HTTP/2 cannot.</source>
        <translation>Der Upstream wechselte das Protokoll, was HTTP/2 nicht kann.</translation>
    </message>
    <message>
        <source>An interim answer ends the stream.</source>
        <translation>Eine Zwischenantwort beendet den Stream.</translation>
    </message>
    <message>
        <source>An interim answer has a Content-Length.</source>
        <translation>Eine Zwischenantwort hat Content-Length.</translation>
    </message>
    <message>
        <source>The upstream sends too many interim answers.</source>
        <translation>Der Upstream sendet zu viele Zwischenantworten.</translation>
    </message>
    <message>
        <source>The body comes before the head.</source>
        <translation>Der Rumpf kommt vor dem Kopf.</translation>
    </message>
    <message>
        <source>An answer without a body has one.</source>
        <translation>Eine Antwort ohne Rumpf hat einen.</translation>
    </message>
    <message>
        <source>The message ends before its head.</source>
        <translation>Die Nachricht endet vor ihrem Kopf.</translation>
    </message>
    <message>
        <source>already failed for this request</source>
        <translation>ist für diese Anfrage schon gescheitert</translation>
    </message>
    <message>
        <source>ejected after repeated failures</source>
        <translation>nach wiederholten Fehlern ausgeschlossen</translation>
    </message>
    <message>
        <source>refuses connections</source>
        <translation>weist Verbindungen ab</translation>
    </message>
    <message>
        <source>the pool has no ready pods</source>
        <translation>der Pool hat keine bereiten Pods</translation>
    </message>
    <message>
        <source>none of {} pods can be used</source>
        <translation>keiner von {} Pods ist verwendbar</translation>
    </message>
    <message>
        <source>the only usable pod</source>
        <translation>der einzige verwendbare Pod</translation>
    </message>
    <message>
        <source>drawn at random among {} equal pods</source>
        <translation>zufällig gezogen unter {} gleichen Pods</translation>
    </message>
    <message>
        <source>no other pod</source>
        <translation>kein anderer Pod</translation>
    </message>
    <message>
        <source>margin {:.2f} to {}</source>
        <translation>Abstand {} zu {}</translation>
    </message>
    <message>
        <source>metrics of {} of {} pods are missing or older than {} ms: least requests in flight ({}), {}</source>
        <translation>Metriken von {} von {} Pods fehlen oder sind älter als {} ms: wenigste laufende Anfragen ({}), {}</translation>
    </message>
    <message>
        <source>best score {:.2f} of {:.0f}, {}{}</source>
        <translation>beste Wertung {} von {}, {}{}</translation>
    </message>
    <message>
        <source>{} pods without fresh metrics judged by requests in flight</source>
        <translation>{} Pods ohne aktuelle Metriken nach laufenden Anfragen beurteilt</translation>
    </message>
    <message>
        <source>the metrics page is larger than 4 MiB</source>
        <translation>die Seite der Metriken ist größer als 4 MiB</translation>
    </message>
    <message>
        <source>the connection was refused or failed</source>
        <translation>die Verbindung wurde abgewiesen oder schlug fehl</translation>
    </message>
    <message>
        <source>no answer within {} ms</source>
        <translation>keine Antwort innerhalb von {} ms</translation>
    </message>
    <message>
        <source>the page holds no metric that Gatehouse knows</source>
        <translation>die Seite enthält keine Metrik, die Gatehouse kennt</translation>
    </message>
    <message>
        <source>Cannot create a temporary folder: {}.</source>
        <translation>Ein zeitweiliger Ordner lässt sich nicht anlegen: {}.</translation>
    </message>
    <message>
        <source>Cannot write {}.</source>
        <translation>{} lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>The demo needs at least one simulated server.</source>
        <translation>Die Demo braucht mindestens einen simulierten Server.</translation>
    </message>
    <message>
        <source>Cannot create {}: {}.</source>
        <translation>{} lässt sich nicht anlegen: {}.</translation>
    </message>
    <message>
        <source>{} servers from port {} pass port 65535.</source>
        <translation>{} Server ab Port {} gehen über Port 65535 hinaus.</translation>
    </message>
    <message>
        <source>The simulated server {} cannot listen on 127.0.0.1:{}: {}.</source>
        <translation>Der simulierte Server {} kann nicht auf 127.0.0.1:{} lauschen: {}.</translation>
    </message>
    <message>
        <source>The field &quot;{}&quot; {}.</source>
        <translation>Das Feld „{}“ {}.</translation>
    </message>
    <message>
        <source>The field &quot;stream_options.include_usage&quot; must be true or false.</source>
        <translation>Das Feld „stream_options.include_usage“ muss true oder false sein.</translation>
    </message>
    <message>
        <source>The field &quot;messages[{}].content&quot; must be a string or a list of parts.</source>
        <translation>Das Feld „messages[{}].content“ muss eine Zeichenkette oder eine Liste von Teilen sein.</translation>
    </message>
    <message>
        <source>{} has no such field.</source>
        <translation>{} hat kein solches Feld.</translation>
    </message>
    <message>
        <source>text here</source>
        <translation>hier Text</translation>
    </message>
    <message>
        <source>images here</source>
        <translation>hier Bilder</translation>
    </message>
    <message>
        <source>audio here</source>
        <translation>hier Ton</translation>
    </message>
    <message>
        <source>video here</source>
        <translation>hier Video</translation>
    </message>
    <message>
        <source>documents here</source>
        <translation>hier Dokumente</translation>
    </message>
    <message>
        <source>tool calls here</source>
        <translation>hier Werkzeugaufrufe</translation>
    </message>
    <message>
        <source>tool results here</source>
        <translation>hier Werkzeugergebnisse</translation>
    </message>
    <message>
        <source>place for the model&apos;s thinking here</source>
        <translation>hier Platz für das Nachdenken des Modells</translation>
    </message>
    <message>
        <source>refusals here</source>
        <translation>hier Ablehnungen</translation>
    </message>
    <message>
        <source>such content</source>
        <translation>solche Inhalte</translation>
    </message>
    <message>
        <source>{} takes no {}.</source>
        <translation>{} kennt nicht: {}.</translation>
    </message>
    <message>
        <source>{} has no such setting.</source>
        <translation>{} hat keine solche Einstellung.</translation>
    </message>
    <message>
        <source>{} has no such tool.</source>
        <translation>{} hat kein solches Werkzeug.</translation>
    </message>
    <message>
        <source>The body holds a number that is out of range.</source>
        <translation>Der Inhalt enthält eine Zahl außerhalb des Bereichs.</translation>
    </message>
    <message>
        <source>{} must be an object.</source>
        <translation>{} muss ein Objekt sein.</translation>
    </message>
    <message>
        <source>The body</source>
        <translation>Der Inhalt</translation>
    </message>
    <message>
        <source>must be a string</source>
        <translation>muss eine Zeichenkette sein</translation>
    </message>
    <message>
        <source>must be true or false</source>
        <translation>muss true oder false sein</translation>
    </message>
    <message>
        <source>must be a number</source>
        <translation>muss eine Zahl sein</translation>
    </message>
    <message>
        <source>must be an integer</source>
        <translation>muss eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>must be an object</source>
        <translation>muss ein Objekt sein</translation>
    </message>
    <message>
        <source>must be a list</source>
        <translation>muss eine Liste sein</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>{} and {} are for different operations: there is nothing to translate.</source>
        <translation>{} und {} sind für verschiedene Vorgänge: Es gibt nichts zu übersetzen.</translation>
    </message>
    <message>
        <source>The request names no model; the provider&apos;s own default is used, if it has one.</source>
        <translation>Die Anfrage nennt kein Modell; verwendet wird die Vorgabe des Anbieters, wenn er eine hat.</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>The provider answered {} with a page of HTML, not with its API.</source>
        <translation>Der Anbieter antwortete mit {} und einer HTML-Seite statt mit seiner API.</translation>
    </message>
    <message>
        <source>The provider answered {} without a body.</source>
        <translation>Der Anbieter antwortete mit {} ohne Inhalt.</translation>
    </message>
    <message>
        <source>The provider answered {} with a body that is not its API&apos;s.</source>
        <translation>Der Anbieter antwortete mit {} und einem Inhalt, der nicht von seiner API ist.</translation>
    </message>
    <message>
        <source>The provider&apos;s stream broke off before its end; the answer is incomplete.</source>
        <translation>Der Strom des Anbieters brach vor seinem Ende ab; die Antwort ist unvollständig.</translation>
    </message>
    <message>
        <source>The guard pattern &quot;{}&quot; ({}): {}</source>
        <translation>Das Muster „{}“ des Schutzes ({}): {}</translation>
    </message>
    <message>
        <source>The guard&apos;s patterns together: {}</source>
        <translation>Die Muster des Schutzes zusammen: {}</translation>
    </message>
    <message>
        <source>{} is already in use by another process.</source>
        <translation>{} ist schon durch einen anderen Prozess belegt.</translation>
    </message>
    <message>
        <source>This user may not listen on {}: choose a port above 1023.</source>
        <translation>Dieser Benutzer darf nicht auf {} lauschen: Wählen Sie einen Port über 1023.</translation>
    </message>
    <message>
        <source>{} is no address of this machine.</source>
        <translation>{} ist keine Adresse dieses Rechners.</translation>
    </message>
    <message>
        <source>{} cannot be listened on: {}.</source>
        <translation>Auf {} lässt sich nicht lauschen: {}.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is not HOST:PORT.</source>
        <translation>„{}“ ist nicht HOST:PORT.</translation>
    </message>
    <message>
        <source>{} cannot be resolved: {}.</source>
        <translation>{} lässt sich nicht auflösen: {}.</translation>
    </message>
    <message>
        <source>The TLS handshake did not end in time.</source>
        <translation>Der TLS-Handshake endete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>{} left during the TLS handshake.</source>
        <translation>{w} ging während des TLS-Handshakes.</translation>
    </message>
    <message>
        <source>The TLS handshake was interrupted.</source>
        <translation>Der TLS-Handshake wurde unterbrochen.</translation>
    </message>
    <message>
        <source>unknown error</source>
        <translation>unbekannter Fehler</translation>
    </message>
    <message>
        <source>{}: certificate {} cannot be read ({}).</source>
        <translation>{}: Zertifikat {} ist nicht lesbar ({}).</translation>
    </message>
    <message>
        <source>{} holds no PEM certificate.</source>
        <translation>{} enthält kein PEM-Zertifikat.</translation>
    </message>
    <message>
        <source>The private key is encrypted; give it without a passphrase.</source>
        <translation>Der private Schlüssel ist verschlüsselt; geben Sie ihn ohne Passwort an.</translation>
    </message>
    <message>
        <source>The key holds no PEM private key.</source>
        <translation>Der Schlüssel enthält keinen privaten PEM-Schlüssel.</translation>
    </message>
    <message>
        <source>The private key cannot be read ({}).</source>
        <translation>Der private Schlüssel ist nicht lesbar ({}).</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>kein Name</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>The certificate</source>
        <translation>Das Zertifikat</translation>
    </message>
    <message>
        <source>The private key does not belong to the certificate of {}.</source>
        <translation>Der private Schlüssel gehört nicht zum Zertifikat von {}.</translation>
    </message>
    <message>
        <source>The CA bundle</source>
        <translation>Das CA-Bündel</translation>
    </message>
    <message>
        <source>&quot;{}&quot; cannot be an ALPN protocol name.</source>
        <translation>„{}“ kann kein Name eines ALPN-Protokolls sein.</translation>
    </message>
    <message>
        <source>OpenSSL gives no TLS context ({}).</source>
        <translation>OpenSSL liefert keinen TLS-Kontext ({}).</translation>
    </message>
    <message>
        <source>The certificate of {} cannot be used: {} ({}).</source>
        <translation>Das Zertifikat von {} ist nicht brauchbar: {} ({}).</translation>
    </message>
    <message>
        <source>OpenSSL refuses it</source>
        <translation>OpenSSL lehnt es ab</translation>
    </message>
    <message>
        <source>OpenSSL refuses its key</source>
        <translation>OpenSSL lehnt seinen Schlüssel ab</translation>
    </message>
    <message>
        <source>OpenSSL refuses its chain</source>
        <translation>OpenSSL lehnt seine Kette ab</translation>
    </message>
    <message>
        <source>The CA certificate of {} cannot be used ({}).</source>
        <translation>Das CA-Zertifikat von {} ist nicht brauchbar ({}).</translation>
    </message>
    <message>
        <source>A TLS server needs at least one certificate.</source>
        <translation>Ein TLS-Server braucht mindestens ein Zertifikat.</translation>
    </message>
    <message>
        <source>A client presents one certificate, not several.</source>
        <translation>Ein Client zeigt ein Zertifikat, nicht mehrere.</translation>
    </message>
    <message>
        <source>The ALPN protocol names cannot be used.</source>
        <translation>Die Namen der ALPN-Protokolle sind nicht brauchbar.</translation>
    </message>
    <message>
        <source>The CA certificates of this system cannot be read ({}).</source>
        <translation>Die CA-Zertifikate dieses Systems sind nicht lesbar ({}).</translation>
    </message>
    <message>
        <source>There is no name to check the server&apos;s certificate against.</source>
        <translation>Es gibt keinen Namen, gegen den das Zertifikat des Servers zu prüfen wäre.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; cannot be checked as a name.</source>
        <translation>„{}“ lässt sich nicht als Name prüfen.</translation>
    </message>
    <message>
        <source>No TLS session can be made ({}).</source>
        <translation>Keine TLS-Sitzung kommt zustande ({}).</translation>
    </message>
    <message>
        <source>The client resumed a session of another host name.</source>
        <translation>Der Client setzte eine Sitzung eines anderen Hostnamens fort.</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>The TLS session cannot take data.</source>
        <translation>Die TLS-Sitzung kann keine Daten aufnehmen.</translation>
    </message>
    <message>
        <source>The {} floods the session with handshake messages.</source>
        <translation>Die Gegenstelle ({w}) überflutet die Sitzung mit Handshake-Nachrichten.</translation>
    </message>
    <message>
        <source>The TLS session with the {} failed ({}).</source>
        <translation>Die TLS-Sitzung mit der Gegenstelle ({w}) ist gescheitert ({}).</translation>
    </message>
    <message>
        <source>The {} ended the TLS session: certificate required.</source>
        <translation>Die Gegenstelle ({w}) beendete die TLS-Sitzung: Ein Zertifikat ist nötig.</translation>
    </message>
    <message>
        <source>The {} ended the TLS session: {}.</source>
        <translation>Die Gegenstelle ({w}) beendete die TLS-Sitzung: {}.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was refused: it does not carry the name &quot;{}&quot; ({}).</source>
        <translation>Das Zertifikat des Servers wurde abgelehnt: Es trägt nicht den Namen „{}“ ({}).</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was refused: it carries none of the accepted names ({}).</source>
        <translation>Das Zertifikat des Servers wurde abgelehnt: Es trägt keinen der angenommenen Namen ({}).</translation>
    </message>
    <message>
        <source>The {}&apos;s certificate was refused: {} ({}).</source>
        <translation>Das Zertifikat der Gegenstelle ({w}) wurde abgelehnt: {} ({}).</translation>
    </message>
    <message>
        <source>The client sent no certificate.</source>
        <translation>Der Client sendete kein Zertifikat.</translation>
    </message>
    <message>
        <source>The {}&apos;s TLS version is too old.</source>
        <translation>Die TLS-Version der Gegenstelle ({w}) ist zu alt.</translation>
    </message>
    <message>
        <source>The client offers no cipher that is accepted here.</source>
        <translation>Der Client bietet keine Chiffre, die hier angenommen wird.</translation>
    </message>
    <message>
        <source>The client can verify none of the certificates here.</source>
        <translation>Der Client kann keines der Zertifikate hier prüfen.</translation>
    </message>
    <message>
        <source>The client offers no protocol (ALPN) that is accepted here.</source>
        <translation>Der Client bietet kein Protokoll (ALPN), das hier angenommen wird.</translation>
    </message>
    <message>
        <source>The client spoke plain HTTP where TLS is expected.</source>
        <translation>Der Client sprach einfaches HTTP, wo TLS erwartet wird.</translation>
    </message>
    <message>
        <source>The {} does not speak TLS.</source>
        <translation>Die Gegenstelle ({w}) spricht kein TLS.</translation>
    </message>
    <message>
        <source>The client&apos;s server name (SNI) is malformed.</source>
        <translation>Der Servername des Clients (SNI) ist fehlerhaft geformt.</translation>
    </message>
    <message>
        <source>client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>The client&apos;s certificate</source>
        <translation>Das Zertifikat des Clients</translation>
    </message>
    <message>
        <source>There is no memory to check the certificate.</source>
        <translation>Der Speicher reicht nicht, um das Zertifikat zu prüfen.</translation>
    </message>
    <message>
        <source>The certificate cannot be checked.</source>
        <translation>Das Zertifikat lässt sich nicht prüfen.</translation>
    </message>
    <message>
        <source>the certificate of {} is not trusted ({})</source>
        <translation>dem Zertifikat von {} wird nicht vertraut ({})</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no method.</source>
        <translation>„{}“ ist keine Methode.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no URL of the form http://host/path (without a fragment).</source>
        <translation>„{}“ ist keine URL der Form http://host/pfad (ohne Fragment).</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no header name.</source>
        <translation>„{}“ ist kein Name eines Headers.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no host.</source>
        <translation>„{}“ ist kein Host.</translation>
    </message>
    <message>
        <source>The path is malformed.</source>
        <translation>Der Pfad ist fehlerhaft geformt.</translation>
    </message>
    <message>
        <source>{} is read as {}</source>
        <translation>{} wird als {} gelesen</translation>
    </message>
    <message>
        <source>records do not keep the value, so a match on it may come out otherwise than it did</source>
        <translation>Aufzeichnungen enthalten den Wert nicht, also kann ein Treffer darauf anders ausgehen als damals</translation>
    </message>
    <message>
        <source>they are not kept any more, so a match on them may come out otherwise than it did</source>
        <translation>sie sind nicht mehr aufbewahrt, also kann ein Treffer darauf anders ausgehen als damals</translation>
    </message>
    <message>
        <source>there were more than a record keeps, so a match on the rest may come out otherwise than it did</source>
        <translation>es gab mehr, als eine Aufzeichnung behält, also kann ein Treffer auf den Rest anders ausgehen als damals</translation>
    </message>
    <message>
        <source>the body is not kept: what reads it (guards, enrichment, the model) cannot be tried</source>
        <translation>der Inhalt ist nicht aufbewahrt: Was ihn liest (Schutz, Anreicherung, das Modell), ist nicht zu versuchen</translation>
    </message>
    <message>
        <source>nothing listens on {}; the {} port {} is taken</source>
        <translation>auf {} lauscht nichts; genommen wird {2} Port {3}</translation>
    </message>
    <message>
        <source>that speaks TLS</source>
        <translation>der TLS spricht</translation>
    </message>
    <message>
        <source>of the workspace</source>
        <translation>des Arbeitsbereichs</translation>
    </message>
    <message>
        <source>No listener on port {}; {}.</source>
        <translation>Kein Listener auf Port {}; {}.</translation>
    </message>
    <message>
        <source>the workspace has none</source>
        <translation>der Arbeitsbereich hat keinen</translation>
    </message>
    <message>
        <source>there are listeners on {}</source>
        <translation>Listener gibt es auf {}</translation>
    </message>
    <message>
        <source>connections begin with a PROXY header</source>
        <translation>Verbindungen beginnen mit einem PROXY-Header</translation>
    </message>
    <message>
        <source>server name {}</source>
        <translation>Servername {}</translation>
    </message>
    <message>
        <source>its hostname {} is less specific</source>
        <translation>sein Hostname {} ist weniger genau</translation>
    </message>
    <message>
        <source>its hostname {} does not cover {}</source>
        <translation>sein Hostname {} deckt {} nicht ab</translation>
    </message>
    <message>
        <source>No listener of this port covers it, so no TLS session can be made.</source>
        <translation>Kein Listener dieses Ports deckt ihn ab, also kommt keine TLS-Sitzung zustande.</translation>
    </message>
    <message>
        <source>{} listener {}: {}</source>
        <translation>{} Listener {}: {}</translation>
    </message>
    <message>
        <source>the connection is passed on unread</source>
        <translation>die Verbindung wird ungelesen durchgereicht</translation>
    </message>
    <message>
        <source>TLS ends here, and what is inside is passed on unread</source>
        <translation>TLS endet hier, und der Inhalt wird ungelesen durchgereicht</translation>
    </message>
    <message>
        <source>TLS ends here</source>
        <translation>TLS endet hier</translation>
    </message>
    <message>
        <source>server name {}{}</source>
        <translation>Servername {}{}</translation>
    </message>
    <message>
        <source>another one is more specific or older</source>
        <translation>ein anderer ist genauer oder älter</translation>
    </message>
    <message>
        <source>does not cover {}</source>
        <translation>deckt {} nicht ab</translation>
    </message>
    <message>
        <source>No TLSRoute takes it, so the connection is closed.</source>
        <translation>Keine TLSRoute nimmt sie, also wird die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>the listener asks for none, so it changes nothing</source>
        <translation>der Listener verlangt keines, also ändert es nichts</translation>
    </message>
    <message>
        <source>the listener demands one that its authorities vouch for; it is taken to be there</source>
        <translation>der Listener verlangt eines, für das seine Zertifizierungsstellen bürgen; angenommen wird, dass es da ist</translation>
    </message>
    <message>
        <source>the listener asks for one, and lets clients in without it</source>
        <translation>der Listener fragt nach einem und lässt Clients auch ohne ein</translation>
    </message>
    <message>
        <source>the client has no certificate</source>
        <translation>der Client hat kein Zertifikat</translation>
    </message>
    <message>
        <source>an authority of the listener vouches for it</source>
        <translation>eine Zertifizierungsstelle des Listeners bürgt dafür</translation>
    </message>
    <message>
        <source>{}; the listener lets clients in all the same (AllowInsecureFallback)</source>
        <translation>{}; der Listener lässt Clients trotzdem ein (AllowInsecureFallback)</translation>
    </message>
    <message>
        <source>The listener demands a good client certificate: {}.</source>
        <translation>Der Listener verlangt ein gutes Client-Zertifikat: {}.</translation>
    </message>
    <message>
        <source>origin {} is {}allowed</source>
        <translation>Herkunft {1} ist {2w}erlaubt</translation>
    </message>
    <message>
        <source>not</source>
        <translation>nicht</translation>
    </message>
    <message>
        <source>The preflight is answered here.</source>
        <translation>Die Voranfrage wird hier beantwortet.</translation>
    </message>
    <message>
        <source>The preflight is answered here, without permission.</source>
        <translation>Die Voranfrage wird hier beantwortet, ohne Erlaubnis.</translation>
    </message>
    <message>
        <source>a copy would be sent, whose answer is dropped</source>
        <translation>eine Kopie würde gesendet und deren Antwort verworfen</translation>
    </message>
    <message>
        <source>a copy would be sent for {} of {} requests</source>
        <translation>eine Kopie würde für {} von {} Anfragen gesendet</translation>
    </message>
    <message>
        <source>no copy is sent: it has no ready endpoint</source>
        <translation>keine Kopie wird gesendet: es gibt keinen bereiten Endpunkt</translation>
    </message>
    <message>
        <source>would be asked: {} {}{}; only its 200 lets the request pass</source>
        <translation>würde gefragt: {} {}{}; nur sein 200 lässt die Anfrage durch</translation>
    </message>
    <message>
        <source>connection errors</source>
        <translation>Verbindungsfehlern</translation>
    </message>
    <message>
        <source>{} and connection errors</source>
        <translation>{} und Verbindungsfehlern</translation>
    </message>
    <message>
        <source>at least {} ms before each</source>
        <translation>mindestens {} ms vor jedem</translation>
    </message>
    <message>
        <source>25 ms before the first</source>
        <translation>25 ms vor dem ersten</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>{} ms, then 504</source>
        <translation>{} ms, dann 504</translation>
    </message>
    <message>
        <source>weight 0: never drawn</source>
        <translation>Gewicht 0: nie gezogen</translation>
    </message>
    <message>
        <source>503: the pool has no pod</source>
        <translation>503: der Pool hat keinen Pod</translation>
    </message>
    <message>
        <source>503: no ready endpoint</source>
        <translation>503: kein bereiter Endpunkt</translation>
    </message>
    <message>
        <source>Every backend of the rule has weight zero.</source>
        <translation>Jedes Backend der Regel hat das Gewicht null.</translation>
    </message>
    <message>
        <source>{} backends</source>
        <translation>{} Backends</translation>
    </message>
    <message>
        <source>drawn by weight for each request; ask with a draw between 0 and 1 for one of them</source>
        <translation>für jede Anfrage nach Gewicht gezogen; eine Ziehung zwischen 0 und 1 fragt nach einem davon</translation>
    </message>
    <message>
        <source>the only backend that takes requests</source>
        <translation>das einzige Backend, das Anfragen nimmt</translation>
    </message>
    <message>
        <source>weight {} of {}, drew {}</source>
        <translation>Gewicht {} von {}, gezogen {}</translation>
    </message>
    <message>
        <source>chat body</source>
        <translation>Chat-Inhalt</translation>
    </message>
    <message>
        <source>the body is not kept, so guards and enrichment were not tried</source>
        <translation>der Inhalt ist nicht aufbewahrt, also wurden Schutz und Anreicherung nicht versucht</translation>
    </message>
    <message>
        <source>no body was given, so guards and enrichment were not tried</source>
        <translation>es wurde kein Inhalt angegeben, also wurden Schutz und Anreicherung nicht versucht</translation>
    </message>
    <message>
        <source>{}{} in message {}</source>
        <translation>{}{} in Nachricht {}</translation>
    </message>
    <message>
        <source>{} prepended, {} appended</source>
        <translation>{} davor, {} danach</translation>
    </message>
    <message>
        <source>chat request</source>
        <translation>Chat-Anfrage</translation>
    </message>
    <message>
        <source>model {}, {} messages{}</source>
        <translation>Modell {1}, Nachrichten: {2}{3w}</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>nicht genannt</translation>
    </message>
    <message>
        <source>streamed</source>
        <translation>gestreamt</translation>
    </message>
    <message>
        <source>the session&apos;s endpoint</source>
        <translation>der Endpunkt der Sitzung</translation>
    </message>
    <message>
        <source>slow start: it takes {:.0f} % of its turns so far</source>
        <translation>langsamer Anlauf: bekommt bisher {} % seiner Zuteilungen</translation>
    </message>
    <message>
        <source>fewer than {} % of the endpoints are in, so those that are out are used all the same</source>
        <translation>weniger als {} % der Endpunkte sind im Spiel, also werden auch die ausgeschlossenen verwendet</translation>
    </message>
    <message>
        <source>{} in flight</source>
        <translation>{} laufend</translation>
    </message>
    <message>
        <source>least request: the least busy of {} that are drawn at random among {}; this one is as idle as any ({})</source>
        <translation>wenigste Anfragen: der freieste von {} zufällig gezogenen unter {}; dieser ist so frei wie jeder ({})</translation>
    </message>
    <message>
        <source>least request: the least busy of the next {} of {}, in turn; this one is as idle as any ({})</source>
        <translation>wenigste Anfragen: der freieste der nächsten {} von {}, reihum; dieser ist so frei wie jeder ({})</translation>
    </message>
    <message>
        <source>least request: the fewest requests in flight ({}) of {}</source>
        <translation>wenigste Anfragen: die wenigsten laufenden ({}) von {}</translation>
    </message>
    <message>
        <source>least request: {} of {} have the fewest in flight ({}) and take turns; this is one of them</source>
        <translation>wenigste Anfragen: {} von {} haben die wenigsten laufenden ({}) und wechseln sich ab; dieser ist einer davon</translation>
    </message>
    <message>
        <source>{} has no ready endpoint.</source>
        <translation>{} hat keinen bereiten Endpunkt.</translation>
    </message>
    <message>
        <source>{} has as many requests at a time as {} allows ({}).</source>
        <translation>{} hat so viele gleichzeitige Anfragen, wie {} erlaubt ({}).</translation>
    </message>
    <message>
        <source>its limit</source>
        <translation>seine Grenze</translation>
    </message>
    <message>
        <source>the only endpoint</source>
        <translation>der einzige Endpunkt</translation>
    </message>
    <message>
        <source>every endpoint is out; the first in turn is tried as a last resort</source>
        <translation>jeder Endpunkt ist ausgeschlossen; der nächste in der Reihe wird als letzter Ausweg versucht</translation>
    </message>
    <message>
        <source>the only one of {} endpoints that is in</source>
        <translation>der einzige von {} Endpunkten im Spiel</translation>
    </message>
    <message>
        <source>round robin: {} endpoints take turns, counted by each worker for itself; this is one of them</source>
        <translation>reihum: {} Endpunkte wechseln sich ab, je Arbeitsfaden gezählt; dieser ist einer davon</translation>
    </message>
    <message>
        <source>random: each of {} endpoints has the same chance; this is one of them</source>
        <translation>Zufall: jeder von {} Endpunkten hat dieselbe Aussicht; dieser ist einer davon</translation>
    </message>
    <message>
        <source>any host</source>
        <translation>jeder Host</translation>
    </message>
    <message>
        <source>host {}</source>
        <translation>Host {}</translation>
    </message>
    <message>
        <source>path {} is not {}</source>
        <translation>Pfad {} ist nicht {}</translation>
    </message>
    <message>
        <source>path {} does not start with {}</source>
        <translation>Pfad {} beginnt nicht mit {}</translation>
    </message>
    <message>
        <source>path {} does not fully match the expression {}</source>
        <translation>Pfad {} entspricht nicht ganz dem Ausdruck {}</translation>
    </message>
    <message>
        <source>method {} is not {}</source>
        <translation>Methode {} ist nicht {}</translation>
    </message>
    <message>
        <source>{} {} is &quot;{}&quot;, which does not fully match {}</source>
        <translation>{1w} {2} ist „{3}“, was {4} nicht ganz entspricht</translation>
    </message>
    <message>
        <source>{} {} is &quot;{}&quot;, not &quot;{}&quot;</source>
        <translation>{1w} {2} ist „{3}“, nicht „{4}“</translation>
    </message>
    <message>
        <source>header {} is absent</source>
        <translation>Header {} fehlt</translation>
    </message>
    <message>
        <source>query parameter {} is absent</source>
        <translation>Abfrageparameter {} fehlt</translation>
    </message>
    <message>
        <source>query parameter</source>
        <translation>Abfrageparameter</translation>
    </message>
    <message>
        <source>{} more matches</source>
        <translation>{} weitere Treffer</translation>
    </message>
    <message>
        <source>none of them fits this request</source>
        <translation>keiner davon passt zu dieser Anfrage</translation>
    </message>
    <message>
        <source>port {}, any hostname</source>
        <translation>Port {}, jeder Hostname</translation>
    </message>
    <message>
        <source>port {}, hostname {} covers {}</source>
        <translation>Port {}, Hostname {} deckt {} ab</translation>
    </message>
    <message>
        <source>{} is less specific than {}</source>
        <translation>{} ist weniger genau als {}</translation>
    </message>
    <message>
        <source>no rule of {} fits, so the next less specific host is tried (gateways built on Envoy answer 404 here)</source>
        <translation>keine Regel von {} passt, also wird der nächste weniger genaue Host versucht (Gateways auf Basis von Envoy antworten hier mit 404)</translation>
    </message>
    <message>
        <source>most specific host that covers {}</source>
        <translation>genauester Host, der {} abdeckt</translation>
    </message>
    <message>
        <source>the TLS session was made for {}, which belongs to {}</source>
        <translation>die TLS-Sitzung entstand für {}; dazu gehört {}</translation>
    </message>
    <message>
        <source>no listener any more</source>
        <translation>kein Listener mehr</translation>
    </message>
    <message>
        <source>no rule matches this request</source>
        <translation>keine Regel passt zu dieser Anfrage</translation>
    </message>
    <message>
        <source>no route serves this host</source>
        <translation>keine Route bedient diesen Host</translation>
    </message>
    <message>
        <source>route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Targets of kind {} are not run yet; target a Gateway or an HTTPRoute.</source>
        <translation>Ziele der Art {} laufen noch nicht; nennen Sie ein Gateway oder eine HTTPRoute.</translation>
    </message>
    <message>
        <source>{} {}/{} does not exist, so this policy does nothing there; a policy reaches only objects of its own namespace.</source>
        <translation>{} {}/{} gibt es nicht, also tut diese Richtlinie dort nichts; eine Richtlinie erreicht nur Objekte ihres eigenen Namespace.</translation>
    </message>
    <message>
        <source>{} has no {} named {}, so this policy does nothing there.</source>
        <translation>{2w} {3} gibt es in {1} nicht, also tut diese Richtlinie dort nichts.</translation>
    </message>
    <message>
        <source>the {} level is more specific than the {} level</source>
        <translation>die Ebene {1w} ist genauer als die Ebene {2w}</translation>
    </message>
    <message>
        <source>the Gateway&apos;s annotation {} puts the {} level before the {} level</source>
        <translation>die Annotation {1} des Gateways stellt die Ebene {2w} vor die Ebene {3w}</translation>
    </message>
    <message>
        <source>its {} {} is higher than {}</source>
        <translation>ihr {} {} ist höher als {}</translation>
    </message>
    <message>
        <source>it is older ({}, the other {})</source>
        <translation>sie ist älter ({}, die andere {})</translation>
    </message>
    <message>
        <source>has no creationTimestamp</source>
        <translation>hat keinen creationTimestamp</translation>
    </message>
    <message>
        <source>{} comes before {} in the alphabet</source>
        <translation>{} kommt im Alphabet vor {}</translation>
    </message>
    <message>
        <source>named by an ExtensionRef filter of the rule</source>
        <translation>genannt von einem ExtensionRef-Filter der Regel</translation>
    </message>
    <message>
        <source>targets rule {} of {}</source>
        <translation>Ziel ist Regel {} von {}</translation>
    </message>
    <message>
        <source>targets listener {} of {}</source>
        <translation>Ziel ist Listener {} von {}</translation>
    </message>
    <message>
        <source>Deep merging of policies is not run yet; whole top-level fields are merged instead.</source>
        <translation>Tiefes Mischen von Richtlinien läuft noch nicht; stattdessen werden ganze Felder der obersten Ebene gemischt.</translation>
    </message>
    <message>
        <source>but {} wins: {}</source>
        <translation>aber {} gewinnt: {}</translation>
    </message>
    <message>
        <source>the request carries no session, so one begins</source>
        <translation>die Anfrage trägt keine Sitzung, also beginnt eine</translation>
    </message>
    <message>
        <source>goes where its session began</source>
        <translation>geht dorthin, wo ihre Sitzung begann</translation>
    </message>
    <message>
        <source>the session is older than its absoluteTimeout, so another begins</source>
        <translation>die Sitzung ist älter als ihr absoluteTimeout, also beginnt eine neue</translation>
    </message>
    <message>
        <source>the session was not made by this process for this rule, so another begins</source>
        <translation>die Sitzung stammt nicht von diesem Prozess für diese Regel, also beginnt eine neue</translation>
    </message>
    <message>
        <source>the session&apos;s endpoint is gone, so another begins</source>
        <translation>der Endpunkt der Sitzung ist verschwunden, also beginnt eine neue</translation>
    </message>
    <message>
        <source>the session&apos;s endpoint is left out for its failures, so another begins</source>
        <translation>der Endpunkt der Sitzung ist wegen Fehlern ausgelassen, also beginnt eine neue</translation>
    </message>
    <message>
        <source>The Gateway is left out.</source>
        <translation>Das Gateway bleibt außen vor.</translation>
    </message>
    <message>
        <source>The whole route is left out.</source>
        <translation>Die ganze Route bleibt außen vor.</translation>
    </message>
    <message>
        <source>This match fits no request, and the rule&apos;s others answer 500.</source>
        <translation>Dieser Treffer passt zu keiner Anfrage, und die anderen der Regel antworten mit 500.</translation>
    </message>
    <message>
        <source>Port {} speaks {} by {}, so this listener is not served. In a cluster each Gateway has an address of its own; here the older one keeps the port. Use another port.</source>
        <translation>Port {} spricht {} durch {}, also wird dieser Listener nicht bedient. In einem Cluster hat jedes Gateway eine eigene Adresse; hier behält das ältere den Port. Verwenden Sie einen anderen Port.</translation>
    </message>
    <message>
        <source>Port {} and host {} are those of {} too. In a cluster each Gateway has an address of its own; here the older one&apos;s rules are tried first.</source>
        <translation>Port {} und Host {} gehören auch zu {}. In einem Cluster hat jedes Gateway eine eigene Adresse; hier werden die Regeln des älteren zuerst versucht.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is neither true nor false, so no PROXY header is expected.</source>
        <translation>„{}“ ist weder true noch false, also wird kein PROXY-Header erwartet.</translation>
    </message>
    <message>
        <source>rule {}</source>
        <translation>Regel {}</translation>
    </message>
    <message>
        <source>This rule has no backendRefs and no filter that answers, so it answers 500.</source>
        <translation>Diese Regel hat weder backendRefs noch einen Filter, der antwortet, also antwortet sie mit 500.</translation>
    </message>
    <message>
        <source>but the field is not run yet</source>
        <translation>aber das Feld läuft noch nicht</translation>
    </message>
    <message>
        <source>but the TLS of the connection is the client&apos;s own</source>
        <translation>aber das TLS der Verbindung ist das des Clients</translation>
    </message>
    <message>
        <source>but {} wins: a BackendTLSPolicy goes before the tls of a BackendConfigPolicy</source>
        <translation>aber {} gewinnt: eine BackendTLSPolicy geht vor tls einer BackendConfigPolicy</translation>
    </message>
    <message>
        <source>its certificates are files on the proxy, which are not read</source>
        <translation>ihre Zertifikate sind Dateien auf dem Proxy, die nicht gelesen werden</translation>
    </message>
    <message>
        <source>Its share of requests answers {}.</source>
        <translation>Sein Anteil der Anfragen wird mit {} beantwortet.</translation>
    </message>
    <message>
        <source>{} has no ready endpoint now, so its share of requests answers 503.</source>
        <translation>{} hat gerade keinen bereiten Endpunkt, also wird sein Anteil der Anfragen mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>A filter of type {} on a backend reference is not run yet.</source>
        <translation>Ein Filter vom Typ {} an einem Verweis auf ein Backend läuft noch nicht.</translation>
    </message>
    <message>
        <source>Its share of requests answers 500; move the filter to the rule.</source>
        <translation>Sein Anteil der Anfragen wird mit 500 beantwortet; verschieben Sie den Filter in die Regel.</translation>
    </message>
    <message>
        <source>{} {}/{} does not exist.</source>
        <translation>{} {}/{} gibt es nicht.</translation>
    </message>
    <message>
        <source>Backends of kind {} are not run.</source>
        <translation>Backends der Art {} laufen nicht.</translation>
    </message>
    <message>
        <source>Service {}/{} has no port {}.</source>
        <translation>Service {}/{} hat keinen Port {}.</translation>
    </message>
    <message>
        <source>Service {}/{} port {}</source>
        <translation>Service {}/{} Port {}</translation>
    </message>
    <message>
        <source>{} of type {} is not run yet.</source>
        <translation>{} vom Typ {} läuft noch nicht.</translation>
    </message>
    <message>
        <source>Its share of requests answers 500.</source>
        <translation>Sein Anteil der Anfragen wird mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>set {}: {}</source>
        <translation>setzt {}: {}</translation>
    </message>
    <message>
        <source>add {}: {}</source>
        <translation>ergänzt {}: {}</translation>
    </message>
    <message>
        <source>remove {}</source>
        <translation>entfernt {}</translation>
    </message>
    <message>
        <source>path {}</source>
        <translation>Pfad {}</translation>
    </message>
    <message>
        <source>path prefix {}</source>
        <translation>Pfadpräfix {}</translation>
    </message>
    <message>
        <source>{} to</source>
        <translation>{} auf</translation>
    </message>
    <message>
        <source>scheme {}</source>
        <translation>Schema {}</translation>
    </message>
    <message>
        <source>origins {}</source>
        <translation>Herkünfte {w}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>methods {}</source>
        <translation>Methoden {w}</translation>
    </message>
    <message>
        <source>headers {}</source>
        <translation>Header {w}</translation>
    </message>
    <message>
        <source>with credentials</source>
        <translation>mit Zugangsdaten</translation>
    </message>
    <message>
        <source>kept {} s</source>
        <translation>{} s behalten</translation>
    </message>
    <message>
        <source>A DirectResponse cannot share a rule with backendRefs or a redirect.</source>
        <translation>Eine DirectResponse kann sich keine Regel mit backendRefs oder einer Umleitung teilen.</translation>
    </message>
    <message>
        <source>The filter of type {} lacks the member that its type names.</source>
        <translation>Dem Filter vom Typ {} fehlt das Feld, das sein Typ nennt.</translation>
    </message>
    <message>
        <source>Filters of type {} are not run yet.</source>
        <translation>Filter vom Typ {} laufen noch nicht.</translation>
    </message>
    <message>
        <source>left out: {}</source>
        <translation>ausgelassen: {}</translation>
    </message>
    <message>
        <source>every request</source>
        <translation>jede Anfrage</translation>
    </message>
    <message>
        <source>{} of {} requests</source>
        <translation>{} von {} Anfragen</translation>
    </message>
    <message>
        <source>{} also to {}</source>
        <translation>{} auch an {}</translation>
    </message>
    <message>
        <source>External authorization over gRPC is not run yet, and no request passes unasked; use HTTP.</source>
        <translation>Externe Berechtigung über gRPC läuft noch nicht, und keine Anfrage geht ungefragt durch; verwenden Sie HTTP.</translation>
    </message>
    <message>
        <source>There is nobody to ask for authorization: {}</source>
        <translation>Niemand ist da, der nach der Berechtigung zu fragen wäre: {}</translation>
    </message>
    <message>
        <source>asks {}{}{}</source>
        <translation>fragt {}{}{}</translation>
    </message>
    <message>
        <source>under {}</source>
        <translation>unter {}</translation>
    </message>
    <message>
        <source>with bodies up to {} bytes</source>
        <translation>mit Inhalten bis {} Bytes</translation>
    </message>
    <message>
        <source>{} {}/{} ({}) does not exist.</source>
        <translation>{} {}/{} ({}) gibt es nicht.</translation>
    </message>
    <message>
        <source>{} answers {}</source>
        <translation>{} antwortet mit {}</translation>
    </message>
    <message>
        <source>A {} is no filter.</source>
        <translation>Ein Objekt der Art {} ist kein Filter.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no number of trusted hops (0 to 255), so none is trusted.</source>
        <translation>„{}“ ist keine Zahl vertrauter Stationen (0 bis 255), also wird keiner vertraut.</translation>
    </message>
    <message>
        <source>path exactly {}</source>
        <translation>Pfad genau {}</translation>
    </message>
    <message>
        <source>path like {}</source>
        <translation>Pfad wie {}</translation>
    </message>
    <message>
        <source>path: {}</source>
        <translation>Pfad: {}</translation>
    </message>
    <message>
        <source>method {}</source>
        <translation>Methode {}</translation>
    </message>
    <message>
        <source>annotation {}, but {} wins: a policy comes before the annotation</source>
        <translation>Annotation {}, aber {} gewinnt: eine Richtlinie geht vor die Annotation</translation>
    </message>
    <message>
        <source>{}, but port {} has settings of its own, which stand instead of the default ones</source>
        <translation>{}, aber Port {} hat eigene Einstellungen, die statt der vorgegebenen gelten</translation>
    </message>
    <message>
        <source>{} sets {} too, and holds on {}: {}.</source>
        <translation>{} setzt auch {}, und gilt auf {}: {}.</translation>
    </message>
    <message>
        <source>but spec.tls.frontend of {} wins: it comes before policies</source>
        <translation>aber spec.tls.frontend von {} gewinnt: es geht vor Richtlinien</translation>
    </message>
    <message>
        <source>but a stronger policy wins</source>
        <translation>aber eine stärkere Richtlinie gewinnt</translation>
    </message>
    <message>
        <source>{} holds for connections, which listeners {} and {} share on port {}: what {} says of it holds for both.</source>
        <translation>{} gilt für Verbindungen, die sich die Listener {} und {} auf Port {} teilen: Was {} darüber sagt, gilt für beide.</translation>
    </message>
    <message>
        <source>The policy is left out.</source>
        <translation>Die Richtlinie bleibt außen vor.</translation>
    </message>
    <message>
        <source>{} is not run yet, and rules under it answer 500 rather than go unguarded.</source>
        <translation>{} läuft noch nicht, und Regeln darunter antworten mit 500, statt ungeschützt zu laufen.</translation>
    </message>
    <message>
        <source>{} is not run yet; traffic passes as if it were not there.</source>
        <translation>{} läuft noch nicht; der Verkehr geht durch, als wäre es nicht da.</translation>
    </message>
    <message>
        <source>the ai part of {} cannot be read</source>
        <translation>der Teil ai von {} ist nicht lesbar</translation>
    </message>
    <message>
        <source>{} asks for {}, which is not run yet</source>
        <translation>{} verlangt {}, was noch nicht läuft</translation>
    </message>
    <message>
        <source>the guard of {} is invalid: {}</source>
        <translation>der Schutz von {} ist ungültig: {}</translation>
    </message>
    <message>
        <source>the guard of {} does not compile: {}</source>
        <translation>der Schutz von {} lässt sich nicht übersetzen: {}</translation>
    </message>
    <message>
        <source>Rules under this policy answer 500 rather than go unguarded.</source>
        <translation>Regeln unter dieser Richtlinie antworten mit 500, statt ungeschützt zu laufen.</translation>
    </message>
    <message>
        <source>{} cannot be read</source>
        <translation>{} ist nicht lesbar</translation>
    </message>
    <message>
        <source>but this rule talks to no model</source>
        <translation>aber diese Regel spricht mit keinem Modell</translation>
    </message>
    <message>
        <source>Secret {}/{} does not exist.</source>
        <translation>Secret {}/{} gibt es nicht.</translation>
    </message>
    <message>
        <source>Secret {}/{} has no key {}.</source>
        <translation>Secret {}/{} hat keinen Schlüssel {}.</translation>
    </message>
    <message>
        <source>Secret {}/{} holds an empty {}.</source>
        <translation>Secret {}/{} enthält für {} einen leeren Wert.</translation>
    </message>
    <message>
        <source>{} names no provider.</source>
        <translation>{} nennt keinen Anbieter.</translation>
    </message>
    <message>
        <source>The key for {} is not available: {}</source>
        <translation>Der Schlüssel für {} ist nicht verfügbar: {}</translation>
    </message>
    <message>
        <source>Certificates of clients are to be checked, and there is no authority to check them by.</source>
        <translation>Zertifikate von Clients sollen geprüft werden, aber es gibt keine Zertifizierungsstelle dafür.</translation>
    </message>
    <message>
        <source>The listener names no certificate that can be used.</source>
        <translation>Der Listener nennt kein brauchbares Zertifikat.</translation>
    </message>
    <message>
        <source>{} cannot hold the certificate for backends; name a Secret.</source>
        <translation>{} kann das Zertifikat für Backends nicht enthalten; nennen Sie ein Secret.</translation>
    </message>
    <message>
        <source>{} lies in another namespace, and no ReferenceGrant permits its use.</source>
        <translation>{} liegt in einem anderen Namespace, und kein ReferenceGrant erlaubt die Verwendung.</translation>
    </message>
    <message>
        <source>{} cannot be used: {}</source>
        <translation>{} ist nicht brauchbar: {}</translation>
    </message>
    <message>
        <source>The Gateway&apos;s certificate for backends cannot be used: {}</source>
        <translation>Das Zertifikat des Gateways für Backends ist nicht brauchbar: {}</translation>
    </message>
    <message>
        <source>{}TLS by {}</source>
        <translation>{}TLS durch {}</translation>
    </message>
    <message>
        <source>but it cannot be used, so connections fail</source>
        <translation>ist aber nicht brauchbar, also scheitern Verbindungen</translation>
    </message>
    <message>
        <source>The environment variable &quot;{}&quot; is not set.</source>
        <translation>Die Umgebungsvariable „{}“ ist nicht gesetzt.</translation>
    </message>
    <message>
        <source>The secret file &quot;{}&quot; cannot be read.</source>
        <translation>Die geheime Datei „{}“ ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The secret file &quot;{}&quot; is larger than 1 MiB.</source>
        <translation>Die geheime Datei „{}“ ist größer als 1 MiB.</translation>
    </message>
    <message>
        <source>The secret&apos;s data is not valid base64.</source>
        <translation>Die Daten des Secrets sind kein gültiges base64.</translation>
    </message>
    <message>
        <source>The secret&apos;s data is not valid base64: its length or padding is wrong.</source>
        <translation>Die Daten des Secrets sind kein gültiges base64: Länge oder Auffüllung ist falsch.</translation>
    </message>
    <message>
        <source>The secret holds no value under this key.</source>
        <translation>Das Secret hat unter diesem Schlüssel keinen Wert.</translation>
    </message>
    <message>
        <source>A record needs method and path, as /requests prints them.</source>
        <translation>Eine Aufzeichnung braucht method und path, wie /requests sie ausgibt.</translation>
    </message>
    <message>
        <source>There is no record in the page.</source>
        <translation>In der Seite steht keine Aufzeichnung.</translation>
    </message>
    <message>
        <source>A record is a JSON object, as /requests prints it.</source>
        <translation>Eine Aufzeichnung ist ein JSON-Objekt, wie /requests es ausgibt.</translation>
    </message>
    <message>
        <source>The body is not valid UTF-8.</source>
        <translation>Der Inhalt ist kein gültiges UTF-8.</translation>
    </message>
    <message>
        <source>The body is not valid JSON: a string holds an unescaped control character.</source>
        <translation>Der Inhalt ist kein gültiges JSON: Eine Zeichenkette enthält ein Steuerzeichen.</translation>
    </message>
    <message>
        <source>The body is not valid JSON: a string is not closed.</source>
        <translation>Der Inhalt ist kein gültiges JSON: Eine Zeichenkette ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>The body is empty.</source>
        <translation>Der Inhalt ist leer.</translation>
    </message>
    <message>
        <source>The body is not valid JSON: a number is malformed or out of range.</source>
        <translation>Der Inhalt ist kein gültiges JSON: Eine Zahl ist fehlerhaft oder außerhalb des Bereichs.</translation>
    </message>
    <message>
        <source>The body is too large to be read as JSON.</source>
        <translation>Der Inhalt ist zu groß, um als JSON gelesen zu werden.</translation>
    </message>
    <message>
        <source>The body is not valid JSON.</source>
        <translation>Der Inhalt ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>an array</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a string</source>
        <translation>eine Zeichenkette</translation>
    </message>
    <message>
        <source>must be {}, not {}</source>
        <translation>muss {} sein, nicht {}</translation>
    </message>
    <message>
        <source>The body is nested deeper than {} levels.</source>
        <translation>Der Inhalt ist tiefer als {} Ebenen geschachtelt.</translation>
    </message>
    <message>
        <source>The field &quot;{}&quot; appears twice.</source>
        <translation>Das Feld „{}“ steht zweimal da.</translation>
    </message>
    <message>
        <source>must be a whole number that is not negative</source>
        <translation>muss eine ganze, nicht negative Zahl sein</translation>
    </message>
    <message>
        <source>The body must be a JSON object.</source>
        <translation>Der Inhalt muss ein JSON-Objekt sein.</translation>
    </message>
    <message>
        <source>The body holds something after its JSON object.</source>
        <translation>Hinter dem JSON-Objekt des Inhalts steht noch etwas.</translation>
    </message>
    <message>
        <source>The body is not valid JSON: a string holds an unknown escape.</source>
        <translation>Der Inhalt ist kein gültiges JSON: Eine Zeichenkette enthält eine unbekannte Kodierung.</translation>
    </message>
    <message>
        <source>The pattern does not compile: {}.</source>
        <translation>Das Muster lässt sich nicht übersetzen: {}.</translation>
    </message>
    <message>
        <source>The pattern {} does not compile: {}.</source>
        <translation>Das Muster {} lässt sich nicht übersetzen: {}.</translation>
    </message>
    <message>
        <source>The patterns together need too much memory.</source>
        <translation>Die Muster brauchen zusammen zu viel Speicher.</translation>
    </message>
    <message>
        <source>The document cannot be edited before its syntax error on line {} is mended: {}</source>
        <translation>Das Dokument lässt sich nicht bearbeiten, bis sein Syntaxfehler in Zeile {} behoben ist: {}</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is not a value of the wanted type.</source>
        <translation>„{}“ ist kein Wert des gewünschten Typs.</translation>
    </message>
    <message>
        <source>The new text defines an anchor whose name the document already uses.</source>
        <translation>Der neue Text definiert einen Anker, dessen Namen das Dokument schon verwendet.</translation>
    </message>
    <message>
        <source>A whole document is removed with its object, not as a field.</source>
        <translation>Ein ganzes Dokument wird mit seinem Objekt entfernt, nicht als Feld.</translation>
    </message>
    <message>
        <source>There is no {} to remove.</source>
        <translation>{} ist nicht da und lässt sich nicht entfernen.</translation>
    </message>
    <message>
        <source>It holds an anchor that an alias elsewhere in the document refers to.</source>
        <translation>Es enthält einen Anker, auf den ein Alias an anderer Stelle des Dokuments verweist.</translation>
    </message>
    <message>
        <source>The collection around it carries an anchor or a tag and cannot be emptied.</source>
        <translation>Die Sammlung darum trägt einen Anker oder ein Tag und lässt sich nicht leeren.</translation>
    </message>
    <message>
        <source>There is no list at {}.</source>
        <translation>Bei {} steht keine Liste.</translation>
    </message>
    <message>
        <source>The list has {} items.</source>
        <translation>Zahl der Einträge in der Liste: {}.</translation>
    </message>
    <message>
        <source>The list holds anchors or aliases, whose order matters.</source>
        <translation>Die Liste enthält Anker oder Aliase, deren Reihenfolge zählt.</translation>
    </message>
    <message>
        <source>The field is an alias (*{}): edit what it names, or write it out first.</source>
        <translation>Das Feld ist ein Alias (*{}): Bearbeiten Sie, was er nennt, oder schreiben Sie ihn zuerst aus.</translation>
    </message>
    <message>
        <source>The field lies in &amp;{}, which is used elsewhere in the document too.</source>
        <translation>Das Feld liegt in &amp;{}, das auch an anderer Stelle des Dokuments verwendet wird.</translation>
    </message>
    <message>
        <source>The value carries the tag {}; edit it as text.</source>
        <translation>Der Wert trägt das Tag {}; bearbeiten Sie ihn als Text.</translation>
    </message>
    <message>
        <source>The value holds an anchor that an alias elsewhere in the document refers to.</source>
        <translation>Der Wert enthält einen Anker, auf den ein Alias an anderer Stelle des Dokuments verweist.</translation>
    </message>
    <message>
        <source>The value carries the anchor &amp;{}; edit it as text.</source>
        <translation>Der Wert trägt den Anker &amp;{}; bearbeiten Sie ihn als Text.</translation>
    </message>
    <message>
        <source>A new list starts with item 0.</source>
        <translation>Eine neue Liste beginnt mit Eintrag 0.</translation>
    </message>
    <message>
        <source>There is no list at that place.</source>
        <translation>An dieser Stelle steht keine Liste.</translation>
    </message>
    <message>
        <source>A field cannot be added below a value that is no mapping.</source>
        <translation>Unter einem Wert, der keine Zuordnung ist, lässt sich kein Feld hinzufügen.</translation>
    </message>
    <message>
        <source>The list has {} items; the next one is added at that position.</source>
        <translation>Zahl der Einträge in der Liste: {}; der nächste kommt an diese Stelle.</translation>
    </message>
    <message>
        <source>This change cannot be made without disturbing the text around it; edit it as text.</source>
        <translation>Diese Änderung geht nicht, ohne den Text ringsum zu stören; bearbeiten Sie ihn als Text.</translation>
    </message>
    <message>
        <source>The file cannot be edited before its syntax error is mended: {}</source>
        <translation>Die Datei lässt sich nicht bearbeiten, bis ihr Syntaxfehler behoben ist: {}</translation>
    </message>
    <message>
        <source>The document cannot be removed without disturbing the others; edit the file as text.</source>
        <translation>Das Dokument lässt sich nicht entfernen, ohne die anderen zu stören; bearbeiten Sie die Datei als Text.</translation>
    </message>
    <message>
        <source>Out of memory.</source>
        <translation>Der Speicher reicht nicht.</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>the text is not valid UTF-8 or holds a control character ({})</source>
        <translation>der Text ist kein gültiges UTF-8 oder enthält ein Steuerzeichen ({})</translation>
    </message>
    <message>
        <source>that starts on line {}</source>
        <translation>in dem Teil ab Zeile {}</translation>
    </message>
    <message>
        <source>The text nests more than 200 levels deep.</source>
        <translation>Der Text ist tiefer als 200 Ebenen geschachtelt.</translation>
    </message>
    <message>
        <source>The text uses more than 100,000 aliases.</source>
        <translation>Der Text verwendet mehr als 100.000 Aliase.</translation>
    </message>
    <message>
        <source>The text has an unexpected structure.</source>
        <translation>Der Text hat einen unerwarteten Aufbau.</translation>
    </message>
    <message>
        <source>The text is larger than 64 MiB.</source>
        <translation>Der Text ist größer als 64 MiB.</translation>
    </message>
    <message>
        <source>A quoted key in a field path must end with &quot;].</source>
        <translation>Ein Schlüssel in Anführungszeichen muss in einem Feldpfad mit &quot;] enden.</translation>
    </message>
    <message>
        <source>Brackets in a field path hold a position from 0, as in rules[0].</source>
        <translation>Klammern in einem Feldpfad enthalten eine Stelle ab 0, wie in rules[0].</translation>
    </message>
    <message>
        <source>A field path cannot end with a dot.</source>
        <translation>Ein Feldpfad kann nicht mit einem Punkt enden.</translation>
    </message>
    <message>
        <source>A dot must follow a closing bracket in a field path.</source>
        <translation>Nach einer schließenden Klammer muss in einem Feldpfad ein Punkt folgen.</translation>
    </message>
    <message>
        <source>A field path has an empty step.</source>
        <translation>Ein Feldpfad hat einen leeren Schritt.</translation>
    </message>
    <message>
        <source>Line {}: {}</source>
        <translation>Zeile {}: {}</translation>
    </message>
    <message>
        <source>Exactly one YAML value is needed here.</source>
        <translation>Hier ist genau ein YAML-Wert nötig.</translation>
    </message>
    <message>
        <source>Its aliases expand to too many values.</source>
        <translation>Seine Aliase ergeben zu viele Werte.</translation>
    </message>
    <message>
        <source>The alias *{} refers to itself.</source>
        <translation>Der Alias *{} verweist auf sich selbst.</translation>
    </message>
    <message>
        <source>The alias *{} has no anchor before it.</source>
        <translation>Der Alias *{} hat keinen Anker davor.</translation>
    </message>
    <message>
        <source>round robin</source>
        <translation>reihum</translation>
    </message>
    <message>
        <source>least request</source>
        <translation>wenigste Anfragen</translation>
    </message>
    <message>
        <source>The upstream broke off the TLS handshake.</source>
        <translation>Der Upstream brach den TLS-Handshake ab.</translation>
    </message>
    <message>
        <source>The upstream does not offer HTTP/2 (ALPN &quot;h2&quot;), which its appProtocol or the route asks for.</source>
        <translation>Der Upstream bietet kein HTTP/2 (ALPN „h2“), das sein appProtocol oder die Route verlangt.</translation>
    </message>
    <message>
        <source>failed connect</source>
        <translation>gescheiterter Verbindungsversuch</translation>
    </message>
    <message>
        <source>failed connects</source>
        <translation>gescheiterte Verbindungsversuche</translation>
    </message>
    <message>
        <source>broken answer</source>
        <translation>kaputte Antwort</translation>
    </message>
    <message>
        <source>broken answers</source>
        <translation>kaputte Antworten</translation>
    </message>
    <message>
        <source>failed TLS handshake</source>
        <translation>gescheiterter TLS-Handshake</translation>
    </message>
    <message>
        <source>failed TLS handshakes</source>
        <translation>gescheiterte TLS-Handshakes</translation>
    </message>
    <message>
        <source>answer of 5xx</source>
        <translation>Antwort mit 5xx</translation>
    </message>
    <message>
        <source>answers of 5xx</source>
        <translation>Antworten mit 5xx</translation>
    </message>
    <message>
        <source>warming up</source>
        <translation>läuft warm</translation>
    </message>
    <message>
        <source>{} {} in a row</source>
        <translation>{} {} in Folge</translation>
    </message>
    <message>
        <source>out until {}: {}</source>
        <translation>ausgeschlossen bis {}: {}</translation>
    </message>
    <message>
        <source>slow start: {:.0f} % of its turns, {:.0f} s to go</source>
        <translation>langsamer Anlauf: {} % seiner Zuteilungen, noch {} s</translation>
    </message>
    <message>
        <source>A certificate is good both for this hostname and for that of {} on this port, so that one connection may carry requests for both; give them certificates of their own where their TLS settings differ.</source>
        <translation>Ein Zertifikat gilt auf diesem Port sowohl für diesen Hostnamen als auch für den von {}, sodass eine Verbindung Anfragen für beide tragen kann; geben Sie beiden eigene Zertifikate, wo sich ihre TLS-Einstellungen unterscheiden.</translation>
    </message>
    <message>
        <source>There is no name to check the backend&apos;s certificate against, so requests to it answer 503; add sni or verifySubjectAltNames.</source>
        <translation>Es gibt keinen Namen, gegen den das Zertifikat des Backends zu prüfen wäre, also werden Anfragen dorthin mit 503 beantwortet; fügen Sie sni oder verifySubjectAltNames hinzu.</translation>
    </message>
    <message>
        <source>every endpoint of {} is left out</source>
        <translation>jeder Endpunkt von {} ist ausgelassen</translation>
    </message>
    <message>
        <source>The listener does not take HTTP/1.0.</source>
        <translation>Der Listener nimmt kein HTTP/1.0.</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>fortgesetzt</translation>
    </message>
    <message>
        <source>weight {} of {}, drawn anew for a further try</source>
        <translation>Gewicht {} von {}, für einen weiteren Versuch neu gezogen</translation>
    </message>
    <message>
        <source>bytes both ways</source>
        <translation>Bytes in beide Richtungen</translation>
    </message>
    <message>
        <source>{} bytes from the client, {} to it; {}</source>
        <translation>{} Bytes vom Client, {} zu ihm; {}</translation>
    </message>
    <message>
        <source>The HTTP version is not served; use HTTP/1.1.</source>
        <translation>Diese HTTP-Version wird nicht bedient; verwenden Sie HTTP/1.1.</translation>
    </message>
    <message>
        <source>out until a scrape succeeds: {}</source>
        <translation>ausgeschlossen, bis eine Abfrage gelingt: {}</translation>
    </message>
    <message>
        <source>its metrics cannot be read, so it is judged by its requests in flight: {}</source>
        <translation>seine Metriken sind nicht lesbar, also wird er nach seinen laufenden Anfragen beurteilt: {}</translation>
    </message>
    <message>
        <source>its metrics are old, so it is judged by its requests in flight</source>
        <translation>seine Metriken sind alt, also wird er nach seinen laufenden Anfragen beurteilt</translation>
    </message>
    <message>
        <source>it was not scraped yet, so it is judged by its requests in flight</source>
        <translation>er wurde noch nicht abgefragt, also wird er nach seinen laufenden Anfragen beurteilt</translation>
    </message>
    <message>
        <source>InferencePool {}</source>
        <translation>InferencePool {}</translation>
    </message>
    <message>
        <source>load of the pods</source>
        <translation>Last der Pods</translation>
    </message>
    <message>
        <source>In kgateway 2.1 the policy reaches whole Gateways alone; without sectionName it would reach listeners that it is not for.</source>
        <translation>In kgateway 2.1 erreicht die Richtlinie nur ganze Gateways; ohne sectionName würde sie Listener erreichen, für die sie nicht ist.</translation>
    </message>
    <message>
        <source>HTTPListenerPolicy of kgateway 2.1 has no {}; kgateway 2.2 and later have.</source>
        <translation>HTTPListenerPolicy von kgateway 2.1 hat kein {}; ab kgateway 2.2 ist es da.</translation>
    </message>
    <message>
        <source>kgateway 2.1 has no settings of single ports.</source>
        <translation>kgateway 2.1 hat keine Einstellungen einzelner Ports.</translation>
    </message>
    <message>
        <source>kgateway 2.1 has no {} of listeners; kgateway 2.2 and later have.</source>
        <translation>kgateway 2.1 hat kein {} für Listener; ab kgateway 2.2 ist es da.</translation>
    </message>
    <message>
        <source>{} is a kind of {}, and {} has nothing like it: whose X-Forwarded-For is believed, and what connections may do, must be set in the cluster&apos;s own way. Take it out of the workspace to export without.</source>
        <translation>{} ist eine Art von {}, und {} hat nichts dergleichen: Wessen X-Forwarded-For geglaubt wird und was Verbindungen dürfen, ist auf die eigene Weise des Clusters zu setzen. Nehmen Sie es aus dem Arbeitsbereich, um ohne es zu exportieren.</translation>
    </message>
    <message>
        <source>Written as {}, the kind that {} has for it.</source>
        <translation>Geschrieben als {}, die Art, die {} dafür hat.</translation>
    </message>
    <message>
        <source>kgateway 2.4: the Gateway API 1.6 with Backend, TrafficPolicy and ListenerPolicy, without AI</source>
        <translation>kgateway 2.4: die Gateway API 1.6 mit Backend, TrafficPolicy und ListenerPolicy, ohne KI</translation>
    </message>
    <message>
        <source>the inference extension</source>
        <translation>die Inferenz-Erweiterung</translation>
    </message>
    <message>
        <source>kgateway 2.2 and later have no AI backends; export to kgateway-2.1, or move to agentgateway.</source>
        <translation>Ab kgateway 2.2 gibt es keine KI-Backends; exportieren Sie nach kgateway-2.1, oder wechseln Sie zu agentgateway.</translation>
    </message>
    <message>
        <source>kgateway 2.2 and later have no AI policies; export to kgateway-2.1, or move to agentgateway.</source>
        <translation>Ab kgateway 2.2 gibt es keine KI-Richtlinien; exportieren Sie nach kgateway-2.1, oder wechseln Sie zu agentgateway.</translation>
    </message>
    <message>
        <source>{} is not translated to {}.</source>
        <translation>{} wird nicht nach {} übersetzt.</translation>
    </message>
    <message>
        <source>a CONNECT names a port, too; {} is taken</source>
        <translation>ein CONNECT nennt auch einen Port; genommen wird {}</translation>
    </message>
    <message>
        <source>early headers</source>
        <translation>vorgezogene Header</translation>
    </message>
    <message>
        <source>changed before a route is looked for, so the match is made anew</source>
        <translation>geändert, bevor eine Route gesucht wird, also wird der Treffer neu bestimmt</translation>
    </message>
    <message>
        <source>The path is that of the listener&apos;s health check, which the gateway answers by itself.</source>
        <translation>Der Pfad ist der der Zustandsprüfung des Listeners, die das Gateway selbst beantwortet.</translation>
    </message>
    <message>
        <source>up to {} further tr{} after {}, {}{}</source>
        <translation>weitere Versuche: bis zu {1}, nach {3}, {4}{5}</translation>
    </message>
    <message>
        <source>each at another backend by weight, as long as there is one untried</source>
        <translation>jeder an einem anderen Backend nach Gewicht, solange eines noch nicht versucht ist</translation>
    </message>
    <message>
        <source>a preflight belongs to the {} that it asks for: {}</source>
        <translation>eine Voranfrage gehört zu der Methode {1}, nach der sie fragt: {2}</translation>
    </message>
    <message>
        <source>A CONNECT names a host and a port and has no path, so a match of it by path takes no request.</source>
        <translation>Ein CONNECT nennt Host und Port und hat keinen Pfad, also bekommt ein Treffer nach Pfad keine Anfrage.</translation>
    </message>
    <message>
        <source>listener {}</source>
        <translation>Listener {}</translation>
    </message>
    <message>
        <source>&apos;{}&apos; {}.</source>
        <translation>„{}“ {}.</translation>
    </message>
    <message>
        <source>{} or {}</source>
        <translation>{} oder {}</translation>
    </message>
    <message>
        <source>to</source>
        <translation>auf</translation>
    </message>
    <message>
        <source>{} scheme {}</source>
        <translation>{1w} Schema {2}</translation>
    </message>
    <message>
        <source>{} host {}</source>
        <translation>{1w} Host {2}</translation>
    </message>
    <message>
        <source>{} port {}</source>
        <translation>{1w} Port {2}</translation>
    </message>
    <message>
        <source>{} path {}</source>
        <translation>{1w} Pfad {2}</translation>
    </message>
    <message>
        <source>{} path prefix {}</source>
        <translation>{1w} Pfadpräfix {2}</translation>
    </message>
    <message>
        <source>{} that starts on line {}</source>
        <translation>{} ab Zeile {}</translation>
    </message>
    <message>
        <source>while scanning a simple key</source>
        <translation>beim Lesen eines einfachen Schlüssels</translation>
    </message>
    <message>
        <source>could not find expected &apos;:&apos;</source>
        <translation>das erwartete „:“ fehlt</translation>
    </message>
    <message>
        <source>while scanning a block scalar</source>
        <translation>beim Lesen eines Blocktexts</translation>
    </message>
    <message>
        <source>while scanning a tag</source>
        <translation>beim Lesen eines Tags</translation>
    </message>
    <message>
        <source>did not find expected &apos;!&apos;</source>
        <translation>das erwartete „!“ fehlt</translation>
    </message>
    <message>
        <source>while parsing a tag directive</source>
        <translation>beim Auswerten einer Tag-Direktive</translation>
    </message>
    <message>
        <source>while parsing a tag</source>
        <translation>beim Auswerten eines Tags</translation>
    </message>
    <message>
        <source>did not find expected tag URI</source>
        <translation>die erwartete URI des Tags fehlt</translation>
    </message>
    <message>
        <source>while scanning a plain scalar</source>
        <translation>beim Lesen eines einfachen Werts</translation>
    </message>
    <message>
        <source>found unexpected &apos;:&apos;</source>
        <translation>unerwartetes „:“</translation>
    </message>
    <message>
        <source>while parsing a quoted scalar</source>
        <translation>beim Auswerten eines Texts in Anführungszeichen</translation>
    </message>
    <message>
        <source>while scanning an anchor</source>
        <translation>beim Lesen eines Ankers</translation>
    </message>
    <message>
        <source>while scanning an alias</source>
        <translation>beim Lesen eines Alias</translation>
    </message>
    <message>
        <source>while scanning a directive</source>
        <translation>beim Lesen einer Direktive</translation>
    </message>
    <message>
        <source>found unknown directive name</source>
        <translation>unbekannter Name einer Direktive</translation>
    </message>
    <message>
        <source>did not find the expected &apos;&gt;&apos;</source>
        <translation>das erwartete „&gt;“ fehlt</translation>
    </message>
    <message>
        <source>while scanning a %YAML directive</source>
        <translation>beim Lesen einer %YAML-Direktive</translation>
    </message>
    <message>
        <source>found extremely long version number</source>
        <translation>überlange Versionsnummer</translation>
    </message>
    <message>
        <source>did not find expected version number</source>
        <translation>die erwartete Versionsnummer fehlt</translation>
    </message>
    <message>
        <source>found a tab character where an indentation space is expected</source>
        <translation>ein Tabulator steht, wo ein Leerzeichen zum Einrücken erwartet wird</translation>
    </message>
    <message>
        <source>while scanning a tag directive</source>
        <translation>beim Lesen einer Tag-Direktive</translation>
    </message>
    <message>
        <source>while parsing a %TAG directive</source>
        <translation>beim Auswerten einer %TAG-Direktive</translation>
    </message>
    <message>
        <source>did not find URI escaped octet</source>
        <translation>in der URI fehlt ein kodiertes Byte</translation>
    </message>
    <message>
        <source>found an incorrect leading UTF-8 octet</source>
        <translation>falsches erstes UTF-8-Byte</translation>
    </message>
    <message>
        <source>found an incorrect trailing UTF-8 octet</source>
        <translation>falsches UTF-8-Folgebyte</translation>
    </message>
    <message>
        <source>found a tab character that violates indentation</source>
        <translation>ein Tabulator verletzt die Einrückung</translation>
    </message>
    <message>
        <source>found an indentation indicator equal to 0</source>
        <translation>eine Einrückung von 0 ist angegeben</translation>
    </message>
    <message>
        <source>did not find expected comment or line break</source>
        <translation>der erwartete Kommentar oder Zeilenumbruch fehlt</translation>
    </message>
    <message>
        <source>while scanning a quoted scalar</source>
        <translation>beim Lesen eines Texts in Anführungszeichen</translation>
    </message>
    <message>
        <source>found unexpected document indicator</source>
        <translation>unerwartetes Dokumentzeichen</translation>
    </message>
    <message>
        <source>found unexpected end of stream</source>
        <translation>unerwartetes Ende des Texts</translation>
    </message>
    <message>
        <source>found unknown escape character</source>
        <translation>unbekanntes Zeichen nach dem Rückstrich</translation>
    </message>
    <message>
        <source>did not find expected hexdecimal number</source>
        <translation>die erwartete Hexadezimalzahl fehlt</translation>
    </message>
    <message>
        <source>found invalid Unicode character escape code</source>
        <translation>ungültiger Unicode-Zeichencode</translation>
    </message>
    <message>
        <source>did not find expected alphabetic or numeric character</source>
        <translation>der erwartete Buchstabe oder die erwartete Ziffer fehlt</translation>
    </message>
    <message>
        <source>could not find expected directive name</source>
        <translation>der erwartete Name der Direktive fehlt</translation>
    </message>
    <message>
        <source>found unexpected non-alphabetical character</source>
        <translation>unerwartetes Zeichen, das kein Buchstabe ist</translation>
    </message>
    <message>
        <source>did not find expected digit or &apos;.&apos; character</source>
        <translation>die erwartete Ziffer oder der erwartete Punkt fehlt</translation>
    </message>
    <message>
        <source>while scanning a %TAG directive</source>
        <translation>beim Lesen einer %TAG-Direktive</translation>
    </message>
    <message>
        <source>did not find expected whitespace</source>
        <translation>der erwartete Leerraum fehlt</translation>
    </message>
    <message>
        <source>did not find expected whitespace or line break</source>
        <translation>der erwartete Leerraum oder Zeilenumbruch fehlt</translation>
    </message>
    <message>
        <source>block sequence entries are not allowed in this context</source>
        <translation>Einträge einer Blockliste sind an dieser Stelle nicht erlaubt</translation>
    </message>
    <message>
        <source>mapping keys are not allowed in this context</source>
        <translation>Schlüssel einer Zuordnung sind an dieser Stelle nicht erlaubt</translation>
    </message>
    <message>
        <source>mapping values are not allowed in this context</source>
        <translation>Werte einer Zuordnung sind an dieser Stelle nicht erlaubt</translation>
    </message>
    <message>
        <source>while scanning for the next token</source>
        <translation>beim Suchen des nächsten Elements</translation>
    </message>
    <message>
        <source>found character that cannot start any token</source>
        <translation>ein Zeichen, mit dem nichts beginnen kann</translation>
    </message>
    <message>
        <source>found duplicate %TAG directive</source>
        <translation>doppelte %TAG-Direktive</translation>
    </message>
    <message>
        <source>found duplicate %YAML directive</source>
        <translation>doppelte %YAML-Direktive</translation>
    </message>
    <message>
        <source>found incompatible YAML document</source>
        <translation>unpassende YAML-Version</translation>
    </message>
    <message>
        <source>did not find expected &lt;document start&gt;</source>
        <translation>der erwartete Anfang eines Dokuments fehlt</translation>
    </message>
    <message>
        <source>did not find expected node content</source>
        <translation>der erwartete Inhalt fehlt</translation>
    </message>
    <message>
        <source>did not find expected &apos;,&apos; or &apos;]&apos;</source>
        <translation>das erwartete „,“ oder „]“ fehlt</translation>
    </message>
    <message>
        <source>while parsing a block collection</source>
        <translation>beim Auswerten einer Blockliste</translation>
    </message>
    <message>
        <source>did not find expected &apos;-&apos; indicator</source>
        <translation>das erwartete „-“ fehlt</translation>
    </message>
    <message>
        <source>did not find expected &apos;,&apos; or &apos;}&apos;</source>
        <translation>das erwartete „,“ oder „}“ fehlt</translation>
    </message>
    <message>
        <source>did not find expected &lt;stream-start&gt;</source>
        <translation>der erwartete Anfang des Texts fehlt</translation>
    </message>
    <message>
        <source>while parsing a block node</source>
        <translation>beim Auswerten eines Blocks</translation>
    </message>
    <message>
        <source>while parsing a flow node</source>
        <translation>beim Auswerten einer Klammer</translation>
    </message>
    <message>
        <source>while parsing a node</source>
        <translation>beim Auswerten eines Werts</translation>
    </message>
    <message>
        <source>found undefined tag handle</source>
        <translation>unbekanntes Tag-Kürzel</translation>
    </message>
    <message>
        <source>while parsing a flow sequence</source>
        <translation>beim Auswerten einer Liste in Klammern</translation>
    </message>
    <message>
        <source>while parsing a block mapping</source>
        <translation>beim Auswerten einer Block-Zuordnung</translation>
    </message>
    <message>
        <source>did not find expected key</source>
        <translation>der erwartete Schlüssel fehlt</translation>
    </message>
    <message>
        <source>while parsing a flow mapping</source>
        <translation>beim Auswerten einer Zuordnung in Klammern</translation>
    </message>
    <message>
        <source>found duplicate anchor; first occurrence</source>
        <translation>doppelter Anker; zuerst vorhanden</translation>
    </message>
    <message>
        <source>found undefined alias</source>
        <translation>unbekannter Alias</translation>
    </message>
    <message>
        <source>invalid leading UTF-8 octet</source>
        <translation>ungültiges erstes UTF-8-Byte</translation>
    </message>
    <message>
        <source>invalid trailing UTF-8 octet</source>
        <translation>ungültiges UTF-8-Folgebyte</translation>
    </message>
    <message>
        <source>invalid Unicode character</source>
        <translation>ungültiges Unicode-Zeichen</translation>
    </message>
    <message>
        <source>incomplete UTF-8 octet sequence</source>
        <translation>unvollständige UTF-8-Folge</translation>
    </message>
    <message>
        <source>invalid length of a UTF-8 sequence</source>
        <translation>ungültige Länge einer UTF-8-Folge</translation>
    </message>
    <message>
        <source>control characters are not allowed</source>
        <translation>Steuerzeichen sind nicht erlaubt</translation>
    </message>
    <message>
        <source>input error</source>
        <translation>Eingabefehler</translation>
    </message>
    <message>
        <source>pattern too large - compile failed</source>
        <translation>das Muster ist zu groß</translation>
    </message>
    <message>
        <source>invalid escape sequence</source>
        <translation>ungültige Rückstrich-Folge</translation>
    </message>
    <message>
        <source>invalid character class</source>
        <translation>ungültige Zeichenklasse</translation>
    </message>
    <message>
        <source>invalid character class range</source>
        <translation>ungültiger Bereich in einer Zeichenklasse</translation>
    </message>
    <message>
        <source>missing ]</source>
        <translation>es fehlt ]</translation>
    </message>
    <message>
        <source>missing )</source>
        <translation>es fehlt )</translation>
    </message>
    <message>
        <source>unexpected )</source>
        <translation>unerwartetes )</translation>
    </message>
    <message>
        <source>invalid repetition size</source>
        <translation>ungültige Zahl der Wiederholungen</translation>
    </message>
    <message>
        <source>bad repetition operator</source>
        <translation>falscher Wiederholungsoperator</translation>
    </message>
    <message>
        <source>invalid perl operator</source>
        <translation>ungültiger Perl-Operator</translation>
    </message>
    <message>
        <source>invalid UTF-8</source>
        <translation>ungültiges UTF-8</translation>
    </message>
    <message>
        <source>invalid named capture group</source>
        <translation>ungültige benannte Gruppe</translation>
    </message>
    <message>
        <source>no argument for repetition operator</source>
        <translation>dem Wiederholungsoperator fehlt, was er wiederholt</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht vorhanden</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Ist ein Ordner</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>Datei ist schon vorhanden</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Kein Platz mehr auf dem Gerät</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Dateisystem ist nur lesbar</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>Zu viele offene Dateien</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>Adresse ist schon belegt</translation>
    </message>
    <message>
        <source>Cannot assign requested address</source>
        <translation>Adresse ist nicht verfügbar</translation>
    </message>
    <message>
        <source>Directory not empty</source>
        <translation>Ordner ist nicht leer</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>Vorgang nicht erlaubt</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>Verbindung abgewiesen</translation>
    </message>
    <message>
        <source>Host not found (authoritative)</source>
        <translation>Host nicht gefunden</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>named {} on port {}</source>
        <translation>namens {} auf Port {}</translation>
    </message>
    <message>
        <source>header {}</source>
        <translation>Header {}</translation>
    </message>
    <message>
        <source>cookie {}</source>
        <translation>Cookie {}</translation>
    </message>
    <message>
        <source>A % is not closed by another one.</source>
        <translation>Ein % ist durch kein zweites geschlossen.</translation>
    </message>
    <message>
        <source>A ( is not closed in %{}%.</source>
        <translation>Eine ( ist in %{}% nicht geschlossen.</translation>
    </message>
    <message>
        <source>/dev/stdout or /dev/stderr.</source>
        <translation>/dev/stdout oder /dev/stderr.</translation>
    </message>
    <message>
        <source>The line is written as it stands here.</source>
        <translation>Die Zeile wird geschrieben, wie sie hier steht.</translation>
    </message>
    <message>
        <source>Valid, but this version has no value for %{}%: &quot;-&quot; is written.</source>
        <translation>Gültig, aber diese Version hat für %{}% keinen Wert: Geschrieben wird „-“.</translation>
    </message>
    <message>
        <source>Valid, but not run by this version: lines go to /dev/stdout and /dev/stderr alone. For a file use the option --access-log of gatehouse serve.</source>
        <translation>Gültig, aber diese Version führt es nicht aus: Zeilen gehen nur nach /dev/stdout und /dev/stderr. Für eine Datei dient die Option --access-log von gatehouse serve.</translation>
    </message>
    <message>
        <source>The {} left during the TLS handshake.</source>
        <translation>Die Gegenstelle ({w}) ging während des TLS-Handshakes.</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>must be a string or a list</source>
        <translation>muss eine Zeichenkette oder eine Liste sein</translation>
    </message>
    <message>
        <source>OpenAI&apos;s chat cites URLs alone.</source>
        <translation>Der Chat von OpenAI zitiert nur URLs.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s annotations hold no cited text.</source>
        <translation>Die Annotationen von OpenAI enthalten keinen zitierten Text.</translation>
    </message>
    <message>
        <source>must be one of system, developer, user, assistant, tool, function</source>
        <translation>muss eines sein von system, developer, user, assistant, tool, function</translation>
    </message>
    <message>
        <source>must be none, auto, required or an object</source>
        <translation>muss none, auto, required oder ein Objekt sein</translation>
    </message>
    <message>
        <source>must be text, json_object or json_schema</source>
        <translation>muss text, json_object oder json_schema sein</translation>
    </message>
    <message>
        <source>must be a string or a list of strings</source>
        <translation>muss eine Zeichenkette oder eine Liste von Zeichenketten sein</translation>
    </message>
    <message>
        <source>This model takes no cache marks on tools; its provider caches the beginning of prompts by itself.</source>
        <translation>Dieses Modell nimmt keine Cache-Marken an Werkzeugen; sein Anbieter hält den Anfang von Prompts von selbst vor.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s schemas have a name; it is &quot;response&quot;.</source>
        <translation>Schemas von OpenAI haben einen Namen; er ist „response“.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s chat has an effort in place of a budget.</source>
        <translation>Der Chat von OpenAI hat statt eines Budgets einen Aufwand.</translation>
    </message>
    <message>
        <source>A budget of {} tokens became the effort &quot;{}&quot;.</source>
        <translation>Aus einem Budget von {} Token wurde der Aufwand „{}“.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s models decide by themselves how long they think.</source>
        <translation>Modelle von OpenAI entscheiden selbst, wie lange sie nachdenken.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s chat gives no summaries of the model&apos;s thinking.</source>
        <translation>Der Chat von OpenAI gibt keine Zusammenfassungen vom Nachdenken des Modells.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s chat has no such setting.</source>
        <translation>Der Chat von OpenAI hat keine solche Einstellung.</translation>
    </message>
    <message>
        <source>There is no tool left to choose.</source>
        <translation>Es bleibt kein Werkzeug zur Wahl.</translation>
    </message>
    <message>
        <source>The provider caches the beginning of prompts by itself, for as long as it chooses.</source>
        <translation>Der Anbieter hält den Anfang von Prompts von selbst vor, so lange er will.</translation>
    </message>
    <message>
        <source>The provider sent an event of more than 16 MiB.</source>
        <translation>Der Anbieter sandte ein Ereignis von mehr als 16 MiB.</translation>
    </message>
    <message>
        <source>the stream ended within an event</source>
        <translation>der Strom endete mitten in einem Ereignis</translation>
    </message>
    <message>
        <source>the stream ended without [DONE]</source>
        <translation>der Strom endete ohne [DONE]</translation>
    </message>
    <message>
        <source>an event came after the end</source>
        <translation>ein Ereignis kam nach dem Ende</translation>
    </message>
    <message>
        <source>an event is no JSON object</source>
        <translation>ein Ereignis ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>The provider sent a chunk that is no JSON.</source>
        <translation>Der Anbieter sandte ein Stück, das kein JSON ist.</translation>
    </message>
    <message>
        <source>[DONE] came before the finish_reason of choice {}</source>
        <translation>[DONE] kam vor finish_reason der Auswahl {}</translation>
    </message>
    <message>
        <source>[DONE] came before any chunk</source>
        <translation>[DONE] kam vor jedem Stück</translation>
    </message>
    <message>
        <source>a choice is no object</source>
        <translation>eine Auswahl ist kein Objekt</translation>
    </message>
    <message>
        <source>a chunk holds a message in place of a delta</source>
        <translation>ein Stück enthält eine Nachricht statt eines delta</translation>
    </message>
    <message>
        <source>the first chunk of choice {} names no role</source>
        <translation>das erste Stück der Auswahl {} nennt keine Rolle</translation>
    </message>
    <message>
        <source>content came after the finish_reason of choice {}</source>
        <translation>Inhalt kam nach finish_reason der Auswahl {}</translation>
    </message>
    <message>
        <source>finish_reason of choice {} came twice</source>
        <translation>finish_reason der Auswahl {} kam zweimal</translation>
    </message>
    <message>
        <source>a tool call is no object</source>
        <translation>ein Werkzeugaufruf ist kein Objekt</translation>
    </message>
    <message>
        <source>tool call {} began again with another id</source>
        <translation>Werkzeugaufruf {} begann noch einmal mit anderer ID</translation>
    </message>
    <message>
        <source>tool call {} began without an id</source>
        <translation>Werkzeugaufruf {} begann ohne ID</translation>
    </message>
    <message>
        <source>tool call {} began without a name</source>
        <translation>Werkzeugaufruf {} begann ohne Namen</translation>
    </message>
    <message>
        <source>OpenAI&apos;s streams have no such content.</source>
        <translation>Ströme von OpenAI haben keine solchen Inhalte.</translation>
    </message>
    <message>
        <source>OpenAI has one time to live for all marks of a request.</source>
        <translation>OpenAI hat eine einzige Lebensdauer für alle Marken einer Anfrage.</translation>
    </message>
    <message>
        <source>This model takes no cache marks; its provider caches the beginning of prompts by itself.</source>
        <translation>Dieses Modell nimmt keine Cache-Marken; sein Anbieter hält den Anfang von Prompts von selbst vor.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s chat takes no citations in a request.</source>
        <translation>Der Chat von OpenAI nimmt in einer Anfrage keine Zitate.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s files have no context.</source>
        <translation>Dateien von OpenAI haben keinen Kontext.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s chat has no documents of plain text; it became a text.</source>
        <translation>Der Chat von OpenAI hat keine Dokumente aus einfachem Text; daraus wurde ein Text.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s files have a name; it is &quot;document.pdf&quot;.</source>
        <translation>Dateien von OpenAI haben einen Namen; er ist „document.pdf“.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s chat takes no documents by URL.</source>
        <translation>Der Chat von OpenAI nimmt keine Dokumente per URL.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s chat takes images as data or by URL, not by a file&apos;s id.</source>
        <translation>Der Chat von OpenAI nimmt Bilder als Daten oder per URL, nicht nach der ID einer Datei.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s tool results are text alone; it went into a user&apos;s message after them.</source>
        <translation>Werkzeugergebnisse von OpenAI sind nur Text; es kam danach in eine Nachricht des Benutzers.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s tool results do not say that a call failed.</source>
        <translation>Werkzeugergebnisse von OpenAI sagen nicht, dass ein Aufruf gescheitert ist.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s chat takes no thinking of earlier answers.</source>
        <translation>Der Chat von OpenAI nimmt kein Nachdenken früherer Antworten.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s calls take no cache marks.</source>
        <translation>Aufrufe von OpenAI nehmen keine Cache-Marken.</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} von {}</translation>
    </message>
    <message>
        <source>try {}</source>
        <translation>Versuch {}</translation>
    </message>
    <message>
        <source>Anthropic has no citation of this kind.</source>
        <translation>Anthropic hat keine Zitate dieser Art.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s citations have no place in the text and name an index of their own search.</source>
        <translation>Zitate von Anthropic haben keine Stelle im Text und nennen einen Index ihrer eigenen Suche.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s clients hand back its own signatures alone.</source>
        <translation>Clients von Anthropic geben nur dessen eigene Signaturen zurück.</translation>
    </message>
    <message>
        <source>They are no JSON object; they stand in a field &quot;_raw&quot; of one.</source>
        <translation>Sie sind kein JSON-Objekt; sie stehen in einem Feld „_raw“ eines Objekts.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s calls are not signed.</source>
        <translation>Aufrufe von Anthropic sind nicht signiert.</translation>
    </message>
    <message>
        <source>Anthropic gives one answer.</source>
        <translation>Anthropic gibt eine einzige Antwort.</translation>
    </message>
    <message>
        <source>Anthropic tells no log probabilities.</source>
        <translation>Anthropic nennt keine Log-Wahrscheinlichkeiten.</translation>
    </message>
    <message>
        <source>the stream ended without message_stop</source>
        <translation>der Strom endete ohne message_stop</translation>
    </message>
    <message>
        <source>The provider sent an event that is no JSON.</source>
        <translation>Der Anbieter sandte ein Ereignis, das kein JSON ist.</translation>
    </message>
    <message>
        <source>an event named {} is of type {}</source>
        <translation>ein Ereignis namens {} ist vom Typ {}</translation>
    </message>
    <message>
        <source>{} came before message_start</source>
        <translation>{} kam vor message_start</translation>
    </message>
    <message>
        <source>there is no event {}</source>
        <translation>ein Ereignis {} gibt es nicht</translation>
    </message>
    <message>
        <source>message_start came twice</source>
        <translation>message_start kam zweimal</translation>
    </message>
    <message>
        <source>block {} began while block {} was open</source>
        <translation>Block {} begann, während Block {} offen war</translation>
    </message>
    <message>
        <source>block {} began where {} was next</source>
        <translation>Block {} begann, wo {} an der Reihe war</translation>
    </message>
    <message>
        <source>a block began after the stop reason</source>
        <translation>ein Block begann nach dem Grund des Endes</translation>
    </message>
    <message>
        <source>{} came for block {}, which is not open</source>
        <translation>{} kam für Block {}, der nicht offen ist</translation>
    </message>
    <message>
        <source>{} came in block {}, which is of another kind</source>
        <translation>{} kam in Block {}, der von anderer Art ist</translation>
    </message>
    <message>
        <source>input_json_delta came in block {}, whose input was whole</source>
        <translation>input_json_delta kam in Block {}, dessen Eingabe vollständig war</translation>
    </message>
    <message>
        <source>the input of a server&apos;s tool is no JSON object</source>
        <translation>die Eingabe eines Server-Werkzeugs ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>content_block_stop came for block {}, which is not open</source>
        <translation>content_block_stop kam für Block {}, der nicht offen ist</translation>
    </message>
    <message>
        <source>message_delta came while block {} was open</source>
        <translation>message_delta kam, während Block {} offen war</translation>
    </message>
    <message>
        <source>the stop reason came twice</source>
        <translation>der Grund des Endes kam zweimal</translation>
    </message>
    <message>
        <source>message_stop came while block {} was open</source>
        <translation>message_stop kam, während Block {} offen war</translation>
    </message>
    <message>
        <source>message_stop came without a stop reason</source>
        <translation>message_stop kam ohne Grund des Endes</translation>
    </message>
    <message>
        <source>Anthropic&apos;s streams have no such content.</source>
        <translation>Ströme von Anthropic haben keine solchen Inhalte.</translation>
    </message>
    <message>
        <source>must be base64, url, file, text or content</source>
        <translation>muss base64, url, file, text oder content sein</translation>
    </message>
    <message>
        <source>must be auto, any, tool or none</source>
        <translation>muss auto, any, tool oder none sein</translation>
    </message>
    <message>
        <source>must be json_schema</source>
        <translation>muss json_schema sein</translation>
    </message>
    <message>
        <source>must be user, assistant or system</source>
        <translation>muss user, assistant oder system sein</translation>
    </message>
    <message>
        <source>must be a list of strings</source>
        <translation>muss eine Liste von Zeichenketten sein</translation>
    </message>
    <message>
        <source>Anthropic takes four cache marks in a request.</source>
        <translation>Anthropic nimmt vier Cache-Marken in einer Anfrage.</translation>
    </message>
    <message>
        <source>Anthropic keeps a cache for 5m or 1h; it is the default, 5m.</source>
        <translation>Anthropic hält einen Cache 5m oder 1h vor; es ist die Vorgabe, 5m.</translation>
    </message>
    <message>
        <source>Anthropic takes letters, digits, _ and - in a call&apos;s id; it is &quot;{}&quot;.</source>
        <translation>Anthropic nimmt in der ID eines Aufrufs Buchstaben, Ziffern, _ und -; sie ist „{}“.</translation>
    </message>
    <message>
        <source>Anthropic refuses empty text, so its cache mark is gone as well.</source>
        <translation>Anthropic lehnt leeren Text ab, also ist auch dessen Cache-Marke weg.</translation>
    </message>
    <message>
        <source>Anthropic refuses text of nothing but space.</source>
        <translation>Anthropic lehnt Text aus lauter Leerraum ab.</translation>
    </message>
    <message>
        <source>Anthropic takes its own citations alone.</source>
        <translation>Anthropic nimmt nur eigene Zitate.</translation>
    </message>
    <message>
        <source>Anthropic has no refusals in a conversation; it became a text.</source>
        <translation>Anthropic hat in Gesprächen keine Ablehnungen; daraus wurde ein Text.</translation>
    </message>
    <message>
        <source>Anthropic chooses an image&apos;s resolution itself.</source>
        <translation>Anthropic wählt die Auflösung eines Bildes selbst.</translation>
    </message>
    <message>
        <source>Anthropic takes back only thinking that it has signed.</source>
        <translation>Anthropic nimmt nur selbst signiertes Nachdenken zurück.</translation>
    </message>
    <message>
        <source>Anthropic has no names of participants.</source>
        <translation>Anthropic hat keine Namen von Beteiligten.</translation>
    </message>
    <message>
        <source>Not every model of Anthropic&apos;s takes a system prompt within the conversation; it went to the top.</source>
        <translation>Nicht jedes Modell von Anthropic nimmt einen System-Prompt mitten im Gespräch; er kam nach oben.</translation>
    </message>
    <message>
        <source>Anthropic has one kind of system prompt.</source>
        <translation>Anthropic hat nur eine Art System-Prompt.</translation>
    </message>
    <message>
        <source>Anthropic wants a user&apos;s turn; the system prompt stands there.</source>
        <translation>Anthropic verlangt einen Beitrag des Benutzers; dort steht der System-Prompt.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s conversations begin with the user; a short turn was put before the assistant&apos;s.</source>
        <translation>Gespräche von Anthropic beginnen mit dem Benutzer; vor den des Assistenten kam ein kurzer Beitrag.</translation>
    </message>
    <message>
        <source>The conversation begins with your turn.)</source>
        <translation>Das Gespräch beginnt mit Ihrem Beitrag.)</translation>
    </message>
    <message>
        <source>Anthropic refuses space at the end of a turn that it shall continue.</source>
        <translation>Anthropic lehnt Leerraum am Ende eines Beitrags ab, den es fortsetzen soll.</translation>
    </message>
    <message>
        <source>Anthropic has no list of allowed tools, so this one, which is not allowed, was left out.</source>
        <translation>Anthropic hat keine Liste erlaubter Werkzeuge, also wurde dieses nicht erlaubte weggelassen.</translation>
    </message>
    <message>
        <source>Anthropic has no such setting.</source>
        <translation>Anthropic hat keine solche Einstellung.</translation>
    </message>
    <message>
        <source>Anthropic always tells what it thought, where it may be told.</source>
        <translation>Anthropic sagt immer, was es gedacht hat, wo es gesagt werden darf.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s least effort is &quot;low&quot;.</source>
        <translation>Der geringste Aufwand von Anthropic ist „low“.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s models do not think where a call is forced.</source>
        <translation>Modelle von Anthropic denken nicht nach, wo ein Aufruf erzwungen ist.</translation>
    </message>
    <message>
        <source>This model thinks by a budget; the effort &quot;{}&quot; became {} tokens.</source>
        <translation>Dieses Modell denkt nach Budget nach; aus dem Aufwand „{}“ wurden {} Token.</translation>
    </message>
    <message>
        <source>max_tokens leaves no room for thinking.</source>
        <translation>max_tokens lässt keinen Raum zum Nachdenken.</translation>
    </message>
    <message>
        <source>The budget must be at least {} and below max_tokens; it is {}.</source>
        <translation>Das Budget muss mindestens {} und unter max_tokens sein; es ist {}.</translation>
    </message>
    <message>
        <source>The last call came without the thinking that led to it, which Anthropic demands while the model thinks.</source>
        <translation>Der letzte Aufruf kam ohne das Nachdenken, das zu ihm führte; Anthropic verlangt es, solange das Modell nachdenkt.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s models take no temperature while they think.</source>
        <translation>Modelle von Anthropic nehmen keine temperature, während sie nachdenken.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s models take no top_k while they think.</source>
        <translation>Modelle von Anthropic nehmen kein top_k, während sie nachdenken.</translation>
    </message>
    <message>
        <source>Anthropic answers in JSON by a schema alone; ask for it in the prompt.</source>
        <translation>Anthropic antwortet nur nach einem Schema in JSON; verlangen Sie es im Prompt.</translation>
    </message>
    <message>
        <source>Anthropic wants additionalProperties false in every object of a schema.</source>
        <translation>Anthropic verlangt additionalProperties false in jedem Objekt eines Schemas.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s output format has a schema alone.</source>
        <translation>Das Ausgabeformat von Anthropic hat nur ein Schema.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s temperatures end at 1.</source>
        <translation>Temperaturen von Anthropic enden bei 1.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s models take temperature or top_p, not both.</source>
        <translation>Modelle von Anthropic nehmen temperature oder top_p, nicht beides.</translation>
    </message>
    <message>
        <source>Anthropic refuses stop sequences of space alone.</source>
        <translation>Anthropic lehnt Stoppfolgen aus lauter Leerraum ab.</translation>
    </message>
    <message>
        <source>Anthropic demands it; it is {}, and the budget of thinking where there is one.</source>
        <translation>Anthropic verlangt es; es ist {}, dazu das Budget zum Nachdenken, wo es eines gibt.</translation>
    </message>
    <message>
        <source>Anthropic has no service tier &quot;{}&quot;.</source>
        <translation>Anthropic hat keine Dienststufe „{}“.</translation>
    </message>
    <message>
        <source>Anthropic gives priority where it was bought; &quot;auto&quot; asks for it.</source>
        <translation>Anthropic gibt Vorrang, wo er gekauft ist; „auto“ verlangt ihn.</translation>
    </message>
    <message>
        <source>Azure OpenAI</source>
        <translation>Azure OpenAI</translation>
    </message>
    <message>
        <source>Google Gemini</source>
        <translation>Google Gemini</translation>
    </message>
    <message>
        <source>Google Vertex AI</source>
        <translation>Google Vertex AI</translation>
    </message>
    <message>
        <source>Amazon Bedrock</source>
        <translation>Amazon Bedrock</translation>
    </message>
    <message>
        <source>Together AI</source>
        <translation>Together AI</translation>
    </message>
    <message>
        <source>Fireworks AI</source>
        <translation>Fireworks AI</translation>
    </message>
    <message>
        <source>Moonshot AI</source>
        <translation>Moonshot AI</translation>
    </message>
    <message>
        <source>Alibaba Qwen</source>
        <translation>Alibaba Qwen</translation>
    </message>
    <message>
        <source>Zhipu AI</source>
        <translation>Zhipu AI</translation>
    </message>
    <message>
        <source>Hugging Face</source>
        <translation>Hugging Face</translation>
    </message>
    <message>
        <source>{}; the listener lets clients in without one</source>
        <translation>{}; der Listener lässt Clients auch ohne eines ein</translation>
    </message>
    <message>
        <source>kgateway 2.1 does not know this field yet; remove it, or export to kgateway-2.4.</source>
        <translation>kgateway 2.1 kennt dieses Feld noch nicht; entfernen Sie es, oder exportieren Sie nach kgateway-2.4.</translation>
    </message>
    <message>
        <source>must be one text: lists of prompts and of tokens have no equal in other dialects</source>
        <translation>muss ein einziger Text sein: Listen von Prompts und von Token gibt es in anderen Dialekten nicht</translation>
    </message>
    <message>
        <source>A prompt has no turns; they became a transcript.</source>
        <translation>Ein Prompt hat keine Beiträge; daraus wurde eine Mitschrift.</translation>
    </message>
    <message>
        <source>Completions are text alone.</source>
        <translation>Vervollständigungen sind nur Text.</translation>
    </message>
    <message>
        <source>All backends of a rule have weight 0: its requests are answered with 503, or with 500 where one of them cannot be used.</source>
        <translation>Alle Backends einer Regel haben das Gewicht 0: Ihre Anfragen werden mit 503 beantwortet, oder mit 500, wenn sich eines davon nicht verwenden lässt.</translation>
    </message>
    <message>
        <source>A header change has no effect, or another one than it seems; the message says which.</source>
        <translation>Eine Kopfzeilenänderung hat keine Wirkung oder eine andere, als es scheint; die Meldung sagt, welche.</translation>
    </message>
    <message>
        <source>A Service stands for a host by its name (ExternalName), which is not followed: its requests reach nothing.</source>
        <translation>Ein Service steht für einen Host mit Namen (ExternalName); dem wird nicht gefolgt: Seine Anfragen erreichen nichts.</translation>
    </message>
    <message>
        <source>All weights are 0: the rule answers 503, or 500 where one of its backends cannot be used.</source>
        <translation>Alle Gewichte sind 0: Die Regel antwortet mit 503, oder mit 500, wenn sich eines ihrer Backends nicht verwenden lässt.</translation>
    </message>
    <message>
        <source>is not a controller&apos;s name: a domain and a path are needed, as in example.com/gateway</source>
        <translation>ist kein Name eines Controllers: Es braucht eine Domain und einen Pfad, wie in example.com/gateway</translation>
    </message>
    <message>
        <source>{} tells how long the body is, which the gateway knows and writes itself; this has no effect.</source>
        <translation>{} sagt, wie lang der Inhalt ist; das weiß und schreibt das Gateway selbst. Dies hat keine Wirkung.</translation>
    </message>
    <message>
        <source>{} concerns one connection alone, and the gateway writes its own; this has no effect.</source>
        <translation>{} betrifft nur eine einzelne Verbindung, und das Gateway schreibt die eigene; dies hat keine Wirkung.</translation>
    </message>
    <message>
        <source>The gateway answers {} itself and passes none on; this has no effect.</source>
        <translation>Das Gateway beantwortet {} selbst und gibt nichts davon weiter; dies hat keine Wirkung.</translation>
    </message>
    <message>
        <source>Every request has a Host; removing it has no effect.</source>
        <translation>Jede Anfrage hat einen Host; ihn zu entfernen hat keine Wirkung.</translation>
    </message>
    <message>
        <source>A request has one Host, so this replaces it, as set would; say set, or let a URLRewrite name the hostname.</source>
        <translation>Eine Anfrage hat genau einen Host, daher ersetzt dies ihn wie set; schreiben Sie set, oder lassen Sie ein URLRewrite den Hostnamen nennen.</translation>
    </message>
    <message>
        <source>{} is in {} too; removing comes last, so it is gone in the end. Drop one of the two.</source>
        <translation>{} steht auch in {}; entfernt wird zuletzt, am Ende fehlt es also. Streichen Sie eines von beiden.</translation>
    </message>
    <message>
        <source>All weights are 0; requests are answered with 503, or with 500 where one of the backends cannot be used.</source>
        <translation>Alle Gewichte sind 0; Anfragen werden mit 503 beantwortet, oder mit 500, wenn sich eines der Backends nicht verwenden lässt.</translation>
    </message>
    <message>
        <source>Service {} stands for a host by its name, which is not followed (Gateway API advises gateways not to): no request reaches it. Name a Backend of type Static with that host instead.</source>
        <translation>Service {} steht für einen Host mit Namen; dem wird nicht gefolgt (die Gateway API rät Gateways davon ab): Keine Anfrage erreicht ihn. Nennen Sie stattdessen ein Backend vom Typ Static mit diesem Host.</translation>
    </message>
    <message>
        <source>the client&apos;s address is not known; it is taken for one outside the trusted networks</source>
        <translation>die Adresse des Clients ist nicht bekannt; sie gilt als eine außerhalb der vertrauten Netze</translation>
    </message>
    <message>
        <source>{} lies in a trusted network: what it says of its clients counts</source>
        <translation>{} liegt in einem vertrauten Netz: Was es über seine Clients sagt, gilt</translation>
    </message>
    <message>
        <source>{} lies in no trusted network: what it says of its clients is dropped</source>
        <translation>{} liegt in keinem vertrauten Netz: Was es über seine Clients sagt, wird verworfen</translation>
    </message>
    <message>
        <source>All weights are zero, so this rule answers {}.</source>
        <translation>Alle Gewichte sind null, daher antwortet diese Regel mit {}.</translation>
    </message>
    <message>
        <source>An LLM provider is none that is known, or lacks what is needed to reach it.</source>
        <translation>Ein LLM-Anbieter ist nicht bekannt, oder ihm fehlt, was es braucht, um ihn zu erreichen.</translation>
    </message>
    <message>
        <source>An annotation about the providers of a Backend names no provider that is known, or is no duration.</source>
        <translation>Eine Annotation zu den Anbietern eines Backends nennt keinen bekannten Anbieter oder ist keine Zeitdauer.</translation>
    </message>
    <message>
        <source>The prices of a price book are no YAML mapping; none of them is used.</source>
        <translation>Die Preise eines Preisbuchs sind keine YAML-Abbildung; keiner davon gilt.</translation>
    </message>
    <message>
        <source>A price book has a field that is not known, missing or of another type; the price is left out.</source>
        <translation>Ein Preisbuch hat ein Feld, das unbekannt ist, fehlt oder von anderer Art ist; der Preis wird ausgelassen.</translation>
    </message>
    <message>
        <source>A rate of a price book is no amount per million tokens; the price is left out.</source>
        <translation>Ein Satz eines Preisbuchs ist kein Betrag je Million Token; der Preis wird ausgelassen.</translation>
    </message>
    <message>
        <source>A price book names a provider that is not known.</source>
        <translation>Ein Preisbuch nennt einen unbekannten Anbieter.</translation>
    </message>
    <message>
        <source>A price book says the same thing twice; the first one counts.</source>
        <translation>Ein Preisbuch sagt dasselbe zweimal; das erste gilt.</translation>
    </message>
    <message>
        <source>A provider of spec.ai names no API.</source>
        <translation>Ein Anbieter in spec.ai nennt keine API.</translation>
    </message>
    <message>
        <source>Secret {}/{} has no key {}, which holds the {}.</source>
        <translation>Secret {}/{} hat keinen Schlüssel {} mit: {}.</translation>
    </message>
    <message>
        <source>There is no model of that name here.</source>
        <translation>Ein Modell dieses Namens gibt es hier nicht.</translation>
    </message>
    <message>
        <source>The provider has no such API.</source>
        <translation>Der Anbieter hat keine solche API.</translation>
    </message>
    <message>
        <source>The request cannot be translated for the provider.</source>
        <translation>Die Anfrage lässt sich für den Anbieter nicht übersetzen.</translation>
    </message>
    <message>
        <source>The provider&apos;s answer is longer than is translated.</source>
        <translation>Die Antwort des Anbieters ist länger, als übersetzt wird.</translation>
    </message>
    <message>
        <source>The provider answered with {}, not with its API.</source>
        <translation>Der Anbieter hat mit {} geantwortet, nicht mit seiner API.</translation>
    </message>
    <message>
        <source>The provider&apos;s answer is none of its API.</source>
        <translation>Die Antwort des Anbieters ist keine seiner API.</translation>
    </message>
    <message>
        <source>The provider compressed its answer though it was asked not to.</source>
        <translation>Der Anbieter hat seine Antwort komprimiert, obwohl er gebeten wurde, es nicht zu tun.</translation>
    </message>
    <message>
        <source>The provider&apos;s answer cannot be read.</source>
        <translation>Die Antwort des Anbieters lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The provider&apos;s answer is none of its API: {}</source>
        <translation>Die Antwort des Anbieters ist keine seiner API: {}</translation>
    </message>
    <message>
        <source>Streams of {} are not translated to {}.</source>
        <translation>Streams von {} werden nicht nach {} übersetzt.</translation>
    </message>
    <message>
        <source>The provider&apos;s stream cannot be translated.</source>
        <translation>Der Stream des Anbieters lässt sich nicht übersetzen.</translation>
    </message>
    <message>
        <source>The provider began a stream and stayed silent.</source>
        <translation>Der Anbieter hat einen Stream begonnen und ist stumm geblieben.</translation>
    </message>
    <message>
        <source>The provider&apos;s stream ended before it began.</source>
        <translation>Der Stream des Anbieters war zu Ende, bevor er begann.</translation>
    </message>
    <message>
        <source>model server</source>
        <translation>Modellserver</translation>
    </message>
    <message>
        <source>The backend has no provider that can be asked.</source>
        <translation>Das Backend hat keinen Anbieter, der gefragt werden kann.</translation>
    </message>
    <message>
        <source>another provider was asked</source>
        <translation>ein anderer Anbieter wurde gefragt</translation>
    </message>
    <message>
        <source>nothing was lost</source>
        <translation>nichts ging verloren</translation>
    </message>
    <message>
        <source>model {}</source>
        <translation>Modell {}</translation>
    </message>
    <message>
        <source>{} to {}</source>
        <translation>{} nach {}</translation>
    </message>
    <message>
        <source>The provider did not begin its answer in time.</source>
        <translation>Der Anbieter hat seine Antwort nicht rechtzeitig begonnen.</translation>
    </message>
    <message>
        <source>Anthropic&apos;s turns alternate; it was joined to the one before it.</source>
        <translation>Bei Anthropic wechseln sich die Beiträge ab; er wurde an den davor angehängt.</translation>
    </message>
    <message>
        <source>Anthropic demands a schema; it is one of an empty object.</source>
        <translation>Anthropic verlangt ein Schema; es ist das eines leeren Objekts.</translation>
    </message>
    <message>
        <source>Anthropic always holds to the schema.</source>
        <translation>Anthropic hält sich immer an das Schema.</translation>
    </message>
    <message>
        <source>The checksum of a frame&apos;s lengths is wrong.</source>
        <translation>Die Prüfsumme der Längen eines Rahmens stimmt nicht.</translation>
    </message>
    <message>
        <source>A frame has lengths that cannot be.</source>
        <translation>Ein Rahmen hat Längen, die nicht sein können.</translation>
    </message>
    <message>
        <source>The checksum of a frame is wrong.</source>
        <translation>Die Prüfsumme eines Rahmens stimmt nicht.</translation>
    </message>
    <message>
        <source>A frame has headers that cannot be read.</source>
        <translation>Ein Rahmen hat Kopfzeilen, die sich nicht lesen lassen.</translation>
    </message>
    <message>
        <source>Bedrock has no citation of this kind.</source>
        <translation>Bedrock hat keine Zitate dieser Art.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s citations have no place in the text.</source>
        <translation>Zitate von Bedrock haben keine Stelle im Text.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s clients hand back Claude&apos;s signatures alone.</source>
        <translation>Clients von Bedrock geben nur Signaturen von Claude zurück.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s calls are not signed.</source>
        <translation>Aufrufe von Bedrock sind nicht signiert.</translation>
    </message>
    <message>
        <source>Bedrock gives one answer.</source>
        <translation>Bedrock gibt eine einzige Antwort.</translation>
    </message>
    <message>
        <source>Bedrock tells no log probabilities.</source>
        <translation>Bedrock nennt keine Log-Wahrscheinlichkeiten.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s clients read it; the provider did not say how long it took.</source>
        <translation>Clients von Bedrock lesen es; der Anbieter hat nicht gesagt, wie lange es gedauert hat.</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>zu lang</translation>
    </message>
    <message>
        <source>context length</source>
        <translation>Kontextlänge</translation>
    </message>
    <message>
        <source>context window</source>
        <translation>Kontextfenster</translation>
    </message>
    <message>
        <source>exceed context limit</source>
        <translation>überschreitet die Kontextgrenze</translation>
    </message>
    <message>
        <source>{} holds {} inputs; {} embeds one text in a request.</source>
        <translation>{} enthält {} Eingaben; {} bettet einen Text je Anfrage ein.</translation>
    </message>
    <message>
        <source>{} holds tokens; Titan embeds text, not tokens of other providers.</source>
        <translation>{} enthält Token; Titan bettet Text ein, keine Token anderer Anbieter.</translation>
    </message>
    <message>
        <source>{} holds an image; Titan&apos;s text models embed text alone.</source>
        <translation>{} enthält ein Bild; die Textmodelle von Titan betten nur Text ein.</translation>
    </message>
    <message>
        <source>Titan gives one vector.</source>
        <translation>Titan gibt einen einzigen Vektor.</translation>
    </message>
    <message>
        <source>must hold bytes, text, content or s3Location</source>
        <translation>muss bytes, text, content oder s3Location enthalten</translation>
    </message>
    <message>
        <source>is none that is known</source>
        <translation>ist keines, das bekannt ist</translation>
    </message>
    <message>
        <source>must be auto, any or tool</source>
        <translation>muss auto, any oder tool sein</translation>
    </message>
    <message>
        <source>must be the text of a JSON object</source>
        <translation>muss der Text eines JSON-Objekts sein</translation>
    </message>
    <message>
        <source>the stream ended within a frame</source>
        <translation>der Strom endete mitten in einem Rahmen</translation>
    </message>
    <message>
        <source>the stream ended without metadata</source>
        <translation>der Strom endete ohne metadata</translation>
    </message>
    <message>
        <source>the stream ended without messageStop</source>
        <translation>der Strom endete ohne messageStop</translation>
    </message>
    <message>
        <source>{} came before messageStart</source>
        <translation>{} kam vor messageStart</translation>
    </message>
    <message>
        <source>{} came after messageStop</source>
        <translation>{} kam nach messageStop</translation>
    </message>
    <message>
        <source>an event of unknown type {}</source>
        <translation>ein Ereignis unbekannter Art {}</translation>
    </message>
    <message>
        <source>The provider broke the stream off with {}.</source>
        <translation>Der Anbieter hat den Strom mit {} abgebrochen.</translation>
    </message>
    <message>
        <source>messageStart came twice</source>
        <translation>messageStart kam zweimal</translation>
    </message>
    <message>
        <source>block {} holds content of two kinds</source>
        <translation>Block {} enthält Inhalt zweier Arten</translation>
    </message>
    <message>
        <source>Streams of other dialects have no place for {}.</source>
        <translation>Ströme anderer Dialekte haben keinen Platz für {}.</translation>
    </message>
    <message>
        <source>a provider&apos;s own tools</source>
        <translation>eigene Werkzeuge eines Anbieters</translation>
    </message>
    <message>
        <source>the call of block {} has no name</source>
        <translation>der Aufruf in Block {} hat keinen Namen</translation>
    </message>
    <message>
        <source>arguments came in block {}, which is no call</source>
        <translation>in Block {}, der kein Aufruf ist, kamen Argumente</translation>
    </message>
    <message>
        <source>contentBlockStop came for block {}, which is not open</source>
        <translation>contentBlockStop kam für Block {}, der nicht offen ist</translation>
    </message>
    <message>
        <source>messageStop came while block {} was open</source>
        <translation>messageStop kam, während Block {} offen war</translation>
    </message>
    <message>
        <source>messageStop has no stop reason</source>
        <translation>messageStop hat keinen Endgrund</translation>
    </message>
    <message>
        <source>metadata came before messageStop</source>
        <translation>metadata kam vor messageStop</translation>
    </message>
    <message>
        <source>Bedrock&apos;s streams have no such content.</source>
        <translation>Ströme von Bedrock haben keinen solchen Inhalt.</translation>
    </message>
    <message>
        <source>Bedrock takes four cache points in a request.</source>
        <translation>Bedrock nimmt vier Cache-Punkte in einer Anfrage.</translation>
    </message>
    <message>
        <source>Bedrock keeps a cache for 5m or 1h; it is the default, 5m.</source>
        <translation>Bedrock hält einen Cache 5m oder 1h vor; es ist die Vorgabe, 5m.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s documents have a name; it is &quot;{}&quot;.</source>
        <translation>Dokumente von Bedrock haben einen Namen; er ist „{}“.</translation>
    </message>
    <message>
        <source>Bedrock takes few characters in a document&apos;s name, and no name twice; it is &quot;{}&quot;.</source>
        <translation>Bedrock nimmt im Namen eines Dokuments wenige Zeichen und keinen Namen zweimal; er ist „{}“.</translation>
    </message>
    <message>
        <source>Bedrock knows no files of other providers.</source>
        <translation>Bedrock kennt keine Dateien anderer Anbieter.</translation>
    </message>
    <message>
        <source>Bedrock takes bytes, or a place in S3, not other URLs.</source>
        <translation>Bedrock nimmt Bytes oder einen Ort in S3, keine anderen URLs.</translation>
    </message>
    <message>
        <source>Bedrock takes no {} here.</source>
        <translation>Bedrock nimmt hier kein {}.</translation>
    </message>
    <message>
        <source>media of an unknown type</source>
        <translation>Medium unbekannter Art</translation>
    </message>
    <message>
        <source>Bedrock&apos;s documents have a name alone.</source>
        <translation>Dokumente von Bedrock haben nur einen Namen.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s models choose an image&apos;s resolution themselves.</source>
        <translation>Modelle von Bedrock wählen die Auflösung eines Bildes selbst.</translation>
    </message>
    <message>
        <source>Bedrock has cache points after a result, not within.</source>
        <translation>Bedrock hat Cache-Punkte nach einem Ergebnis, nicht darin.</translation>
    </message>
    <message>
        <source>Bedrock refuses empty results; it says that it is empty.</source>
        <translation>Bedrock lehnt leere Ergebnisse ab; es sagt, dass es leer ist.</translation>
    </message>
    <message>
        <source>Bedrock takes its own citations alone.</source>
        <translation>Bedrock nimmt nur eigene Zitate.</translation>
    </message>
    <message>
        <source>Bedrock refuses empty text, so its cache mark is gone as well.</source>
        <translation>Bedrock lehnt leeren Text ab, also ist auch dessen Cache-Marke weg.</translation>
    </message>
    <message>
        <source>Bedrock refuses text of nothing but space.</source>
        <translation>Bedrock lehnt Text aus lauter Leerraum ab.</translation>
    </message>
    <message>
        <source>Bedrock has no refusals in a conversation; it became a text.</source>
        <translation>Bedrock hat in Gesprächen keine Ablehnungen; daraus wurde ein Text.</translation>
    </message>
    <message>
        <source>Bedrock takes letters, digits, _ and - in a call&apos;s id; it is &quot;{}&quot;.</source>
        <translation>Bedrock nimmt in der ID eines Aufrufs Buchstaben, Ziffern, _ und -; sie ist „{}“.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s models take back only thinking that Claude has signed, and Claude alone does.</source>
        <translation>Modelle von Bedrock nehmen nur Nachdenken zurück, das Claude signiert hat, und das tut nur Claude.</translation>
    </message>
    <message>
        <source>Bedrock has no names of participants.</source>
        <translation>Bedrock hat keine Namen von Beteiligten.</translation>
    </message>
    <message>
        <source>Bedrock refuses turns without content.</source>
        <translation>Bedrock lehnt Beiträge ohne Inhalt ab.</translation>
    </message>
    <message>
        <source>Not every model of Bedrock&apos;s takes a system prompt within the conversation; it went to the top.</source>
        <translation>Nicht jedes Modell von Bedrock nimmt einen System-Prompt mitten im Gespräch; er kam nach oben.</translation>
    </message>
    <message>
        <source>Bedrock has one kind of system prompt.</source>
        <translation>Bedrock hat nur eine Art System-Prompt.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s turns alternate; it was joined to the one before it.</source>
        <translation>Bei Bedrock wechseln sich die Beiträge ab; er wurde mit dem vorigen verbunden.</translation>
    </message>
    <message>
        <source>Bedrock wants a user&apos;s turn; the system prompt stands there.</source>
        <translation>Bedrock verlangt einen Beitrag des Benutzers; dort steht der System-Prompt.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s conversations begin with the user; a short turn was put before the assistant&apos;s.</source>
        <translation>Gespräche mit Bedrock beginnen mit dem Benutzer; vor den Beitrag des Assistenten kam ein kurzer.</translation>
    </message>
    <message>
        <source>Bedrock does not cache by itself; a cache point stands after the last turn.</source>
        <translation>Bedrock puffert nicht von selbst; nach dem letzten Beitrag steht ein Cache-Punkt.</translation>
    </message>
    <message>
        <source>Bedrock takes documents beside a text alone; a short one was added.</source>
        <translation>Bedrock nimmt Dokumente nur neben einem Text; ein kurzer kam hinzu.</translation>
    </message>
    <message>
        <source>See the document.)</source>
        <translation>Siehe Dokument.)</translation>
    </message>
    <message>
        <source>Bedrock has no list of allowed tools, so this one, which is not allowed, was left out.</source>
        <translation>Bedrock hat keine Liste erlaubter Werkzeuge, also wurde dieses nicht erlaubte weggelassen.</translation>
    </message>
    <message>
        <source>Bedrock demands a schema; it is one of an empty object.</source>
        <translation>Bedrock verlangt ein Schema; es ist das eines leeren Objekts.</translation>
    </message>
    <message>
        <source>Bedrock demands the tools of a conversation that has calls; they stand there with empty schemas.</source>
        <translation>Bedrock verlangt die Werkzeuge eines Gesprächs mit Aufrufen; sie stehen mit leeren Schemata da.</translation>
    </message>
    <message>
        <source>Bedrock cannot forbid calls; the tools were left out.</source>
        <translation>Bedrock kann Aufrufe nicht verbieten; die Werkzeuge wurden weggelassen.</translation>
    </message>
    <message>
        <source>Bedrock cannot forbid calls, and a conversation with calls needs its tools; the model chooses.</source>
        <translation>Bedrock kann Aufrufe nicht verbieten, und ein Gespräch mit Aufrufen braucht seine Werkzeuge; das Modell entscheidet.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s temperatures end at {}.</source>
        <translation>Temperaturen von Bedrock enden bei {}.</translation>
    </message>
    <message>
        <source>Claude takes temperature or top_p, not both.</source>
        <translation>Claude nimmt temperature oder top_p, nicht beides.</translation>
    </message>
    <message>
        <source>Claude refuses stop sequences of space alone.</source>
        <translation>Claude lehnt Stoppfolgen aus lauter Leerraum ab.</translation>
    </message>
    <message>
        <source>Claude&apos;s least effort is &quot;low&quot;.</source>
        <translation>Der geringste Aufwand von Claude ist „low“.</translation>
    </message>
    <message>
        <source>Claude does not think where a call is forced.</source>
        <translation>Claude denkt nicht nach, wo ein Aufruf erzwungen wird.</translation>
    </message>
    <message>
        <source>The most tokens that are allowed leave no room for thinking.</source>
        <translation>Die höchste erlaubte Zahl von Token lässt keinen Raum zum Nachdenken.</translation>
    </message>
    <message>
        <source>The budget must be at least {} and below the most tokens that are allowed; it is {}.</source>
        <translation>Das Budget muss mindestens {} und weniger als die höchste erlaubte Zahl von Token sein; es ist {}.</translation>
    </message>
    <message>
        <source>The last call came without the thinking that led to it, which Claude demands while it thinks.</source>
        <translation>Der letzte Aufruf kam ohne das Nachdenken, das zu ihm führte; Claude verlangt es, solange es nachdenkt.</translation>
    </message>
    <message>
        <source>Claude takes no temperature while it thinks.</source>
        <translation>Claude nimmt keine temperature, während es nachdenkt.</translation>
    </message>
    <message>
        <source>Claude takes no top_k while it thinks.</source>
        <translation>Claude nimmt kein top_k, während es nachdenkt.</translation>
    </message>
    <message>
        <source>Bedrock has no such setting.</source>
        <translation>Bedrock hat keine solche Einstellung.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s models always tell what they thought, where it may be told.</source>
        <translation>Modelle von Bedrock sagen immer, was sie gedacht haben, wo es gesagt werden darf.</translation>
    </message>
    <message>
        <source>This model thinks by an effort; the budget became &quot;{}&quot;.</source>
        <translation>Dieses Modell denkt nach Aufwand; aus dem Budget wurde „{}“.</translation>
    </message>
    <message>
        <source>This model&apos;s efforts are low, medium and high; it is &quot;{}&quot;.</source>
        <translation>Dieses Modell kennt den Aufwand low, medium und high; er ist „{}“.</translation>
    </message>
    <message>
        <source>Nova does not think adaptively; it thinks.</source>
        <translation>Nova denkt nicht nach Bedarf nach; es denkt nach.</translation>
    </message>
    <message>
        <source>Nova thinks by an effort; it is &quot;medium&quot;.</source>
        <translation>Nova denkt nach Aufwand; er ist „medium“.</translation>
    </message>
    <message>
        <source>This model always thinks.</source>
        <translation>Dieses Modell denkt immer nach.</translation>
    </message>
    <message>
        <source>This model always thinks, by an effort of its own choice.</source>
        <translation>Dieses Modell denkt immer nach, mit selbst gewähltem Aufwand.</translation>
    </message>
    <message>
        <source>Bedrock answers in JSON by a schema alone; ask for it in the prompt.</source>
        <translation>Bedrock antwortet nur nach einem Schema in JSON; verlangen Sie es im Prompt.</translation>
    </message>
    <message>
        <source>Bedrock wants additionalProperties false in every object of a schema.</source>
        <translation>Bedrock verlangt additionalProperties false in jedem Objekt eines Schemas.</translation>
    </message>
    <message>
        <source>Bedrock always holds to the schema.</source>
        <translation>Bedrock hält sich immer an das Schema.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s metadata are texts.</source>
        <translation>Metadaten von Bedrock sind Texte.</translation>
    </message>
    <message>
        <source>Bedrock&apos;s tier is the default one where nothing is said.</source>
        <translation>Die Stufe von Bedrock ist die Vorgabe, wo nichts gesagt ist.</translation>
    </message>
    <message>
        <source>Bedrock has no service tier &quot;{}&quot;.</source>
        <translation>Bedrock hat keine Dienststufe „{}“.</translation>
    </message>
    <message>
        <source>Cohere tells the chosen tokens alone.</source>
        <translation>Cohere nennt nur die gewählten Token.</translation>
    </message>
    <message>
        <source>Cohere has no citation of this kind.</source>
        <translation>Cohere hat keine Zitate dieser Art.</translation>
    </message>
    <message>
        <source>Cohere&apos;s citations name documents; one stands there for what was cited.</source>
        <translation>Zitate von Cohere nennen Dokumente; eines steht für das Zitierte da.</translation>
    </message>
    <message>
        <source>Cohere&apos;s thinking is not signed.</source>
        <translation>Das Nachdenken von Cohere ist nicht signiert.</translation>
    </message>
    <message>
        <source>Cohere&apos;s calls are not signed.</source>
        <translation>Aufrufe von Cohere sind nicht signiert.</translation>
    </message>
    <message>
        <source>Cohere gives one answer.</source>
        <translation>Cohere gibt eine einzige Antwort.</translation>
    </message>
    <message>
        <source>Cohere has no service tiers.</source>
        <translation>Cohere hat keine Dienststufen.</translation>
    </message>
    <message>
        <source>too many tokens</source>
        <translation>zu viele Token</translation>
    </message>
    <message>
        <source>must hold one content: several in one vector are not translated</source>
        <translation>muss einen Inhalt enthalten: mehrere in einem Vektor werden nicht übersetzt</translation>
    </message>
    <message>
        <source>must be text or image_url</source>
        <translation>muss text oder image_url sein</translation>
    </message>
    <message>
        <source>{} holds {} inputs; Cohere embeds {} in a request.</source>
        <translation>{} enthält {} Eingaben; Cohere bettet {} je Anfrage ein.</translation>
    </message>
    <message>
        <source>{} holds tokens; Cohere embeds text, not tokens of other providers.</source>
        <translation>{} enthält Token; Cohere bettet Text ein, keine Token anderer Anbieter.</translation>
    </message>
    <message>
        <source>Cohere demands it; it is &quot;{}&quot;. Queries are better found as &quot;search_query&quot;.</source>
        <translation>Cohere verlangt es; es ist „{}“. Für Suchanfragen ist „search_query“ besser.</translation>
    </message>
    <message>
        <source>must be user, assistant, system or tool</source>
        <translation>muss user, assistant, system oder tool sein</translation>
    </message>
    <message>
        <source>must be REQUIRED or NONE</source>
        <translation>muss REQUIRED oder NONE sein</translation>
    </message>
    <message>
        <source>need a user&apos;s message that they belong to</source>
        <translation>brauchen eine Nachricht des Benutzers, zu der sie gehören</translation>
    </message>
    <message>
        <source>must be text or json_object</source>
        <translation>muss text oder json_object sein</translation>
    </message>
    <message>
        <source>must be enabled or disabled</source>
        <translation>muss enabled oder disabled sein</translation>
    </message>
    <message>
        <source>the stream ended without message-end</source>
        <translation>der Strom endete ohne message-end</translation>
    </message>
    <message>
        <source>{} came before message-start</source>
        <translation>{} kam vor message-start</translation>
    </message>
    <message>
        <source>message-start came twice</source>
        <translation>message-start kam zweimal</translation>
    </message>
    <message>
        <source>content {} began while content {} was open</source>
        <translation>Inhalt {} begann, während Inhalt {} offen war</translation>
    </message>
    <message>
        <source>content {} began where {} was next</source>
        <translation>Inhalt {} begann, wo {} an der Reihe war</translation>
    </message>
    <message>
        <source>content-delta came for content {}, which is not open</source>
        <translation>content-delta kam für Inhalt {}, der nicht offen ist</translation>
    </message>
    <message>
        <source>content-end came for content {}, which is not open</source>
        <translation>content-end kam für Inhalt {}, der nicht offen ist</translation>
    </message>
    <message>
        <source>a call began while content {} was open</source>
        <translation>ein Aufruf begann, während Inhalt {} offen war</translation>
    </message>
    <message>
        <source>call {} began where {} was next</source>
        <translation>Aufruf {} begann, wo {} an der Reihe war</translation>
    </message>
    <message>
        <source>tool-call-delta came for call {}, which is not open</source>
        <translation>tool-call-delta kam für Aufruf {}, der nicht offen ist</translation>
    </message>
    <message>
        <source>tool-call-end came for call {}, which is not open</source>
        <translation>tool-call-end kam für Aufruf {}, der nicht offen ist</translation>
    </message>
    <message>
        <source>It came when the text that it cites was over.</source>
        <translation>Es kam, als der zitierte Text schon zu Ende war.</translation>
    </message>
    <message>
        <source>message-end came while content {} was open</source>
        <translation>message-end kam, während Inhalt {} offen war</translation>
    </message>
    <message>
        <source>message-end came while call {} was open</source>
        <translation>message-end kam, während Aufruf {} offen war</translation>
    </message>
    <message>
        <source>message-end has no finish reason</source>
        <translation>message-end hat keinen Endgrund</translation>
    </message>
    <message>
        <source>Cohere&apos;s streams have no such content.</source>
        <translation>Ströme von Cohere haben keinen solchen Inhalt.</translation>
    </message>
    <message>
        <source>Cohere caches by itself, without marks.</source>
        <translation>Cohere puffert von selbst, ohne Marken.</translation>
    </message>
    <message>
        <source>Cohere has no refusals in a conversation; it became a text.</source>
        <translation>Cohere hat in Gesprächen keine Ablehnungen; daraus wurde ein Text.</translation>
    </message>
    <message>
        <source>Cohere&apos;s tool results do not say that a call failed.</source>
        <translation>Werkzeugergebnisse von Cohere sagen nicht, dass ein Aufruf fehlschlug.</translation>
    </message>
    <message>
        <source>Cohere takes its own citations alone.</source>
        <translation>Cohere nimmt nur eigene Zitate.</translation>
    </message>
    <message>
        <source>Cohere has one plan beside calls; the texts were joined.</source>
        <translation>Cohere hat neben Aufrufen einen einzigen Plan; die Texte wurden verbunden.</translation>
    </message>
    <message>
        <source>Cohere refuses turns without content.</source>
        <translation>Cohere lehnt Beiträge ohne Inhalt ab.</translation>
    </message>
    <message>
        <source>Cohere has no names of participants.</source>
        <translation>Cohere hat keine Namen von Beteiligten.</translation>
    </message>
    <message>
        <source>Cohere&apos;s documents stand beside the conversation, not in a turn of it.</source>
        <translation>Dokumente von Cohere stehen neben dem Gespräch, nicht in einem Beitrag.</translation>
    </message>
    <message>
        <source>Cohere has one kind of system prompt.</source>
        <translation>Cohere hat nur eine Art System-Prompt.</translation>
    </message>
    <message>
        <source>Cohere cannot choose among its tools, so this one, which was not asked for, was left out.</source>
        <translation>Cohere kann nicht unter Werkzeugen wählen, also wurde dieses nicht verlangte weggelassen.</translation>
    </message>
    <message>
        <source>Cohere demands a schema; it is one of an empty object.</source>
        <translation>Cohere verlangt ein Schema; es ist das eines leeren Objekts.</translation>
    </message>
    <message>
        <source>Cohere is strict about all tools or none; it is about all.</source>
        <translation>Cohere ist bei allen Werkzeugen streng oder bei keinem; es ist bei allen streng.</translation>
    </message>
    <message>
        <source>Cohere is not strict where nothing is said.</source>
        <translation>Cohere ist nicht streng, wo nichts gesagt ist.</translation>
    </message>
    <message>
        <source>Cohere cannot name a tool; the one that was named is the only one, and it must be called.</source>
        <translation>Cohere kann kein Werkzeug nennen; das genannte ist das einzige und muss aufgerufen werden.</translation>
    </message>
    <message>
        <source>Cohere&apos;s temperatures are between 0 and 2.</source>
        <translation>Temperaturen von Cohere liegen zwischen 0 und 2.</translation>
    </message>
    <message>
        <source>Cohere&apos;s p is between 0.01 and 0.99.</source>
        <translation>p von Cohere liegt zwischen 0,01 und 0,99.</translation>
    </message>
    <message>
        <source>Cohere&apos;s k is between 0 and 500.</source>
        <translation>k von Cohere liegt zwischen 0 und 500.</translation>
    </message>
    <message>
        <source>Cohere&apos;s penalties are between 0 and 1.</source>
        <translation>Abzüge von Cohere liegen zwischen 0 und 1.</translation>
    </message>
    <message>
        <source>Cohere takes five stop sequences.</source>
        <translation>Cohere nimmt fünf Stoppfolgen.</translation>
    </message>
    <message>
        <source>Cohere&apos;s output format has a schema alone.</source>
        <translation>Das Ausgabeformat von Cohere hat nur ein Schema.</translation>
    </message>
    <message>
        <source>Cohere always holds to the schema.</source>
        <translation>Cohere hält sich immer an das Schema.</translation>
    </message>
    <message>
        <source>Cohere has no such setting.</source>
        <translation>Cohere hat keine solche Einstellung.</translation>
    </message>
    <message>
        <source>Cohere always tells what it thought.</source>
        <translation>Cohere sagt immer, was es gedacht hat.</translation>
    </message>
    <message>
        <source>Cohere thinks by a budget, which was given as well.</source>
        <translation>Cohere denkt nach Budget, und das war ebenfalls angegeben.</translation>
    </message>
    <message>
        <source>Cohere thinks by a budget; the effort &quot;{}&quot; became {} tokens.</source>
        <translation>Cohere denkt nach Budget; aus dem Aufwand „{}“ wurden {} Token.</translation>
    </message>
    <message>
        <source>Cohere does not think adaptively; it thinks.</source>
        <translation>Cohere denkt nicht nach Bedarf nach; es denkt nach.</translation>
    </message>
    <message>
        <source>Cohere caches by itself.</source>
        <translation>Cohere puffert von selbst.</translation>
    </message>
    <message>
        <source>Gemini does not tell which stop sequence was met.</source>
        <translation>Gemini sagt nicht, welche Stoppsequenz getroffen wurde.</translation>
    </message>
    <message>
        <source>Gemini&apos;s clients hand back its own signatures alone.</source>
        <translation>Clients von Gemini geben nur dessen eigene Signaturen zurück.</translation>
    </message>
    <message>
        <source>Gemini&apos;s audio has no transcript.</source>
        <translation>Audio von Gemini hat keine Abschrift.</translation>
    </message>
    <message>
        <source>Gemini cites sources by their URL alone.</source>
        <translation>Gemini nennt Quellen nur mit ihrer URL.</translation>
    </message>
    <message>
        <source>Gemini&apos;s citations hold no text of the source.</source>
        <translation>Zitate von Gemini enthalten keinen Text der Quelle.</translation>
    </message>
    <message>
        <source>must be user or model</source>
        <translation>muss user oder model sein</translation>
    </message>
    <message>
        <source>must be AUTO, ANY, NONE or VALIDATED</source>
        <translation>muss AUTO, ANY, NONE oder VALIDATED sein</translation>
    </message>
    <message>
        <source>Gemini&apos;s schemas do not know {}; they were left out or said in another way.</source>
        <translation>Schemas von Gemini kennen {} nicht; das wurde ausgelassen oder anders gesagt.</translation>
    </message>
    <message>
        <source>the list holds what is no object</source>
        <translation>die Liste enthält etwas, das kein Objekt ist</translation>
    </message>
    <message>
        <source>the stream ended without the finishReason of candidate {}</source>
        <translation>der Strom endete ohne die finishReason von Kandidat {}</translation>
    </message>
    <message>
        <source>the stream ended without a candidate</source>
        <translation>der Strom endete ohne einen Kandidaten</translation>
    </message>
    <message>
        <source>a candidate is no object</source>
        <translation>ein Kandidat ist kein Objekt</translation>
    </message>
    <message>
        <source>the finishReason of candidate {} came twice</source>
        <translation>die finishReason von Kandidat {} kam zweimal</translation>
    </message>
    <message>
        <source>a part of candidate {} came after its finishReason</source>
        <translation>ein Teil von Kandidat {} kam nach dessen finishReason</translation>
    </message>
    <message>
        <source>It came where no text is.</source>
        <translation>Es kam an einer Stelle ohne Text.</translation>
    </message>
    <message>
        <source>Of what an answer is grounded on, streams carry the citations alone.</source>
        <translation>Von dem, worauf sich eine Antwort stützt, tragen Ströme nur die Zitate.</translation>
    </message>
    <message>
        <source>Gemini&apos;s streams have no such content.</source>
        <translation>Ströme von Gemini haben keinen solchen Inhalt.</translation>
    </message>
    <message>
        <source>Gemini takes no cache marks; it caches the beginning of prompts by itself.</source>
        <translation>Gemini nimmt keine Cache-Marken; es hält den Anfang von Prompts von selbst im Cache.</translation>
    </message>
    <message>
        <source>Gemini has no documents in parts; their texts became one.</source>
        <translation>Gemini hat keine Dokumente in Teilen; aus ihren Texten wurde einer.</translation>
    </message>
    <message>
        <source>Gemini wants the kind of a file; it is {}.</source>
        <translation>Gemini verlangt die Art einer Datei; sie ist {}.</translation>
    </message>
    <message>
        <source>Gemini&apos;s files have no name.</source>
        <translation>Dateien von Gemini haben keinen Namen.</translation>
    </message>
    <message>
        <source>Gemini&apos;s files have no context.</source>
        <translation>Dateien von Gemini haben keinen Kontext.</translation>
    </message>
    <message>
        <source>Gemini has one resolution for all images of a request.</source>
        <translation>Gemini hat eine Auflösung für alle Bilder einer Anfrage.</translation>
    </message>
    <message>
        <source>Gemini takes its own signatures alone.</source>
        <translation>Gemini nimmt nur seine eigenen Signaturen.</translation>
    </message>
    <message>
        <source>Gemini takes no citations in a request.</source>
        <translation>Gemini nimmt keine Zitate in einer Anfrage.</translation>
    </message>
    <message>
        <source>Gemini has no refusals in a conversation; it became a text.</source>
        <translation>Gemini hat in Gesprächen keine Ablehnungen; daraus wurde ein Text.</translation>
    </message>
    <message>
        <source>This model&apos;s results of calls are text alone; it went into a user&apos;s turn after them.</source>
        <translation>Aufrufergebnisse dieses Modells sind nur Text; es kam danach in einen Beitrag des Benutzers.</translation>
    </message>
    <message>
        <source>Gemini&apos;s results are one object; the texts became one, line by line.</source>
        <translation>Ergebnisse von Gemini sind ein Objekt; aus den Texten wurde einer, Zeile für Zeile.</translation>
    </message>
    <message>
        <source>Gemini wants the name of the call that it answers; it is &quot;{}&quot;.</source>
        <translation>Gemini verlangt den Namen des Aufrufs, der beantwortet wird; er ist „{}“.</translation>
    </message>
    <message>
        <source>Gemini has no names of participants.</source>
        <translation>Gemini hat keine Namen von Beteiligten.</translation>
    </message>
    <message>
        <source>This model wants every call that it made itself signed; the stand-in tells it not to look.</source>
        <translation>Dieses Modell will jeden eigenen Aufruf signiert haben; der Platzhalter sagt ihm, nicht hinzusehen.</translation>
    </message>
    <message>
        <source>Gemini has no system prompts within the conversation; it went to the top.</source>
        <translation>Gemini hat keine System-Prompts mitten im Gespräch; er kam nach oben.</translation>
    </message>
    <message>
        <source>Gemini has one system prompt; it was joined to the one before.</source>
        <translation>Gemini hat einen System-Prompt; er wurde an den davor angehängt.</translation>
    </message>
    <message>
        <source>Gemini has one kind of system prompt.</source>
        <translation>Gemini hat nur eine Art System-Prompt.</translation>
    </message>
    <message>
        <source>Gemini takes no turn without content.</source>
        <translation>Gemini nimmt keinen Beitrag ohne Inhalt.</translation>
    </message>
    <message>
        <source>Gemini wants a turn of the user&apos;s; the system prompt stands there.</source>
        <translation>Gemini verlangt einen Beitrag des Benutzers; dort steht der System-Prompt.</translation>
    </message>
    <message>
        <source>Gemini holds to schemas for all tools of a request or none.</source>
        <translation>Gemini hält sich für alle Werkzeuge einer Anfrage an Schemas oder für keines.</translation>
    </message>
    <message>
        <source>Gemini has a list of allowed tools only where it holds calls to their schemas.</source>
        <translation>Gemini hat eine Liste erlaubter Werkzeuge nur dort, wo es Aufrufe an ihre Schemas bindet.</translation>
    </message>
    <message>
        <source>One allowed tool that must be called is that tool by its name.</source>
        <translation>Ein einziges erlaubtes Werkzeug, das aufgerufen werden muss, ist dieses Werkzeug beim Namen.</translation>
    </message>
    <message>
        <source>Gemini takes five stop sequences.</source>
        <translation>Gemini nimmt fünf Stoppsequenzen.</translation>
    </message>
    <message>
        <source>This model takes no format of the answer in a request with tools.</source>
        <translation>Dieses Modell nimmt kein Antwortformat in einer Anfrage mit Werkzeugen.</translation>
    </message>
    <message>
        <source>Gemini&apos;s schemas have no name.</source>
        <translation>Schemas von Gemini haben keinen Namen.</translation>
    </message>
    <message>
        <source>Gemini&apos;s output format has a schema alone.</source>
        <translation>Das Ausgabeformat von Gemini hat nur ein Schema.</translation>
    </message>
    <message>
        <source>The budget of thinking is {} tokens, the nearest that this model takes.</source>
        <translation>Das Budget zum Nachdenken ist {} Token, das nächste, das dieses Modell nimmt.</translation>
    </message>
    <message>
        <source>The effort &quot;{}&quot; became the level {}, the nearest that this model has.</source>
        <translation>Aus dem Aufwand „{}“ wurde die Stufe {}, die nächste, die dieses Modell hat.</translation>
    </message>
    <message>
        <source>Gemini takes a budget or a level, not both.</source>
        <translation>Gemini nimmt ein Budget oder eine Stufe, nicht beides.</translation>
    </message>
    <message>
        <source>This model thinks by a budget; the effort &quot;{}&quot; became one.</source>
        <translation>Dieses Modell denkt nach Budget; aus dem Aufwand „{}“ wurde eines.</translation>
    </message>
    <message>
        <source>An effort is one of thinking here.</source>
        <translation>Ein Aufwand ist hier einer des Nachdenkens.</translation>
    </message>
    <message>
        <source>Gemini tells summaries of its thoughts, or none.</source>
        <translation>Gemini erzählt Zusammenfassungen seiner Gedanken oder keine.</translation>
    </message>
    <message>
        <source>Gemini tells its thoughts in one way.</source>
        <translation>Gemini erzählt seine Gedanken auf eine Weise.</translation>
    </message>
    <message>
        <source>It is what Gemini does where no tier is named.</source>
        <translation>Das tut Gemini, wo keine Stufe genannt ist.</translation>
    </message>
    <message>
        <source>Gemini has no service tier &quot;{}&quot;.</source>
        <translation>Gemini hat keine Dienststufe „{}“.</translation>
    </message>
    <message>
        <source>must be system, user, assistant or tool</source>
        <translation>muss system, user, assistant oder tool sein</translation>
    </message>
    <message>
        <source>must be true, false or an effort</source>
        <translation>muss true, false oder ein Aufwand sein</translation>
    </message>
    <message>
        <source>must be &quot;json&quot; or a schema</source>
        <translation>muss „json“ oder ein Schema sein</translation>
    </message>
    <message>
        <source>Ollama takes no cache marks; it caches the beginning of prompts by itself.</source>
        <translation>Ollama nimmt keine Cache-Marken; es hält den Anfang von Prompts von selbst im Cache.</translation>
    </message>
    <message>
        <source>Ollama takes images as data alone.</source>
        <translation>Ollama nimmt Bilder nur als Daten.</translation>
    </message>
    <message>
        <source>Ollama chooses an image&apos;s resolution itself.</source>
        <translation>Ollama wählt die Auflösung eines Bildes selbst.</translation>
    </message>
    <message>
        <source>Ollama&apos;s images have no media type; it looks at their data.</source>
        <translation>Bilder von Ollama haben keinen Medientyp; es sieht auf ihre Daten.</translation>
    </message>
    <message>
        <source>Ollama&apos;s thoughts are not signed.</source>
        <translation>Gedanken von Ollama sind nicht signiert.</translation>
    </message>
    <message>
        <source>Ollama has no refusals in a conversation; it became a text.</source>
        <translation>Ollama hat in Gesprächen keine Ablehnungen; daraus wurde ein Text.</translation>
    </message>
    <message>
        <source>Ollama has no documents; it became a text.</source>
        <translation>Ollama hat keine Dokumente; daraus wurde ein Text.</translation>
    </message>
    <message>
        <source>Ollama has no citations.</source>
        <translation>Ollama hat keine Zitate.</translation>
    </message>
    <message>
        <source>A message of Ollama&apos;s has one text; the texts became one, line by line.</source>
        <translation>Eine Nachricht von Ollama hat einen Text; aus den Texten wurde einer, Zeile für Zeile.</translation>
    </message>
    <message>
        <source>Ollama&apos;s images stand beside the text, not in it.</source>
        <translation>Bilder von Ollama stehen neben dem Text, nicht darin.</translation>
    </message>
    <message>
        <source>Ollama&apos;s results do not say that a call failed.</source>
        <translation>Ergebnisse von Ollama sagen nicht, dass ein Aufruf scheiterte.</translation>
    </message>
    <message>
        <source>Ollama has no names of participants.</source>
        <translation>Ollama hat keine Namen von Beteiligten.</translation>
    </message>
    <message>
        <source>Ollama has one kind of system prompt.</source>
        <translation>Ollama hat nur eine Art System-Prompt.</translation>
    </message>
    <message>
        <source>Ollama has no tool choice; where none may be called, none is sent.</source>
        <translation>Ollama hat keine Werkzeugwahl; wo keines aufgerufen werden darf, wird keines gesendet.</translation>
    </message>
    <message>
        <source>Ollama has no list of allowed tools, so this one, which is not allowed, was left out.</source>
        <translation>Ollama hat keine Liste erlaubter Werkzeuge; dieses, das nicht erlaubt ist, blieb deshalb weg.</translation>
    </message>
    <message>
        <source>Ollama does not hold calls to their schemas.</source>
        <translation>Ollama bindet Aufrufe nicht an ihre Schemas.</translation>
    </message>
    <message>
        <source>Ollama&apos;s efforts are low, medium and high; it is &quot;{}&quot;.</source>
        <translation>Die Aufwände von Ollama sind low, medium und high; es ist „{}“.</translation>
    </message>
    <message>
        <source>Ollama&apos;s models think always or never.</source>
        <translation>Modelle von Ollama denken immer oder nie nach.</translation>
    </message>
    <message>
        <source>Ollama has no budget of thinking.</source>
        <translation>Ollama hat kein Budget zum Nachdenken.</translation>
    </message>
    <message>
        <source>Ollama tells its thoughts in one way.</source>
        <translation>Ollama erzählt seine Gedanken auf eine Weise.</translation>
    </message>
    <message>
        <source>Ollama always tells what it thought.</source>
        <translation>Ollama erzählt immer, was es gedacht hat.</translation>
    </message>
    <message>
        <source>Ollama&apos;s schemas have no name.</source>
        <translation>Schemas von Ollama haben keinen Namen.</translation>
    </message>
    <message>
        <source>Ollama&apos;s output format has a schema alone.</source>
        <translation>Das Ausgabeformat von Ollama hat nur ein Schema.</translation>
    </message>
    <message>
        <source>Ollama&apos;s calls are not signed.</source>
        <translation>Aufrufe von Ollama sind nicht signiert.</translation>
    </message>
    <message>
        <source>Ollama gives one answer.</source>
        <translation>Ollama gibt eine Antwort.</translation>
    </message>
    <message>
        <source>Ollama does not tell which stop sequence was met.</source>
        <translation>Ollama sagt nicht, welche Stoppsequenz getroffen wurde.</translation>
    </message>
    <message>
        <source>The provider sent a line of more than 16 MiB.</source>
        <translation>Der Anbieter schickte eine Zeile von mehr als 16 MiB.</translation>
    </message>
    <message>
        <source>the stream ended within a line</source>
        <translation>der Strom endete mitten in einer Zeile</translation>
    </message>
    <message>
        <source>the stream ended without done</source>
        <translation>der Strom endete ohne done</translation>
    </message>
    <message>
        <source>a line came after the end</source>
        <translation>nach dem Ende kam eine Zeile</translation>
    </message>
    <message>
        <source>a line is no JSON object</source>
        <translation>eine Zeile ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>The provider sent a line that is no JSON.</source>
        <translation>Der Anbieter schickte eine Zeile, die kein JSON ist.</translation>
    </message>
    <message>
        <source>Ollama&apos;s streams have no such content.</source>
        <translation>Ströme von Ollama haben keinen solchen Inhalt.</translation>
    </message>
    <message>
        <source>A prompt takes no cache marks.</source>
        <translation>Ein Prompt nimmt keine Cache-Marken an.</translation>
    </message>
    <message>
        <source>A prompt has no parts; they were joined.</source>
        <translation>Ein Prompt hat keine Teile; sie wurden aneinandergehängt.</translation>
    </message>
    <message>
        <source>A prompt has no names of participants.</source>
        <translation>Ein Prompt nennt keine Namen von Teilnehmern.</translation>
    </message>
    <message>
        <source>must be a string, a list of strings, or tokens</source>
        <translation>muss eine Zeichenkette, eine Liste davon oder Token sein</translation>
    </message>
    <message>
        <source>must be float or base64</source>
        <translation>muss float oder base64 sein</translation>
    </message>
    <message>
        <source>{} holds an image; OpenAI embeds text alone.</source>
        <translation>{} enthält ein Bild; OpenAI bettet nur Text ein.</translation>
    </message>
    <message>
        <source>holds vectors of two kinds</source>
        <translation>enthält Vektoren zweier Arten</translation>
    </message>
    <message>
        <source>must be a list of numbers</source>
        <translation>muss eine Liste von Zahlen sein</translation>
    </message>
    <message>
        <source>must be user, assistant, system or developer</source>
        <translation>muss user, assistant, system oder developer sein</translation>
    </message>
    <message>
        <source>A response has no place for this signature.</source>
        <translation>Eine Response hat keinen Platz für diese Signatur.</translation>
    </message>
    <message>
        <source>A response cites URLs and files that have an id.</source>
        <translation>Eine Response zitiert URLs und Dateien, die eine Id haben.</translation>
    </message>
    <message>
        <source>The provider&apos;s response failed without a reason.</source>
        <translation>Die Response des Providers ist ohne Grund gescheitert.</translation>
    </message>
    <message>
        <source>The provider&apos;s response failed: {}{}{}</source>
        <translation>Die Response des Providers ist gescheitert: {}{}{}</translation>
    </message>
    <message>
        <source>The provider&apos;s response is no answer; it is {}.</source>
        <translation>Die Response des Providers ist keine Antwort, sondern {}.</translation>
    </message>
    <message>
        <source>A response does not say which stop sequence was met.</source>
        <translation>Eine Response sagt nicht, welche Stoppsequenz getroffen wurde.</translation>
    </message>
    <message>
        <source>A response has no status for &quot;{}&quot;; it is &quot;completed&quot;.</source>
        <translation>Eine Response hat keinen Status für „{}“; er ist „completed“.</translation>
    </message>
    <message>
        <source>A response is one answer.</source>
        <translation>Eine Response ist eine einzige Antwort.</translation>
    </message>
    <message>
        <source>the stream ended without response.completed</source>
        <translation>der Stream endete ohne response.completed</translation>
    </message>
    <message>
        <source>[DONE] came, which responses do not have</source>
        <translation>[DONE] kam, das es bei Responses nicht gibt</translation>
    </message>
    <message>
        <source>{} came after the end</source>
        <translation>{} kam nach dem Ende</translation>
    </message>
    <message>
        <source>{} came before response.created</source>
        <translation>{} kam vor response.created</translation>
    </message>
    <message>
        <source>{} came after an item</source>
        <translation>{} kam nach einem Item</translation>
    </message>
    <message>
        <source>{} has no sequence_number</source>
        <translation>{} hat keine sequence_number</translation>
    </message>
    <message>
        <source>{} has the sequence_number {} after {}</source>
        <translation>{} hat die sequence_number {} nach {}</translation>
    </message>
    <message>
        <source>response.created came twice</source>
        <translation>response.created kam zweimal</translation>
    </message>
    <message>
        <source>{} came for item {}, which is not open</source>
        <translation>{} kam für Item {}, das nicht offen ist</translation>
    </message>
    <message>
        <source>{} names item {} by another id than it began with</source>
        <translation>{} nennt Item {} mit anderer Id als der, mit der es begann</translation>
    </message>
    <message>
        <source>item {} began where {} was next</source>
        <translation>Item {} begann, wo {} an der Reihe war</translation>
    </message>
    <message>
        <source>item {} began while item {} was open</source>
        <translation>Item {} begann, während Item {} offen war</translation>
    </message>
    <message>
        <source>item {} is a call without its id or name</source>
        <translation>Item {} ist ein Aufruf ohne Id oder Namen</translation>
    </message>
    <message>
        <source>item {} ended as another type than it began</source>
        <translation>Item {} endete als anderer Typ als der, mit dem es begann</translation>
    </message>
    <message>
        <source>item {} ended with another id than it began with</source>
        <translation>Item {} endete mit anderer Id als der, mit der es begann</translation>
    </message>
    <message>
        <source>content_part.added came in item {}, which is no message</source>
        <translation>content_part.added kam in Item {}, das keine Nachricht ist</translation>
    </message>
    <message>
        <source>content {} of item {} began while {} was open</source>
        <translation>Inhalt {} von Item {} begann, während {} offen war</translation>
    </message>
    <message>
        <source>content {} of item {} began where {} was next</source>
        <translation>Inhalt {} von Item {} begann, wo {} an der Reihe war</translation>
    </message>
    <message>
        <source>{} came in item {}, which is no message</source>
        <translation>{} kam in Item {}, das keine Nachricht ist</translation>
    </message>
    <message>
        <source>{} came for content {} of item {}, which is not open for it</source>
        <translation>{} kam für Inhalt {} von Item {}, der dafür nicht offen ist</translation>
    </message>
    <message>
        <source>{} of item {} is not what its deltas said</source>
        <translation>{} von Item {} ist nicht, was die Deltas sagten</translation>
    </message>
    <message>
        <source>an annotation of item {} is out of order</source>
        <translation>eine Annotation von Item {} steht nicht in der Reihe</translation>
    </message>
    <message>
        <source>content_part.done came for content {} of item {}, which is not open</source>
        <translation>content_part.done kam für Inhalt {} von Item {}, der nicht offen ist</translation>
    </message>
    <message>
        <source>item {} ended while its content {} was open</source>
        <translation>Item {} endete, während sein Inhalt {} offen war</translation>
    </message>
    <message>
        <source>item {} has {} parts, its events told {}</source>
        <translation>Item {} hat {} Teile, seine Ereignisse nannten {}</translation>
    </message>
    <message>
        <source>function_call_arguments.delta came in item {}, which is no function_call</source>
        <translation>function_call_arguments.delta kam in Item {}, das kein function_call ist</translation>
    </message>
    <message>
        <source>function_call_arguments.done came in item {}, which is no function_call</source>
        <translation>function_call_arguments.done kam in Item {}, das kein function_call ist</translation>
    </message>
    <message>
        <source>the arguments of item {} are not what their deltas said</source>
        <translation>die Argumente von Item {} sind nicht, was ihre Deltas sagten</translation>
    </message>
    <message>
        <source>custom_tool_call_input.delta came in item {}, which is no custom_tool_call</source>
        <translation>custom_tool_call_input.delta kam in Item {}, das kein custom_tool_call ist</translation>
    </message>
    <message>
        <source>custom_tool_call_input.done came in item {}, which is no custom_tool_call</source>
        <translation>custom_tool_call_input.done kam in Item {}, das kein custom_tool_call ist</translation>
    </message>
    <message>
        <source>the input of item {} is not what its deltas said</source>
        <translation>die Eingabe von Item {} ist nicht, was ihre Deltas sagten</translation>
    </message>
    <message>
        <source>reasoning_summary_part.added came in item {}, which is no reasoning</source>
        <translation>reasoning_summary_part.added kam in Item {}, das kein reasoning ist</translation>
    </message>
    <message>
        <source>summary {} of item {} began where {} was next</source>
        <translation>Zusammenfassung {} von Item {} begann, wo {} an der Reihe war</translation>
    </message>
    <message>
        <source>a thought came in item {}, which is no reasoning</source>
        <translation>ein Gedanke kam in Item {}, das kein reasoning ist</translation>
    </message>
    <message>
        <source>a thought came for summary {} of item {}, which is not open</source>
        <translation>ein Gedanke kam für Zusammenfassung {} von Item {}, die nicht offen ist</translation>
    </message>
    <message>
        <source>the end of a thought came in item {}, which is no reasoning</source>
        <translation>das Ende eines Gedankens kam in Item {}, das kein reasoning ist</translation>
    </message>
    <message>
        <source>the thoughts of item {} are not what its deltas said</source>
        <translation>die Gedanken von Item {} sind nicht, was ihre Deltas sagten</translation>
    </message>
    <message>
        <source>{} came while item {} was open</source>
        <translation>{} kam, während Item {} offen war</translation>
    </message>
    <message>
        <source>the response holds {} items, its events told {}</source>
        <translation>die Response enthält {} Items, ihre Ereignisse nannten {}</translation>
    </message>
    <message>
        <source>{} came with the status &quot;{}&quot;</source>
        <translation>{} kam mit dem Status „{}“</translation>
    </message>
    <message>
        <source>OpenAI has no documents of plain text; it became a text.</source>
        <translation>OpenAI kennt keine Dokumente aus reinem Text; es wurde ein Text.</translation>
    </message>
    <message>
        <source>Only an assistant&apos;s texts have citations.</source>
        <translation>Nur Texte des Assistenten haben Zitate.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s cache marks stand in the input alone.</source>
        <translation>Die Cache-Marken von OpenAI stehen allein in der Eingabe.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s responses have no names of participants.</source>
        <translation>Die Responses von OpenAI nennen keine Namen von Teilnehmern.</translation>
    </message>
    <message>
        <source>OpenAI takes back only thinking of its own.</source>
        <translation>OpenAI nimmt nur eigene Gedanken zurück.</translation>
    </message>
    <message>
        <source>Without encrypted content only OpenAI&apos;s store would know this thinking, and the request does not use it.</source>
        <translation>Ohne verschlüsselten Inhalt würde nur der Speicher von OpenAI diese Gedanken kennen, und die Anfrage nutzt ihn nicht.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s calls are not signed.</source>
        <translation>Die Aufrufe von OpenAI sind nicht signiert.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s tool results take cache marks on their content alone.</source>
        <translation>Werkzeugergebnisse nehmen bei OpenAI Cache-Marken nur an ihrem Inhalt an.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s tools take no cache marks; the beginning of prompts is cached by itself.</source>
        <translation>Werkzeuge nehmen bei OpenAI keine Cache-Marken an; der Anfang von Prompts kommt von selbst in den Cache.</translation>
    </message>
    <message>
        <source>OpenAI has an effort in place of a budget.</source>
        <translation>OpenAI hat einen Aufwand anstelle eines Budgets.</translation>
    </message>
    <message>
        <source>OpenAI tells of the model&apos;s thinking only where a summary is asked for.</source>
        <translation>OpenAI erzählt von den Gedanken des Modells nur, wo eine Zusammenfassung verlangt ist.</translation>
    </message>
    <message>
        <source>A response&apos;s format has a schema; it is one that allows everything.</source>
        <translation>Das Format einer Response hat ein Schema; es ist eines, das alles erlaubt.</translation>
    </message>
    <message>
        <source>A response holds images as data.</source>
        <translation>Eine Response enthält Bilder als Daten.</translation>
    </message>
    <message>
        <source>A response has no such content.</source>
        <translation>Eine Response hat keinen solchen Inhalt.</translation>
    </message>
    <message>
        <source>A message without content says nothing.</source>
        <translation>Eine Nachricht ohne Inhalt sagt nichts.</translation>
    </message>
    <message>
        <source>The body holds a field of a type that cannot be translated.</source>
        <translation>Der Body enthält ein Feld von einem Typ, der sich nicht übersetzen lässt.</translation>
    </message>
    <message>
        <source>The provider sent an event with a field of a type that it should not have.</source>
        <translation>Der Provider sandte ein Ereignis mit einem Feld von einem Typ, den es nicht haben sollte.</translation>
    </message>
    <message>
        <source>There is no builtin &quot;{}&quot;; known are SSN, CREDIT_CARD, PHONE_NUMBER, EMAIL and CA_SIN.</source>
        <translation>Es gibt kein eingebautes Muster „{}“; bekannt sind SSN, CREDIT_CARD, PHONE_NUMBER, EMAIL und CA_SIN.</translation>
    </message>
    <message>
        <source>The provider did not say how many tokens were used.</source>
        <translation>Der Anbieter sagte nicht, wie viele Token verbraucht wurden.</translation>
    </message>
    <message>
        <source>No price book knows {} of {}.</source>
        <translation>Kein Preisbuch kennt {} von {}.</translation>
    </message>
    <message>
        <source>The price book names no rate for {} of {}.</source>
        <translation>Das Preisbuch nennt keinen Satz für {} von {}.</translation>
    </message>
    <message>
        <source>A price book is a mapping of version, currency and entries.</source>
        <translation>Ein Preisbuch ist eine Abbildung aus version, currency und entries.</translation>
    </message>
    <message>
        <source>A price book has no field {}; remove it.</source>
        <translation>Ein Preisbuch hat kein Feld {}; entfernen Sie es.</translation>
    </message>
    <message>
        <source>version is missing; name the date of the prices.</source>
        <translation>version fehlt; nennen Sie das Datum der Preise.</translation>
    </message>
    <message>
        <source>currency must be a code of three capital letters, such as USD.</source>
        <translation>currency muss ein Code aus drei Großbuchstaben sein, etwa USD.</translation>
    </message>
    <message>
        <source>entries must be a list of prices, at least one.</source>
        <translation>entries muss eine Liste von Preisen sein, mindestens einer.</translation>
    </message>
    <message>
        <source>{} must be text.</source>
        <translation>{} muss Text sein.</translation>
    </message>
    <message>
        <source>{} must be a price per million tokens from 0 to {}, with at most 6 decimals.</source>
        <translation>{} muss ein Preis je Million Token von 0 bis {} sein, mit höchstens 6 Nachkommastellen.</translation>
    </message>
    <message>
        <source>{} must be a mapping of rates.</source>
        <translation>{} muss eine Abbildung von Sätzen sein.</translation>
    </message>
    <message>
        <source>aboveInputTokens must be a whole number above 0.</source>
        <translation>aboveInputTokens muss eine ganze Zahl über 0 sein.</translation>
    </message>
    <message>
        <source>{} is no bucket of tokens; remove it.</source>
        <translation>{} ist keine Art von Token; entfernen Sie es.</translation>
    </message>
    <message>
        <source>aboveInputTokens is missing; say from how many tokens the tier holds.</source>
        <translation>aboveInputTokens fehlt; sagen Sie, ab wie vielen Token die Stufe gilt.</translation>
    </message>
    <message>
        <source>{} names no rate; add one.</source>
        <translation>{} nennt keinen Satz; ergänzen Sie einen.</translation>
    </message>
    <message>
        <source>{} must be a list.</source>
        <translation>{} muss eine Liste sein.</translation>
    </message>
    <message>
        <source>Two tiers hold above {} tokens; remove one of them.</source>
        <translation>Zwei Stufen gelten ab {} Token; entfernen Sie eine davon.</translation>
    </message>
    <message>
        <source>{} must be a mapping of provider, model and rates.</source>
        <translation>{} muss eine Abbildung aus provider, model und Sätzen sein.</translation>
    </message>
    <message>
        <source>{} is no field of a price; remove it.</source>
        <translation>{} ist kein Feld eines Preises; entfernen Sie es.</translation>
    </message>
    <message>
        <source>provider is missing; name one, or * for all.</source>
        <translation>provider fehlt; nennen Sie einen, oder * für alle.</translation>
    </message>
    <message>
        <source>model is missing; name one, or a pattern with *.</source>
        <translation>model fehlt; nennen Sie eines, oder ein Muster mit *.</translation>
    </message>
    <message>
        <source>There is no provider {}, so this price is never used; correct its name.</source>
        <translation>Es gibt keinen Anbieter {}, dieser Preis gilt also nie; berichtigen Sie den Namen.</translation>
    </message>
    <message>
        <source>{} of {} has a price already; remove one of them.</source>
        <translation>{} von {} hat schon einen Preis; entfernen Sie einen davon.</translation>
    </message>
    <message>
        <source>The prices are no YAML: {}.</source>
        <translation>Die Preise sind kein YAML: {}.</translation>
    </message>
    <message>
        <source>A price book is one YAML document.</source>
        <translation>Ein Preisbuch ist ein einziges YAML-Dokument.</translation>
    </message>
    <message>
        <source>{} is written twice; remove one of them.</source>
        <translation>{} steht zweimal da; entfernen Sie eines davon.</translation>
    </message>
    <message>
        <source>A price book needs its prices as text under data.{}.</source>
        <translation>Ein Preisbuch braucht seine Preise als Text unter data.{}.</translation>
    </message>
    <message>
        <source>AWS4-HMAC-SHA256 (hidden)</source>
        <translation>AWS4-HMAC-SHA256 (verborgen)</translation>
    </message>
    <message>
        <source>{} has no API for {}.</source>
        <translation>{} hat keine API für {}.</translation>
    </message>
    <message>
        <source>AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}</source>
        <translation>AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}</translation>
    </message>
    <message>
        <source>group {}, cooling down after a failure</source>
        <translation>Gruppe {}, kühlt nach einem Fehler ab</translation>
    </message>
    <message>
        <source>group {}, asked first</source>
        <translation>Gruppe {}, wird zuerst gefragt</translation>
    </message>
    <message>
        <source>group {}, takes turns with {}</source>
        <translation>Gruppe {}, wechselt sich mit {} ab</translation>
    </message>
    <message>
        <source>group {}, asked when those before it fail</source>
        <translation>Gruppe {}, wird gefragt, wenn die davor versagen</translation>
    </message>
    <message>
        <source>client API</source>
        <translation>API des Clients</translation>
    </message>
    <message>
        <source>nothing of the request is lost</source>
        <translation>von der Anfrage geht nichts verloren</translation>
    </message>
    <message>
        <source>{} fields do not pass as they are</source>
        <translation>{} Felder kommen nicht durch, wie sie sind</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no duration such as 20s; {} s hold.</source>
        <translation>„{}“ ist keine Zeitdauer wie 20s; es gelten {} s.</translation>
    </message>
    <message>
        <source>Requests to it answer 500.</source>
        <translation>Anfragen daran werden mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>There is no provider named {}.</source>
        <translation>Einen Anbieter namens {} gibt es nicht.</translation>
    </message>
    <message>
        <source>A provider of {} names no API that is known.</source>
        <translation>Ein Anbieter von {} nennt keine bekannte API.</translation>
    </message>
    <message>
        <source>{} needs a host.</source>
        <translation>{} braucht einen Host.</translation>
    </message>
    <message>
        <source>says that the answer failed</source>
        <translation>sagt, dass die Antwort fehlgeschlagen ist</translation>
    </message>
    <message>
        <source>Cohere has no word for filtered content.</source>
        <translation>Cohere hat kein Wort für gefilterten Inhalt.</translation>
    </message>
    <message>
        <source>Cohere does not say which stop sequence was met.</source>
        <translation>Cohere sagt nicht, auf welche Stoppfolge es traf.</translation>
    </message>
    <message>
        <source>The provider broke the answer off: {}.</source>
        <translation>Der Anbieter hat die Antwort abgebrochen: {}.</translation>
    </message>
    <message>
        <source>Beside calls, Cohere has what was thought, then a plan, then the calls; the order is lost.</source>
        <translation>Neben Aufrufen hat Cohere das Nachgedachte, dann einen Plan, dann die Aufrufe; die Reihenfolge geht verloren.</translation>
    </message>
    <message>
        <source>Body fields to fill in, where a request has none or null.</source>
        <translation>Felder des Rumpfs, die ergänzt werden, wo eine Anfrage keine oder null hat.</translation>
    </message>
    <message>
        <source>Name of the field; a.b is b inside a.</source>
        <translation>Name des Feldes; a.b ist b in a.</translation>
    </message>
    <message>
        <source>Checks of answers; what is found is masked, in streams too.</source>
        <translation>Prüfungen von Antworten; was gefunden wird, wird maskiert, auch in Strömen.</translation>
    </message>
    <message>
        <source>The pattern {} can match more than {} bytes; in streams a longer match gets through in part. Bound its repetitions.</source>
        <translation>Das Muster {} kann mehr als {} Bytes treffen; in Strömen kommt ein längerer Treffer zum Teil durch. Begrenzen Sie seine Wiederholungen.</translation>
    </message>
    <message>
        <source>A pattern of a response guard can match more text than streams hold back; a longer match gets through in part.</source>
        <translation>Ein Muster einer Antwortprüfung kann mehr Text treffen, als Ströme zurückhalten; ein längerer Treffer kommt zum Teil durch.</translation>
    </message>
    <message>
        <source>The answer cannot be read by the guard of its route.</source>
        <translation>Die Prüfung ihrer Route kann die Antwort nicht lesen.</translation>
    </message>
    <message>
        <source>Every provider that has an API for this request failed.</source>
        <translation>Jeder Anbieter, der für diese Anfrage eine API hat, ist gescheitert.</translation>
    </message>
    <message>
        <source>body fields</source>
        <translation>Felder des Rumpfs</translation>
    </message>
    <message>
        <source>{} field{} filled in</source>
        <translation>ergänzte Felder: {1}</translation>
    </message>
    <message>
        <source>answer guard</source>
        <translation>Antwortprüfung</translation>
    </message>
    <message>
        <source>{} times a text was too long to be held back whole</source>
        <translation>{}-mal war ein Text zu lang, um ganz zurückgehalten zu werden</translation>
    </message>
    <message>
        <source>Clusters do not know {} and would reach for api.openai.com with this key; set host, port and path.</source>
        <translation>Cluster kennen {} nicht und würden mit diesem Schlüssel api.openai.com ansprechen; host, port und path setzen.</translation>
    </message>
    <message>
        <source>Cohere&apos;s documents need a question; a short one was added.</source>
        <translation>Dokumente von Cohere brauchen eine Frage; eine kurze kam hinzu.</translation>
    </message>
    <message>
        <source>See the documents.)</source>
        <translation>Siehe Dokumente.)</translation>
    </message>
    <message>
        <source>the answer is not known here; what its guard finds will be masked, in streams too</source>
        <translation>die Antwort ist hier nicht bekannt; was ihre Prüfung findet, wird maskiert, auch in Strömen</translation>
    </message>
    <message>
        <source>{} hit{} of {} in the answer: masked</source>
        <translation>{1} Treffer in der Antwort durch {3}: maskiert</translation>
    </message>
    <message>
        <source>{} hit{} of {} in the prompt: {}</source>
        <translation>{1} Treffer im Prompt durch {3}: {4w}</translation>
    </message>
    <message>
        <source>Keys are read from Secrets, not from {}.</source>
        <translation>Schlüssel werden aus Secrets gelesen, nicht aus {}.</translation>
    </message>
    <message>
        <source>apiKeyAuth names no Secret with keys.</source>
        <translation>apiKeyAuth nennt kein Secret mit Schlüsseln.</translation>
    </message>
    <message>
        <source>No Secret of namespace {} carries these labels, so nobody is let in.</source>
        <translation>Kein Secret im Namespace {} trägt diese Labels; so wird niemand eingelassen.</translation>
    </message>
    <message>
        <source>GatewayExtension {}/{} does not exist.</source>
        <translation>GatewayExtension {}/{} gibt es nicht.</translation>
    </message>
    <message>
        <source>GatewayExtension {}/{} has no jwt providers.</source>
        <translation>GatewayExtension {}/{} hat keine Aussteller unter jwt.</translation>
    </message>
    <message>
        <source>GatewayExtension {}/{} names no issuer, so no token could be checked.</source>
        <translation>GatewayExtension {}/{} nennt keinen Aussteller; so ließe sich kein Token prüfen.</translation>
    </message>
    <message>
        <source>This is no line of a htpasswd file: name, colon, hash.</source>
        <translation>Das ist keine Zeile einer htpasswd-Datei: Name, Doppelpunkt, Hash.</translation>
    </message>
    <message>
        <source>basicAuth names neither users nor a Secret.</source>
        <translation>basicAuth nennt weder Benutzer noch ein Secret.</translation>
    </message>
    <message>
        <source>rbac has no expression.</source>
        <translation>rbac hat keinen Ausdruck.</translation>
    </message>
    <message>
        <source>The expression cannot be read: {}</source>
        <translation>Der Ausdruck ist nicht lesbar: {}</translation>
    </message>
    <message>
        <source>The interval must be at least 50ms; it is taken as that.</source>
        <translation>Der Abstand muss mindestens 50ms sein; er wird als das genommen.</translation>
    </message>
    <message>
        <source>ConfigMap {}/{} does not exist.</source>
        <translation>ConfigMap {}/{} gibt es nicht.</translation>
    </message>
    <message>
        <source>ConfigMap {}/{} has no key jwks.</source>
        <translation>ConfigMap {}/{} hat keinen Schlüssel jwks.</translation>
    </message>
    <message>
        <source>The address of a key set begins with http:// or https://.</source>
        <translation>Die Adresse eines Schlüsselsatzes beginnt mit http:// oder https://.</translation>
    </message>
    <message>
        <source>{} does not exist.</source>
        <translation>{} gibt es nicht.</translation>
    </message>
    <message>
        <source>{} is in another namespace, and no ReferenceGrant there allows it.</source>
        <translation>{} ist in einem anderen Namespace, und kein ReferenceGrant dort erlaubt es.</translation>
    </message>
    <message>
        <source>An issuer needs keys: inline, in a ConfigMap, or at an address.</source>
        <translation>Ein Aussteller braucht Schlüssel: hier geschrieben, in einer ConfigMap oder an einer Adresse.</translation>
    </message>
    <message>
        <source>Secret {}/{} is in another namespace, and no ReferenceGrant there allows it.</source>
        <translation>Secret {}/{} ist in einem anderen Namespace, und kein ReferenceGrant dort erlaubt es.</translation>
    </message>
    <message>
        <source>The Secret holds no key, so nobody is let in.</source>
        <translation>Das Secret enthält keinen Schlüssel; so wird niemand eingelassen.</translation>
    </message>
    <message>
        <source>No {} of namespace {} carries these labels; the policy has no effect here.</source>
        <translation>Kein {} des Namespace {} trägt diese Labels; die Richtlinie hat hier keine Wirkung.</translation>
    </message>
    <message>
        <source>{} has no jwt providers.</source>
        <translation>{} hat keine Aussteller unter jwt.</translation>
    </message>
    <message>
        <source>The object has no spec.</source>
        <translation>Das Objekt hat keine spec.</translation>
    </message>
    <message>
        <source>{} has no secretKey{} beside it.</source>
        <translation>Neben {} steht kein secretKey{}.</translation>
    </message>
    <message>
        <source>{} has no accessKey{} beside it.</source>
        <translation>Neben {} steht kein accessKey{}.</translation>
    </message>
    <message>
        <source>An Entra application needs {} too.</source>
        <translation>Eine Entra-Anwendung braucht auch {}.</translation>
    </message>
    <message>
        <source>Settings of one of agentgateway&apos;s kinds exclude each other, or one lacks another.</source>
        <translation>Einstellungen einer der Arten von agentgateway schließen einander aus, oder einer fehlt eine andere.</translation>
    </message>
    <message>
        <source>An expression (CEL) cannot be read; the message says where.</source>
        <translation>Ein Ausdruck (CEL) ist nicht lesbar; die Meldung sagt, wo.</translation>
    </message>
    <message>
        <source>What a policy says about callers cannot be run, or lets nobody in.</source>
        <translation>Was eine Policy über Aufrufer sagt, lässt sich nicht ausführen oder lässt niemanden ein.</translation>
    </message>
    <message>
        <source>An annotation about the keys of a Secret cannot be read; it allows nothing.</source>
        <translation>Eine Annotation über die Schlüssel eines Secrets ist nicht lesbar; sie erlaubt nichts.</translation>
    </message>
    <message>
        <source>A virtual model names a model that does not exist, or that is virtual itself.</source>
        <translation>Ein virtuelles Modell nennt ein Modell, das es nicht gibt oder das selbst virtuell ist.</translation>
    </message>
    <message>
        <source>An API key, key set or password cannot be used.</source>
        <translation>Ein API-Schlüssel, Schlüsselsatz oder Passwort ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>Takes away what a less specific policy asks for.</source>
        <translation>Nimmt weg, was eine weniger genaue Policy verlangt.</translation>
    </message>
    <message>
        <source>Name of the Secret.</source>
        <translation>Name des Secrets.</translation>
    </message>
    <message>
        <source>Its namespace; another one needs a ReferenceGrant there.</source>
        <translation>Sein Namespace; ein anderer braucht dort einen ReferenceGrant.</translation>
    </message>
    <message>
        <source>One issuer of tokens.</source>
        <translation>Ein Aussteller von Tokens.</translation>
    </message>
    <message>
        <source>Name, unique in the list.</source>
        <translation>Name, einmalig in der Liste.</translation>
    </message>
    <message>
        <source>What the token&apos;s iss must say; absent takes any.</source>
        <translation>Was iss des Tokens sagen muss; fehlt es, gilt jeder.</translation>
    </message>
    <message>
        <source>Of which the token&apos;s aud must hold one.</source>
        <translation>Davon muss aud des Tokens einen enthalten.</translation>
    </message>
    <message>
        <source>An audience.</source>
        <translation>Ein Empfänger.</translation>
    </message>
    <message>
        <source>Where the token stands; absent means Authorization: Bearer.</source>
        <translation>Wo der Token steht; fehlt es, in Authorization: Bearer.</translation>
    </message>
    <message>
        <source>In a header.</source>
        <translation>In einem Header.</translation>
    </message>
    <message>
        <source>What stands before the token, e.g. &quot;Bearer &quot;.</source>
        <translation>Was vor dem Token steht, z. B. &quot;Bearer &quot;.</translation>
    </message>
    <message>
        <source>In a query parameter of this name.</source>
        <translation>In einem Parameter der Query mit diesem Namen.</translation>
    </message>
    <message>
        <source>Claims that backends read in headers; what a client sends under those names is dropped.</source>
        <translation>Claims, die Backends in Headern lesen; was ein Client unter diesen Namen sendet, fällt weg.</translation>
    </message>
    <message>
        <source>One claim.</source>
        <translation>Ein Claim.</translation>
    </message>
    <message>
        <source>The claim; a.b is b inside a.</source>
        <translation>Der Claim; a.b ist b innerhalb von a.</translation>
    </message>
    <message>
        <source>The header.</source>
        <translation>Der Header.</translation>
    </message>
    <message>
        <source>Does the token go on to the backend?</source>
        <translation>Geht der Token an das Backend weiter?</translation>
    </message>
    <message>
        <source>The issuer&apos;s public keys.</source>
        <translation>Die öffentlichen Schlüssel des Ausstellers.</translation>
    </message>
    <message>
        <source>Kept in the configuration.</source>
        <translation>In der Konfiguration gehalten.</translation>
    </message>
    <message>
        <source>A key set as JSON, one key of it, or a public key as PEM.</source>
        <translation>Ein Schlüsselsatz als JSON, ein Schlüssel daraus oder ein öffentlicher Schlüssel als PEM.</translation>
    </message>
    <message>
        <source>In the key jwks of a ConfigMap of this namespace.</source>
        <translation>Im Schlüssel jwks einer ConfigMap dieses Namespace.</translation>
    </message>
    <message>
        <source>Name of the ConfigMap.</source>
        <translation>Name der ConfigMap.</translation>
    </message>
    <message>
        <source>Fetched, kept, and fetched again.</source>
        <translation>Geholt, behalten und wieder geholt.</translation>
    </message>
    <message>
        <source>Address of the key set.</source>
        <translation>Adresse des Schlüsselsatzes.</translation>
    </message>
    <message>
        <source>The backend that is dialled for it.</source>
        <translation>Das Backend, das dafür angesprochen wird.</translation>
    </message>
    <message>
        <source>How long a key set is used before it is fetched again.</source>
        <translation>Wie lange ein Schlüsselsatz benutzt wird, bevor er wieder geholt wird.</translation>
    </message>
    <message>
        <source>Gatehouse fetches beside the requests always</source>
        <translation>Gatehouse holt immer neben den Anfragen her</translation>
    </message>
    <message>
        <source>When it is fetched.</source>
        <translation>Wann er geholt wird.</translation>
    </message>
    <message>
        <source>Gatehouse tries again after 1 s, then twice as long each time</source>
        <translation>Gatehouse versucht es nach 1 s wieder, danach jedes Mal nach doppelt so langer Zeit</translation>
    </message>
    <message>
        <source>When a failed fetch is tried again.</source>
        <translation>Wann ein gescheitertes Holen wiederholt wird.</translation>
    </message>
    <message>
        <source>Clients must show an API key.</source>
        <translation>Clients müssen einen API-Schlüssel zeigen.</translation>
    </message>
    <message>
        <source>Secret with the keys: each entry is one.</source>
        <translation>Secret mit den Schlüsseln: jeder Eintrag ist einer.</translation>
    </message>
    <message>
        <source>Secret.</source>
        <translation>Secret.</translation>
    </message>
    <message>
        <source>Secrets with keys, by their labels, of this namespace.</source>
        <translation>Secrets mit Schlüsseln, nach ihren Labels, in diesem Namespace.</translation>
    </message>
    <message>
        <source>Labels that a Secret must carry, all of them.</source>
        <translation>Labels, die ein Secret tragen muss, alle davon.</translation>
    </message>
    <message>
        <source>Where the key stands: the first place that has one. Absent means header api-key.</source>
        <translation>Wo der Schlüssel steht: die erste Stelle, die einen hat. Fehlt es, im Header api-key.</translation>
    </message>
    <message>
        <source>One place; header before query before cookie.</source>
        <translation>Eine Stelle; Header vor Query vor Cookie.</translation>
    </message>
    <message>
        <source>Name of a header; Authorization may say Bearer.</source>
        <translation>Name eines Headers; in Authorization darf Bearer davor stehen.</translation>
    </message>
    <message>
        <source>Name of a query parameter.</source>
        <translation>Name eines Parameters der Query.</translation>
    </message>
    <message>
        <source>Name of a cookie.</source>
        <translation>Name eines Cookies.</translation>
    </message>
    <message>
        <source>Header that tells the backend the key&apos;s name.</source>
        <translation>Header, der dem Backend den Namen des Schlüssels sagt.</translation>
    </message>
    <message>
        <source>Does the key go on to the backend?</source>
        <translation>Geht der Schlüssel an das Backend weiter?</translation>
    </message>
    <message>
        <source>Clients must show a token (JWT).</source>
        <translation>Clients müssen einen Token (JWT) zeigen.</translation>
    </message>
    <message>
        <source>GatewayExtension with the issuers.</source>
        <translation>GatewayExtension mit den Ausstellern.</translation>
    </message>
    <message>
        <source>Its namespace; absent means this one.</source>
        <translation>Ihr Namespace; fehlt er, dieser.</translation>
    </message>
    <message>
        <source>Clients must show a user name and a password.</source>
        <translation>Clients müssen Benutzernamen und Passwort zeigen.</translation>
    </message>
    <message>
        <source>Lines of a htpasswd file: name, colon, hash ({SHA} or bcrypt).</source>
        <translation>Zeilen einer htpasswd-Datei: Name, Doppelpunkt, Hash (SHA mit geschweiften Klammern oder bcrypt).</translation>
    </message>
    <message>
        <source>One user.</source>
        <translation>Ein Benutzer.</translation>
    </message>
    <message>
        <source>Secret with a htpasswd file.</source>
        <translation>Secret mit einer htpasswd-Datei.</translation>
    </message>
    <message>
        <source>Key in the Secret.</source>
        <translation>Schlüssel im Secret.</translation>
    </message>
    <message>
        <source>Which requests may pass, by expressions (CEL) over the request and who sends it.</source>
        <translation>Welche Anfragen durchdürfen, nach Ausdrücken (CEL) über die Anfrage und ihren Absender.</translation>
    </message>
    <message>
        <source>What comes of a request that one of them fits.</source>
        <translation>Was aus einer Anfrage wird, auf die einer davon zutrifft.</translation>
    </message>
    <message>
        <source>The expressions.</source>
        <translation>Die Ausdrücke.</translation>
    </message>
    <message>
        <source>One that holds is enough.</source>
        <translation>Einer, der gilt, genügt.</translation>
    </message>
    <message>
        <source>An expression, e.g. jwt.role == &apos;admin&apos;.</source>
        <translation>Ein Ausdruck, z. B. jwt.role == &apos;admin&apos;.</translation>
    </message>
    <message>
        <source>How many requests may be made in which time.</source>
        <translation>Wie viele Anfragen in welcher Zeit gestellt werden dürfen.</translation>
    </message>
    <message>
        <source>Counted by this gateway. An empty block takes away what a less specific policy sets.</source>
        <translation>Von diesem Gateway gezählt. Ein leerer Block nimmt weg, was eine weniger genaue Policy setzt.</translation>
    </message>
    <message>
        <source>A bucket of requests that is filled up at a steady pace.</source>
        <translation>Ein Vorrat an Anfragen, der gleichmäßig aufgefüllt wird.</translation>
    </message>
    <message>
        <source>Requests at once.</source>
        <translation>Anfragen auf einmal.</translation>
    </message>
    <message>
        <source>Requests that are added each time.</source>
        <translation>Anfragen, die jedes Mal dazukommen.</translation>
    </message>
    <message>
        <source>Time between two fills, at least 50ms.</source>
        <translation>Zeit zwischen zwei Füllungen, mindestens 50ms.</translation>
    </message>
    <message>
        <source>Share of the requests that are counted.</source>
        <translation>Anteil der Anfragen, die gezählt werden.</translation>
    </message>
    <message>
        <source>Share of those beyond the limit that are refused.</source>
        <translation>Anteil derer über der Grenze, die abgewiesen werden.</translation>
    </message>
    <message>
        <source>no limit of it is counted</source>
        <translation>keine seiner Grenzen wird gezählt</translation>
    </message>
    <message>
        <source>Limits that a service counts.</source>
        <translation>Grenzen, die ein Dienst zählt.</translation>
    </message>
    <message>
        <source>policies that name it answer 500</source>
        <translation>Policies, die es nennen, antworten 500</translation>
    </message>
    <message>
        <source>What policies refer to: issuers of tokens, services that are asked.</source>
        <translation>Worauf Policies verweisen: Aussteller von Tokens, Dienste, die gefragt werden.</translation>
    </message>
    <message>
        <source>The extension; one of its blocks.</source>
        <translation>Die Erweiterung; einer ihrer Blöcke.</translation>
    </message>
    <message>
        <source>Says again which block is set.</source>
        <translation>Sagt noch einmal, welcher Block gesetzt ist.</translation>
    </message>
    <message>
        <source>Issuers of tokens.</source>
        <translation>Aussteller von Tokens.</translation>
    </message>
    <message>
        <source>May a request come without a token?</source>
        <translation>Darf eine Anfrage ohne Token kommen?</translation>
    </message>
    <message>
        <source>The issuers; any of them will do.</source>
        <translation>Die Aussteller; jeder davon genügt.</translation>
    </message>
    <message>
        <source>A service that is asked whether a request may pass.</source>
        <translation>Ein Dienst, der gefragt wird, ob eine Anfrage durchdarf.</translation>
    </message>
    <message>
        <source>A service that changes messages.</source>
        <translation>Ein Dienst, der Nachrichten ändert.</translation>
    </message>
    <message>
        <source>A service that counts.</source>
        <translation>Ein Dienst, der zählt.</translation>
    </message>
    <message>
        <source>Sign-in by OAuth 2.</source>
        <translation>Anmeldung mit OAuth 2.</translation>
    </message>
    <message>
        <source>A server of your own, and the APIs that it speaks.</source>
        <translation>Ein eigener Server und die APIs, die er spricht.</translation>
    </message>
    <message>
        <source>APIs that it speaks; others are translated to one of them.</source>
        <translation>APIs, die er spricht; andere werden in eine davon übersetzt.</translation>
    </message>
    <message>
        <source>One API.</source>
        <translation>Eine API.</translation>
    </message>
    <message>
        <source>Which API.</source>
        <translation>Welche API.</translation>
    </message>
    <message>
        <source>Its path there, where it is not the usual one.</source>
        <translation>Ihr Pfad dort, wo er nicht der übliche ist.</translation>
    </message>
    <message>
        <source>The Service or InferencePool that it runs in, of this namespace; else set host and port.</source>
        <translation>Der Service oder InferencePool dieses Namespace, in dem er läuft; sonst host und port setzen.</translation>
    </message>
    <message>
        <source>API group of the backend.</source>
        <translation>API-Gruppe des Backends.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s own moderation inside the request.</source>
        <translation>OpenAIs eigene Moderation innerhalb der Anfrage.</translation>
    </message>
    <message>
        <source>Name of the deployment; needed unless apiVersion is v1.</source>
        <translation>Name des Deployments; nötig, außer bei apiVersion v1.</translation>
    </message>
    <message>
        <source>A resource of Azure, by its name.</source>
        <translation>Eine Ressource von Azure, nach ihrem Namen.</translation>
    </message>
    <message>
        <source>Name of the resource: the first part of its host.</source>
        <translation>Name der Ressource: der erste Teil ihres Hosts.</translation>
    </message>
    <message>
        <source>Which service of Azure it is.</source>
        <translation>Welcher Dienst von Azure es ist.</translation>
    </message>
    <message>
        <source>Project; needed for Foundry.</source>
        <translation>Projekt; nötig für Foundry.</translation>
    </message>
    <message>
        <source>Host in place of the provider&apos;s own; needs port. Set policies.tls for TLS.</source>
        <translation>Host statt dem des Anbieters; braucht port. Für TLS policies.tls setzen.</translation>
    </message>
    <message>
        <source>Port in place of the provider&apos;s own; needs host.</source>
        <translation>Port statt dem des Anbieters; braucht host.</translation>
    </message>
    <message>
        <source>What stands in place of /v1 in the provider&apos;s paths; needs host.</source>
        <translation>Was in den Pfaden des Anbieters statt /v1 steht; braucht host.</translation>
    </message>
    <message>
        <source>Name, unique in all groups.</source>
        <translation>Name, in allen Gruppen eindeutig.</translation>
    </message>
    <message>
        <source>How this provider alone is spoken to.</source>
        <translation>Wie mit diesem Anbieter allein gesprochen wird.</translation>
    </message>
    <message>
        <source>A destination of agentgateway that is no Service: LLM providers or a fixed host.</source>
        <translation>Ein Ziel von agentgateway, das kein Service ist: LLM-Anbieter oder ein fester Host.</translation>
    </message>
    <message>
        <source>A fixed host.</source>
        <translation>Ein fester Host.</translation>
    </message>
    <message>
        <source>A socket of the machine.</source>
        <translation>Ein Socket der Maschine.</translation>
    </message>
    <message>
        <source>Agents of Amazon Bedrock.</source>
        <translation>Agenten von Amazon Bedrock.</translation>
    </message>
    <message>
        <source>An agent that speaks A2A.</source>
        <translation>Ein Agent, der A2A spricht.</translation>
    </message>
    <message>
        <source>How it is spoken to. Goes before policies that target it.</source>
        <translation>Wie mit ihm gesprochen wird. Geht vor Richtlinien, deren Ziel es ist.</translation>
    </message>
    <message>
        <source>Requests are signed with keys of AWS; without members with those of the environment.</source>
        <translation>Anfragen werden mit Schlüsseln von AWS signiert; ohne Felder mit denen der Umgebung.</translation>
    </message>
    <message>
        <source>Secret with accessKey, secretKey and, where there is one, sessionToken.</source>
        <translation>Secret mit accessKey, secretKey und, wo es eines gibt, sessionToken.</translation>
    </message>
    <message>
        <source>A role that is assumed with the environment&apos;s keys.</source>
        <translation>Eine Rolle, die mit den Schlüsseln der Umgebung übernommen wird.</translation>
    </message>
    <message>
        <source>The role&apos;s ARN.</source>
        <translation>Die ARN der Rolle.</translation>
    </message>
    <message>
        <source>Name of the session.</source>
        <translation>Name der Sitzung.</translation>
    </message>
    <message>
        <source>CEL that makes the session&apos;s name of the request.</source>
        <translation>CEL, das aus der Anfrage den Namen der Sitzung macht.</translation>
    </message>
    <message>
        <source>Tags of the session.</source>
        <translation>Tags der Sitzung.</translation>
    </message>
    <message>
        <source>One tag.</source>
        <translation>Ein Tag.</translation>
    </message>
    <message>
        <source>CEL that makes its value of the request.</source>
        <translation>CEL, das aus der Anfrage seinen Wert macht.</translation>
    </message>
    <message>
        <source>Region to sign for; the provider&apos;s where absent.</source>
        <translation>Region, für die signiert wird; fehlt sie, die des Anbieters.</translation>
    </message>
    <message>
        <source>Service to sign for; the provider&apos;s where absent.</source>
        <translation>Dienst, für den signiert wird; fehlt er, der des Anbieters.</translation>
    </message>
    <message>
        <source>What the backend is shown as key.</source>
        <translation>Was dem Backend als Schlüssel gezeigt wird.</translation>
    </message>
    <message>
        <source>Secret that holds the key.</source>
        <translation>Secret mit dem Schlüssel.</translation>
    </message>
    <message>
        <source>The client&apos;s own key goes on to the backend.</source>
        <translation>Der eigene Schlüssel des Clients geht weiter an das Backend.</translation>
    </message>
    <message>
        <source>A token of Azure Entra.</source>
        <translation>Ein Token von Azure Entra.</translation>
    </message>
    <message>
        <source>Secret with clientID, tenantID and clientSecret.</source>
        <translation>Secret mit clientID, tenantID und clientSecret.</translation>
    </message>
    <message>
        <source>The identity of the machine.</source>
        <translation>Die Identität der Maschine.</translation>
    </message>
    <message>
        <source>Its client id.</source>
        <translation>Ihre Client-ID.</translation>
    </message>
    <message>
        <source>Its object id.</source>
        <translation>Ihre Objekt-ID.</translation>
    </message>
    <message>
        <source>Its resource id.</source>
        <translation>Ihre Ressourcen-ID.</translation>
    </message>
    <message>
        <source>The identity of the workload.</source>
        <translation>Die Identität des Workloads.</translation>
    </message>
    <message>
        <source>A token of Google Cloud.</source>
        <translation>Ein Token von Google Cloud.</translation>
    </message>
    <message>
        <source>Kind of token.</source>
        <translation>Art des Tokens.</translation>
    </message>
    <message>
        <source>Whom the token is for; of an IdToken alone.</source>
        <translation>Für wen das Token ist; nur bei einem IdToken.</translation>
    </message>
    <message>
        <source>Secret with the credentials as JSON.</source>
        <translation>Secret mit den Zugangsdaten als JSON.</translation>
    </message>
    <message>
        <source>The client&apos;s token is exchanged for another one.</source>
        <translation>Das Token des Clients wird gegen ein anderes getauscht.</translation>
    </message>
    <message>
        <source>The client&apos;s token is exchanged across applications.</source>
        <translation>Das Token des Clients wird zwischen Anwendungen getauscht.</translation>
    </message>
    <message>
        <source>A token that is signed here.</source>
        <translation>Ein Token, das hier signiert wird.</translation>
    </message>
    <message>
        <source>no further key is sent</source>
        <translation>kein weiterer Schlüssel wird gesendet</translation>
    </message>
    <message>
        <source>Further keys, each in a place of its own.</source>
        <translation>Weitere Schlüssel, jeder an einer eigenen Stelle.</translation>
    </message>
    <message>
        <source>One key.</source>
        <translation>Ein Schlüssel.</translation>
    </message>
    <message>
        <source>The backend is spoken to over TLS; without members by the system&apos;s authorities.</source>
        <translation>Mit dem Backend wird über TLS gesprochen; ohne Felder nach den Zertifizierungsstellen des Systems.</translation>
    </message>
    <message>
        <source>Who may have signed the backend&apos;s certificate.</source>
        <translation>Wer das Zertifikat des Backends signiert haben darf.</translation>
    </message>
    <message>
        <source>Kind of the object.</source>
        <translation>Art des Objekts.</translation>
    </message>
    <message>
        <source>Name of an object of this namespace.</source>
        <translation>Name eines Objekts dieses Namespace.</translation>
    </message>
    <message>
        <source>Certificate that is shown to the backend.</source>
        <translation>Zertifikat, das dem Backend gezeigt wird.</translation>
    </message>
    <message>
        <source>A Secret with tls.crt and tls.key.</source>
        <translation>Ein Secret mit tls.crt und tls.key.</translation>
    </message>
    <message>
        <source>What is not checked. Insecure.</source>
        <translation>Was nicht geprüft wird. Unsicher.</translation>
    </message>
    <message>
        <source>Server name to ask for; the host where absent.</source>
        <translation>Servername, nach dem gefragt wird; fehlt er, der Host.</translation>
    </message>
    <message>
        <source>Names of which the certificate must have one; the host where absent.</source>
        <translation>Namen, von denen das Zertifikat einen tragen muss; fehlen sie, der Host.</translation>
    </message>
    <message>
        <source>the protocol follows http.version</source>
        <translation>das Protokoll folgt http.version</translation>
    </message>
    <message>
        <source>Protocols to offer.</source>
        <translation>Protokolle, die angeboten werden.</translation>
    </message>
    <message>
        <source>A protocol.</source>
        <translation>Ein Protokoll.</translation>
    </message>
    <message>
        <source>Groups for the exchange of keys.</source>
        <translation>Gruppen für den Schlüsseltausch.</translation>
    </message>
    <message>
        <source>Where certificates come from.</source>
        <translation>Woher Zertifikate kommen.</translation>
    </message>
    <message>
        <source>When a backend is left out, and for how long.</source>
        <translation>Wann ein Backend ausgelassen wird, und wie lange.</translation>
    </message>
    <message>
        <source>CEL that is true for answers of a backend that is not well.</source>
        <translation>CEL, das für Antworten eines Backends wahr ist, dem es nicht gut geht.</translation>
    </message>
    <message>
        <source>For how long it is left out.</source>
        <translation>Wie lange es ausgelassen wird.</translation>
    </message>
    <message>
        <source>Base time; longer after each further time.</source>
        <translation>Grundzeit; nach jedem weiteren Mal länger.</translation>
    </message>
    <message>
        <source>Failures in a row until it is left out.</source>
        <translation>Fehler hintereinander, bis es ausgelassen wird.</translation>
    </message>
    <message>
        <source>consecutiveFailures alone decides</source>
        <translation>consecutiveFailures allein entscheidet</translation>
    </message>
    <message>
        <source>Health in percent below which it is left out.</source>
        <translation>Gesundheit in Prozent, unter der es ausgelassen wird.</translation>
    </message>
    <message>
        <source>it comes back in full</source>
        <translation>es kommt ganz zurück</translation>
    </message>
    <message>
        <source>Health in percent that it comes back with.</source>
        <translation>Gesundheit in Prozent, mit der es zurückkommt.</translation>
    </message>
    <message>
        <source>Kind of the target.</source>
        <translation>Art des Ziels.</translation>
    </message>
    <message>
        <source>Name of the target, of this namespace.</source>
        <translation>Name des Ziels, aus diesem Namespace.</translation>
    </message>
    <message>
        <source>A listener of a Gateway, a rule of a route, a provider of a backend, or a port of a Service.</source>
        <translation>Ein Listener eines Gateways, eine Regel einer Route, ein Anbieter eines Backends oder ein Port eines Service.</translation>
    </message>
    <message>
        <source>the policy holds for no port</source>
        <translation>die Richtlinie gilt für keinen Port</translation>
    </message>
    <message>
        <source>Port of a Gateway; of settings of listeners alone.</source>
        <translation>Port eines Gateways; nur bei Einstellungen von Listenern.</translation>
    </message>
    <message>
        <source>Objects by their labels.</source>
        <translation>Objekte nach ihren Labels.</translation>
    </message>
    <message>
        <source>One object.</source>
        <translation>Ein Objekt.</translation>
    </message>
    <message>
        <source>Rules of agentgateway for requests, listeners and backends, attached to other objects.</source>
        <translation>Regeln von agentgateway für Anfragen, Listener und Backends, an andere Objekte gehängt.</translation>
    </message>
    <message>
        <source>What holds, and for what.</source>
        <translation>Was gilt, und wofür.</translation>
    </message>
    <message>
        <source>Objects that it holds for, all of one kind.</source>
        <translation>Objekte, für die sie gilt, alle von einer Art.</translation>
    </message>
    <message>
        <source>Objects that it holds for, by their labels, all of one kind.</source>
        <translation>Objekte, für die sie gilt, nach ihren Labels, alle von einer Art.</translation>
    </message>
    <message>
        <source>How it is merged with others.</source>
        <translation>Wie sie mit anderen zusammengeführt wird.</translation>
    </message>
    <message>
        <source>Override: policies of what lies below its target add nothing.</source>
        <translation>Override: Richtlinien dessen, was unter ihrem Ziel liegt, fügen nichts hinzu.</translation>
    </message>
    <message>
        <source>Settings of listeners.</source>
        <translation>Einstellungen von Listenern.</translation>
    </message>
    <message>
        <source>How backends are spoken to, and what holds for prompts and answers.</source>
        <translation>Wie mit Backends gesprochen wird, und was für Prompts und Antworten gilt.</translation>
    </message>
    <message>
        <source>only Secrets are read</source>
        <translation>nur Secrets werden gelesen</translation>
    </message>
    <message>
        <source>API group of another kind of holder.</source>
        <translation>API-Gruppe eines anderen Trägers.</translation>
    </message>
    <message>
        <source>Secret, where group is empty.</source>
        <translation>Secret, wo group leer ist.</translation>
    </message>
    <message>
        <source>Key of its data; Authorization where absent.</source>
        <translation>Schlüssel seiner Daten; fehlt er, Authorization.</translation>
    </message>
    <message>
        <source>A header.</source>
        <translation>Ein Header.</translation>
    </message>
    <message>
        <source>A parameter of the query.</source>
        <translation>Ein Parameter der Query.</translation>
    </message>
    <message>
        <source>A cookie.</source>
        <translation>Ein Cookie.</translation>
    </message>
    <message>
        <source>CEL that finds it.</source>
        <translation>CEL, das es findet.</translation>
    </message>
    <message>
        <source>Where it stands; Authorization with Bearer where absent.</source>
        <translation>Wo es steht; fehlt es, Authorization mit Bearer.</translation>
    </message>
    <message>
        <source>Namespace of the backend; absent means the policy&apos;s own.</source>
        <translation>Namespace des Backends; fehlt er, der eigene der Richtlinie.</translation>
    </message>
    <message>
        <source>HTTP towards the backend.</source>
        <translation>HTTP zum Backend.</translation>
    </message>
    <message>
        <source>Longest time until the backend&apos;s answer.</source>
        <translation>Längste Zeit bis zur Antwort des Backends.</translation>
    </message>
    <message>
        <source>Version of HTTP; by what the backend says where absent.</source>
        <translation>Version von HTTP; fehlt sie, nach dem, was das Backend sagt.</translation>
    </message>
    <message>
        <source>Longest time until a connection stands.</source>
        <translation>Längste Zeit, bis eine Verbindung steht.</translation>
    </message>
    <message>
        <source>Probes of idle connections.</source>
        <translation>Proben ruhender Verbindungen.</translation>
    </message>
    <message>
        <source>Idle time before the first one.</source>
        <translation>Ruhezeit vor der ersten.</translation>
    </message>
    <message>
        <source>Time between two of them.</source>
        <translation>Zeit zwischen zweien.</translation>
    </message>
    <message>
        <source>Probes without an answer until the connection is cut.</source>
        <translation>Proben ohne Antwort, bis die Verbindung getrennt wird.</translation>
    </message>
    <message>
        <source>Settings for the Model Context Protocol.</source>
        <translation>Einstellungen für das Model Context Protocol.</translation>
    </message>
    <message>
        <source>requests to its backends answer 500 rather than pass unchecked</source>
        <translation>Anfragen an ihre Backends werden mit 500 beantwortet, statt ungeprüft durchzugehen</translation>
    </message>
    <message>
        <source>Asks a service before the backend.</source>
        <translation>Fragt einen Dienst vor dem Backend.</translation>
    </message>
    <message>
        <source>Changes of messages by templates.</source>
        <translation>Änderungen von Nachrichten nach Vorlagen.</translation>
    </message>
    <message>
        <source>The backend is reached by another proxy.</source>
        <translation>Das Backend wird über einen anderen Proxy erreicht.</translation>
    </message>
    <message>
        <source>CEL that makes its value.</source>
        <translation>CEL, das seinen Wert macht.</translation>
    </message>
    <message>
        <source>Patterns that are looked for.</source>
        <translation>Muster, nach denen gesucht wird.</translation>
    </message>
    <message>
        <source>Regular expression (RE2).</source>
        <translation>Regulärer Ausdruck (RE2).</translation>
    </message>
    <message>
        <source>Headers of the request that it sees too.</source>
        <translation>Header der Anfrage, die er auch sieht.</translation>
    </message>
    <message>
        <source>Name of the header.</source>
        <translation>Name des Headers.</translation>
    </message>
    <message>
        <source>The value, or the regular expression.</source>
        <translation>Der Wert oder der reguläre Ausdruck.</translation>
    </message>
    <message>
        <source>What happens when it does not answer.</source>
        <translation>Was geschieht, wenn er nicht antwortet.</translation>
    </message>
    <message>
        <source>Headers that it is sent: name and CEL of the value.</source>
        <translation>Header, die ihm gesendet werden: Name und CEL des Werts.</translation>
    </message>
    <message>
        <source>Asks OpenAI&apos;s moderation.</source>
        <translation>Fragt OpenAIs Moderation.</translation>
    </message>
    <message>
        <source>Model of the moderation.</source>
        <translation>Modell der Moderation.</translation>
    </message>
    <message>
        <source>How it is spoken to: auth, http, tcp, tls.</source>
        <translation>Wie mit ihr gesprochen wird: auth, http, tcp, tls.</translation>
    </message>
    <message>
        <source>Which texts it looks at; system prompt and messages where absent.</source>
        <translation>Welche Texte sie ansieht; fehlt es, System-Prompt und Nachrichten.</translation>
    </message>
    <message>
        <source>One kind of text.</source>
        <translation>Eine Art von Text.</translation>
    </message>
    <message>
        <source>Checks of prompts, one after the other.</source>
        <translation>Prüfungen von Prompts, eine nach der anderen.</translation>
    </message>
    <message>
        <source>One check.</source>
        <translation>Eine Prüfung.</translation>
    </message>
    <message>
        <source>Checks of answers, one after the other.</source>
        <translation>Prüfungen von Antworten, eine nach der anderen.</translation>
    </message>
    <message>
        <source>Are streamed answers checked? agentgateway does where this is set, Gatehouse always.</source>
        <translation>Werden gestreamte Antworten geprüft? agentgateway tut es, wo dies gesetzt ist, Gatehouse immer.</translation>
    </message>
    <message>
        <source>Body fields that are set, whatever a request says.</source>
        <translation>Felder des Rumpfs, die gesetzt werden, was immer eine Anfrage sagt.</translation>
    </message>
    <message>
        <source>Names of models that clients may use, and what they stand for.</source>
        <translation>Namen von Modellen, die Clients verwenden dürfen, und wofür sie stehen.</translation>
    </message>
    <message>
        <source>Marks for caches of providers that have them.</source>
        <translation>Marken für Caches von Anbietern, die welche haben.</translation>
    </message>
    <message>
        <source>Mark the system prompt?</source>
        <translation>Den System-Prompt markieren?</translation>
    </message>
    <message>
        <source>Mark the messages?</source>
        <translation>Die Nachrichten markieren?</translation>
    </message>
    <message>
        <source>Mark the tools?</source>
        <translation>Die Werkzeuge markieren?</translation>
    </message>
    <message>
        <source>Shorter prompts get no mark.</source>
        <translation>Kürzere Prompts bekommen keine Marke.</translation>
    </message>
    <message>
        <source>So many of the last messages stay without a mark.</source>
        <translation>So viele der letzten Nachrichten bleiben ohne Marke.</translation>
    </message>
    <message>
        <source>Body fields that CEL computes.</source>
        <translation>Felder des Rumpfs, die CEL berechnet.</translation>
    </message>
    <message>
        <source>Body fields that CEL computes of the request as the provider gets it.</source>
        <translation>Felder des Rumpfs, die CEL aus der Anfrage berechnet, wie sie der Anbieter bekommt.</translation>
    </message>
    <message>
        <source>Ends of paths, or *, and the API that requests to them speak.</source>
        <translation>Enden von Pfaden, oder *, und die API, die Anfragen dorthin sprechen.</translation>
    </message>
    <message>
        <source>Fields that are set.</source>
        <translation>Felder, die gesetzt werden.</translation>
    </message>
    <message>
        <source>Fields that are added.</source>
        <translation>Felder, die hinzukommen.</translation>
    </message>
    <message>
        <source>Fields that are taken out.</source>
        <translation>Felder, die entfernt werden.</translation>
    </message>
    <message>
        <source>How this model is served. Not of a virtual one.</source>
        <translation>Wie dieses Modell bedient wird. Nicht bei einem virtuellen.</translation>
    </message>
    <message>
        <source>Who may ask for it.</source>
        <translation>Wer es verlangen darf.</translation>
    </message>
    <message>
        <source>What comes of an expression that is true.</source>
        <translation>Was aus einem Ausdruck folgt, der wahr ist.</translation>
    </message>
    <message>
        <source>Expressions.</source>
        <translation>Ausdrücke.</translation>
    </message>
    <message>
        <source>CEL, each true or false.</source>
        <translation>CEL, jeder wahr oder falsch.</translation>
    </message>
    <message>
        <source>An expression.</source>
        <translation>Ein Ausdruck.</translation>
    </message>
    <message>
        <source>Changes of header fields.</source>
        <translation>Änderungen an Header-Feldern.</translation>
    </message>
    <message>
        <source>Of requests to the provider.</source>
        <translation>Der Anfragen an den Anbieter.</translation>
    </message>
    <message>
        <source>Of its answers.</source>
        <translation>Seiner Antworten.</translation>
    </message>
    <message>
        <source>The model.</source>
        <translation>Das Modell.</translation>
    </message>
    <message>
        <source>Name of an AgentgatewayModel of this namespace.</source>
        <translation>Name eines AgentgatewayModel dieses Namespace.</translation>
    </message>
    <message>
        <source>What it is asked for; needed where its name is a pattern.</source>
        <translation>Wonach es gefragt wird; nötig, wo sein Name ein Muster ist.</translation>
    </message>
    <message>
        <source>The models that it stands for.</source>
        <translation>Die Modelle, für die es steht.</translation>
    </message>
    <message>
        <source>One model.</source>
        <translation>Ein Modell.</translation>
    </message>
    <message>
        <source>A name that stands for other models.</source>
        <translation>Ein Name, der für andere Modelle steht.</translation>
    </message>
    <message>
        <source>Drawn by weight.</source>
        <translation>Nach Gewicht gezogen.</translation>
    </message>
    <message>
        <source>Its share, relative to the others.</source>
        <translation>Sein Anteil, im Verhältnis zu den anderen.</translation>
    </message>
    <message>
        <source>The next ones when the first fail.</source>
        <translation>Die nächsten, wenn die ersten ausfallen.</translation>
    </message>
    <message>
        <source>Lower ones are asked first; those of one priority take turns.</source>
        <translation>Niedrigere werden zuerst gefragt; die einer Priorität wechseln sich ab.</translation>
    </message>
    <message>
        <source>The first whose condition is true.</source>
        <translation>Das erste, dessen Bedingung wahr ist.</translation>
    </message>
    <message>
        <source>CEL; the last one may do without.</source>
        <translation>CEL; beim letzten darf es fehlen.</translation>
    </message>
    <message>
        <source>Gateways and ListenerSets whose listeners serve it; they allow its kind in allowedRoutes.kinds.</source>
        <translation>Gateways und ListenerSets, deren Listener es bedienen; sie erlauben seine Art in allowedRoutes.kinds.</translation>
    </message>
    <message>
        <source>What clients name.</source>
        <translation>Was Clients nennen.</translation>
    </message>
    <message>
        <source>A name, gpt-*, *-latest or *; the object&apos;s own name where absent.</source>
        <translation>Ein Name, gpt-*, *-latest oder *; fehlt er, der des Objekts.</translation>
    </message>
    <message>
        <source>Internal: only virtual models may name it.</source>
        <translation>Internal: nur virtuelle Modelle dürfen es nennen.</translation>
    </message>
    <message>
        <source>Who serves it.</source>
        <translation>Wer es bedient.</translation>
    </message>
    <message>
        <source>Where the provider is reached, and what stands in place of /v1 there.</source>
        <translation>Wo der Anbieter erreicht wird und was dort an der Stelle von /v1 steht.</translation>
    </message>
    <message>
        <source>A resource of Azure.</source>
        <translation>Eine Ressource von Azure.</translation>
    </message>
    <message>
        <source>The Service or InferencePool that it runs in, of this namespace.</source>
        <translation>Der Service oder InferencePool, in dem er läuft, aus diesem Namespace.</translation>
    </message>
    <message>
        <source>A model that clients may name, and who serves it.</source>
        <translation>Ein Modell, das Clients nennen dürfen, und wer es bedient.</translation>
    </message>
    <message>
        <source>Must every client show one?</source>
        <translation>Muss jeder Client eines zeigen?</translation>
    </message>
    <message>
        <source>Value of the header.</source>
        <translation>Wert des Headers.</translation>
    </message>
    <message>
        <source>Headers to replace or add.</source>
        <translation>Header, die ersetzt oder hinzugefügt werden.</translation>
    </message>
    <message>
        <source>Headers to append to.</source>
        <translation>Header, an die angehängt wird.</translation>
    </message>
    <message>
        <source>Headers to take away.</source>
        <translation>Header, die entfernt werden.</translation>
    </message>
    <message>
        <source>Which pages of other sites may read answers.</source>
        <translation>Welche Seiten anderer Websites Antworten lesen dürfen.</translation>
    </message>
    <message>
        <source>Origins such as https://example.com.</source>
        <translation>Ursprünge wie https://example.com.</translation>
    </message>
    <message>
        <source>Methods.</source>
        <translation>Methoden.</translation>
    </message>
    <message>
        <source>A method.</source>
        <translation>Eine Methode.</translation>
    </message>
    <message>
        <source>Headers that requests may carry.</source>
        <translation>Header, die Anfragen tragen dürfen.</translation>
    </message>
    <message>
        <source>Headers of answers that pages may read.</source>
        <translation>Header von Antworten, die Seiten lesen dürfen.</translation>
    </message>
    <message>
        <source>May they send cookies and the like?</source>
        <translation>Dürfen sie Cookies und Ähnliches senden?</translation>
    </message>
    <message>
        <source>How long a browser may keep the answer.</source>
        <translation>Wie lange ein Browser die Antwort behalten darf.</translation>
    </message>
    <message>
        <source>Address of the service in place of backendRef.</source>
        <translation>Adresse des Dienstes statt backendRef.</translation>
    </message>
    <message>
        <source>It is asked over gRPC.</source>
        <translation>Er wird über gRPC gefragt.</translation>
    </message>
    <message>
        <source>It is asked over HTTP.</source>
        <translation>Er wird über HTTP gefragt.</translation>
    </message>
    <message>
        <source>Headers of its answer that go on to the backend.</source>
        <translation>Header seiner Antwort, die an das Backend weitergehen.</translation>
    </message>
    <message>
        <source>CEL of the path that it is asked at.</source>
        <translation>CEL des Pfads, unter dem er gefragt wird.</translation>
    </message>
    <message>
        <source>CEL of the body that it is sent.</source>
        <translation>CEL des Rumpfs, der ihm gesendet wird.</translation>
    </message>
    <message>
        <source>CEL of where a refused client is sent to.</source>
        <translation>CEL dessen, wohin ein abgewiesener Client geschickt wird.</translation>
    </message>
    <message>
        <source>What of its answer other policies may use.</source>
        <translation>Was andere Richtlinien von seiner Antwort verwenden dürfen.</translation>
    </message>
    <message>
        <source>The request&apos;s body is sent too.</source>
        <translation>Der Rumpf der Anfrage wird auch gesendet.</translation>
    </message>
    <message>
        <source>Longest body; longer ones are refused.</source>
        <translation>Längster Rumpf; längere werden abgelehnt.</translation>
    </message>
    <message>
        <source>Answers that are kept.</source>
        <translation>Antworten, die aufgehoben werden.</translation>
    </message>
    <message>
        <source>Settings by condition.</source>
        <translation>Einstellungen nach Bedingung.</translation>
    </message>
    <message>
        <source>How much may be asked in which time.</source>
        <translation>Wie viel in welcher Zeit angefragt werden darf.</translation>
    </message>
    <message>
        <source>Limits that this gateway counts itself.</source>
        <translation>Grenzen, die dieses Gateway selbst zählt.</translation>
    </message>
    <message>
        <source>One limit.</source>
        <translation>Eine Grenze.</translation>
    </message>
    <message>
        <source>So many requests.</source>
        <translation>So viele Anfragen.</translation>
    </message>
    <message>
        <source>So many tokens.</source>
        <translation>So viele Tokens.</translation>
    </message>
    <message>
        <source>In which time.</source>
        <translation>In welcher Zeit.</translation>
    </message>
    <message>
        <source>So many more at once.</source>
        <translation>So viele mehr auf einmal.</translation>
    </message>
    <message>
        <source>only local limits are counted</source>
        <translation>nur lokale Grenzen werden gezählt</translation>
    </message>
    <message>
        <source>Clients show a key.</source>
        <translation>Clients zeigen einen Schlüssel.</translation>
    </message>
    <message>
        <source>Secret that holds the keys, one by entry.</source>
        <translation>Secret mit den Schlüsseln, einer je Eintrag.</translation>
    </message>
    <message>
        <source>Secrets that hold keys, by their labels.</source>
        <translation>Secrets mit Schlüsseln, nach ihren Labels.</translation>
    </message>
    <message>
        <source>ConfigMaps that hold hashes of keys, by their labels.</source>
        <translation>ConfigMaps mit Hashes von Schlüsseln, nach ihren Labels.</translation>
    </message>
    <message>
        <source>Clients show a token (JWT).</source>
        <translation>Clients zeigen ein Token (JWT).</translation>
    </message>
    <message>
        <source>Who may have signed it.</source>
        <translation>Wer es signiert haben darf.</translation>
    </message>
    <message>
        <source>One issuer.</source>
        <translation>Ein Aussteller.</translation>
    </message>
    <message>
        <source>What the token&apos;s iss must say.</source>
        <translation>Was iss des Tokens sagen muss.</translation>
    </message>
    <message>
        <source>Of which the token&apos;s aud must have one.</source>
        <translation>Von denen aud des Tokens eines haben muss.</translation>
    </message>
    <message>
        <source>The keys of the issuer.</source>
        <translation>Die Schlüssel des Ausstellers.</translation>
    </message>
    <message>
        <source>The key set as JSON.</source>
        <translation>Der Schlüsselsatz als JSON.</translation>
    </message>
    <message>
        <source>Where the key set is fetched.</source>
        <translation>Wo der Schlüsselsatz geholt wird.</translation>
    </message>
    <message>
        <source>The service that has it.</source>
        <translation>Der Dienst, der ihn hat.</translation>
    </message>
    <message>
        <source>Its path there.</source>
        <translation>Sein Pfad dort.</translation>
    </message>
    <message>
        <source>Its address, in place of backendRef.</source>
        <translation>Seine Adresse, statt backendRef.</translation>
    </message>
    <message>
        <source>How long it is kept.</source>
        <translation>Wie lange er behalten wird.</translation>
    </message>
    <message>
        <source>Clients show a name and a password.</source>
        <translation>Clients zeigen Name und Passwort.</translation>
    </message>
    <message>
        <source>What browsers show to those who are asked.</source>
        <translation>Was Browser denen zeigen, die gefragt werden.</translation>
    </message>
    <message>
        <source>Lines as htpasswd writes them.</source>
        <translation>Zeilen, wie htpasswd sie schreibt.</translation>
    </message>
    <message>
        <source>A line.</source>
        <translation>Eine Zeile.</translation>
    </message>
    <message>
        <source>Secret that holds such lines.</source>
        <translation>Secret mit solchen Zeilen.</translation>
    </message>
    <message>
        <source>Which requests may pass, by CEL.</source>
        <translation>Welche Anfragen durchgehen dürfen, nach CEL.</translation>
    </message>
    <message>
        <source>What comes of a rule that fits.</source>
        <translation>Was aus einer Regel wird, die passt.</translation>
    </message>
    <message>
        <source>The rules.</source>
        <translation>Die Regeln.</translation>
    </message>
    <message>
        <source>CEL; of Allow and Deny one must be true, of Require all.</source>
        <translation>CEL; bei Allow und Deny muss eines wahr sein, bei Require alle.</translation>
    </message>
    <message>
        <source>An answer without a backend.</source>
        <translation>Eine Antwort ohne Backend.</translation>
    </message>
    <message>
        <source>Headers of the answer.</source>
        <translation>Header der Antwort.</translation>
    </message>
    <message>
        <source>requests on its routes answer 500</source>
        <translation>Anfragen auf ihren Routen werden mit 500 beantwortet</translation>
    </message>
    <message>
        <source>CEL of the body.</source>
        <translation>CEL des Rumpfs.</translation>
    </message>
    <message>
        <source>What holds for requests.</source>
        <translation>Was für Anfragen gilt.</translation>
    </message>
    <message>
        <source>After the route is found, or before it.</source>
        <translation>Nachdem die Route gefunden ist, oder davor.</translation>
    </message>
    <message>
        <source>Times.</source>
        <translation>Zeiten.</translation>
    </message>
    <message>
        <source>Longest time of a whole request.</source>
        <translation>Längste Zeit einer ganzen Anfrage.</translation>
    </message>
    <message>
        <source>Further tries.</source>
        <translation>Weitere Versuche.</translation>
    </message>
    <message>
        <source>Least wait before the next try.</source>
        <translation>Kürzeste Wartezeit vor dem nächsten Versuch.</translation>
    </message>
    <message>
        <source>Statuses after which it is tried again.</source>
        <translation>Status, nach denen es noch einmal versucht wird.</translation>
    </message>
    <message>
        <source>A status.</source>
        <translation>Ein Status.</translation>
    </message>
    <message>
        <source>CEL of answers after which it is tried again.</source>
        <translation>CEL von Antworten, nach denen es noch einmal versucht wird.</translation>
    </message>
    <message>
        <source>CEL of requests that are tried again.</source>
        <translation>CEL von Anfragen, die noch einmal versucht werden.</translation>
    </message>
    <message>
        <source>Of requests.</source>
        <translation>Von Anfragen.</translation>
    </message>
    <message>
        <source>Of answers.</source>
        <translation>Von Antworten.</translation>
    </message>
    <message>
        <source>Host that backends see.</source>
        <translation>Host, den Backends sehen.</translation>
    </message>
    <message>
        <source>The backend&apos;s own name, or the client&apos;s.</source>
        <translation>Der eigene Name des Backends oder der des Clients.</translation>
    </message>
    <message>
        <source>Bodies that are held in memory.</source>
        <translation>Rümpfe, die im Speicher gehalten werden.</translation>
    </message>
    <message>
        <source>Asks a service of your own by kgateway&apos;s guardrail API. Where it cannot say, nothing passes.</source>
        <translation>Fragt einen eigenen Dienst nach kgateways Guardrail-API. Wo er nichts sagen kann, kommt nichts durch.</translation>
    </message>
    <message>
        <source>The service; TLS where the port is 443.</source>
        <translation>Der Dienst; TLS, wo der Port 443 ist.</translation>
    </message>
    <message>
        <source>Fields of the client&apos;s request that the service is shown; none unless named.</source>
        <translation>Felder der Anfrage, die der Dienst zu sehen bekommt; ohne Nennung keine.</translation>
    </message>
    <message>
        <source>Name of the field.</source>
        <translation>Name des Feldes.</translation>
    </message>
    <message>
        <source>What its value must be.</source>
        <translation>Was sein Wert sein muss.</translation>
    </message>
    <message>
        <source>Asks a moderation model; what it flags is refused, and where it cannot say nothing passes.</source>
        <translation>Fragt ein Moderationsmodell; was es beanstandet, wird abgelehnt, und wo es nichts sagen kann, kommt nichts durch.</translation>
    </message>
    <message>
        <source>OpenAI&apos;s moderations.</source>
        <translation>OpenAIs Moderation.</translation>
    </message>
    <message>
        <source>Model that judges; absent leaves it to the service.</source>
        <translation>Modell, das urteilt; ohne Angabe entscheidet der Dienst.</translation>
    </message>
    <message>
        <source>spec names no destination.</source>
        <translation>spec nennt kein Ziel.</translation>
    </message>
    <message>
        <source>spec.static.unixPath is not run by this version.</source>
        <translation>spec.static.unixPath führt diese Version nicht aus.</translation>
    </message>
    <message>
        <source>spec.static needs host and port.</source>
        <translation>spec.static braucht host und port.</translation>
    </message>
    <message>
        <source>It names no target.</source>
        <translation>Sie nennt kein Ziel.</translation>
    </message>
    <message>
        <source>{} {}. What cannot be read allows nothing.</source>
        <translation>{} {}. Was nicht lesbar ist, erlaubt nichts.</translation>
    </message>
    <message>
        <source>location belongs to key, secretRef or passthrough alone.</source>
        <translation>location gehört nur zu key, secretRef oder passthrough.</translation>
    </message>
    <message>
        <source>The key stands in the file, for everyone who reads it; keep it in a Secret and use secretRef.</source>
        <translation>Der Schlüssel steht in der Datei, für alle, die sie lesen; bewahren Sie ihn in einem Secret auf und verwenden Sie secretRef.</translation>
    </message>
    <message>
        <source>audience belongs to type IdToken alone.</source>
        <translation>audience gehört nur zum Typ IdToken.</translation>
    </message>
    <message>
        <source>Where nothing is verified there can be no caCertificateRefs; remove one of the two.</source>
        <translation>Wo nichts geprüft wird, kann es keine caCertificateRefs geben; entfernen Sie eines von beiden.</translation>
    </message>
    <message>
        <source>SPIFFE brings its own certificates: no other setting of certificates can stand beside it.</source>
        <translation>SPIFFE bringt eigene Zertifikate mit: daneben kann keine andere Einstellung von Zertifikaten stehen.</translation>
    </message>
    <message>
        <source>SPIFFE is not run by this version: requests answer 503.</source>
        <translation>SPIFFE führt diese Version nicht aus: Anfragen werden mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>{} does not exist; requests to the backend answer 503.</source>
        <translation>{} gibt es nicht; Anfragen an das Backend werden mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>A custom provider needs either backendRef, or host and port.</source>
        <translation>Ein eigener Anbieter braucht entweder backendRef, oder host und port.</translation>
    </message>
    <message>
        <source>backendRef of a custom provider names a Service or an InferencePool.</source>
        <translation>backendRef eines eigenen Anbieters nennt einen Service oder einen InferencePool.</translation>
    </message>
    <message>
        <source>Paths of formats, path and pathPrefix exclude each other.</source>
        <translation>Pfade von formats, path und pathPrefix schließen einander aus.</translation>
    </message>
    <message>
        <source>A path begins with /.</source>
        <translation>Ein Pfad beginnt mit /.</translation>
    </message>
    <message>
        <source>pathPrefix is for openai, anthropic and custom.</source>
        <translation>pathPrefix ist für openai, anthropic und custom.</translation>
    </message>
    <message>
        <source>The provider&apos;s host is named and no policies.tls, so it is spoken to without TLS unless a policy sets it; port 443 expects TLS.</source>
        <translation>Der Host des Anbieters ist genannt und kein policies.tls, also wird mit ihm ohne TLS gesprochen, wenn keine Richtlinie es setzt; Port 443 erwartet TLS.</translation>
    </message>
    <message>
        <source>Of {} at most one may be set, but {} are.</source>
        <translation>Von {} darf höchstens eines gesetzt sein, es sind aber {}.</translation>
    </message>
    <message>
        <source>At least one of {} must be set.</source>
        <translation>Mindestens eines von {} muss gesetzt sein.</translation>
    </message>
    <message>
        <source>{} and {} exclude each other.</source>
        <translation>{} und {} schließen einander aus.</translation>
    </message>
    <message>
        <source>{} as it stands here needs {} beside it.</source>
        <translation>{} braucht, wie es hier steht, {} daneben.</translation>
    </message>
    <message>
        <source>The shortest time here is {}.</source>
        <translation>Die kürzeste Zeit ist hier {}.</translation>
    </message>
    <message>
        <source>Another holder than a Secret needs both group and kind.</source>
        <translation>Ein anderer Träger als ein Secret braucht group und kind.</translation>
    </message>
    <message>
        <source>Secret {}/{} does not exist; requests that need it answer 500.</source>
        <translation>Secret {}/{} gibt es nicht; Anfragen, die es brauchen, werden mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>Secret {}/{} has no key {}, which is read from it.</source>
        <translation>Secret {}/{} hat keinen Schlüssel {}, der daraus gelesen wird.</translation>
    </message>
    <message>
        <source>A provider of another group is named {} already.</source>
        <translation>Ein Anbieter einer anderen Gruppe heißt schon {}.</translation>
    </message>
    <message>
        <source>A static backend needs host and port.</source>
        <translation>Ein statisches Backend braucht host und port.</translation>
    </message>
    <message>
        <source>policies.ai needs a backend with ai.</source>
        <translation>policies.ai braucht ein Backend mit ai.</translation>
    </message>
    <message>
        <source>{} belongs to provider {} alone.</source>
        <translation>{} gehört allein zum Anbieter {}.</translation>
    </message>
    <message>
        <source>Provider {} needs {}.</source>
        <translation>Der Anbieter {} braucht {}.</translation>
    </message>
    <message>
        <source>Foundry needs projectName.</source>
        <translation>Foundry braucht projectName.</translation>
    </message>
    <message>
        <source>Ollama needs baseURL.</source>
        <translation>Ollama braucht baseURL.</translation>
    </message>
    <message>
        <source>baseURL needs provider.</source>
        <translation>baseURL braucht provider.</translation>
    </message>
    <message>
        <source>baseURL is an absolute http or https URL without query, fragment or user.</source>
        <translation>baseURL ist eine absolute http- oder https-URL ohne Query, Fragment und Benutzer.</translation>
    </message>
    <message>
        <source>A server of your own needs backendRef or baseURL.</source>
        <translation>Ein eigener Server braucht backendRef oder baseURL.</translation>
    </message>
    <message>
        <source>A virtual model is public.</source>
        <translation>Ein virtuelles Modell ist öffentlich.</translation>
    </message>
    <message>
        <source>A virtual model has an exact name.</source>
        <translation>Ein virtuelles Modell hat einen genauen Namen.</translation>
    </message>
    <message>
        <source>A virtual model has no policies; its targets have them.</source>
        <translation>Ein virtuelles Modell hat keine policies; seine Ziele haben sie.</translation>
    </message>
    <message>
        <source>AgentgatewayModel {}/{} does not exist in this workspace; create it or correct the reference.</source>
        <translation>AgentgatewayModel {}/{} gibt es in diesem Arbeitsbereich nicht; legen Sie es an oder berichtigen Sie den Verweis.</translation>
    </message>
    <message>
        <source>{} is virtual itself.</source>
        <translation>{} ist selbst virtuell.</translation>
    </message>
    <message>
        <source>{} is known by a pattern, so model says what it is asked for.</source>
        <translation>{} ist unter einem Muster bekannt, also sagt model, wonach es gefragt wird.</translation>
    </message>
    <message>
        <source>Only the last target may do without when.</source>
        <translation>Nur beim letzten Ziel darf when fehlen.</translation>
    </message>
    <message>
        <source>match.model is a name, *, gpt-* or *-latest.</source>
        <translation>match.model ist ein Name, *, gpt-* oder *-latest.</translation>
    </message>
    <message>
        <source>spec names neither a provider nor a virtual model that is known.</source>
        <translation>spec nennt weder einen bekannten Anbieter noch ein virtuelles Modell.</translation>
    </message>
    <message>
        <source>The virtual model has no targets.</source>
        <translation>Das virtuelle Modell hat keine Ziele.</translation>
    </message>
    <message>
        <source>AgentgatewayModel {}/{} does not exist.</source>
        <translation>AgentgatewayModel {}/{} gibt es nicht.</translation>
    </message>
    <message>
        <source>{} cannot be a target.</source>
        <translation>{} kann kein Ziel sein.</translation>
    </message>
    <message>
        <source>{} is known by a pattern, and no model is named.</source>
        <translation>{} ist unter einem Muster bekannt, und kein Modell ist genannt.</translation>
    </message>
    <message>
        <source>when: {}</source>
        <translation>when: {}</translation>
    </message>
    <message>
        <source>A pattern is *, gpt-* or *-latest.</source>
        <translation>Ein Muster ist *, gpt-* oder *-latest.</translation>
    </message>
    <message>
        <source>Guards that ask a service look at system prompt and messages; another scope is for regex.</source>
        <translation>Wächter, die einen Dienst fragen, sehen System-Prompt und Nachrichten an; ein anderer scope ist für regex.</translation>
    </message>
    <message>
        <source>targetRefs and targetSelectors exclude each other.</source>
        <translation>targetRefs und targetSelectors schließen einander aus.</translation>
    </message>
    <message>
        <source>The policy needs targetRefs or targetSelectors.</source>
        <translation>Die Richtlinie braucht targetRefs oder targetSelectors.</translation>
    </message>
    <message>
        <source>All targets of a policy are of one kind.</source>
        <translation>Alle Ziele einer Richtlinie sind von einer Art.</translation>
    </message>
    <message>
        <source>traffic holds for Gateways, ListenerSets, routes and InferencePools.</source>
        <translation>traffic gilt für Gateways, ListenerSets, Routen und InferencePools.</translation>
    </message>
    <message>
        <source>The phase PreRouting is for Gateways and ListenerSets.</source>
        <translation>Die Phase PreRouting ist für Gateways und ListenerSets.</translation>
    </message>
    <message>
        <source>backend.ai cannot hold for a Service.</source>
        <translation>backend.ai kann nicht für einen Service gelten.</translation>
    </message>
    <message>
        <source>frontend holds for Gateways alone.</source>
        <translation>frontend gilt nur für Gateways.</translation>
    </message>
    <message>
        <source>The section of a Service is the number of a port.</source>
        <translation>Der Abschnitt eines Service ist die Nummer eines Ports.</translation>
    </message>
    <message>
        <source>The phase PreRouting has no {}.</source>
        <translation>Die Phase PreRouting hat kein {}.</translation>
    </message>
    <message>
        <source>The answer needs a status.</source>
        <translation>Die Antwort braucht einen Status.</translation>
    </message>
    <message>
        <source>inheritance is for policies of traffic alone.</source>
        <translation>inheritance ist nur für Richtlinien mit traffic.</translation>
    </message>
    <message>
        <source>Secret {}/{}: {}</source>
        <translation>Secret {}/{}: {}</translation>
    </message>
    <message>
        <source>Secret {}/{} holds no credentials: accessKey and secretKey, a profile, or Authorization.</source>
        <translation>Secret {}/{} enthält keine Zugangsdaten: accessKey und secretKey, ein profile oder Authorization.</translation>
    </message>
    <message>
        <source>names no model; write patterns with commas between, or * for all</source>
        <translation>nennt kein Modell; schreiben Sie Muster mit Kommas dazwischen, oder * für alle</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no amount such as 2.50 or 2.50 USD</source>
        <translation>„{}“ ist kein Betrag wie 2.50 oder 2.50 USD</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no whole number</source>
        <translation>„{}“ ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>the Secret has no key named {}</source>
        <translation>das Secret hat keinen Schlüssel namens {}</translation>
    </message>
    <message>
        <source>holds no key</source>
        <translation>enthält keinen Schlüssel</translation>
    </message>
    <message>
        <source>must be JSON with keyHash: what is no Secret may hold no key in clear</source>
        <translation>muss JSON mit keyHash sein: was kein Secret ist, darf keinen Schlüssel im Klartext enthalten</translation>
    </message>
    <message>
        <source>begins like JSON and is none</source>
        <translation>beginnt wie JSON und ist keines</translation>
    </message>
    <message>
        <source>must hold either key or keyHash</source>
        <translation>muss entweder key oder keyHash enthalten</translation>
    </message>
    <message>
        <source>holds a key in clear, which only a Secret may</source>
        <translation>enthält einen Schlüssel im Klartext, was nur ein Secret darf</translation>
    </message>
    <message>
        <source>holds a key that is no text</source>
        <translation>enthält einen Schlüssel, der kein Text ist</translation>
    </message>
    <message>
        <source>holds a keyHash that is not sha256: and 64 hex digits</source>
        <translation>enthält einen keyHash, der nicht sha256: und 64 Hexadezimalziffern ist</translation>
    </message>
    <message>
        <source>holds metadata that is no JSON object</source>
        <translation>enthält metadata, die kein JSON-Objekt sind</translation>
    </message>
    <message>
        <source>The file of budgets holds no budgets; repair or remove it.</source>
        <translation>Die Datei der Budgets enthält keine Budgets; reparieren oder entfernen Sie sie.</translation>
    </message>
    <message>
        <source>The file of budgets {} cannot be read.</source>
        <translation>Die Datei der Budgets {} ist nicht lesbar.</translation>
    </message>
    <message>
        <source>{} could not be written: {}</source>
        <translation>{} ließ sich nicht schreiben: {}</translation>
    </message>
    <message>
        <source>{}; the rule lets it pass all the same</source>
        <translation>{}; die Regel lässt sie trotzdem durch</translation>
    </message>
    <message>
        <source>query parameter {}</source>
        <translation>Abfrageparameter {}</translation>
    </message>
    <message>
        <source>{} is used up; {} s until there is more</source>
        <translation>{} ist verbraucht; {} s, bis es mehr gibt</translation>
    </message>
    <message>
        <source>no token was shown ({})</source>
        <translation>kein Token wurde gezeigt ({})</translation>
    </message>
    <message>
        <source>A token is required.</source>
        <translation>Ein Token ist nötig.</translation>
    </message>
    <message>
        <source>Bearer realm=&quot;gatehouse&quot;</source>
        <translation>Bearer realm=&quot;gatehouse&quot;</translation>
    </message>
    <message>
        <source>the token could not be checked: {}</source>
        <translation>das Token konnte nicht geprüft werden: {}</translation>
    </message>
    <message>
        <source>The token cannot be checked now; try again.</source>
        <translation>Der Token lässt sich gerade nicht prüfen; versuchen Sie es wieder.</translation>
    </message>
    <message>
        <source>the token was refused: {}</source>
        <translation>das Token wurde abgelehnt: {}</translation>
    </message>
    <message>
        <source>The token is not valid.</source>
        <translation>Der Token ist nicht gültig.</translation>
    </message>
    <message>
        <source>Bearer realm=&quot;gatehouse&quot;, error=&quot;invalid_token&quot;</source>
        <translation>Bearer realm=&quot;gatehouse&quot;, error=&quot;invalid_token&quot;</translation>
    </message>
    <message>
        <source>no user name and password were shown</source>
        <translation>weder Benutzername noch Passwort wurden gezeigt</translation>
    </message>
    <message>
        <source>A user name and password are required.</source>
        <translation>Benutzername und Passwort sind nötig.</translation>
    </message>
    <message>
        <source>too many passwords wait to be checked</source>
        <translation>zu viele Passwörter warten auf ihre Prüfung</translation>
    </message>
    <message>
        <source>Too many requests wait to be admitted; try again.</source>
        <translation>Zu viele Anfragen warten auf Einlass; versuchen Sie es wieder.</translation>
    </message>
    <message>
        <source>the user name or the password is wrong</source>
        <translation>der Benutzername oder das Passwort ist falsch</translation>
    </message>
    <message>
        <source>The user name or the password is wrong.</source>
        <translation>Der Benutzername oder das Passwort ist falsch.</translation>
    </message>
    <message>
        <source>ApiKey realm=&quot;gatehouse&quot;</source>
        <translation>ApiKey realm=&quot;gatehouse&quot;</translation>
    </message>
    <message>
        <source>no API key was shown ({})</source>
        <translation>kein API-Schlüssel wurde gezeigt ({})</translation>
    </message>
    <message>
        <source>An API key is required.</source>
        <translation>Ein API-Schlüssel ist nötig.</translation>
    </message>
    <message>
        <source>the API key in {} is none of those that are known</source>
        <translation>der API-Schlüssel in {} ist keiner der bekannten</translation>
    </message>
    <message>
        <source>The API key is not valid.</source>
        <translation>Der API-Schlüssel ist nicht gültig.</translation>
    </message>
    <message>
        <source>no rule allows it</source>
        <translation>keine Regel erlaubt es</translation>
    </message>
    <message>
        <source>a rule of {} denies it</source>
        <translation>eine Regel von {} verbietet es</translation>
    </message>
    <message>
        <source>what {} requires does not hold</source>
        <translation>was {} verlangt, gilt nicht</translation>
    </message>
    <message>
        <source>the rate of key {} ({})</source>
        <translation>die Rate des Schlüssels {} ({})</translation>
    </message>
    <message>
        <source>This key makes too many requests; try again later.</source>
        <translation>Dieser Schlüssel stellt zu viele Anfragen; versuchen Sie es später wieder.</translation>
    </message>
    <message>
        <source>key {} may ask for some models only, and the request names none that can be read</source>
        <translation>Schlüssel {} darf nur manche Modelle verlangen, und die Anfrage nennt keines, das lesbar ist</translation>
    </message>
    <message>
        <source>key {} may not ask for model {}</source>
        <translation>Schlüssel {} darf Modell {} nicht verlangen</translation>
    </message>
    <message>
        <source>This key may only call models that it names.</source>
        <translation>Dieser Schlüssel darf nur Modelle aufrufen, die er nennt.</translation>
    </message>
    <message>
        <source>This key may not call the model {}.</source>
        <translation>Dieser Schlüssel darf das Modell {} nicht aufrufen.</translation>
    </message>
    <message>
        <source>the budget of key {} of {} tokens a day</source>
        <translation>das Budget des Schlüssels {} von {} Tokens am Tag</translation>
    </message>
    <message>
        <source>The daily token budget of this key is used up; it begins anew at midnight UTC.</source>
        <translation>Das Tagesbudget dieses Schlüssels an Tokens ist verbraucht; es beginnt um Mitternacht UTC von neuem.</translation>
    </message>
    <message>
        <source>the budget of key {} of {:.6g} {} a day</source>
        <translation>das Budget des Schlüssels {} von {} {} am Tag</translation>
    </message>
    <message>
        <source>The daily money budget of this key is used up; it begins anew at midnight UTC.</source>
        <translation>Das Tagesbudget dieses Schlüssels an Geld ist verbraucht; es beginnt um Mitternacht UTC von neuem.</translation>
    </message>
    <message>
        <source>no subject</source>
        <translation>kein Subjekt</translation>
    </message>
    <message>
        <source>subject {}</source>
        <translation>Subjekt {}</translation>
    </message>
    <message>
        <source>user {}</source>
        <translation>Benutzer {}</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>let pass</source>
        <translation>durchgelassen</translation>
    </message>
    <message>
        <source>no credentials were shown, and the rule asks for none</source>
        <translation>nichts wurde gezeigt, und die Regel verlangt nichts</translation>
    </message>
    <message>
        <source>{} tokens</source>
        <translation>{} Tokens</translation>
    </message>
    <message>
        <source>and {:.9f} {}</source>
        <translation>und {} {}</translation>
    </message>
    <message>
        <source>today {} tokens</source>
        <translation>heute {} Tokens</translation>
    </message>
    <message>
        <source>an expression</source>
        <translation>ein Ausdruck</translation>
    </message>
    <message>
        <source>The PEM text holds no public key of RSA (2,048 bits or more), P-256, P-384 or Ed25519.</source>
        <translation>Der PEM-Text enthält keinen öffentlichen Schlüssel von RSA (2048 Bit oder mehr), P-256, P-384 oder Ed25519.</translation>
    </message>
    <message>
        <source>The text is neither a JSON Web Key Set nor a public key as PEM.</source>
        <translation>Der Text ist weder ein JSON Web Key Set noch ein öffentlicher Schlüssel als PEM.</translation>
    </message>
    <message>
        <source>A JSON Web Key Set has a list &quot;keys&quot;.</source>
        <translation>Ein JSON Web Key Set hat eine Liste „keys“.</translation>
    </message>
    <message>
        <source>The key set has no key that can be used: RSA of 2,048 bits or more, P-256, P-384 or Ed25519, for signatures.</source>
        <translation>Der Schlüsselsatz hat keinen verwendbaren Schlüssel: RSA mit 2048 Bit oder mehr, P-256, P-384 oder Ed25519, für Signaturen.</translation>
    </message>
    <message>
        <source>It answered {}.</source>
        <translation>Er antwortete {}.</translation>
    </message>
    <message>
        <source>{} brought no keys: {}</source>
        <translation>{} brachte keine Schlüssel: {}</translation>
    </message>
    <message>
        <source>the token is longer than 16 KiB</source>
        <translation>der Token ist länger als 16 KiB</translation>
    </message>
    <message>
        <source>it is no JWT of three parts</source>
        <translation>er ist kein JWT aus drei Teilen</translation>
    </message>
    <message>
        <source>a part of the token is not base64url</source>
        <translation>ein Teil des Tokens ist nicht base64url</translation>
    </message>
    <message>
        <source>a part of the token is no JSON object</source>
        <translation>ein Teil des Tokens ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>its algorithm is none that proves anything here (HMAC and none are refused)</source>
        <translation>sein Algorithmus beweist hier nichts (HMAC und none werden abgewiesen)</translation>
    </message>
    <message>
        <source>its algorithm is not known</source>
        <translation>sein Algorithmus ist nicht bekannt</translation>
    </message>
    <message>
        <source>it asks for an extension (crit) that is not known</source>
        <translation>er verlangt eine Erweiterung (crit), die nicht bekannt ist</translation>
    </message>
    <message>
        <source>exp or nbf is no time</source>
        <translation>exp oder nbf ist keine Zeit</translation>
    </message>
    <message>
        <source>it names no time at which it expires (exp)</source>
        <translation>er nennt keine Zeit, zu der er abläuft (exp)</translation>
    </message>
    <message>
        <source>it expired {:.0f} s ago</source>
        <translation>er ist vor {} s abgelaufen</translation>
    </message>
    <message>
        <source>it is not valid before {:.0f} s from now</source>
        <translation>er gilt erst in {} s</translation>
    </message>
    <message>
        <source>the keys of {} are not there{}</source>
        <translation>die Schlüssel von {} sind nicht da{}</translation>
    </message>
    <message>
        <source>and are not fetched for this question</source>
        <translation>und werden für diese Frage nicht geholt</translation>
    </message>
    <message>
        <source>its key is being asked for</source>
        <translation>nach seinem Schlüssel wird gerade gefragt</translation>
    </message>
    <message>
        <source>{} has no key of its kid</source>
        <translation>{} hat keinen Schlüssel mit seiner kid</translation>
    </message>
    <message>
        <source>its signature is none of {}&apos;s keys</source>
        <translation>seine Signatur ist von keinem Schlüssel von {}</translation>
    </message>
    <message>
        <source>it is meant for another audience</source>
        <translation>er ist für einen anderen Empfänger bestimmt</translation>
    </message>
    <message>
        <source>its issuer is not known here</source>
        <translation>sein Aussteller ist hier nicht bekannt</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{} s</translation>
    </message>
    <message>
        <source>{} ms</source>
        <translation>{} ms</translation>
    </message>
    <message>
        <source>{} at once</source>
        <translation>{} auf einmal</translation>
    </message>
    <message>
        <source>what tells who may pass did not answer in time</source>
        <translation>was sagt, wer durchdarf, antwortete nicht rechtzeitig</translation>
    </message>
    <message>
        <source>It cannot be checked now who may pass; try again.</source>
        <translation>Wer durchdarf, lässt sich gerade nicht prüfen; versuchen Sie es wieder.</translation>
    </message>
    <message>
        <source>The client left before it was let in.</source>
        <translation>Der Client ging, bevor er eingelassen war.</translation>
    </message>
    <message>
        <source>the limit of {}</source>
        <translation>die Grenze von {}</translation>
    </message>
    <message>
        <source>Too many requests; try again later.</source>
        <translation>Zu viele Anfragen; versuchen Sie es später wieder.</translation>
    </message>
    <message>
        <source>Refused: {}.</source>
        <translation>Abgelehnt: {}.</translation>
    </message>
    <message>
        <source>The caller was refused.</source>
        <translation>Der Aufrufer wurde abgewiesen.</translation>
    </message>
    <message>
        <source>every key was tried</source>
        <translation>jeder Schlüssel wurde versucht</translation>
    </message>
    <message>
        <source>There are no credentials for {}: {}</source>
        <translation>Für {} gibt es keine Zugangsdaten: {}</translation>
    </message>
    <message>
        <source>The gateway has no valid credentials for the provider.</source>
        <translation>Das Gateway hat keine gültigen Zugangsdaten für den Anbieter.</translation>
    </message>
    <message>
        <source>The client left while a token was being fetched.</source>
        <translation>Der Client ging, während ein Token geholt wurde.</translation>
    </message>
    <message>
        <source>its token did not come in time</source>
        <translation>sein Token kam nicht rechtzeitig</translation>
    </message>
    <message>
        <source>A guard of the route refused it.</source>
        <translation>Ein Wächter der Route hat es abgelehnt.</translation>
    </message>
    <message>
        <source>A guard of the route could not check it.</source>
        <translation>Ein Wächter der Route konnte es nicht prüfen.</translation>
    </message>
    <message>
        <source>The guard&apos;s service has no ready endpoint.</source>
        <translation>Der Dienst des Wächters hat keinen bereiten Endpunkt.</translation>
    </message>
    <message>
        <source>The guard&apos;s service did not answer in time.</source>
        <translation>Der Dienst des Wächters hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The guard&apos;s service could not be asked.</source>
        <translation>Der Dienst des Wächters konnte nicht gefragt werden.</translation>
    </message>
    <message>
        <source>The guard&apos;s service broke off in its answer.</source>
        <translation>Der Dienst des Wächters brach in seiner Antwort ab.</translation>
    </message>
    <message>
        <source>The client left while a guard was asked.</source>
        <translation>Der Client ging, während ein Wächter gefragt wurde.</translation>
    </message>
    <message>
        <source>The provider refused {} with 401.</source>
        <translation>Der Anbieter lehnte {} mit 401 ab.</translation>
    </message>
    <message>
        <source>The provider refused the gateway&apos;s key.</source>
        <translation>Der Anbieter lehnte den Schlüssel des Gateways ab.</translation>
    </message>
    <message>
        <source>The provider&apos;s stream began with an error.</source>
        <translation>Der Datenstrom des Anbieters begann mit einem Fehler.</translation>
    </message>
    <message>
        <source>with {}; another key was tried</source>
        <translation>mit {}; ein anderer Schlüssel wurde versucht</translation>
    </message>
    <message>
        <source>the client&apos;s stream began anew</source>
        <translation>der Datenstrom des Clients begann von vorn</translation>
    </message>
    <message>
        <source>shown to the provider</source>
        <translation>dem Anbieter gezeigt</translation>
    </message>
    <message>
        <source>the upstream&apos;s answer: {}</source>
        <translation>die Antwort des Upstreams: {}</translation>
    </message>
    <message>
        <source>The request needs credentials that are valid.</source>
        <translation>Die Anfrage braucht gültige Zugangsdaten.</translation>
    </message>
    <message>
        <source>The provider&apos;s stream paused for longer than it may.</source>
        <translation>Der Datenstrom des Anbieters pausierte länger, als er darf.</translation>
    </message>
    <message>
        <source>the client&apos;s key</source>
        <translation>der Schlüssel des Clients</translation>
    </message>
    <message>
        <source>No route that runs sends requests to {} of {}.</source>
        <translation>Keine laufende Route schickt Anfragen an {} von {}.</translation>
    </message>
    <message>
        <source>A Backend of type {} has no twin that is converted.</source>
        <translation>Ein Backend vom Typ {} hat kein Gegenstück, in das umgewandelt wird.</translation>
    </message>
    <message>
        <source>A static backend of agentgateway has one host; use a Service for several.</source>
        <translation>Ein statisches Backend von agentgateway hat einen Host; für mehrere verwenden Sie einen Service.</translation>
    </message>
    <message>
        <source>agentgateway takes at most {} providers in a group.</source>
        <translation>agentgateway nimmt höchstens {} Anbieter in einer Gruppe.</translation>
    </message>
    <message>
        <source>agentgateway takes at most {} groups.</source>
        <translation>agentgateway nimmt höchstens {} Gruppen.</translation>
    </message>
    <message>
        <source>policies.health is added: agentgateway gets to the next group where one before it is left out for failing, and not in the request that fails.</source>
        <translation>policies.health kommt hinzu: agentgateway kommt zur nächsten Gruppe, wo eine davor wegen Fehlern ausgelassen wird, und nicht in der Anfrage, die fehlschlägt.</translation>
    </message>
    <message>
        <source>agentgateway chooses the method by the request; it is left out.</source>
        <translation>agentgateway wählt die Methode nach der Anfrage; sie wird ausgelassen.</translation>
    </message>
    <message>
        <source>agentgateway names its own version of the API; it is left out.</source>
        <translation>agentgateway nennt seine eigene Version der API; sie wird ausgelassen.</translation>
    </message>
    <message>
        <source>agentgateway passes on what a policy of the client&apos;s side has checked; without such a policy it is the client&apos;s header as it comes.</source>
        <translation>agentgateway gibt weiter, was eine Richtlinie der Client-Seite geprüft hat; ohne eine solche ist es der Header des Clients, wie er kommt.</translation>
    </message>
    <message>
        <source>All targets of an AgentgatewayPolicy are of one kind; make one policy for each kind.</source>
        <translation>Alle Ziele einer AgentgatewayPolicy sind von einer Art; machen Sie für jede Art eine Richtlinie.</translation>
    </message>
    <message>
        <source>agentgateway has no policies that a filter of a rule names; give it targetRefs with the rule&apos;s name as sectionName.</source>
        <translation>agentgateway hat keine Richtlinien, die ein Filter einer Regel nennt; geben Sie ihr targetRefs mit dem Namen der Regel als sectionName.</translation>
    </message>
    <message>
        <source>An AgentgatewayPolicy has targetRefs or targetSelectors, not both.</source>
        <translation>Eine AgentgatewayPolicy hat targetRefs oder targetSelectors, nicht beides.</translation>
    </message>
    <message>
        <source>{} of a TrafficPolicy is not converted; say it in an AgentgatewayPolicy of your own.</source>
        <translation>{} einer TrafficPolicy wird nicht umgewandelt; sagen Sie es in einer eigenen AgentgatewayPolicy.</translation>
    </message>
    <message>
        <source>agentgateway knows no kgateway.dev/policy-weight: the older policy wins there.</source>
        <translation>agentgateway kennt kein kgateway.dev/policy-weight: dort gewinnt die ältere Richtlinie.</translation>
    </message>
    <message>
        <source>A field inside another one: make sure that your version of agentgateway reads the dot so.</source>
        <translation>Ein Feld in einem anderen: vergewissern Sie sich, dass Ihre Version von agentgateway den Punkt so liest.</translation>
    </message>
    <message>
        <source>agentgateway takes patterns of at most {} characters.</source>
        <translation>agentgateway nimmt Muster von höchstens {} Zeichen.</translation>
    </message>
    <message>
        <source>agentgateway&apos;s patterns have no names; a hit is marked in another way there.</source>
        <translation>Die Muster von agentgateway haben keine Namen; ein Treffer wird dort anders markiert.</translation>
    </message>
    <message>
        <source>agentgateway names the webhook by reference; make a Service for {} and name it by its cluster name.</source>
        <translation>agentgateway nennt den Webhook durch einen Verweis; machen Sie einen Service für {} und nennen Sie ihn beim Namen im Cluster.</translation>
    </message>
    <message>
        <source>A moderation of agentgateway takes its key from a Secret; use kind SecretRef.</source>
        <translation>Eine Moderation von agentgateway nimmt ihren Schlüssel aus einem Secret; verwenden Sie kind SecretRef.</translation>
    </message>
    <message>
        <source>kgateway 2.1 says it as spec.ai.llm of a Backend, with the key inside the provider&apos;s block.</source>
        <translation>kgateway 2.1 sagt es als spec.ai.llm eines Backends, mit dem Schlüssel im Block des Anbieters.</translation>
    </message>
    <message>
        <source>kgateway 2.1 says it as spec.ai.priorityGroups of a Backend; its groups do not fail over.</source>
        <translation>kgateway 2.1 sagt es als spec.ai.priorityGroups eines Backends; seine Gruppen weichen nicht aus.</translation>
    </message>
    <message>
        <source>kgateway says it as spec.static.hosts of a Backend.</source>
        <translation>kgateway sagt es als spec.static.hosts eines Backends.</translation>
    </message>
    <message>
        <source>kgateway&apos;s Envoy runs no MCP backends.</source>
        <translation>kgateways Envoy führt keine MCP-Backends aus.</translation>
    </message>
    <message>
        <source>kgateway has no A2A backends.</source>
        <translation>kgateway hat keine A2A-Backends.</translation>
    </message>
    <message>
        <source>kgateway has no agents of Bedrock.</source>
        <translation>kgateway hat keine Agenten von Bedrock.</translation>
    </message>
    <message>
        <source>kgateway says it as spec.dynamicForwardProxy of a Backend.</source>
        <translation>kgateway sagt es als spec.dynamicForwardProxy eines Backends.</translation>
    </message>
    <message>
        <source>kgateway 2.1 has no custom providers; its openai block with host and port is the nearest.</source>
        <translation>kgateway 2.1 hat keine eigenen Anbieter; sein Block openai mit host und port kommt am nächsten.</translation>
    </message>
    <message>
        <source>kgateway 2.1 knows Azure by azureopenai alone.</source>
        <translation>kgateway 2.1 kennt Azure nur als azureopenai.</translation>
    </message>
    <message>
        <source>kgateway 2.1 has whole paths alone (path.full).</source>
        <translation>kgateway 2.1 hat nur ganze Pfade (path.full).</translation>
    </message>
    <message>
        <source>kgateway 2.1 says it as authToken of kind Passthrough.</source>
        <translation>kgateway 2.1 sagt es als authToken der Art Passthrough.</translation>
    </message>
    <message>
        <source>kgateway 2.1 says it as authToken of kind SecretRef, with the key Authorization.</source>
        <translation>kgateway 2.1 sagt es als authToken der Art SecretRef, mit dem Schlüssel Authorization.</translation>
    </message>
    <message>
        <source>kgateway 2.1 says it as authToken of kind Inline; prefer a Secret.</source>
        <translation>kgateway 2.1 sagt es als authToken der Art Inline; besser ist ein Secret.</translation>
    </message>
    <message>
        <source>kgateway 2.1 reads keys of AWS from a Secret (bedrock.auth) and assumes no roles.</source>
        <translation>kgateway 2.1 liest Schlüssel von AWS aus einem Secret (bedrock.auth) und übernimmt keine Rollen.</translation>
    </message>
    <message>
        <source>kgateway 2.1 fetches no tokens of Azure Entra.</source>
        <translation>kgateway 2.1 holt keine Tokens von Azure Entra.</translation>
    </message>
    <message>
        <source>kgateway 2.1 fetches no tokens of Google Cloud.</source>
        <translation>kgateway 2.1 holt keine Tokens von Google Cloud.</translation>
    </message>
    <message>
        <source>kgateway 2.1 says it as authHeader.</source>
        <translation>kgateway 2.1 sagt es als authHeader.</translation>
    </message>
    <message>
        <source>kgateway 2.1 sends one key alone.</source>
        <translation>kgateway 2.1 sendet nur einen Schlüssel.</translation>
    </message>
    <message>
        <source>kgateway says it in a BackendConfigPolicy or a BackendTLSPolicy; for AI it speaks TLS on port 443, unverified.</source>
        <translation>kgateway sagt es in einer BackendConfigPolicy oder einer BackendTLSPolicy; für KI spricht es TLS auf Port 443, ungeprüft.</translation>
    </message>
    <message>
        <source>kgateway says it as appProtocol of the Service or Backend.</source>
        <translation>kgateway sagt es als appProtocol des Service oder Backends.</translation>
    </message>
    <message>
        <source>kgateway says it as timeouts of the HTTPRoute.</source>
        <translation>kgateway sagt es als timeouts der HTTPRoute.</translation>
    </message>
    <message>
        <source>kgateway says it as connectTimeout and tcpKeepalive of a BackendConfigPolicy.</source>
        <translation>kgateway sagt es als connectTimeout und tcpKeepalive einer BackendConfigPolicy.</translation>
    </message>
    <message>
        <source>kgateway says it as outlierDetection of a BackendConfigPolicy, which its AI backends do not obey.</source>
        <translation>kgateway sagt es als outlierDetection einer BackendConfigPolicy, an die sich seine KI-Backends nicht halten.</translation>
    </message>
    <message>
        <source>kgateway 2.1 says it as ai.promptEnrichment of a TrafficPolicy.</source>
        <translation>kgateway 2.1 sagt es als ai.promptEnrichment einer TrafficPolicy.</translation>
    </message>
    <message>
        <source>kgateway 2.1 has one guard of each kind for requests and for answers, in ai.promptGuard of a TrafficPolicy, without a scope.</source>
        <translation>kgateway 2.1 hat je einen Wächter jeder Art für Anfragen und für Antworten, in ai.promptGuard einer TrafficPolicy, ohne scope.</translation>
    </message>
    <message>
        <source>kgateway 2.1 says it as ai.defaults of a TrafficPolicy, with values as text.</source>
        <translation>kgateway 2.1 sagt es als ai.defaults einer TrafficPolicy, mit Werten als Text.</translation>
    </message>
    <message>
        <source>kgateway 2.1 says it as ai.defaults of a TrafficPolicy with override: true.</source>
        <translation>kgateway 2.1 sagt es als ai.defaults einer TrafficPolicy mit override: true.</translation>
    </message>
    <message>
        <source>kgateway 2.1 has no aliases of models.</source>
        <translation>kgateway 2.1 hat keine Aliasse von Modellen.</translation>
    </message>
    <message>
        <source>kgateway 2.1 sets no marks for caches.</source>
        <translation>kgateway 2.1 setzt keine Marken für Caches.</translation>
    </message>
    <message>
        <source>kgateway 2.1 has no expressions over LLM bodies.</source>
        <translation>kgateway 2.1 hat keine Ausdrücke über LLM-Rümpfe.</translation>
    </message>
    <message>
        <source>kgateway 2.1 knows chats alone; their path is the provider&apos;s.</source>
        <translation>kgateway 2.1 kennt nur Chats; ihr Pfad ist der des Anbieters.</translation>
    </message>
    <message>
        <source>kgateway says it in a ListenerPolicy or HTTPListenerPolicy.</source>
        <translation>kgateway sagt es in einer ListenerPolicy oder HTTPListenerPolicy.</translation>
    </message>
    <message>
        <source>kgateway orders policies by the annotation kgateway.dev/inherited-policy-priority of the Gateway.</source>
        <translation>kgateway ordnet Richtlinien nach der Annotation kgateway.dev/inherited-policy-priority des Gateways.</translation>
    </message>
    <message>
        <source>kgateway says it as timeouts of a TrafficPolicy or of the HTTPRoute.</source>
        <translation>kgateway sagt es als timeouts einer TrafficPolicy oder der HTTPRoute.</translation>
    </message>
    <message>
        <source>kgateway says it as retry of a TrafficPolicy or of the HTTPRoute.</source>
        <translation>kgateway sagt es als retry einer TrafficPolicy oder der HTTPRoute.</translation>
    </message>
    <message>
        <source>kgateway says it as cors of a TrafficPolicy or as a filter of the HTTPRoute.</source>
        <translation>kgateway sagt es als cors einer TrafficPolicy oder als Filter der HTTPRoute.</translation>
    </message>
    <message>
        <source>kgateway says it as filters of the HTTPRoute.</source>
        <translation>kgateway sagt es als Filter der HTTPRoute.</translation>
    </message>
    <message>
        <source>kgateway says it as extAuth of a TrafficPolicy with a GatewayExtension.</source>
        <translation>kgateway sagt es als extAuth einer TrafficPolicy mit einer GatewayExtension.</translation>
    </message>
    <message>
        <source>kgateway counts requests (rateLimit of a TrafficPolicy), not tokens.</source>
        <translation>kgateway zählt Anfragen (rateLimit einer TrafficPolicy), nicht Tokens.</translation>
    </message>
    <message>
        <source>kgateway 2.1 has no checks of tokens; 2.2 and later say it as jwtAuth with a GatewayExtension.</source>
        <translation>kgateway 2.1 hat keine Prüfung von Tokens; ab 2.2 heißt es jwtAuth mit einer GatewayExtension.</translation>
    </message>
    <message>
        <source>kgateway 2.1 has no checks of keys; 2.2 and later say it as apiKeyAuth.</source>
        <translation>kgateway 2.1 hat keine Prüfung von Schlüsseln; ab 2.2 heißt es apiKeyAuth.</translation>
    </message>
    <message>
        <source>kgateway says it as rbac of a TrafficPolicy.</source>
        <translation>kgateway sagt es als rbac einer TrafficPolicy.</translation>
    </message>
    <message>
        <source>kgateway says it as a DirectResponse that a filter names.</source>
        <translation>kgateway sagt es als DirectResponse, die ein Filter nennt.</translation>
    </message>
    <message>
        <source>{} is a kind of agentgateway that {} does not have; export to agentgateway-1, or write it in kgateway&apos;s kinds.</source>
        <translation>{} ist eine Art von agentgateway, die {} nicht hat; exportieren Sie nach agentgateway-1, oder schreiben Sie es in den Arten von kgateway.</translation>
    </message>
    <message>
        <source>It holds a key in clear; put it into a Secret and use secretRef.</source>
        <translation>Es enthält einen Schlüssel im Klartext; legen Sie ihn in ein Secret und verwenden Sie secretRef.</translation>
    </message>
    <message>
        <source>agentgateway 1.4: the Gateway API 1.6 with AgentgatewayBackend and AgentgatewayPolicy</source>
        <translation>agentgateway 1.4: die Gateway-API 1.6 mit AgentgatewayBackend und AgentgatewayPolicy</translation>
    </message>
    <message>
        <source>The path is of an API that has no chats.</source>
        <translation>Der Pfad gehört zu einer API, die keine Chats hat.</translation>
    </message>
    <message>
        <source>Host: {}</source>
        <translation>Host: {}</translation>
    </message>
    <message>
        <source>The stream broke off before its end.</source>
        <translation>Der Strom brach vor seinem Ende ab.</translation>
    </message>
    <message>
        <source>There is no {} &quot;{}&quot;; known are {}.</source>
        <translation>Es gibt kein {} „{}“; bekannt sind {}.</translation>
    </message>
    <message>
        <source>conversations; lengths of Azure 2023 conversation</source>
        <translation>Gespräche; Längen von Azure 2023 conversation</translation>
    </message>
    <message>
        <source>completion in bursts; lengths and gaps of Azure 2023 code</source>
        <translation>Vervollständigung in Schüben; Längen und Abstände von Azure 2023 code</translation>
    </message>
    <message>
        <source>tool calls behind shared instructions; means of Mooncake toolagent</source>
        <translation>Werkzeugaufrufe hinter gemeinsamen Anweisungen; Mittelwerte von Mooncake toolagent</translation>
    </message>
    <message>
        <source>150 shared beginnings of 6,000 tokens; llm-d KV-cache wins</source>
        <translation>150 gemeinsame Anfänge von 6.000 Token; llm-d KV-cache wins</translation>
    </message>
    <message>
        <source>long conversations; Mooncake conversation (FAST 25)</source>
        <translation>lange Gespräche; Mooncake conversation (FAST 25)</translation>
    </message>
    <message>
        <source>reasoning: 250 shared, 1,000 own, 8,000 answered; inference-perf catalogue</source>
        <translation>Nachdenken: 250 gemeinsame, 1.000 eigene, 8.000 beantwortete; Katalog von inference-perf</translation>
    </message>
    <message>
        <source>chat behind shared instructions, gamma bursts with CV 4 (BurstGPT&apos;s kind)</source>
        <translation>Chat hinter gemeinsamen Anweisungen, Gamma-Schübe mit CV 4 (wie BurstGPT)</translation>
    </message>
    <message>
        <source>chat with 24 LoRA adapters, Zipf 0.8</source>
        <translation>Chat mit 24 LoRA-Adaptern, Zipf 0,8</translation>
    </message>
    <message>
        <source>The provider&apos;s stream began with something that is no JSON.</source>
        <translation>Der Datenstrom des Anbieters begann mit etwas, das kein JSON ist.</translation>
    </message>
    <message>
        <source>The provider&apos;s stream began with an error: {}</source>
        <translation>Der Datenstrom des Anbieters begann mit einem Fehler: {}</translation>
    </message>
    <message>
        <source>{} is no API that a path can be said to speak.</source>
        <translation>{} ist keine API, die man einem Pfad zuschreiben kann.</translation>
    </message>
    <message>
        <source>{} answered {}{}.</source>
        <translation>{} antwortete {}{}.</translation>
    </message>
    <message>
        <source>{} answered without a token.</source>
        <translation>{} antwortete ohne Token.</translation>
    </message>
    <message>
        <source>The AWS profile {} has no keys of its own.</source>
        <translation>Das AWS-Profil {} hat keine eigenen Schlüssel.</translation>
    </message>
    <message>
        <source>AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.</source>
        <translation>AWS_ACCESS_KEY_ID und AWS_SECRET_ACCESS_KEY sind nicht gesetzt.</translation>
    </message>
    <message>
        <source>profile {}</source>
        <translation>Profil {}</translation>
    </message>
    <message>
        <source>There is no AWS profile {}.</source>
        <translation>Es gibt kein AWS-Profil {}.</translation>
    </message>
    <message>
        <source>The AWS profile {} holds neither keys nor a role.</source>
        <translation>Das AWS-Profil {} enthält weder Schlüssel noch eine Rolle.</translation>
    </message>
    <message>
        <source>The AWS role is no ARN.</source>
        <translation>Die AWS-Rolle ist keine ARN.</translation>
    </message>
    <message>
        <source>The address of AWS STS is not https.</source>
        <translation>Die Adresse von AWS STS ist nicht https.</translation>
    </message>
    <message>
        <source>The AWS profile {} names a role and no source_profile that assumes it.</source>
        <translation>Das AWS-Profil {} nennt eine Rolle und kein source_profile, das sie annimmt.</translation>
    </message>
    <message>
        <source>the AWS profile</source>
        <translation>das AWS-Profil</translation>
    </message>
    <message>
        <source>taken out: {}</source>
        <translation>entfernt: {}</translation>
    </message>
    <message>
        <source>asks for {}</source>
        <translation>verlangt {}</translation>
    </message>
    <message>
        <source>final transformation</source>
        <translation>letzte Umformung</translation>
    </message>
    <message>
        <source>prompt caching</source>
        <translation>Prompt-Cache</translation>
    </message>
    <message>
        <source>The provider is shown the client&apos;s own key; there is none here to try.</source>
        <translation>Dem Anbieter wird der Schlüssel des Clients gezeigt; hier gibt es keinen zum Probieren.</translation>
    </message>
    <message>
        <source>its token has not come yet.</source>
        <translation>sein Token ist noch nicht da.</translation>
    </message>
    <message>
        <source>The name {} is not known.</source>
        <translation>Der Name {} ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Nobody answers at port {}: the connection was refused or failed.</source>
        <translation>An Port {} antwortet niemand: die Verbindung wurde abgelehnt oder scheiterte.</translation>
    </message>
    <message>
        <source>No answer within {} s.</source>
        <translation>Keine Antwort innerhalb von {} s.</translation>
    </message>
    <message>
        <source>The certificate is not trusted, or is for another name.</source>
        <translation>Dem Zertifikat wird nicht vertraut, oder es gilt für einen anderen Namen.</translation>
    </message>
    <message>
        <source>The other side does not speak TLS, or no version of it in common.</source>
        <translation>Die andere Seite spricht kein TLS oder keine gemeinsame Version davon.</translation>
    </message>
    <message>
        <source>The connection was closed without an answer.</source>
        <translation>Die Verbindung wurde ohne Antwort geschlossen.</translation>
    </message>
    <message>
        <source>The test was stopped.</source>
        <translation>Der Test wurde abgebrochen.</translation>
    </message>
    <message>
        <source>It failed: {}.</source>
        <translation>Es scheiterte: {}.</translation>
    </message>
    <message>
        <source>{} is {}.</source>
        <translation>{} ist {}.</translation>
    </message>
    <message>
        <source>Connected to port {}.</source>
        <translation>Mit Port {} verbunden.</translation>
    </message>
    <message>
        <source>Plain HTTP: TLS is used on port 443 alone.</source>
        <translation>Einfaches HTTP: TLS wird nur auf Port 443 verwendet.</translation>
    </message>
    <message>
        <source>The certificate is trusted and for this name.</source>
        <translation>Dem Zertifikat wird vertraut, und es gilt für diesen Namen.</translation>
    </message>
    <message>
        <source>No key is shown, and none was asked for.</source>
        <translation>Kein Schlüssel wird gezeigt, und keiner wurde verlangt.</translation>
    </message>
    <message>
        <source>{} was taken.</source>
        <translation>{} wurde angenommen.</translation>
    </message>
    <message>
        <source>{} was refused with {}: {}</source>
        <translation>{} wurde mit {} abgelehnt: {}</translation>
    </message>
    <message>
        <source>A request without a key</source>
        <translation>Eine Anfrage ohne Schlüssel</translation>
    </message>
    <message>
        <source>The provider answered {}: {}</source>
        <translation>Der Anbieter antwortete {}: {}</translation>
    </message>
    <message>
        <source>Clients name the model; the list of models was answered.</source>
        <translation>Clients nennen das Modell; die Liste der Modelle wurde beantwortet.</translation>
    </message>
    <message>
        <source>Clients name the model; there is no list of models.</source>
        <translation>Clients nennen das Modell; eine Liste der Modelle gibt es nicht.</translation>
    </message>
    <message>
        <source>The key is known and limited: {}</source>
        <translation>Der Schlüssel ist bekannt und begrenzt: {}</translation>
    </message>
    <message>
        <source>{} answered.</source>
        <translation>{} antwortete.</translation>
    </message>
    <message>
        <source>Not tried.</source>
        <translation>Nicht versucht.</translation>
    </message>
    <message>
        <source>waiting for its token</source>
        <translation>wartet auf sein Token</translation>
    </message>
    <message>
        <source>without a token</source>
        <translation>ohne Token</translation>
    </message>
    <message>
        <source>cooling down</source>
        <translation>kühlt ab</translation>
    </message>
    <message>
        <source>The body holds a field that cannot be followed.</source>
        <translation>Der Inhalt enthält ein Feld, dem nicht zu folgen ist.</translation>
    </message>
    <message>
        <source>Mistral&apos;s messages name no speaker.</source>
        <translation>Mistrals Nachrichten nennen keinen Sprecher.</translation>
    </message>
    <message>
        <source>Mistral&apos;s models choose among all tools.</source>
        <translation>Mistrals Modelle wählen unter allen Werkzeugen.</translation>
    </message>
    <message>
        <source>Mistral&apos;s temperature ends at 1.5.</source>
        <translation>Mistrals Temperatur endet bei 1.5.</translation>
    </message>
    <message>
        <source>Mistral&apos;s streams have no such content.</source>
        <translation>Mistrals Streams haben keinen solchen Inhalt.</translation>
    </message>
    <message>
        <source>a field of the event has a type that it should not have</source>
        <translation>ein Feld des Ereignisses hat einen Typ, den es nicht haben sollte</translation>
    </message>
    <message>
        <source>the reasoning is another provider&apos;s, which OpenAI cannot read</source>
        <translation>die Überlegung stammt von einem anderen Anbieter; OpenAI kann sie nicht lesen</translation>
    </message>
    <message>
        <source>could not say, so nothing passed</source>
        <translation>konnte nichts sagen, also kam nichts durch</translation>
    </message>
    <message>
        <source>could not say, and it passed unscanned</source>
        <translation>konnte nichts sagen, und es kam ungeprüft durch</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>streams pass it: {} bytes were not looked at</source>
        <translation>Ströme lässt er durch: {} Bytes wurden nicht angesehen</translation>
    </message>
    <message>
        <source>{} was asked {} time{} in {:.1f} ms about {} text{}: {}</source>
        <translation>{1} wurde {2}-mal in {4} ms nach {5} Text(en) gefragt: {7w}</translation>
    </message>
    <message>
        <source>{} bytes passed unscanned</source>
        <translation>{} Bytes kamen ungeprüft durch</translation>
    </message>
    <message>
        <source>A guard of this route could not check the text.</source>
        <translation>Ein Wächter dieser Route konnte den Text nicht prüfen.</translation>
    </message>
    <message>
        <source>frames of a WebSocket pass as they come</source>
        <translation>Frames eines WebSockets gehen durch, wie sie kommen</translation>
    </message>
    <message>
        <source>The guard&apos;s mask has no list of {}.</source>
        <translation>Der Maske des Wächters fehlt die Liste {1}.</translation>
    </message>
    <message>
        <source>The guard was asked about {} texts and masked {}.</source>
        <translation>Der Wächter wurde nach {1} Texten gefragt und hat {2} maskiert.</translation>
    </message>
    <message>
        <source>The guard&apos;s mask holds a message without a text.</source>
        <translation>Die Maske des Wächters enthält eine Nachricht ohne Text.</translation>
    </message>
    <message>
        <source>The guard&apos;s refusal lacks its body or its status_code.</source>
        <translation>Der Ablehnung des Wächters fehlt body oder status_code.</translation>
    </message>
    <message>
        <source>The guard refuses with the status {}, which is no error.</source>
        <translation>Der Wächter lehnt mit dem Status {} ab, der kein Fehler ist.</translation>
    </message>
    <message>
        <source>The guard&apos;s answer names no action.</source>
        <translation>Die Antwort des Wächters nennt keine action.</translation>
    </message>
    <message>
        <source>The guard&apos;s action is none that is known.</source>
        <translation>Die action des Wächters ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The moderation&apos;s answer has no results.</source>
        <translation>Der Antwort der Moderation fehlen results.</translation>
    </message>
    <message>
        <source>The moderation was asked about {} texts and judged {}.</source>
        <translation>Die Moderation wurde nach {1} Texten gefragt und hat über {2} geurteilt.</translation>
    </message>
    <message>
        <source>A result of the moderation does not say whether it is flagged.</source>
        <translation>Ein Ergebnis der Moderation sagt nicht, ob es beanstandet ist.</translation>
    </message>
    <message>
        <source>The guard&apos;s service answered {}.</source>
        <translation>Der Dienst des Wächters antwortete {}.</translation>
    </message>
    <message>
        <source>The guard&apos;s service answered with no JSON object.</source>
        <translation>Der Dienst des Wächters antwortete nicht mit einem JSON-Objekt.</translation>
    </message>
    <message>
        <source>message {}</source>
        <translation>Nachricht {}</translation>
    </message>
    <message>
        <source>{} marked</source>
        <translation>{} markiert</translation>
    </message>
    <message>
        <source>the client&apos;s own markers are as many as there may be</source>
        <translation>der Client hat selbst schon so viele Marken gesetzt, wie es geben darf</translation>
    </message>
    <message>
        <source>what could be kept is shorter than {} tokens</source>
        <translation>was behalten werden könnte, ist kürzer als {} Tokens</translation>
    </message>
    <message>
        <source>there is nothing to mark</source>
        <translation>es gibt nichts zu markieren</translation>
    </message>
    <message>
        <source>the provider keeps prompts by itself, or not at all</source>
        <translation>der Anbieter behält Prompts von selbst oder gar nicht</translation>
    </message>
    <message>
        <source>{} keeps no prompts</source>
        <translation>{} behält keine Prompts</translation>
    </message>
    <message>
        <source>numbers, no text</source>
        <translation>Zahlen, kein Text</translation>
    </message>
    <message>
        <source>pictures or sound, no text</source>
        <translation>Bilder oder Ton, kein Text</translation>
    </message>
    <message>
        <source>The token of the {} cannot be had: {}</source>
        <translation>Das Token von {} ist nicht zu bekommen: {}</translation>
    </message>
    <message>
        <source>The token of the {} is there again.</source>
        <translation>Das Token von {} ist wieder da.</translation>
    </message>
    <message>
        <source>no answer within {} s</source>
        <translation>keine Antwort innerhalb von {} s</translation>
    </message>
    <message>
        <source>{} cannot be reached: {}.</source>
        <translation>{} ist nicht zu erreichen: {}.</translation>
    </message>
    <message>
        <source>{} answered without a token that lasts.</source>
        <translation>{} antwortete ohne ein Token, das gilt.</translation>
    </message>
    <message>
        <source>The service account&apos;s JSON has no {}.</source>
        <translation>Im JSON des Dienstkontos fehlt {}.</translation>
    </message>
    <message>
        <source>The user&apos;s credential has no {}.</source>
        <translation>In den Zugangsdaten des Benutzers fehlt {}.</translation>
    </message>
    <message>
        <source>The service account&apos;s private_key is no RSA key in PEM.</source>
        <translation>Der private_key des Dienstkontos ist kein RSA-Schlüssel in PEM.</translation>
    </message>
    <message>
        <source>The Google credential is no JSON object.</source>
        <translation>Die Zugangsdaten von Google sind kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>The Google credential&apos;s token_uri is not https.</source>
        <translation>Die token_uri der Zugangsdaten von Google ist nicht https.</translation>
    </message>
    <message>
        <source>The Entra tenant is neither an id nor a domain.</source>
        <translation>Der Entra-Mandant ist weder eine Kennung noch eine Domäne.</translation>
    </message>
    <message>
        <source>The address of Entra&apos;s tokens is not https.</source>
        <translation>Die Adresse der Token von Entra ist nicht https.</translation>
    </message>
    <message>
        <source>The Entra client id or secret is empty.</source>
        <translation>Kennung oder Geheimnis der Entra-Anwendung ist leer.</translation>
    </message>
    <message>
        <source>browsers send no credentials with it, so it is answered before anybody is asked for some</source>
        <translation>Browser senden keine Zugangsdaten mit ihr, darum wird sie beantwortet, bevor jemand danach gefragt wird</translation>
    </message>
    <message>
        <source>what a client shows to be let in is not kept, so it is not known here whether he would be</source>
        <translation>was ein Client zeigt, um eingelassen zu werden, wird nicht behalten; ob er es würde, ist hier nicht bekannt</translation>
    </message>
    <message>
        <source>{} of {} left now</source>
        <translation>{} von {} jetzt übrig</translation>
    </message>
    <message>
        <source>{} of {} tokens used today</source>
        <translation>{} von {} Tokens heute verbraucht</translation>
    </message>
    <message>
        <source>{}{:.6f} of {:.6f} {} spent today</source>
        <translation>{}{} von {} {} heute ausgegeben</translation>
    </message>
    <message>
        <source>budget of {}</source>
        <translation>Budget von {}</translation>
    </message>
    <message>
        <source>{} would be asked here ({}); explain asks nobody, and goes on as if it let everything pass</source>
        <translation>{1} würde hier gefragt ({2w}); explain fragt niemanden und macht weiter, als ließe er alles durch</translation>
    </message>
    <message>
        <source>fails open</source>
        <translation>lässt im Zweifel durch</translation>
    </message>
    <message>
        <source>fails closed</source>
        <translation>lehnt im Zweifel ab</translation>
    </message>
    <message>
        <source>the answer is not known here; what this guard finds is acted on, in streams too</source>
        <translation>die Antwort ist hier nicht bekannt; was dieser Wächter findet, wird behandelt, auch in Strömen</translation>
    </message>
    <message>
        <source>the answer is not known here; {} is asked about it, of streams sentence by sentence</source>
        <translation>die Antwort ist hier nicht bekannt; {} wird danach gefragt, bei Strömen Satz für Satz</translation>
    </message>
    <message>
        <source>group {}, none of its keys can be shown now</source>
        <translation>Gruppe {}, keiner seiner Schlüssel kann gerade gezeigt werden</translation>
    </message>
    <message>
        <source>shown to the provider, in turn</source>
        <translation>dem Anbieter gezeigt, im Wechsel</translation>
    </message>
    <message>
        <source>takes turns</source>
        <translation>wechselt sich ab</translation>
    </message>
    <message>
        <source>cooling down for {} s more: {}</source>
        <translation>kühlt noch {} s ab: {}</translation>
    </message>
    <message>
        <source>its token is fetched when the gateway runs</source>
        <translation>sein Token wird geholt, wenn das Gateway läuft</translation>
    </message>
    <message>
        <source>without a token: {}</source>
        <translation>ohne Token: {}</translation>
    </message>
    <message>
        <source>The request names no model.</source>
        <translation>Die Anfrage nennt kein Modell.</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>the request names none, so nobody can be asked</source>
        <translation>die Anfrage nennt keines, also kann niemand gefragt werden</translation>
    </message>
    <message>
        <source>the name that the client asks for</source>
        <translation>der Name, den der Client verlangt</translation>
    </message>
    <message>
        <source>{} fits {}</source>
        <translation>{} passt auf {}</translation>
    </message>
    <message>
        <source>This model may not be asked for.</source>
        <translation>Dieses Modell darf nicht verlangt werden.</translation>
    </message>
    <message>
        <source>its authorization does not let this request pass</source>
        <translation>seine authorization lässt diese Anfrage nicht durch</translation>
    </message>
    <message>
        <source>There is no model named {} here.</source>
        <translation>Ein Modell namens {} gibt es hier nicht.</translation>
    </message>
    <message>
        <source>it is internal: only virtual models may name it</source>
        <translation>es ist intern: nur virtuelle Modelle dürfen es nennen</translation>
    </message>
    <message>
        <source>no model of this listener has that name</source>
        <translation>kein Modell dieses Listeners heißt so</translation>
    </message>
    <message>
        <source>virtual, failover: its models are asked by priority</source>
        <translation>virtuell, Ausweichen: seine Modelle werden nach Priorität gefragt</translation>
    </message>
    <message>
        <source>No condition of the virtual model {} fits this request.</source>
        <translation>Keine Bedingung des virtuellen Modells {} passt auf diese Anfrage.</translation>
    </message>
    <message>
        <source>virtual {}, weight {} of {}{}</source>
        <translation>virtuell {}, Gewicht {} von {}{}</translation>
    </message>
    <message>
        <source>drawn by {:.4f}, asked for {}</source>
        <translation>gezogen mit {}, gefragt nach {}</translation>
    </message>
    <message>
        <source>virtual {}: nothing before it fits, asked for {}</source>
        <translation>virtuell {}: nichts davor passt, gefragt nach {}</translation>
    </message>
    <message>
        <source>virtual {}: {} is true, asked for {}</source>
        <translation>virtuell {}: {} ist wahr, gefragt nach {}</translation>
    </message>
    <message>
        <source>virtual {}: {} is false</source>
        <translation>virtuell {}: {} ist falsch</translation>
    </message>
    <message>
        <source>virtual {}: {} cannot be told, so it does not count: {}</source>
        <translation>virtuell {}: {} lässt sich nicht sagen und zählt nicht: {}</translation>
    </message>
    <message>
        <source>{} {}. It lets nobody in.</source>
        <translation>{} {}. Er lässt niemanden ein.</translation>
    </message>
    <message>
        <source>cannot be read: {}</source>
        <translation>ist nicht lesbar: {}</translation>
    </message>
    <message>
        <source>key {}</source>
        <translation>Schlüssel {}</translation>
    </message>
    <message>
        <source>is a key that another entry has already</source>
        <translation>ist ein Schlüssel, den ein anderer Eintrag schon hat</translation>
    </message>
    <message>
        <source>No key can be used, so nobody is let in.</source>
        <translation>Kein Schlüssel ist verwendbar; so wird niemand eingelassen.</translation>
    </message>
    <message>
        <source>The expression of location cannot be read: {}</source>
        <translation>Der Ausdruck der Stelle ist nicht lesbar: {}</translation>
    </message>
    <message>
        <source>{} has no endpoint that key sets could be fetched from.</source>
        <translation>{} hat keinen Endpunkt, von dem sich Schlüsselsätze holen ließen.</translation>
    </message>
    <message>
        <source>Rules that need it answer 500.</source>
        <translation>Regeln, die ihn brauchen, antworten 500.</translation>
    </message>
    <message>
        <source>It names no issuer, so no token could be checked.</source>
        <translation>Es nennt keinen Aussteller; so ließe sich kein Token prüfen.</translation>
    </message>
    <message>
        <source>jwtAuthentication.mcp is not run by this version.</source>
        <translation>jwtAuthentication.mcp führt diese Version nicht aus.</translation>
    </message>
    <message>
        <source>A line of the users is none of a htpasswd file: name, colon, hash.</source>
        <translation>Eine Zeile der Benutzer ist keine einer htpasswd-Datei: Name, Doppelpunkt, Hash.</translation>
    </message>
    <message>
        <source>There is no user, so nobody could be let in.</source>
        <translation>Es gibt keinen Benutzer; so ließe sich niemand einlassen.</translation>
    </message>
    <message>
        <source>An expression cannot be read: {}</source>
        <translation>Ein Ausdruck ist nicht lesbar: {}</translation>
    </message>
    <message>
        <source>There is no expression.</source>
        <translation>Es gibt keinen Ausdruck.</translation>
    </message>
    <message>
        <source>{} of {} cannot be run: {}</source>
        <translation>{} von {} lässt sich nicht ausführen: {}</translation>
    </message>
    <message>
        <source>{} at {}</source>
        <translation>{} an {}</translation>
    </message>
    <message>
        <source>{}[{}] at {}</source>
        <translation>{}[{}] an {}</translation>
    </message>
    <message>
        <source>Headers of a webhook are run where they are plain text in quotes, not an expression. {}</source>
        <translation>Header eines Webhooks werden gesetzt, wo sie reiner Text in Anführungszeichen sind, kein Ausdruck. {}</translation>
    </message>
    <message>
        <source>a header of the webhook of {} is an expression, which is not run yet</source>
        <translation>ein Header des Webhooks von {} ist ein Ausdruck, was noch nicht ausgeführt wird</translation>
    </message>
    <message>
        <source>Texts pass unscanned, for failureMode is FailOpen.</source>
        <translation>Texte gehen ungeprüft durch, denn failureMode ist FailOpen.</translation>
    </message>
    <message>
        <source>Requests that it should see are refused.</source>
        <translation>Anfragen, die er sehen sollte, werden abgelehnt.</translation>
    </message>
    <message>
        <source>Of the policies of a moderation only auth is run.</source>
        <translation>Von den Richtlinien einer Moderation wird nur auth ausgeführt.</translation>
    </message>
    <message>
        <source>auth.{} is not run for a moderation.</source>
        <translation>auth.{} wird für eine Moderation nicht ausgeführt.</translation>
    </message>
    <message>
        <source>the moderation of {} has no key: {}</source>
        <translation>die Moderation von {} hat keinen Schlüssel: {}</translation>
    </message>
    <message>
        <source>{} names no host and port.</source>
        <translation>{} nennt nicht host und port.</translation>
    </message>
    <message>
        <source>auth is run for LLM providers alone; requests to other backends carry no key of ours.</source>
        <translation>auth wird nur für LLM-Anbieter ausgeführt; Anfragen an andere Backends tragen keinen Schlüssel von uns.</translation>
    </message>
    <message>
        <source>An InferencePool can be the only provider of its backend, not one of several, in this version.</source>
        <translation>Ein InferencePool kann in dieser Version der einzige Anbieter seines Backends sein, nicht einer von mehreren.</translation>
    </message>
    <message>
        <source>{} has no ready endpoint now, so no request goes to this provider.</source>
        <translation>{} hat jetzt keinen bereiten Endpunkt, also geht keine Anfrage an diesen Anbieter.</translation>
    </message>
    <message>
        <source>SPIFFE is not run by this version</source>
        <translation>SPIFFE führt diese Version nicht aus</translation>
    </message>
    <message>
        <source>insecureSkipVerify Hostname is not run; name the certificate&apos;s own name in verifySubjectAltNames</source>
        <translation>insecureSkipVerify Hostname wird nicht ausgeführt; nennen Sie den eigenen Namen des Zertifikats in verifySubjectAltNames</translation>
    </message>
    <message>
        <source>its certificate is in no Secret</source>
        <translation>sein Zertifikat ist in keinem Secret</translation>
    </message>
    <message>
        <source>response.code &gt;= 500</source>
        <translation>response.code &gt;= 500</translation>
    </message>
    <message>
        <source>provider&apos;s own</source>
        <translation>Eigenes des Anbieters</translation>
    </message>
    <message>
        <source>backend&apos;s own</source>
        <translation>Eigenes des Backends</translation>
    </message>
    <message>
        <source>its inheritance is Override, so policies of the {} level add nothing</source>
        <translation>ihre inheritance ist Override, also fügen Richtlinien der Ebene {1w} nichts hinzu</translation>
    </message>
    <message>
        <source>targets {} {} of {}</source>
        <translation>Ziel ist {1w} {2} von {3}</translation>
    </message>
    <message>
        <source>{}, but {} wins: {}</source>
        <translation>{}, aber {} gewinnt: {}</translation>
    </message>
    <message>
        <source>{} and {} ask for {} in both phases, which is not run</source>
        <translation>{} und {} verlangen {} in beiden Phasen, was nicht ausgeführt wird</translation>
    </message>
    <message>
        <source>its own policies</source>
        <translation>seine eigenen policies</translation>
    </message>
    <message>
        <source>policies of its provider {}</source>
        <translation>policies seines Anbieters {}</translation>
    </message>
    <message>
        <source>{} asks for backend.{}, which is not run yet</source>
        <translation>{} verlangt backend.{}, was noch nicht ausgeführt wird</translation>
    </message>
    <message>
        <source>A key in the query or in a cookie is not run by this version; use a header.</source>
        <translation>Ein Schlüssel in der Query oder in einem Cookie wird von dieser Version nicht ausgeführt; verwenden Sie einen Header.</translation>
    </message>
    <message>
        <source>Keys of {} ({}) are not read; use a Secret.</source>
        <translation>Schlüssel von {} ({}) werden nicht gelesen; verwenden Sie ein Secret.</translation>
    </message>
    <message>
        <source>the key that is written in the file</source>
        <translation>der Schlüssel, der in der Datei steht</translation>
    </message>
    <message>
        <source>IdToken is not run by this version; use AccessToken.</source>
        <translation>IdToken führt diese Version nicht aus; verwenden Sie AccessToken.</translation>
    </message>
    <message>
        <source>auth.{} is not run by this version.</source>
        <translation>auth.{} führt diese Version nicht aus.</translation>
    </message>
    <message>
        <source>Requests are signed for Bedrock alone by this version.</source>
        <translation>Anfragen signiert diese Version nur für Bedrock.</translation>
    </message>
    <message>
        <source>sessionNameExpression is not run by this version; use sessionName.</source>
        <translation>sessionNameExpression führt diese Version nicht aus; verwenden Sie sessionName.</translation>
    </message>
    <message>
        <source>Tags by expressions are not run by this version; use values.</source>
        <translation>Tags nach Ausdrücken führt diese Version nicht aus; verwenden Sie Werte.</translation>
    </message>
    <message>
        <source>Only comparisons of response.code are run here; answers of 408, 429 and 5xx count as failures instead.</source>
        <translation>Hier werden nur Vergleiche von response.code ausgeführt; stattdessen zählen Antworten mit 408, 429 und 5xx als Fehler.</translation>
    </message>
    <message>
        <source>None of these APIs is run by this version.</source>
        <translation>Keine dieser APIs führt diese Version aus.</translation>
    </message>
    <message>
        <source>Rules under this policy answer 500.</source>
        <translation>Regeln unter dieser Richtlinie antworten mit 500.</translation>
    </message>
    <message>
        <source>an expression of {} cannot be read: {}</source>
        <translation>ein Ausdruck von {} kann nicht gelesen werden: {}</translation>
    </message>
    <message>
        <source>but {} goes before</source>
        <translation>aber {} geht vor</translation>
    </message>
    <message>
        <source>the rule&apos;s own field</source>
        <translation>das eigene Feld der Regel</translation>
    </message>
    <message>
        <source>the rule&apos;s own filter</source>
        <translation>der eigene Filter der Regel</translation>
    </message>
    <message>
        <source>policies of kgateway and of agentgateway both set {} of this rule, which is not run together</source>
        <translation>Richtlinien von kgateway und von agentgateway setzen beide {1w} dieser Regel, was nicht zusammen ausgeführt wird</translation>
    </message>
    <message>
        <source>who may call it</source>
        <translation>wer sie aufrufen darf</translation>
    </message>
    <message>
        <source>its limits</source>
        <translation>ihre Grenzen</translation>
    </message>
    <message>
        <source>to host {}</source>
        <translation>zu Host {}</translation>
    </message>
    <message>
        <source>The backends of {} have different names, so clients&apos; hosts go on to them; split the rule.</source>
        <translation>Die Backends von {} haben verschiedene Namen, also gehen die Hosts der Clients an sie weiter; teilen Sie die Regel.</translation>
    </message>
    <message>
        <source>FailOpen is not run: without an answer no request passes.</source>
        <translation>FailOpen wird nicht ausgeführt: ohne Antwort geht keine Anfrage durch.</translation>
    </message>
    <message>
        <source>{} asks {}</source>
        <translation>{} fragt {}</translation>
    </message>
    <message>
        <source>the direct response of {} is not one that can be run</source>
        <translation>die direkte Antwort von {} ist keine, die ausgeführt werden kann</translation>
    </message>
    <message>
        <source>Of the headers of a direct response only Content-Type is sent; set others by headerModifiers.response.</source>
        <translation>Von den Headern einer direkten Antwort wird nur Content-Type gesendet; setzen Sie andere mit headerModifiers.response.</translation>
    </message>
    <message>
        <source>but this backend is no model</source>
        <translation>aber dieses Backend ist kein Modell</translation>
    </message>
    <message>
        <source>The backends of {} have different timeouts; the longest one holds for all. Split the rule.</source>
        <translation>Die Backends von {} haben verschiedene Zeitgrenzen; die längste gilt für alle. Teilen Sie die Regel.</translation>
    </message>
    <message>
        <source>The backends of {} have different {}; those of all hold for every request. Split the rule.</source>
        <translation>Die Backends von {} haben verschiedene {}; für jede Anfrage gelten die von allen. Teilen Sie die Regel.</translation>
    </message>
    <message>
        <source>{} stands beside backends with other settings, so it is not run for it; split the rule.</source>
        <translation>{} steht neben Backends mit anderen Einstellungen, also wird es dafür nicht ausgeführt; teilen Sie die Regel.</translation>
    </message>
    <message>
        <source>role {} by {}</source>
        <translation>Rolle {} durch {}</translation>
    </message>
    <message>
        <source>AWS profile {}</source>
        <translation>AWS-Profil {}</translation>
    </message>
    <message>
        <source>Secret {}/{}</source>
        <translation>Secret {}/{}</translation>
    </message>
    <message>
        <source>{} is not used as a key: {}</source>
        <translation>{} wird nicht als Schlüssel verwendet: {}</translation>
    </message>
    <message>
        <source>AWS keys of the environment</source>
        <translation>AWS-Schlüssel der Umgebung</translation>
    </message>
    <message>
        <source>GOOGLE_APPLICATION_CREDENTIALS names no file that can be read, and gcloud left no default credentials.</source>
        <translation>GOOGLE_APPLICATION_CREDENTIALS nennt keine lesbare Datei, und gcloud hat keine Standard-Zugangsdaten hinterlassen.</translation>
    </message>
    <message>
        <source>Google&apos;s default credentials</source>
        <translation>Standard-Zugangsdaten von Google</translation>
    </message>
    <message>
        <source>AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are not set.</source>
        <translation>AZURE_TENANT_ID, AZURE_CLIENT_ID und AZURE_CLIENT_SECRET sind nicht gesetzt.</translation>
    </message>
    <message>
        <source>Entra application of the environment</source>
        <translation>Entra-Anwendung der Umgebung</translation>
    </message>
    <message>
        <source>The annotation {} names no https address.</source>
        <translation>Die Annotation {} nennt keine https-Adresse.</translation>
    </message>
    <message>
        <source>The annotation {} knows &quot;ambient&quot; alone.</source>
        <translation>Die Annotation {} kennt nur „ambient“.</translation>
    </message>
    <message>
        <source>{} has no credentials that its own tools find.</source>
        <translation>{} hat keine Zugangsdaten, die seine eigenen Werkzeuge finden.</translation>
    </message>
    <message>
        <source>The webhook names no host and port.</source>
        <translation>Der Webhook nennt weder Host noch Port.</translation>
    </message>
    <message>
        <source>{} cannot be asked.</source>
        <translation>{} kann nicht gefragt werden.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no host and port such as guard.local:8080; {} is asked.</source>
        <translation>„{1}“ ist kein Host mit Port wie guard.local:8080; gefragt wird {2}.</translation>
    </message>
    <message>
        <source>a path of an LLM API</source>
        <translation>ein Pfad einer LLM-API</translation>
    </message>
    <message>
        <source>{} has the name {} on listener {} already and goes before.</source>
        <translation>{} hat den Namen {} am Listener {} schon und geht vor.</translation>
    </message>
    <message>
        <source>{} is not attached to listener {}</source>
        <translation>{} hängt nicht am Listener {}</translation>
    </message>
    <message>
        <source>AgentgatewayModel {} is not attached to listener {}, so requests for {} answer 500 there.</source>
        <translation>AgentgatewayModel {} hängt nicht am Listener {}, also werden Anfragen nach {} dort mit 500 beantwortet.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no duration such as 20s; the table of limits holds.</source>
        <translation>„{}“ ist keine Dauer wie 20s; es gilt die Tabelle der Grenzen.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is neither true nor false; streams do not begin anew.</source>
        <translation>„{}“ ist weder true noch false; Datenströme beginnen nicht von vorn.</translation>
    </message>
    <message>
        <source>The result is out of range.</source>
        <translation>Das Ergebnis liegt außerhalb des Bereichs.</translation>
    </message>
    <message>
        <source>This divides by zero.</source>
        <translation>Hier wird durch null geteilt.</translation>
    </message>
    <message>
        <source>{} is not there.</source>
        <translation>{} ist nicht da.</translation>
    </message>
    <message>
        <source>The selection from {}</source>
        <translation>Die Auswahl aus {}</translation>
    </message>
    <message>
        <source>There is no {}.</source>
        <translation>{} gibt es nicht.</translation>
    </message>
    <message>
        <source>The index {}</source>
        <translation>Der Index {}</translation>
    </message>
    <message>
        <source>The list has no item {}.</source>
        <translation>Die Liste hat kein Element {}.</translation>
    </message>
    <message>
        <source>A key that is a {}</source>
        <translation>Ein Schlüssel vom Typ {}</translation>
    </message>
    <message>
        <source>The key {} comes twice.</source>
        <translation>Der Schlüssel {} kommt zweimal vor.</translation>
    </message>
    <message>
        <source>The macro</source>
        <translation>Das Makro</translation>
    </message>
    <message>
        <source>The condition</source>
        <translation>Die Bedingung</translation>
    </message>
    <message>
        <source>1:1: The expression is longer than {} bytes.</source>
        <translation>1:1: Der Ausdruck ist länger als {} Bytes.</translation>
    </message>
    <message>
        <source>1:1: The expression is not UTF-8.</source>
        <translation>1:1: Der Ausdruck ist kein UTF-8.</translation>
    </message>
    <message>
        <source>1:1: The condition is a {}, not a bool.</source>
        <translation>1:1: Die Bedingung ist {}, nicht bool.</translation>
    </message>
    <message>
        <source>The value is no {}.</source>
        <translation>Der Wert ist kein {}.</translation>
    </message>
    <message>
        <source>The bytes are not UTF-8.</source>
        <translation>Die Bytes sind kein UTF-8.</translation>
    </message>
    <message>
        <source>An empty list has neither least nor greatest.</source>
        <translation>Eine leere Liste hat weder Kleinstes noch Größtes.</translation>
    </message>
    <message>
        <source>The expression says that it fails.</source>
        <translation>Der Ausdruck sagt, dass er scheitert.</translation>
    </message>
    <message>
        <source>The key &quot;{}&quot; comes twice.</source>
        <translation>Der Schlüssel „{}“ kommt zweimal vor.</translation>
    </message>
    <message>
        <source>This is no base64.</source>
        <translation>Das ist kein Base64.</translation>
    </message>
    <message>
        <source>This is nested too deeply for JSON.</source>
        <translation>Das ist für JSON zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>JSON has no such number.</source>
        <translation>Eine solche Zahl hat JSON nicht.</translation>
    </message>
    <message>
        <source>JSON has no such key.</source>
        <translation>Einen solchen Schlüssel hat JSON nicht.</translation>
    </message>
    <message>
        <source>This is no JSON.</source>
        <translation>Das ist kein JSON.</translation>
    </message>
    <message>
        <source>This character has no meaning here.</source>
        <translation>Dieses Zeichen bedeutet hier nichts.</translation>
    </message>
    <message>
        <source>A ` is open.</source>
        <translation>Ein ` ist offen.</translation>
    </message>
    <message>
        <source>A number ends in a letter.</source>
        <translation>Eine Zahl endet mit einem Buchstaben.</translation>
    </message>
    <message>
        <source>This number is out of range.</source>
        <translation>Diese Zahl liegt außerhalb des Bereichs.</translation>
    </message>
    <message>
        <source>A string is open.</source>
        <translation>Eine Zeichenkette ist offen.</translation>
    </message>
    <message>
        <source>A string ends with its line.</source>
        <translation>Eine Zeichenkette endet mit ihrer Zeile.</translation>
    </message>
    <message>
        <source>There is no such escape.</source>
        <translation>Eine solche Escape-Folge gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such character.</source>
        <translation>Ein solches Zeichen gibt es nicht.</translation>
    </message>
    <message>
        <source>This is no IP address.</source>
        <translation>Das ist keine IP-Adresse.</translation>
    </message>
    <message>
        <source>This is no network.</source>
        <translation>Das ist kein Netz.</translation>
    </message>
    <message>
        <source>The function</source>
        <translation>Die Funktion</translation>
    </message>
    <message>
        <source>The expression should end here.</source>
        <translation>Hier sollte der Ausdruck enden.</translation>
    </message>
    <message>
        <source>A {} should stand here.</source>
        <translation>Hier sollte {} stehen.</translation>
    </message>
    <message>
        <source>The expression is nested too deeply.</source>
        <translation>Der Ausdruck ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>The name of a field should stand here.</source>
        <translation>Hier sollte der Name eines Feldes stehen.</translation>
    </message>
    <message>
        <source>A value should stand here.</source>
        <translation>Hier sollte ein Wert stehen.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is reserved.</source>
        <translation>„{}“ ist reserviert.</translation>
    </message>
    <message>
        <source>Messages cannot be built here.</source>
        <translation>Nachrichten lassen sich hier nicht bilden.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no name that is known here.</source>
        <translation>„{}“ ist hier kein bekannter Name.</translation>
    </message>
    <message>
        <source>There is no function {}().</source>
        <translation>Eine Funktion {}() gibt es nicht.</translation>
    </message>
    <message>
        <source>{}() takes another number of arguments.</source>
        <translation>{}() nimmt eine andere Zahl von Argumenten.</translation>
    </message>
    <message>
        <source>has() takes a field: has(a.b).</source>
        <translation>has() nimmt ein Feld: has(a.b).</translation>
    </message>
    <message>
        <source>The expression has too many variables.</source>
        <translation>Der Ausdruck hat zu viele Variablen.</translation>
    </message>
    <message>
        <source>The position is outside of the string.</source>
        <translation>Die Stelle liegt außerhalb der Zeichenkette.</translation>
    </message>
    <message>
        <source>This is no timestamp.</source>
        <translation>Das ist kein Zeitpunkt.</translation>
    </message>
    <message>
        <source>This is no duration.</source>
        <translation>Das ist keine Dauer.</translation>
    </message>
    <message>
        <source>Zones are UTC or offsets like +02:00.</source>
        <translation>Zeitzonen sind UTC oder Abstände wie +02:00.</translation>
    </message>
    <message>
        <source>{} has no such overload.</source>
        <translation>{} nimmt solche Typen nicht.</translation>
    </message>
    <message>
        <source>The expression does more work than it may.</source>
        <translation>Der Ausdruck tut mehr, als er darf.</translation>
    </message>
    <message>
        <source>The comparison</source>
        <translation>Der Vergleich</translation>
    </message>
    <message>
        <source>Two models of a listener have the same name, or a virtual model stands for one that the listener does not serve.</source>
        <translation>Zwei Modelle eines Listeners heißen gleich, oder ein virtuelles Modell steht für eines, das der Listener nicht bedient.</translation>
    </message>
    <message>
        <source>limited with {}</source>
        <translation>begrenzt mit {}</translation>
    </message>
    <message>
        <source>refused with {}</source>
        <translation>abgelehnt mit {}</translation>
    </message>
    <message>
        <source>no route takes this path of an LLM API, so its models do</source>
        <translation>keine Route nimmt diesen Pfad einer LLM-API, also tun es seine Modelle</translation>
    </message>
    <message>
        <source>Secret with the token under Authorization; further ones under Authorization-NAME; or credentials of Google or Azure.</source>
        <translation>Secret mit dem Token unter Authorization, weiteren unter Authorization-NAME, oder Zugangsdaten von Google oder Azure.</translation>
    </message>
    <message>
        <source>Secret with accessKey and secretKey, with a profile, or with Authorization.</source>
        <translation>Secret mit accessKey und secretKey, mit einem profile oder mit Authorization.</translation>
    </message>
    <message>
        <source>The model may not be asked for by this client.</source>
        <translation>Dieser Client darf das Modell nicht verlangen.</translation>
    </message>
    <message>
        <source>No model of that name is served here.</source>
        <translation>Ein Modell dieses Namens wird hier nicht bedient.</translation>
    </message>
    <message>
        <source>The request names no model that can be asked for.</source>
        <translation>Die Anfrage nennt kein Modell, das verlangt werden kann.</translation>
    </message>
    <message>
        <source>Clusters do not know {}, so providers would be shown other credentials.</source>
        <translation>Cluster kennen {} nicht; den Anbietern würden andere Zugangsdaten gezeigt.</translation>
    </message>
    <message>
        <source>{} filled in for this provider</source>
        <translation>{} für diesen Anbieter ergänzt</translation>
    </message>
    <message>
        <source>added for this provider</source>
        <translation>für diesen Anbieter hinzugefügt</translation>
    </message>
    <message>
        <source>the request has no place for messages</source>
        <translation>die Anfrage hat keinen Platz für Nachrichten</translation>
    </message>
    <message>
        <source>The models are listed from the configuration.</source>
        <translation>Die Modelle werden aus der Konfiguration aufgezählt.</translation>
    </message>
    <message>
        <source>the body is not kept, so the model is not known</source>
        <translation>der Body ist nicht aufgehoben, also ist das Modell nicht bekannt</translation>
    </message>
    <message>
        <source>virtual {}</source>
        <translation>virtuell {}</translation>
    </message>
    <message>
        <source>drawn anew for each request; shown is the likeliest of its models</source>
        <translation>für jede Anfrage neu gezogen; gezeigt ist das wahrscheinlichste seiner Modelle</translation>
    </message>
    <message>
        <source>This address is one of the machine itself: it is served here, but agentgateway refuses it in a cluster.</source>
        <translation>Diese Adresse ist eine des Rechners selbst: Hier wird sie bedient, aber agentgateway weist sie im Cluster zurück.</translation>
    </message>
    <message>
        <source>any server</source>
        <translation>irgendein Server</translation>
    </message>
    <message>
        <source>one after the other</source>
        <translation>einer nach dem anderen</translation>
    </message>
    <message>
        <source>fewest own requests in flight</source>
        <translation>wenigste eigene laufende Anfragen</translation>
    </message>
    <message>
        <source>of two drawn, the one with fewer own requests</source>
        <translation>von zwei gezogenen der mit weniger eigenen Anfragen</translation>
    </message>
    <message>
        <source>reference picker, queue 1, kv 1, prefix 1 (GIE v1.0 chart)</source>
        <translation>Referenzwähler, queue 1, kv 1, prefix 1 (Chart von GIE v1.0)</translation>
    </message>
    <message>
        <source>reference picker, queue 2, kv 2, prefix 3 (compiled in)</source>
        <translation>Referenzwähler, queue 2, kv 2, prefix 3 (einkompiliert)</translation>
    </message>
    <message>
        <source>reference picker, prefix-affinity filter and token load (default since 2026-08)</source>
        <translation>Referenzwähler, Filter nach Präfixnähe und Tokenlast (Vorgabe seit 2026-08)</translation>
    </message>
    <message>
        <source>reference picker, 2-2-3 with the precise prefix index fed by KV events</source>
        <translation>Referenzwähler, 2-2-3 mit dem genauen Präfixindex aus KV-Ereignissen</translation>
    </message>
    <message>
        <source>SGLang gateway, cache_aware</source>
        <translation>SGLang-Gateway, cache_aware</translation>
    </message>
    <message>
        <source>new prefill tokens times batch size (LMetric)</source>
        <translation>neue Prefill-Token mal Stapelgröße (LMetric)</translation>
    </message>
    <message>
        <source>prefill blocks plus decode blocks (Dynamo KV router), index fed by KV events</source>
        <translation>Prefill-Blöcke plus Decode-Blöcke (Dynamo KV router), Index aus KV-Ereignissen</translation>
    </message>
    <message>
        <source>plays every server forward with its true state and takes the earliest first token</source>
        <translation>spielt jeden Server mit seinem wahren Zustand vor und nimmt das früheste erste Token</translation>
    </message>
    <message>
        <source>A simulation needs at least one server.</source>
        <translation>Eine Simulation braucht mindestens einen Server.</translation>
    </message>
    <message>
        <source>{} does not fit on {}.</source>
        <translation>{} passt nicht auf {}.</translation>
    </message>
    <message>
        <source>AgentgatewayModel is experimental in agentgateway 1.4: install it with agentgatewayModels.enabled=true.</source>
        <translation>AgentgatewayModel ist in agentgateway 1.4 experimentell: Installieren Sie es mit agentgatewayModels.enabled=true.</translation>
    </message>
    <message>
        <source>8 servers, conversations</source>
        <translation>8 Server, Gespräche</translation>
    </message>
    <message>
        <source>8 servers, completions in bursts</source>
        <translation>8 Server, Vervollständigungen in Schüben</translation>
    </message>
    <message>
        <source>8 servers, tool calls with shared instructions</source>
        <translation>8 Server, Werkzeugaufrufe mit gemeinsamen Anweisungen</translation>
    </message>
    <message>
        <source>8 servers, 150 shared beginnings of 6,000 tokens</source>
        <translation>8 Server, 150 gemeinsame Anfänge von 6.000 Token</translation>
    </message>
    <message>
        <source>8 servers, long conversations</source>
        <translation>8 Server, lange Gespräche</translation>
    </message>
    <message>
        <source>8 servers, long answers that fill the cache</source>
        <translation>8 Server, lange Antworten, die den Cache füllen</translation>
    </message>
    <message>
        <source>8 servers, gamma bursts</source>
        <translation>8 Server, Gamma-Schübe</translation>
    </message>
    <message>
        <source>4 servers and 4 of half their speed</source>
        <translation>4 Server und 4 von halber Geschwindigkeit</translation>
    </message>
    <message>
        <source>8 servers, 24 adapters, 4 slots each</source>
        <translation>8 Server, 24 Adapter, je 4 Plätze</translation>
    </message>
    <message>
        <source>100 servers of an 8B model, bursts</source>
        <translation>100 Server eines 8B-Modells, Schübe</translation>
    </message>
    <message>
        <source>the anchor: llm-d&apos;s KV-cache wins</source>
        <translation>der Anker: KV-cache wins von llm-d</translation>
    </message>
    <message>
        <source>The scenario is so short that no request comes.</source>
        <translation>Das Szenario ist so kurz, dass keine Anfrage kommt.</translation>
    </message>
    <message>
        <source>{:.{}f} ±{:.{}f}</source>
        <translation>{} ±{}</translation>
    </message>
    <message>
        <source>TTFT p50 ms</source>
        <translation>TTFT p50 ms</translation>
    </message>
    <message>
        <source>TPOT p90 ms</source>
        <translation>TPOT p90 ms</translation>
    </message>
    <message>
        <source>E2E p90 s</source>
        <translation>E2E p90 s</translation>
    </message>
    <message>
        <source>good %</source>
        <translation>gut %</translation>
    </message>
    <message>
        <source>hit %</source>
        <translation>Treffer %</translation>
    </message>
    <message>
        <source>load CV</source>
        <translation>Last-CV</translation>
    </message>
    <message>
        <source>regret ms</source>
        <translation>Reue ms</translation>
    </message>
    <message>
        <source>best pick %</source>
        <translation>beste Wahl %</translation>
    </message>
    <message>
        <source>&quot;{}&quot; needs a number from {} to {}.</source>
        <translation>„{}“ braucht eine Zahl von {} bis {}.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; needs a name.</source>
        <translation>„{}“ braucht einen Namen.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; needs a mapping.</source>
        <translation>„{}“ braucht eine Zuordnung.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; has no field &quot;{}&quot;.</source>
        <translation>„{}“ hat kein Feld „{}“.</translation>
    </message>
    <message>
        <source>&quot;servers&quot; needs a list.</source>
        <translation>„servers“ braucht eine Liste.</translation>
    </message>
    <message>
        <source>There may be at most {} servers.</source>
        <translation>Es darf höchstens {} Server geben.</translation>
    </message>
    <message>
        <source>&quot;servers&quot; is empty.</source>
        <translation>„servers“ ist leer.</translation>
    </message>
    <message>
        <source>&quot;workload&quot; needs a shape.</source>
        <translation>„workload“ braucht eine Form.</translation>
    </message>
    <message>
        <source>&quot;groups&quot; needs groupTokens.</source>
        <translation>„groups“ braucht groupTokens.</translation>
    </message>
    <message>
        <source>&quot;policies&quot; needs a list.</source>
        <translation>„policies“ braucht eine Liste.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is true or false.</source>
        <translation>„{}“ ist true oder false.</translation>
    </message>
    <message>
        <source>{}: A scenario is one document.</source>
        <translation>{}: Ein Szenario ist ein einziges Dokument.</translation>
    </message>
    <message>
        <source>{}: More than {} requests do not fit into memory; lower the rate or the duration.</source>
        <translation>{}: Mehr als {} Anfragen passen nicht in den Speicher; Rate oder Dauer senken.</translation>
    </message>
    <message>
        <source>Connections by these settings are not made, and requests answer 503.</source>
        <translation>Verbindungen nach diesen Einstellungen werden nicht aufgebaut, und Anfragen werden mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>Conditions are run for LLM providers alone; elsewhere answers of 5xx, and none at all, count as failures.</source>
        <translation>Bedingungen werden nur für LLM-Anbieter ausgeführt; sonst zählen Antworten mit 5xx, und gar keine, als Fehler.</translation>
    </message>
    <message>
        <source>traffic is not run for an InferencePool; target the route that leads to it.</source>
        <translation>traffic wird für einen InferencePool nicht ausgeführt; nehmen Sie die Route zum Ziel, die zu ihm führt.</translation>
    </message>
    <message>
        <source>backend.{} is not run for an InferencePool; {} is spoken to as if it were not there.</source>
        <translation>backend.{} wird für einen InferencePool nicht ausgeführt; mit {} wird gesprochen, als stünde es nicht da.</translation>
    </message>
    <message>
        <source>8 servers with half of their cache, tool calls</source>
        <translation>8 Server mit halbem Cache, Werkzeugaufrufe</translation>
    </message>
    <message>
        <source>Mistral has system prompts alone.</source>
        <translation>Mistral kennt nur System-Prompts.</translation>
    </message>
    <message>
        <source>Mistral takes no signatures of other models.</source>
        <translation>Mistral nimmt keine Signaturen anderer Modelle an.</translation>
    </message>
    <message>
        <source>Mistral&apos;s ids of calls are nine letters and digits.</source>
        <translation>Mistrals Kennungen von Aufrufen sind neun Buchstaben und Ziffern.</translation>
    </message>
    <message>
        <source>Mistral demands a schema; it is one of an empty object.</source>
        <translation>Mistral verlangt ein Schema; es ist das eines leeren Objekts.</translation>
    </message>
    <message>
        <source>second</source>
        <translation>Sekunde</translation>
    </message>
    <message>
        <source>minute</source>
        <translation>Minute</translation>
    </message>
    <message>
        <source>hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>1 token per {}</source>
        <translation>1 Token je {}</translation>
    </message>
    <message>
        <source>1 request per {}</source>
        <translation>1 Anfrage je {}</translation>
    </message>
    <message>
        <source>{} tokens per {}</source>
        <translation>{} Token je {}</translation>
    </message>
    <message>
        <source>{} requests per {}</source>
        <translation>{} Anfragen je {}</translation>
    </message>
    <message>
        <source>{} hit{} of {} in the answer: {}</source>
        <translation>{1} Treffer in der Antwort durch {3}: {4w}</translation>
    </message>
    <message>
        <source>header {}={}</source>
        <translation>Header {}={}</translation>
    </message>
    <message>
        <source>query {}={}</source>
        <translation>Parameter {}={}</translation>
    </message>
    <message>
        <source>all others</source>
        <translation>alle anderen</translation>
    </message>
    <message>
        <source>{} · rule {}</source>
        <translation>{} · Regel {}</translation>
    </message>
    <message>
        <source>These arms have no weights that could be set.</source>
        <translation>Diese Arme haben keine Gewichte, die gesetzt werden könnten.</translation>
    </message>
    <message>
        <source>The workspace no longer has these arms.</source>
        <translation>Der Arbeitsbereich hat diese Arme nicht mehr.</translation>
    </message>
    <message>
        <source>Give {} {} %</source>
        <translation>{} erhält {} %</translation>
    </message>
    <message>
        <source>Clients choose between these arms: there are no weights to step.</source>
        <translation>Clients wählen zwischen diesen Armen: Es gibt keine Gewichte für Schritte.</translation>
    </message>
    <message>
        <source>The plan names arms that are not there.</source>
        <translation>Der Plan nennt Arme, die es nicht gibt.</translation>
    </message>
    <message>
        <source>The plan has no step.</source>
        <translation>Der Plan hat keinen Schritt.</translation>
    </message>
    <message>
        <source>The steps must rise, from above 0 to at most 100 percent.</source>
        <translation>Die Schritte müssen steigen, von über 0 bis höchstens 100 Prozent.</translation>
    </message>
    <message>
        <source>A step cannot be held for less than no time.</source>
        <translation>Ein Schritt kann nicht kürzer als gar nicht gehalten werden.</translation>
    </message>
    <message>
        <source>A step needs time before it is inconclusive.</source>
        <translation>Ein Schritt braucht Zeit, bevor er nicht entscheidbar ist.</translation>
    </message>
    <message>
        <source>An error rate lies between 0 and 1.</source>
        <translation>Eine Fehlerrate liegt zwischen 0 und 1.</translation>
    </message>
    <message>
        <source>No metric decides.</source>
        <translation>Keine Metrik entscheidet.</translation>
    </message>
    <message>
        <source>The canary runs already.</source>
        <translation>Der Canary läuft schon.</translation>
    </message>
    <message>
        <source>Only a running canary can be paused.</source>
        <translation>Nur ein laufender Canary kann angehalten werden.</translation>
    </message>
    <message>
        <source>Only a paused canary can be resumed.</source>
        <translation>Nur ein angehaltener Canary kann fortgesetzt werden.</translation>
    </message>
    <message>
        <source>The canary does not run.</source>
        <translation>Der Canary läuft nicht.</translation>
    </message>
    <message>
        <source>There is nothing to roll back.</source>
        <translation>Es gibt nichts zurückzurollen.</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>Es gibt nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>Take the canary&apos;s last change back</source>
        <translation>Letzte Änderung des Canary zurücknehmen</translation>
    </message>
    <message>
        <source>below 256</source>
        <translation>unter 256</translation>
    </message>
    <message>
        <source>256 to 1k</source>
        <translation>256 bis 1k</translation>
    </message>
    <message>
        <source>1k to 4k</source>
        <translation>1k bis 4k</translation>
    </message>
    <message>
        <source>4k to 16k</source>
        <translation>4k bis 16k</translation>
    </message>
    <message>
        <source>16k and more</source>
        <translation>16k und mehr</translation>
    </message>
    <message>
        <source>below 64</source>
        <translation>unter 64</translation>
    </message>
    <message>
        <source>64 to 256</source>
        <translation>64 bis 256</translation>
    </message>
    <message>
        <source>1k and more</source>
        <translation>1k und mehr</translation>
    </message>
    <message>
        <source>{} names no model.</source>
        <translation>{1} nennt kein Modell.</translation>
    </message>
    <message>
        <source>A pod&apos;s annotation about its engine or the path of its metrics cannot be read; its page tells.</source>
        <translation>Eine Annotation eines Pods über seine Engine oder den Pfad seiner Metriken ist nicht lesbar; seine Seite sagt es.</translation>
    </message>
    <message>
        <source>Only some targets of a model rewrite have a weight: the others get no request.</source>
        <translation>Nur einige Ziele einer Modellumschreibung haben ein Gewicht: die anderen erhalten keine Anfrage.</translation>
    </message>
    <message>
        <source>An objective, a model rewrite or a model is for a pool that does not exist: it does nothing.</source>
        <translation>Eine Zielvorgabe, eine Modellumschreibung oder ein Modell gilt einem Pool, den es nicht gibt: sie bewirkt nichts.</translation>
    </message>
    <message>
        <source>Two InferenceModels of a pool serve the same model: the older one counts.</source>
        <translation>Zwei InferenceModels eines Pools bedienen dasselbe Modell: das ältere gilt.</translation>
    </message>
    <message>
        <source>Another model rewrite of the pool takes the requests of this rule before it.</source>
        <translation>Eine andere Modellumschreibung des Pools nimmt die Anfragen dieser Regel vor ihr.</translation>
    </message>
    <message>
        <source>A pool&apos;s picker is nothing that a cluster could ask; here Gatehouse picks itself.</source>
        <translation>Der Picker eines Pools ist nichts, was ein Cluster fragen könnte; hier wählt Gatehouse selbst.</translation>
    </message>
    <message>
        <source>What says how a pool picks cannot be run: a part is left out, or the pool picks by cost.</source>
        <translation>Was sagt, wie ein Pool wählt, lässt sich nicht ausführen: Ein Teil fehlt, oder der Pool wählt nach Kosten.</translation>
    </message>
    <message>
        <source>The annotation gatehouse.dev/sticky-split says no key, so requests are drawn one by one.</source>
        <translation>Die Annotation gatehouse.dev/sticky-split nennt keinen Schlüssel, daher wird jede Anfrage einzeln gezogen.</translation>
    </message>
    <message>
        <source>How it is connected to.</source>
        <translation>Wie die Verbindung dorthin ist.</translation>
    </message>
    <message>
        <source>How it is spoken to; without a key with what the cloud&apos;s own tools find.</source>
        <translation>Wie damit gesprochen wird; ohne Schlüssel mit dem, was die eigenen Werkzeuge der Cloud finden.</translation>
    </message>
    <message>
        <source>Asks a guardrail of Amazon Bedrock.</source>
        <translation>Fragt eine Guardrail von Amazon Bedrock.</translation>
    </message>
    <message>
        <source>Id or ARN of the guardrail.</source>
        <translation>Kennung oder ARN der Guardrail.</translation>
    </message>
    <message>
        <source>Its version: a number, or DRAFT.</source>
        <translation>Ihre Version: eine Zahl oder DRAFT.</translation>
    </message>
    <message>
        <source>Region that it lives in, such as us-west-2.</source>
        <translation>Region, in der sie liegt, etwa us-west-2.</translation>
    </message>
    <message>
        <source>Asks Google&apos;s Model Armor, text by text.</source>
        <translation>Fragt Googles Model Armor, Text für Text.</translation>
    </message>
    <message>
        <source>Project of the template.</source>
        <translation>Projekt der Vorlage.</translation>
    </message>
    <message>
        <source>The template.</source>
        <translation>Die Vorlage.</translation>
    </message>
    <message>
        <source>Where the template lives.</source>
        <translation>Wo die Vorlage liegt.</translation>
    </message>
    <message>
        <source>Refuses requests that change something and come from another site&apos;s pages.</source>
        <translation>Weist Anfragen ab, die etwas ändern und von Seiten einer anderen Site kommen.</translation>
    </message>
    <message>
        <source>Further origins such as https://example.com whose pages may call.</source>
        <translation>Weitere Origins wie https://example.com, deren Seiten aufrufen dürfen.</translation>
    </message>
    <message>
        <source>Waits on purpose before the backend is asked.</source>
        <translation>Wartet mit Absicht, bevor das Backend gefragt wird.</translation>
    </message>
    <message>
        <source>How long, such as 2s; or CEL that makes a duration, or milliseconds, of the request.</source>
        <translation>Wie lange, etwa 2s; oder CEL, das aus der Anfrage eine Dauer oder Millisekunden macht.</translation>
    </message>
    <message>
        <source>Requests of one priority wait by their arrival, without a limit of their own.</source>
        <translation>Anfragen einer Priorität warten in der Reihenfolge ihrer Ankunft, ohne eigene Grenze.</translation>
    </message>
    <message>
        <source>One plugin.</source>
        <translation>Ein Plugin.</translation>
    </message>
    <message>
        <source>What profiles call it; its type where it is left out.</source>
        <translation>Wie Profile es nennen; ohne Angabe sein Typ.</translation>
    </message>
    <message>
        <source>Which plugin it is, by the reference&apos;s name.</source>
        <translation>Welches Plugin es ist, mit dem Namen der Referenz.</translation>
    </message>
    <message>
        <source>Settings of the plugin.</source>
        <translation>Einstellungen des Plugins.</translation>
    </message>
    <message>
        <source>One plugin of the profile.</source>
        <translation>Ein Plugin des Profils.</translation>
    </message>
    <message>
        <source>The plugin, by its name.</source>
        <translation>Das Plugin, mit seinem Namen.</translation>
    </message>
    <message>
        <source>How much a scorer counts; 1 where it is left out.</source>
        <translation>Wie viel eine Bewertung zählt; ohne Angabe 1.</translation>
    </message>
    <message>
        <source>One profile.</source>
        <translation>Ein Profil.</translation>
    </message>
    <message>
        <source>The profile&apos;s name.</source>
        <translation>Der Name des Profils.</translation>
    </message>
    <message>
        <source>Filters, scorers and the picker, in this order.</source>
        <translation>Filter, Bewertungen und die Auswahl, in dieser Reihenfolge.</translation>
    </message>
    <message>
        <source>How pods of a pool are filtered, scored and picked, in the words of the reference endpoint picker.</source>
        <translation>Wie Pods eines Pools gefiltert, bewertet und ausgewählt werden, in den Worten des Referenz-Pickers.</translation>
    </message>
    <message>
        <source>Parts of the reference that are switched on.</source>
        <translation>Teile der Referenz, die eingeschaltet sind.</translation>
    </message>
    <message>
        <source>A gate.</source>
        <translation>Ein Schalter.</translation>
    </message>
    <message>
        <source>What can be used by profiles.</source>
        <translation>Was Profile verwenden können.</translation>
    </message>
    <message>
        <source>Which plugins a pick uses; the first one is run.</source>
        <translation>Welche Plugins eine Auswahl verwendet; das erste wird ausgeführt.</translation>
    </message>
    <message>
        <source>Where the reference reads metrics; Gatehouse scrapes by itself.</source>
        <translation>Woher die Referenz Metriken liest; Gatehouse fragt sie selbst ab.</translation>
    </message>
    <message>
        <source>Waiting for room where every pod is full.</source>
        <translation>Warten auf Platz, wenn jeder Pod voll ist.</translation>
    </message>
    <message>
        <source>Bytes of bodies that wait at most.</source>
        <translation>Wie viele Bytes an Inhalten höchstens warten.</translation>
    </message>
    <message>
        <source>Requests that wait at most.</source>
        <translation>Wie viele Anfragen höchstens warten.</translation>
    </message>
    <message>
        <source>How long a request waits at most; 60s where it is left out.</source>
        <translation>Wie lange eine Anfrage höchstens wartet; ohne Angabe 60s.</translation>
    </message>
    <message>
        <source>How long it waits where the pool has no pod.</source>
        <translation>Wie lange sie wartet, wenn der Pool keinen Pod hat.</translation>
    </message>
    <message>
        <source>Limits of a priority.</source>
        <translation>Grenzen einer Priorität.</translation>
    </message>
    <message>
        <source>Limits of negative priorities.</source>
        <translation>Grenzen negativer Prioritäten.</translation>
    </message>
    <message>
        <source>Limits of single priorities.</source>
        <translation>Grenzen einzelner Prioritäten.</translation>
    </message>
    <message>
        <source>When the reference takes a pool for full.</source>
        <translation>Wann die Referenz einen Pool für voll hält.</translation>
    </message>
    <message>
        <source>How the reference reads requests; Gatehouse reads them by itself.</source>
        <translation>Wie die Referenz Anfragen liest; Gatehouse liest sie selbst.</translation>
    </message>
    <message>
        <source>How the reference reads requests, in older files.</source>
        <translation>Wie die Referenz Anfragen liest, in älteren Dateien.</translation>
    </message>
    <message>
        <source>What happens when no pod can be picked: the request fails, or goes to any pod that is there.</source>
        <translation>Was geschieht, wenn kein Pod gewählt werden kann: die Anfrage schlägt fehl oder geht an irgendeinen vorhandenen Pod.</translation>
    </message>
    <message>
        <source>The pool that it is for, of the same namespace.</source>
        <translation>Der Pool, für den es gilt, aus demselben Namespace.</translation>
    </message>
    <message>
        <source>API group of the pool.</source>
        <translation>API-Gruppe des Pools.</translation>
    </message>
    <message>
        <source>Kind of the pool.</source>
        <translation>Art des Pools.</translation>
    </message>
    <message>
        <source>Name of the pool.</source>
        <translation>Name des Pools.</translation>
    </message>
    <message>
        <source>Ports that the model servers listen on; each port of each pod is an endpoint of its own.</source>
        <translation>Ports, auf denen die Modellserver lauschen; jeder Port jedes Pods ist ein eigener Endpunkt.</translation>
    </message>
    <message>
        <source>Port that the model servers listen on.</source>
        <translation>Port, auf dem die Modellserver lauschen.</translation>
    </message>
    <message>
        <source>How urgent requests are that name it in the header x-llm-d-inference-objective.</source>
        <translation>Wie dringend Anfragen sind, die es im Header x-llm-d-inference-objective nennen.</translation>
    </message>
    <message>
        <source>The priority, and the pool that it holds for.</source>
        <translation>Die Priorität und der Pool, für den sie gilt.</translation>
    </message>
    <message>
        <source>Higher goes first; negative ones are shed first. Not set: 0.</source>
        <translation>Höhere gehen vor; negative werden zuerst abgeworfen. Nicht gesetzt: 0.</translation>
    </message>
    <message>
        <source>One condition on the request.</source>
        <translation>Eine Bedingung an die Anfrage.</translation>
    </message>
    <message>
        <source>The model that the request names.</source>
        <translation>Das Modell, das die Anfrage nennt.</translation>
    </message>
    <message>
        <source>How it is compared.</source>
        <translation>Wie verglichen wird.</translation>
    </message>
    <message>
        <source>The model&apos;s name.</source>
        <translation>Der Name des Modells.</translation>
    </message>
    <message>
        <source>One model to ask for instead.</source>
        <translation>Ein Modell, nach dem stattdessen gefragt wird.</translation>
    </message>
    <message>
        <source>Its share of the weights of all targets; of all or of none.</source>
        <translation>Sein Anteil an den Gewichten aller Ziele; bei allen oder bei keinem.</translation>
    </message>
    <message>
        <source>The model that is asked for.</source>
        <translation>Das Modell, nach dem gefragt wird.</translation>
    </message>
    <message>
        <source>One rule: any of its matches, or all requests without one.</source>
        <translation>Eine Regel: eine ihrer Bedingungen, oder ohne Bedingung alle Anfragen.</translation>
    </message>
    <message>
        <source>Any of them is enough.</source>
        <translation>Eine davon genügt.</translation>
    </message>
    <message>
        <source>Where the share goes.</source>
        <translation>Wohin die Anteile gehen.</translation>
    </message>
    <message>
        <source>Which model a pool is asked for instead of the one that requests name, by weights.</source>
        <translation>Nach welchem Modell ein Pool statt des genannten gefragt wird, nach Gewichten.</translation>
    </message>
    <message>
        <source>The pool and its rules.</source>
        <translation>Der Pool und seine Regeln.</translation>
    </message>
    <message>
        <source>Exact matches go before rules for all requests.</source>
        <translation>Genaue Treffer gehen Regeln für alle Anfragen vor.</translation>
    </message>
    <message>
        <source>Its share of the weights of all targets.</source>
        <translation>Sein Anteil an den Gewichten aller Ziele.</translation>
    </message>
    <message>
        <source>A model by name, before InferenceObjective and InferenceModelRewrite: read, and run as what those would say.</source>
        <translation>Ein Modell mit Namen, vor InferenceObjective und InferenceModelRewrite: wird gelesen und so ausgeführt, wie jene es sagen würden.</translation>
    </message>
    <message>
        <source>The model, and where its requests go.</source>
        <translation>Das Modell und wohin seine Anfragen gehen.</translation>
    </message>
    <message>
        <source>The model that requests name.</source>
        <translation>Das Modell, das Anfragen nennen.</translation>
    </message>
    <message>
        <source>How urgent its requests are.</source>
        <translation>Wie dringend seine Anfragen sind.</translation>
    </message>
    <message>
        <source>Models to ask for instead, by weights.</source>
        <translation>Modelle, nach denen stattdessen gefragt wird, nach Gewichten.</translation>
    </message>
    <message>
        <source>Share of requests that are checked.</source>
        <translation>Anteil der Anfragen, die geprüft werden.</translation>
    </message>
    <message>
        <source>In its place: the share that is checked for the record alone.</source>
        <translation>An dessen Stelle: der Anteil, der nur für die Aufzeichnung geprüft wird.</translation>
    </message>
    <message>
        <source>Further hosts whose pages may call; the host that is called may always.</source>
        <translation>Weitere Hosts, deren Seiten aufrufen dürfen; der aufgerufene Host darf immer.</translation>
    </message>
    <message>
        <source>One host, with its port where it has one.</source>
        <translation>Ein Host, mit seinem Port, wo er einen hat.</translation>
    </message>
    <message>
        <source>The whole host.</source>
        <translation>Der ganze Host.</translation>
    </message>
    <message>
        <source>Its beginning.</source>
        <translation>Sein Anfang.</translation>
    </message>
    <message>
        <source>Its end.</source>
        <translation>Sein Ende.</translation>
    </message>
    <message>
        <source>What stands in it.</source>
        <translation>Was darin steht.</translation>
    </message>
    <message>
        <source>Regular expression (RE2) of the whole.</source>
        <translation>Regulärer Ausdruck (RE2) für das Ganze.</translation>
    </message>
    <message>
        <source>Does case not matter? Not of safeRegex.</source>
        <translation>Ist Groß- und Kleinschreibung gleich? Nicht für safeRegex.</translation>
    </message>
    <message>
        <source>Faults on purpose, to see what clients make of them.</source>
        <translation>Absichtliche Fehler, um zu sehen, was Clients daraus machen.</translation>
    </message>
    <message>
        <source>Waits before anything else is done.</source>
        <translation>Wartet, bevor irgendetwas anderes geschieht.</translation>
    </message>
    <message>
        <source>How long.</source>
        <translation>Wie lange.</translation>
    </message>
    <message>
        <source>Share of requests.</source>
        <translation>Anteil der Anfragen.</translation>
    </message>
    <message>
        <source>An error in place of an answer.</source>
        <translation>Ein Fehler statt einer Antwort.</translation>
    </message>
    <message>
        <source>Its status.</source>
        <translation>Sein Status.</translation>
    </message>
    <message>
        <source>Its status, of gRPC.</source>
        <translation>Sein Status, von gRPC.</translation>
    </message>
    <message>
        <source>Answers come slowly.</source>
        <translation>Antworten kommen langsam.</translation>
    </message>
    <message>
        <source>How fast they come.</source>
        <translation>Wie schnell sie kommen.</translation>
    </message>
    <message>
        <source>So many requests at a time; further ones pass without a fault.</source>
        <translation>So viele Anfragen zugleich; weitere gehen ohne Fehler durch.</translation>
    </message>
    <message>
        <source>There is no InferencePool {} in namespace {}.</source>
        <translation>Im Namespace {2} gibt es keinen InferencePool {1}.</translation>
    </message>
    <message>
        <source>The picker is a {}, and must be a Service.</source>
        <translation>Der Picker ist {1}, muss aber ein Service sein.</translation>
    </message>
    <message>
        <source>The picker&apos;s port is missing.</source>
        <translation>Der Port des Pickers fehlt.</translation>
    </message>
    <message>
        <source>Service {} is of type ExternalName, which cannot be a picker.</source>
        <translation>Service {1} ist vom Typ ExternalName und kann kein Picker sein.</translation>
    </message>
    <message>
        <source>Service {} has no port {}.</source>
        <translation>Service {1} hat keinen Port {2}.</translation>
    </message>
    <message>
        <source>InferenceModel {} serves {} of this pool already.</source>
        <translation>InferenceModel {1} bedient {2} dieses Pools schon.</translation>
    </message>
    <message>
        <source>Run as what InferenceObjective and InferenceModelRewrite would say; the kind is gone since Inference Extension v1.0.</source>
        <translation>Läuft so, wie InferenceObjective und InferenceModelRewrite es sagen würden; die Art gibt es seit Inference Extension v1.0 nicht mehr.</translation>
    </message>
    <message>
        <source>Requests that name it have priority {}.</source>
        <translation>Anfragen, die es nennen, haben die Priorität {1}.</translation>
    </message>
    <message>
        <source>The rules are run.</source>
        <translation>Die Regeln werden ausgeführt.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is no origin such as https://example.com.</source>
        <translation>&apos;{}&apos; ist kein Origin wie https://example.com.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is neither a duration nor an expression: {}</source>
        <translation>&apos;{}&apos; ist weder eine Dauer noch ein Ausdruck: {}</translation>
    </message>
    <message>
        <source>{} ({}) is no kind of pool; name an InferencePool.</source>
        <translation>{1} ({2}) ist keine Art von Pool; nennen Sie einen InferencePool.</translation>
    </message>
    <message>
        <source>There is no InferencePool {} in namespace {}; {} does nothing.</source>
        <translation>Im Namespace {2} gibt es keinen InferencePool {1}; {3} bewirkt nichts.</translation>
    </message>
    <message>
        <source>{} of {} targets have a weight; those without one get no request. Give all of them a weight, or none.</source>
        <translation>{1} von {2} Zielen haben ein Gewicht; die ohne erhalten keine Anfrage. Geben Sie allen ein Gewicht oder keinem.</translation>
    </message>
    <message>
        <source>InferenceModelRewrite {} has a rule for all requests already, which goes first.</source>
        <translation>InferenceModelRewrite {1} hat schon eine Regel für alle Anfragen, die vorgeht.</translation>
    </message>
    <message>
        <source>InferenceModelRewrite {} has a rule for {} already, which goes first.</source>
        <translation>InferenceModelRewrite {1} hat schon eine Regel für {2}, die vorgeht.</translation>
    </message>
    <message>
        <source>{} is no kind of picker that gateways know; name a Service. Here Gatehouse picks itself.</source>
        <translation>{1} ist keine Art von Picker, die Gateways kennen; nennen Sie einen Service. Hier wählt Gatehouse selbst.</translation>
    </message>
    <message>
        <source>Service {} is of type ExternalName, which gateways refuse as a picker. Here Gatehouse picks itself.</source>
        <translation>Service {1} ist vom Typ ExternalName, den Gateways als Picker ablehnen. Hier wählt Gatehouse selbst.</translation>
    </message>
    <message>
        <source>InferenceModel {} serves {} of this pool already, and is older: this one does nothing.</source>
        <translation>InferenceModel {1} bedient {2} dieses Pools schon und ist älter: dieses bewirkt nichts.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is no path; it must begin with /.</source>
        <translation>„{1}“ ist kein Pfad; er muss mit / beginnen.</translation>
    </message>
    <message>
        <source>No engine is known as &apos;{}&apos;; its page tells which one it is.</source>
        <translation>Keine Engine ist als „{1}“ bekannt; ihre Seite sagt, welche es ist.</translation>
    </message>
    <message>
        <source>csrf takes percentageEnabled or percentageShadowed, not both.</source>
        <translation>csrf nimmt percentageEnabled oder percentageShadowed, nicht beides.</translation>
    </message>
    <message>
        <source>faultInjection needs delay, abort, responseRateLimit or disable.</source>
        <translation>faultInjection braucht delay, abort, responseRateLimit oder disable.</translation>
    </message>
    <message>
        <source>fixedDelay is between 1ms and 1h.</source>
        <translation>fixedDelay liegt zwischen 1ms und 1h.</translation>
    </message>
    <message>
        <source>its method changes nothing</source>
        <translation>ihre Methode ändert nichts</translation>
    </message>
    <message>
        <source>the browser says that it is of the same site</source>
        <translation>der Browser sagt, dass sie von derselben Site ist</translation>
    </message>
    <message>
        <source>its origin is one of the listed</source>
        <translation>ihr Origin ist einer der aufgeführten</translation>
    </message>
    <message>
        <source>the browser says that it is of another site</source>
        <translation>der Browser sagt, dass sie von einer anderen Site ist</translation>
    </message>
    <message>
        <source>it is of no browser, or of the same site: it names no origin</source>
        <translation>sie ist von keinem Browser oder von derselben Site: sie nennt keinen Origin</translation>
    </message>
    <message>
        <source>its origin is the host that it is for</source>
        <translation>ihr Origin ist der Host, für den sie ist</translation>
    </message>
    <message>
        <source>its origin is another host</source>
        <translation>ihr Origin ist ein anderer Host</translation>
    </message>
    <message>
        <source>neither its Origin nor its Referer says where it comes from</source>
        <translation>weder ihr Origin noch ihr Referer sagt, woher sie kommt</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no origin such as https://example.com.</source>
        <translation>&quot;{}&quot; ist kein Origin wie https://example.com.</translation>
    </message>
    <message>
        <source>the delay is neither a duration nor a number of milliseconds</source>
        <translation>die Verzögerung ist weder eine Dauer noch eine Zahl von Millisekunden</translation>
    </message>
    <message>
        <source>waits as {} says</source>
        <translation>wartet, wie {} sagt</translation>
    </message>
    <message>
        <source>{} % wait {} ms</source>
        <translation>{} % warten {} ms</translation>
    </message>
    <message>
        <source>{} % are answered with the gRPC status {}</source>
        <translation>{} % werden mit dem gRPC-Status {} beantwortet</translation>
    </message>
    <message>
        <source>{} % are answered {}</source>
        <translation>{} % werden mit {} beantwortet</translation>
    </message>
    <message>
        <source>{} % are answered at {} bytes/s</source>
        <translation>{} % werden mit {} Bytes/s beantwortet</translation>
    </message>
    <message>
        <source>response cache</source>
        <translation>Antwortspeicher</translation>
    </message>
    <message>
        <source>the client wants nothing kept (no-store)</source>
        <translation>der Client will nichts aufbewahrt haben (no-store)</translation>
    </message>
    <message>
        <source>not asked: its answer would depend on more than the request</source>
        <translation>nicht gefragt: die Antwort hinge von mehr als der Anfrage ab</translation>
    </message>
    <message>
        <source>the client wants a fresh answer (no-cache), which is kept</source>
        <translation>der Client will eine frische Antwort (no-cache), die aufbewahrt wird</translation>
    </message>
    <message>
        <source>no equal request of this caller was answered yet; its answer is kept</source>
        <translation>noch wurde keine gleiche Anfrage dieses Aufrufers beantwortet; ihre Antwort wird aufbewahrt</translation>
    </message>
    <message>
        <source>answered from what was kept {} s ago; {} input and {} output tokens were not paid for again</source>
        <translation>beantwortet mit dem, was vor {} s aufbewahrt wurde; {} Eingabe- und {} Ausgabetokens wurden nicht noch einmal bezahlt</translation>
    </message>
    <message>
        <source>{}; it is not enforced for this request</source>
        <translation>{}; für diese Anfrage wird es nicht durchgesetzt</translation>
    </message>
    <message>
        <source>The request comes from another site than the one that it is for.</source>
        <translation>Die Anfrage kommt von einer anderen Site als der, für die sie ist.</translation>
    </message>
    <message>
        <source>its expression failed, so nothing was waited for: {}</source>
        <translation>ihr Ausdruck schlug fehl, daher wurde nicht gewartet: {}</translation>
    </message>
    <message>
        <source>waited {} ms on purpose</source>
        <translation>mit Absicht {} ms gewartet</translation>
    </message>
    <message>
        <source>The client left during a delay on purpose.</source>
        <translation>Der Client ging während einer absichtlichen Verzögerung.</translation>
    </message>
    <message>
        <source>answered with an error on purpose</source>
        <translation>mit Absicht mit einem Fehler beantwortet</translation>
    </message>
    <message>
        <source>The route&apos;s fault injection answered in place of a backend.</source>
        <translation>Die Fehlereinspeisung der Route antwortete statt eines Backends.</translation>
    </message>
    <message>
        <source>its answer came at {} bytes/s on purpose</source>
        <translation>ihre Antwort kam mit Absicht mit {} Bytes/s</translation>
    </message>
    <message>
        <source>There is no key for the guard&apos;s service.</source>
        <translation>Für den Dienst des Wächters gibt es keinen Schlüssel.</translation>
    </message>
    <message>
        <source>There is no key for the guard&apos;s service: {}</source>
        <translation>Für den Dienst des Wächters gibt es keinen Schlüssel: {}</translation>
    </message>
    <message>
        <source>Every pod of the pool is full, and so is its queue for requests of this priority.</source>
        <translation>Jeder Pod des Pools ist voll, und seine Warteschlange für Anfragen dieser Priorität auch.</translation>
    </message>
    <message>
        <source>No pod of the pool had room in time.</source>
        <translation>Kein Pod des Pools hatte rechtzeitig Platz.</translation>
    </message>
    <message>
        <source>The client left while it waited for a pod with room.</source>
        <translation>Der Client ging, während er auf einen Pod mit Platz wartete.</translation>
    </message>
    <message>
        <source>The gateway is stopping.</source>
        <translation>Das Gateway hält an.</translation>
    </message>
    <message>
        <source>A request of higher priority took its place in the pool&apos;s queue.</source>
        <translation>Eine Anfrage höherer Priorität nahm ihren Platz in der Warteschlange des Pools ein.</translation>
    </message>
    <message>
        <source>asked for by the console, not drawn</source>
        <translation>von der Konsole verlangt, nicht gezogen</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>Es wurde angehalten.</translation>
    </message>
    <message>
        <source>The rehearsal gave no answer.</source>
        <translation>Die Probe gab keine Antwort.</translation>
    </message>
    <message>
        <source>pod {}</source>
        <translation>Pod {}</translation>
    </message>
    <message>
        <source>No rule {} runs.</source>
        <translation>Keine Regel {} läuft.</translation>
    </message>
    <message>
        <source>The rule answers 500: {}</source>
        <translation>Die Regel antwortet mit 500: {}</translation>
    </message>
    <message>
        <source>The rule has no such backend that leads to models.</source>
        <translation>Die Regel hat kein solches Backend, das zu Modellen führt.</translation>
    </message>
    <message>
        <source>Two plugins are called {}.</source>
        <translation>Zwei Plugins heißen {}.</translation>
    </message>
    <message>
        <source>There is no plugin of type {}.</source>
        <translation>Es gibt kein Plugin vom Typ {}.</translation>
    </message>
    <message>
        <source>{} is not run by this version; picks are made without it.</source>
        <translation>{} wird in dieser Version nicht ausgeführt; gewählt wird ohne es.</translation>
    </message>
    <message>
        <source>The profile {} is not run: Gatehouse runs the first one, without disaggregation.</source>
        <translation>Das Profil {} wird nicht ausgeführt: Gatehouse führt das erste aus, ohne Disaggregation.</translation>
    </message>
    <message>
        <source>There is no plugin called {}.</source>
        <translation>Kein Plugin heißt {}.</translation>
    </message>
    <message>
        <source>A weight is a number of 0 or more.</source>
        <translation>Ein Gewicht ist eine Zahl ab 0.</translation>
    </message>
    <message>
        <source>A profile runs at most {} scorers.</source>
        <translation>Ein Profil führt höchstens {} Bewertungen aus.</translation>
    </message>
    <message>
        <source>A threshold must be greater than 0.</source>
        <translation>Eine Schwelle muss größer als 0 sein.</translation>
    </message>
    <message>
        <source>A throughput must be greater than 0.</source>
        <translation>Ein Durchsatz muss größer als 0 sein.</translation>
    </message>
    <message>
        <source>The parameter {} of {} is not run by this version.</source>
        <translation>Der Parameter {} von {} wird in dieser Version nicht ausgeführt.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no duration such as 60s.</source>
        <translation>„{}“ ist keine Dauer wie 60s.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no amount such as 1Gi.</source>
        <translation>„{}“ ist keine Menge wie 1Gi.</translation>
    </message>
    <message>
        <source>It reports no KV-cache use: its pods are judged by queue and requests in flight.</source>
        <translation>Sie meldet keine KV-Cache-Nutzung: ihre Pods werden nach Warteschlange und laufenden Anfragen beurteilt.</translation>
    </message>
    <message>
        <source>Triton with TensorRT-LLM</source>
        <translation>Triton mit TensorRT-LLM</translation>
    </message>
    <message>
        <source>It reports neither running requests nor KV-cache use: its pods are judged by queue and requests in flight.</source>
        <translation>Sie meldet weder laufende Anfragen noch KV-Cache-Nutzung: ihre Pods werden nach Warteschlange und eigenen laufenden Anfragen beurteilt.</translation>
    </message>
    <message>
        <source>It reports no queue and no KV-cache use: its pods are judged by requests in flight alone.</source>
        <translation>Sie meldet weder Warteschlange noch KV-Cache-Nutzung: ihre Pods werden allein nach laufenden Anfragen beurteilt.</translation>
    </message>
    <message>
        <source>its own page</source>
        <translation>seine eigene Seite</translation>
    </message>
    <message>
        <source>removed by a filter</source>
        <translation>von einem Filter entfernt</translation>
    </message>
    <message>
        <source>removed by {}</source>
        <translation>von {} entfernt</translation>
    </message>
    <message>
        <source>{:.2f} s before {}</source>
        <translation>{} s vor {}</translation>
    </message>
    <message>
        <source>{:.1f} ms before {}</source>
        <translation>{} ms vor {}</translation>
    </message>
    <message>
        <source>best score {:.2f} by {}, {}</source>
        <translation>beste Wertung {} nach {}, {}</translation>
    </message>
    <message>
        <source>metrics of {} of {} pods are missing or older than {} ms: lowest cost by Gatehouse&apos;s own requests alone ({:.0f} ms), {}</source>
        <translation>Metriken von {} von {} Pods fehlen oder sind älter als {} ms: niedrigste Kosten allein nach Gatehouse&apos; eigenen Anfragen ({} ms), {}</translation>
    </message>
    <message>
        <source>lowest cost {:.0f} ms, {}</source>
        <translation>niedrigste Kosten {} ms, {}</translation>
    </message>
    <message>
        <source>{} pods without fresh metrics judged by Gatehouse&apos;s own requests</source>
        <translation>{} Pods ohne frische Metriken nach Gatehouse&apos; eigenen Anfragen beurteilt</translation>
    </message>
    <message>
        <source>the size of its cache is assumed</source>
        <translation>die Größe seines Caches ist angenommen</translation>
    </message>
    <message>
        <source>waited {:.2f} s for room</source>
        <translation>wartete {} s auf Platz</translation>
    </message>
    <message>
        <source>{} answered {}</source>
        <translation>{1} antwortete {2}</translation>
    </message>
    <message>
        <source>DCGM exporter {}</source>
        <translation>DCGM-Exporter {1}</translation>
    </message>
    <message>
        <source>its page names no pod with GPU memory; the exporter must map GPUs to pods (DCGM_EXPORTER_KUBERNETES)</source>
        <translation>seine Seite nennt keinen Pod mit GPU-Speicher; der Exporter muss GPUs Pods zuordnen (DCGM_EXPORTER_KUBERNETES)</translation>
    </message>
    <message>
        <source>429 without Retry-After</source>
        <translation>429 ohne Retry-After</translation>
    </message>
    <message>
        <source>429 with Retry-After: 30</source>
        <translation>429 mit Retry-After: 30</translation>
    </message>
    <message>
        <source>529, overloaded</source>
        <translation>529, überlastet</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>reset before an answer</source>
        <translation>Abbruch vor einer Antwort</translation>
    </message>
    <message>
        <source>a head, and no first token</source>
        <translation>ein Kopf, aber kein erstes Token</translation>
    </message>
    <message>
        <source>a stall between tokens</source>
        <translation>ein Stocken zwischen Token</translation>
    </message>
    <message>
        <source>malformed chunks of HTTP</source>
        <translation>fehlerhafte HTTP-Stücke</translation>
    </message>
    <message>
        <source>a first event that is no JSON</source>
        <translation>ein erstes Ereignis, das kein JSON ist</translation>
    </message>
    <message>
        <source>malformed chunks after the first token</source>
        <translation>fehlerhafte Stücke nach dem ersten Token</translation>
    </message>
    <message>
        <source>an error event with status 200</source>
        <translation>ein Fehlerereignis mit Status 200</translation>
    </message>
    <message>
        <source>a stream that ends before it begins</source>
        <translation>ein Strom, der vor dem Anfang endet</translation>
    </message>
    <message>
        <source>HTML in place of an answer</source>
        <translation>HTML statt einer Antwort</translation>
    </message>
    <message>
        <source>an answer that is no HTTP</source>
        <translation>eine Antwort, die kein HTTP ist</translation>
    </message>
    <message>
        <source>400, the context is too long</source>
        <translation>400, der Kontext ist zu lang</translation>
    </message>
    <message>
        <source>401, the key is refused</source>
        <translation>401, der Schlüssel wird abgelehnt</translation>
    </message>
    <message>
        <source>400, the request is wrong</source>
        <translation>400, die Anfrage ist falsch</translation>
    </message>
    <message>
        <source>a reset in the middle of a stream</source>
        <translation>ein Abbruch mitten im Strom</translation>
    </message>
    <message>
        <source>a stream that stops without its end</source>
        <translation>ein Strom, der ohne sein Ende aufhört</translation>
    </message>
    <message>
        <source>{} has no chats that could be simulated.</source>
        <translation>{} hat keine Chats, die sich simulieren ließen.</translation>
    </message>
    <message>
        <source>A simulated provider found no port on loopback.</source>
        <translation>Ein simulierter Anbieter fand keinen Port auf Loopback.</translation>
    </message>
    <message>
        <source>Hello from a simulated provider.</source>
        <translation>Hallo von einem simulierten Anbieter.</translation>
    </message>
    <message>
        <source>sensitive information</source>
        <translation>sensible Angaben</translation>
    </message>
    <message>
        <source>The guardrail&apos;s answer names no action that is known.</source>
        <translation>Die Antwort der Guardrail nennt keine bekannte Aktion.</translation>
    </message>
    <message>
        <source>The guardrail was asked about {} texts and masked {}.</source>
        <translation>Die Guardrail wurde nach {} Texten gefragt und maskierte {}.</translation>
    </message>
    <message>
        <source>The guardrail&apos;s mask holds an output without a text.</source>
        <translation>Die Maske der Guardrail enthält eine Ausgabe ohne Text.</translation>
    </message>
    <message>
        <source>Model Armor&apos;s answer says neither that it found something nor that it did not.</source>
        <translation>Die Antwort von Model Armor sagt weder, dass es etwas fand, noch, dass nicht.</translation>
    </message>
    <message>
        <source>Model Armor could not run all of its filters.</source>
        <translation>Model Armor konnte nicht alle seine Filter ausführen.</translation>
    </message>
    <message>
        <source>The source of the subject&apos;s token has no such field.</source>
        <translation>Die Quelle des Subjekt-Tokens hat kein solches Feld.</translation>
    </message>
    <message>
        <source>{} answered {}.</source>
        <translation>{} antwortete {}.</translation>
    </message>
    <message>
        <source>The external_account&apos;s JSON {}.</source>
        <translation>Das JSON des external_account {}.</translation>
    </message>
    <message>
        <source>has no {}</source>
        <translation>hat kein {}</translation>
    </message>
    <message>
        <source>has a token_url that is not https</source>
        <translation>hat eine token_url, die nicht https ist</translation>
    </message>
    <message>
        <source>has a service_account_impersonation_url that is not https</source>
        <translation>hat eine service_account_impersonation_url, die nicht https ist</translation>
    </message>
    <message>
        <source>names no credential_source that is run; a file or a url is</source>
        <translation>nennt keine credential_source, die ausgeführt wird; eine Datei oder eine URL wird es</translation>
    </message>
    <message>
        <source>has a credential_source that is no address</source>
        <translation>hat eine credential_source, die keine Adresse ist</translation>
    </message>
    <message>
        <source>has a header that is no text</source>
        <translation>hat einen Header, der kein Text ist</translation>
    </message>
    <message>
        <source>GCE_METADATA_HOST is no host.</source>
        <translation>GCE_METADATA_HOST ist kein Host.</translation>
    </message>
    <message>
        <source>Metadata-Flavor: Google</source>
        <translation>Metadata-Flavor: Google</translation>
    </message>
    <message>
        <source>The source of the subject&apos;s token answered {}.</source>
        <translation>Die Quelle des Subjekt-Tokens antwortete {}.</translation>
    </message>
    <message>
        <source>{} answered without keys.</source>
        <translation>{} antwortete ohne Schlüssel.</translation>
    </message>
    <message>
        <source>{} answered with keys that end at no time that can be read.</source>
        <translation>{} antwortete mit Schlüsseln, deren Ende nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>{} cannot be read.</source>
        <translation>{} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>{} holds no token.</source>
        <translation>{} enthält kein Token.</translation>
    </message>
    <message>
        <source>Amazon EC2</source>
        <translation>Amazon EC2</translation>
    </message>
    <message>
        <source>AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor a service of this machine.</source>
        <translation>AWS_CONTAINER_CREDENTIALS_FULL_URI ist weder https noch ein Dienst dieser Maschine.</translation>
    </message>
    <message>
        <source>The container&apos;s authorization token is of several lines.</source>
        <translation>Das Autorisierungs-Token des Containers hat mehrere Zeilen.</translation>
    </message>
    <message>
        <source>AWS_EC2_METADATA_SERVICE_ENDPOINT is no address.</source>
        <translation>AWS_EC2_METADATA_SERVICE_ENDPOINT ist keine Adresse.</translation>
    </message>
    <message>
        <source>the instance&apos;s metadata at {}</source>
        <translation>die Metadaten der Instanz unter {}</translation>
    </message>
    <message>
        <source>X-aws-ec2-metadata-token-ttl-seconds: 21600</source>
        <translation>X-aws-ec2-metadata-token-ttl-seconds: 21600</translation>
    </message>
    <message>
        <source>Content-Length: 0</source>
        <translation>Content-Length: 0</translation>
    </message>
    <message>
        <source>{} answered {} to a question for a session.</source>
        <translation>{} antwortete {} auf die Frage nach einer Sitzung.</translation>
    </message>
    <message>
        <source>X-aws-ec2-metadata-token: {}</source>
        <translation>X-aws-ec2-metadata-token: {}</translation>
    </message>
    <message>
        <source>{} answered {}: the instance has no role.</source>
        <translation>{} antwortete {}: die Instanz hat keine Rolle.</translation>
    </message>
    <message>
        <source>AWS_ROLE_ARN is no ARN, or AWS_WEB_IDENTITY_TOKEN_FILE is not set.</source>
        <translation>AWS_ROLE_ARN ist keine ARN, oder AWS_WEB_IDENTITY_TOKEN_FILE ist nicht gesetzt.</translation>
    </message>
    <message>
        <source>What should assume the AWS role are no keys of AWS.</source>
        <translation>Was die AWS-Rolle annehmen soll, sind keine AWS-Schlüssel.</translation>
    </message>
    <message>
        <source>IDENTITY_ENDPOINT is no address.</source>
        <translation>IDENTITY_ENDPOINT ist keine Adresse.</translation>
    </message>
    <message>
        <source>the machine&apos;s identity at {}</source>
        <translation>die Identität der Maschine unter {}</translation>
    </message>
    <message>
        <source>Metadata: true</source>
        <translation>Metadata: true</translation>
    </message>
    <message>
        <source>AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE are not set.</source>
        <translation>AZURE_CLIENT_ID, AZURE_TENANT_ID und AZURE_FEDERATED_TOKEN_FILE sind nicht gesetzt.</translation>
    </message>
    <message>
        <source>The streams were read by no dialect, so their events are not linked.</source>
        <translation>Die Ströme wurden in keinem Dialekt gelesen, darum sind ihre Ereignisse nicht verknüpft.</translation>
    </message>
    <message>
        <source>There is no translation between these two streams, so their events are not linked.</source>
        <translation>Zwischen diesen beiden Strömen gibt es keine Übersetzung, darum sind ihre Ereignisse nicht verknüpft.</translation>
    </message>
    <message>
        <source>The Google credential is of a type that is not run; service_account, authorized_user and external_account are.</source>
        <translation>Der Google-Zugang ist von einer Art, die nicht ausgeführt wird; service_account, authorized_user und external_account werden es.</translation>
    </message>
    <message>
        <source>the key keeps its backend while the weights stay</source>
        <translation>der Schlüssel behält sein Backend, solange die Gewichte bleiben</translation>
    </message>
    <message>
        <source>set aside: a draw was asked for</source>
        <translation>übergangen: Es wurde nach einer Ziehung gefragt</translation>
    </message>
    <message>
        <source>the request carries no key, so it is drawn by itself</source>
        <translation>die Anfrage trägt keinen Schlüssel und wird daher einzeln gezogen</translation>
    </message>
    <message>
        <source>{}; {} % of requests are checked</source>
        <translation>{}; {} % der Anfragen werden geprüft</translation>
    </message>
    <message>
        <source>answers are kept for {} s; an equal request of the same caller is answered from there, and explain goes on as if there were none</source>
        <translation>Antworten werden {} s aufbewahrt; eine gleiche Anfrage desselben Aufrufers wird daraus beantwortet, und explain macht weiter, als gäbe es keine</translation>
    </message>
    <message>
        <source>a fault on purpose may be made: {}; explain goes on without it</source>
        <translation>ein absichtlicher Fehler kann gemacht werden: {}; explain macht ohne ihn weiter</translation>
    </message>
    <message>
        <source>no rule of the pool&apos;s model rewrites takes it</source>
        <translation>keine Regel der Modellumschreibungen des Pools nimmt es</translation>
    </message>
    <message>
        <source>drawn anew for each request; shown is the first of its targets</source>
        <translation>wird für jede Anfrage neu gezogen; gezeigt ist das erste seiner Ziele</translation>
    </message>
    <message>
        <source>{}, {} of {} pods</source>
        <translation>{1}, {2} von {3} Pods</translation>
    </message>
    <message>
        <source>asks for {}, by {}</source>
        <translation>fragt nach {1}, durch {2}</translation>
    </message>
    <message>
        <source>asks for {}, {} of {} by {}</source>
        <translation>fragt nach {1}, {2} von {3} durch {4}</translation>
    </message>
    <message>
        <source>&quot;{}&quot; says neither &quot;header NAME&quot;, &quot;cookie NAME&quot; nor &quot;caller&quot;; requests are drawn one by one.</source>
        <translation>„{}“ sagt weder „header NAME“ noch „cookie NAME“ noch „caller“; Anfragen werden einzeln gezogen.</translation>
    </message>
    <message>
        <source>weight {} of {} ({:.1f} %), place {} by {}</source>
        <translation>Gewicht {1} von {2} ({3} %), Platz {4} nach {5}</translation>
    </message>
    <message>
        <source>{} asks for a guard of no kind</source>
        <translation>{} verlangt einen Wächter ohne Art</translation>
    </message>
    <message>
        <source>This guard is of no kind that is run.</source>
        <translation>Dieser Wächter ist von keiner Art, die ausgeführt wird.</translation>
    </message>
    <message>
        <source>auth.{} is not run for {}.</source>
        <translation>auth.{} wird für {} nicht ausgeführt.</translation>
    </message>
    <message>
        <source>{} of {} has no key: {}</source>
        <translation>{} von {} hat keinen Schlüssel: {}</translation>
    </message>
    <message>
        <source>AWS web identity</source>
        <translation>AWS-Web-Identität</translation>
    </message>
    <message>
        <source>AWS credentials of the container</source>
        <translation>AWS-Zugang des Containers</translation>
    </message>
    <message>
        <source>AWS role of the instance</source>
        <translation>AWS-Rolle der Instanz</translation>
    </message>
    <message>
        <source>Google&apos;s metadata server</source>
        <translation>Googles Metadatenserver</translation>
    </message>
    <message>
        <source>Azure identity of the machine</source>
        <translation>Azure-Identität der Maschine</translation>
    </message>
    <message>
        <source>Azure identity of the workload</source>
        <translation>Azure-Identität der Workload</translation>
    </message>
    <message>
        <source>csrf of {} cannot be run: {}</source>
        <translation>csrf von {} kann nicht ausgeführt werden: {}</translation>
    </message>
    <message>
        <source>No fault is made.</source>
        <translation>Es wird kein Fehler gemacht.</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is no time of at most 24h; answers are not kept.</source>
        <translation>&quot;{}&quot; ist keine Zeit von höchstens 24h; Antworten werden nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>{} refuses what comes from other sites</source>
        <translation>{} weist ab, was von anderen Sites kommt</translation>
    </message>
    <message>
        <source>There is no EndpointPickerConfig {}/{}; the pool picks by cost.</source>
        <translation>Es gibt keine EndpointPickerConfig {}/{}; der Pool wählt nach Kosten.</translation>
    </message>
    <message>
        <source>The pool picks by cost.</source>
        <translation>Der Pool wählt nach Kosten.</translation>
    </message>
    <message>
        <source>The annotation {} says cost or scores, not &quot;{}&quot;; the pool picks by cost.</source>
        <translation>Die Annotation {} sagt cost oder scores, nicht „{}“; der Pool wählt nach Kosten.</translation>
    </message>
    <message>
        <source>500, something broke</source>
        <translation>500, etwas ging kaputt</translation>
    </message>
    <message>
        <source>no answer at all</source>
        <translation>gar keine Antwort</translation>
    </message>
    <message>
        <source>403, the key may not do that</source>
        <translation>403, der Schlüssel darf das nicht</translation>
    </message>
    <message>
        <source>Bedrock ranks texts: of a document with several fields only its text goes on.</source>
        <translation>Bedrock ordnet Texte: von einem Dokument mit mehreren Feldern geht nur sein Text weiter.</translation>
    </message>
    <message>
        <source>must be a list of texts, or of objects with a text</source>
        <translation>muss eine Liste von Texten sein oder von Objekten mit einem Text</translation>
    </message>
    <message>
        <source>must be a list of objects with index and relevance_score</source>
        <translation>muss eine Liste von Objekten mit index und relevance_score sein</translation>
    </message>
    <message>
        <source>It is a file of the endpoint picker, no object of a cluster: it becomes the ConfigMap {}, to be mounted there.</source>
        <translation>Das ist eine Datei des Endpoint-Pickers, kein Objekt eines Clusters: Sie wird die ConfigMap {}, die dort eingehängt wird.</translation>
    </message>
    <message>
        <source>not asked: texts of the request were masked and are put back into its answer</source>
        <translation>nicht gefragt: Texte der Anfrage wurden maskiert und werden in ihre Antwort zurückgesetzt</translation>
    </message>
    <message>
        <source>Nothing in the client&apos;s stream comes from this event.</source>
        <translation>Nichts im Strom des Clients kommt von diesem Ereignis.</translation>
    </message>
    <message>
        <source>each mask gets a tag of its own, and where the answer says the tag the client reads what he wrote</source>
        <translation>jede Maske bekommt eine eigene Marke, und wo die Antwort die Marke nennt, liest der Client, was er schrieb</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is neither true nor false; masks stay in answers.</source>
        <translation>&quot;{}&quot; ist weder true noch false; Masken bleiben in Antworten.</translation>
    </message>
    <message>
        <source>scores by queue, KV cache and own load: a pool with the annotation gatehouse.dev/picker: scores</source>
        <translation>Wertung nach Warteschlange, KV-Cache und eigener Last: ein Pool mit der Annotation gatehouse.dev/picker: scores</translation>
    </message>
    <message>
        <source>what the data plane does: cost in seconds with dead reckoning and an honest prefix index</source>
        <translation>was die Data Plane tut: Kosten in Sekunden mit fortgeschriebenem Zustand und einem ehrlichen Präfix-Index</translation>
    </message>
    <message>
        <source>The pool before v1; run as it is. Clusters of today want v1.</source>
        <translation>Der Pool vor v1; er läuft, wie er ist. Heutige Cluster verlangen v1.</translation>
    </message>
    <message>
        <source>the pool fails open: any pod of it would be tried</source>
        <translation>der Pool lässt im Fehlerfall durch: irgendeiner seiner Pods würde versucht</translation>
    </message>
</context>
<context>
    <name>CoveragePanel</name>
    <message>
        <source>Inspected by %1.</source>
        <translation>Geprüft durch %1.</translation>
    </message>
    <message>
        <source>Inspected by %1, not by %2.</source>
        <translation>Geprüft durch %1, nicht durch %2.</translation>
    </message>
    <message>
        <source>Not inspected: it passes every guard of this policy.</source>
        <translation>Nicht geprüft: es kommt an jedem Wächter dieser Richtlinie vorbei.</translation>
    </message>
    <message>
        <source>Refused with 400: a body that guards cannot read does not pass.</source>
        <translation>Abgelehnt mit 400: was Wächter nicht lesen können, kommt nicht durch.</translation>
    </message>
    <message>
        <source>This API has no such text.</source>
        <translation>Diese API hat keinen solchen Text.</translation>
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
        <comment>note at a pod&apos;s plot</comment>
        <translation>Keine GPU-Metriken</translation>
    </message>
    <message>
        <source>Share of picks %</source>
        <translation>Anteil der Wahlen %</translation>
    </message>
</context>
<context>
    <name>EndpointTableModel</name>
    <message numerus="yes">
        <source>%n failed connect(s) in a row</source>
        <translation>
            <numerusform>%n gescheiterter Verbindungsaufbau</numerusform>
            <numerusform>%n gescheiterte Verbindungsaufbauten in Folge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reset(s) in a row</source>
        <translation>
            <numerusform>%n Abbruch</numerusform>
            <numerusform>%n Abbrüche in Folge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broken answer(s) in a row</source>
        <translation>
            <numerusform>%n fehlerhafte Antwort</numerusform>
            <numerusform>%n fehlerhafte Antworten in Folge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed TLS handshake(s) in a row</source>
        <translation>
            <numerusform>%n gescheiterter TLS-Handshake</numerusform>
            <numerusform>%n gescheiterte TLS-Handshakes in Folge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n timeout(s) in a row</source>
        <translation>
            <numerusform>%n Zeitüberschreitung</numerusform>
            <numerusform>%n Zeitüberschreitungen in Folge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of 5xx in a row</source>
        <translation>
            <numerusform>%n Antwort mit 5xx</numerusform>
            <numerusform>%n Antworten mit 5xx in Folge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failure(s) in a row</source>
        <translation>
            <numerusform>%n Fehler</numerusform>
            <numerusform>%n Fehler in Folge</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>%1 such as: 5 resets in a row; %2 a time of day</comment>
        <translation>%1 um %2</translation>
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
        <source>Headers of the answer</source>
        <translation>Header der Antwort</translation>
    </message>
    <message>
        <source>No TLS session comes about, so there is no answer</source>
        <translation>Es kommt keine TLS-Sitzung zustande, also gibt es keine Antwort</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source> · points: queue %1, KV %2, own load %3</source>
        <comment>how the score of a pod came about</comment>
        <translation> · Punkte: Warteschlange %1, KV %2, eigene Last %3</translation>
    </message>
    <message>
        <source>Where the settings of this rule and its backends come from</source>
        <translation>Woher die Einstellungen dieser Regel und ihrer Backends kommen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>a field of a backend</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>the bytes of the connection</source>
        <translation>die Bytes der Verbindung</translation>
    </message>
    <message numerus="yes">
        <source> or another of %n</source>
        <comment>endpoints of a backend</comment>
        <translation>
            <numerusform> oder einem anderen von %n</numerusform>
            <numerusform> oder einem anderen von %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>Umformung</translation>
    </message>
    <message>
        <source>cost %1 ms · %2 tokens cached · in flight %3</source>
        <translation>Kosten %1 ms · %2 Tokens im Cache · unterwegs %3</translation>
    </message>
    <message>
        <source>score %1 · %2 tokens cached · in flight %3</source>
        <translation>Wertung %1 · %2 Tokens im Cache · unterwegs %3</translation>
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
    <name>GuardBench</name>
    <message>
        <source>it begins as JSON and is none</source>
        <translation>sie beginnt wie JSON und ist keins</translation>
    </message>
    <message>
        <source>it has no &quot;text&quot;</source>
        <translation>ihr fehlt „text“</translation>
    </message>
    <message>
        <source>&quot;direction&quot; is neither request nor response</source>
        <translation>„direction“ ist weder request noch response</translation>
    </message>
    <message>
        <source>&quot;expect&quot; is none of pass, hit, mask and reject</source>
        <translation>„expect“ ist keines von pass, hit, mask und reject</translation>
    </message>
    <message>
        <source>Line %1 is left out: %2.</source>
        <translation>Zeile %1 wird ausgelassen: %2.</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>durchgelassen</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>miss</source>
        <translation>verpasst</translation>
    </message>
    <message>
        <source>false positive</source>
        <translation>falscher Treffer</translation>
    </message>
    <message>
        <source>other action</source>
        <translation>andere Aktion</translation>
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
        <source>body of an authorization service&apos;s answer</source>
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
        <source>upstream&apos;s head, where the route has no timeout</source>
        <translation>Kopf vom Upstream, wo die Route keine Frist hat</translation>
    </message>
    <message>
        <source>gap between two reads of an answer; an LLM&apos;s head</source>
        <translation>Pause zwischen zwei Stücken einer Antwort; Kopf eines LLM</translation>
    </message>
    <message>
        <source>504, or cut</source>
        <translation>504 oder abgeschnitten</translation>
    </message>
    <message>
        <source>connections to an endpoint, per worker; or those of the backend&apos;s policy</source>
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
        <source>HTTP/2: streams that the client&apos;s mistakes made us reset</source>
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
    <message>
        <source>stream refused; GOAWAY after our settings were acknowledged</source>
        <translation>Stream abgelehnt; GOAWAY, nachdem unsere Einstellungen bestätigt wurden</translation>
    </message>
    <message>
        <source>answer of a guard&apos;s service</source>
        <translation>Antwort vom Dienst eines Wächters</translation>
    </message>
    <message>
        <source>503, or passes where it fails open</source>
        <translation>503, oder kommt durch, wo er im Zweifel durchlässt</translation>
    </message>
    <message>
        <source>body of a guard&apos;s answer</source>
        <translation>Inhalt der Antwort eines Wächters</translation>
    </message>
    <message>
        <source>streamed text without a sentence&apos;s end, held for a guard&apos;s service</source>
        <translation>gestreamter Text ohne Satzende, der für den Dienst eines Wächters zurückgehalten wird</translation>
    </message>
    <message>
        <source>judged as it is</source>
        <translation>wird beurteilt, wie er ist</translation>
    </message>
    <message>
        <source>%1 bytes/s</source>
        <translation>%1 Bytes/s</translation>
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
    <message>
        <source>Tool shown</source>
        <translation>Gezeigtes Werkzeug</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Probe</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>Prüfstand</translation>
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
        <source>Set the rejection&apos;s text</source>
        <translation>Text der Ablehnung setzen</translation>
    </message>
    <message>
        <source>Set the rejection&apos;s status to %1</source>
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
        <source>Name a route or gateway in targetRefs, or refer to the policy from a rule&apos;s ExtensionRef filter.</source>
        <translation>Nennen Sie eine Route oder ein Gateway in targetRefs, oder verweisen Sie im ExtensionRef-Filter einer Regel auf die Richtlinie.</translation>
    </message>
    <message numerus="yes">
        <source>by %n selector(s)</source>
        <translation>
            <numerusform>durch %n Selektor</numerusform>
            <numerusform>durch %n Selektoren</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: sets nothing yet</source>
        <translation>%1: setzt noch nichts</translation>
    </message>
    <message>
        <source>%1: sets %2</source>
        <translation>%1: setzt %2</translation>
    </message>
    <message>
        <source>%1, listener %2</source>
        <translation>%1, Listener %2</translation>
    </message>
    <message>
        <source>Nowhere</source>
        <translation>Nirgends</translation>
    </message>
    <message>
        <source>No listener and no backend of a route is one that it names.</source>
        <translation>Kein Listener und kein Backend einer Route gehört zu denen, die sie nennt.</translation>
    </message>
    <message>
        <source>a moderation</source>
        <comment>after: asks</comment>
        <translation>eine Moderation</translation>
    </message>
    <message>
        <source>asks %1</source>
        <translation>fragt %1</translation>
    </message>
</context>
<context>
    <name>PromptTrial</name>
    <message>
        <source>Type a regular expression.</source>
        <translation>Geben Sie einen regulären Ausdruck ein.</translation>
    </message>
    <message>
        <source>The guards of this policy run nowhere yet: attach it to a route, a Gateway or a backend of models.</source>
        <translation>Die Schutzregeln dieser Richtlinie laufen noch nirgends: Hängen Sie sie an eine Route, ein Gateway oder ein Backend von Modellen.</translation>
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
    <message>
        <source>ready</source>
        <comment>a key that can be shown</comment>
        <translation>bereit</translation>
    </message>
    <message>
        <source>by policies, else from the client</source>
        <translation>nach Richtlinien, sonst vom Client</translation>
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
    <message>
        <source>Shown of the provider</source>
        <translation>Was vom Anbieter gezeigt wird</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Fault drill</source>
        <translation>Störungsübung</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>Spalten der Tabelle</translation>
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
    <name>Receipt</name>
    <message>
        <source>%1 %2</source>
        <comment>%1 amount of money, %2 code of its currency</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Input</source>
        <comment>tokens of a prompt</comment>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Cached input</source>
        <comment>tokens read from a prompt cache</comment>
        <translation>Eingabe aus Cache</translation>
    </message>
    <message>
        <source>Cache write</source>
        <comment>tokens written to a prompt cache</comment>
        <translation>In den Cache geschrieben</translation>
    </message>
    <message>
        <source>Cache write, 1 h</source>
        <comment>tokens written to a prompt cache that is kept for an hour</comment>
        <translation>In den Cache geschrieben, 1 h</translation>
    </message>
    <message>
        <source>Audio input</source>
        <comment>tokens of spoken input</comment>
        <translation>Audioeingabe</translation>
    </message>
    <message>
        <source>Output</source>
        <comment>tokens of an answer</comment>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <comment>tokens that a model thought with</comment>
        <translation>Nachdenken</translation>
    </message>
    <message>
        <source>Audio output</source>
        <comment>tokens of spoken output</comment>
        <translation>Audioausgabe</translation>
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
        <source>Client&apos;s address</source>
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
    <message>
        <source>settings of every listener</source>
        <translation>Einstellungen aller Listener</translation>
    </message>
    <message>
        <source>settings of %1</source>
        <comment>%1 listeners</comment>
        <translation>Einstellungen von %1</translation>
    </message>
</context>
<context>
    <name>UnreadyEndpoints</name>
    <message>
        <source>EndpointSlice %1 says that it is not ready.</source>
        <translation>EndpointSlice %1 meldet ihn als nicht bereit.</translation>
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
    <message>
        <source>Playground</source>
        <translation>Spielwiese</translation>
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
        <source>Model (empty keeps the client&apos;s)</source>
        <translation>Modell (leer behält das des Clients)</translation>
    </message>
    <message>
        <source>Secret with the key (empty passes the client&apos;s key on)</source>
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
    <message>
        <source>Written for</source>
        <translation>Geschrieben für</translation>
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
    <name>gatehouse::ui::BenchPanel</name>
    <message>
        <source>Bench</source>
        <translation>Prüfstand</translation>
    </message>
    <message>
        <source>Open file…</source>
        <comment>button</comment>
        <translation>Datei öffnen…</translation>
    </message>
    <message>
        <source>A text per line, or JSON Lines with &quot;text&quot; and &quot;expect&quot; (pass, hit, mask, reject)</source>
        <translation>Ein Text je Zeile, oder JSON Lines mit „text“ und „expect“ (pass, hit, mask, reject)</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <comment>button</comment>
        <translation>CSV speichern…</translation>
    </message>
    <message>
        <source>Saves every text with its verdict and spans</source>
        <translation>Speichert jeden Text mit Urteil und Fundstellen</translation>
    </message>
    <message>
        <source>Texts of the bench and what the guards make of them</source>
        <translation>Texte des Prüfstands und was die Wächter daraus machen</translation>
    </message>
    <message>
        <source>Line</source>
        <comment>column</comment>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Verdict</source>
        <comment>column</comment>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Against expectation</source>
        <comment>column</comment>
        <translation>Gegen die Erwartung</translation>
    </message>
    <message>
        <source>Spans in bytes</source>
        <comment>column</comment>
        <translation>Stellen in Bytes</translation>
    </message>
    <message>
        <source>Text</source>
        <comment>column</comment>
        <translation>Text</translation>
    </message>
    <message>
        <source>No file yet. A text per line, or JSON Lines with what is expected of each, shows hits, misses and false positives.</source>
        <translation>Noch keine Datei. Ein Text je Zeile, oder JSON Lines mit dem Erwarteten, zeigt Treffer, Verpasstes und falsche Treffer.</translation>
    </message>
    <message>
        <source>Texts to run through the guards</source>
        <translation>Texte für die Wächter</translation>
    </message>
    <message>
        <source>Texts (*.txt *.jsonl *.json);;All files (*)</source>
        <translation>Texte (*.txt *.jsonl *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>%1 is larger than 64 MiB.</source>
        <translation>%1 ist größer als 64 MiB.</translation>
    </message>
    <message numerus="yes">
        <source>%n more line(s) are left out.</source>
        <translation>
            <numerusform>%n weitere Zeile wird ausgelassen.</numerusform>
            <numerusform>%n weitere Zeilen werden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s)</source>
        <translation>
            <numerusform>%n Text</numerusform>
            <numerusform>%n Texte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with hits</source>
        <translation>
            <numerusform>%n mit Treffern</numerusform>
            <numerusform>%n mit Treffern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n as expected</source>
        <translation>
            <numerusform>%n wie erwartet</numerusform>
            <numerusform>%n wie erwartet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missed</source>
        <translation>
            <numerusform>%n verpasst</numerusform>
            <numerusform>%n verpasst</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n false positive(s)</source>
        <translation>
            <numerusform>%n falscher Treffer</numerusform>
            <numerusform>%n falsche Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with another action</source>
        <translation>
            <numerusform>%n mit anderer Aktion</numerusform>
            <numerusform>%n mit anderer Aktion</numerusform>
        </translation>
    </message>
    <message>
        <source>The chosen policy has no guard.</source>
        <translation>Die gewählte Richtlinie hat keinen Wächter.</translation>
    </message>
    <message>
        <source>Services are not asked here: %1.</source>
        <translation>Dienste werden hier nicht gefragt: %1.</translation>
    </message>
    <message>
        <source>Save the bench</source>
        <translation>Prüfstand speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>The bench was saved to %1.</source>
        <translation>Der Prüfstand wurde in %1 gespeichert.</translation>
    </message>
    <message>
        <source>The bench was not saved to %1: %2</source>
        <translation>Der Prüfstand wurde nicht in %1 gespeichert: %2</translation>
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
    <name>gatehouse::ui::CanaryCard</name>
    <message>
        <source>Canary</source>
        <comment>category of actions</comment>
        <translation>Canary</translation>
    </message>
    <message>
        <source>Start the canary, or take its next step</source>
        <translation>Canary starten oder seinen nächsten Schritt gehen</translation>
    </message>
    <message>
        <source>Pause or resume the canary</source>
        <translation>Canary anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Promote the canary: all traffic to it</source>
        <translation>Canary befördern: aller Verkehr zu ihm</translation>
    </message>
    <message>
        <source>Roll the canary back: no traffic to it</source>
        <translation>Canary zurückrollen: kein Verkehr zu ihm</translation>
    </message>
    <message>
        <source>Take the canary&apos;s last change back</source>
        <translation>Letzte Änderung des Canary zurücknehmen</translation>
    </message>
    <message>
        <source>Write the canary&apos;s report</source>
        <translation>Bericht des Canary schreiben</translation>
    </message>
    <message>
        <source>Canary</source>
        <comment>title of a card: a plan of steps</comment>
        <translation>Canary</translation>
    </message>
    <message>
        <source>Metrics of the canary</source>
        <translation>Metriken des Canary</translation>
    </message>
    <message>
        <source>Pause</source>
        <comment>button</comment>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Promote</source>
        <comment>button: all traffic to the canary</comment>
        <translation>Befördern</translation>
    </message>
    <message>
        <source>Roll back</source>
        <comment>button: no traffic to the canary</comment>
        <translation>Zurückrollen</translation>
    </message>
    <message>
        <source>Take back</source>
        <comment>button: undo the canary&apos;s last change</comment>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Report…</source>
        <comment>button: write a report into a file</comment>
        <translation>Bericht …</translation>
    </message>
    <message>
        <source>Canary</source>
        <comment>label: the arm that is tried</comment>
        <translation>Canary</translation>
    </message>
    <message>
        <source>Steps %</source>
        <comment>label: shares such as 1, 5, 25, 50, 100</comment>
        <translation>Schritte %</translation>
    </message>
    <message>
        <source>Hold</source>
        <comment>label: how long a step lasts at least</comment>
        <translation>Halten</translation>
    </message>
    <message>
        <source> min</source>
        <comment>suffix: minutes</comment>
        <translation> min</translation>
    </message>
    <message>
        <source>Roll back by itself when worse</source>
        <translation>Von selbst zurückrollen, wenn schlechter</translation>
    </message>
    <message>
        <source>Step by itself when no harm is seen</source>
        <translation>Von selbst weitergehen, wenn kein Schaden zu sehen ist</translation>
    </message>
    <message>
        <source>All traffic to the canary; can be taken back.</source>
        <translation>Aller Verkehr zum Canary; lässt sich zurücknehmen.</translation>
    </message>
    <message>
        <source>No traffic to the canary, at once; can be taken back.</source>
        <translation>Sofort kein Verkehr zum Canary; lässt sich zurücknehmen.</translation>
    </message>
    <message>
        <source>Back to the weights and the step before</source>
        <translation>Zurück zu den Gewichten und dem Schritt davor</translation>
    </message>
    <message>
        <source>HTML or Markdown with plots, for a pull request</source>
        <translation>HTML oder Markdown mit Diagrammen, für einen Pull Request</translation>
    </message>
    <message>
        <source>The canary did not change: %1</source>
        <translation>Der Canary wurde nicht geändert: %1</translation>
    </message>
    <message>
        <source>Markdown (*.md);;Web page (*.html)</source>
        <translation>Markdown (*.md);;Webseite (*.html)</translation>
    </message>
    <message>
        <source>The report is in %1.</source>
        <translation>Der Bericht steht in %1.</translation>
    </message>
    <message>
        <source>The report could not be written: %1</source>
        <translation>Der Bericht konnte nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>Start</source>
        <comment>button: begin the canary</comment>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Step to 100 %</source>
        <translation>Auf 100 % gehen</translation>
    </message>
    <message>
        <source>Step to %1 %</source>
        <translation>Auf %1 % gehen</translation>
    </message>
    <message>
        <source>This workspace is open for reading only.</source>
        <translation>Dieser Arbeitsbereich ist nur zum Lesen geöffnet.</translation>
    </message>
    <message>
        <source>The gate is open: no harm was seen, and the step was held long enough.</source>
        <translation>Das Tor ist offen: Kein Schaden war zu sehen, und der Schritt wurde lange genug gehalten.</translation>
    </message>
    <message>
        <source>Goes on whether the gate is open or not.</source>
        <translation>Geht weiter, ob das Tor offen ist oder nicht.</translation>
    </message>
    <message>
        <source>Resume</source>
        <comment>button</comment>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>A paused canary keeps its weights and does nothing by itself.</source>
        <translation>Ein angehaltener Canary behält seine Gewichte und tut nichts von selbst.</translation>
    </message>
    <message>
        <source>Not in this state of the canary.</source>
        <translation>Nicht in diesem Zustand des Canary.</translation>
    </message>
    <message>
        <source>Started at %1 %</source>
        <translation>Bei %1 % gestartet</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>event</comment>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Resumed</source>
        <comment>event</comment>
        <translation>Fortgesetzt</translation>
    </message>
    <message>
        <source>Stepped to %1 %</source>
        <translation>Auf %1 % gegangen</translation>
    </message>
    <message>
        <source>Promoted</source>
        <comment>event</comment>
        <translation>Befördert</translation>
    </message>
    <message>
        <source>Rolled back by itself</source>
        <translation>Von selbst zurückgerollt</translation>
    </message>
    <message>
        <source>Rolled back</source>
        <comment>event</comment>
        <translation>Zurückgerollt</translation>
    </message>
    <message>
        <source>Taken back, now at %1 %</source>
        <translation>Zurückgenommen, jetzt bei %1 %</translation>
    </message>
    <message>
        <source>The gate is open: may step</source>
        <translation>Das Tor ist offen: darf weitergehen</translation>
    </message>
    <message>
        <source>Paused, because it is worse</source>
        <translation>Angehalten, weil er schlechter ist</translation>
    </message>
    <message>
        <source>Paused, because the step&apos;s time is spent</source>
        <translation>Angehalten, weil die Zeit des Schritts verbraucht ist</translation>
    </message>
    <message>
        <source>Paused, because the split is not as configured</source>
        <translation>Angehalten, weil die Aufteilung nicht der eingestellten entspricht</translation>
    </message>
    <message>
        <source>Paused, because the weights were changed elsewhere</source>
        <translation>Angehalten, weil die Gewichte anderswo geändert wurden</translation>
    </message>
    <message>
        <source>The weights could not be written: %1</source>
        <translation>Die Gewichte konnten nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>%1 time of day, %2 what happened</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>not started</source>
        <comment>caption</comment>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>running</source>
        <comment>caption</comment>
        <translation>läuft</translation>
    </message>
    <message>
        <source>paused</source>
        <comment>caption</comment>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>promoted</source>
        <comment>caption</comment>
        <translation>befördert</translation>
    </message>
    <message>
        <source>rolled back</source>
        <comment>caption</comment>
        <translation>zurückgerollt</translation>
    </message>
    <message>
        <source>No verdict yet</source>
        <translation>Noch kein Urteil</translation>
    </message>
    <message>
        <source>Void: the split is not as configured</source>
        <translation>Nichtig: Die Aufteilung entspricht nicht der eingestellten</translation>
    </message>
    <message>
        <source>Start takes the canary through its steps. Verdicts may be looked at at any time; the chance of a false alarm stays below %1.</source>
        <translation>Starten führt den Canary durch seine Schritte. Urteile dürfen jederzeit angesehen werden; die Wahrscheinlichkeit eines Fehlalarms bleibt unter %1.</translation>
    </message>
    <message>
        <source>Step %1 of %2. Configured %3, observed %4. Requests: %5 stable, %6 canary.</source>
        <comment>%3 and %4 are percentages of the canary</comment>
        <translation>Schritt %1 von %2. Eingestellt %3, beobachtet %4. Anfragen: %5 Stabil, %6 Canary.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>%1 metric, %2 sentence</comment>
        <translation>%1: %2</translation>
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
        <source>No rule splits its traffic. A split is a route&apos;s rule with two or more backends.</source>
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
    <message>
        <source>Everything else is in the palette: %1.</source>
        <comment>%1 keys</comment>
        <translation>Alles andere steht in der Palette: %1.</translation>
    </message>
    <message>
        <source>Change shortcuts…</source>
        <translation>Kürzel ändern …</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ColumnFit</name>
    <message>
        <source>Show what fits</source>
        <comment>columns of a table</comment>
        <translation>Zeigen, was hineinpasst</translation>
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
    <name>gatehouse::ui::CoveragePanel</name>
    <message>
        <source>Guard coverage</source>
        <translation>Abdeckung der Wächter</translation>
    </message>
    <message>
        <source>by the code that serves requests</source>
        <translation>mit dem Code, der Anfragen bedient</translation>
    </message>
    <message>
        <source>What guards look at, by API and kind of text</source>
        <translation>Was Wächter ansehen, nach API und Art des Textes</translation>
    </message>
    <message>
        <source>API</source>
        <comment>column</comment>
        <translation>API</translation>
    </message>
    <message>
        <source>System prompt</source>
        <comment>column</comment>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>Messages</source>
        <comment>column</comment>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Tool calls</source>
        <comment>column</comment>
        <translation>Werkzeugaufrufe</translation>
    </message>
    <message>
        <source>Tool results</source>
        <comment>column</comment>
        <translation>Werkzeugergebnisse</translation>
    </message>
    <message>
        <source>Answer</source>
        <comment>column</comment>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Answer&apos;s tool calls</source>
        <comment>column</comment>
        <translation>Werkzeugaufrufe der Antwort</translation>
    </message>
    <message>
        <source>Stream</source>
        <comment>column</comment>
        <translation>Strom</translation>
    </message>
    <message>
        <source>Stream&apos;s tool calls</source>
        <comment>column</comment>
        <translation>Werkzeugaufrufe im Strom</translation>
    </message>
    <message>
        <source>Services are sent texts alone; numbers and names of fields in a tool&apos;s arguments are looked at by patterns only. Pictures and sound are looked at by nobody.</source>
        <translation>Dienste bekommen nur Texte; Zahlen und Feldnamen in Argumenten von Werkzeugen sehen nur Muster an. Bilder und Ton sieht niemand an.</translation>
    </message>
    <message>
        <source>inspected</source>
        <comment>short</comment>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>not inspected</source>
        <comment>short</comment>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>refused</source>
        <comment>short</comment>
        <translation>abgelehnt</translation>
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
    <message>
        <source>Stops the display; data is still collected</source>
        <translation>Hält die Anzeige an; Daten werden weiter gesammelt</translation>
    </message>
    <message>
        <source>This workspace has no InferencePool. The charts draw the pods of such pools.</source>
        <translation>Dieser Arbeitsbereich hat keinen InferencePool. Die Diagramme zeichnen die Pods solcher Pools.</translation>
    </message>
    <message>
        <source>Show endpoints</source>
        <translation>Endpunkte zeigen</translation>
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
    <name>gatehouse::ui::DrillPanel</name>
    <message>
        <source>left out afterwards</source>
        <comment>a provider</comment>
        <translation>danach ausgelassen</translation>
    </message>
    <message>
        <source>another answered</source>
        <translation>ein anderer antwortete</translation>
    </message>
    <message>
        <source>the stream began anew</source>
        <translation>der Strom begann neu</translation>
    </message>
    <message>
        <source>the stream ended with an error</source>
        <translation>der Strom endete mit Fehler</translation>
    </message>
    <message>
        <source>the client got an error</source>
        <translation>der Client bekam einen Fehler</translation>
    </message>
    <message>
        <source>the client was cut off</source>
        <translation>der Client wurde abgeschnitten</translation>
    </message>
    <message>
        <source>answered all the same</source>
        <translation>trotzdem beantwortet</translation>
    </message>
    <message>
        <source>the fault was not met</source>
        <translation>die Störung traf nicht</translation>
    </message>
    <message>
        <source>Fault drill</source>
        <translation>Störungsübung</translation>
    </message>
    <message>
        <source>simulated providers; nothing real is asked</source>
        <translation>simulierte Anbieter; nichts Echtes wird gefragt</translation>
    </message>
    <message>
        <source>Rule</source>
        <comment>label: of a route</comment>
        <translation>Regel</translation>
    </message>
    <message>
        <source>The rule that is drilled</source>
        <translation>Die Regel, die geübt wird</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <comment>button</comment>
        <translation>CSV speichern…</translation>
    </message>
    <message>
        <source>Faults, and what each led to</source>
        <translation>Störungen, und wozu jede führte</translation>
    </message>
    <message>
        <source>Fault</source>
        <comment>column: what the provider does</comment>
        <translation>Störung</translation>
    </message>
    <message>
        <source>What came of it</source>
        <comment>column</comment>
        <translation>Was daraus wurde</translation>
    </message>
    <message>
        <source>Status</source>
        <comment>column: HTTP</comment>
        <translation>Status</translation>
    </message>
    <message>
        <source>Time ms</source>
        <comment>column</comment>
        <translation>Zeit ms</translation>
    </message>
    <message>
        <source>The gateway&apos;s words</source>
        <comment>column</comment>
        <translation>In Worten des Gateways</translation>
    </message>
    <message>
        <source>A stream was asked for.</source>
        <translation>Ein Strom wurde verlangt.</translation>
    </message>
    <message>
        <source>A whole answer was asked for.</source>
        <translation>Eine ganze Antwort wurde verlangt.</translation>
    </message>
    <message>
        <source>Stop</source>
        <comment>button: a drill under way</comment>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Run the drill</source>
        <comment>button</comment>
        <translation>Übung starten</translation>
    </message>
    <message>
        <source>Reading the rules…</source>
        <translation>Regeln werden gelesen…</translation>
    </message>
    <message>
        <source>No rule that runs leads to this as to models, so there is nothing to drill.</source>
        <translation>Keine laufende Regel führt hierher zu Modellen, also gibt es nichts zu üben.</translation>
    </message>
    <message>
        <source>%1 of %2 faults</source>
        <comment>progress of a drill</comment>
        <translation>%1 von %2 Störungen</translation>
    </message>
    <message>
        <source>The first provider fails in each way that providers fail; waits for silence are cut to 1 s.</source>
        <translation>Der erste Anbieter fällt auf jede Art aus, auf die Anbieter ausfallen; auf Stille wird nur 1 s gewartet.</translation>
    </message>
    <message>
        <source>Save the drill</source>
        <translation>Übung speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>The drill was saved to %1.</source>
        <translation>Die Übung wurde in %1 gespeichert.</translation>
    </message>
    <message>
        <source>The drill was not saved to %1: %2</source>
        <translation>Die Übung wurde nicht in %1 gespeichert: %2</translation>
    </message>
    <message>
        <source>The client noticed %1 of %2 faults.</source>
        <translation>Der Client bemerkte %1 von %2 Störungen.</translation>
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
    <message>
        <source>Not ready</source>
        <comment>state of an endpoint</comment>
        <translation>Nicht bereit</translation>
    </message>
    <message>
        <source>Out, back in %1</source>
        <comment>state of an endpoint; %1 a span of time</comment>
        <translation>Draußen, zurück in %1</translation>
    </message>
    <message>
        <source>It is new: it gets its turns step by step.</source>
        <translation>Er ist neu: Er bekommt nach und nach alle seine Züge.</translation>
    </message>
    <message>
        <source>Last failure %1 ago</source>
        <comment>%1 a span of time</comment>
        <translation>Letzter Fehler vor %1</translation>
    </message>
    <message>
        <source>It comes back in %1.</source>
        <comment>%1 a span of time</comment>
        <translation>Er kommt in %1 zurück.</translation>
    </message>
    <message>
        <source>Why it takes no requests or fewer, and since when</source>
        <translation>Warum er keine oder weniger Anfragen annimmt, und seit wann</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>column: the reason of a state</comment>
        <translation>Warum</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n open connection(s)</source>
        <comment>%1 a protocol</comment>
        <translation>
            <numerusform>%1, %n offene Verbindung</numerusform>
            <numerusform>%1, %n offene Verbindungen</numerusform>
        </translation>
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
        <comment>choice: the file&apos;s text</comment>
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
    <name>gatehouse::ui::LaneCard</name>
    <message>
        <source>Lane %1</source>
        <comment>title of a column that a prompt is sent through</comment>
        <translation>Spur %1</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Header fields</source>
        <translation>Kopffelder</translation>
    </message>
    <message>
        <source>%1 of lane %2</source>
        <comment>%1 a field</comment>
        <translation>%1 von Spur %2</translation>
    </message>
    <message>
        <source>Answer</source>
        <comment>of a model</comment>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Request</source>
        <comment>button: open the record of a request</comment>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>X-ray</source>
        <translation>Röntgenbild</translation>
    </message>
    <message>
        <source>Name: value, one a line; not kept in the history</source>
        <translation>Name: Wert, je Zeile einer; nicht im Verlauf aufbewahrt</translation>
    </message>
    <message>
        <source>as the address</source>
        <translation>wie die Adresse</translation>
    </message>
    <message>
        <source>Path, host and header fields of lane %1</source>
        <translation>Pfad, Host und Kopffelder von Spur %1</translation>
    </message>
    <message>
        <source>Remove lane %1</source>
        <translation>Spur %1 entfernen</translation>
    </message>
    <message>
        <source>Copy as</source>
        <comment>button with a menu of languages</comment>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Path of my own</source>
        <translation>Eigener Pfad</translation>
    </message>
    <message>
        <source>The answer appears here.</source>
        <translation>Hier erscheint die Antwort.</translation>
    </message>
    <message>
        <source>The gateway is not running.</source>
        <translation>Das Gateway läuft nicht.</translation>
    </message>
    <message>
        <source>The listener of this route is not open.</source>
        <translation>Der Listener dieser Route ist nicht offen.</translation>
    </message>
    <message>
        <source>The path must begin with a slash.</source>
        <translation>Der Pfad muss mit einem Schrägstrich beginnen.</translation>
    </message>
    <message>
        <source>Name a model.</source>
        <translation>Nennen Sie ein Modell.</translation>
    </message>
    <message>
        <source>Thinking: %1</source>
        <comment>before what a model thought</comment>
        <translation>Überlegung: %1</translation>
    </message>
    <message>
        <source>Calls: %1</source>
        <comment>before the tools that a model calls</comment>
        <translation>Aufrufe: %1</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Nicht gesendet</translation>
    </message>
    <message>
        <source>Ready</source>
        <comment>nothing was sent yet</comment>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Arm</source>
        <comment>label: backend of a split</comment>
        <translation>Zweig</translation>
    </message>
    <message>
        <source>as the split draws</source>
        <comment>which backend of a split answers</comment>
        <translation>wie die Aufteilung zieht</translation>
    </message>
    <message>
        <source>Which backend of the split answers. A chosen one is asked for by a field that only this console can write, and does not count in the split&apos;s figures.</source>
        <translation>Welches Backend der Aufteilung antwortet. Ein gewähltes wird durch ein Feld verlangt, das nur diese Konsole schreiben kann, und zählt nicht in den Zahlen der Aufteilung.</translation>
    </message>
    <message>
        <source>Arms can be chosen where the listener is bound to this machine&apos;s loopback address.</source>
        <translation>Zweige lassen sich wählen, wo der Listener an der Loopback-Adresse dieses Rechners hängt.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::LaneFacts</name>
    <message>
        <source>refused</source>
        <comment>by a guard</comment>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>masked</source>
        <comment>by a guard</comment>
        <translation>verdeckt</translation>
    </message>
    <message>
        <source>prompt</source>
        <comment>what a guard looked at</comment>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>answer</source>
        <comment>what a guard looked at</comment>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>no hit</source>
        <comment>of guards</comment>
        <translation>kein Treffer</translation>
    </message>
    <message>
        <source>Waiting</source>
        <comment>for an answer</comment>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Streaming</source>
        <translation>Strömt</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>of an answer</comment>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Answered %1</source>
        <comment>%1 HTTP status</comment>
        <translation>Antwort %1</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>of a request</comment>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 in, %2 out</source>
        <comment>token counts</comment>
        <translation>%1 ein, %2 aus</translation>
    </message>
    <message>
        <source>no price</source>
        <comment>of a model</comment>
        <translation>kein Preis</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>Erstes Token</translation>
    </message>
    <message>
        <source>From the request&apos;s first byte to the answer&apos;s first piece of text, as the client saw it.</source>
        <translation>Vom ersten Byte der Anfrage bis zum ersten Stück Text der Antwort, wie der Client es sah.</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Token je Sekunde</translation>
    </message>
    <message>
        <source>Of the output after its first token, by the provider&apos;s own count.</source>
        <translation>Von der Ausgabe nach ihrem ersten Token, nach der Zählung des Anbieters.</translation>
    </message>
    <message>
        <source>Of the output after its first token, by pieces of the stream.</source>
        <translation>Von der Ausgabe nach ihrem ersten Token, nach Stücken des Stroms.</translation>
    </message>
    <message>
        <source>Total</source>
        <comment>duration of a request</comment>
        <translation>Gesamt</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Served by</source>
        <comment>provider and pod</comment>
        <translation>Bedient von</translation>
    </message>
    <message>
        <source>Arm</source>
        <comment>drawn backend of a split</comment>
        <translation>Zweig</translation>
    </message>
    <message>
        <source>Guards</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>%1, chosen</source>
        <comment>backend of a split that was not drawn</comment>
        <translation>%1, gewählt</translation>
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
    <message>
        <source>%1; by policy %2</source>
        <comment>%1 value of a limit, %2 values that policies set</comment>
        <translation>%1; durch eine Richtlinie %2</translation>
    </message>
    <message>
        <source>%1 on %2, from %3</source>
        <comment>%1 value of a limit, %2 listener, %3 policy</comment>
        <translation>%1 an %2, aus %3</translation>
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
        <translation>Gr&amp;enzen</translation>
    </message>
    <message>
        <source>Change keyboard shortcuts…</source>
        <translation>Tastenkürzel ändern …</translation>
    </message>
    <message>
        <source>Turn the fading of what appears on or off</source>
        <translation>Einblenden dessen, was erscheint, ein- oder ausschalten</translation>
    </message>
    <message>
        <source>&amp;Reduce motion</source>
        <translation>&amp;Bewegung verringern</translation>
    </message>
    <message>
        <source>&amp;Change keyboard shortcuts…</source>
        <translation>Tastenkürzel ä&amp;ndern …</translation>
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
    <name>gatehouse::ui::MessageModel</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <comment>of a JSON list</comment>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <comment>of a JSON object</comment>
        <translation>
            <numerusform>%n Feld</numerusform>
            <numerusform>%n Felder</numerusform>
        </translation>
    </message>
    <message>
        <source>Head</source>
        <comment>of an HTTP message</comment>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>(hidden)</source>
        <comment>value of a secret header field</comment>
        <translation>(verborgen)</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>not whole, so not read as JSON</source>
        <translation>nicht vollständig, daher nicht als JSON gelesen</translation>
    </message>
    <message>
        <source>no JSON</source>
        <translation>kein JSON</translation>
    </message>
    <message>
        <source>more fields; see the text</source>
        <translation>weitere Felder; siehe den Text</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <comment>of a stream</comment>
        <translation>
            <numerusform>%n Ereignis</numerusform>
            <numerusform>%n Ereignisse</numerusform>
        </translation>
    </message>
    <message>
        <source>more events; see the stream</source>
        <translation>weitere Ereignisse; siehe den Strom</translation>
    </message>
    <message>
        <source>Field</source>
        <comment>column</comment>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Value</source>
        <comment>column</comment>
        <translation>Wert</translation>
    </message>
    <message>
        <source>dropped</source>
        <comment>field that the other dialect has no place for</comment>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>defaulted</source>
        <comment>field that was filled in</comment>
        <translation>ergänzt</translation>
    </message>
    <message>
        <source>coerced</source>
        <comment>field that is said in another way</comment>
        <translation>umgeformt</translation>
    </message>
    <message>
        <source>added</source>
        <comment>field with nothing behind it</comment>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>changed</source>
        <comment>field with another value on the other side</comment>
        <translation>geändert</translation>
    </message>
    <message>
        <source>guard</source>
        <comment>field that a guard hit</comment>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>fault</source>
        <comment>event against its grammar</comment>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::MessagePane</name>
    <message>
        <source>%1, fields</source>
        <comment>%1 one of the four panes</comment>
        <translation>%1, Felder</translation>
    </message>
    <message>
        <source>%1, text</source>
        <comment>%1 one of the four panes</comment>
        <translation>%1, Text</translation>
    </message>
    <message>
        <source>%1 as text</source>
        <comment>%1 one of the four panes</comment>
        <translation>%1 als Text</translation>
    </message>
    <message>
        <source>Copy the body: %1</source>
        <comment>%1 one of the four panes</comment>
        <translation>Inhalt kopieren: %1</translation>
    </message>
    <message>
        <source>The body passed unread and is not kept.</source>
        <translation>Der Inhalt ging ungelesen durch und ist nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Only the first %1 of %2 are kept.</source>
        <comment>sizes</comment>
        <translation>Nur die ersten %1 von %2 sind aufbewahrt.</translation>
    </message>
    <message>
        <source>Values of secrets are replaced by asterisks.</source>
        <translation>Werte von Geheimnissen sind durch Sternchen ersetzt.</translation>
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
    <message>
        <source>Shown pane</source>
        <translation>Gezeigter Bereich</translation>
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
    <name>gatehouse::ui::PlaygroundPage</name>
    <message>
        <source>Playground</source>
        <comment>title of the view</comment>
        <translation>Spielwiese</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>Spielwiese</translation>
    </message>
    <message>
        <source>Send the prompt through all lanes</source>
        <translation>Prompt durch alle Spuren senden</translation>
    </message>
    <message>
        <source>Cancel what is under way</source>
        <translation>Laufendes abbrechen</translation>
    </message>
    <message>
        <source>Clear the history of prompts</source>
        <translation>Verlauf der Prompts leeren</translation>
    </message>
    <message>
        <source>Explain in two sentences what a gateway does.</source>
        <translation>Erkläre in zwei Sätzen, was ein Gateway tut.</translation>
    </message>
    <message>
        <source>History</source>
        <comment>button: prompts that were sent before</comment>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Add a lane</source>
        <comment>button</comment>
        <translation>Spur hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <comment>button: stop what is under way</comment>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Send</source>
        <comment>button: send the prompt</comment>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Sends the prompt through all lanes (Ctrl+Return in the prompt)</source>
        <translation>Sendet den Prompt durch alle Spuren (Strg+Eingabe im Prompt)</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>the same for all lanes</source>
        <translation>für alle Spuren derselbe</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>Message</source>
        <comment>of the user, to the model</comment>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>At most, tokens</source>
        <comment>label: limit of the answer</comment>
        <translation>Höchstens, Token</translation>
    </message>
    <message>
        <source>not said</source>
        <comment>value of a setting that is left out</comment>
        <translation>nicht genannt</translation>
    </message>
    <message>
        <source>Stream the answer</source>
        <translation>Antwort strömen lassen</translation>
    </message>
    <message>
        <source>No route of this workspace leads to a model. A lane can be given a path of its own.</source>
        <translation>Keine Route dieses Arbeitsbereichs führt zu einem Modell. Eine Spur kann einen eigenen Pfad bekommen.</translation>
    </message>
    <message>
        <source>Open Routes</source>
        <translation>Routen öffnen</translation>
    </message>
    <message>
        <source>There are at most %1 lanes.</source>
        <translation>Es gibt höchstens %1 Spuren.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>No prompt was sent yet.</source>
        <translation>Noch wurde kein Prompt gesendet.</translation>
    </message>
    <message>
        <source>Clear the history</source>
        <translation>Verlauf leeren</translation>
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
        <source>Requests in the model server&apos;s batch</source>
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
        <source>Time since the pod&apos;s metrics were read</source>
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
        <source>Before the client&apos;s messages</source>
        <translation>Vor den Nachrichten des Clients</translation>
    </message>
    <message>
        <source>After the client&apos;s messages</source>
        <translation>Nach den Nachrichten des Clients</translation>
    </message>
    <message>
        <source>Add message</source>
        <translation>Nachricht hinzufügen</translation>
    </message>
    <message>
        <source>Add a message before the client&apos;s messages</source>
        <translation>Nachricht vor denen des Clients hinzufügen</translation>
    </message>
    <message>
        <source>Add a message after the client&apos;s messages</source>
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
        <source>nothing is sent</source>
        <translation>nichts wird gesendet</translation>
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
    <message>
        <source>What is tried</source>
        <translation>Was probiert wird</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Answers of this API hold no text.</source>
        <translation>Antworten dieser API enthalten keinen Text.</translation>
    </message>
    <message>
        <source>Try a text</source>
        <translation>Einen Text probieren</translation>
    </message>
    <message>
        <source>The client&apos;s dialect</source>
        <translation>Der Dialekt des Clients</translation>
    </message>
    <message>
        <source>Text to try</source>
        <translation>Text zum Probieren</translation>
    </message>
    <message>
        <source>Type what a client would send, or a model would answer.</source>
        <translation>Tippen Sie, was ein Client senden oder ein Modell antworten würde.</translation>
    </message>
    <message>
        <source>The body as it would leave</source>
        <translation>Der Inhalt, wie er hinausginge</translation>
    </message>
    <message>
        <source>not asked here: %1</source>
        <translation>hier nicht gefragt: %1</translation>
    </message>
    <message>
        <source>Goes to the client</source>
        <translation>Geht an den Client</translation>
    </message>
    <message>
        <source>What the services of guards said</source>
        <translation>Was die Dienste der Schutzregeln sagten</translation>
    </message>
    <message>
        <source>Stop asking</source>
        <comment>button</comment>
        <translation>Fragen abbrechen</translation>
    </message>
    <message>
        <source>Ask the services</source>
        <comment>button: of guards</comment>
        <translation>Dienste fragen</translation>
    </message>
    <message>
        <source>This sends the text to %1. No model is asked.</source>
        <comment>%1 names of services</comment>
        <translation>Das sendet den Text an %1. Kein Modell wird gefragt.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <comment>services of guards</comment>
        <translation>Es wird gefragt…</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>%1 a guard or its service, %2 what it said</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>No guard looked at it.</source>
        <translation>Keine Schutzregel sah ihn an.</translation>
    </message>
    <message>
        <source>Masked</source>
        <comment>a text, by guards</comment>
        <translation>Maskiert</translation>
    </message>
    <message>
        <source>passed</source>
        <comment>a text, by a guard</comment>
        <translation>durchgelassen</translation>
    </message>
    <message>
        <source>masked</source>
        <comment>a text, by a guard</comment>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>rejected</source>
        <comment>a text, by a guard</comment>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>could not say, so nothing passes</source>
        <comment>of a guard</comment>
        <translation>konnte nichts sagen, also geht nichts durch</translation>
    </message>
    <message>
        <source>could not say, and the text passes unscanned</source>
        <comment>of a guard</comment>
        <translation>konnte nichts sagen, und der Text geht ungeprüft durch</translation>
    </message>
    <message>
        <source>not run</source>
        <comment>of a guard</comment>
        <translation>nicht ausgeführt</translation>
    </message>
    <message>
        <source>Not attached</source>
        <comment>of a policy</comment>
        <translation>Nicht angehängt</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProviderPanel</name>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Keys, in turn; a value is never shown</source>
        <translation>Schlüssel, im Wechsel; ein Wert wird nie gezeigt</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Asks for the list of models.</source>
        <translation>Fragt nach der Liste der Modelle.</translation>
    </message>
    <message>
        <source>Asks the model for one token.</source>
        <translation>Bittet das Modell um ein Token.</translation>
    </message>
    <message>
        <source>No route that runs sends requests to it.</source>
        <translation>Keine laufende Route schickt ihm Anfragen.</translation>
    </message>
    <message>
        <source>%1; back in %2</source>
        <comment>why a key is left out, and for how long</comment>
        <translation>%1; zurück in %2</translation>
    </message>
    <message>
        <source>Its token ends in %1.</source>
        <translation>Sein Token endet in %1.</translation>
    </message>
    <message>
        <source>Testing …</source>
        <translation>Wird getestet …</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bestanden</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>nicht gelaufen</translation>
    </message>
    <message>
        <source>DNS</source>
        <translation>DNS</translation>
    </message>
    <message>
        <source>TCP connection</source>
        <translation>TCP-Verbindung</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
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
    <message>
        <source>%1: input and output, %2 per million tokens</source>
        <comment>a price book</comment>
        <translation>%1: Eingabe und Ausgabe, %2 je Million Token</translation>
    </message>
    <message>
        <source>%1 · %2 of %3 ready</source>
        <comment>a key reference; keys</comment>
        <translation>%1 · %2 von %3 bereit</translation>
    </message>
    <message>
        <source>out for %1</source>
        <comment>how long a provider is left alone</comment>
        <translation>draußen für %1</translation>
    </message>
    <message>
        <source>p50 ms</source>
        <comment>column of providers: half of the answers begin sooner</comment>
        <translation>p50 ms</translation>
    </message>
    <message>
        <source>p95 ms</source>
        <comment>column of providers: nineteen of twenty answers begin sooner</comment>
        <translation>p95 ms</translation>
    </message>
    <message>
        <source>In flight</source>
        <comment>column of providers: requests that wait there now</comment>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Token ends in</source>
        <comment>column of providers: the token that it is shown</comment>
        <translation>Token endet in</translation>
    </message>
    <message>
        <source>Price per million</source>
        <comment>column of providers: input / output tokens, of the price book</comment>
        <translation>Preis je Million</translation>
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
    <name>gatehouse::ui::ReceiptTableModel</name>
    <message>
        <source>Model servers</source>
        <comment>models that run in the cluster, not at a provider</comment>
        <translation>Modellserver</translation>
    </message>
    <message>
        <source>%1 of them for reasoning</source>
        <comment>%1 count of tokens</comment>
        <translation>%1 davon zum Nachdenken</translation>
    </message>
    <message numerus="yes">
        <source>%n broke off before the end; what was used until then counts.</source>
        <comment>requests</comment>
        <translation>
            <numerusform>%n brach vor dem Ende ab; was bis dahin verbraucht war, zählt.</numerusform>
            <numerusform>%n brachen vor dem Ende ab; was bis dahin verbraucht war, zählt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n the provider never said its tokens, and they are estimated.</source>
        <comment>requests</comment>
        <translation>
            <numerusform>Bei %n nannte der Anbieter die Token nie, sie sind geschätzt.</numerusform>
            <numerusform>Bei %n nannte der Anbieter die Token nie, sie sind geschätzt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tokens of prompts, cached ones included</source>
        <translation>Token der Prompts, die aus dem Cache eingeschlossen</translation>
    </message>
    <message>
        <source>By the price books: the workspace&apos;s own, then the one that comes with Gatehouse</source>
        <translation>Nach den Preisbüchern: erst denen des Arbeitsbereichs, dann dem, das Gatehouse mitbringt</translation>
    </message>
    <message>
        <source>Requests without an amount: no price book knows the model, or the provider did not say its tokens</source>
        <translation>Anfragen ohne Betrag: kein Preisbuch kennt das Modell, oder der Anbieter nannte seine Token nicht</translation>
    </message>
    <message>
        <source>Provider</source>
        <comment>column</comment>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Model</source>
        <comment>column: LLM model</comment>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Requests</source>
        <comment>column: count of requests</comment>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Input</source>
        <comment>column: tokens of prompts</comment>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Cached</source>
        <comment>column: tokens of prompts that came from a cache</comment>
        <translation>Aus Cache</translation>
    </message>
    <message>
        <source>Output</source>
        <comment>column: tokens of answers</comment>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Amount</source>
        <comment>column: money</comment>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>No price</source>
        <comment>column: count of requests without a price</comment>
        <translation>Ohne Preis</translation>
    </message>
    <message>
        <source>Secret and name of the key that the requests came with; never the key itself</source>
        <translation>Secret und Name des Schlüssels, mit dem die Anfragen kamen; nie der Schlüssel selbst</translation>
    </message>
    <message>
        <source>API key</source>
        <comment>column: name of the key that requests came with</comment>
        <translation>API-Schlüssel</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ReceiptsPane</name>
    <message>
        <source>Receipts</source>
        <comment>title: what models cost</comment>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Receipts by provider and model</source>
        <translation>Belege nach Anbieter und Modell</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <comment>button</comment>
        <translation>CSV speichern …</translation>
    </message>
    <message>
        <source>No request has reached a model yet, so nothing was used.</source>
        <translation>Noch hat keine Anfrage ein Modell erreicht, also wurde nichts verbraucht.</translation>
    </message>
    <message>
        <source>Open Providers</source>
        <translation>Anbieter öffnen</translation>
    </message>
    <message>
        <source>Total: %1</source>
        <comment>%1 amounts of money</comment>
        <translation>Summe: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n without a price</source>
        <comment>requests</comment>
        <translation>
            <numerusform>%n ohne Preis</numerusform>
            <numerusform>%n ohne Preis</numerusform>
        </translation>
    </message>
    <message>
        <source>since %1</source>
        <comment>%1 date and time</comment>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>Save the receipts</source>
        <translation>Belege speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>The receipts were saved to %1.</source>
        <translation>Die Belege wurden unter %1 gespeichert.</translation>
    </message>
    <message>
        <source>The receipts were not saved to %1: %2</source>
        <translation>Die Belege wurden nicht unter %1 gespeichert: %2</translation>
    </message>
    <message>
        <source>Saves the totals by route, provider, model and API key</source>
        <translation>Speichert die Summen nach Route, Provider, Modell und API-Schlüssel</translation>
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
    <name>gatehouse::ui::RemarkModel</name>
    <message>
        <source>Nothing of the other side is behind it.</source>
        <translation>Nichts von der anderen Seite steht dahinter.</translation>
    </message>
    <message>
        <source>The pattern %1 hit here.</source>
        <comment>of a guard</comment>
        <translation>Das Muster %1 hat hier getroffen.</translation>
    </message>
    <message>
        <source>What</source>
        <comment>column: what happened to a field</comment>
        <translation>Was</translation>
    </message>
    <message>
        <source>Field</source>
        <comment>column</comment>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>column</comment>
        <translation>Warum</translation>
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
    <message>
        <source>Opens Try a request with this one: every decision, without calling the upstream. The body is not kept, nor are the values of secret fields.</source>
        <translation>Öffnet „Anfrage versuchen“ mit dieser: jede Entscheidung, ohne das Ziel anzusprechen. Der Inhalt wird nicht aufbewahrt, auch nicht die Werte geheimer Felder.</translation>
    </message>
    <message>
        <source>Request as it came</source>
        <comment>section</comment>
        <translation>Anfrage, wie sie kam</translation>
    </message>
    <message>
        <source>The head is not kept any more.</source>
        <translation>Der Kopf wird nicht mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>(hidden)</source>
        <comment>value of a secret header field</comment>
        <translation>(verborgen)</translation>
    </message>
    <message>
        <source>There was more than a record keeps; the rest was cut.</source>
        <translation>Es war mehr, als eine Aufzeichnung aufbewahrt; der Rest wurde abgeschnitten.</translation>
    </message>
    <message>
        <source>Values of secret fields are not kept, and neither is the body.</source>
        <translation>Werte geheimer Felder werden nicht aufbewahrt, ebenso wenig der Inhalt.</translation>
    </message>
    <message>
        <source>The body is not kept.</source>
        <translation>Der Inhalt wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Receipt</source>
        <comment>section: what the request cost</comment>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>%1 × %2 = %3</source>
        <comment>%1 count of tokens, %2 price per million of them, %3 amount of money</comment>
        <translation>%1 × %2 = %3</translation>
    </message>
    <message>
        <source>Sum</source>
        <comment>of a receipt</comment>
        <translation>Summe</translation>
    </message>
    <message>
        <source>that of Gatehouse</source>
        <comment>price book</comment>
        <translation>das von Gatehouse</translation>
    </message>
    <message>
        <source>Price book</source>
        <translation>Preisbuch</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <comment>%1 name of a price book</comment>
        <translation>%1, Fassung %2</translation>
    </message>
    <message>
        <source>Price of</source>
        <translation>Preis von</translation>
    </message>
    <message>
        <source>Service tier</source>
        <translation>Dienststufe</translation>
    </message>
    <message>
        <source>Tier</source>
        <comment>of a price</comment>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>above %1 tokens of input</source>
        <translation>über %1 Token Eingabe</translation>
    </message>
    <message>
        <source>Prices are per million tokens.</source>
        <translation>Preise gelten je Million Token.</translation>
    </message>
    <message>
        <source>The answer broke off before its end; this is what was used until then.</source>
        <translation>Die Antwort brach vor ihrem Ende ab; dies war bis dahin verbraucht.</translation>
    </message>
    <message>
        <source>The provider did not say its tokens; they are estimated from what passed.</source>
        <translation>Der Anbieter nannte seine Token nicht; sie sind aus dem geschätzt, was durchlief.</translation>
    </message>
    <message>
        <source>X-ray</source>
        <comment>button: show what was said on both sides of the gateway</comment>
        <translation>Röntgenbild</translation>
    </message>
    <message>
        <source>What the client and the provider said, side by side, field by field (X)</source>
        <translation>Was Client und Anbieter sagten, nebeneinander, Feld für Feld (X)</translation>
    </message>
    <message>
        <source>Explain</source>
        <comment>button: show why it went where it went</comment>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>Explain this request</source>
        <translation>Diese Anfrage erklären</translation>
    </message>
    <message>
        <source>Values of secret fields are not kept. The body is in the X-ray.</source>
        <translation>Werte geheimer Felder werden nicht aufbewahrt. Der Inhalt steht im Röntgenbild.</translation>
    </message>
    <message>
        <source>The body is in the X-ray.</source>
        <translation>Der Inhalt steht im Röntgenbild.</translation>
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
        <comment>column: small bar of the request&apos;s phases</comment>
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
    <message>
        <source>Keeps the newest request in sight</source>
        <translation>Behält die neueste Anfrage im Blick</translation>
    </message>
    <message>
        <source>Stops the display; requests are still collected</source>
        <translation>Hält die Anzeige an; Anfragen werden weiter gesammelt</translation>
    </message>
    <message>
        <source>Shown</source>
        <comment>what the view shows</comment>
        <translation>Gezeigt</translation>
    </message>
    <message>
        <source>Show what models cost</source>
        <translation>Zeigen, was Modelle kosten</translation>
    </message>
    <message>
        <source>Tail</source>
        <comment>the list of finished requests, newest last</comment>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Receipts</source>
        <comment>what models cost</comment>
        <translation>Belege</translation>
    </message>
    <message>
        <source>X-ray of the selected request</source>
        <translation>Röntgenbild der gewählten Anfrage</translation>
    </message>
    <message>
        <source>X-ray of a body of your own</source>
        <translation>Röntgenbild eines eigenen Inhalts</translation>
    </message>
    <message>
        <source>Switch the capture of bodies on or off</source>
        <translation>Mitschnitt der Inhalte ein- oder ausschalten</translation>
    </message>
    <message>
        <source>Capture: %1</source>
        <comment>button, pressed: %1 memory in use</comment>
        <translation>Mitschnitt: %1</translation>
    </message>
    <message>
        <source>Capture off</source>
        <comment>button, not pressed</comment>
        <translation>Mitschnitt aus</translation>
    </message>
    <message>
        <source>What clients and providers say is kept in memory for X-rays: %1 of %2, the oldest goes first. Nothing is written to disk. Click to stop and forget it.</source>
        <translation>Was Clients und Anbieter sagen, bleibt für Röntgenbilder im Arbeitsspeicher: %1 von %2, das Älteste geht zuerst. Nichts wird auf die Platte geschrieben. Ein Klick hört auf und vergisst es.</translation>
    </message>
    <message>
        <source>Bodies are not kept. Click to keep what clients and providers say in memory, for X-rays.</source>
        <translation>Inhalte werden nicht aufbewahrt. Ein Klick bewahrt im Arbeitsspeicher auf, was Clients und Anbieter sagen, für Röntgenbilder.</translation>
    </message>
    <message>
        <source>X-ray a body…</source>
        <comment>button</comment>
        <translation>Inhalt durchleuchten …</translation>
    </message>
    <message>
        <source>Shows what another dialect makes of a body of your own</source>
        <translation>Zeigt, was ein anderer Dialekt aus einem eigenen Inhalt macht</translation>
    </message>
    <message>
        <source>&amp;X-ray</source>
        <comment>menu: show what was said on both sides</comment>
        <translation>&amp;Röntgenbild</translation>
    </message>
    <message>
        <source>Capture</source>
        <comment>button, pressed or not</comment>
        <translation>Mitschnitt</translation>
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
        <source>Choose a Service, or a rule&apos;s reference to one.</source>
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
    <message>
        <source>Add settings of listeners to this gateway</source>
        <translation>Einstellungen der Listener dieses Gateways hinzufügen</translation>
    </message>
    <message>
        <source>Choose the gateway whose listeners the settings are for.</source>
        <translation>Wählen Sie das Gateway, für dessen Listener die Einstellungen gelten.</translation>
    </message>
    <message>
        <source>Settings of listeners</source>
        <translation>Einstellungen der Listener</translation>
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
        <comment>part of a pod&apos;s score: few waiting requests</comment>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>KV cache</source>
        <comment>part of a pod&apos;s score: free KV cache</comment>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>load</source>
        <comment>part of a pod&apos;s score: few open requests</comment>
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
    <message>
        <source>before it</source>
        <comment>term of a pod&apos;s cost: prompts ahead of the request</comment>
        <translation>davor</translation>
    </message>
    <message>
        <source>its prompt</source>
        <comment>term of a pod&apos;s cost: computing what is not cached</comment>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>step</source>
        <comment>term of a pod&apos;s cost: one step of the batch</comment>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>room</source>
        <comment>term of a pod&apos;s cost: waiting for cache or batch</comment>
        <translation>Platz</translation>
    </message>
    <message>
        <source>adapter</source>
        <comment>term of a pod&apos;s cost: loading a LoRA adapter</comment>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>eviction</source>
        <comment>term of a pod&apos;s cost: what is pushed out of the cache</comment>
        <translation>Verdrängung</translation>
    </message>
    <message>
        <source>answer</source>
        <comment>term of a pod&apos;s cost: the answer&apos;s steps</comment>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>others</source>
        <comment>term of a pod&apos;s cost: what it slows others down</comment>
        <translation>andere</translation>
    </message>
    <message>
        <source>Cost %1 ms: %2.</source>
        <translation>Kosten %1 ms: %2.</translation>
    </message>
    <message>
        <source>Score %1: %2.</source>
        <translation>Wertung %1: %2.</translation>
    </message>
    <message>
        <source>cost ms</source>
        <comment>column: cost of a candidate in milliseconds</comment>
        <translation>Kosten ms</translation>
    </message>
    <message>
        <source>Cost ms</source>
        <comment>column</comment>
        <translation>Kosten ms</translation>
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
    <name>gatehouse::ui::ShortcutSheet</name>
    <message>
        <source>Change keyboard shortcuts</source>
        <translation>Tastenkürzel ändern</translation>
    </message>
    <message>
        <source>Choose an action, then press its new keys.</source>
        <translation>Wählen Sie eine Aktion und drücken Sie dann ihre neuen Tasten.</translation>
    </message>
    <message>
        <source>Filter by action or keys</source>
        <translation>Nach Aktion oder Tasten filtern</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Command</source>
        <comment>column</comment>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <comment>column: a keyboard shortcut</comment>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Usual keys</source>
        <comment>column: the default keyboard shortcut</comment>
        <translation>Übliche Tasten</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <source>No keys</source>
        <comment>button: takes a shortcut away</comment>
        <translation>Keine Tasten</translation>
    </message>
    <message>
        <source>Usual keys</source>
        <comment>button: back to the default shortcut</comment>
        <translation>Übliche Tasten</translation>
    </message>
    <message>
        <source>All as usual</source>
        <comment>button: back to the default shortcuts</comment>
        <translation>Alle wie üblich</translation>
    </message>
    <message>
        <source>Other keys than usual</source>
        <translation>Andere Tasten als üblich</translation>
    </message>
    <message>
        <source>Every action has its usual keys.</source>
        <translation>Jede Aktion hat ihre üblichen Tasten.</translation>
    </message>
    <message>
        <source>No action is chosen</source>
        <translation>Keine Aktion ist gewählt</translation>
    </message>
    <message>
        <source>Works everywhere in the window.</source>
        <translation>Gilt überall im Fenster.</translation>
    </message>
    <message>
        <source>Works while its view has the focus.</source>
        <translation>Gilt, solange ihre Ansicht den Fokus hat.</translation>
    </message>
    <message>
        <source>%1 moves or leaves everywhere and cannot be given away; press other keys.</source>
        <comment>%1 keys</comment>
        <translation>%1 bewegt oder verlässt überall und lässt sich nicht vergeben; drücken Sie andere Tasten.</translation>
    </message>
    <message>
        <source>Take %1</source>
        <comment>button; %1 keys</comment>
        <translation>%1 übernehmen</translation>
    </message>
    <message>
        <source>%1 belongs to “%2”, which would be without keys then.</source>
        <comment>%1 keys, %2 an action</comment>
        <translation>%1 gehört zu „%2“, das dann ohne Tasten wäre.</translation>
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
        <source>The demo&apos;s folder is thrown away when Gatehouse closes. Click to save into it.</source>
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
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
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
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>Umformung</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::StreamMicroscope</name>
    <message>
        <source>Events of the stream</source>
        <translation>Ereignisse des Stroms</translation>
    </message>
    <message>
        <source>Events of the stream, as a list</source>
        <translation>Ereignisse des Stroms, als Liste</translation>
    </message>
    <message>
        <source>The chosen event</source>
        <translation>Das gewählte Ereignis</translation>
    </message>
    <message>
        <source>Choose an event to see what it says.</source>
        <translation>Wählen Sie ein Ereignis, um zu sehen, was es sagt.</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n event(s), longest gap %2</source>
        <comment>%1 whose stream, %2 a time</comment>
        <translation>
            <numerusform>%1: %n Ereignis, längste Lücke %2</numerusform>
            <numerusform>%1: %n Ereignisse, längste Lücke %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) of grammar</source>
        <translation>
            <numerusform>%n Fehler der Grammatik</numerusform>
            <numerusform>%n Fehler der Grammatik</numerusform>
        </translation>
    </message>
    <message>
        <source>Grammar holds</source>
        <comment>of a stream</comment>
        <translation>Grammatik eingehalten</translation>
    </message>
    <message>
        <source>Grammar not checked</source>
        <comment>of a stream</comment>
        <translation>Grammatik nicht geprüft</translation>
    </message>
    <message>
        <source>There is no grammar for a stream of this kind.</source>
        <translation>Für einen Strom dieser Art gibt es keine Grammatik.</translation>
    </message>
    <message>
        <source>Cut before its end</source>
        <comment>of a stream</comment>
        <translation>Vor dem Ende abgeschnitten</translation>
    </message>
    <message numerus="yes">
        <source>%n stall(s)</source>
        <comment>silences in a stream</comment>
        <translation>
            <numerusform>%n Stockung</numerusform>
            <numerusform>%n Stockungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · event %2 at %3</source>
        <comment>%1 whose stream, %2 a number, %3 a time</comment>
        <translation>%1 · Ereignis %2 bei %3</translation>
    </message>
    <message>
        <source>Nothing in the client&apos;s stream comes from this event.</source>
        <translation>Nichts im Strom des Clients kommt von diesem Ereignis.</translation>
    </message>
    <message>
        <source>No event of the provider is behind this one: the gateway said it.</source>
        <translation>Hinter diesem steht kein Ereignis des Anbieters: Das Gateway hat es gesagt.</translation>
    </message>
    <message>
        <source>Became %1 of %2</source>
        <comment>%1 numbers of events, %2 whose stream</comment>
        <translation>Wurde zu %1 von %2</translation>
    </message>
    <message>
        <source>Comes from %1 of %2</source>
        <comment>%1 numbers of events, %2 whose stream</comment>
        <translation>Kommt von %1 von %2</translation>
    </message>
    <message>
        <source>On the way the text was changed, as by a guard that masks.</source>
        <translation>Unterwegs wurde der Text geändert, etwa von einer Schutzregel, die maskiert.</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) without a counterpart</source>
        <comment>of a provider&apos;s stream</comment>
        <translation>
            <numerusform>%n Ereignis ohne Gegenstück</numerusform>
            <numerusform>%n Ereignisse ohne Gegenstück</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::StreamPlot</name>
    <message>
        <source>start</source>
        <comment>kind of an event of a stream</comment>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>text</source>
        <comment>kind of an event of a stream</comment>
        <translation>Text</translation>
    </message>
    <message>
        <source>thinking</source>
        <comment>kind of an event of a stream</comment>
        <translation>Überlegung</translation>
    </message>
    <message>
        <source>tool call</source>
        <comment>kind of an event of a stream</comment>
        <translation>Werkzeugaufruf</translation>
    </message>
    <message>
        <source>block</source>
        <comment>kind of an event of a stream</comment>
        <translation>Block</translation>
    </message>
    <message>
        <source>finish</source>
        <comment>kind of an event of a stream</comment>
        <translation>Abschluss</translation>
    </message>
    <message>
        <source>usage</source>
        <comment>kind of an event of a stream</comment>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>end</source>
        <comment>kind of an event of a stream</comment>
        <translation>Ende</translation>
    </message>
    <message>
        <source>error</source>
        <comment>kind of an event of a stream</comment>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>ping</source>
        <comment>kind of an event of a stream</comment>
        <translation>Ping</translation>
    </message>
    <message>
        <source>other</source>
        <comment>kind of an event of a stream</comment>
        <translation>anderes</translation>
    </message>
    <message>
        <source>Events of the stream</source>
        <translation>Ereignisse des Stroms</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n event(s), longest gap %2, %3.</source>
        <comment>accessible description of a stream</comment>
        <translation>
            <numerusform>%1: %n Ereignis, längste Lücke %2, %3.</numerusform>
            <numerusform>%1: %n Ereignisse, längste Lücke %2, %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s)</source>
        <comment>against a grammar</comment>
        <translation>
            <numerusform>%n Fehler</numerusform>
            <numerusform>%n Fehler</numerusform>
        </translation>
    </message>
    <message>
        <source>stall %1</source>
        <comment>silence in a stream, %1 how long</comment>
        <translation>Stockung %1</translation>
    </message>
    <message>
        <source>burst of %1</source>
        <comment>events that came at once</comment>
        <translation>Schwall von %1</translation>
    </message>
    <message>
        <source>cut</source>
        <comment>a stream that did not say its end</comment>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <source>%1 at %2, %3: %4</source>
        <comment>%1 name of an event, %2 time, %3 size, %4 what it says</comment>
        <translation>%1 bei %2, %3: %4</translation>
    </message>
    <message>
        <source>Stream</source>
        <comment>column: whose stream</comment>
        <translation>Strom</translation>
    </message>
    <message>
        <source>Event</source>
        <comment>column: number of an event</comment>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Time ms</source>
        <comment>column</comment>
        <translation>Zeit ms</translation>
    </message>
    <message>
        <source>Gap ms</source>
        <comment>column: time since the event before</comment>
        <translation>Lücke ms</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>column: of an event</comment>
        <translation>Name</translation>
    </message>
    <message>
        <source>Says</source>
        <comment>column: what kind of event it is</comment>
        <translation>Sagt</translation>
    </message>
    <message>
        <source>Bytes</source>
        <comment>column</comment>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Remarks</source>
        <comment>column: faults, stalls and bursts</comment>
        <translation>Bemerkungen</translation>
    </message>
    <message>
        <source>after a stall</source>
        <translation>nach einer Stockung</translation>
    </message>
    <message>
        <source>in a burst</source>
        <translation>in einem Schwall</translation>
    </message>
    <message>
        <source>cut here</source>
        <translation>hier abgeschnitten</translation>
    </message>
    <message>
        <source>Linked</source>
        <comment>column: numbers of the events of the other stream that belong to this one</comment>
        <translation>Verknüpft</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no event of the other stream</comment>
        <translation>keines</translation>
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
        <source>%1: %2 of the gateway&apos;s own time, from %3.</source>
        <translation>%1: %2 eigene Zeit des Gateways, ab %3.</translation>
    </message>
    <message>
        <source>%1: %2 of the upstream&apos;s time, from %3.</source>
        <translation>%1: %2 Zeit des Upstreams, ab %3.</translation>
    </message>
    <message>
        <source>%1 are in no phase.</source>
        <translation>%1 liegen in keiner Phase.</translation>
    </message>
    <message>
        <source>gateway</source>
        <comment>legend: the gateway&apos;s own time</comment>
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
        <comment>column: gateway&apos;s or upstream&apos;s time</comment>
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
        <source>nobody&apos;s</source>
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
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
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
        <source>the URL&apos;s host</source>
        <comment>in an empty field: what holds then</comment>
        <translation>der Host der URL</translation>
    </message>
    <message>
        <source>The body is not kept in records.</source>
        <translation>Der Inhalt wird in Aufzeichnungen nicht aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::VerdictTableModel</name>
    <message>
        <source>Better</source>
        <comment>verdict: below the stable arm</comment>
        <translation>Besser</translation>
    </message>
    <message>
        <source>Decides: no harm here is needed to step, and worse here rolls back.</source>
        <translation>Entscheidet: Ohne „kein Schaden“ hier kein Schritt, und „schlechter“ hier rollt zurück.</translation>
    </message>
    <message>
        <source>Shown only; it decides nothing.</source>
        <translation>Nur gezeigt; entscheidet nichts.</translation>
    </message>
    <message>
        <source>Where the true difference lies, with the chosen certainty at all times together: it may be looked at as often as you like.</source>
        <translation>Wo der wahre Unterschied liegt, mit der gewählten Sicherheit zu allen Zeiten zusammen: Er darf beliebig oft angesehen werden.</translation>
    </message>
    <message>
        <source>The least difference that matters</source>
        <translation>Der kleinste Unterschied, der zählt</translation>
    </message>
    <message>
        <source>Metric</source>
        <comment>column</comment>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>Stable</source>
        <comment>column: the arm that is compared with</comment>
        <translation>Stabil</translation>
    </message>
    <message>
        <source>Canary</source>
        <comment>column: the arm that is tried</comment>
        <translation>Canary</translation>
    </message>
    <message>
        <source>Difference</source>
        <comment>column</comment>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Interval</source>
        <comment>column: always-valid interval of a difference</comment>
        <translation>Intervall</translation>
    </message>
    <message>
        <source>Margin</source>
        <comment>column: least difference that matters</comment>
        <translation>Marge</translation>
    </message>
    <message>
        <source>Verdict</source>
        <comment>column</comment>
        <translation>Urteil</translation>
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
    <name>gatehouse::ui::XrayPane</name>
    <message>
        <source>Shown</source>
        <comment>what the X-ray shows</comment>
        <translation>Gezeigt</translation>
    </message>
    <message>
        <source>Direction</source>
        <comment>of a translation</comment>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>As pasted</source>
        <comment>pane of an X-ray</comment>
        <translation>Wie eingefügt</translation>
    </message>
    <message>
        <source>As translated</source>
        <comment>pane of an X-ray</comment>
        <translation>Wie übersetzt</translation>
    </message>
    <message>
        <source>Client request</source>
        <comment>pane of an X-ray</comment>
        <translation>Anfrage des Clients</translation>
    </message>
    <message>
        <source>Provider request</source>
        <comment>pane of an X-ray</comment>
        <translation>Anfrage an den Anbieter</translation>
    </message>
    <message>
        <source>Provider reply</source>
        <comment>pane of an X-ray</comment>
        <translation>Antwort des Anbieters</translation>
    </message>
    <message>
        <source>Client reply</source>
        <comment>pane of an X-ray</comment>
        <translation>Antwort an den Client</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <comment>button</comment>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Try</source>
        <comment>label: which of several providers that were asked</comment>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>Fields</source>
        <comment>the four panes of an X-ray</comment>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Stream</source>
        <comment>the stream microscope</comment>
        <translation>Strom</translation>
    </message>
    <message>
        <source>Request</source>
        <comment>what is translated</comment>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Answer</source>
        <comment>what is translated</comment>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>From</source>
        <comment>label: dialect</comment>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <comment>label: dialect</comment>
        <translation>Nach</translation>
    </message>
    <message>
        <source>A body of your own</source>
        <translation>Ein eigener Inhalt</translation>
    </message>
    <message>
        <source>nothing is sent</source>
        <translation>nichts wird gesendet</translation>
    </message>
    <message>
        <source>Body to translate</source>
        <translation>Zu übersetzender Inhalt</translation>
    </message>
    <message>
        <source>Paste a body in the dialect that is chosen above.</source>
        <translation>Fügen Sie einen Inhalt im oben gewählten Dialekt ein.</translation>
    </message>
    <message>
        <source>On the way</source>
        <comment>list of what happened to fields</comment>
        <translation>Auf dem Weg</translation>
    </message>
    <message>
        <source>What happened to fields on the way</source>
        <translation>Was unterwegs mit Feldern geschah</translation>
    </message>
    <message>
        <source>What was said here was pushed out of memory by newer requests.</source>
        <translation>Was hier gesagt wurde, haben neuere Anfragen aus dem Speicher verdrängt.</translation>
    </message>
    <message>
        <source>Only requests on routes to models are captured.</source>
        <translation>Nur Anfragen auf Routen zu Modellen werden mitgeschnitten.</translation>
    </message>
    <message>
        <source>Capture is off, so nothing of this request was kept.</source>
        <translation>Der Mitschnitt ist aus, daher wurde von dieser Anfrage nichts aufbewahrt.</translation>
    </message>
    <message>
        <source>This request was not captured: capture was off when it began, or nothing of it was read.</source>
        <translation>Diese Anfrage wurde nicht mitgeschnitten: Der Mitschnitt war bei ihrem Beginn aus, oder nichts von ihr wurde gelesen.</translation>
    </message>
    <message>
        <source>Switch capture on</source>
        <translation>Mitschnitt einschalten</translation>
    </message>
    <message>
        <source>%1: %2, answered %3</source>
        <comment>%1 number of a try, %2 provider, %3 status</comment>
        <translation>%1: %2, Antwort %3</translation>
    </message>
    <message>
        <source>%1: %2, no answer</source>
        <comment>%1 number of a try, %2 provider</comment>
        <translation>%1: %2, keine Antwort</translation>
    </message>
    <message>
        <source>No answer came.</source>
        <translation>Es kam keine Antwort.</translation>
    </message>
    <message>
        <source>Provider</source>
        <comment>whose stream</comment>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>No provider was asked.</source>
        <translation>Kein Anbieter wurde gefragt.</translation>
    </message>
    <message>
        <source>The client saw nothing of this try: another one followed.</source>
        <translation>Der Client sah nichts von diesem Versuch: Ein weiterer folgte.</translation>
    </message>
    <message>
        <source>Client</source>
        <comment>whose stream</comment>
        <translation>Client</translation>
    </message>
    <message>
        <source>Nothing reached the client.</source>
        <translation>Nichts erreichte den Client.</translation>
    </message>
    <message>
        <source>The answer came in one piece.</source>
        <translation>Die Antwort kam in einem Stück.</translation>
    </message>
    <message>
        <source>X-ray of a body</source>
        <translation>Röntgenbild eines Inhalts</translation>
    </message>
    <message>
        <source>Another value than %1 has.</source>
        <comment>%1 a field</comment>
        <translation>Ein anderer Wert, als %1 hat.</translation>
    </message>
    <message>
        <source>Linking fields…</source>
        <translation>Felder werden verknüpft …</translation>
    </message>
    <message>
        <source>A guard masked texts of the request: what it masked stays masked in all later panes.</source>
        <translation>Ein Schutz hat Texte der Anfrage verdeckt: Was er verdeckt hat, bleibt in allen späteren Feldern verdeckt.</translation>
    </message>
    <message>
        <source>A guard masked texts of the answer on the way to the client.</source>
        <translation>Ein Schutz hat Texte der Antwort auf dem Weg zum Client verdeckt.</translation>
    </message>
    <message>
        <source>The memory for captures was full, so some of this one is cut.</source>
        <translation>Der Speicher für Mitschnitte war voll, daher ist von diesem etwas abgeschnitten.</translation>
    </message>
    <message>
        <source>A body is not kept whole, so its fields are not linked.</source>
        <translation>Ein Inhalt ist nicht vollständig aufbewahrt, daher sind seine Felder nicht verknüpft.</translation>
    </message>
    <message>
        <source>Nothing was dropped, defaulted or coerced.</source>
        <translation>Nichts wurde verworfen, ergänzt oder umgeformt.</translation>
    </message>
    <message numerus="yes">
        <source>Select a field to see its counterparts. Of %n field(s) it is not known what became of them.</source>
        <translation>
            <numerusform>Wählen Sie ein Feld, um seine Gegenstücke zu sehen. Von %n Feld ist nicht bekannt, was aus ihm wurde.</numerusform>
            <numerusform>Wählen Sie ein Feld, um seine Gegenstücke zu sehen. Von %n Feldern ist nicht bekannt, was aus ihnen wurde.</numerusform>
        </translation>
    </message>
    <message>
        <source>Select a field to see its counterparts.</source>
        <translation>Wählen Sie ein Feld, um seine Gegenstücke zu sehen.</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>%1 a field, %2 a pane</comment>
        <translation>%1 in %2</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> und %n weiteres</numerusform>
            <numerusform> und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: it is not known what became of it.</source>
        <comment>%1 a field</comment>
        <translation>%1: Was daraus wurde, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1: no counterpart.</source>
        <comment>%1 a field</comment>
        <translation>%1: kein Gegenstück.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>%1 a field, %2 its counterparts</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Choose one to see why.</source>
        <comment>of dropped, defaulted and coerced fields</comment>
        <translation>Eine Zeile wählen, um den Grund zu sehen.</translation>
    </message>
    <message>
        <source>On the way the text was changed, as by a guard that masks.</source>
        <translation>Unterwegs wurde der Text geändert, etwa von einer Schutzregel, die maskiert.</translation>
    </message>
    <message>
        <source>Select a field or an event to see its counterparts.</source>
        <translation>Wählen Sie ein Feld oder ein Ereignis, um seine Gegenstücke zu sehen.</translation>
    </message>
    <message>
        <source>Fields are linked where both bodies are whole.</source>
        <translation>Felder werden verknüpft, wo beide Inhalte ganz sind.</translation>
    </message>
    <message>
        <source>%1: nothing in the client&apos;s stream comes from this event.</source>
        <comment>%1 number of an event</comment>
        <translation>%1: Nichts im Strom des Clients kommt von diesem Ereignis.</translation>
    </message>
    <message>
        <source>%1: no event of the provider is behind this one.</source>
        <comment>%1 number of an event</comment>
        <translation>%1: Hinter diesem steht kein Ereignis des Anbieters.</translation>
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
