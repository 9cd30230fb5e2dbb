using AliveMcp.Alerting.Kinds;
using AliveMcp.Alerting.Suppression;
using AliveMcp.Alerting.Tests.Deliveries;
using AliveMcp.Alerting.Tests.Reading;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Outbox;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Kinds;

public sealed class ExpiryAlertsTests : IAsyncLifetime
{
    private readonly AlertHouse _house = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _house.Clock.GetUtcNow();

    public ValueTask InitializeAsync() => _house.InitializeAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_certificate_is_told_of_in_four_steps_whoever_looks_and_resolved_by_a_later_one()
    {
        var (server, sink) = await ServerAsync();
        var ends = Now.AddDays(31);
        await TellAsync(server, ends);
        await LookAsync();
        Assert.Empty(_house.TookBy(sink));

        foreach (var left in new[] { 29.0, 28, 13, 12, 6, 5, 1.5, 1, -1 })
        {
            _house.Clock.Advance(ends.AddDays(-left) - Now);
            await LookAsync();
            await LookAsync();
        }

        Assert.Equal(Enumerable.Repeat("certificate.expiring", 4), _house.TypesTookBy(sink));
        Assert.Equal(["P3", "P3", "P3", "P2"], _house.TookBy(sink).Select(took => took.Message.Severity));
        Assert.Single(_house.TookBy(sink).Select(took => took.Message.DedupKey).Distinct());
        Assert.Contains("in 36 hours", _house.TookBy(sink)[3].Message.Summary, StringComparison.Ordinal);

        await TellAsync(server, ends.AddDays(90));
        await LookAsync();
        Assert.Equal(4, _house.TookBy(sink).Count);
        _house.Clock.Advance(TimeSpan.FromMinutes(121));
        await LookAsync();
        Assert.Equal("incident.resolved", _house.TypesTookBy(sink).Last());
        Assert.Equal(5, _house.TookBy(sink).Count);

        // The old one comes back from a machine that was forgotten: it was told.
        await TellAsync(server, ends);
        await LookAsync();
        Assert.Equal(5, _house.TookBy(sink).Count);
    }

    [Fact]
    public async Task Neither_a_kind_that_is_off_nor_a_paused_server_nor_a_public_listing_nor_anothers_word_alerts()
    {
        var (off, sink) = await ServerAsync();
        await _house.ExecuteAsync(
            """UPDATE servers.server SET alerts = '{"severity":{},"off":["certificate","credential"],"on":[]}' WHERE server_id = @id""",
            new { id = off.Server.Value }
        );
        var paused = await AnotherAsync(off, "paused");
        await _house.ExecuteAsync(
            "UPDATE servers.server SET paused_at = now() WHERE server_id = @id",
            new { id = paused.Server.Value }
        );
        var listed = await AnotherAsync(new ServerKey(TenantId.Public, off.Server), "listed");
        var strangers = await AnotherAsync(off, "strangers");
        await TellAsync(off, Now.AddDays(5));
        await TellAsync(paused, Now.AddDays(5));
        await TellAsync(listed, Now.AddDays(5));
        await TellAsync(new ServerKey(TenantId.Public, strangers.Server), Now.AddDays(5));
        await CredentialAsync(off, 1, Now.AddHours(5));

        await LookAsync();

        Assert.Empty(_house.TookBy(sink));
        Assert.Equal(0, await _house.ScalarAsync<int>("SELECT count(*)::int FROM alerting.incident"));
    }

    [Fact]
    public async Task A_credential_is_told_of_once_beside_its_refusal_and_resolved_when_it_is_replaced()
    {
        var (server, sink) = await ServerAsync();
        await CredentialAsync(server, 3, Now.AddHours(100));
        await LookAsync();
        Assert.Empty(_house.TookBy(sink));

        _house.Clock.Advance(TimeSpan.FromHours(30));
        await LookAsync();
        await LookAsync();
        var told = Assert.Single(_house.TookBy(sink)).Message;
        Assert.Equal(("credential.expiring", "P3", "credential"), (told.Type, told.Severity, told.Kind));
        Assert.Contains("in 2 days", told.Summary, StringComparison.Ordinal);
        await _house.IncidentAsync(server.Tenant.Value, server.Server.Value, kind: 13);

        await CredentialAsync(server, 4, Now.AddHours(20));
        await LookAsync();
        await LookAsync();
        Assert.Equal(["credential.expiring", "incident.resolved", "credential.expiring"], _house.TypesTookBy(sink));

        await _house.ExecuteAsync(
            "UPDATE servers.server SET credential_number = 5, credential_ends = NULL, credential_warns_at = NULL WHERE server_id = @id",
            new { id = server.Server.Value }
        );
        await LookAsync();
        Assert.Equal("incident.resolved", _house.TypesTookBy(sink).Last());
        Assert.Equal(4, _house.TookBy(sink).Count);
    }

    private async Task<(ServerKey Server, int Sink)> ServerAsync()
    {
        var tenant = await _house.TenantAsync();
        var sink = await _house.SinkAsync(tenant);
        return (await AnotherAsync(new ServerKey(new TenantId(tenant), default), "weather"), sink);
    }

    private async Task<ServerKey> AnotherAsync(ServerKey like, string slug) =>
        new(like.Tenant, new ServerId(await _house.ServerAsync(like.Tenant.Value, slug)));

    private Task CredentialAsync(ServerKey server, int number, DateTimeOffset ends) =>
        _house.ExecuteAsync(
            """
            UPDATE servers.server SET credential = 1, credential_number = @number, credential_ends = @ends, credential_warns_at = @warns
            WHERE server_id = @id
            """,
            new
            {
                id = server.Server.Value,
                number,
                ends,
                warns = ends.AddHours(-72),
            }
        );

    private async Task TellAsync(ServerKey server, DateTimeOffset ends)
    {
        await using var connection = await _house.Storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        var reached = new ServerReached(server.Server.Value, null, ends, "Example CA", ["203.0.113.0/24"], Now);
        await transaction.TellAsync(server.Tenant, ServerTopics.Reach, reached, Cancelled);
        await transaction.CommitAsync(Cancelled);
    }

    /// <summary>An alerter that has just been started, as every one is that takes over.</summary>
    private async Task LookAsync()
    {
        using var alerter = new Alerter(_house.Storage, _house.Clock);
        var tenants = new TenantStandings(_house.Storage.Doors, new AuditWriter(_ => new byte[32]), _house.Clock);
        await new ReachIntake(_house.Storage.Doors).TakeAsync(Cancelled);
        await new ExpiryAlerts(_house.Storage.Doors, alerter.Opener, tenants, _house.Clock).LookAsync(Cancelled);
        await _house.SettleAsync();
    }
}
