using System.CommandLine;
using System.Globalization;
using AliveMcp.Cli.Looking;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Maintenance;

/// <summary>The options that say what a window is.</summary>
internal sealed class WindowFlags
{
    private readonly Option<string> _server = Flags.Text("--server", "SLUG", "Of this server.");
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "Of servers with this tag; again for another.",
        HelpName = "TAG",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Of all servers." };

    private readonly Option<string> _for = Flags.Text(
        "--for",
        "LENGTH",
        "How long, for example 90m, 2h or 1d.",
        text => Lengths.Parse(text) is null ? "give a length, for example 90m, 2h or 1d." : null
    );

    private readonly Option<string> _from = Flags.Text(
        "--from",
        "MOMENT",
        "When it begins, with its offset; now unless told."
    );

    private readonly Option<string> _to = Flags.Text(
        "--to",
        "MOMENT",
        "When it is over, with its offset, instead of --for."
    );
    private readonly Option<string> _note = Flags.Text("--note", "TEXT", "Why, in your words.");

    private readonly Option<string> _rule = Flags.Text(
        "--rrule",
        "RULE",
        "When it comes again, by RFC 5545, for example FREQ=WEEKLY;BYDAY=SU."
    );

    private readonly Option<string> _zone = Flags.Text(
        "--zone",
        "ZONE",
        "By whose clocks it comes again, for example Europe/Zurich; UTC unless told."
    );

    public IEnumerable<Option> All => [_server, _tags, _all, _for, _from, _to, _note, _rule, _zone];

    /// <exception cref="CallFailedException">They do not say which servers, or how long.</exception>
    public WindowAnswer Read(ParseResult parsed, DateTimeOffset now)
    {
        var (server, tags, all) = (parsed.GetValue(_server), parsed.GetValue(_tags) ?? [], parsed.GetValue(_all));
        if ((server is null ? 0 : 1) + (tags.Length == 0 ? 0 : 1) + (all ? 1 : 0) != 1)
        {
            throw Wrong("Say of which servers: --server SLUG, --tag TAG or --all, one of the three.");
        }

        var from = parsed.GetValue(_from) ?? Spelled(now);
        return new WindowAnswer
        {
            Server = server,
            Tags = tags.Length == 0 ? null : tags,
            All = all ? true : null,
            From = from,
            To = To(parsed, from),
            Note = parsed.GetValue(_note),
            Rrule = parsed.GetValue(_rule),
            Zone = parsed.GetValue(_zone),
        };
    }

    private string To(ParseResult parsed, string from) =>
        (parsed.GetValue(_to), parsed.GetValue(_for)) switch
        {
            ({ } to, null) => to,
            (null, { } length)
                when DateTimeOffset.TryParse(
                    from,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var begins
                ) => Spelled(begins + Lengths.Parse(length)!.Value),
            (null, not null) => throw Wrong(
                $"--from is '{SafeText.Of(from, 60)}': give a moment with its offset, for example 2026-12-06T02:00+01:00."
            ),
            _ => throw Wrong("Say how long: --for LENGTH or --to MOMENT, one of the two."),
        };

    private static string Spelled(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static CallFailedException Wrong(string why) => new(ExitCodes.Usage, why);
}
