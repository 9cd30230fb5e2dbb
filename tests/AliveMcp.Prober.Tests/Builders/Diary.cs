using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using AliveMcp.Prober.Supervisor;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.Tests.Builders;

/// <summary>Keeps what the book of cells says.</summary>
internal sealed partial class Diary : ILogger<CellBook>
{
    public ConcurrentQueue<(LogLevel Level, string Line)> Lines { get; } = new();

    /// <summary>Which cells began for whom, in their order.</summary>
    public IReadOnlyList<(int Pid, string Owner)> Begun => BegunIn(Lines.Select(line => line.Line));

    /// <summary>How cells ended, in that order.</summary>
    public IReadOnlyList<string> Ends =>
        [
            .. Lines
                .Select(line => EndLine().Match(line.Line))
                .Where(match => match.Success && match.Groups["end"].Value != "runs")
                .Select(match => match.Groups["end"].Value),
        ];

    public static IReadOnlyList<(int Pid, string Owner)> BegunIn(IEnumerable<string> lines) =>
        [
            .. lines
                .Select(line => BeginLine().Match(line))
                .Where(match => match.Success)
                .Select(match =>
                    (
                        int.Parse(match.Groups["pid"].ValueSpan, CultureInfo.InvariantCulture),
                        match.Groups["owner"].Value
                    )
                ),
        ];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Lines.Enqueue((logLevel, formatter(state, exception)));

    [GeneratedRegex(@"Cell (?<pid>\d+) begins: (?<owner>.+)$")]
    private static partial Regex BeginLine();

    [GeneratedRegex("Cell row: .*End (?<end>[a-z_]+),")]
    private static partial Regex EndLine();
}
