#include "models/receipt_words.h"

#include "models/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace gatehouse::ui {
namespace {

struct Receipt {
    Q_DECLARE_TR_FUNCTIONS(Receipt)
};

QString withCurrency(const QString& amount, std::string_view currency) {
    return Receipt::tr("%1 %2", "%1 amount of money, %2 code of its currency").arg(amount, toQt(currency));
}

}  // namespace

QString bucketWord(llm::Bucket bucket) {
    switch (bucket) {
        case llm::Bucket::Input: return Receipt::tr("Input", "tokens of a prompt");
        case llm::Bucket::CachedInput: return Receipt::tr("Cached input", "tokens read from a prompt cache");
        case llm::Bucket::CacheWrite: return Receipt::tr("Cache write", "tokens written to a prompt cache");
        case llm::Bucket::CacheWriteHour: return Receipt::tr("Cache write, 1 h", "tokens written to a prompt cache that is kept for an hour");
        case llm::Bucket::AudioInput: return Receipt::tr("Audio input", "tokens of spoken input");
        case llm::Bucket::Output: return Receipt::tr("Output", "tokens of an answer");
        case llm::Bucket::Reasoning: return Receipt::tr("Reasoning", "tokens that a model thought with");
        case llm::Bucket::AudioOutput: return Receipt::tr("Audio output", "tokens of spoken output");
    }
    return {};
}

QString formatMoney(std::int64_t nano, std::string_view currency) {
    const double amount = static_cast<double>(nano) * 1e-9;
    const double size = std::abs(amount);
    const int decimals = size >= 1 || nano == 0 ? 2 : size >= 0.01 ? 4 : size >= 0.000001 ? 6 : 9;
    return withCurrency(QLocale().toString(amount, 'f', decimals), currency);
}

QString formatMoneyExact(std::int64_t nano, std::string_view currency) {
    auto text = toQt(llm::amountText(nano));
    return withCurrency(text.replace(QLatin1Char('.'), QLocale().decimalPoint()), currency);
}

}  // namespace gatehouse::ui
