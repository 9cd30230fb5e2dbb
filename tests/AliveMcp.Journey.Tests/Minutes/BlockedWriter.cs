using AliveMcp.Journey.Tests.Install;
using AliveMcp.Testing.Time;
using Dapper;

namespace AliveMcp.Journey.Tests.Minutes;

/// <summary>Somebody who waits for a lock that the test holds.</summary>
internal static class BlockedWriter
{
    public static Task AppearsAsync(TestInstall install) =>
        Eventually.GetAsync(
            async () =>
            {
                await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
                return await connection.ExecuteScalarAsync<int>(
                    "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                );
            },
            waiting => waiting > 0,
            TestInstall.Patience
        );
}
