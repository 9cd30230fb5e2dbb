using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AliveMcp.Hosting.Logs;

/// <summary>One line an entry: time, level, category's last word, message. What could steer a terminal is shown, not sent.</summary>
internal sealed class PlainFormatter(TimeProvider? time = null) : ConsoleFormatter(Word)
{
    public const string Word = "plain";

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var line = new StringBuilder()
            .Append(_time.GetUtcNow().ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture))
            .Append(LevelOf(logEntry.LogLevel))
            .Append(' ')
            .Append(logEntry.Category.AsSpan(logEntry.Category.LastIndexOf('.') + 1))
            .Append(": ")
            .Append(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
        {
            line.Append(" | ").Append(exception);
        }

        textWriter.WriteLine(OneLine(line.ToString()));
    }

    private static string LevelOf(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };

    /// <summary>Line ends become <c> | </c>; control and direction characters become their code point.</summary>
    private static string OneLine(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings(" | ").EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format)
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
            else
            {
                safe.Append(rune);
            }
        }

        return safe.ToString();
    }
}
