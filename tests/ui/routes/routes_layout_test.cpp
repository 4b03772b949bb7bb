// The Routes view in the sizes that operators have: nothing scrolls sideways, states keep their words, panes take turns.
#include "routes/routes_model.h"
#include "routes/routes_view.h"
#include "ui/editors/console_fixture.h"

#include <QHeaderView>
#include <QScrollArea>
#include <QScrollBar>
#include <QTreeView>

namespace gatehouse::ui::test {
namespace {

class RoutesLayoutTest : public ConsoleTest, public testing::WithParamInterface<std::pair<QSize, double>> {
  protected:
    ~RoutesLayoutTest() override { theme.setTextScale(1); }
};

TEST_P(RoutesLayoutTest, NothingScrollsSideways) {
    const auto [size, scale] = GetParam();
    theme.setScheme(Theme::Scheme::Light);
    theme.setTextScale(scale);
    QCoreApplication::processEvents();
    startGateway();
    auto* view = shown(makeRoutesView(context, nullptr), size);
    view->openTarget(QString::fromStdString(routeKey("chat").id()));
    QTest::qWait(0);
    EXPECT_LE(view->minimumSizeHint().width(), size.width()) << "the view fits";
    auto* tree = child<QTreeView>(QStringLiteral("routesTree"));
    EXPECT_TRUE(eventually([&] { return tree->horizontalScrollBar()->maximum() == 0; })) << tree->viewport()->width() << " of " << tree->header()->length();
    EXPECT_GE(tree->columnWidth(RoutesModel::Name), tree->columnWidth(RoutesModel::State)) << "names get the larger part";
    auto* page = child<QWidget>(QStringLiteral("formPage"));
    auto* form = qobject_cast<QScrollArea*>(page->parentWidget()->parentWidget());
    ASSERT_NE(form, nullptr);
    EXPECT_TRUE(eventually([&] { return form->horizontalScrollBar()->maximum() == 0; })) << form->width() << " for " << form->widget()->minimumSizeHint().width();
    picture(QStringLiteral("routes-%1-%2").arg(size.width()).arg(int(scale * 100)));
}

INSTANTIATE_TEST_SUITE_P(Sizes, RoutesLayoutTest,
                         testing::Values(std::pair(QSize(1197, 720), 1.0), std::pair(QSize(941, 620), 1.0), std::pair(QSize(1197, 720), 1.5)));

TEST_F(ConsoleTest, AStateShowsItsWholeWordWhereThereIsRoom) {
    startGateway();
    shown(makeRoutesView(context, nullptr), {1197, 720});
    auto* tree = child<QTreeView>(QStringLiteral("routesTree"));
    EXPECT_TRUE(eventually([&] { return tree->columnWidth(RoutesModel::State) >= static_cast<QAbstractItemView*>(tree)->sizeHintForColumn(RoutesModel::State); }));
    EXPECT_FALSE(tree->isColumnHidden(RoutesModel::Requests));
    tree->window()->resize(720, 620);
    EXPECT_TRUE(eventually([&] { return tree->isColumnHidden(RoutesModel::Requests); })) << "the numbers go before the names do";
}

}  // namespace
}  // namespace gatehouse::ui::test
