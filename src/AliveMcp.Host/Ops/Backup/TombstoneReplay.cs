using AliveMcp.Servers.Erasure;
using AliveMcp.Storage;
using AliveMcp.Storage.Postgres;
using Npgsql;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>
/// A backup is older than some erasures. The stones of the running install, of servers and of tenants, are replayed in the copy by the same
/// way as <c>ops erase --replay</c>; then no row of theirs may be left.
/// </summary>
/// <param name="Replayed">Servers and tenants that were erased in the copy.</param>
/// <param name="LeftRows">Rows of what was erased that are there nevertheless.</param>
internal sealed record TombstoneReplay(int Replayed, long LeftRows)
{
    public string Sentence => $"{Replayed} erasures replayed, {LeftRows} rows of what was erased left";

    /// <param name="server">The install in use, or a server that holds none.</param>
    /// <param name="copy">The restored copy.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<TombstoneReplay> RunAsync(
        NpgsqlConnectionStringBuilder server,
        NpgsqlConnectionStringBuilder copy,
        CancellationToken cancellationToken
    )
    {
        // Both by the login that made the copy: the roles' own passwords are the install's business.
        await using var from = new PostgresDoors(StorageOptions.OfOneLogin(Single(server)));
        await using var to = new PostgresDoors(StorageOptions.OfOneLogin(Single(copy)));
        var stones = await HasStonesAsync(from, cancellationToken)
            ? await StonesOf(from).ListAsync(cancellationToken)
            : [];
        var replayed = await StonesOf(to).ReplayAsync(stones, by: null, cancellationToken);
        var left = await new ErasureTraces(to).OfStonesAsync(cancellationToken);
        return new TombstoneReplay(replayed, left.Sum(surface => surface.Rows));
    }

    private static Tombstones StonesOf(PostgresDoors doors)
    {
        var servers = new ServerEraser(doors);
        return new Tombstones(doors, new TenantEraser(doors, servers), servers);
    }

    private static NpgsqlConnectionStringBuilder Single(NpgsqlConnectionStringBuilder place) =>
        new(place.ConnectionString) { Pooling = false };

    private static async Task<bool> HasStonesAsync(PostgresDoors install, CancellationToken cancellationToken)
    {
        await using var connection = await install.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT to_regclass('erasure.tenant_tombstone') IS NOT NULL";
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
