using AliveMcp.Archive.Hours;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Archive.Status;

/// <summary>Reads the past of servers of one tenant, in that tenant's name.</summary>
internal sealed class PastReader(PostgresDoors doors)
{
    /// <summary>Hot minutes are kept for two days.</summary>
    private const int HotMinutes = 2 * 1440;

    /// <summary>A state may be held this long: 2 x 60 + 3 minutes after its own.</summary>
    private const int HeldMinutes = 125;

    /// <param name="tenant">Whose servers.</param>
    /// <param name="servers">Their numbers; what belongs to somebody else is not found.</param>
    /// <param name="now">The moment of asking.</param>
    /// <param name="withVerdicts">Also read what Redis should have told and did not: the verdicts that may still be held.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyDictionary<ServerId, ServerPast>> ReadAsync(
        TenantId tenant,
        IEnumerable<ServerId> servers,
        DateTimeOffset now,
        bool withVerdicts,
        CancellationToken cancellationToken
    )
    {
        var minute = MinuteStamp.Of(now);
        var hour24 = minute.Hour - 24;
        var until = HourClock.NewestSealed(now) + 1;
        var values = new
        {
            servers = servers.Select(server => server.Value).ToArray(),
            hour24,
            day30 = (minute.Hour / 24) - 30,
            oldest = minute.Value - HotMinutes,
            reach = withVerdicts ? minute.Value - HeldMinutes : int.MaxValue,
            newest = minute.Value,
            until = until.Value,
        };
        await using var session = await doors.OpenAsync(tenant, cancellationToken);
        var rows = await session.Connection.QueryAsync<PastRow>(
            session.Command(PastSql.Read, values, cancellationToken)
        );
        return Gather(rows.AsList(), hour24, until);
    }

    private static Dictionary<ServerId, ServerPast> Gather(List<PastRow> rows, int hour24, MinuteStamp until)
    {
        var progress = rows.Find(row => row.Kind == PastKind.Progress);
        var window = new PastWindow(hour24, progress?.At ?? 0, progress?.A ?? 0, until);
        return rows.Where(row => row.Kind != PastKind.Progress)
            .GroupBy(row => new ServerId(row.Server))
            .ToDictionary(group => group.Key, group => ServerPast.Of([.. group], window));
    }
}

/// <summary>A row of <see cref="PastSql.Read"/>; what its columns mean depends on its kind.</summary>
internal sealed record PastRow(
    PastKind Kind,
    int Server,
    int At,
    int A,
    int B,
    int C,
    int D,
    int E,
    byte[]? Packed,
    byte[]? Latency
);

internal enum PastKind
{
    Progress = 0,
    Days = 1,
    Hour = 2,
    Minute = 3,
    Watched = 4,
    Drift = 5,
}

/// <param name="Hour24">The first of the 24 closed hours.</param>
/// <param name="PackedHour">The newest hour whose row is to be taken.</param>
/// <param name="PackedDay">The newest day whose row is to be taken.</param>
/// <param name="Until">The first minute that need not be sealed yet: nobody is expected to have seen it.</param>
internal readonly record struct PastWindow(int Hour24, int PackedHour, int PackedDay, MinuteStamp Until);
