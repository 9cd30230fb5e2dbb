namespace AliveMcp.Cli;

/// <summary>It cannot go on: the lines to tell and the exit code.</summary>
internal sealed class CallFailedException(int exitCode, params IReadOnlyList<string> lines)
    : Exception(string.Join(Environment.NewLine, lines))
{
    public int ExitCode => exitCode;

    public IReadOnlyList<string> Lines => lines;
}
