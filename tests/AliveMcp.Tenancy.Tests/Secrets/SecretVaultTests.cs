using System.Text;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.Tests.AuditTrail;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Tests.Secrets;

public sealed class SecretVaultTests(Install install) : IClassFixture<Install>
{
    private readonly Trail _trail = new(install);
    private readonly TestKeys _keys = TestKeys.Shared;

    [Fact]
    public async Task A_secret_is_opened_as_it_was_put_in_and_the_newest_counts()
    {
        var place = await PlaceAsync();
        await PutAsync(place, "first");
        await PutAsync(place, "second");

        Assert.Equal("second", await OpenAsync(place));
    }

    [Fact]
    public async Task Bytes_moved_to_another_server_tenant_or_purpose_never_open()
    {
        var (mine, theirs) = (await PlaceAsync(), await PlaceAsync());
        await PutAsync(mine, "mine");
        await PutAsync(theirs, "theirs");

        await _trail.AsSuperuserAsync(
            """
            UPDATE tenancy.secret SET sealed = (SELECT sealed FROM tenancy.secret WHERE tenant_id = @from) WHERE tenant_id = @to;
            UPDATE tenancy.data_key SET kek = other.kek, wrapped = other.wrapped
            FROM tenancy.data_key AS other WHERE other.tenant_id = @from AND data_key.tenant_id = @to
            """,
            new { from = theirs.Server.Tenant.Value, to = mine.Server.Tenant.Value }
        );

        Assert.Null(await OpenAsync(mine));
        Assert.Equal("theirs", await OpenAsync(theirs));
        await _trail.AsSuperuserAsync(
            "DELETE FROM tenancy.secret WHERE tenant_id = @tenant; DELETE FROM tenancy.data_key WHERE tenant_id = @tenant",
            new { tenant = mine.Server.Tenant.Value }
        );
    }

    [Theory]
    [InlineData("SELECT sealed FROM tenancy.secret")]
    [InlineData("SELECT * FROM tenancy.secret")]
    [InlineData("UPDATE tenancy.secret SET purpose = encode(sealed, 'hex')")]
    [InlineData("DELETE FROM tenancy.secret RETURNING sealed")]
    public async Task The_web_role_gets_no_sealed_byte_out(string sql)
    {
        var place = await PlaceAsync();
        await PutAsync(place, "a secret");
        await using var session = await _trail.SessionAsync(place.Server.Tenant);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => session.Connection.ExecuteAsync(sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Keys_are_rotated_by_two_at_once_and_every_secret_opens_all_along()
    {
        var places = new List<SecretPlace>();
        for (var count = 0; count < 12; count++)
        {
            places.Add(await PlaceAsync());
            await PutAsync(places[^1], $"secret {count}");
        }

        KeyFile.AddVersion(_keys.Path);
        var outcomes = await Task.WhenAll(RotateAsync(), RotateAsync());

        Assert.True(outcomes.Sum(outcome => outcome.Wrapped) >= 12);
        Assert.True(outcomes.Sum(outcome => outcome.Made) >= 12);
        Assert.All(outcomes, outcome => Assert.Equal(0, outcome.Lost));
        for (var count = 0; count < 12; count++)
        {
            Assert.Equal($"secret {count}", await OpenAsync(places[count]));
        }

        await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        Assert.Equal(
            [_keys.Provider.Current],
            await connection.QueryAsync<string>(
                "SELECT DISTINCT kek FROM tenancy.data_key WHERE tenant_id = ANY(@tenants)",
                new { tenants = places.Select(place => place.Server.Tenant.Value).ToArray() }
            )
        );
    }

    [Fact]
    public async Task A_rotation_is_told_to_the_operator_s_chain()
    {
        await PutAsync(await PlaceAsync(), "a secret");

        await RotateAsync();

        Assert.Contains(await _trail.RowsAsync(AuditWriter.OperatorChain), row => row.Action == "secrets.rotated");
    }

    [Fact]
    public async Task A_secret_whose_key_file_is_another_one_stays_shut()
    {
        var place = await PlaceAsync();
        await PutAsync(place, "a secret");
        using var others = new TestKeys();

        var opened = await others.Vault(install).OpenAsync([place.Server], place.Purpose, CancellationToken.None);

        Assert.Empty(opened);
    }

    [Fact]
    public void A_key_file_that_others_may_read_is_not_used()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var keys = new TestKeys();
        File.SetUnixFileMode(keys.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var refused = Assert.Throws<KeyUnavailableException>(() => keys.Provider.Current);

        Assert.Contains("others may read it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_file_is_its_owner_s_alone_from_the_first_byte_and_keeps_its_versions()
    {
        using var keys = new TestKeys();
        KeyFile.AddVersion(keys.Path);

        Assert.Equal("kek-2", keys.Provider.Current);
        Assert.Equal(2, File.ReadAllLines(keys.Path).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys.Path));
        }
    }

    private async Task<SecretPlace> PlaceAsync()
    {
        var tenant = await _trail.TenantAsync();
        return new SecretPlace(new ServerKey(tenant, new ServerId(tenant.Value)), "probe");
    }

    private async Task PutAsync(SecretPlace place, string secret)
    {
        await using var session = await _trail.SessionAsync(place.Server.Tenant);
        var now = install.Clock.GetUtcNow();
        await _keys
            .Vault(install)
            .PutAsync(session.Transaction, place, Encoding.UTF8.GetBytes(secret), now, CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
    }

    private async Task<string?> OpenAsync(SecretPlace place)
    {
        var opened = await _keys.Vault(install).OpenAsync([place.Server], place.Purpose, CancellationToken.None);
        return opened.TryGetValue(place.Server, out var secret) ? Encoding.UTF8.GetString(secret) : null;
    }

    private Task<RotationOutcome> RotateAsync() =>
        _keys.Rotation(install).RunAsync(TimeSpan.Zero, Actor.System, CancellationToken.None);
}
