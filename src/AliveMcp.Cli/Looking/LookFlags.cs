using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Looking;

/// <summary>The options of every command that looks at a server itself.</summary>
internal static class LookFlags
{
    private static readonly Option<Era> EraOption = Flags.Words(
        "--era",
        "The era to try first; auto is the newer one. A server that does not speak it is asked in the other.",
        (Era.Auto, "auto"),
        (Era.Initialize, "initialize"),
        (Era.Discover, "discover")
    );

    private static readonly Option<McpTransport> Transport = Flags.Words(
        "--transport",
        "Streamable HTTP or legacy HTTP+SSE alone; auto tries them in this order.",
        (McpTransport.Auto, "auto"),
        (McpTransport.Http, "http"),
        (McpTransport.Sse, "sse")
    );

    private static readonly Option<int> Timeout = new("--timeout")
    {
        Description = "Seconds for the whole look, 1 to 30.",
        HelpName = "S",
        DefaultValueFactory = _ => 15,
    };

    private static readonly Option<bool> AllowPrivate = new("--allow-private")
    {
        Description = "Also dial loopback, private and link-local addresses.",
    };

    private static readonly Option<string> Authority = Flags.Text(
        "--ca",
        "FILE",
        "PEM certificates of a private authority, trusted beside the system's. Checking cannot be switched off."
    );

    static LookFlags() =>
        Timeout.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() is < 1 or > 30)
            {
                result.AddError($"--timeout is '{result.Tokens[0].Value}': give whole seconds from 1 to 30.");
            }
        });

    /// <summary>The endpoint as the command's first argument.</summary>
    public static Argument<Uri> Url(string description) =>
        new("url") { Description = description, CustomParser = ParseUrl };

    public static void AddTo(Command command)
    {
        command.Add(EraOption);
        command.Add(Transport);
        command.Add(Timeout);
        command.Add(AllowPrivate);
        command.Add(Authority);
        CredentialFlags.AddTo(command);
    }

    /// <exception cref="CallFailedException">A file that was named cannot be used.</exception>
    public static Look Read(ParseResult parsed, Uri url) =>
        new()
        {
            Order = new ProbeOrder
            {
                Url = url,
                Era = parsed.GetValue(EraOption),
                Transport = parsed.GetValue(Transport),
                Limits = new ProbeLimits { Total = TimeSpan.FromSeconds(parsed.GetValue(Timeout)) },
                Credential = CredentialFlags.Read(parsed),
                LooksAtGate = true,
                OtherLeg = OtherLeg.Look,
            },
            AllowPrivate = parsed.GetValue(AllowPrivate),
            AuthorityFile = parsed.GetValue(Authority),
            Authorities = parsed.GetValue(Authority) is { } file ? Load(file) : null,
            SecretName = CredentialFlags.SecretName(parsed),
        };

    private static X509Certificate2Collection Load(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (Flags.IsOfFile(e) || e is CryptographicException)
        {
            throw new CallFailedException(
                ExitCodes.NoInput,
                $"--ca is '{Flags.Shown(file)}': it cannot be read ({SafeText.Of(e.Message, 120)})."
            );
        }

        return authorities.Count > 0
            ? authorities
            : throw new CallFailedException(
                ExitCodes.NoInput,
                $"--ca is '{Flags.Shown(file)}': expected PEM (-----BEGIN CERTIFICATE-----), found no certificate."
            );
    }

    private static Uri? ParseUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!Flags.IsWeb(text, out var url))
        {
            result.AddError(
                $"'{SafeText.Of(text, 200)}' is not an http or https URL, for example https://mcp.example.com/mcp."
            );
            return null;
        }

        if (url!.UserInfo.Length > 0)
        {
            result.AddError(
                "The URL holds a user name or password: agents do not send them. Leave them out, or use --basic-env."
            );
            return null;
        }

        return url;
    }
}
