// Endpoints that a slice lists as not ready stand among those of their Service.
#include "dashboard/unready_endpoints.h"
#include "models/endpoint_table_model.h"
#include "ui/editors/console_fixture.h"

namespace gatehouse::ui::test {
namespace {

using UnreadyEndpointsTest = ConsoleTest;

TEST_F(UnreadyEndpointsTest, StandAmongThoseOfTheirServiceWithTheirReason) {
    gateway::ClusterSample web;
    web.id = "Service/default/web:80";
    gateway::ClusterSample overTls = web;
    overTls.transport = "TLS";
    gateway::ClusterSample other;
    other.id = "Service/elsewhere/web:80";
    std::vector<gateway::ClusterSample> clusters{web, overTls, other};
    addUnreadyEndpoints(clusters, *document.objects());
    ASSERT_EQ(clusters[0].endpoints.size(), 1u) << "the ready one is the gateway's to tell";
    EXPECT_EQ(clusters[0].endpoints[0].health.id, "127.0.0.2:18999");
    EXPECT_TRUE(clusters[1].endpoints.empty()) << "told once";
    EXPECT_TRUE(clusters[2].endpoints.empty()) << "of another namespace";

    EndpointTableModel model(theme);
    model.update(clusters);
    ASSERT_EQ(model.rowCount(), 1);
    EXPECT_EQ(model.out(), 1);
    EXPECT_EQ(model.index(0, EndpointTableModel::State).data().toString(), QStringLiteral("Not ready"));
    EXPECT_TRUE(model.index(0, EndpointTableModel::Why).data().toString().contains(QStringLiteral("web-1")));
}

}  // namespace
}  // namespace gatehouse::ui::test
