using AliveMcp.Alerting.Changes;
using AliveMcp.Servers.Alerts;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.SelfTest;

/// <summary>The server that is not there: number 0 of the install itself. It fails and comes back so that alerts have something to tell.</summary>
internal static class MadeUpServer
{
    public static ServerKey Key { get; } = new(TenantId.Install, new ServerId(0));

    private static readonly TrackerSettings Settings = new() { Confirm = (2, 2), Recover = 1 };

    public static AlertedServer Facts { get; } =
        new()
        {
            Key = Key,
            Slug = "self-test",
            PublicSlug = null,
            Name = "Self-test",
            Url = "",
            Tags = [],
            Cadence = 1,
            IsPaused = false,
            Alerts = AlertSettings.Usual,
        };

    /// <summary>What the tracker says of a server that was live and is down now and a minute before.</summary>
    public static Tracked Fails(MinuteStamp now) =>
        Live(Standing.New, now - 2, ServerState.Live, ServerState.Down, ServerState.Down);

    /// <summary>What it says when a failure that was confirmed then is over now.</summary>
    public static Tracked ComesBack(MinuteStamp confirmedIn, MinuteStamp now) =>
        Live(Fails(confirmedIn).Standing, now, ServerState.Live);

    private static Tracked Live(Standing standing, MinuteStamp from, params ReadOnlySpan<ServerState> states)
    {
        var tracked = new Tracked(standing, []);
        for (var place = 0; place < states.Length; place++)
        {
            tracked = StateTracker.Next(tracked.Standing, Minute(from + place, states[place]), Settings);
        }

        return tracked;
    }

    private static TrackedMinute Minute(MinuteStamp minute, ServerState state) =>
        new()
        {
            Server = Key,
            Minute = minute,
            Weight = 1,
            Maintenance = false,
            State = state,
            Why = state == ServerState.Live ? Why.None : Why.ConnectionRefused,
            FailedAt = null,
            Access = Access.Open,
            Tries = 1,
            FailedTries = 0,
            Regions = [],
        };
}
