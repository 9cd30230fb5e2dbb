using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>What was: days, hours and minutes of one server, read in the name of its tenant.</summary>
public sealed class ServerHistory(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>One bar per UTC day, oldest first, the open day last.</summary>
    /// <param name="server">Whose days.</param>
    /// <param name="days">How many, 1 to 400; the open day is one of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<DayBar>> DaysAsync(ServerKey server, int days, CancellationToken cancellationToken)
    {
        _ = (doors, clock, server, days, cancellationToken);
        return Task.FromResult<IReadOnlyList<DayBar>>([]);
    }

    /// <summary>One point per UTC hour, oldest first, the open hour last.</summary>
    /// <param name="server">Whose hours.</param>
    /// <param name="hours">How many, 1 to 744; the open hour is one of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<LatencyPoint>> LatencyAsync(
        ServerKey server,
        int hours,
        CancellationToken cancellationToken
    )
    {
        _ = (server, hours, cancellationToken);
        return Task.FromResult<IReadOnlyList<LatencyPoint>>([]);
    }

    /// <summary>The newest archived minutes, newest first.</summary>
    /// <param name="server">Whose minutes.</param>
    /// <param name="last">How many at most, 1 to 1440.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<MinuteRow>> MinutesAsync(ServerKey server, int last, CancellationToken cancellationToken)
    {
        _ = (server, last, cancellationToken);
        return Task.FromResult<IReadOnlyList<MinuteRow>>([]);
    }
}
