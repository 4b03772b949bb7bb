#include "cluster/discovery.h"
#include "core/cluster/test_cluster.h"
#include "text/base64.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace gatehouse::cluster {
namespace {

using gatehouse::testing::configMap;
using gatehouse::testing::kConfigMaps;
using Json = nlohmann::json;

constexpr char kGatewayGroup[] = "gateway.networking.k8s.io";

class ClusterClient : public gatehouse::testing::ClusterTest {};

TEST_F(ClusterClient, ListsAllPagesOnce) {
    server.op("many", {{"object", configMap("m", "v")}, {"count", 23}});
    const auto reader = client("reader");
    for (const std::size_t page : {0u, 1u, 5u, 23u, 500u}) {
        ListOptions options;
        options.pageSize = page;
        const auto list = reader->list(kConfigMaps, "default", options);
        ASSERT_TRUE(list) << list.error().message;
        std::set<std::string> names;
        for (const auto& object : list->objects) names.insert(object.key.name);
        EXPECT_EQ(names.size(), 23u) << page;
        EXPECT_EQ(list->objects.size(), 23u) << page;
        EXPECT_EQ(list->objects[0].key, (config::ObjectKey{"", "ConfigMap", "default", "m-00000"})) << "items of a list do not say what they are";
    }
    ListOptions few;
    few.mostObjects = 10;
    EXPECT_EQ(reader->list(kConfigMaps, "default", few).error().code, "cluster-too-large");
}

TEST_F(ClusterClient, ListWhoseTokenExpiredBeginsAnew) {
    server.op("many", {{"object", configMap("m", "v")}, {"count", 6}});
    const auto reader = client("reader");
    server.op("next", {{"status", 410}, {"match", "continue="}});
    ListOptions options;
    options.pageSize = 2;
    const auto list = reader->list(kConfigMaps, "default", options);
    ASSERT_TRUE(list) << list.error().message;
    EXPECT_EQ(list->objects.size(), 6u);
    EXPECT_EQ(server.asked("continue="), 1);
    // A token that is none is the caller's mistake and no reason to begin anew.
    EXPECT_EQ(reader->read(kConfigMaps.path("default") + "?limit=2&continue=nonsense")->status, 400);
}

TEST_F(ClusterClient, WaitsWhereTheServerAsksForIt) {
    const auto reader = client("reader");
    server.op("next", {{"status", 429}, {"match", "configmaps"}, {"retryAfter", 1}, {"count", 1}});
    EXPECT_TRUE(reader->list(kConfigMaps, "default"));
    server.op("next", {{"status", 429}, {"match", "configmaps"}, {"count", 1}});
    const auto busy = reader->list(kConfigMaps, "default");
    ASSERT_FALSE(busy);
    EXPECT_EQ(busy.error().code, "cluster-busy");
}

TEST_F(ClusterClient, SaysWhatIsForbiddenAndWhatIsNotThere) {
    const auto nobody = client("nobody");
    const auto list = nobody->list(kConfigMaps, "default");
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().code, "cluster-forbidden");
    EXPECT_NE(list.error().message.find("User \"nobody\" cannot list resource \"configmaps\""), std::string::npos) << list.error().message;
    EXPECT_EQ(client("reader")->get(kConfigMaps, "default", "x").error().code, "cluster-not-found");
    const ResourceType missing{"no.such", "v1", "things", "Thing", true, {}};
    EXPECT_EQ(client("reader")->list(missing, "").error().code, "cluster-not-found");
}

TEST_F(ClusterClient, AsksWhatIsAllowed) {
    const auto reader = client("reader");
    EXPECT_TRUE(reader->mayI({"list", "", "configmaps", "", "default", ""})->allowed);
    const auto patch = reader->mayI({"patch", kGatewayGroup, "httproutes", "", "default", ""});
    ASSERT_TRUE(patch);
    EXPECT_FALSE(patch->allowed);
    EXPECT_EQ(patch->reason, "no rule lets reader patch httproutes");
    EXPECT_TRUE(client("admin")->mayI({"get", "", "pods", "proxy", "default", "p"})->allowed);
}

TEST_F(ClusterClient, ChangesNothingUntilItIsUnlocked) {
    const auto admin = client("admin");
    const auto json = configMap("c", "one").dump();
    const auto locked = admin->apply(kConfigMaps, "default", "c", json, {});
    ASSERT_FALSE(locked);
    EXPECT_EQ(locked.error().code, "locked");
    EXPECT_EQ(admin->remove(kConfigMaps, "default", "c").error().code, "locked");
    // A dry run changes nothing.
    ApplyOptions dry;
    dry.dryRun = true;
    EXPECT_EQ(admin->apply(kConfigMaps, "default", "c", json, dry)->outcome, ApplyOutcome::Created);
    EXPECT_EQ(admin->get(kConfigMaps, "default", "c").error().code, "cluster-not-found");
    admin->unlock();
    EXPECT_EQ(admin->apply(kConfigMaps, "default", "c", json, {})->outcome, ApplyOutcome::Created);
    EXPECT_EQ(admin->apply(kConfigMaps, "default", "c", json, {})->outcome, ApplyOutcome::Unchanged);
    EXPECT_EQ(admin->apply(kConfigMaps, "default", "c", configMap("c", "two").dump(), dry)->outcome, ApplyOutcome::Changed);
    EXPECT_EQ(admin->apply(kConfigMaps, "default", "c", configMap("c", "two").dump(), {})->outcome, ApplyOutcome::Changed);
    EXPECT_TRUE(admin->remove(kConfigMaps, "default", "c"));
    for (const auto& each : server.op("requests"))
        if (each["method"] == "PATCH") {
            EXPECT_NE(each["path"].get<std::string>().find("fieldManager=gatehouse&fieldValidation=Strict"), std::string::npos) << each["path"];
            EXPECT_EQ(each["path"].get<std::string>().find("force"), std::string::npos);
        }
}

TEST_F(ClusterClient, TellsConflictsByFieldAndOwner) {
    const ResourceType gateways{kGatewayGroup, "v1", "gateways", "Gateway", true, {}};
    const auto gateway = [](int port, const char* more) {
        return fmt::format(R"({{"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{{"name":"g","namespace":"default"}},"spec":{{"gatewayClassName":"c",
            "listeners":[{{"name":"http","port":{},"protocol":"HTTP"}}{}]}}}})", port, more);
    };
    server.put(Json::parse(gateway(80, "")));
    const auto admin = client("admin");
    admin->unlock();
    const auto conflict = admin->apply(gateways, "default", "g", gateway(81, ""), {});
    ASSERT_TRUE(conflict) << conflict.error().message;
    EXPECT_EQ(conflict->outcome, ApplyOutcome::Conflict);
    ASSERT_EQ(conflict->conflicts.size(), 1u);
    EXPECT_EQ(conflict->conflicts[0].field, ".spec.listeners[name=\"http\"].port");
    EXPECT_EQ(conflict->conflicts[0].owner, "test");
    // Listeners are owned one by one, so another listener is no conflict.
    EXPECT_EQ(admin->apply(gateways, "default", "g", gateway(80, R"(,{"name":"own","port":90,"protocol":"HTTP"})"), {})->outcome, ApplyOutcome::Changed);
    ApplyOptions force;
    force.force = true;
    EXPECT_EQ(admin->apply(gateways, "default", "g", gateway(81, ""), force)->outcome, ApplyOutcome::Changed);
    const auto live = admin->get(gateways, "default", "g");
    const auto listeners = Json::parse(*live->json)["spec"]["listeners"];
    ASSERT_EQ(listeners.size(), 1u) << "the listener that was let go is gone: " << listeners;
    EXPECT_EQ(listeners[0]["port"], 81);
    EXPECT_FALSE(Json::parse(*live->json)["metadata"].contains("managedFields"));
}

TEST_F(ClusterClient, TellsWhatAServerRefuses) {
    const ResourceType routes{kGatewayGroup, "v1", "httproutes", "HTTPRoute", true, {}};
    const auto admin = client("admin");
    admin->unlock();
    const auto route = [](const char* rule, const char* ns = "default") {
        return fmt::format(R"({{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{{"name":"r","namespace":"{}"}},"spec":{{"rules":[{}]}}}})", ns, rule);
    };
    const auto experimental = admin->apply(routes, "default", "r", route(R"({"retry":{"attempts":3}})"), {});
    ASSERT_TRUE(experimental);
    EXPECT_EQ(experimental->outcome, ApplyOutcome::Refused);
    EXPECT_NE(experimental->status.message.find("unknown field \"spec.rules[0].retry\""), std::string::npos) << experimental->status.message;
    const auto invalid = admin->apply(routes, "default", "r", route(R"({"backendRefs":[{"name":"s"}]})"), {});
    ASSERT_TRUE(invalid);
    EXPECT_EQ(invalid->status.code, 422);
    ASSERT_EQ(invalid->status.causes.size(), 1u);
    EXPECT_EQ(invalid->status.causes[0].field, "spec.rules[0].backendRefs[0]");
    const auto nowhere = admin->apply(routes, "nowhere", "r", route("{}", "nowhere"), {});
    ASSERT_TRUE(nowhere);
    EXPECT_EQ(nowhere->status.code, 404);
    EXPECT_NE(nowhere->status.message.find("namespaces \"nowhere\" not found"), std::string::npos);
    const auto reader = client("reader");
    reader->unlock();
    EXPECT_EQ(reader->apply(routes, "default", "r", route("{}"), {})->status.code, 403);
}

TEST_F(ClusterClient, ReadsValuesOfOneSecretAndMetadataOfAll) {
    server.put({{"apiVersion", "v1"}, {"kind", "Secret"}, {"metadata", {{"name", "s"}, {"namespace", "default"}}}, {"data", {{"key", text::toBase64("hush")}}}});
    const ResourceType secrets{"", "v1", "secrets", "Secret", true, {}};
    const auto admin = client("admin");
    const auto list = admin->list(secrets, "default");
    ASSERT_TRUE(list) << list.error().message;
    ASSERT_EQ(list->objects.size(), 1u);
    EXPECT_EQ(list->objects[0].key.kind, "Secret");
    EXPECT_EQ(list->objects[0].json->find(text::toBase64("hush")), std::string::npos);
    EXPECT_NE(server.op("requests").back()["accept"].get<std::string>().find("as=PartialObjectMetadataList"), std::string::npos) << "it is not even asked for";
    EXPECT_EQ(admin->get(secrets, "default", "s")->json->find("\"data\""), std::string::npos);
    const auto values = admin->readSecret("default", "s");
    ASSERT_TRUE(values) << values.error().message;
    EXPECT_EQ(values->at("key").reveal(), "hush");
    EXPECT_EQ(client("reader")->readSecret("default", "s").error().code, "cluster-forbidden");
}

TEST_F(ClusterClient, AsksPodsThroughTheServer) {
    server.put({{"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", {{"name", "p"}, {"namespace", "default"}, {"annotations", {{"test/answers", R"({":8000/metrics":"up 1\n","/health":"ok"})"}}}}}});
    const auto reader = client("reader");
    EXPECT_EQ(reader->podProxy("default", "p", 8000, "/metrics")->body, "up 1\n");
    EXPECT_EQ(reader->podProxy("default", "p", 0, "health")->body, "ok");
    EXPECT_EQ(reader->podProxy("default", "p", 0, "/health", true)->body, "ok");
    const auto refused = reader->podProxy("default", "p", 9, "/metrics");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("connection refused"), std::string::npos);
    EXPECT_EQ(reader->podProxy("default", "gone", 1, "/").error().code, "cluster-not-found");
}

TEST_F(ClusterClient, DiscoversInTwoAnswersOrTheOldWay) {
    const auto reader = client("reader");
    const auto fresh = discover(*reader);
    ASSERT_TRUE(fresh) << fresh.error().message;
    EXPECT_TRUE(fresh->aggregated);
    server.op("aggregated", {{"on", false}});
    const auto old = discover(*reader);
    ASSERT_TRUE(old) << old.error().message;
    EXPECT_FALSE(old->aggregated);
    EXPECT_EQ(old->serverVersion, "v1.32.4-gatehouse-test");
    for (const auto* each : {&*fresh, &*old}) {
        EXPECT_EQ(each->types.size(), fresh->types.size());
        const auto* route = each->find(kGatewayGroup, "HTTPRoute");
        ASSERT_NE(route, nullptr);
        EXPECT_EQ(route->version, "v1") << "the preferred one";
        EXPECT_EQ(route->plural, "httproutes");
        EXPECT_TRUE(route->namespaced && route->can("patch"));
        EXPECT_EQ(each->find(kGatewayGroup, "HTTPRoute", std::vector<std::string>{"v9", "v1beta1"})->version, "v1beta1");
        EXPECT_FALSE(each->find(kGatewayGroup, "GatewayClass")->namespaced);
        EXPECT_EQ(each->find("agentgateway.dev", "AgentgatewayBackend"), nullptr);
    }
    server.op("next", {{"status", 503}, {"match", "/apis/gateway.kgateway.dev"}});
    const auto halved = discover(*reader);
    ASSERT_TRUE(halved) << "one group that is dead hides no other";
    EXPECT_EQ(halved->problems.size(), 1u);
    EXPECT_EQ(halved->find("gateway.kgateway.dev", "Backend"), nullptr);
    EXPECT_NE(halved->find(kGatewayGroup, "Gateway"), nullptr);
}

TEST_F(ClusterClient, TellsWhatIsInstalledAndWhichGatewaysRun) {
    server.put({{"apiVersion", "apiextensions.k8s.io/v1"}, {"kind", "CustomResourceDefinition"},
                {"metadata", {{"name", "gateways.gateway.networking.k8s.io"}, {"annotations", {{"gateway.networking.k8s.io/bundle-version", "v1.6.1"}, {"gateway.networking.k8s.io/channel", "standard"}}}}}});
    const auto gatewayClass = [&](const char* name, const char* controller) {
        server.put({{"apiVersion", "gateway.networking.k8s.io/v1"}, {"kind", "GatewayClass"}, {"metadata", {{"name", name}}}, {"spec", {{"controllerName", controller}}}});
    };
    gatewayClass("kgateway", "kgateway.dev/kgateway");
    gatewayClass("kgateway-waypoint", "kgateway.dev/kgateway");
    gatewayClass("own", "example.org/own");
    const auto deployment = [&](const char* name, const char* label, const char* image, Json labels) {
        labels["app.kubernetes.io/name"] = label;
        server.put({{"apiVersion", "apps/v1"}, {"kind", "Deployment"}, {"metadata", {{"name", name}, {"namespace", "gw-system"}, {"labels", labels}}},
                    {"spec", {{"replicas", 2}, {"template", {{"spec", {{"containers", {{{"image", image}}}}}}}}}}, {"status", {{"readyReplicas", 1}}}});
    };
    deployment("kgateway", "kgateway", "registry.example:5000/kgateway/controller:v2.1.0@sha256:ab", Json::object());
    deployment("proxy", "kgateway", "registry.example/proxy:v9", {{"gateway.networking.k8s.io/gateway-name", "g"}});
    deployment("shop", "shop", "shop:v1", Json::object());
    const auto reader = client("reader");
    const auto discovery = discover(*reader);
    const auto inventory = takeInventory(*reader, *discovery);
    EXPECT_EQ(inventory.gatewayApiVersion, "v1.6.1");
    EXPECT_EQ(inventory.gatewayApiChannel, "standard");
    EXPECT_TRUE(inventory.notes.empty()) << inventory.notes.front();
    ASSERT_EQ(inventory.gateways.size(), 2u);
    EXPECT_EQ(inventory.gateways[0].name, "example.org/own");
    const auto& kgateway = inventory.gateways[1];
    EXPECT_EQ(kgateway.name, "kgateway");
    EXPECT_EQ(kgateway.version, "v2.1.0");
    EXPECT_EQ(kgateway.classes, (std::vector<std::string>{"kgateway", "kgateway-waypoint"}));
    EXPECT_EQ(kgateway.deployment, "gw-system/kgateway");
    EXPECT_EQ(kgateway.ready, 1);
    EXPECT_EQ(kgateway.wanted, 2);
    const auto kindOf = [&](std::string_view kind) { return std::find_if(inventory.kinds.begin(), inventory.kinds.end(), [&](const auto& each) { return each.kind == kind; }); };
    EXPECT_TRUE(kindOf("HTTPRoute")->known);
    EXPECT_EQ(kindOf("AgentgatewayBackend"), inventory.kinds.end());
    // A cluster that is ahead of us says so.
    server.op("versions", {{"group", kGatewayGroup}, {"kind", "HTTPRoute"}, {"versions", {"v2"}}});
    const auto ahead = takeInventory(*reader, *discover(*reader));
    const auto route = std::find_if(ahead.kinds.begin(), ahead.kinds.end(), [](const auto& each) { return each.kind == "HTTPRoute"; });
    ASSERT_NE(route, ahead.kinds.end());
    EXPECT_FALSE(route->known);
    EXPECT_EQ(route->served, (std::vector<std::string>{"v2"}));
    const auto blind = takeInventory(*client("nobody"), *discovery);
    EXPECT_EQ(blind.notes.size(), 3u);
    EXPECT_TRUE(blind.gateways.empty());
}

TEST_F(ClusterClient, ThatIsGoneIsToldAtOnce) {
    const auto reader = client("reader");
    ASSERT_TRUE(reader->list(kConfigMaps, "default"));
    server.op("refuse", {{"on", true}});
    const auto list = reader->list(kConfigMaps, "default");
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().code, "cluster-unreachable");
    EXPECT_NE(list.error().message.find(server.server()), std::string::npos);
}

TEST(ApiStatus, ReadsWhatServersAndProxiesSay) {
    EXPECT_EQ(readStatus(502, "<html>").error("It failed").message, "It failed: the cluster answered 502.");
    EXPECT_EQ(readStatus(502, "no upstream\nmore").error("It failed").message, "It failed: the cluster answered 502: no upstream.");
    const auto status = readStatus(409, R"({"kind":"Status","reason":"Conflict","message":"m","code":409,"details":{"retryAfterSeconds":3,"causes":[
        {"reason":"FieldManagerConflict","message":"conflict with \"helm\" using v1: .a","field":".a"},{"reason":"Other","message":"x","field":".b"}]}})");
    EXPECT_EQ(status.retryAfter.count(), 3);
    ASSERT_EQ(conflictsOf(status).size(), 1u);
    EXPECT_EQ(conflictsOf(status)[0].owner, "helm");
    EXPECT_EQ(status.error("x").code, "cluster-conflict");
}

TEST(LiveObject, IsReadWithinLimits) {
    EXPECT_FALSE(readLiveObject("{}", kConfigMaps));
    EXPECT_FALSE(readLiveObject("[]", kConfigMaps));
    EXPECT_FALSE(readLiveObject(R"({"metadata":{}})", kConfigMaps));
    EXPECT_FALSE(readLiveObject("{\"metadata\":{\"name\":\"x\"},\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}", kConfigMaps));
    const auto object = readLiveObject(R"({"metadata":{"name":"x","managedFields":[1]},"data":{"on":"yes","n":"1","e":"","u":"ü\u0007"}})", kConfigMaps);
    ASSERT_TRUE(object);
    const auto text = yamlText({*object, *object});
    EXPECT_TRUE(text.starts_with("apiVersion: v1\nkind: ConfigMap\n")) << text;
    auto documents = text::yaml::parse(text);
    ASSERT_TRUE(documents) << text;
    ASSERT_EQ(documents->size(), 2u);
    const auto* data = (*documents)[1].root.find("data");
    EXPECT_EQ(data->find("on")->type(), text::yaml::Type::String);
    EXPECT_EQ(data->find("n")->type(), text::yaml::Type::String);
    EXPECT_EQ(data->find("u")->value, "ü\a");
}

}  // namespace
}  // namespace gatehouse::cluster
