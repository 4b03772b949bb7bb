// The form's model and edits without widgets: every edit touches only the bytes of its field.
#include "console_fixture.h"

#include "editors/form_edits.h"
#include "editors/form_model.h"
#include "editors/object_edits.h"
#include "editors/object_text.h"
#include "editors/references.h"
#include "editors/templates.h"

#include "config/validate.h"

namespace gatehouse::ui::test {
namespace {

using FormTest = ConsoleTest;

const config::FieldSpec& field(const std::string& path) {
    const auto* schema = config::findKind("gateway.networking.k8s.io", "HTTPRoute");
    const auto* spec = specAt(schema->root, parsePath(path));
    EXPECT_NE(spec, nullptr) << path;
    return *spec;
}

/// Bytes that differ between two texts, taken from the second.
std::string changedPart(const std::string& before, const std::string& after) {
    std::size_t front = 0, back = 0;
    while (front < std::min(before.size(), after.size()) && before[front] == after[front]) ++front;
    while (back < std::min(before.size(), after.size()) - front && before[before.size() - 1 - back] == after[after.size() - 1 - back]) ++back;
    return after.substr(front, after.size() - back - front);
}

TEST_F(FormTest, ShowsWrittenFieldsAndOffersAbsentOnes) {
    const auto set = document.objects();
    const auto* route = set->find(routeKey("chat"));
    ASSERT_NE(route, nullptr);
    const auto form = buildForm(*route->schema, *route->root);
    const auto* weight = form.find(parsePath("spec.rules[0].backendRefs[0].weight"));
    ASSERT_NE(weight, nullptr);
    EXPECT_EQ(weight->control, FormItem::Control::Integer);
    EXPECT_EQ(weight->value, "90");
    const auto* rule = form.find(parsePath("spec.rules[0]"));
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(rule->unknown, std::vector<std::string>{"x-note"});
    EXPECT_TRUE(std::any_of(rule->addable.begin(), rule->addable.end(), [](const auto& a) { return a.spec->name == "timeouts"; }));
    const auto* type = form.find(parsePath("spec.rules[0].matches[0].path.type"));
    ASSERT_NE(type, nullptr);
    EXPECT_EQ(type->control, FormItem::Control::Choice);
}

TEST_F(FormTest, LabelsAreWords) {
    EXPECT_EQ(labelOf("backendRefs"), "Backend refs");
    EXPECT_EQ(labelOf("sectionName"), "Section name");
    EXPECT_EQ(labelOf("projectID"), "Project ID");
    EXPECT_EQ(singularOf("Matches"), "match");
    EXPECT_EQ(singularOf("Backend refs"), "backend ref");
    EXPECT_EQ(singularOf("Addresses"), "address");
}

TEST_F(FormTest, AScalarEditChangesOnlyItsBytes) {
    const auto before = text();
    const FormEdits edits(document.workspace(), routeKey("chat"));
    ASSERT_TRUE(document.push(edits.setScalar(parsePath("spec.rules[0].backendRefs[0].weight"), field("spec.rules[0].backendRefs[0].weight"), QStringLiteral("75"))));
    EXPECT_EQ(changedPart(before, text()), "75");
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("Set rules[0].backendRefs[0].weight of chat to 75"));
    document.undoStack().undo();
    EXPECT_EQ(text(), before);
}

TEST_F(FormTest, AnEmptiedOptionalFieldGoesAway) {
    const FormEdits edits(document.workspace(), routeKey("chat"));
    ASSERT_TRUE(document.push(edits.setScalar(parsePath("spec.rules[0].name"), field("spec.rules[0].name"), QString())));
    EXPECT_EQ(text().find("name: main"), std::string::npos);
    EXPECT_NE(text().find("# Most requests."), std::string::npos);
}

TEST_F(FormTest, AddedPartsAreValid) {
    const FormEdits edits(document.workspace(), routeKey("chat"));
    for (const std::string path : {"spec.rules[0].filters", "spec.rules[0].timeouts", "spec.rules[0].matches[0].headers"}) {
        SCOPED_TRACE(path);
        const auto added = document.push(edits.add(parsePath(path), field(path)));
        ASSERT_TRUE(added) << added.error().message;
        const auto set = document.objects();
        ASSERT_NE(set->find(routeKey("chat")), nullptr);
        EXPECT_NE(set->find(routeKey("chat"))->root->at(parsePath(path)), nullptr);
    }
    ASSERT_TRUE(document.push(edits.addItem(parsePath("spec.rules[0].matches"), field("spec.rules[0].matches"))));
    for (const auto& diagnostic : config::validate(*document.objects()))
        if (diagnostic.object == routeKey("chat")) {
            EXPECT_NE(diagnostic.severity, config::Severity::Error) << diagnostic.fieldPath << ": " << diagnostic.message;
        }
}

TEST_F(FormTest, AnotherFilterTypeExchangesItsMember) {
    const FormEdits edits(document.workspace(), routeKey("chat"));
    ASSERT_TRUE(document.push(edits.add(parsePath("spec.rules[0].filters"), field("spec.rules[0].filters"))));
    const auto filter = parsePath("spec.rules[0].filters[0]");
    ASSERT_TRUE(document.push(edits.setUnionType(filter, field("spec.rules[0].filters[0]"), QStringLiteral("RequestRedirect"))));
    const auto* node = document.objects()->find(routeKey("chat"))->root->at(filter);
    ASSERT_NE(node, nullptr);
    EXPECT_NE(node->find("requestRedirect"), nullptr);
    EXPECT_EQ(node->find("requestHeaderModifier"), nullptr);
    EXPECT_EQ(node->find("type")->value, "RequestRedirect");
    document.undoStack().undo();
    EXPECT_EQ(document.objects()->find(routeKey("chat"))->root->at(filter)->find("requestRedirect"), nullptr) << "one undo step takes all of it back";
}

/// Errors of the route, each with its place.
QStringList errorsOfChat(const config::ObjectSet& set) {
    QStringList out;
    const auto look = [&](const std::vector<config::Diagnostic>& found) {
        for (const auto& diagnostic : found)
            if (diagnostic.object == routeKey("chat") && diagnostic.severity == config::Severity::Error)
                out << QString::fromStdString(diagnostic.fieldPath + ": " + diagnostic.message);
    };
    look(set.diagnostics);
    look(config::validate(set));
    out.removeDuplicates();
    return out;
}

TEST_F(FormTest, EveryFilterAndSettingThatTheFormAddsIsValid) {
    const FormEdits edits(document.workspace(), routeKey("chat"));
    for (const std::string path : {"spec.rules[0].retry", "spec.rules[0].sessionPersistence", "spec.rules[0].filters"}) {
        SCOPED_TRACE(path);
        ASSERT_TRUE(document.push(edits.add(parsePath(path), field(path))));
    }
    ASSERT_TRUE(document.push(edits.add(parsePath("spec.rules[0].retry.codes"), field("spec.rules[0].retry.codes"))));
    const auto filter = parsePath("spec.rules[0].filters[0]");
    const auto& spec = field("spec.rules[0].filters[0]");
    for (const auto& type : spec.member("type")->enumValues) {
        SCOPED_TRACE(type);
        ASSERT_TRUE(document.push(edits.setUnionType(filter, spec, QString::fromStdString(type))));
        const auto* node = document.objects()->find(routeKey("chat"))->root->at(filter);
        ASSERT_NE(node, nullptr);
        const auto member = unionMemberFor(spec, type);
        EXPECT_FALSE(member.empty());
        for (const auto& other : spec.unionMembers) EXPECT_EQ(node->find(other) != nullptr, other == member) << other;
        // What is named must be chosen by the person: names of objects that are not there are no fault of the form.
        for (const auto& error : errorsOfChat(*document.objects()))
            EXPECT_TRUE(error.contains(QLatin1String("example")) || error.contains(QLatin1String("does not exist")) ||
                        (type == "RequestRedirect" && error.contains(QLatin1String("cannot have backends"))))
                << error.toStdString();
        EXPECT_TRUE(std::any_of(spec.unionMembers.begin(), spec.unionMembers.end(), [&](const auto& one) { return one == member; }));
    }
}

TEST_F(FormTest, OfTwoThatExcludeEachOtherTheFormExchangesOneForTheOther) {
    const FormEdits edits(document.workspace(), routeKey("chat"));
    ASSERT_TRUE(document.push(edits.add(parsePath("spec.rules[0].filters"), field("spec.rules[0].filters"))));
    const auto filter = parsePath("spec.rules[0].filters[0]");
    ASSERT_TRUE(document.push(edits.setUnionType(filter, field("spec.rules[0].filters[0]"), QStringLiteral("RequestMirror"))));
    const auto mirror = filter.key("requestMirror");
    const auto formOf = [&] {
        const auto* route = document.objects()->find(routeKey("chat"));
        return buildForm(*route->schema, *route->root);
    };
    const auto addable = [&](const FormItem& form, const char* name) -> const FormItem::Addable* {
        const auto* group = form.find(mirror);
        if (!group) return nullptr;
        for (const auto& one : group->addable)
            if (one.spec->name == name) return &one;
        return nullptr;
    };
    ASSERT_TRUE(document.push(edits.setScalar(mirror.key("percent"), field("spec.rules[0].filters[0].requestMirror.percent"), QStringLiteral("20"))));
    const auto before = text();
    const auto form = formOf();
    const auto* fraction = addable(form, "fraction");
    ASSERT_NE(fraction, nullptr);
    EXPECT_EQ(fraction->instead, "percent");
    ASSERT_TRUE(document.push(edits.addInstead(fraction->path, *fraction->spec, fraction->instead)));
    const auto* node = document.objects()->find(routeKey("chat"))->root->at(mirror);
    EXPECT_EQ(node->find("percent"), nullptr);
    ASSERT_NE(node->find("fraction"), nullptr);
    const auto after = formOf();
    ASSERT_NE(addable(after, "percent"), nullptr) << "the other one is offered in its place, not as an empty row";
    EXPECT_EQ(addable(after, "percent")->instead, "fraction");
    document.undoStack().undo();
    EXPECT_EQ(text(), before);
}

TEST_F(FormTest, RenameFollowsReferences) {
    const auto done = document.push(renameObject(document.workspace(), {"gateway.kgateway.dev", "Backend", "default", "openai"}, "llm").edit);
    ASSERT_TRUE(done) << done.error().message;
    const auto users = usersOf(*document.objects(), {"gateway.kgateway.dev", "Backend", "default", "llm"});
    ASSERT_EQ(users.size(), 1u);
    EXPECT_EQ(users.front().from, routeKey("chat"));
    EXPECT_FALSE(document.push(renameObject(document.workspace(), routeKey("chat"), "lost").edit)) << "a taken name is refused";
}

TEST_F(FormTest, TemplatesReadWithoutErrors) {
    const auto& workspace = document.workspace();
    ASSERT_TRUE(document.push(addGateway(workspace).edit));
    auto route = addRoute(workspace, {"gateway.networking.k8s.io", "Gateway", "default", "front"}, "web");
    const auto key = route.object;
    ASSERT_TRUE(document.push(std::move(route.edit)));
    ASSERT_TRUE(document.push(addRule(workspace, key).edit));
    ASSERT_TRUE(document.push(addListener(workspace, {"gateway.networking.k8s.io", "Gateway", "default", "front"}).edit));
    ASSERT_TRUE(document.push(addPolicy(workspace, key).edit));
    ASSERT_TRUE(document.push(duplicateObject(workspace, routeKey("chat")).edit));
    for (const auto& diagnostic : config::validate(*document.objects()))
        if (diagnostic.object == key || diagnostic.object.name.find("gateway") == 0) {
            EXPECT_NE(diagnostic.severity, config::Severity::Error) << diagnostic.object.display() << " " << diagnostic.fieldPath << ": " << diagnostic.message;
        }
    EXPECT_NE(document.objects()->find(routeKey("chat-copy")), nullptr);
}

}  // namespace
}  // namespace gatehouse::ui::test
