using System.Text;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Apply;

/// <summary>What the command reads before it calls anybody: the servers file and the token.</summary>
internal static class ApplyInput
{
    private const long LargestFile = 8 * 1024 * 1024;

    /// <exception cref="ApplyFailedException">The file cannot be read.</exception>
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
                : throw new ApplyFailedException(ExitCodes.Refused, $"{SafeText.Of(path)} is far too large.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ApplyFailedException(
                ExitCodes.NoInput,
                $"The servers file cannot be read: {SafeText.Of(fault.Message)}"
            );
        }
    }

    /// <exception cref="ApplyFailedException">There is no token to be had.</exception>
    public static async Task<string> TokenAsync(string path, CancellationToken cancellationToken)
    {
        string? token = null;
        var why = "it is empty";
        try
        {
            token = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            why = fault.Message;
        }

        if (!string.IsNullOrEmpty(token) && token.All(IsTokenLetter))
        {
            return token;
        }

        throw new ApplyFailedException(
            ExitCodes.NoPermission,
            $"There is no token in {SafeText.Of(path)}: {SafeText.Of(token?.Length > 0 ? "what stands there is none" : why)}.",
            "The first start of AliveMCP writes it. Run this in the folder where AliveMCP was started, or name the file with --token-file."
        );
    }

    private static bool IsTokenLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
