using AliveMcp.Vocabulary;

namespace AliveMcp.Hosting.Start;

/// <summary>The program cannot start as things are. Everything that is wrong at once, each in a sentence for the person who starts it.</summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>What is wrong with the settings (exit code 78).</summary>
    public StartRefusedException(IReadOnlyList<Problem> problems)
        : base(string.Join('\n', problems.Select(problem => problem.Message)))
    {
        Problems = problems;
        ExitCode = Launch.BadSettings;
    }

    /// <summary>Something outside that the program needs is not to be had (exit code 69): a server, a port, a folder.</summary>
    public StartRefusedException(string message, Exception? cause = null)
        : base(message, cause)
    {
        Problems = [new Problem("unavailable", message)];
        ExitCode = Launch.Unavailable;
    }

    public IReadOnlyList<Problem> Problems { get; }

    public int ExitCode { get; }
}
