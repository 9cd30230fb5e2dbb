using AliveMcp.Archive.Hours;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Archive.History;

/// <summary>Reads one server's history in the name of its tenant: one statement for each question.</summary>
internal sealed class HistoryReader(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>Hot minutes are kept for two days.</summary>
    private const int HotMinutes = 2 * 1440;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The first minute that need not be sealed yet.</summary>
    public static MinuteStamp Until(DateTimeOffset now) => HourClock.NewestSealed(now) + 1;

    /// <summary>Runs a statement; besides its own values it is given <c>server, newest, oldest, until</c>.</summary>
    public async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(
        ServerKey server,
        string sql,
        object values,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var newest = MinuteStamp.Of(now).Value;
        var all = new DynamicParameters(values);
        all.Add("server", server.Server.Value);
        all.Add("newest", newest);
        all.Add("oldest", newest - HotMinutes);
        all.Add("until", Until(now).Value);
        await using var session = await doors.OpenAsync(server.Tenant, cancellationToken);
        var rows = await session.Connection.QueryAsync<TRow>(session.Command(sql, all, cancellationToken));
        return rows.AsList();
    }
}
