using AliveMcp.Alerting.Kinds;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Changes;

/// <summary>
/// Minutes in, confirmed changes out. Pure and total: the same minutes in their order give the same changes, in whatever batches they come,
/// and a minute that was applied before changes nothing.
/// </summary>
internal static class StateTracker
{
    /// <summary>Minutes after which a server that was never live is told of.</summary>
    public const int NeverLiveAfter = 10;

    /// <summary>Minutes after which another answer at the door is the normal one.</summary>
    private const int AcceptedAfter = 1440;

    /// <summary>A live minute of a calm server that says nothing new: <see cref="Next"/> would give its standing back as it is.</summary>
    public static bool IsPlain(Standing standing, MinuteSkim minute) =>
        standing.IsCalm
        && (
            minute.Maintenance
            || (
                minute is { State: ServerState.Live, HasFailedTry: false }
                && (minute.Access == standing.Access || minute.Access == Access.Unknown)
            )
        );

    /// <summary>The standing after one more minute. Minutes come in their order; one that comes too late is left out.</summary>
    public static Tracked Next(Standing standing, TrackedMinute minute, TrackerSettings settings)
    {
        if (minute.Minute.Value <= standing.Last)
        {
            return new Tracked(standing, []);
        }

        var before = standing;
        standing = Count(standing, minute);
        if (minute.Maintenance)
        {
            return new Tracked(standing, []);
        }

        var changes = new List<StatusChange>();
        foreach (var rule in before.IsArmed || standing.IsArmed ? KindRules.Armed : KindRules.Unarmed)
        {
            standing = Apply(rule, standing, minute, settings, changes);
        }

        standing = Overtake(standing, minute, settings, changes);
        standing = AccessAfter(standing, minute, settings, changes);
        return new Tracked(standing, changes, minute.IsOut && IsFirstBad(before, standing));
    }

    /// <summary>There was no minute at all for too long: we do not see it.</summary>
    /// <param name="standing">Of the server.</param>
    /// <param name="server">The server.</param>
    /// <param name="since">The first minute that is missing.</param>
    /// <param name="now">The minute that it is.</param>
    /// <param name="settings">Its owner's.</param>
    public static Tracked Silence(
        Standing standing,
        ServerKey server,
        MinuteStamp since,
        MinuteStamp now,
        TrackerSettings settings
    )
    {
        if (!standing.IsArmed || standing.IsOpen(AlertKind.Blind) || settings.Off.Contains(AlertKind.Blind))
        {
            return new Tracked(standing, []);
        }

        var trouble = new Trouble
        {
            StartedIn = since.Value,
            ConfirmedIn = now.Value,
            Reason = Why.NobodyLooked,
        };
        return new Tracked(
            standing.With(AlertKind.Blind, new Run { Open = trouble }),
            [Change(AlertKind.Blind, ChangeAct.Opened, trouble, server, now, settings)]
        );
    }

    /// <summary>Nobody looks at it any more: what is open ends.</summary>
    public static Tracked Unwatch(Standing standing, ServerKey server, MinuteStamp now, TrackerSettings settings)
    {
        var changes = standing
            .Runs.Where(run => run.Value.Open is not null)
            .OrderBy(run => run.Key)
            .Select(run =>
                Change(run.Key, ChangeAct.Unwatched, run.Value.Open!, server, now, settings) with
                {
                    EndedIn = now,
                }
            )
            .ToList();
        return new Tracked(
            standing with
            {
                Runs = Standing.New.Runs,
                Turns = [],
                Failed = [],
                UnknownSince = null,
            },
            changes
        );
    }

    private static Standing Count(Standing standing, TrackedMinute minute)
    {
        var now = minute.Minute.Value;
        return standing with
        {
            Last = now,
            First = standing.First ?? now,
            IsArmed = standing.IsArmed || (minute.IsSuccess && !minute.Maintenance),
            UnknownSince = minute.IsKnown || minute.Maintenance ? null : standing.UnknownSince ?? now,
            Failed = minute.Maintenance ? standing.Failed : ErrorRate.Count(standing, minute),
        };
    }

    private static Standing Apply(
        KindRule rule,
        Standing standing,
        TrackedMinute minute,
        TrackerSettings settings,
        List<StatusChange> changes
    )
    {
        var before = standing.Of(rule.Kind);
        if (before.Open is null && settings.Off.Contains(rule.Kind))
        {
            return standing.With(rule.Kind, before.IsCalm ? before : Run.Calm);
        }

        var bearing = rule.Judge(minute, standing);
        var confirmation = rule.Confirm(minute, settings);
        var after = before.Next(minute, bearing, confirmation);
        if (rule.Kind == AlertKind.Outage)
        {
            (after, var turns) = Flapping.Next(before, after, standing.Turns, minute, bearing);
            standing = ReferenceEquals(turns, standing.Turns) ? standing : standing with { Turns = turns };
        }

        if (ActOf(before.Open, after.Open) is { } act)
        {
            changes.Add(
                Change(rule.Kind, act, after.Open ?? before.Open!, minute, settings) with
                {
                    Looks = Math.Max(1, minute.Tries) * confirmation.Bad,
                    EndedIn = after.Open is null
                        ? new MinuteStamp(before.Open!.GoodSince ?? minute.Minute.Value)
                        : null,
                }
            );
        }

        return standing.With(rule.Kind, after);
    }

    private static ChangeAct? ActOf(Trouble? before, Trouble? after) =>
        (before, after) switch
        {
            (null, null) => null,
            (null, _) => ChangeAct.Opened,
            (_, null) => ChangeAct.Closed,
            ({ IsFlapping: false }, { IsFlapping: true }) => ChangeAct.Flapping,
            ({ IsFlapping: true }, { IsFlapping: false }) => ChangeAct.Steady,
            _ => null,
        };

    /// <summary>An outage is more than what led to it: the lesser incidents end where it opens.</summary>
    private static Standing Overtake(
        Standing standing,
        TrackedMinute minute,
        TrackerSettings settings,
        List<StatusChange> changes
    )
    {
        if (!standing.IsOpen(AlertKind.Outage))
        {
            return standing;
        }

        foreach (var kind in (AlertKind[])[AlertKind.Degraded, AlertKind.Regional])
        {
            if (standing.Of(kind).Open is { } open)
            {
                changes.Add(Change(kind, ChangeAct.Overtaken, open, minute, settings) with { EndedIn = minute.Minute });
            }

            standing = standing.With(kind, standing.Of(kind).IsCalm ? standing.Of(kind) : Run.Calm);
        }

        return standing;
    }

    private static Standing AccessAfter(
        Standing standing,
        TrackedMinute minute,
        TrackerSettings settings,
        List<StatusChange> changes
    )
    {
        if (standing.Of(AlertKind.AccessChanged).Open is { } open)
        {
            if (minute.Minute.Value - open.ConfirmedIn < AcceptedAfter)
            {
                return standing;
            }

            changes.Add(
                Change(AlertKind.AccessChanged, ChangeAct.Accepted, open, minute, settings) with
                {
                    EndedIn = minute.Minute,
                }
            );
            return standing.With(AlertKind.AccessChanged, Run.Calm) with { Access = Access.Protected };
        }

        // What opens is believed at once; that a door is shut has to be confirmed.
        var mayShut = settings.Off.Contains(AlertKind.AccessChanged);
        return
            minute.Access == Access.Unknown
            || minute.Access == standing.Access
            || (standing.Access == Access.Open && !mayShut)
            ? standing
            : standing with
            {
                Access = minute.Access,
            };
    }

    private static bool IsFirstBad(Standing before, Standing after) =>
        before is { IsArmed: true } && before.Of(AlertKind.Outage).IsCalm && !after.Of(AlertKind.Outage).IsCalm;

    private static StatusChange Change(
        AlertKind kind,
        ChangeAct act,
        Trouble trouble,
        TrackedMinute minute,
        TrackerSettings settings
    ) => Change(kind, act, trouble, minute.Server, minute.Minute, settings) with { Minute = minute };

    private static StatusChange Change(
        AlertKind kind,
        ChangeAct act,
        Trouble trouble,
        ServerKey server,
        MinuteStamp at,
        TrackerSettings settings
    ) =>
        new()
        {
            Server = server,
            Kind = kind,
            Act = act,
            Severity = SeverityTable.Of(kind, settings),
            StartedIn = new MinuteStamp(trouble.StartedIn),
            ConfirmedIn = new MinuteStamp(trouble.ConfirmedIn),
            At = at,
            Reason = trouble.Reason,
            IsFlapping = trouble.IsFlapping,
        };
}
