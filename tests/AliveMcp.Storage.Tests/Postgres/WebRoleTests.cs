using AliveMcp.Testing.Storage;
using Dapper;
using Npgsql;

namespace AliveMcp.Storage.Tests.Postgres;

public sealed class WebRoleTests(TestStorage storage) : IClassFixture<TestStorage>
{
    [Fact]
    public async Task The_web_role_writes_what_people_set_up_and_nothing_that_was_seen()
    {
        await using var owner = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);

        var writable = await owner.QueryAsync<string>(
            """
            SELECT DISTINCT table_schema || '.' || table_name FROM information_schema.role_table_grants
            WHERE grantee = 'alivemcp_app' AND privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
            ORDER BY 1
            """
        );

        Assert.Equal(
            [
                "alerting.acknowledge_link",
                "alerting.delivery",
                "alerting.incident",
                "alerting.incident_update",
                "alerting.sink",
                "alerting.sink_proof",
                "servers.event",
                "servers.maintenance",
                "servers.public_listing",
                "servers.server",
                "storage.outbox",
                "tenancy.api_key",
                "tenancy.data_key",
                "tenancy.identity",
                "tenancy.invitation",
                "tenancy.kept_answer",
                "tenancy.membership",
                "tenancy.recovery_code",
                "tenancy.secret",
                "tenancy.session",
                "tenancy.thing_secret",
                "tenancy.totp",
            ],
            writable
        );
    }
}
