using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AliveMcp.Testing.Sinks;

namespace AliveMcp.Alerting.Tests.Subscriptions;

/// <summary>What the mail server took, letter by letter.</summary>
public sealed class Mailbox : IAsyncDisposable
{
    private readonly SmtpServer _server = new(certificate: null);

    public int Port => _server.Port;

    /// <summary>The mail server hears letters to their end and hangs up without an answer.</summary>
    public bool HangsUp
    {
        get => _server.HangsUp;
        set => _server.HangsUp = value;
    }

    /// <summary>What the mail server answers to a command line instead of its own; null: as usual.</summary>
    public Func<string, string?>? Refuses
    {
        get => _server.Refuses;
        set => _server.Refuses = value;
    }

    public IReadOnlyList<TakenLetter> Letters
    {
        get
        {
            var letters = new List<TakenLetter>();
            var to = "";
            List<string>? lines = null;
            foreach (var line in _server.Heard)
            {
                if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))
                {
                    to = line[8..].Trim('<', '>', ' ');
                }
                else if (line == "DATA")
                {
                    letters.Add(new TakenLetter(to, lines = []));
                }
                else if (lines is not null && line.StartsWith("data:", StringComparison.Ordinal))
                {
                    lines.Add(line[5..]);
                }
            }

            return letters;
        }
    }

    public IReadOnlyList<TakenLetter> LettersTo(string address) => [.. Letters.Where(letter => letter.To == address)];

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

/// <summary>One letter as it came.</summary>
public sealed partial record TakenLetter(string To, IReadOnlyList<string> Lines)
{
    /// <summary>Soft breaks and quoted bytes taken out.</summary>
    public string Text =>
        Quoted()
            .Replace(
                string.Join('\n', Lines).Replace("=\n", "", StringComparison.Ordinal),
                match =>
                    Encoding.Latin1.GetString([
                        byte.Parse(
                            match.Groups["byte"].ValueSpan,
                            NumberStyles.HexNumber,
                            CultureInfo.InvariantCulture
                        ),
                    ])
            );

    public string Subject => HeaderOf("Subject");

    public bool Has(string text) => Text.Contains(text, StringComparison.Ordinal);

    public string HeaderOf(string name) =>
        Lines
            .TakeWhile(line => line.Length > 0)
            .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            ?[(name.Length + 1)..].Trim()
        ?? "";

    /// <summary>The first address in it whose path begins so.</summary>
    public Uri Link(string path) =>
        new(
            Addresses()
                .Matches(Text)
                .Select(match => match.Value)
                .First(text => text.Contains(path, StringComparison.Ordinal))
        );

    [GeneratedRegex("=(?<byte>[0-9A-F]{2})", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex("https://[A-Za-z0-9./_-]+")]
    private static partial Regex Addresses();
}
