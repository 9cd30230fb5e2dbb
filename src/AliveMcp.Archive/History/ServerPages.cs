using AliveMcp.Archive.Drift;
using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.History;

/// <summary>Everything that a server's page shows besides its status, in one statement whose rows do not grow with the history.</summary>
public sealed class ServerPages
{
    private const int Hours = 24;

    /// <summary>Minutes come from this many hours: the open one, and two before it.</summary>
    private const int StripHours = 2;

    private readonly HistoryReader _reader;
    private readonly HistoryReach _reach;
    private readonly ContractFindings _findings;

    internal ServerPages(HistoryReader reader, HistoryReach reach, ContractFindings findings) =>
        (_reader, _reach, _findings) = (reader, reach, findings);

    /// <summary>Reads it.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="days">Day bars, 1 to 800; fewer where the plan hides some.</param>
    /// <param name="knownList">Full hash of a list whose findings need not be looked for: that of the page before; null for the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ServerPage> OfAsync(
        ServerKey server,
        int days,
        string? knownList,
        CancellationToken cancellationToken
    )
    {
        var now = _reader.Now;
        var minute = MinuteStamp.Of(now);
        var today = minute.Value / 1440;
        var asked = new Window(
            new MinuteStamp((today - Math.Clamp(days, 1, ServerHistory.MostDays) + 1) * 1440),
            new MinuteStamp((today + 1) * 1440)
        );
        var seen = await _reach.FiguresAsync(server.Tenant, asked, cancellationToken);
        var places = new Places((seen.From.Value + 1439) / 1440, today, minute.Hour - Hours + 1, minute.Hour);
        var values = new
        {
            firstDay = places.FirstDay,
            firstHour = places.Hour - Hours,
            knownList = knownList is not null && _findings.Told(knownList) is not null ? knownList : null,
            drifts = ContractPanels.DriftsShown,
        };
        var rows = await _reader.ReadAsync<PageRow>(server, PageSql.Read, values, now, cancellationToken);
        return Of(rows, places, HistoryReader.Until(now));
    }

    private ServerPage Of(IReadOnlyList<PageRow> rows, Places places, MinuteStamp until)
    {
        var open = rows.Where(row => row.Kind == 2).Select(row => VerdictCodec.Unpack(row.Packed!)).ToList();
        var hours = rows.Where(row => row.Kind == 1).ToList();
        var minutes = hours
            .Where(row => row.Packed is not null)
            .SelectMany(row => KeptMinutes.Unpack(row.Packed, row.At))
            .Concat(open.Select(KeptMinute.Of))
            .OrderBy(minute => minute.Minute)
            .ToList();
        var latency = hours
            .Select(row => new LatencyRow(row.At, 0, 0, row.Latency, null, null))
            .Concat(
                rows.Where(row => row.Kind == 2)
                    .Select(row => new LatencyRow(row.At / 60, 0, 0, null, null, row.Packed))
            )
            .Where(row => row.At >= places.FirstHour);
        return new ServerPage(
            Days(rows, open.ConvertAll(KeptMinute.Of), places, until),
            [.. minutes.Where(minute => minute.Minute.Hour >= places.Hour - StripHours).Reverse().Select(MinuteRow.Of)],
            StateRuns.Of(minutes.Where(minute => minute.Minute >= until - Hours * 60)),
            [
                .. LatencyPoints
                    .Of(latency, places.FirstHour, places.Hour + 1, hours: 1)
                    .Select(point => point with { Regions = [] }),
            ],
            Contract(rows)
        );
    }

    private static IReadOnlyList<DayBar> Days(
        IReadOnlyList<PageRow> rows,
        List<KeptMinute> open,
        Places places,
        MinuteStamp until
    )
    {
        var packedDay = rows.FirstOrDefault(row => row.Kind == 4)?.At ?? 0;
        var closed = rows.Where(row => row.Kind == 0)
            .Select(row => Bar(row, row.At))
            .Concat(rows.Where(row => row.Kind == 1 && row.At / 24 > packedDay).Select(row => Bar(row, row.At / 24)));
        var rest = open.Select(minute =>
        {
            var weights = StateWeights.Of(minute);
            var early = StateWeights.Of(minute.Beyond(until)).Seen;
            return new DayBars.Row(
                0,
                minute.Minute.Value / 1440,
                weights.Live,
                weights.Degraded,
                weights.Down,
                weights.Unknown,
                weights.Maintenance,
                early
            );
        });
        var periods = rows.Where(row => row.Kind == 3)
            .Select(row => new DayBars.Row(1, row.At, row.Live, 0, 0, 0, 0, 0));
        return DayBars.Of([.. closed, .. rest, .. periods], places.FirstDay, places.Today, until.Value);
    }

    private static DayBars.Row Bar(PageRow row, int day) =>
        new(0, day, row.Live, row.Degraded, row.Down, row.Unknown, row.Maintenance, 0);

    private ContractPanel? Contract(IReadOnlyList<PageRow> rows)
    {
        if (rows.FirstOrDefault(row => row.Kind == 5) is not { Json: { } json } found)
        {
            return null;
        }

        var current = CurrentContractSql.OfJson(json);
        var findings = _findings.Told(current.FullHash);
        if (findings is null && found.Packed is { } packed && CurrentContractSql.Text(packed) is { } text)
        {
            findings = _findings.Remember(current.FullHash, text);
        }

        var drifts = rows.Where(row => row.Kind == 6).Select(row => DeclaredDrifts.OfJson(row.Json!)).ToList();
        return ContractPanels.Of(current, drifts, findings ?? []) with { FullHash = current.FullHash };
    }

    /// <summary>Where the page's parts begin and end.</summary>
    private sealed record Places(int FirstDay, int Today, int FirstHour, int Hour);
}
