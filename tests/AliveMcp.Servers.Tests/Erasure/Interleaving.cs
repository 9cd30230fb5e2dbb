using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Tests.Erasure;

/// <summary>
/// Two connections that take turns, statement by statement, in an order that is given. A statement that waits for the other side goes on
/// waiting while that side has its turns, as it would in life.
/// </summary>
internal sealed class Interleaving(NpgsqlDataSource source)
{
    private readonly List<PostgresException> _refused = [];

    /// <summary>What either side was refused.</summary>
    public IReadOnlyList<PostgresException> Refused => _refused;

    /// <summary>Every order in which two sides with so many statements can take turns; true is the first side's.</summary>
    public static IEnumerable<bool[]> All(int first, int second) =>
        Enumerable
            .Range(0, 1 << (first + second))
            .Where(order => int.PopCount(order) == first)
            .Select(order => Enumerable.Range(0, first + second).Select(turn => (order & (1 << turn)) != 0).ToArray());

    /// <summary>Runs both sides to their ends.</summary>
    public async Task RunAsync(bool[] order, string[] first, string[] second)
    {
        await using var one = await SideAsync(first);
        await using var other = await SideAsync(second);
        await using var watch = await source.OpenConnectionAsync();
        foreach (var isFirst in order)
        {
            await (isFirst ? one : other).TurnAsync(watch);
        }

        while (one.HasMore || other.HasMore)
        {
            await one.TurnAsync(watch);
            await other.TurnAsync(watch);
        }

        _refused.AddRange(one.Refused);
        _refused.AddRange(other.Refused);
    }

    private async Task<Side> SideAsync(string[] statements)
    {
        var connection = await source.OpenConnectionAsync();
        return new Side(connection, new Queue<string>(statements));
    }

    private sealed class Side(NpgsqlConnection connection, Queue<string> left) : IAsyncDisposable
    {
        private Task _running = Task.CompletedTask;

        public List<PostgresException> Refused { get; } = [];

        public bool HasMore => left.Count > 0 || !_running.IsCompleted;

        /// <summary>The next statement, unless the one before it still waits; returns when it is done or waits for the other side.</summary>
        public async Task TurnAsync(NpgsqlConnection watch)
        {
            if (_running.IsCompleted && left.TryDequeue(out var statement))
            {
                _running = RunAsync(statement);
            }

            while (!_running.IsCompleted)
            {
                const string sql = "SELECT cardinality(pg_blocking_pids(@pid)) > 0";
                if (await watch.ExecuteScalarAsync<bool>(sql, new { pid = connection.ProcessID }))
                {
                    return;
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _running;
            await connection.DisposeAsync();
        }

        private async Task RunAsync(string statement)
        {
            try
            {
                await connection.ExecuteAsync(statement);
            }
            catch (PostgresException fault)
            {
                // Refused: what the side has done so far is rolled back, and it ends.
                Refused.Add(fault);
                left.Clear();
                await connection.ExecuteAsync("ROLLBACK");
            }
        }
    }
}
