using AliveMcp.StatusPages.Answers;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Looks;

/// <summary>The icon in the browser's tab; a server's page shows the server's state in it.</summary>
internal static class FavIcon
{
    private static readonly Answer[] ByState =
    [
        .. Enum.GetValues<ServerState>().Select(state => Answer.Of(AnswerKind.Icon, Draw(state))),
    ];

    public static Answer Brand { get; } = Answer.Of(AnswerKind.Icon, Assets.Read("favicon.svg"));

    public static Answer Of(ServerState state) => ByState[(int)state];

    public static string Path(ServerState state) => $"/favicon-{StateWords.Word(state)}.svg";

    private static string Draw(ServerState state) =>
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><path fill="{StateWords.Of(state).Color}" d="{StateShapes.Frame(state)}"/><path d="{StateShapes.Mark(state)}" transform="translate({(state == ServerState.Degraded ? "5 6.6" : "4 4")}){(state == ServerState.Degraded ? "" : " scale(1.2)")}" fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>""";
}
