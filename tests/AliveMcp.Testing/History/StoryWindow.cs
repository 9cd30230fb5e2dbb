using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.History;

/// <summary>What must be read of a window of a server's story, in minutes. Counted from the story alone, not by the product's code.</summary>
public sealed record StoryWindow
{
    /// <summary>Verdict-minutes that were kept.</summary>
    public int Rows { get; init; }

    public int Live { get; init; }

    public int Degraded { get; init; }

    public int Down { get; init; }

    /// <summary>Sealed as unknown.</summary>
    public int SealedUnknown { get; init; }

    /// <summary>Planned, whatever was seen.</summary>
    public int Maintenance { get; init; }

    /// <summary>Minutes in which it was watched.</summary>
    public int Expected { get; init; }

    /// <summary>Minutes that count for uptime.</summary>
    public int Counted => Live + Degraded + Down;

    /// <summary>Expected minus present; what was sealed as unknown at least.</summary>
    public int Unknown => Math.Max(SealedUnknown, Expected - Counted - Maintenance);

    /// <summary>Percent, two decimals, rounded down; null when nothing counts.</summary>
    public decimal? Uptime => Counted == 0 ? null : Math.Floor((Live + Degraded) * 10_000m / Counted) / 100m;

    /// <summary>What the bar of a day shows: the worst of at least five minutes, else the largest; null when nothing is known.</summary>
    public ServerState? Shown =>
        Counted == 0 ? null
        : Down >= 5 ? ServerState.Down
        : Degraded >= 5 ? ServerState.Degraded
        : Live >= 5 ? ServerState.Live
        : Largest;

    private ServerState Largest
    {
        get
        {
            var most = Math.Max(Math.Max(Down, Degraded), Math.Max(Live, Unknown));
            return Down == most ? ServerState.Down
                : Degraded == most ? ServerState.Degraded
                : Live == most ? ServerState.Live
                : ServerState.Unknown;
        }
    }

    internal static StoryWindow Of(ServerStory story, MinuteStamp from, MinuteStamp to)
    {
        var window = new StoryWindow();
        foreach (var run in story.Runs)
        {
            var calm = run.In(from, to);
            if (calm == 0)
            {
                continue;
            }

            foreach (var spell in story.SpellsIn(from, to))
            {
                var hit = run.In(Later(spell.From, from), Earlier(spell.To, to));
                calm -= hit;
                window = window.With(spell, hit, run.Weight);
            }

            window = window with { Rows = window.Rows + calm, Live = window.Live + (calm * run.Weight) };
        }

        var end = Earlier(to, story.Shape.Until);
        return window with { Expected = story.Watched.Sum(span => Overlap(span, from, end)) };
    }

    private StoryWindow With(Spell spell, int rows, int weight)
    {
        var minutes = rows * weight;
        var counted = this with { Rows = Rows + rows };
        return (spell.Kind, spell.Maintenance) switch
        {
            (SpellKind.Lost, _) => this,
            (_, true) => counted with { Maintenance = Maintenance + minutes },
            (SpellKind.Well, _) => counted with { Live = Live + minutes },
            (SpellKind.Slow or SpellKind.Regional, _) => counted with { Degraded = Degraded + minutes },
            (SpellKind.Down, _) => counted with { Down = Down + minutes },
            _ => counted with { SealedUnknown = SealedUnknown + minutes },
        };
    }

    private static int Overlap(WatchedSpan span, MinuteStamp from, MinuteStamp to) =>
        Math.Max(0, Earlier(span.To ?? to, to) - Later(span.From, from));

    private static MinuteStamp Earlier(MinuteStamp one, MinuteStamp other) => one < other ? one : other;

    private static MinuteStamp Later(MinuteStamp one, MinuteStamp other) => one > other ? one : other;
}
