using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Outbox;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Tests.Catalogue;

public sealed class ObservedChangesTests(Install install) : IClassFixture<Install>
{
    [Fact]
    public async Task What_probes_found_changed_goes_on_the_timeline_of_a_server_that_still_is()
    {
        await install.EmptyAsync();
        await TellAsync(41);
        await TellAsync(42);
        await install.ExecuteAsync("INSERT INTO erasure.tombstone (server_id, tenant_id) VALUES (42, 2)");

        var taken = await install.Get<ObservedChanges>().TakeAsync(CancellationToken.None);
        var again = await install.Get<ObservedChanges>().TakeAsync(CancellationToken.None);

        Assert.Equal((2, 0), (taken, again));
        var events = await install.QueryAsync<(int Tenant, int Server, string Kind, string Detail)>(
            "SELECT tenant_id, server_id, kind, detail FROM servers.event"
        );
        Assert.Equal([(2, 41, "era_changed", """{"to": "discover", "from": "initialize"}""")], events);
    }

    private async Task TellAsync(int server)
    {
        await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var seen = ServerObserved.EraChanged(
            new ServerId(server),
            Era.Initialize,
            Era.Discover,
            install.Clock.GetUtcNow()
        );
        await transaction.TellAsync(TenantId.Local, ServerTopics.Observed, seen, CancellationToken.None);
        await transaction.CommitAsync();
    }
}
