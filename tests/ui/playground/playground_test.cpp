// The Playground by clicks, against a server of its own: lanes, streams, facts, cancelling, history, what is copied.
#include "core/gateway/data_plane_fixture.h"
#include "core/net/certificates.h"
#include "playground/lane_card.h"
#include "playground/lane_facts.h"
#include "playground/playground_page.h"
#include "playground/playground_targets.h"
#include "playground/playground_view.h"
#include "playground/prompt_code.h"
#include "playground/prompt_history.h"
#include "ui/charts/live_fixture.h"
#include "widgets/status_chip.h"

#include <QClipboard>
#include <QFile>
#include <QTemporaryDir>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

using test::chunk;

/// Answers each request with a stream of two pieces, once it is let go on.
struct Server {
    std::atomic<bool> goOn{true};
    std::atomic<int> requests{0};
    std::mutex mutex;
    std::vector<test::Message> seen;
    test::Origin origin{[this](test::Wire& wire) {
        // A client may send its next request on the connection of one that is over.
        for (auto request = test::readMessage(wire); !request.head.empty(); request = test::readMessage(wire)) answer(wire, request);
    }};

    void answer(test::Wire& wire, const test::Message& request) {
        const int number = ++requests;
        {
            const std::lock_guard lock(mutex);
            seen.push_back(request);
        }
        wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nx-request-id: req-" + std::to_string(number) + "\r\nTransfer-Encoding: chunked\r\n\r\n" +
                  chunk("data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n"));
        test::eventually([this] { return goOn.load(); });
        wire.send(chunk("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n") + "0\r\n\r\n");
    }
};

struct PlaygroundTest : LiveTest {
    Server server;

    void start(bool listening = true) {
        gateway::State state;
        state.running = true;
        if (listening) state.listeners.push_back({8080, "127.0.0.1:" + std::to_string(server.origin.port()), {}});
        engine.takeSample(state);
        open(kSplitYaml);
        show(makePlaygroundView(context, nullptr));
        for (const char* name : {"lane1Model", "lane2Model"}) {
            find<QLineEdit>(name)->clear();
            QTest::keyClicks(find<QLineEdit>(name), QStringLiteral("chat-large"));
        }
    }
    PlaygroundPage* page() { return qobject_cast<PlaygroundPage*>(view.get()); }
    QString output(int lane) { return find<QPlainTextEdit>(qPrintable(QStringLiteral("lane%1Output").arg(lane)))->toPlainText(); }
    void send() { QTest::mouseClick(find<QPushButton>("playgroundSend"), Qt::LeftButton); }
    void finish() { ASSERT_TRUE(QTest::qWaitFor([&] { return !page()->isRunning(); }, 10'000)); }
};

TEST_F(PlaygroundTest, SendsOnePromptThroughBothLanes) {
    start();
    server.goOn = false;
    auto* prompt = find<QPlainTextEdit>("playgroundPrompt");
    prompt->clear();
    QTest::keyClicks(prompt, QStringLiteral("Say hello"));
    send();
    EXPECT_TRUE(page()->isRunning());
    EXPECT_FALSE(find<QPushButton>("playgroundSend")->isEnabled());
    ASSERT_TRUE(QTest::qWaitFor([&] { return output(1) == QStringLiteral("Hel") && output(2) == QStringLiteral("Hel"); }, 10'000));
    server.goOn = true;
    finish();
    EXPECT_EQ(output(1), QStringLiteral("Hello"));
    EXPECT_EQ(output(2), QStringLiteral("Hello"));
    EXPECT_EQ(find<StatusChip>("lane1Status")->kind(), StatusChip::Kind::Ok);
    EXPECT_NE(find<QLabel>("lane1Fact0")->text(), QStringLiteral("–")) << "time to the first token";
    const std::lock_guard lock(server.mutex);
    ASSERT_EQ(server.seen.size(), 2u);
    EXPECT_NE(server.seen[0].body.find("Say hello"), std::string::npos);
    EXPECT_TRUE(server.seen[0].head.starts_with("POST /v1/chat/completions "));
}

TEST_F(PlaygroundTest, FillsInWhatTheGatewayKnowsByTheRequestsId) {
    start();
    send();
    finish();
    ASSERT_TRUE(page()->lanes()[0]->answer());
    auto record = makeRecord(7, 200);
    record.requestId = page()->lanes()[0]->answer()->requestId;
    record.pod = "default/llm-3";
    record.guard.masked = true;
    llm::GuardHit hit;
    hit.rule = "EMAIL";
    record.guard.hits.push_back(hit);
    EXPECT_FALSE(find<QToolButton>("lane1Xray")->isEnabled());
    engine.takeRequests({record});
    ASSERT_TRUE(page()->lanes()[0]->record());
    EXPECT_EQ(find<QLabel>("lane1Fact5")->text(), QStringLiteral("llm-3"));
    EXPECT_EQ(find<QLabel>("lane1Fact6")->text(), QStringLiteral("chat-stable"));
    EXPECT_TRUE(find<QLabel>("lane1Fact7")->text().contains(QStringLiteral("EMAIL")));
    QTest::mouseClick(find<QToolButton>("lane1Xray"), Qt::LeftButton);
    ASSERT_EQ(navigator.visits.size(), 1u);
    EXPECT_EQ(navigator.visits[0].second, QStringLiteral("xray:") + QString::fromStdString(record.requestId));
}

TEST_F(PlaygroundTest, CancelsWhatIsUnderWay) {
    start();
    server.goOn = false;
    send();
    ASSERT_TRUE(QTest::qWaitFor([&] { return output(1) == QStringLiteral("Hel"); }, 10'000));
    QTest::mouseClick(find<QPushButton>("playgroundCancel"), Qt::LeftButton);
    finish();
    EXPECT_EQ(page()->lanes()[0]->answer()->state, lab::PromptAnswer::State::Cancelled);
    EXPECT_TRUE(find<QPushButton>("playgroundSend")->isEnabled());
    server.goOn = true;
}

TEST_F(PlaygroundTest, GrowsToFourLanesAndShrinksToTwo) {
    start();
    auto* add = find<QToolButton>("playgroundAdd");
    QTest::mouseClick(add, Qt::LeftButton);
    QTest::mouseClick(add, Qt::LeftButton);
    EXPECT_EQ(page()->lanes().size(), 4u);
    EXPECT_FALSE(add->isEnabled());
    EXPECT_EQ(find<QLineEdit>("lane4Model")->text(), QStringLiteral("chat-large"));
    QTest::mouseClick(find<QToolButton>("lane2Remove"), Qt::LeftButton);
    QTest::mouseClick(find<QToolButton>("lane2Remove"), Qt::LeftButton);
    EXPECT_EQ(page()->lanes().size(), 2u);
    EXPECT_FALSE(find<QToolButton>("lane1Remove")->isVisible());
    send();
    finish();
    EXPECT_EQ(output(2), QStringLiteral("Hello"));
}

TEST_F(PlaygroundTest, SaysWhatIsInTheWay) {
    start(false);
    send();
    EXPECT_TRUE(find<QLabel>("lane1Problem")->isVisible());
    EXPECT_TRUE(find<QLabel>("lane1Problem")->text().contains(QStringLiteral("not open")));
    EXPECT_FALSE(page()->isRunning());
    find<QPlainTextEdit>("playgroundPrompt")->clear();
    EXPECT_FALSE(find<QPushButton>("playgroundSend")->isEnabled());
}

TEST_F(PlaygroundTest, KeepsAHistoryWithoutHeaderFields) {
    start();
    QTest::mouseClick(find<QToolButton>("lane1More"), Qt::LeftButton);
    QTest::keyClicks(find<QPlainTextEdit>("lane1Headers"), QStringLiteral("Authorization: Bearer very-secret-key"));
    find<QPlainTextEdit>("playgroundPrompt")->setPlainText(QStringLiteral("First question"));
    find<QSpinBox>("playgroundTokens")->setValue(64);
    send();
    finish();
    for (const auto& key : QSettings().allKeys()) EXPECT_FALSE(QSettings().value(key).toString().contains(QStringLiteral("very-secret"))) << key.toStdString();
    EXPECT_EQ(PromptHistory().entries().size(), 1u);
    find<QPlainTextEdit>("playgroundPrompt")->setPlainText(QStringLiteral("Another"));
    find<QSpinBox>("playgroundTokens")->setValue(128);
    QTest::mouseClick(find<QToolButton>("playgroundHistory"), Qt::LeftButton);
    auto* menu = find<QMenu>("playgroundHistoryMenu");
    menu->actions().front()->trigger();
    EXPECT_EQ(find<QPlainTextEdit>("playgroundPrompt")->toPlainText(), QStringLiteral("First question"));
    EXPECT_EQ(find<QSpinBox>("playgroundTokens")->value(), 64);
    menu->findChild<QAction*>("playgroundClear")->trigger();
    EXPECT_TRUE(PromptHistory().entries().empty());
    menu->close();
}

TEST_F(PlaygroundTest, CopiesTheLaneAsAProgramWithoutItsSecrets) {
    start();
    QTest::mouseClick(find<QToolButton>("lane1More"), Qt::LeftButton);
    find<QPlainTextEdit>("lane1Headers")->setPlainText(QStringLiteral("Authorization: Bearer very-secret-key\nx-team: blue"));
    for (auto* action : find<QToolButton>("lane1Copy")->menu()->actions()) {
        action->trigger();
        const auto text = QGuiApplication::clipboard()->text();
        EXPECT_FALSE(text.contains(QStringLiteral("very-secret"))) << text.toStdString();
        EXPECT_TRUE(text.contains(QStringLiteral("YOUR-Authorization"))) << text.toStdString();
        EXPECT_TRUE(text.contains(QStringLiteral("blue")));
        EXPECT_TRUE(text.contains(QStringLiteral("chat-large")));
    }
}

/// A gateway of its own: one pod for each arm of a split, over TLS where a certificate is given.
struct PlaygroundGateway : LiveTest {
    Server stable, canary;

    static QByteArray pod(const char* name, quint16 port) {
        return QStringLiteral("---\napiVersion: inference.networking.k8s.io/v1\nkind: InferencePool\nmetadata: {name: chat-%1}\nspec:\n  selector: {matchLabels: {app: %1}}\n  targetPorts: [{number: 8000}]\n"
                              "  endpointPickerRef: {name: epp, port: {number: 9002}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: %1-0, labels: {app: %1}, annotations: {gatehouse.dev/port: \"%2\"}}\n"
                              "status: {podIP: 127.0.0.1, phase: Running}\n")
            .arg(QLatin1String(name)).arg(port).toUtf8();
    }
    void start(const QByteArray& gateway, quint16 port) {
        gateway::Options options;
        options.listen[port] = "127.0.0.1:0";
        options.workers = 1;
        ASSERT_TRUE(engine.start(options));
        QByteArray yaml(kSplitYaml);
        open(gateway + yaml.mid(yaml.indexOf("---\n")) + pod("stable", server(stable)) + pod("canary", server(canary)));
        ASSERT_TRUE(QTest::qWaitFor([&] { return !engine.state().listeners.empty() && !engine.state().listeners.front().address.empty() && engine.state().generation > 0; }, 10'000));
        show(makePlaygroundView(context, nullptr));
        for (const char* name : {"lane1Model", "lane2Model"}) find<QLineEdit>(name)->setText(QStringLiteral("chat-large"));
    }
    static quint16 server(const Server& of) { return of.origin.port(); }
    PlaygroundPage* page() { return qobject_cast<PlaygroundPage*>(view.get()); }
    void sendAndFinish() {
        QTest::mouseClick(find<QPushButton>("playgroundSend"), Qt::LeftButton);
        ASSERT_TRUE(QTest::qWaitFor([&] { return !page()->isRunning(); }, 10'000));
    }
    ~PlaygroundGateway() override {
        view.reset();
        engine.shutdown();
    }
};

TEST_F(PlaygroundGateway, SendsALaneToTheArmThatWasChosen) {
    const QByteArray yaml(kSplitYaml);
    start(yaml.left(yaml.indexOf("---\n")), 8080);
    auto* arm = find<QComboBox>("lane2Arm");
    ASSERT_TRUE(arm->isVisible());
    ASSERT_EQ(arm->count(), 3);
    EXPECT_TRUE(arm->itemText(2).contains(QStringLiteral("10"))) << arm->itemText(2).toStdString();
    arm->setFocus();
    QTest::keyClick(arm, Qt::Key_End);
    EXPECT_EQ(arm->currentIndex(), 2);
    find<QComboBox>("lane1Arm")->setCurrentIndex(1);
    for (int i = 0; i < 4; ++i) sendAndFinish();
    for (auto* server : {&stable, &canary}) {
        const std::lock_guard lock(server->mutex);
        int prompts = 0;  // Beside them its metrics are asked for.
        for (const auto& seen : server->seen) {
            prompts += seen.head.starts_with("POST ") ? 1 : 0;
            EXPECT_EQ(seen.field("x-gatehouse-arm"), "") << seen.head;
        }
        EXPECT_EQ(prompts, 4);
    }
    // What is copied goes where the split sends it.
    find<QToolButton>("lane2Copy")->menu()->actions().front()->trigger();
    EXPECT_FALSE(QGuiApplication::clipboard()->text().contains(QStringLiteral("gatehouse-arm")));
}

std::string indented(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        out += "    " + text.substr(at, end - at) + "\n";
        at = end == std::string::npos ? text.size() : end + 1;
    }
    return out;
}

/// `more`: of the Gateway's spec, behind its class.
QByteArray httpsGateway(const net::TlsIdentity& identity, const std::string& more = {}) {
    return QByteArray::fromStdString("apiVersion: v1\nkind: Secret\nmetadata: {name: cert}\ntype: kubernetes.io/tls\nstringData:\n  tls.crt: |\n" + indented(identity.certificatePem) + "  tls.key: |\n" +
                                     indented(identity.keyPem) + "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: demo}\nspec:\n  gatewayClassName: kgateway\n" + more +
                                     "  listeners:\n    - name: https\n      port: 8443\n      protocol: HTTPS\n      tls: {certificateRefs: [{name: cert}]}\n");
}

TEST_F(PlaygroundGateway, ShowsItsCertificateToAListenerThatAsksForOne) {
    const test::Authority authority, other;
    const auto authorities = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ca}\ndata:\n  ca.crt: |\n" + indented(authority.pem()) + "---\n";
    const std::string asks = "  tls: {frontend: {default: {validation: {caCertificateRefs: [{group: \"\", kind: ConfigMap, name: ca}]}}}}\n";
    start(QByteArray::fromStdString(authorities) + httpsGateway(authority.issue("chat.example"), asks), 8443);
    sendAndFinish();
    EXPECT_TRUE(find<QLabel>("lane1Problem")->isVisible()) << "without one nobody is let in";
    EXPECT_NE(find<QPlainTextEdit>("lane1Output")->toPlainText(), QStringLiteral("Hello"));
    QTemporaryDir folder;
    const auto write = [&](const char* name, const std::string& pem) {
        QFile file(folder.filePath(QLatin1String(name)));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(pem));
        return file.fileName();
    };
    const auto mine = authority.issue("me");
    auto* button = find<QToolButton>("playgroundIdentity");
    dialogs.openFile = write("half.pem", mine.certificatePem + other.issue("me").keyPem);
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_FALSE(button->text().contains(QStringLiteral("half.pem"))) << "the key is another's";
    dialogs.openFile = write("me.pem", mine.certificatePem + mine.keyPem);
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(button->text(), QStringLiteral("me.pem"));
    sendAndFinish();
    EXPECT_EQ(find<QPlainTextEdit>("lane1Output")->toPlainText(), QStringLiteral("Hello")) << find<QLabel>("lane1Problem")->text().toStdString();
    find<QToolButton>("lane1Copy")->menu()->actions().front()->trigger();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("--cert YOUR-CERTIFICATE.pem")));
    EXPECT_FALSE(QGuiApplication::clipboard()->text().contains(QStringLiteral("PRIVATE KEY")));
}

TEST_F(PlaygroundGateway, SpeaksTlsToAListenerAndChecksItsCertificate) {
    const test::Authority authority;
    start(httpsGateway(authority.issue("chat.example")), 8443);
    ASSERT_TRUE(engine.state().listeners.front().tls);
    sendAndFinish();
    EXPECT_EQ(find<QPlainTextEdit>("lane1Output")->toPlainText(), QStringLiteral("Hello")) << find<QLabel>("lane1Problem")->text().toStdString();
    find<QToolButton>("lane1Copy")->menu()->actions().front()->trigger();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("https://chat.example:"))) << QGuiApplication::clipboard()->text().toStdString();
    // A name that the certificate does not carry is refused, as a client would refuse it.
    QTest::mouseClick(find<QToolButton>("lane1More"), Qt::LeftButton);
    find<QLineEdit>("lane1Host")->setText(QStringLiteral("other.example"));
    sendAndFinish();
    EXPECT_TRUE(find<QLabel>("lane1Problem")->isVisible());
    EXPECT_NE(find<QPlainTextEdit>("lane1Output")->toPlainText(), QStringLiteral("Hello"));
}

TEST(PlaygroundTargets, NameEachWayToAModel) {
    EXPECT_EQ(chatPathOf("/v1", false), "/v1/chat/completions");
    EXPECT_EQ(chatPathOf("/", false), "/v1/chat/completions");
    EXPECT_EQ(chatPathOf("/openai", false), "/openai/v1/chat/completions");
    EXPECT_EQ(chatPathOf("/v1/messages", false), "/v1/messages");
    EXPECT_EQ(chatPathOf("/x", true), "/x");
}

TEST(LaneFacts, StayInLineWhateverIsKnown) {
    lab::PromptAnswer answer;
    const auto none = laneFacts(answer, nullptr);
    auto record = makeRecord(1, 200);
    const auto all = laneFacts(answer, &record);
    EXPECT_EQ(none.size(), all.size());
    answer.firstTokenMicros = 100'000;
    answer.lastTokenMicros = 1'100'000;
    answer.pieces = 11;
    EXPECT_DOUBLE_EQ(answer.tokensPerSecond(), 10);
    answer.usage.known = true;
    answer.usage.outputTokens = 21;
    EXPECT_DOUBLE_EQ(answer.tokensPerSecond(), 20);
}

TEST(PromptCode, IsQuotedForEachLanguage) {
    lab::Prompt prompt;
    prompt.user = "It's \"quoted\"\nand long";
    prompt.model = "m";
    lab::PromptTarget target;
    target.address = "127.0.0.1:8080";
    target.path = "/v1/chat/completions";
    const auto made = lab::writePrompt(prompt, target);
    ASSERT_TRUE(made);
    const auto curl = promptCode(CodeLanguage::Curl, *made, target, true);
    EXPECT_TRUE(curl.startsWith(QStringLiteral("curl -sS -N 'http://127.0.0.1:8080/v1/chat/completions'"))) << curl.toStdString();
    EXPECT_TRUE(curl.contains(QStringLiteral("It'\\''s")));
    const auto python = promptCode(CodeLanguage::Python, *made, target, true);
    EXPECT_TRUE(python.contains(QStringLiteral("stream=True"))) << python.toStdString();
    const auto script = promptCode(CodeLanguage::JavaScript, *made, target, false);
    EXPECT_TRUE(script.contains(QStringLiteral("await answer.json()"))) << script.toStdString();
}

}  // namespace
