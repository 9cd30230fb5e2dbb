using System.CommandLine;
using System.CommandLine.Parsing;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Install;

/// <summary>Where a running install is and where its token stands: the two options of every command that asks one.</summary>
internal static class InstallPlace
{
    /// <summary>Where the install answers, without path.</summary>
    public static Option<Uri> Url() =>
        new("--url")
        {
            Description = "Where the install answers.",
            HelpName = "URL",
            DefaultValueFactory = _ => Listening() ?? new Uri("http://127.0.0.1:8080"),
            CustomParser = ParseUrl,
        };

    /// <summary>The file that the install's first start wrote.</summary>
    public static Option<string> TokenFile() =>
        new("--token-file")
        {
            Description = "Where the install's token stands.",
            HelpName = "FILE",
            DefaultValueFactory = _ => Path.Combine(Run(), "api-key"),
        };

    /// <exception cref="CallFailedException">There is no token to be had.</exception>
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

        throw new CallFailedException(
            ExitCodes.NoPermission,
            $"There is no token in {SafeText.Of(path)}: {SafeText.Of(token?.Length > 0 ? "what stands there is none" : why)}.",
            "The first start of AliveMCP writes it. Run this in the folder where AliveMCP was started, or name the file with --token-file."
        );
    }

    /// <summary>The same folder that <c>up</c> uses: <c>ALIVEMCP_HOME</c>, else the current directory's.</summary>
    private static string Run() =>
        Path.Combine(
            Environment.GetEnvironmentVariable("ALIVEMCP_HOME") is { Length: > 0 } home ? home : ".alivemcp",
            "run"
        );

    /// <summary>Where the install of that folder said it listens, so that its token goes to nobody else; null when none runs there.</summary>
    private static Uri? Listening()
    {
        try
        {
            var words = File.ReadAllText(Path.Combine(Run(), "ready")).Split(' ', 2);
            return words.Length == 2 && Uri.TryCreate(words[1].Trim(), UriKind.Absolute, out var url) ? url : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsTokenLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';

    private static Uri? ParseUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            result.AddError(
                $"--url is '{SafeText.Of(text, 200)}': give an address, for example http://127.0.0.1:8080."
            );
            return null;
        }

        if (url.Scheme == "http" && !url.IsLoopback)
        {
            result.AddError(
                $"--url is '{SafeText.Of(text, 200)}': the token is not sent over plain http to another machine; give an https address."
            );
            return null;
        }

        return url;
    }
}
