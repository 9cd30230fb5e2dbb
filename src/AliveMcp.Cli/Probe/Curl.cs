using System.Text;
using AliveMcp.Cli.Looking;
using AliveMcp.Probing.Evidence;

namespace AliveMcp.Cli.Probe;

/// <summary>
/// A request as a line for a POSIX shell that sends it again. What was redacted is taken from shell variables,
/// each of which stops the line with its name when it is not set.
/// </summary>
internal static class Curl
{
    private const string SessionHeader = "Mcp-Session-Id";

    // The HTTP stack's own business, or different for each request anyway.
    private static readonly string[] LeftOut = ["Accept-Encoding", "Content-Length", "traceparent", "Host"];

    public static string Line(Exchange exchange, Look look)
    {
        var line = new StringBuilder("curl -sS -i --compressed --max-time ");
        line.Append((int)look.Order.Limits.Total.TotalSeconds);
        if (look.AuthorityFile is { } file)
        {
            line.Append(" --cacert ").Append(Word(file, ""));
        }

        if (exchange.Method is not ("GET" or "POST") || (exchange.Method == "POST" && exchange.RequestBody is null))
        {
            line.Append(" -X ").Append(exchange.Method);
        }

        line.Append(exchange.Url.AsSpan().ContainsAny("[]{}") ? " -g " : " ").Append(UrlWord(exchange.Url));
        foreach (var header in exchange.RequestHeaders)
        {
            if (!LeftOut.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
            {
                line.Append(' ').Append(HeaderWords(header, look));
            }
        }

        if (exchange.RequestBody is { } body)
        {
            line.Append(" --data-raw ").Append(Word(body, Secret(look)));
        }

        return line.ToString();
    }

    private static string HeaderWords(HeaderLine header, Look look)
    {
        if (header.Value == $"Basic {Transcript.Redacted}")
        {
            return $"-u {Word(Transcript.Redacted, Secret(look))}";
        }

        var variable = header.Name.Equals(SessionHeader, StringComparison.OrdinalIgnoreCase)
            ? "MCP_SESSION"
            : Secret(look);
        return $"-H {Word($"{header.Name}: {header.Value}", variable)}";
    }

    private static string Secret(Look look) => look.SecretName ?? "TOKEN";

    // A parameter of the query lends its name to the variable.
    private static string UrlWord(string url)
    {
        var at = url.IndexOf(Transcript.Redacted, StringComparison.Ordinal);
        if (at < 0)
        {
            return Word(url, "");
        }

        var begin = url.LastIndexOfAny(['?', '&', ';'], at) + 1;
        var name = url[begin..at].TrimEnd('=');
        var variable = new string([
            .. name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'),
        ]);
        return Word(url, variable.Length == 0 || char.IsAsciiDigit(variable[0]) ? $"URL_{variable}" : variable);
    }

    /// <summary>One word of a shell: in single quotes, or where a variable stands in it in double ones.</summary>
    private static string Word(string text, string variable)
    {
        if (!text.Contains(Transcript.Redacted, StringComparison.Ordinal))
        {
            return $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        }

        var quoted = new StringBuilder(text.Length + 8).Append('"');
        foreach (var letter in text.Replace(Transcript.Redacted, "\0", StringComparison.Ordinal))
        {
            quoted.Append(
                letter switch
                {
                    '\0' => $"${{{variable}:?}}",
                    '"' or '\\' or '$' or '`' => $"\\{letter}",
                    _ => letter.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }
}
