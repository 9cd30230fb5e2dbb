using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.SignIn.Codes;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Tests.Secrets;

/// <summary>The key of second factors: wrapped, the same for all, taken over from before it was wrapped.</summary>
public sealed class SealKeyTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    private static readonly PersonId Alice = new(7);
    private static readonly byte[] Secret = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];

    private readonly TestKeys _keys = new();

    public async ValueTask InitializeAsync() => await ExecuteAsync("DELETE FROM tenancy.seal_key");

    public ValueTask DisposeAsync()
    {
        _keys.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_database_alone_holds_no_key_that_opens_a_second_factor()
    {
        var key = await Key(_keys.Path).OpenAsync(CancellationToken.None);

        Assert.Equal((null, "kek-1"), await KeptAsync());
        await Assert.ThrowsAsync<KeyUnavailableException>(() => Key(path: null).OpenAsync(CancellationToken.None));
        using var others = new TestKeys();
        await Assert.ThrowsAsync<KeyUnavailableException>(() => Key(others.Path).OpenAsync(CancellationToken.None));
        Assert.Equal(key, await Key(_keys.Path).OpenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_who_make_it_at_once_all_have_the_same()
    {
        var all = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Key(_keys.Path).OpenAsync(CancellationToken.None))
        );

        Assert.All(all, key => Assert.Equal(all[0], key));
    }

    [Fact]
    public async Task What_was_sealed_before_there_was_a_key_file_opens_and_its_key_is_wrapped_then()
    {
        var before = await new TotpSeal(Key(path: null)).CloseAsync(Alice, Secret, CancellationToken.None);
        Assert.Null((await KeptAsync()).Kek);

        var opened = await new TotpSeal(Key(_keys.Path)).OpenAsync(Alice, before, CancellationToken.None);

        Assert.Equal(Secret, opened);
        Assert.Equal((null, "kek-1"), await KeptAsync());
    }

    [Fact]
    public async Task A_rotation_wraps_it_anew_so_that_the_old_line_of_the_key_file_can_go()
    {
        var box = await new TotpSeal(Key(_keys.Path)).CloseAsync(Alice, Secret, CancellationToken.None);
        KeyFile.AddVersion(_keys.Path);

        await _keys.Rotation(install).RunAsync(SecretRotation.DataKeyLife, Actor.AtTerminal, CancellationToken.None);

        Assert.Equal((null, "kek-2"), await KeptAsync());
        await File.WriteAllLinesAsync(_keys.Path, (await File.ReadAllLinesAsync(_keys.Path)).Skip(1));
        Assert.Equal(Secret, await new TotpSeal(Key(_keys.Path)).OpenAsync(Alice, box, CancellationToken.None));
    }

    [Fact]
    public async Task The_web_role_puts_no_other_wrap_in_the_place_of_a_good_one()
    {
        await Key(_keys.Path).OpenAsync(CancellationToken.None);
        await using var app = await install.Storage.Doors.App.OpenConnectionAsync();

        Assert.Null(await app.ExecuteScalarAsync<bool?>("SELECT tenancy.wrap_seal_key('\\x00', 'mine', '\\x00')"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            app.ExecuteAsync("SELECT tenancy.rewrap_seal_key('kek-1', 'mine', '\\x00')")
        );
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private SealKey Key(string? path) => new(install.Storage.Doors, new KeyFile(path));

    private async Task<(byte[]? Plain, string? Kek)> KeptAsync()
    {
        await using var owner = new NpgsqlConnection(install.Storage.Options.Bootstrap.ConnectionString);
        return await owner.QuerySingleAsync<(byte[]?, string?)>("SELECT key, kek FROM tenancy.seal_key");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var owner = new NpgsqlConnection(install.Storage.Options.Bootstrap.ConnectionString);
        await owner.ExecuteAsync(sql);
    }
}
