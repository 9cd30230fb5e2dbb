using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AliveMcp.Egress;
using AliveMcp.Probing.Transports;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using static AliveMcp.Testing.Wire.TestCertificates;

namespace AliveMcp.Probing.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _root = Root("Test Root");

    [Fact]
    public async Task A_good_certificate_is_live_with_its_end_and_its_time()
    {
        var result = await ProbeAsync(Leaf(_root, "localhost", Now - Year / 4, Now + Year), _root);

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.True(result.Attempt.Phases.Tls > 0);
        Assert.Equal((Now + Year).Date, result.Observed.CertificateEnds!.Value.UtcDateTime.Date);
        Assert.Equal((Now - Year / 4).Date, result.Observed.CertificateBegins!.Value.UtcDateTime.Date);
        Assert.Equal("Test Root", result.Observed.CertificateIssuer);
        Assert.Equal("127.0.0.0/24", result.Observed.AddressBlock);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task A_certificate_near_its_end_is_a_warning_not_a_verdict()
    {
        var result = await ProbeAsync(
            Leaf(_root, "localhost", Now - TimeSpan.FromDays(80), Now + TimeSpan.FromDays(10)),
            _root
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Contains("ends", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_is_told_with_its_day()
    {
        var result = await ProbeAsync(Leaf(_root, "localhost", Now - Year, Now - TimeSpan.FromDays(2)), _root);

        Assert.Equal(Expected.Down(Why.TlsExpired, ProbeStep.Tls), Expected.Of(result));
        Assert.Contains("expired", result.Attempt.Detail, StringComparison.Ordinal);
        Assert.Single(result.Evidence!.Certificates);
    }

    [Fact]
    public async Task A_certificate_whose_day_has_not_come_is_out_of_its_time_too()
    {
        var result = await ProbeAsync(Leaf(_root, "localhost", Now + TimeSpan.FromDays(2), Now + Year), _root);

        Assert.Equal(Why.TlsExpired, result.Attempt.Why);
        Assert.Contains("not valid before", result.Attempt.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_told_with_its_name()
    {
        var result = await ProbeAsync(Leaf(_root, "other.example", Now - Year, Now + Year), _root);

        Assert.Equal(Expected.Down(Why.TlsNameMismatch, ProbeStep.Tls), Expected.Of(result));
        Assert.Contains("other.example", result.Attempt.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_that_nobody_knows_is_not_trusted()
    {
        using var stranger = Root("Stranger");

        var result = await ProbeAsync(Leaf(stranger, "localhost", Now - Year, Now + Year), _root);

        Assert.Equal(Expected.Down(Why.TlsUntrusted, ProbeStep.Tls), Expected.Of(result));
    }

    [Fact]
    public async Task A_self_signed_certificate_is_not_trusted()
    {
        var result = await ProbeAsync(Leaf(null, "localhost", Now - Year, Now + Year), null);

        Assert.Equal(Expected.Down(Why.TlsUntrusted, ProbeStep.Tls), Expected.Of(result));
    }

    [Fact]
    public async Task A_missing_intermediate_is_told_and_never_fetched()
    {
        await using var authority = RawServer.Silent();
        using var between = Leaf(_root, "Between", Now - Year, Now + Year, authority: true);

        var result = await ProbeAsync(
            Leaf(between, "localhost", Now - Year / 2, Now + Year / 2, issuerAt: authority.Url.AbsoluteUri),
            _root
        );

        Assert.Equal(Expected.Down(Why.TlsUntrusted, ProbeStep.Tls), Expected.Of(result));
        Assert.StartsWith("chain_incomplete", result.Attempt.Detail, StringComparison.Ordinal);
        Assert.Equal(0, authority.Accepted);
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_fails_as_tls()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=odd", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", [0x30, 0x7F, 0xFF], critical: false));
        using var odd = request.CreateSelfSigned(Now - Year, Now + Year);

        var served = ServedCertificates.Read(odd, null, SslPolicyErrors.None, Now);

        Assert.Equal((WireFault.TlsFailed, null), (served.Fault, served.EndsFirst));
    }

    public void Dispose() => _root.Dispose();

    private static async Task<ProbeResult> ProbeAsync(X509Certificate2 certificate, X509Certificate2? root)
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyWithSessions, certificate);
        var probe = new ServerProbe(new EgressGuard(new EgressOptions { AllowPrivate = true }), TimeProvider.System)
        {
            ExtraRoots = root is null ? null : [root],
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
        };
        var result = await probe.ProbeAsync(Probes.Order(server.Url), CancellationToken.None);
        certificate.Dispose();
        return result;
    }
}
