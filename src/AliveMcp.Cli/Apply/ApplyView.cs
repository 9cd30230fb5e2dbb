using AliveMcp.Vocabulary;
using Spectre.Console;

namespace AliveMcp.Cli.Apply;

/// <summary>Shows what applying comes to: a line for each thing that is touched, then a sentence.</summary>
internal static class ApplyView
{
    /// <summary>The diff, before anything is done.</summary>
    public static void Show(ApplyAnswer answer, IAnsiConsole console)
    {
        foreach (var slug in answer.Created)
        {
            Line(console, "+", "create", slug, Color.Green);
        }

        foreach (var slug in answer.Changed)
        {
            var fields = answer.Fields.TryGetValue(slug, out var changed) ? string.Join(", ", changed) : "";
            Line(console, "~", "change", slug, Color.Yellow, fields);
        }

        foreach (var slug in answer.Resumed)
        {
            Line(console, ">", "resume", slug, Color.Green);
        }

        foreach (var slug in answer.Paused)
        {
            Line(console, "-", "pause", slug, Color.Yellow, "left the file; history stays");
        }

        foreach (var slug in answer.Erased)
        {
            Line(console, "x", "erase", slug, Color.Red, "with all its history");
        }

        foreach (var (key, part) in answer.Parts)
        {
            Show(key.TrimEnd('s'), part, console);
        }
    }

    private static void Show(string what, PartAnswer part, IAnsiConsole console)
    {
        foreach (var name in part.Created)
        {
            Line(
                console,
                "+",
                "create",
                Named(name),
                Color.Green,
                what == "sink" ? "unproven until it is verified" : ""
            );
        }

        foreach (var name in part.Changed)
        {
            var fields = part.Fields.TryGetValue(name, out var changed) ? string.Join(", ", changed) : "";
            Line(console, "~", "change", Named(name), Color.Yellow, fields);
        }

        foreach (var name in part.Paused)
        {
            Line(console, "-", "pause", Named(name), Color.Yellow, "left the file; --prune removes it");
        }

        foreach (var name in part.Removed)
        {
            Line(console, "x", "remove", Named(name), Color.Red);
        }

        foreach (var name in part.Kept)
        {
            Line(console, " ", "stays", Named(name), Color.Default, "left the file; --prune removes it");
        }

        string Named(string name) => $"{what} {SafeText.Of(name, 120)}";
    }

    /// <summary>What was done, as one sentence.</summary>
    public static string Sentence(ApplyAnswer answer)
    {
        (int Count, string Word)[] counts =
        [
            (answer.Created.Count + Sum(part => part.Created), "created"),
            (answer.Changed.Count + Sum(part => part.Changed), "changed"),
            (answer.Resumed.Count, "resumed"),
            (answer.Paused.Count + Sum(part => part.Paused), "paused"),
            (answer.Erased.Count, "erased"),
            (Sum(part => part.Removed), "removed"),
            (answer.Unchanged.Count + Sum(part => part.Unchanged), "unchanged"),
        ];
        return string.Join(", ", counts.Where(count => count.Count > 0).Select(count => $"{count.Count} {count.Word}"));

        int Sum(Func<PartAnswer, IReadOnlyList<string>> names) => answer.Parts.Values.Sum(part => names(part).Count);
    }

    private static void Line(IAnsiConsole console, string sign, string act, string slug, Color color, string note = "")
    {
        var text = $"{sign} {act, -6}  {SafeText.Of(slug, 130)}";
        console.Write(new Text(text, new Style(color)));
        if (note.Length > 0)
        {
            console.Write(new Text("  " + SafeText.Of(note)));
        }

        console.WriteLine();
    }
}
