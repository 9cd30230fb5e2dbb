namespace AliveMcp.Vocabulary;

/// <summary>The one table of how a state is spelled, named and coloured, in JSON, pages, badges and terminals alike.</summary>
public static class StateWords
{
    /// <summary>One row: the machine word, the words for people, the colour on light ground and under white text, a mark that tells the state without colour, and the colour on dark ground.</summary>
    public sealed record Row(string Word, string Label, string Color, string Mark, string ColorOnDark);

    private static readonly Row[] Rows =
    [
        new("unknown", "Unknown", "#6e7781", "?", "#9aa4ae"),
        new("live", "Live", "#1a7f37", "✓", "#3fb950"),
        new("degraded", "Degraded", "#9a6700", "!", "#d9a32a"),
        new("down", "Down", "#cf222e", "✕", "#ff6a60"),
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
