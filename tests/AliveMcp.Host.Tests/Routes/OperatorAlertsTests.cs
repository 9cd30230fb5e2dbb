using System.Net;
using AliveMcp.Tenancy.Permissions;
using Dapper;

namespace AliveMcp.Host.Tests.Routes;

public sealed class OperatorAlertsTests(Replicas replicas) : IClassFixture<Replicas>
{
    [Fact]
    public async Task Operators_hear_of_alarms_of_clusters_and_of_what_was_given_up()
    {
        await using (var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO alerting.operator_alarm (once_key, kind, detail, first_at, last_at)
                VALUES ('a-test', 'forged_row', 'A rule names a sink of another tenant.', now(), now());
                INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at) VALUES (1001, 1, 'gone', '{}', now());
                INSERT INTO alerting.delivery (tenant_id, sink_id, type, once_key, message, state, next_at, created_at, ended_at, give_up_at)
                SELECT 1001, sink_id, 1, 'dead', '{}', 'dead', now(), now(), now(), now() FROM alerting.sink WHERE name = 'gone'
                """
            );
        }

        var auditor = await replicas.OperatorAsync(Layer.Auditor, tenant: null);
        var heard = await Knock.AtAsync(replicas.Urls[0], "GET", "/api/v1/operator/alerts", auditor);

        Assert.Equal(HttpStatusCode.OK, heard.Status);
        Assert.Equal("forged_row", (string?)heard.Json["alarms"]![0]!["kind"]);
        Assert.Equal(1, (int)heard.Json["backlog"]!["dead_in_a_day"]!);
        Assert.Equal(0, (int)heard.Json["backlog"]!["unrouted"]!);
        Assert.NotNull(heard.Json["clusters"]);
    }
}
