using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Testing.Minutes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Changes;

/// <summary>Writes the minutes of a server as letters: L live, D down, G degraded, R regional, U unconfirmed, ? unknown, M maintenance, . no minute.</summary>
internal static class Lives
{
    public static readonly ServerKey Server = Verdicts.Local(7);
    public static readonly MinuteStamp Noon = MinuteStamp.Of(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    private static readonly Region[] Regions = [Region.Of("eu-west"), Region.Of("us-east"), Region.Of("us-west")];

    public static IEnumerable<TrackedMinute> Of(string letters, int weight = 1, int regions = 3) =>
        letters
            .Select((letter, place) => (letter, Minute: Noon + (place * weight)))
            .Where(one => one.letter != '.')
            .Select(one => Minute(one.letter, one.Minute, weight, regions));

    public static TrackedMinute Minute(char letter, MinuteStamp minute, int weight = 1, int regions = 3)
    {
        var (state, why) = letter switch
        {
            'L' or 'M' => (ServerState.Live, Why.None),
            'D' => (ServerState.Down, Why.Timeout),
            'G' => (ServerState.Degraded, Why.Slow),
            'R' => (ServerState.Degraded, Why.Regional),
            'U' => (ServerState.Degraded, Why.Unconfirmed),
            '?' => (ServerState.Unknown, Why.NobodyLooked),
            _ => throw new ArgumentOutOfRangeException(nameof(letter)),
        };
        return Minute(minute, state, why, weight, regions) with { Maintenance = letter == 'M' };
    }

    public static TrackedMinute Minute(
        MinuteStamp minute,
        ServerState state,
        Why why = Why.None,
        int weight = 1,
        int regions = 3
    ) =>
        new()
        {
            Server = Server,
            Minute = minute,
            Weight = weight,
            Maintenance = false,
            State = state,
            Why = why,
            FailedAt = null,
            Access = state is ServerState.Live or ServerState.Degraded ? Access.Open : Access.Unknown,
            Tries = state == ServerState.Unknown ? 0 : regions,
            FailedTries = state is ServerState.Down ? regions : 0,
            Regions = [.. Regions.Take(regions).Select(region => (region, state))],
        };

    /// <summary>Applies minutes one after the other to a server that was live before, unless told.</summary>
    public static (Standing Standing, IReadOnlyList<StatusChange> Changes) Live(
        IEnumerable<TrackedMinute> minutes,
        TrackerSettings? settings = null,
        Standing? from = null
    )
    {
        var standing = from ?? Armed;
        var changes = new List<StatusChange>();
        foreach (var minute in minutes)
        {
            var tracked = StateTracker.Next(standing, minute, settings ?? TrackerSettings.Default);
            standing = tracked.Standing;
            changes.AddRange(tracked.Changes);
        }

        return (standing, changes);
    }

    public static Standing Armed { get; } =
        StateTracker.Next(Standing.New, Minute('L', Noon - 1), TrackerSettings.Default).Standing;

    /// <summary>What happened, for example <c>outage opened at 2 since 1</c>; minutes from the first one on.</summary>
    public static IEnumerable<string> Told(IEnumerable<StatusChange> changes) =>
        changes.Select(change =>
            $"{change.Kind.Word()} {change.Act.ToString().ToLowerInvariant()} at {change.At - Noon}"
            + (change.EndedIn is { } ended ? $" ended {ended - Noon}" : $" since {change.StartedIn - Noon}")
        );
}
