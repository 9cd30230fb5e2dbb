using System.CommandLine;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Looking;

/// <summary>The ways to show a credential. Secrets stand in environment variables; a probe shows one credential.</summary>
internal static class CredentialFlags
{
    private static readonly Option<string> Bearer = Flags.Variable(
        "--bearer-env",
        "Environment variable with a bearer token."
    );

    private static readonly Option<string> Header = Flags.Text(
        "--header",
        "'K: V'",
        "A key in a header, for example 'X-API-Key: abc'. It stays in the shell's history: prefer --header-env.",
        text => TrySplit(text, ':', out _, out _) ? null : "give a name, a colon and a value, as in 'X-API-Key: abc'."
    );

    private static readonly Option<string> HeaderVariable = Flags.Text(
        "--header-env",
        "K=VAR",
        "A key in a header, its value in an environment variable, for example X-API-Key=MY_KEY.",
        text =>
            !TrySplit(text, '=', out _, out var variable) ? "give a header and a variable, as in X-API-Key=MY_KEY."
            : string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable))
                ? $"no environment variable '{Flags.Shown(variable)}' is set; export it first."
            : null
    );

    private static readonly Option<string> Basic = Flags.Variable(
        "--basic-env",
        "Environment variable with user:password for Basic."
    );

    private static readonly Option<Uri> TokenUrl = Flags.Url(
        "--oauth-token-url",
        "Token endpoint for OAuth client credentials."
    );

    private static readonly Option<string> ClientId = Flags.Text("--oauth-client-id", "ID", "The OAuth client.");

    private static readonly Option<string> ClientSecret = Flags.Variable(
        "--oauth-secret-env",
        "Environment variable with the OAuth client's secret."
    );

    private static readonly Option<string> Scope = Flags.Text(
        "--oauth-scope",
        "SCOPES",
        "Scopes to ask for, separated by spaces."
    );

    public static void AddTo(Command command)
    {
        foreach (
            var option in (Option[])[Bearer, HeaderVariable, Header, Basic, TokenUrl, ClientId, ClientSecret, Scope]
        )
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            var given = ((Option[])[Bearer, HeaderVariable, Header, Basic, TokenUrl])
                .Where(option => result.GetResult(option) is { Implicit: false })
                .ToList();
            if (given.Count > 1)
            {
                result.AddError(
                    $"{given[0].Name} and {given[1].Name} are two credentials: a server is shown one, give one."
                );
            }

            var parts = ((Option[])[TokenUrl, ClientId, ClientSecret]).ToList();
            var missing = parts.Find(option => result.GetResult(option) is null);
            var named = parts.Append(Scope).FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
            if (missing is not null && named is not null)
            {
                result.AddError(
                    $"{named.Name} lacks {missing.Name}: OAuth needs --oauth-token-url, --oauth-client-id and --oauth-secret-env."
                );
            }
        });
    }

    /// <summary>The credential; null looks as a stranger.</summary>
    public static ProbeCredential? Read(ParseResult parsed)
    {
        if (parsed.GetValue(Bearer) is { } bearer)
        {
            return Of(CredentialKind.Bearer, Value(bearer));
        }

        if (parsed.GetValue(HeaderVariable) is { } named && TrySplit(named, '=', out var name, out var variable))
        {
            return Of(CredentialKind.Header, Value(variable)) with { HeaderName = name };
        }

        if (parsed.GetValue(Header) is { } header && TrySplit(header, ':', out name, out var key))
        {
            return Of(CredentialKind.Header, key) with { HeaderName = name };
        }

        if (parsed.GetValue(Basic) is { } basic)
        {
            var both = Value(basic);
            var colon = both.IndexOf(':', StringComparison.Ordinal);
            return colon < 0
                ? throw new CallFailedException(
                    ExitCodes.Usage,
                    $"--basic-env is '{Flags.Shown(basic)}': the variable must hold user:password, it has no colon."
                )
                : Of(CredentialKind.Basic, both[(colon + 1)..]) with
                {
                    User = both[..colon],
                };
        }

        return parsed.GetValue(TokenUrl) is { } url
            ? Of(CredentialKind.ClientCredentials, Value(parsed.GetValue(ClientSecret)!)) with
            {
                User = parsed.GetValue(ClientId),
                TokenEndpoint = url,
                Scope = parsed.GetValue(Scope),
            }
            : null;
    }

    /// <summary>The variable that a hand-made request can take the credential from.</summary>
    public static string? SecretName(ParseResult parsed) =>
        parsed.GetValue(Bearer)
        ?? parsed.GetValue(Basic)
        ?? (
            parsed.GetValue(HeaderVariable) is { } named && TrySplit(named, '=', out _, out var variable)
                ? variable
                : null
        );

    /// <summary>Says so when a secret stands in the command line itself.</summary>
    public static async Task WarnAsync(ParseResult parsed, Terminal terminal)
    {
        if (parsed.GetValue(Header) is not null)
        {
            await terminal.Error.WriteLineAsync(
                "warning: --header leaves its secret in the shell's history and in the list of processes; --header-env does not."
            );
        }
    }

    private static ProbeCredential Of(CredentialKind kind, string secret) =>
        new()
        {
            Kind = kind,
            Identity = "command-line",
            Secret = secret,
        };

    private static string Value(string variable) => Environment.GetEnvironmentVariable(variable)!.Trim();

    private static bool TrySplit(string text, char sign, out string name, out string value)
    {
        var at = text.IndexOf(sign, StringComparison.Ordinal);
        (name, value) = at < 0 ? ("", "") : (text[..at].Trim(), text[(at + 1)..].Trim());
        return name.Length > 0
            && value.Length > 0
            && !name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'));
    }
}
