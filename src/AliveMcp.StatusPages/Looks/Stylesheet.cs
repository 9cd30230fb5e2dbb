using System.Text;
using AliveMcp.StatusPages.Answers;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Looks;

/// <summary>The assets of every page, each under a name that carries its hash: kept for ever by browsers, replaced at once by a new build.</summary>
internal static class Stylesheet
{
    private static readonly byte[] FontBytes = Assets.Read("inter.woff2");
    private static readonly byte[] ScriptBytes = Assets.Read("page.js");

    public static string FontPath { get; } = Assets.HashedPath("inter", "woff2", FontBytes);

    public static string ScriptPath { get; } = Assets.HashedPath("page", "js", ScriptBytes);

    private static readonly byte[] Css = Encoding.UTF8.GetBytes(
        string.Concat(
            $"@font-face{{font-family:Inter;src:url({FontPath}) format(\"woff2\");font-weight:100 900;font-display:swap}}\n",
            Colors(),
            Text("ground.css"),
            Text("marks.css"),
            Text("status.css"),
            Text("figures.css"),
            Text("narrow.css"),
            Text("news.css"),
            Text("subscribe.css"),
            Text("overview.css")
        )
    );

    public static string Path { get; } = Assets.HashedPath("site", "css", Css);

    /// <summary>Path and answer of every asset.</summary>
    public static IReadOnlyList<(string Path, Answer Answer)> All { get; } =
    [
        (Path, Answer.Of(AnswerKind.Stylesheet, Css)),
        (FontPath, Answer.Of(AnswerKind.Font, FontBytes)),
        (ScriptPath, Answer.Of(AnswerKind.Script, ScriptBytes)),
    ];

    /// <summary>The states' colours come from the one table of states.</summary>
    private static string Colors()
    {
        var light = States().Select(state => $"--{state.Word}:{state.Color}");
        var dark = States().Select(state => $"--{state.Word}:{state.ColorOnDark}");
        return $":root{{{string.Join(';', light)}}}\n@media(prefers-color-scheme:dark){{:root{{{string.Join(';', dark)}}}}}\n";
    }

    private static IEnumerable<StateWords.Row> States() => Enum.GetValues<ServerState>().Select(StateWords.Of);

    private static string Text(string file) => Encoding.UTF8.GetString(Assets.Read(file));
}
