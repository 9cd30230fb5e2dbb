using System.Globalization;
using AliveMcp.Cli.Looking;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Probe;

/// <summary>
/// The whole conversation as it went: connections, requests (&gt;), answers (&lt;), and for each request a line that repeats it.
/// Lines are written whole, however long, so that they can be copied.
/// </summary>
internal static class TraceView
{
    public static void Show(Terminal terminal, Look look, Sight sight)
    {
        var connections = new Queue<Connection>(sight.Connections);
        foreach (var exchange in sight.Exchanges)
        {
            terminal.Out.WriteLine();
            Line(terminal, Style.Bold, Title(exchange));
            while (connections.TryPeek(out var next) && next.BeganAt <= (exchange.HeadAt ?? exchange.EndAt))
            {
                Show(terminal, connections.Dequeue());
            }

            Request(terminal, exchange);
            Answer(terminal, exchange);
            Line(terminal, Style.Quiet, "# the same again:");
            Line(terminal, Style.Plain, Curl.Line(exchange, look));
        }

        if (sight.Exchanges.Any(exchange => exchange.RequestHeaders.Any(header => header.Name == "Mcp-Session-Id")))
        {
            terminal.Out.WriteLine();
            Line(
                terminal,
                Style.Quiet,
                "# MCP_SESSION is the mcp-session-id that the answer to initialize shows; this look's own session is over."
            );
        }
    }

    private static string Title(Exchange exchange) =>
        $"── {exchange.Number} {StepWords.Name(exchange.Step)}, at {Durations.Show(exchange.BeganAt)}";

    private static void Show(Terminal terminal, Connection connection)
    {
        var addresses = connection.Addresses.Count == 0 ? "" : $" is {string.Join(", ", connection.Addresses)}";
        Line(terminal, Style.Quiet, $"* {connection.Host}{addresses} ({Took(connection.Resolve)})");
        if (connection.Address is not null && connection.Connect > TimeSpan.Zero)
        {
            Line(
                terminal,
                Style.Quiet,
                $"* {(connection.Fault is null || connection.Tls > TimeSpan.Zero ? "connected to" : "tried")} {connection.Address} port {connection.Port} ({Took(connection.Connect)})"
            );
        }

        if (connection.TlsVersion is not null)
        {
            var alpn = connection.Alpn is null ? "" : $", {connection.Alpn}";
            Line(
                terminal,
                Style.Quiet,
                $"* {connection.TlsVersion}, {connection.Cipher}{alpn} ({Took(connection.Tls)})"
            );
        }

        foreach (var served in connection.Certificates)
        {
            Line(
                terminal,
                Style.Quiet,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"* certificate {served.Subject} by {served.Issuer}, {served.From.UtcDateTime:yyyy-MM-dd} to {served.Until.UtcDateTime:yyyy-MM-dd}, sha256 {served.Fingerprint}"
                )
            );
        }

        if (connection.Fault is { } fault)
        {
            Line(terminal, Style.Bad, $"* {fault}");
        }
    }

    private static void Request(Terminal terminal, Exchange exchange)
    {
        Line(terminal, Style.Plain, $"> {exchange.Method} {exchange.Url}");
        foreach (var header in exchange.RequestHeaders)
        {
            Line(terminal, Style.Quiet, $"> {header.Name}: {header.Value}");
        }

        if (exchange.RequestBody is { } body)
        {
            Line(terminal, Style.Plain, ">");
            foreach (var line in body.Split('\n'))
            {
                Line(terminal, Style.Plain, $"> {line}");
            }
        }
    }

    private static void Answer(Terminal terminal, Exchange exchange)
    {
        if (exchange.StatusLine is null)
        {
            Line(
                terminal,
                Style.Bad,
                $"! no answer after {Durations.Show(exchange.Took)}: {exchange.Fault ?? "unknown"}"
            );
            return;
        }

        var waited =
            exchange.HeadAt - exchange.SentAt is { } head && head > TimeSpan.Zero ? Durations.Show(head) : "0 ms";
        Line(
            terminal,
            Style.Plain,
            $"< {exchange.StatusLine}  (head after {waited}, all of it after {Durations.Show(exchange.Took)})"
        );
        foreach (var header in exchange.ResponseHeaders)
        {
            Line(terminal, Style.Quiet, $"< {header.Name}: {header.Value}");
        }

        if (exchange.ResponseBody.Length > 0)
        {
            Line(terminal, Style.Plain, "<");
            foreach (var line in exchange.ResponseBody.Split('\n'))
            {
                Line(terminal, Style.Plain, $"< {line}");
            }
        }

        if (exchange.CutBytes > 0)
        {
            Line(
                terminal,
                Style.Quiet,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"< ({exchange.CutBytes:N0} bytes more were read and are not kept)"
                )
            );
        }
    }

    private static string Took(TimeSpan took) => took > TimeSpan.Zero ? Durations.Show(took) : "0 ms";

    private static void Line(Terminal terminal, Style style, string text)
    {
        var trimmed = text.TrimEnd();
        terminal.Out.WriteLine(
            terminal.IsRich && style != Style.Plain ? $"\u001b[{(int)style}m{trimmed}\u001b[0m" : trimmed
        );
    }

    /// <summary>How a line stands out; the number is its SGR parameter (ECMA-48, 8.3.117).</summary>
    private enum Style
    {
        Plain = 0,
        Bold = 1,
        Quiet = 90,
        Bad = 31,
    }
}
