using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Alerting.Changes;

/// <summary>What the tracker is told of one sealed minute.</summary>
internal sealed record TrackedMinute
{
    public required ServerKey Server { get; init; }

    public required MinuteStamp Minute { get; init; }

    /// <summary>How many minutes it stands for.</summary>
    public required int Weight { get; init; }

    public required bool Maintenance { get; init; }

    public required ServerState State { get; init; }

    public required Why Why { get; init; }

    public required ProbeStep? FailedAt { get; init; }

    public required Access Access { get; init; }

    /// <summary>First tries that were made, and those of them that were not live.</summary>
    public required int Tries { get; init; }

    public required int FailedTries { get; init; }

    /// <summary>Every planned region; one that was silent is unknown.</summary>
    public required IReadOnlyList<(Region Region, ServerState State)> Regions { get; init; }

    public MinuteStamp End => Minute + Weight;

    /// <summary>Counts towards an outage: down, or one region alone looked and failed.</summary>
    public bool IsOut => State == ServerState.Down || (State == ServerState.Degraded && Why == Why.Unconfirmed);

    public bool IsKnown => State != ServerState.Unknown;

    /// <summary>An agent somewhere got something.</summary>
    public bool IsSuccess => State == ServerState.Live || (State == ServerState.Degraded && !IsOut);

    public static TrackedMinute Of(VerdictMinute verdict)
    {
        var states = verdict.Entries.ToDictionary(entry => entry.Region, entry => entry.State);
        var looks = verdict.Entries.Where(entry => entry.State != ServerState.Unknown).ToList();
        return new TrackedMinute
        {
            Server = verdict.Server,
            Minute = verdict.Minute,
            Weight = verdict.Plan.Weight,
            Maintenance = verdict.Plan.Maintenance,
            State = verdict.State,
            Why = verdict.Why,
            FailedAt = verdict.FailedAt,
            Access = verdict.Access,
            Tries = looks.Count,
            FailedTries = looks.Count(entry => entry.FirstTryFailed),
            Regions = [.. verdict.Plan.Regions.Select(region => (region, states.GetValueOrDefault(region)))],
        };
    }
}
