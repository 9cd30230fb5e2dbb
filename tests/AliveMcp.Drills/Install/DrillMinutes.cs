using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Drills.Install;

/// <summary>Counts what is archived, past all code of ours.</summary>
internal sealed class DrillMinutes(string postgres)
{
    /// <summary>How many minutes these servers have in each state, from the first to the last minute.</summary>
    public async Task<MinuteCount> CountAsync(int from, int count, MinuteStamp first, MinuteStamp last)
    {
        const string sql = """
            SELECT count(*)::int AS "All", count(*) FILTER (WHERE state = 0)::int AS Unknown,
                count(*) FILTER (WHERE state = 1)::int AS Live, count(*) FILTER (WHERE state = 2)::int AS Degraded,
                count(*) FILTER (WHERE state = 3)::int AS Down
            FROM archive.verdict_minute
            WHERE server_id BETWEEN @from AND @to AND minute BETWEEN @first AND @last
            """;
        var values = new
        {
            from,
            to = from + count - 1,
            first = first.Value,
            last = last.Value,
        };
        await using var connection = new NpgsqlConnection(postgres);
        return await connection.QuerySingleAsync<MinuteCount>(sql, values);
    }

    /// <summary>Of one server, in order: minute and state.</summary>
    public async Task<IReadOnlyList<(int Minute, int State)>> OfAsync(int server)
    {
        await using var connection = new NpgsqlConnection(postgres);
        var rows = await connection.QueryAsync<(int, int)>(
            "SELECT minute, state::int FROM archive.verdict_minute WHERE server_id = @server ORDER BY minute",
            new { server }
        );
        return [.. rows];
    }
}

/// <summary>Minutes by state.</summary>
internal sealed record MinuteCount(int All, int Unknown, int Live, int Degraded, int Down);
