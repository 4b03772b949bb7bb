// Certificates of one's own making: they hold what they say, and each is another one.
#include "net/self_signed.h"

#include <gtest/gtest.h>

namespace gatehouse::net {
namespace {

TEST(SelfSigned, IsACertificateThatAListenerCanPresent) {
    auto identity = makeSelfSigned("gatehouse-picker");
    ASSERT_TRUE(identity) << identity.error().message;
    EXPECT_TRUE(checkKeyMatches(identity->certificatePem, identity->keyPem));
    const auto info = inspectCertificate(identity->certificatePem);
    ASSERT_TRUE(info);
    EXPECT_EQ(info->subject, "CN=gatehouse-picker");
    EXPECT_EQ(info->issuer, info->subject);
    EXPECT_EQ(info->dnsNames, std::vector<std::string>{"gatehouse-picker"});
    EXPECT_EQ(info->keyType, "ECDSA P-256");
    const auto now = std::chrono::system_clock::now();
    EXPECT_LT(info->notBefore, now);
    EXPECT_GT(info->notAfter, now + std::chrono::hours(24 * 3'000));
    TlsServerOptions options;
    options.identities.push_back(*identity);
    EXPECT_TRUE(TlsServerContext::make(std::move(options)));
}

TEST(SelfSigned, EachIsAnother) {
    const auto one = makeSelfSigned("a"), other = makeSelfSigned("a");
    ASSERT_TRUE(one && other);
    EXPECT_NE(one->keyPem, other->keyPem);
    EXPECT_NE(inspectCertificate(one->certificatePem)->fingerprintSha256, inspectCertificate(other->certificatePem)->fingerprintSha256);
}

}  // namespace
}  // namespace gatehouse::net
