using AliveMcp.Journey.Tests.Install;
using AliveMcp.Testing.Time;
using Dapper;

namespace AliveMcp.Journey.Tests.Minutes;

/// <summary>What the database holds, read past all code of ours.</summary>
internal static class ArchivedMinutes
{
    public static async Task<IReadOnlyList<Row>> ReadAsync(TestInstall install)
    {
        await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        var rows = await connection.QueryAsync<Row>(
            "SELECT server_id AS Server, minute AS Minute, state::int AS State, why::int AS Why FROM archive.verdict_minute ORDER BY minute, server_id"
        );
        return [.. rows];
    }

    public static Task<IReadOnlyList<Row>> WaitAsync(TestInstall install, int count) =>
        Eventually.GetAsync(() => ReadAsync(install), rows => rows.Count >= count, TestInstall.Patience);

    public sealed record Row(int Server, int Minute, int State, int Why);
}
