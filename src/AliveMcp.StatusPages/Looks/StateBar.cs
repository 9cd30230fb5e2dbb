using System.Globalization;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Looks;

/// <summary>A bar of a history strip. Its shape tells the state, too: full, full with a thin or a thick line beneath, or a low stub.</summary>
internal static class StateBar
{
    /// <summary>The room beneath a bar that its mark may take.</summary>
    public const int Beneath = 7;

    private const int Gap = 3;

    /// <summary>SVG path data of one bar whose foot stands at <paramref name="height"/>.</summary>
    public static string Path(ServerState state, int x, int width, int height) =>
        state switch
        {
            ServerState.Live => Box(x, 0, width, height),
            ServerState.Degraded => Box(x, 0, width, height) + Box(x, height + Gap, width, 2),
            ServerState.Down => Box(x, 0, width, height) + Box(x, height + Gap, width, Beneath - Gap),
            _ => Box(x, height * 3 / 4, width, height / 4),
        };

    /// <param name="state">Gives the colour.</param>
    /// <param name="isDented">A shade lighter.</param>
    public static string Class(ServerState state, bool isDented = false) =>
        isDented ? $"s-{StateWords.Word(state)} dented" : $"s-{StateWords.Word(state)}";

    private static string Box(int x, int y, int width, int height) =>
        string.Create(CultureInfo.InvariantCulture, $"M{x} {y}h{width}v{height}h-{width}z");
}
