using System.Diagnostics;

namespace AliveMcp.Host.Embedded.Children;

/// <summary>What to start and how to end it.</summary>
internal sealed record ChildOrder
{
    /// <summary>For logs and the name of the pid file: <c>postgres</c>, <c>redis</c>, <c>prober-local</c>, <c>demo</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Program and arguments, without the wrappers that make it die with us.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Added to our own environment; a null value removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Asks the program to end; after <see cref="Grace"/> it is killed.</summary>
    public int StopSignal { get; init; } = PosixSignals.Terminate;

    /// <summary>How long the program may take to end.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where its output goes; null forgets it.</summary>
    public string? LogFile { get; init; }

    /// <summary>Where its process id stands while it lives; null writes none.</summary>
    public string? PidFile { get; init; }

    /// <summary>Called with each line of its standard output.</summary>
    public Action<string>? Heard { get; init; }

    /// <summary>
    /// Own session, so that Ctrl-C in the terminal reaches us alone and we decide the order of ending; parent-death signal, so that
    /// <c>kill -9</c> of us leaves no orphan. Both exec, so the process id stays the same.
    /// </summary>
    public ProcessStartInfo ToStartInfo()
    {
        IReadOnlyList<string> words = Wrappers() is { } wrappers ? [.. wrappers, .. Command] : Command;
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private IReadOnlyList<string>? Wrappers()
    {
        const string session = "/usr/bin/setsid";
        const string privileges = "/usr/bin/setpriv";
        return OperatingSystem.IsLinux() && File.Exists(session) && File.Exists(privileges)
            ? [session, privileges, $"--pdeathsig={PosixSignals.NameOf(StopSignal)}", "--"]
            : null;
    }
}
