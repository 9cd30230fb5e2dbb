using System.Collections.Concurrent;
using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Archive.Drain;

/// <summary>Sees to it that a day's partition of hot minutes stands before a row is written.</summary>
internal sealed class MinutePartitions(PostgresDoors doors)
{
    private readonly ConcurrentDictionary<int, bool> _known = new();

    /// <summary>Makes what is missing, on a connection of its own: the writer's transaction is not drawn into it.</summary>
    public async Task EnsureAsync(IEnumerable<int> days, CancellationToken cancellationToken)
    {
        var missing = days.Where(day => !_known.ContainsKey(day)).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        foreach (var day in missing)
        {
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "SELECT archive.make_minute_day(@day)",
                    new { day },
                    cancellationToken: cancellationToken
                )
            );
            _known[day] = true;
        }
    }

    /// <summary>What we knew turned out wrong.</summary>
    public void Forget() => _known.Clear();
}
