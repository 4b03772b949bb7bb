#include "requests/what_if_panel.h"

#include "charts/score_bars.h"
#include "inference/pick_profile.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr int kMostPercent = 400;
constexpr int kMostQueue = 1'000;
constexpr double kMostAge = 600;

}  // namespace

WhatIfPanel::WhatIfPanel(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.gap(2));
    weightsTitle_ = makeCaption(theme, {}, this);
    grid_ = new QGridLayout;
    grid_->setHorizontalSpacing(theme.gap(2));
    grid_->setVerticalSpacing(theme.gap(1));
    grid_->setColumnStretch(1, 1);
    podTitle_ = makeCaption(theme, {}, this);
    podTitle_->setWordWrap(true);
    pod_ = new QComboBox(this);
    pod_->setObjectName(QStringLiteral("whatIfPod"));
    queue_ = new QSpinBox(this);
    queue_->setObjectName(QStringLiteral("whatIfQueue"));
    queue_->setRange(0, kMostQueue);
    kv_ = new QDoubleSpinBox(this);
    kv_->setObjectName(QStringLiteral("whatIfKv"));
    kv_->setRange(0, 100);
    kv_->setDecimals(0);
    age_ = new QDoubleSpinBox(this);
    age_->setObjectName(QStringLiteral("whatIfAge"));
    age_->setRange(0, kMostAge);
    age_->setDecimals(1);
    out_ = new QCheckBox(this);
    out_->setObjectName(QStringLiteral("whatIfOut"));
    hint_ = makeCaption(theme, {}, this);
    hint_->setWordWrap(true);
    reset_ = new QPushButton(this);
    reset_->setObjectName(QStringLiteral("whatIfReset"));
    auto* pods = new QGridLayout;
    pods->setHorizontalSpacing(theme.gap(2));
    pods->setVerticalSpacing(theme.gap(1));
    const auto labelled = [&](QLabel*& label, QWidget* field, int row, int column) {
        label = new QLabel(this);
        label->setBuddy(field);
        pods->addWidget(label, row, column);
        pods->addWidget(field, row, column + 1);
    };
    labelled(podLabel_, pod_, 0, 0);
    pods->addWidget(out_, 0, 2, 1, 2);
    labelled(queueLabel_, queue_, 1, 0);
    labelled(kvLabel_, kv_, 1, 2);
    labelled(ageLabel_, age_, 2, 0);
    pods->addWidget(reset_, 2, 2, 1, 2, Qt::AlignLeft);
    for (const int column : {1, 3}) pods->setColumnStretch(column, 1);
    column->addWidget(weightsTitle_);
    column->addLayout(grid_);
    column->addSpacing(theme.gap(2));
    column->addWidget(podTitle_);
    column->addLayout(pods);
    column->addWidget(hint_);
    const auto tell = [this] {
        if (filling_) return;
        note();
        emit changed();
    };
    connect(pod_, &QComboBox::currentIndexChanged, this, [this, tell] {
        if (filling_) return;
        takePod();
        tell();
    });
    connect(queue_, &QSpinBox::valueChanged, this, tell);
    connect(kv_, &QDoubleSpinBox::valueChanged, this, tell);
    connect(age_, &QDoubleSpinBox::valueChanged, this, tell);
    connect(out_, &QCheckBox::toggled, this, tell);
    connect(reset_, &QPushButton::clicked, this, &WhatIfPanel::reset);
    retranslate();
}

void WhatIfPanel::retranslate() {
    weightsTitle_->setText(tr("Weights, times what they were"));
    podTitle_->setText(tr("A pod as if its metrics had said so"));
    podLabel_->setText(tr("Pod"));
    queueLabel_->setText(tr("Queue", "requests waiting"));
    kvLabel_->setText(tr("KV cache"));
    ageLabel_->setText(tr("Age", "of the metrics"));
    kv_->setSuffix(QStringLiteral(" %"));
    age_->setSuffix(tr(" s", "unit behind a number: seconds"));
    out_->setText(tr("Leave it out"));
    reset_->setText(tr("As recorded", "button: take back what was changed"));
    for (auto& term : terms_) term.label->setText(ScoreBars::termTitle(term.name));
    note();
}

void WhatIfPanel::setPick(std::shared_ptr<const inference::PickRecord> pick) {
    pick_ = std::move(pick);
    buildTerms();
    filling_ = true;
    pod_->clear();
    for (const auto& candidate : pick_->candidates) pod_->addItem(shortName(toQt(candidate.pod)), toQt(candidate.pod));
    pod_->setCurrentIndex(std::max(0, pick_->chosen));
    filling_ = false;
    takePod();
    note();
}

/// One slider for each term that some candidate has.
void WhatIfPanel::buildTerms() {
    for (auto& term : terms_)
        for (QWidget* widget : {static_cast<QWidget*>(term.label), static_cast<QWidget*>(term.slider), static_cast<QWidget*>(term.value)}) delete widget;
    terms_.clear();
    const auto names = inference::termNamesOf(*pick_);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool used = std::any_of(pick_->candidates.begin(), pick_->candidates.end(), [&](const inference::Candidate& candidate) {
            return pick_->termNames.empty() ? candidate.excluded.empty() : i < candidate.terms.size() && candidate.terms[i] > 0;
        });
        if (!used) continue;
        Term term{names[i], new QLabel(ScoreBars::termTitle(names[i]), this), new QSlider(Qt::Horizontal, this), new QLabel(this)};
        term.slider->setObjectName(QStringLiteral("weight-") + toQt(names[i]));
        term.slider->setRange(0, kMostPercent);
        term.slider->setSingleStep(5);
        term.slider->setPageStep(50);
        term.slider->setValue(100);
        term.slider->setAccessibleName(ScoreBars::termTitle(names[i]));
        term.label->setBuddy(term.slider);
        term.value->setFont(theme_.tabularFont());
        term.value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        term.value->setMinimumWidth(QFontMetrics(theme_.tabularFont()).horizontalAdvance(QStringLiteral("× 0.00 ")));
        const int row = static_cast<int>(terms_.size());
        grid_->addWidget(term.label, row, 0);
        grid_->addWidget(term.slider, row, 1);
        grid_->addWidget(term.value, row, 2);
        connect(term.slider, &QSlider::valueChanged, this, [this, row] {
            showFactor(terms_[std::size_t(row)]);
            if (!filling_) emit changed();
        });
        terms_.push_back(term);
        showFactor(term);
    }
}

/// Of a profile the weight itself is known too.
void WhatIfPanel::showFactor(const Term& term) const {
    const double by = term.slider->value() / 100.0;
    auto text = QStringLiteral("× ") + QLocale().toString(by, 'f', 2);
    QString tip;
    if (pick_ && pick_->profile)
        for (const auto& scorer : pick_->profile->scorers)
            if (scorer.name == term.name) tip = tr("weight %1", "of a scorer").arg(QLocale().toString(scorer.weight * by, 'g', 4));
    term.value->setText(text);
    term.value->setToolTip(tip);
    term.slider->setToolTip(tip);
}

/// The fields say what was recorded of the pod.
void WhatIfPanel::takePod() {
    if (!pick_ || pod_->currentIndex() < 0) return;
    const auto& candidate = pick_->candidates[std::size_t(pod_->currentIndex())];
    filling_ = true;
    queue_->setValue(std::isfinite(candidate.waiting) ? static_cast<int>(std::lround(candidate.waiting)) : 0);
    kv_->setValue(std::isfinite(candidate.kvUse) ? std::round(candidate.kvUse * 100) : 0);
    age_->setValue(candidate.ageMillis < 0 ? 0 : candidate.ageMillis / 1000.0);
    out_->setChecked(false);
    const bool able = candidate.excluded.empty();
    for (QWidget* widget : {static_cast<QWidget*>(queue_), static_cast<QWidget*>(kv_), static_cast<QWidget*>(age_), static_cast<QWidget*>(out_)}) widget->setEnabled(able);
    filling_ = false;
}

void WhatIfPanel::reset() {
    filling_ = true;
    for (auto& term : terms_) term.slider->setValue(100);
    filling_ = false;
    takePod();
    note();
    emit changed();
}

/// What a change can and cannot do here.
void WhatIfPanel::note() {
    if (!pick_ || pod_->currentIndex() < 0) return hint_->clear();
    const auto& candidate = pick_->candidates[std::size_t(pod_->currentIndex())];
    if (!candidate.excluded.empty()) hint_->setText(tr("It was left out of this pick, so it stays out."));
    else if (pick_->lowerIsBetter && candidate.inputs.cacheTokens <= 0) hint_->setText(tr("A longer queue counts as requests of others. How large its cache is was not known, so KV use changes nothing."));
    else if (pick_->lowerIsBetter) hint_->setText(tr("A longer queue counts as requests of others. KV use costs nothing until the cache is nearly full."));
    else hint_->setText(tr("Metrics older than %1 s are not relied on.").arg(std::chrono::duration<double>(inference::PickerOptions{}.staleAfter).count()));
    hint_->setVisible(!hint_->text().isEmpty());
}

inference::WhatIf WhatIfPanel::wish() const {
    inference::WhatIf what;
    for (const auto& term : terms_)
        if (term.slider->value() != 100) what.factors.push_back({term.name, term.slider->value() / 100.0});
    if (!pick_ || pod_->currentIndex() < 0) return what;
    const auto& candidate = pick_->candidates[std::size_t(pod_->currentIndex())];
    inference::WhatIf::PodChange change{.pod = candidate.pod};
    // What a field cannot show exactly is not a change.
    const double waiting = std::isfinite(candidate.waiting) ? std::lround(candidate.waiting) : 0;
    const double kv = std::isfinite(candidate.kvUse) ? std::round(candidate.kvUse * 100) : 0;
    const double age = candidate.ageMillis < 0 ? 0 : std::round(candidate.ageMillis / 100.0) / 10;
    if (queue_->value() != waiting) change.waiting = queue_->value();
    if (kv_->value() != kv) change.kvUse = kv_->value() / 100;
    if (std::abs(age_->value() - age) > 0.05) change.ageMillis = age_->value() * 1000;
    change.out = out_->isChecked();
    if (change.waiting || change.kvUse || change.ageMillis || change.out) what.pods.push_back(std::move(change));
    return what;
}

}  // namespace gatehouse::ui
