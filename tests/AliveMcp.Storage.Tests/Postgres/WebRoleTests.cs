using AliveMcp.Testing.Storage;
using Dapper;
using Npgsql;

namespace AliveMcp.Storage.Tests.Postgres;

public sealed class WebRoleTests(TestStorage storage) : IClassFixture<TestStorage>
{
    /// <summary>Every table that a request can change, and how the audit trail hears of it, or why it need not.</summary>
    private static readonly Dictionary<string, string> Told = new()
    {
        ["alerting.acknowledge_link"] = "used up by who acknowledges: incident.acknowledged",
        ["alerting.delivery"] = "a test message, told with the sink's row; one sent again: delivery.repeated",
        ["alerting.incident"] = "incident.*, by the room's context",
        ["alerting.incident_update"] = "told with the row of its incident",
        ["alerting.rule"] = "rule.*, by the room's context",
        ["alerting.rule_sink"] = "told with the row of its rule",
        ["alerting.sink"] = "sink.*, by the room's context",
        ["alerting.sink_proof"] = "plumbing of proving a sink, which has sink.* rows",
        ["alerting.subscription"] = "a visitor's own: no row of it is the tenant's to read, not even in its trail",
        ["servers.event"] = "the timeline: told with the row of its server",
        ["servers.maintenance"] = "server.changed, by the room's context",
        ["servers.wide_maintenance"] = "maintenance.*, by the room's context",
        ["servers.public_listing"] = "a copy of what a server says of itself, which has its own row",
        ["servers.server"] = "server.*, by the room's context",
        ["storage.outbox"] = "what is told to other rooms of a change that has a row of its own",
        ["tenancy.api_key"] = "key.*, by the room's context",
        ["tenancy.data_key"] =
            "made with the first secret of a tenant, which has a row of its own; renewed under secrets.rotated",
        ["tenancy.identity"] = "how a provider calls somebody: session.begun",
        ["tenancy.invitation"] = "invitation.*",
        ["tenancy.kept_answer"] = "plumbing: answers of requests that are sent twice",
        ["tenancy.membership"] = "member.*",
        ["tenancy.person"] = "person.renamed",
        ["tenancy.recovery_code"] = "factor.codes_renewed, factor.recovery_code_used",
        ["tenancy.secret"] = "credential.*",
        ["tenancy.session"] = "session.*; that it was used is no act",
        ["tenancy.tenant"] = "tenant.renamed",
        ["tenancy.thing_secret"] =
            "told with the row of its thing: sink.*; of a visitor's subscription, like it, in no trail",
        ["tenancy.totp"] = "factor.*",
    };

    [Fact]
    public async Task The_web_role_writes_what_people_set_up_and_nothing_that_was_seen()
    {
        await using var owner = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);

        var writable = await owner.QueryAsync<string>(
            """
            SELECT DISTINCT table_schema || '.' || table_name FROM information_schema.role_table_grants
            WHERE grantee = 'alivemcp_app' AND privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
            UNION
            SELECT table_schema || '.' || table_name FROM information_schema.column_privileges
            WHERE grantee = 'alivemcp_app' AND privilege_type IN ('INSERT', 'UPDATE')
            ORDER BY 1
            """
        );

        Assert.Equal(Told.Keys.Order(StringComparer.Ordinal), writable);
    }
}
