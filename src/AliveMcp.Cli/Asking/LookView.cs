using System.Globalization;
using AliveMcp.Cli.Probe;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Asking;

/// <summary>A live look as people read it: a line a step as it ends, then the verdict, in the words of <c>alivemcp probe</c>.</summary>
internal static class LookView
{
    public static async Task BeginAsync(Terminal terminal, LookAnswer look)
    {
        await terminal.Out.WriteLineAsync();
        await terminal.Out.WriteLineAsync($" {SafeText.Of(look.Slug, 80)}, from {SafeText.Of(look.Region, 40)}");
        await terminal.Out.WriteLineAsync();
    }

    public static Task StepAsync(Terminal terminal, LookLine step) =>
        terminal.Out.WriteLineAsync(
            $" {Mark(step)} {SafeText.Of(step.Step, 20), -12}{Durations.Show(TimeSpan.FromMilliseconds(step.TookMs)), 9}  {BytesOf(step), 8}  {Note(step)}".TrimEnd()
        );

    public static async Task EndAsync(Terminal terminal, LookAnswer look)
    {
        await terminal.Out.WriteLineAsync();
        if (look.Verdict is not { } verdict)
        {
            await terminal.Out.WriteLineAsync(" ? UNKNOWN  no prober brought this look to its end; ask again");
            return;
        }

        var attempt = verdict.ToAttempt();
        var row = StateWords.Of(attempt.State);
        var layer = verdict.FailureLayer is { } struck ? SafeText.Of(struck, 40) : null;
        await terminal.Out.WriteLineAsync(
            $" {row.Mark} {row.Label.ToUpperInvariant()}  {VerdictBlock.Headline(attempt, layer)}"
        );
        if (WhyWords.Sentence(attempt.Why) is { } sentence)
        {
            await terminal.Out.WriteLineAsync($"   {sentence}");
        }

        if (!string.IsNullOrEmpty(verdict.Detail))
        {
            await terminal.Out.WriteLineAsync($"   {SafeText.Of(verdict.Detail, 400)}");
        }
    }

    private static string Mark(LookLine step) =>
        step.Fault is not null ? StateWords.Of(ServerState.Down).Mark
        : step.HttpStatus is null or < 400 ? StateWords.Of(ServerState.Live).Mark
        : "·";

    private static string BytesOf(LookLine step) => step.Bytes is > 0 and var bytes ? Durations.ShowBytes(bytes) : "";

    private static string Note(LookLine step) =>
        step.Fault is { } fault ? $"no answer: {SafeText.Of(fault, 200)}"
        : step.HttpStatus is { } status ? string.Create(CultureInfo.InvariantCulture, $"HTTP {status}")
        : "";
}
