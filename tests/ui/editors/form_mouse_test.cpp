// What HTTPRoutes and Gateways can say, built by the form alone: chosen, added and typed, never by the text pane.
#include "console_fixture.h"

#include "editors/object_editor.h"
#include "editors/object_text.h"
#include "editors/schema_form.h"
#include "editors/workspace_facts.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QScrollBar>
#include <QSpinBox>

namespace gatehouse::ui::test {
namespace {

class FormMouseTest : public ConsoleTest {
  protected:
    void open(const config::ObjectKey& object, QSize size = {1100, 640}) {
        key = object;
        facts = std::make_unique<WorkspaceFacts>(engine, document);
        editor = shown(new ObjectEditor(context, *facts, QString()), size);
        editor->showObject(key);
        QTest::qWait(0);
    }
    /// Opens what hides the field.
    void reach(const std::string& path) {
        editor->goTo(parsePath(path));
        QTest::qWait(0);
        QTest::qWait(0);
    }
    /// A field of an object's Add menu.
    void addField(const std::string& path) {
        SCOPED_TRACE(path);
        reach(parsePath(path).parent().toString());
        const auto name = QStringLiteral("addField:") + QString::fromStdString(path);
        for (auto* action : editor->form().findChildren<QAction*>(name)) {
            action->trigger();
            QTest::qWait(0);
            EXPECT_NE(node(path), nullptr);
            return;
        }
        ADD_FAILURE() << "the Add menu lacks it";
    }
    /// The Add button of a list.
    void addItem(const std::string& path) {
        SCOPED_TRACE(path);
        reach(path);
        click(QStringLiteral("add:") + QString::fromStdString(path));
    }
    void type(const std::string& path, const char* value) {
        SCOPED_TRACE(path);
        reach(path);
        typeInto(QStringLiteral("field:") + QString::fromStdString(path), QString::fromLatin1(value));
        EXPECT_EQ(valueOf(path), value);
    }
    void choose(const std::string& path, const char* value) {
        SCOPED_TRACE(path);
        reach(path);
        auto* combo = child<QComboBox>(QStringLiteral("field:") + QString::fromStdString(path));
        if (!combo) return;
        const int at = combo->findData(QString::fromLatin1(value));
        ASSERT_GE(at, 0) << value;
        combo->setCurrentIndex(at);
        emit combo->activated(at);
        QTest::qWait(0);
        EXPECT_EQ(valueOf(path), value);
    }
    void count(const std::string& path, int value) {
        SCOPED_TRACE(path);
        reach(path);
        auto* spin = child<QSpinBox>(QStringLiteral("field:") + QString::fromStdString(path));
        if (!spin) return;
        spin->setFocus();
        spin->setValue(value);
        QTest::qWait(0);
        EXPECT_EQ(valueOf(path), std::to_string(value));
    }
    const text::yaml::Node* node(const std::string& path) {
        kept = document.objects();
        const auto* object = kept->find(key);
        return object && object->root ? object->root->at(parsePath(path)) : nullptr;
    }
    std::string valueOf(const std::string& path) {
        const auto* found = node(path);
        return found ? found->value : "(absent)";
    }
    void TearDown() override {
        ConsoleTest::TearDown();
        facts.reset();
    }
    config::ObjectKey key;
    std::shared_ptr<const config::ObjectSet> kept;
    std::unique_ptr<WorkspaceFacts> facts;
    ObjectEditor* editor = nullptr;
};

const std::string kRule = "spec.rules[0]";
const std::string kFilter = "spec.rules[0].filters[0]";

TEST_F(FormMouseTest, HeaderChangesRewritesAndRedirects) {
    open(routeKey("chat"));
    addField(kRule + ".filters");
    choose(kFilter + ".type", "RequestHeaderModifier");
    addField(kFilter + ".requestHeaderModifier.add");
    type(kFilter + ".requestHeaderModifier.add[0].name", "x-env");
    type(kFilter + ".requestHeaderModifier.add[0].value", "prod");
    addField(kFilter + ".requestHeaderModifier.remove");
    type(kFilter + ".requestHeaderModifier.remove[0]", "x-debug");
    choose(kFilter + ".type", "URLRewrite");
    type(kFilter + ".urlRewrite.hostname", "inside.example.com");
    addField(kFilter + ".urlRewrite.path");
    choose(kFilter + ".urlRewrite.path.type", "ReplacePrefixMatch");
    type(kFilter + ".urlRewrite.path.replacePrefixMatch", "/v2");
    choose(kFilter + ".type", "RequestRedirect");
    choose(kFilter + ".requestRedirect.scheme", "https");
    count(kFilter + ".requestRedirect.port", 8443);
    EXPECT_EQ(node(kFilter + ".urlRewrite"), nullptr);
}

TEST_F(FormMouseTest, ARedirectsStatusIsOneOfFive) {
    open(routeKey("chat"));
    addField(kRule + ".filters");
    choose(kFilter + ".type", "RequestRedirect");
    reach(kFilter + ".requestRedirect.statusCode");
    choose(kFilter + ".requestRedirect.statusCode", "307");
}

TEST_F(FormMouseTest, MirrorsCorsAndExternalAuthorization) {
    open(routeKey("chat"));
    addField(kRule + ".filters");
    choose(kFilter + ".type", "RequestMirror");
    type(kFilter + ".requestMirror.backendRef.name", "web");
    count(kFilter + ".requestMirror.backendRef.port", 80);
    count(kFilter + ".requestMirror.percent", 25);
    choose(kFilter + ".type", "CORS");
    addField(kFilter + ".cors.allowOrigins");
    type(kFilter + ".cors.allowOrigins[0]", "https://app.example.com");
    addField(kFilter + ".cors.allowMethods");
    type(kFilter + ".cors.allowMethods[0]", "GET");
    count(kFilter + ".cors.maxAge", 600);
    reach(kFilter + ".cors.allowCredentials");
    auto* credentials = child<QAbstractButton>(QStringLiteral("field:") + QString::fromStdString(kFilter + ".cors.allowCredentials"));
    ASSERT_NE(credentials, nullptr);
    QTest::keyClick(credentials, Qt::Key_Space);
    QTest::qWait(0);
    EXPECT_EQ(valueOf(kFilter + ".cors.allowCredentials"), "true");
    choose(kFilter + ".type", "ExternalAuth");
    choose(kFilter + ".externalAuth.protocol", "HTTP");
    type(kFilter + ".externalAuth.backendRef.name", "web");
    addField(kFilter + ".externalAuth.http");
    type(kFilter + ".externalAuth.http.path", "/check");
    addField(kFilter + ".externalAuth.http.allowedHeaders");
    type(kFilter + ".externalAuth.http.allowedHeaders[0]", "authorization");
    addField(kFilter + ".externalAuth.forwardBody");
    count(kFilter + ".externalAuth.forwardBody.maxSize", 4096);
    addItem(kRule + ".filters");
    choose(kRule + ".filters[1].type", "ExtensionRef");
    type(kRule + ".filters[1].extensionRef.name", "guard");
}

TEST_F(FormMouseTest, TimeoutsRetriesAndSessions) {
    open(routeKey("chat"));
    addField(kRule + ".timeouts");
    type(kRule + ".timeouts.request", "10s");
    type(kRule + ".timeouts.backendRequest", "2s");
    addField(kRule + ".retry");
    addField(kRule + ".retry.codes");
    count(kRule + ".retry.codes[0]", 503);
    count(kRule + ".retry.attempts", 3);
    type(kRule + ".retry.backoff", "100ms");
    addField(kRule + ".sessionPersistence");
    type(kRule + ".sessionPersistence.sessionName", "cart");
    type(kRule + ".sessionPersistence.absoluteTimeout", "1h");
    addField(kRule + ".sessionPersistence.cookieConfig");
    choose(kRule + ".sessionPersistence.cookieConfig.lifetimeType", "Permanent");
    choose(kRule + ".sessionPersistence.type", "Cookie");
}

TEST_F(FormMouseTest, MatchesWeightsAndFiltersOfOneBackend) {
    open(routeKey("chat"));
    const auto match = kRule + ".matches[0]";
    addField(match + ".headers");
    type(match + ".headers[0].name", "x-tenant");
    type(match + ".headers[0].value", "gold");
    choose(match + ".headers[0].type", "RegularExpression");
    addField(match + ".queryParams");
    type(match + ".queryParams[0].name", "v");
    choose(match + ".method", "POST");
    const auto backend = kRule + ".backendRefs[1]";
    count(backend + ".weight", 25);
    addField(backend + ".filters");
    choose(backend + ".filters[0].type", "ResponseHeaderModifier");
    addField(backend + ".filters[0].responseHeaderModifier.set");
    type(backend + ".filters[0].responseHeaderModifier.set[0].name", "x-arm");
}

TEST_F(FormMouseTest, CertificatesPassthroughAndClientValidation) {
    open({"gateway.networking.k8s.io", "Gateway", "default", "front"});
    const std::string listener = "spec.listeners[0]";
    choose(listener + ".protocol", "HTTPS");
    addField(listener + ".tls");
    addField(listener + ".tls.certificateRefs");
    addItem(listener + ".tls.certificateRefs");
    type(listener + ".tls.certificateRefs[0].name", "shop-cert");
    type(listener + ".tls.certificateRefs[1].name", "pay-cert");
    type(listener + ".tls.certificateRefs[1].namespace", "payments");
    addField(listener + ".allowedRoutes");
    addField(listener + ".allowedRoutes.namespaces");
    choose(listener + ".allowedRoutes.namespaces.from", "Selector");
    addField(listener + ".allowedRoutes.namespaces.selector");
    addField(listener + ".allowedRoutes.namespaces.selector.matchLabels");
    addField("spec.tls");
    addField("spec.tls.frontend");
    addField("spec.tls.frontend.default.validation");
    type("spec.tls.frontend.default.validation.caCertificateRefs[0].name", "clients-ca");
    choose("spec.tls.frontend.default.validation.mode", "AllowInsecureFallback");
    addField("spec.tls.frontend.perPort");
    count("spec.tls.frontend.perPort[0].port", 8443);
    addField("spec.tls.backend");
    addField("spec.tls.backend.clientCertificateRef");
    type("spec.tls.backend.clientCertificateRef.name", "own-cert");
    addField("spec.allowedListeners");
    choose(listener + ".tls.mode", "Passthrough");
}

TEST_F(FormMouseTest, EveryFieldSaysWhatItDoes) {
    std::vector<std::string> without;
    const auto look = [&](const auto& self, const config::FieldSpec& spec, const std::string& at) -> void {
        for (const auto& member : spec.fields) {
            const auto path = at + "." + member.name;
            // What every Kubernetes object has needs no words of ours.
            if (member.help.empty() && path.find(".metadata") == std::string::npos && member.name != "apiVersion" && member.name != "kind" && member.name != "status")
                without.push_back(path);
            self(self, member, path);
        }
        if (const auto* element = spec.element()) self(self, *element, at + "[]");
    };
    for (const char* kind : {"HTTPRoute", "GRPCRoute", "TLSRoute", "Gateway", "ListenerSet", "BackendTLSPolicy", "ReferenceGrant"})
        look(look, config::findKind("gateway.networking.k8s.io", kind)->root, kind);
    for (const auto& path : without) ADD_FAILURE() << path;
}

TEST_F(FormMouseTest, LabelsStandAboveWhereThereIsNoRoomBeside) {
    open(routeKey("chat"), {1100, 640});
    reach(kRule + ".matches[0].path.value");
    EXPECT_FALSE(editor->form().labelsAbove());
    bool above = false;
    for (const int width : {900, 620, 460, 380}) {
        SCOPED_TRACE(width);
        editor->resize(width, 640);
        ASSERT_TRUE(eventually([&] { return editor->form().horizontalScrollBar()->maximum() == 0; })) << "nothing is cut off";
        // The rows change after the splitter is done.
        QTest::qWait(50);
        above = above || editor->form().labelsAbove();
    }
    EXPECT_TRUE(above);
    auto* pane = child<QWidget>(QStringLiteral("editorPane"));
    ASSERT_TRUE(pane->isVisible()) << "form and text take turns";
    editor->goTo(parsePath(kRule + ".matches[0].path.value"));
    EXPECT_TRUE(editor->form().isVisible());
    editor->resize(1100, 640);
    EXPECT_TRUE(eventually([&] { return !editor->form().labelsAbove() && !pane->isVisible(); }));
}

}  // namespace
}  // namespace gatehouse::ui::test
