using System.Net;
using System.Net.Http.Json;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary.Tickets;
using Dapper;
using Npgsql;

namespace AliveMcp.Collector.Tests.Desk;

public sealed class ReturnedTicketTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Fact]
    public async Task Tickets_that_cannot_be_made_while_the_database_fails_go_back_to_the_queue()
    {
        var server = await house.WatchAsync();
        var plan = await house.OpenAsync(server, Sample.East);
        await using var owner = new NpgsqlConnection(house.Storage.Options.Bootstrap.ConnectionString);

        await owner.ExecuteAsync("ALTER TABLE servers.server RENAME TO gone");
        using var refused = await house.East.PostAsync(
            new Uri("/prober/v1/lease", UriKind.Relative),
            JsonContent.Create(new LeaseRequest(DeskHouse.Prober), DeskJson.Default.LeaseRequest)
        );
        await owner.ExecuteAsync("ALTER TABLE servers.gone RENAME TO server");
        var ticket = await house.LeaseOneAsync(house.East);

        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        Assert.Equal((server, plan.Minute), (ticket.Server, ticket.Minute));
    }
}
