using System.Text;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Apply;

/// <summary>What the command reads before it calls anybody: the servers file.</summary>
internal static class ApplyInput
{
    private const long LargestFile = 8 * 1024 * 1024;

    /// <exception cref="CallFailedException">The file cannot be read.</exception>
    public static async Task<string> FileAsync(string path, Terminal terminal, CancellationToken cancellationToken)
    {
        if (path == "-")
        {
            return await terminal.In.ReadToEndAsync(cancellationToken);
        }

        try
        {
            return new FileInfo(path).Length <= LargestFile
                ? await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken)
                : throw new CallFailedException(ExitCodes.Refused, $"{SafeText.Of(path)} is far too large.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CallFailedException(
                ExitCodes.NoInput,
                $"The servers file cannot be read: {SafeText.Of(fault.Message)}"
            );
        }
    }
}
