using AliveMcp.Vocabulary;
using Spectre.Console;

namespace AliveMcp.Cli.Apply;

/// <summary>Shows what applying comes to: a line for each server that is touched, then a sentence.</summary>
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
    }

    /// <summary>What was done, as one sentence.</summary>
    public static string Sentence(ApplyAnswer answer)
    {
        (int Count, string Word)[] counts =
        [
            (answer.Created.Count, "created"),
            (answer.Changed.Count, "changed"),
            (answer.Resumed.Count, "resumed"),
            (answer.Paused.Count, "paused"),
            (answer.Erased.Count, "erased"),
            (answer.Unchanged.Count, "unchanged"),
        ];
        return string.Join(", ", counts.Where(count => count.Count > 0).Select(count => $"{count.Count} {count.Word}"));
    }

    private static void Line(IAnsiConsole console, string sign, string act, string slug, Color color, string note = "")
    {
        var text = $"{sign} {act, -6}  {SafeText.Of(slug, 63)}";
        console.Write(new Text(text, new Style(color)));
        if (note.Length > 0)
        {
            console.Write(new Text("  " + SafeText.Of(note)));
        }

        console.WriteLine();
    }
}
