using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tests.Tenants;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AliveMcp.Tenancy.Tests.SignIn;

/// <summary>What the web role sees of people, by raw SQL.</summary>
public sealed class PersonFenceTests(Install install) : IClassFixture<Install>
{
    private readonly Everybody _people = new(install);

    [Fact]
    public async Task Every_table_of_persons_reads_nothing_until_somebody_acts()
    {
        await _people.PersonAsync();
        await using var app = await install.Storage.Doors.App.OpenConnectionAsync();
        var tables = (
            await app.QueryAsync<string>(
                """
                SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                WHERE attname = 'person_id' AND relkind = 'r' AND relnamespace = 'tenancy'::regnamespace ORDER BY 1
                """
            )
        ).ToList();

        Assert.Equal(7, tables.Count);
        foreach (var table in tables)
        {
            Assert.Equal((table, 0L), (table, await app.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table}")));
        }
    }

    [Fact]
    public async Task In_a_tenant_s_name_only_its_members_are_seen()
    {
        var (tenant, owner) = await _people.TenantAsync();
        await _people.PersonAsync("stranger");
        await using var work = await install.Storage.Doors.OpenAsync(tenant.Tenant, CancellationToken.None);

        var seen = await work.Connection.QueryAsync<int>("SELECT person_id FROM tenancy.person");
        var emails = await work.Connection.ExecuteScalarAsync<long>("SELECT count(*) FROM tenancy.person_email");

        Assert.Equal([owner.Value], seen);
        Assert.Equal(1, emails);
    }

    [Theory]
    [InlineData(
        "INSERT INTO tenancy.membership (tenant_id, person_id, role, joined_at) VALUES (@tenant, @stranger, 'viewer', now())"
    )]
    [InlineData("INSERT INTO tenancy.person (name, made_at) VALUES ('x', now())")]
    [InlineData("UPDATE tenancy.membership SET person_id = @stranger")]
    [InlineData("UPDATE tenancy.tenant SET plan = 'enterprise'")]
    [InlineData("UPDATE tenancy.tenant SET status = 'active'")]
    [InlineData("INSERT INTO tenancy.group_binding VALUES (@tenant, 'https://evil.example', 'all', 'owner')")]
    [InlineData("SELECT count(*) FROM tenancy.sign_in_link")]
    [InlineData("SELECT count(*) FROM tenancy.provider_try")]
    [InlineData("SELECT count(*) FROM tenancy.seal_key")]
    [InlineData("SELECT tenancy.person_of('x@example.com', '', now(), true)")]
    public async Task Nobody_is_put_into_a_tenant_or_out_of_the_dark_by_hand(string sql)
    {
        var (tenant, _) = await _people.TenantAsync();
        var (stranger, _) = await _people.PersonAsync("stranger");
        await using var work = await install.Storage.Doors.OpenAsync(tenant.Tenant, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            work.Connection.ExecuteAsync(sql, new { tenant = tenant.Tenant.Value, stranger = stranger.Value })
        );

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task One_person_reads_nothing_of_another()
    {
        var (alice, _) = await _people.PersonAsync();
        var (bob, _) = await _people.PersonAsync("bob");
        await install
            .Services.GetRequiredService<SessionDesk>()
            .BeginAsync(bob, "link", Everybody.Somewhere(), CancellationToken.None);
        await using var app = await install.Storage.Doors.App.OpenConnectionAsync();
        await using var transaction = await app.BeginTransactionAsync();
        await app.ExecuteAsync("SELECT set_config('app.person_id', @alice, true)", new { alice = alice.ToString() });

        Assert.Equal([alice.Value], await app.QueryAsync<int>("SELECT person_id FROM tenancy.person"));
        Assert.Equal(0, await app.ExecuteScalarAsync<long>("SELECT count(*) FROM tenancy.session"));
        Assert.Equal(0, await app.ExecuteAsync("DELETE FROM tenancy.session"));
    }
}
