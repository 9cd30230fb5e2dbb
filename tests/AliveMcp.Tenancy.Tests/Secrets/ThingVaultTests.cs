using System.Text;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.Tests.AuditTrail;
using AliveMcp.Tenancy.Tests.Tenants;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Tests.Secrets;

public sealed class ThingVaultTests(Install install) : IClassFixture<Install>
{
    private readonly Trail _trail = new(install);
    private readonly TestKeys _keys = TestKeys.Shared;

    [Fact]
    public async Task Secrets_of_many_things_are_opened_at_once_each_for_its_own_tenant()
    {
        var (mine, theirs) = (await PlaceAsync(7), await PlaceAsync(7));
        await PutAsync(mine, "mine");
        await PutAsync(mine, "mine anew");
        await PutAsync(theirs, "theirs");

        var opened = await OpenAsync(mine, theirs, mine with { Thing = "other" });

        Assert.Equal(["mine anew", "theirs"], opened.Values.Select(Encoding.UTF8.GetString).Order());
        Assert.Equal("theirs", Encoding.UTF8.GetString(opened[theirs]));
    }

    [Fact]
    public async Task Bytes_moved_to_another_thing_never_open()
    {
        var place = await PlaceAsync(7);
        await PutAsync(place, "a secret");

        await _trail.AsSuperuserAsync(
            "UPDATE tenancy.thing_secret SET thing_id = 8 WHERE tenant_id = @tenant",
            new { tenant = place.Tenant.Value }
        );

        Assert.Empty(await OpenAsync(place, place with { Number = 8 }));
        await _trail.AsSuperuserAsync(
            "DELETE FROM tenancy.thing_secret WHERE tenant_id = @tenant",
            new { tenant = place.Tenant.Value }
        );
    }

    [Theory]
    [InlineData("SELECT sealed FROM tenancy.thing_secret")]
    [InlineData("UPDATE tenancy.thing_secret SET thing = encode(sealed, 'hex')")]
    [InlineData("DELETE FROM tenancy.thing_secret RETURNING sealed")]
    public async Task The_web_role_gets_no_sealed_byte_out(string sql)
    {
        var place = await PlaceAsync(7);
        await PutAsync(place, "a secret");
        await using var session = await _trail.SessionAsync(place.Tenant);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => session.Connection.ExecuteAsync(sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_rotation_renews_them_and_keeps_the_keys_that_they_need()
    {
        var place = await PlaceAsync(7);
        await PutAsync(place, "a secret");

        var outcome = await _keys.Rotation(install).RunAsync(TimeSpan.Zero, Actor.System, CancellationToken.None);

        Assert.True(outcome.Resealed > 0);
        Assert.Equal("a secret", Encoding.UTF8.GetString((await OpenAsync(place))[place]));
    }

    private async Task<ThingPlace> PlaceAsync(int number) => new(await _trail.TenantAsync(), "sink", number);

    private async Task PutAsync(ThingPlace place, string secret)
    {
        await using var session = await _trail.SessionAsync(place.Tenant);
        await _keys
            .Things(install)
            .PutAsync(
                session.Transaction,
                place,
                Encoding.UTF8.GetBytes(secret),
                install.Clock.GetUtcNow(),
                CancellationToken.None
            );
        await session.CommitAsync(CancellationToken.None);
    }

    private Task<IReadOnlyDictionary<ThingPlace, byte[]>> OpenAsync(params ThingPlace[] places) =>
        _keys.Things(install).OpenAsync(places, CancellationToken.None);
}
