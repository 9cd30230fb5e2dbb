using System.Globalization;
using System.Text.RegularExpressions;
using AliveMcp.Cli.Looking;
using AliveMcp.Contracts.Screening;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Probe;

/// <summary>What was seen in a phase, in a few words that are safe to print.</summary>
internal static partial class PhaseNotes
{
    public static string Resolve(Connection connection) =>
        connection.Addresses.Count switch
        {
            0 => "",
            1 => connection.Addresses[0],
            var count when connection.V6 == 0 => $"{count} addresses, IPv4",
            var count when connection.V6 == count => $"{count} addresses, IPv6",
            var count => $"{count} addresses, {connection.V6} of them IPv6",
        };

    public static string Connect(Connection connection)
    {
        var dead = connection.Dead switch
        {
            0 => null,
            1 => "1 address is dead",
            var count => $"{count} addresses are dead",
        };
        var to =
            connection.Address is null || connection.Fault is not null
                ? null
                : $"{connection.Address} port {connection.Port}";
        return Join(to, dead);
    }

    public static string Tls(Connection connection, DateTimeOffset now)
    {
        if (connection.Certificates.Count == 0)
        {
            return connection.TlsVersion ?? "";
        }

        var leaf = connection.Certificates[0];
        var left = (int)Math.Floor((connection.Certificates.Min(seen => seen.Until) - now).TotalDays);
        var ends = left switch
        {
            < 0 => $"ended {-left} days ago",
            1 => "1 day left",
            _ => $"{left} days left",
        };
        return Join(connection.TlsVersion, connection.Alpn, $"by {Common(leaf.Issuer)}", ends);
    }

    public static string Of(ProbeStep step, IReadOnlyList<Exchange> exchanges, Sight sight, bool goesOn)
    {
        var last = exchanges[^1];
        var (seen, attempt) = (sight.Result.Observed, sight.Result.Attempt);
        var isWell = last.Status is >= 200 and < 300;
        return step switch
        {
            ProbeStep.Discover when isWell && seen.Era == Era.Discover => Handshake(seen, exchanges),
            ProbeStep.Initialize when isWell && seen.Era == Era.Initialize && !goesOn => Handshake(seen, exchanges),
            ProbeStep.ToolsList when isWell && seen.ToolCount is { } tools => List(tools, exchanges, sight),
            ProbeStep.Goodbye => isWell ? "session ended" : $"refused: {Refusal(last)}",
            ProbeStep.Gate => isWell ? "lets strangers in"
            : last.Status == 401 ? "asks to sign in"
            : Refusal(last),
            ProbeStep.Discover or ProbeStep.Initialize when last.Status == 401 && ProbeRun.StopsAtGate(attempt) =>
                "asks to sign in",
            ProbeStep.Discover or ProbeStep.Initialize when goesOn => $"{Refusal(last)}; going on",
            _ => Join(Refusal(last), exchanges.Count > 1 ? $"{exchanges.Count} requests" : null),
        };
    }

    /// <summary>What came instead of what was asked for: status and JSON-RPC error, or why nothing came.</summary>
    public static string Refusal(Exchange exchange)
    {
        if (exchange.Status is not { } status)
        {
            return SafeText.Of(exchange.Fault is { Length: > 0 } fault ? $"no answer: {fault}" : "no answer", 200);
        }

        var code = ErrorCode().Match(exchange.ResponseBody);
        return code.Success ? $"HTTP {status}, JSON-RPC error {code.Groups["code"].Value}"
            : status is 200 && TypeOf(exchange) is { } type ? $"HTTP 200, {SafeText.Of(type.Split(';')[0], 60)}"
            : $"HTTP {status}";
    }

    /// <summary>The common name, or else the organisation, of a distinguished name.</summary>
    public static string Common(string name)
    {
        var parts = name.Split(", ");
        var named =
            Array.Find(parts, part => part.StartsWith("CN=", StringComparison.Ordinal))
            ?? Array.Find(parts, part => part.StartsWith("O=", StringComparison.Ordinal));
        var maker = Array.Find(parts, part => part.StartsWith("O=", StringComparison.Ordinal));
        return named is null ? name
            : maker is null || maker == named ? named[(named.IndexOf('=', StringComparison.Ordinal) + 1)..]
            : $"{named[3..]} ({maker[2..]})";
    }

    private static string Handshake(Observed seen, IReadOnlyList<Exchange> exchanges)
    {
        var server = $"{seen.ServerName} {seen.ServerVersion}".Trim();
        return Join(
            seen.ProtocolVersion,
            server.Length == 0 ? null : server,
            Framing(exchanges),
            seen.IssuesSessions ? "session" : null
        );
    }

    private static string List(int tools, IReadOnlyList<Exchange> pages, Sight sight)
    {
        var tokens = sight.Result.Contract is { } contract
            ? ListWeight.Of(contract.Canonical.Span).EstimatedTokens
            : (int?)null;
        return Join(
            tools == 1 ? "1 tool" : $"{tools} tools",
            pages.Count == 1 ? null : $"{pages.Count} pages",
            tokens is { } count ? string.Create(CultureInfo.InvariantCulture, $"~{count:N0} tokens") : null,
            Framing(pages)
        );
    }

    private static string? Framing(IReadOnlyList<Exchange> exchanges)
    {
        var types = exchanges.Select(exchange => TypeOf(exchange) ?? "").ToList();
        return types.Exists(type => type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)) ? "SSE"
            : types.Exists(type => type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)) ? "JSON"
            : null;
    }

    private static string? TypeOf(Exchange exchange) =>
        exchange
            .ResponseHeaders.FirstOrDefault(header =>
                header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
            )
            ?.Value;

    [GeneratedRegex(
        "\"error\"\\s*:\\s*\\{[^{}]{0,400}?\"code\"\\s*:\\s*(?<code>-?[0-9]{1,9})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ErrorCode();

    private static string Join(params string?[] parts) =>
        SafeText.Of(string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part))), 300);
}
