namespace AliveMcp.Vocabulary;

/// <summary>The one table of how a state is spelled, named and coloured, in JSON, pages, badges and terminals alike.</summary>
public static class StateWords
{
    /// <summary>One row: the machine word, the words for people, the badge's colour and a mark that tells the state without colour.</summary>
    public sealed record Row(string Word, string Label, string Color, string Mark);

    private static readonly Row[] Rows =
    [
        new("unknown", "Unknown", "#6e7781", "?"),
        new("live", "Live", "#1a7f37", "✓"),
        new("degraded", "Degraded", "#9a6700", "!"),
        new("down", "Down", "#cf222e", "✕"),
    ];

    public static Row Of(ServerState state) => Rows[(int)state];

    /// <summary>The machine word, for example <c>live</c>.</summary>
    public static string Word(ServerState state) => Of(state).Word;

    /// <summary>The words for people, for example <c>Live</c>.</summary>
    public static string Label(ServerState state) => Of(state).Label;

    public static bool TryParse(string? word, out ServerState state)
    {
        var index = Array.FindIndex(Rows, row => row.Word == word);
        state = index < 0 ? ServerState.Unknown : (ServerState)index;
        return index >= 0;
    }
}
