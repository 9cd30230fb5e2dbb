using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Drain;

/// <summary>A row of hot minutes: what is asked for often in narrow columns, everything else packed as it was sealed.</summary>
internal sealed record VerdictRow(SealedMinute Source, ServerKey Server, KeptMinute Kept)
{
    /// <summary>The contract that its regions agree on, as its column holds it; null when there is none.</summary>
    public long? Mark { get; private init; }

    /// <summary>Where its server belongs.</summary>
    public Shard Shard => Shard.Of(Server.Server);

    /// <summary>Orders rows as their key does.</summary>
    public long Place => ((long)Kept.Minute.Value << 32) | (uint)Server.Server.Value;

    /// <summary>A stamp further back than this was never sealed lately: the hash of a minute lives a day.</summary>
    public const int MinutesBack = 7 * 1440;

    /// <summary>Nor is a minute sealed before it was. A day, so that a clock that is off costs no minute.</summary>
    private const int MinutesAhead = 1440;

    /// <summary>Reads what was sealed.</summary>
    /// <exception cref="FormatException">It is not a verdict, or not the one that the log names.</exception>
    public static VerdictRow Read(SealedMinute source, DateTimeOffset now)
    {
        var verdict = new VerdictSkim(source.Packed is { } packed ? packed.Span : default);
        var plan = verdict.Plan;
        if (source.Named != (plan.Server.Server, plan.Minute))
        {
            throw new FormatException($"The log names {source.Member}, the verdict is of {plan.Server} {plan.Minute}.");
        }

        var age = MinuteStamp.Of(now) - plan.Minute;
        if (age is > MinutesBack or < -MinutesAhead)
        {
            throw new FormatException($"The minute {plan.Minute} is too far from now.");
        }

        RefusePlan(plan);
        var kept = KeptMinute.Of(ref verdict, out var agreed);
        return new VerdictRow(source, plan.Server, kept) { Mark = unchecked((long?)agreed) };
    }

    private static void RefusePlan(PlanFacts plan)
    {
        if (plan.Weight is < 1 or > 60)
        {
            throw new FormatException($"A minute stands for 1 to 60 minutes, not for {plan.Weight}.");
        }

        if (!Enum.IsDefined(plan.Retention))
        {
            throw new FormatException($"There is no retention class {(int)plan.Retention}.");
        }
    }
}
