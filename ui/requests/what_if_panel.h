// WhatIfPanel: sliders for the weights of a decision's terms, and a pod of it with another queue, cache or age of its metrics, or taken out. It only
// says what is wished; DecisionPane shows what comes of it. Thread: GUI.
#pragma once

#include "inference/what_if.h"

#include <QWidget>

#include <memory>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;

namespace gatehouse::ui {

class Theme;

class WhatIfPanel : public QWidget {
    Q_OBJECT
  public:
    WhatIfPanel(Theme& theme, QWidget* parent);

    /// Begins anew, with nothing changed.
    void setPick(std::shared_ptr<const inference::PickRecord> pick);
    inference::WhatIf wish() const;
    void reset();
    void retranslate();

  signals:
    void changed();

  private:
    struct Term {
        std::string name;
        QLabel* label;
        QSlider* slider;
        QLabel* value;
    };
    void buildTerms();
    void takePod();
    void showFactor(const Term& term) const;
    void note();

    Theme& theme_;
    std::shared_ptr<const inference::PickRecord> pick_;
    std::vector<Term> terms_;
    QGridLayout* grid_;
    QLabel* weightsTitle_;
    QLabel* podTitle_;
    QLabel* podLabel_;
    QComboBox* pod_;
    QLabel* queueLabel_;
    QSpinBox* queue_;
    QLabel* kvLabel_;
    QDoubleSpinBox* kv_;
    QLabel* ageLabel_;
    QDoubleSpinBox* age_;
    QCheckBox* out_;
    QLabel* hint_;
    QPushButton* reset_;
    bool filling_ = false;
};

}  // namespace gatehouse::ui
