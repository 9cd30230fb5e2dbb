using AliveMcp.Journey.Tests.Install;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Dapper;

namespace AliveMcp.Journey.Tests.Minutes;

/// <summary>What a prober sees of a certificate and an address goes through desk, memory and outbox to the alerter, and its address no further.</summary>
public sealed class EndingCertificateTests
{
    [Fact]
    public async Task A_certificate_that_a_look_sees_end_in_five_days_is_an_incident()
    {
        await using var install = await TestInstall.CreateAsync("eu-west");
        var host = await install.StartAsync("all");
        var prober = install.Puppet("eu-west", host);
        await prober.AskAsync();
        await install.WatchAsync("ending", new Uri("https://mcp.example.test/mcp"));
        var seen = new Observed
        {
            CertificateBegins = TimeProvider.System.GetUtcNow().AddDays(-300),
            CertificateEnds = TimeProvider.System.GetUtcNow().AddDays(5),
            CertificateIssuer = "Example CA R1",
            AddressBlock = "203.0.113.0/24",
        };

        await prober.SayAsync(await prober.LeaseAsync(), ServerState.Live, observed: seen);

        var told = await Eventually.GetAsync(() => ToldAsync(install), told => told is not null, TestInstall.Patience);
        Assert.StartsWith("certificate.expiring P3 ending has a certificate that ends", told, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113", told, StringComparison.Ordinal);
        var causes = await Eventually.GetAsync(
            () => CausesAsync(install),
            causes => causes?.Contains("block:", StringComparison.Ordinal) == true,
            TestInstall.Patience
        );
        Assert.EndsWith("block:203.0.113.0/24|issuer:Example CA R1", causes, StringComparison.Ordinal);
    }

    private static Task<string?> ToldAsync(TestInstall install) =>
        AskAsync(
            install,
            """
            SELECT (message ->> 'type') || ' ' || (message ->> 'severity') || ' ' || (message ->> 'summary') || ' ' || message::text
            FROM alerting.alert WHERE kind = 12
            """
        );

    private static Task<string?> CausesAsync(TestInstall install) =>
        AskAsync(install, "SELECT array_to_string(causes, '|') FROM alerting.origin");

    private static async Task<string?> AskAsync(TestInstall install, string sql)
    {
        await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<string?>(sql);
    }
}
