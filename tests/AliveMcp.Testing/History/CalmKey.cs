using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Testing.History;

/// <summary>What undisturbed hours have in common that look alike.</summary>
/// <param name="Style">Who looks.</param>
/// <param name="Pace">How quick the server is.</param>
/// <param name="Weight">The cadence.</param>
/// <param name="Turn">Where in its cadence the server's turn is.</param>
/// <param name="Pattern">Which noise.</param>
/// <param name="List">Which list of tools it shows.</param>
/// <param name="Hour">Of the day; 0 of a whole day.</param>
internal readonly record struct CalmKey(
    LookStyle Style,
    int Pace,
    int Weight,
    int Turn,
    int Pattern,
    int List,
    int Hour
)
{
    public static CalmKey Of(ServerStory story, MinuteStamp from, int weight) =>
        new(
            story.Traits.Style,
            story.Traits.Pace,
            weight,
            story.Server.Server.Value % weight,
            StoryLook.Pattern(story.Server.Server, from),
            from >= story.Traits.ContractChanged ? 1 : 0,
            0
        );

    /// <summary>The planned minutes of such an hour, on the first of all days.</summary>
    public IEnumerable<MinuteStamp> Minutes()
    {
        var (first, weight, turn) = (Hour * 60, Weight, Turn);
        return Enumerable
            .Range(first, 60)
            .Where(minute => (minute + turn) % weight == 0)
            .Select(minute => new MinuteStamp(minute));
    }

    /// <summary>What is seen in one of them.</summary>
    public VerdictMinute Look(MinuteStamp minute) =>
        StoryLook.Seen(
            new ServerKey(TenantId.Local, new ServerId(1)),
            new ServerTraits(Style, Pace, RetentionClass.Days7, default),
            new Moment(minute, Weight, Pattern, List),
            spell: null
        );
}
